// A schedule in a few fields: its name, when, in which language, how far back, to whom.
import { useRef } from 'preact/hooks';
import { Field, FormFault, onEscape } from '../field';
import { LANGUAGES } from '../tongue';
import { type Weekday, WEEK, cronOf, dayName, readCron } from './cron';
import { say } from './say';
import { FORMATS, type Recipient, type Schedule } from './types';

/** The body of a schedule from its fields; `line` is its cron where the fields cannot say it. */
export function scheduleOf(fields: FormData): Record<string, unknown> {
  const text = (name: string) => String(fields.get(name) ?? '').trim();
  return {
    title: text('title') || null,
    cron: text('cron') || cronOf(text('time'), fields.getAll('day') as Weekday[]),
    time_zone: text('time_zone'),
    language: text('language'),
    period_days: Number(text('period_days')),
    formats: fields.getAll('format'),
    recipients: fields.getAll('recipient'),
    paused: fields.has('paused'),
  };
}

interface Editing {
  of?: Schedule;
  recipients: Recipient[];
  busy: boolean;
  fault: unknown;
  /** Gets the form too, which tells what it lacks. */
  save: (body: object, form: HTMLFormElement) => void;
  cancel: () => void;
}

const POINTERS = ['/title', '/cron', '/time_zone', '/period_days'];

export function ScheduleForm({ of, recipients, busy, fault, save, cancel }: Editing) {
  const form = useRef<HTMLFormElement>(null);
  const read = of ? readCron(of.cron) : { time: '06:00', days: [], date: null };
  const simple = read !== null && read.date === null;
  const submit = (event: Event) => {
    event.preventDefault();
    if (form.current) save(scheduleOf(new FormData(form.current)), form.current);
  };
  return (
    <form class="schedule" ref={form} onSubmit={submit} onKeyDown={onEscape(cancel)} noValidate>
      <div class="row">
        <Field name={say().name} pointer="/title" fault={fault}>
          {(attributes) => <input {...attributes} name="title" maxLength={200} dir="auto" defaultValue={of?.title ?? ''} />}
        </Field>
        {simple ? (
          <Field name={say().time} pointer="/cron" fault={fault}>
            {(attributes) => <input {...attributes} type="time" name="time" required defaultValue={read.time} />}
          </Field>
        ) : (
          <Field name={say().cron} pointer="/cron" fault={fault}>
            {(attributes) => <input {...attributes} name="cron" required dir="ltr" defaultValue={of?.cron ?? ''} />}
          </Field>
        )}
        <Field name={say().zone} pointer="/time_zone" fault={fault}>
          {(attributes) => <input {...attributes} name="time_zone" required dir="ltr" defaultValue={of?.time_zone ?? 'Asia/Damascus'} />}
        </Field>
        <label>
          {say().language}
          <select name="language">
            {Object.entries(LANGUAGES).map(([tag, name]) => (
              <option key={tag} value={tag} lang={tag} selected={tag === (of?.language ?? 'en')}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Field name={say().lookBack} pointer="/period_days" fault={fault}>
          {(attributes) => <input {...attributes} type="number" name="period_days" min={1} max={366} required defaultValue={String(of?.period_days ?? 7)} />}
        </Field>
      </div>
      {simple && <Checks title={`${say().weekdays} (${say().everyDay})`} name="day" options={WEEK.map((day) => [day, dayName(day)])} picked={read.days} />}
      <Checks title={say().formats} name="format" options={FORMATS.map((format) => [format, format.toUpperCase()])} picked={of?.formats ?? ['html', 'text']} />
      {recipients.length > 0 && <Checks title={say().toWhom} name="recipient" options={recipients.map(({ code, name }) => [code, name])} picked={of?.recipients ?? []} />}
      <p>
        <label class="check">
          <input type="checkbox" name="paused" defaultChecked={of?.paused ?? false} /> {say().pausedField}
        </label>
      </p>
      <FormFault fault={fault} pointers={POINTERS} />
      <p class="do">
        <button type="submit" disabled={busy}>
          {say().save}
        </button>
        <button type="button" class="second" onClick={cancel}>
          {say().cancel}
        </button>
      </p>
    </form>
  );
}

function Checks({ title, name, options, picked }: { title: string; name: string; options: string[][]; picked: readonly string[] }) {
  return (
    <fieldset class="checks">
      <legend>{title}</legend>
      {options.map(([value = '', text]) => (
        <label key={value} class="check">
          <input type="checkbox" name={name} value={value} defaultChecked={picked.includes(value)} /> <bdi>{text}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
