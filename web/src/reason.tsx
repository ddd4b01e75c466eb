// A form that asks why before it acts: nothing is taken back, joined or given up without a reason on record.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Field, FormFault, onEscape } from './field';
import { useSending } from './sending';
import { words } from './tongue';

const say = words({ en: { cancel: 'Cancel' }, ar: { cancel: 'إلغاء' }, fr: { cancel: 'Renoncer' } });

/** The most characters of a reason. */
const LONGEST = 2_000;

interface Asking {
  class: string;
  /** What is asked. */
  why: string;
  /** What the button says that acts. */
  act: string;
  send: (reason: string) => Promise<unknown>;
  done: () => void;
  /** What is told, or asked, before. */
  children?: ComponentChildren;
}

export function ReasonForm({ class: kind, why, act, send: work, done, children }: Asking) {
  const { busy, fault, send } = useSending();
  const [reason, setReason] = useState('');
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await send(() => work(reason.trim()), event.currentTarget as HTMLFormElement)) done();
  };
  return (
    <form class={kind} onSubmit={submit} onKeyDown={onEscape(done)} noValidate>
      {children}
      <Field name={why} pointer="/reason" fault={fault}>
        {(attributes) => <input {...attributes} required maxLength={LONGEST} dir="auto" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />}
      </Field>
      <FormFault fault={fault} pointers={['/reason']} />
      <p class="do">
        <button type="submit" disabled={busy}>
          {act}
        </button>
        <button type="button" class="second" onClick={done}>
          {say().cancel}
        </button>
      </p>
    </form>
  );
}
