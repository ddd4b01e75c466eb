// Forms that add to a pause what a party answered, and where it was broken.
import { useState } from 'preact/hooks';
import { post } from '../api';
import { isNow } from '../clocks';
import { may, today } from '../me';
import { useSending } from '../sending';
import type { PauseRecord } from './answers';
import { Field, FormFault } from '../field';
import { useNames } from './names';
import { ANSWERS, say, word } from './words';
import { instantOf, told, zoneName } from './zone';

export function Forms({ pause, zone }: { pause: PauseRecord; zone: string }) {
  if (!may('record.append')) return null;
  if (!isNow()) return <p class="note">{say().past}</p>;
  return (
    <div class="pause-forms">
      <details>
        <summary>{say().addAnswer}</summary>
        <AnswerForm pause={pause} />
      </details>
      <details>
        <summary>{say().addViolation}</summary>
        <ViolationForm pause={pause} zone={zone} />
      </details>
    </div>
  );
}

/** What is filled in, without what is left empty: that is unknown. */
export function filled(form: HTMLFormElement): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value.trim() !== '') found[name] = value.trim();
  }
  return found;
}

/** Sends a form. The version that was read goes along, so that a newer one can be told of. */
function useForm(pause: PauseRecord, what: 'answers' | 'violations') {
  const { busy, fault, send } = useSending();
  const [isSent, setSent] = useState(false);
  const submit = async (form: HTMLFormElement, body: Record<string, unknown>) => {
    setSent(false);
    const work = () => post(`/api/v1/pauses/${encodeURIComponent(pause.code)}/${what}`, body, { 'If-Match': `"${pause.version}"` });
    if (!(await send(work))) return;
    form.reset();
    setSent(true);
  };
  return { busy, fault, isSent, submit };
}

function Done({ busy, isSent }: { busy: boolean; isSent: boolean }) {
  return (
    <p class="do">
      <button type="submit" disabled={busy}>
        {say().send}
      </button>
      <span role="status">{isSent && say().sent}</span>
    </p>
  );
}

/** A source, chosen by its code from those on record. */
function SourceField({ fault }: { fault: unknown }) {
  const { sources } = useNames();
  return (
    <Field name={say().source} pointer="/source" fault={fault}>
      {(attributes) => (
        <select {...attributes} name="source">
          <option value="">{say().notKnown}</option>
          {sources.map(({ code, name }) => (
            <option key={code} value={code}>
              {name ?? code}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function AnswerForm({ pause }: { pause: PauseRecord }) {
  const names = useNames();
  const { busy, fault, isSent, submit } = useForm(pause, 'answers');
  const others = names.parties.map(({ code }) => code).filter((code) => !pause.parties.includes(code));
  const pointers = ['/party', '/answer', '/at', '/source', '/conditions', '/note'];
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget, filled(event.currentTarget));
      }}
    >
      <div class="row">
        <Field name={say().party} pointer="/party" fault={fault}>
          {(attributes) => (
            <select {...attributes} name="party">
              <option value="">{say().choose}</option>
              {[...pause.parties, ...others].map((code) => (
                <option key={code} value={code}>
                  {names.party(code)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name={say().answer} pointer="/answer" fault={fault}>
          {(attributes) => (
            <select {...attributes} name="answer">
              <option value="">{say().choose}</option>
              {ANSWERS.map((code) => (
                <option key={code} value={code}>
                  {word('answer', code)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name={say().date} pointer="/at" fault={fault}>
          {(attributes) => <input {...attributes} type="date" name="at" max={today()} />}
        </Field>
        <SourceField fault={fault} />
        <Field name={say().conditions} pointer="/conditions" fault={fault}>
          {(attributes) => <input {...attributes} name="conditions" dir="auto" />}
        </Field>
        <Field name={say().note} pointer="/note" fault={fault}>
          {(attributes) => <input {...attributes} name="note" dir="auto" />}
        </Field>
      </div>
      <FormFault fault={fault} pointers={pointers} refused={say().refusedForm} />
      <Done busy={busy} isSent={isSent} />
    </form>
  );
}

/** The body of a violation: a day alone, or with a time of the place as an instant. */
export function violationOf(fields: Record<string, string>, zone: string): Record<string, unknown> {
  const { day, time, killed, injured, terminal, ...rest } = fields;
  const at = day && time ? told(instantOf(`${day}T${time}`, zone)) : day;
  return {
    ...rest,
    ...(at ? { at } : {}),
    ...(killed ? { killed: Number(killed) } : {}),
    ...(injured ? { injured: Number(injured) } : {}),
    ...(terminal ? { terminal: terminal === 'yes' } : {}),
  };
}

function ViolationForm({ pause, zone }: { pause: PauseRecord; zone: string }) {
  const { busy, fault, isSent, submit } = useForm(pause, 'violations');
  const pointers = ['/at', '/attributed_to', '/killed', '/injured', '/source', '/note', '/terminal'];
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget, violationOf(filled(event.currentTarget), zone));
      }}
    >
      <div class="row">
        <Field name={say().date} pointer="/at" fault={fault}>
          {(attributes) => <input {...attributes} type="date" name="day" max={today()} />}
        </Field>
        <Field name={say().time} pointer="/at/time" fault={fault} help={zoneName(zone)}>
          {(attributes) => <input {...attributes} type="time" name="time" />}
        </Field>
        <Field name={say().byWhom} pointer="/attributed_to" fault={fault}>
          {(attributes) => <input {...attributes} name="attributed_to" dir="auto" />}
        </Field>
        <Field name={say().killed} pointer="/killed" fault={fault}>
          {(attributes) => <input {...attributes} type="number" min={0} name="killed" inputMode="numeric" />}
        </Field>
        <Field name={say().injured} pointer="/injured" fault={fault}>
          {(attributes) => <input {...attributes} type="number" min={0} name="injured" inputMode="numeric" />}
        </Field>
        <Field name={say().endedIt} pointer="/terminal" fault={fault}>
          {(attributes) => (
            <select {...attributes} name="terminal">
              <option value="">{say().notKnown}</option>
              <option value="yes">{say().yes}</option>
              <option value="no">{say().no}</option>
            </select>
          )}
        </Field>
        <SourceField fault={fault} />
        <Field name={say().note} pointer="/note" fault={fault}>
          {(attributes) => <input {...attributes} name="note" dir="auto" />}
        </Field>
      </div>
      <FormFault fault={fault} pointers={pointers} refused={say().refusedForm} />
      <Done busy={busy} isSent={isSent} />
    </form>
  );
}
