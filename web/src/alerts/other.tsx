// What other thresholds would find now and would have found: nothing is kept, nothing is sent.
import { useRef, useState } from 'preact/hooks';
import { address, post, useAnswer } from '../api';
import { isNow } from '../clocks';
import { Field, FormFault } from '../field';
import { Empty } from '../state';
import { colon, day, fill, number } from '../tongue';
import { useAreaNames } from './ask';
import { withUnit } from './numbers';
import { Areas, Mark } from './row';
import { say } from './say';
import { useSending } from '../sending';
import { THRESHOLDS, type Threshold, asked, names, present } from './thresholds';
import { type Brief, type Inbox, compare } from './types';
import { word } from './words';

interface Found {
  now: Brief[];
  now_total: number;
  raised_by_rule: Record<string, number>;
}
interface Preview {
  as_set: Found;
  as_asked: Found;
  days: number;
  days_looked_at: number;
  from: string | null;
  to: string | null;
  note: string;
}
const USUAL_DAYS = 30;

const pointerOf = ({ name }: Pick<Threshold, 'name'>): string => `/alert/${name}`;

export function Other() {
  const form = useRef<HTMLFormElement>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const { busy, fault, send } = useSending();
  const open = useAnswer<Inbox>(isNow() ? address('/api/v1/alerts') : null);
  if (!isNow()) return <Empty title={say().tryTitle}>{say().tryPast}</Empty>;
  const submit = async (event: Event) => {
    event.preventDefault();
    const fields = new FormData(form.current ?? undefined);
    const body = { alert: asked(fields), days: Number(fields.get('days')) };
    await send(async () => setPreview(await post<Preview>('/api/v1/alerts/preview', body)), form.current);
  };
  return (
    <>
      <h2>{say().tryTitle}</h2>
      <p class="note">
        {say().tryHelp} {say().presentHelp}
      </p>
      <form ref={form} onSubmit={submit} noValidate>
        <div class="row">
          {THRESHOLDS.map((threshold) => {
            const values = present(threshold, open.data?.data ?? []);
            const share = threshold.unit === 'share';
            return (
              <Field key={threshold.name} name={names()[threshold.name] ?? threshold.name} pointer={pointerOf(threshold)} fault={fault} help={`${say().now}${colon()}${values.length > 0 ? values.map((value) => withUnit(value, threshold.unit)).join(' · ') : say().asSet}`}>
                {(attributes) => <input {...attributes} type="number" name={threshold.name} min={0} max={share ? 1000 : 8784} step="any" inputMode="decimal" />}
              </Field>
            );
          })}
          <Field name={say().days} pointer="/days" fault={fault} help="1–366">
            {(attributes) => <input {...attributes} type="number" name="days" min={1} max={366} required defaultValue={String(USUAL_DAYS)} />}
          </Field>
        </div>
        <p class="do">
          <button type="submit" disabled={busy}>
            {say().ask}
          </button>
        </p>
      </form>
      <FormFault fault={fault} pointers={['/days', ...THRESHOLDS.map(pointerOf)]} />
      {preview && <Compared preview={preview} />}
    </>
  );
}

function Compared({ preview: { as_set, as_asked, days, days_looked_at, from, to, note } }: { preview: Preview }) {
  const { come, go, changed } = compare(as_set.now, as_asked.now);
  return (
    <section aria-live="polite">
      <p>{fill(say().nowTotal, { set: number(as_set.now_total), asked: number(as_asked.now_total) })}</p>
      {come.length + go.length + changed.length === 0 && <p class="note">{say().same}</p>}
      <Listed title={say().come} alerts={come} />
      <Listed title={say().go} alerts={go} />
      <Listed title={say().changed} alerts={changed.map(({ after }) => after)} was={new Map(changed.map(({ before }) => [before.key, before.severity]))} />
      <h3>{fill(say().raisedIn, { from: from ? day(from) : '?', to: to ? day(to) : '?' })}</h3>
      <div class="scroll" tabIndex={0}>
        <table class="narrow">
          <thead>
            <tr>
              <th scope="col">{say().rule}</th>
              <th scope="col" class="number">{say().now}</th>
              <th scope="col" class="number">{say().asAsked}</th>
            </tr>
          </thead>
          <tbody>
            {[...new Set([...Object.keys(as_set.raised_by_rule), ...Object.keys(as_asked.raised_by_rule)])].map((rule) => {
              const [before, after] = [as_set.raised_by_rule[rule] ?? 0, as_asked.raised_by_rule[rule] ?? 0];
              return (
                <tr key={rule} class={before === after ? undefined : 'differs'}>
                  <th scope="row">{word('rule', rule)}</th>
                  <td class="number">{number(before)}</td>
                  <td class="number">{number(after)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {days_looked_at < days && <p class="note">{fill(say().partial, { n: number(days_looked_at), days: number(days) })}</p>}
      <p class="note" lang="en" dir="ltr">
        {note}
      </p>
    </section>
  );
}

function Listed({ title, alerts, was }: { title: string; alerts: Brief[]; was?: Map<string, string> }) {
  const { name } = useAreaNames();
  if (alerts.length === 0) return null;
  return (
    <>
      <h3>
        {title} ({number(alerts.length)})
      </h3>
      {alerts.map((alert) => (
        <div key={alert.key} class="alert">
          <div class="alert-mark">
            <Mark severity={alert.severity} />
          </div>
          <div class="alert-body">
            <p class="alert-text" lang="en" dir="ltr">
              {alert.text}
            </p>
            <p class="alert-about">
              <span>{word('rule', alert.rule)}</span>
              <span>
                <Areas codes={alert.areas} name={name} />
              </span>
              {was && <span>{fill(say().gravest, { severity: word('severity', was.get(alert.key) ?? say().unknown) })}</span>}
            </p>
          </div>
        </div>
      ))}
    </>
  );
}
