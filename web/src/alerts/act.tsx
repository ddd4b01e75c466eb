// Taking an alert on, and keeping alerts quiet for a time.
import { useEffect, useRef, useState } from 'preact/hooks';
import { changes, post } from '../api';
import { isNow, plusDays } from '../clocks';
import { may, me, today } from '../me';
import { Field, FormFault, onEscape } from '../field';
import { useAreaNames } from './ask';
import { say } from './say';
import { followTo } from './focus';
import { useSending } from '../sending';
import { type Alert, RULES, SEVERITIES } from './types';
import { word } from './words';

/** What may be done about an open alert. Nothing in the past, nothing when it is over. */
export function ActOn({ alert, focus }: { alert: Alert; focus: string }) {
  const [open, setOpen] = useState<'ack' | 'silence' | null>(null);
  if (!isNow() || !alert.life || alert.life.state === 'resolved') return null;
  const mayAck = may('alert.ack') && alert.life.state !== 'acknowledged';
  const maySilence = may('silence.set') && alert.life.silenced_by === null;
  if (!mayAck && !maySilence) return null;
  // The row may have moved to another group: the keyboard goes with it.
  const done = () => {
    setOpen(null);
    followTo(focus);
  };
  return (
    <>
      {open === null && (
        <p class="do alert-do">
          {mayAck && (
            <button type="button" class="second" onClick={() => setOpen('ack')}>
              {say().ack}
            </button>
          )}
          {maySilence && (
            <button type="button" class="plain" onClick={() => setOpen('silence')}>
              {say().silence}
            </button>
          )}
        </p>
      )}
      {open === 'ack' && <AckForm id={alert.life.id} done={done} />}
      {open === 'silence' && <SilenceForm rule={alert.rule} areas={alert.areas} done={done} />}
    </>
  );
}

function AckForm({ id, done }: { id: string; done: () => void }) {
  const { busy, fault, send } = useSending();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    const note = field.current?.value.trim();
    if (await send(() => post(`/api/v1/alerts/${encodeURIComponent(id)}/ack`, { note: note || null }))) done();
  };
  return (
    <form class="alert-form" onSubmit={submit} onKeyDown={onEscape(done)} noValidate>
      <Field name={say().note} pointer="/note" fault={fault} help={say().ackHelp}>
        {(attributes) => <textarea {...attributes} ref={field} rows={2} maxLength={2000} dir="auto" />}
      </Field>
      <FormFault fault={fault} pointers={['/note']} />
      <Buttons busy={busy} name={say().send} cancel={done} />
    </form>
  );
}

function Buttons({ busy, name, cancel }: { busy: boolean; name: string; cancel?: (() => void) | undefined }) {
  return (
    <p class="do">
      <button type="submit" disabled={busy}>
        {name}
      </button>
      {cancel && (
        <button type="button" class="second" onClick={cancel}>
          {say().cancel}
        </button>
      )}
    </p>
  );
}

/** After so long the program has looked which alerts a silence fits, milliseconds. */
const LOOKED_MS = 5_000;

/** How long a silence lasts where nobody says otherwise, days. */
const USUAL_DAYS = 3;

/** The body of a silence; what is left open fits everything. */
export function silence(fields: FormData, now: string): Record<string, unknown> {
  const text = (name: string) => String(fields.get(name) ?? '').trim();
  return {
    from: now,
    until: `${text('until')}T23:59:59Z`,
    reason: text('reason'),
    ...(text('rule') ? { rules: [text('rule')] } : {}),
    ...(text('areas') ? { areas: text('areas').split(' ') } : {}),
    ...(text('severity') ? { severity: text('severity') } : {}),
  };
}

export function SilenceForm({ rule = '', areas = [], done }: { rule?: string; areas?: string[]; done?: () => void }) {
  const { busy, fault, send } = useSending();
  const { name, areas: all } = useAreaNames();
  const form = useRef<HTMLFormElement>(null);
  // What was opened by hand has the keyboard; on the page of silences the form stands there from the beginning.
  useEffect(() => {
    if (done) form.current?.querySelector('select')?.focus();
  }, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!form.current) return;
    const body = silence(new FormData(form.current), me.value?.now ?? today());
    if (await send(() => post('/api/v1/silences', body), form.current)) {
      form.current?.reset();
      // Alerts are looked at a moment after it was written; of one that is taken on no step of its life tells.
      setTimeout(() => (changes.value += 1), LOOKED_MS);
      done?.();
    }
  };
  const together = areas.join(' ');
  return (
    <form class="alert-form" ref={form} onSubmit={submit} onKeyDown={onEscape(done)} noValidate>
      <p class="help">{say().silenceHelp}</p>
      <div class="row">
        <label>
          {say().rule}
          <select name="rule">
            <option value="">{say().allRules}</option>
            {RULES.map((of) => (
              <option key={of} value={of} selected={of === rule}>
                {word('rule', of)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say().area}
          <select name="areas">
            <option value="">{say().allAreas}</option>
            {areas.length > 1 && (
              <option value={together} selected>
                {areas.map(name).join(' · ')}
              </option>
            )}
            {all.map(({ code }) => (
              <option key={code} value={code} selected={code === together}>
                {name(code)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say().upTo}
          <select name="severity">
            {SEVERITIES.map((of) => (
              <option key={of} value={of}>
                {word('severity', of)}
              </option>
            ))}
          </select>
        </label>
        <Field name={say().until} pointer="/until" fault={fault}>
          {(attributes) => <input {...attributes} type="date" name="until" required min={today()} defaultValue={plusDays(today(), USUAL_DAYS - 1)} />}
        </Field>
      </div>
      <Field name={say().reason} pointer="/reason" fault={fault}>
        {(attributes) => <input {...attributes} name="reason" required maxLength={2000} dir="auto" />}
      </Field>
      <p class="help">{say().everything}</p>
      <FormFault fault={fault} pointers={['/until', '/reason']} />
      <Buttons busy={busy} name={say().start} cancel={done} />
    </form>
  );
}
