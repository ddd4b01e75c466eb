// Keeps a plan that was worked out, under a name.
import { useRef, useState } from 'preact/hooks';
import { Offline, Refusal, changes, post } from '../api';
import { Field, FormFault, newKey } from '../pauses/field';
import { go, to } from '../route';
import { type Asked, keptBody } from './request';
import { say } from './words';

export function SavePlan({ asked }: { asked: Asked }) {
  const [title, setTitle] = useState('');
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const key = useRef(newKey());
  const send = async () => {
    setSending(true);
    setFault(null);
    try {
      const kept = await post<{ code: string }>('/api/v1/plans', keptBody(asked, title, code), { 'Idempotency-Key': key.current });
      changes.value += 1;
      go(to('plan', kept.code));
    } catch (no) {
      if (!(no instanceof Refusal || no instanceof Offline)) throw no;
      // What got no answer must not be done twice; what was refused is sent again changed.
      if (no instanceof Refusal) key.current = newKey();
      setFault(no);
      setSending(false);
    }
  };
  return (
    <form
      class="plan-save"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3>{say().save}</h3>
      <div class="row">
        <Field name={say().name} pointer="/title" fault={fault}>
          {(attributes) => <input {...attributes} dir="auto" value={title} onInput={(event) => setTitle(event.currentTarget.value)} />}
        </Field>
        <Field name={say().code} pointer="/code" fault={fault}>
          {(attributes) => <input {...attributes} dir="ltr" value={code} onInput={(event) => setCode(event.currentTarget.value)} />}
        </Field>
      </div>
      <FormFault fault={fault} pointers={['/title', '/code']} refused={say().notSaved} />
      <p class="do">
        <button type="submit" disabled={sending}>
          {say().saveDo}
        </button>
      </p>
    </form>
  );
}
