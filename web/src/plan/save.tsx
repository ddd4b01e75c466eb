// Keeps a plan that was worked out, under a name.
import { useState } from 'preact/hooks';
import { post } from '../api';
import { Field, FormFault } from '../field';
import { go, to } from '../route';
import { useSending } from '../sending';
import { type Asked, keptBody } from './request';
import { say } from './words';

export function SavePlan({ asked }: { asked: Asked }) {
  const [title, setTitle] = useState('');
  const [code, setCode] = useState('');
  const { busy, fault, send } = useSending();
  const keep = () =>
    send(async () => {
      const kept = await post<{ code: string }>('/api/v1/plans', keptBody(asked, title, code));
      go(to('plan', kept.code));
    });
  return (
    <form
      class="plan-save"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
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
        <button type="submit" disabled={busy}>
          {say().saveDo}
        </button>
      </p>
    </form>
  );
}
