// What a pause would deliver: levers, and the program's answer to where they stand.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Answer, Refusal, address, worded } from '../api';
import { Shown } from '../state';
import { colon, fill, listMark, number, range } from '../tongue';
import type { PauseRecord, Throughput, Windows } from './answers';
import { readerNow, useQuestion } from './asked';
import { Brings } from './brings';
import { Field, FormFault, Wrong, wrongAt } from '../field';
import { leverWord, say, unitWord } from './lever-words';
import { CHOICES, EVERY, FIRST, type Lever, MORE, NUMBERS, sentValue, shownValue } from './levers';
import { type Levers, STARTS, type Subject, type When, askThrough, bodyOf, hoursOf, startOf } from './throughput';
import { english } from './words';

/** So long a lever must rest before it is asked. */
const REST_MS = 200;

/** The answer to a body. */
function useThrough(code: string, body: Record<string, unknown>): Answer<Throughput> {
  const url = worded(`/api/v1/pauses/${code}/throughput`);
  return useQuestion(`${url} ${JSON.stringify(body)}`, (signal) => askThrough(code, body, signal), '', REST_MS);
}

const AS_RECORDED: When = { start: null, hours: null, every: null };

export function Deliver({ record, windows }: { record: PauseRecord; windows: Windows }) {
  const [levers, setLevers] = useState<Levers>({});
  const [when, setWhen] = useState<When>(AS_RECORDED);
  const subject: Subject = { record, zone: windows.time_zone, first: windows.windows[0]?.local_start ?? null, asOf: windows.as_of.slice(0, 10) };
  const answer = useThrough(record.code, bodyOf(subject, levers, when));
  // Where the last answer was a no, what stood in the one before still tells what levers are at.
  const asked = `${readerNow()} ${address('')}`;
  const [last, keepLast] = useState<{ asked: string; data: Throughput } | null>(null);
  useEffect(() => {
    if (answer.data && !answer.loading) keepLast({ asked, data: answer.data });
  }, [answer.data, answer.loading]);
  const known = answer.data ?? (last?.asked === asked ? last.data : null);
  const set = (field: string, value: number | boolean | null) =>
    setLevers((old) => {
      const { [field]: _, ...rest } = old;
      return value === null ? rest : { ...rest, [field]: value };
    });
  const touched = Object.keys(levers).length > 0 || Object.values(when).some((value) => value !== null);
  const pointers = ['/first_start', '/windows', ...[...EVERY.map(({ field }) => field), ...CHOICES].map((field) => `/${field}`)];
  const field = (lever: Lever) => <LeverField key={lever.field} lever={lever} levers={levers} known={known} fault={answer.fault} onSet={(value) => set(lever.field, value)} />;
  return (
    <div class="deliver">
      <form class="levers" noValidate onSubmit={(event) => event.preventDefault()}>
        {known?.logistics.some((given) => given.from === 'sent' && !Object.hasOwn(levers, given.field)) && <p class="note">{say().begin}</p>}
        {FIRST.map(field)}
        <Times subject={subject} when={when} fault={answer.fault} onSet={(more) => setWhen((old) => ({ ...old, ...more }))} />
        <details>
          <summary>{say().more}</summary>
          {MORE.map(field)}
          {NUMBERS.map(field)}
          {CHOICES.map((name) => (
            <Choice key={name} name={name} levers={levers} known={known} onSet={(value) => set(name, value)} />
          ))}
        </details>
        {touched && (
          <p class="do">
            <button type="button" class="second" onClick={() => (setLevers({}), setWhen(AS_RECORDED))}>
              {say().reset}
            </button>
          </p>
        )}
      </form>
      <OnPaper record={record} levers={levers} known={known} />
      <div class="brings" aria-live="polite">
        {answer.fault instanceof Refusal && answer.fault.problems.length > 0 ? (
          <FormFault fault={answer.fault} pointers={pointers} refused={say().refused} />
        ) : (
          <Shown answer={answer} lines={7}>
            {(data) => <Brings answer={data} onTry={(change) => set(change.lever, change.to)} />}
          </Shown>
        )}
      </div>
    </div>
  );
}

/** What was reckoned with, for who reads it on paper, where no lever is. */
function OnPaper({ record, levers, known }: { record: PauseRecord; levers: Levers; known: Throughput | null }) {
  return (
    <div class="on-paper">
      <p dir="auto">
        {record.title ?? ''} <code>{record.code}</code>
      </p>
      <ul>
        {[...FIRST, ...MORE].map((lever) => {
          const value = valueOf(lever.field, levers, known);
          return (
            <li key={lever.field}>
              {leverWord(lever.field)}{colon()}{value !== null && `${number(shownValue(lever, value), 2)} ${unitWord(lever.unit)} `}<Origin field={lever.field} levers={levers} known={known} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Where the number of a lever comes from. */
function Origin({ field, levers, known }: { field: string; levers: Levers; known: Throughput | null }) {
  if (Object.hasOwn(levers, field)) return <span class="origin">{say().set}</span>;
  const given = known?.logistics.find((one) => one.field === field);
  if (given?.from === 'stored') return <span class="origin">{fill(say().stored, { record: given.record ?? '' })}</span>;
  if (given?.from === 'default') {
    return (
      <span class="origin">
        {say().assumed}
        {given.source && (
          <>
            {colon()}
            <span {...english()}>{given.source}</span>
          </>
        )}
      </span>
    );
  }
  if (given?.from === 'sent' || (!given && Object.hasOwn(STARTS, field))) return <span class="origin">{say().example}</span>;
  const told = known?.people[field as keyof Throughput['people']];
  if (told) {
    const isRange = told.low !== null && told.high !== null && told.low !== told.high;
    return (
      <span class="origin">
        {told.from === 'records' ? say().records : say().unknown}
        {isRange && <bdi> ({range(told.low, told.high)})</bdi>}
      </span>
    );
  }
  return <span class="origin">{field === 'honour_probability' ? say().unknown : say().assumed}</span>;
}

/** What a lever is at: as set, else as the answer has it, else what is begun with. */
function valueOf(field: string, levers: Levers, known: Throughput | null): number | null {
  const set = levers[field];
  if (typeof set === 'number') return set;
  const given = known?.logistics.find((one) => one.field === field)?.value;
  if (typeof given === 'number') return given;
  const told = known?.people[field as keyof Throughput['people']];
  if (told) return told.best;
  if (known && field === 'days') return known.days;
  if (known && field === 'confidence') return known.plan.confidence;
  if (known && field === 'ration_days') return known.per_window.ration_days;
  return STARTS[field] ?? null;
}

interface Leverage {
  lever: Lever;
  levers: Levers;
  known: Throughput | null;
  fault: unknown;
  onSet: (value: number | null) => void;
}

function LeverField({ lever, levers, known, fault, onSet }: Leverage) {
  const value = valueOf(lever.field, levers, known);
  const shown = value === null ? null : shownValue(lever, value);
  const unit = unitWord(lever.unit);
  const type = (text: string) => onSet(text === '' || Number.isNaN(Number(text)) ? null : sentValue(lever, Number(text)));
  return (
    <Sliding
      name={leverWord(lever.field)}
      unit={unit}
      value={shown}
      max={lever.max}
      step={lever.step}
      wrong={<Wrong problems={wrongAt(fault, `/${lever.field}`)} />}
      isWrong={wrongAt(fault, `/${lever.field}`).length > 0}
      origin={<Origin field={lever.field} levers={levers} known={known} />}
      onType={type}
    />
  );
}

interface Slides {
  name: string;
  unit: string;
  value: number | null;
  max: number;
  step: number;
  wrong?: ComponentChildren;
  isWrong?: boolean;
  origin: ComponentChildren;
  onType: (text: string) => void;
}

/** A number with its slider, which goes further where the number does. */
function Sliding({ name, unit, value, max, step, wrong, isWrong = false, origin, onType }: Slides) {
  const label = unit ? `${name}${listMark()}${unit}` : name;
  return (
    <div class="lever" role="group" aria-label={label}>
      <span class="lever-name">
        {name} <span class="quiet">{unit}</span>
      </span>
      {Number.isFinite(max) && (
        <input
          type="range"
          class={value === null ? 'unset' : undefined}
          aria-label={label}
          min={0}
          max={Math.max(max, value ?? 0)}
          step={step}
          value={value ?? 0}
          aria-valuetext={value === null ? say().unknown : `${number(value, 3)} ${unit}`}
          onInput={(event) => onType(event.currentTarget.value)}
        />
      )}
      <input type="number" aria-label={label} aria-invalid={isWrong} min={0} step="any" inputMode="decimal" value={value ?? ''} onInput={(event) => onType(event.currentTarget.value)} />
      {origin}
      {wrong}
    </div>
  );
}

/** The hours of the window, when it begins, and how often it comes again. */
function Times({ subject, when, fault, onSet }: { subject: Subject; when: When; fault: unknown; onSet: (more: Partial<When>) => void }) {
  const { record } = subject;
  const hoursFrom = when.hours !== null ? say().set : record.duration_hours !== null ? say().records : say().example;
  const startFrom = when.start !== null ? say().set : subject.first !== null ? say().records : say().startAssumed;
  return (
    <>
      <Sliding
        name={say().hours}
        unit=""
        value={hoursOf(subject, when)}
        max={168}
        step={1}
        origin={<span class="origin">{hoursFrom}</span>}
        onType={(text) => onSet({ hours: text === '' || !(Number(text) > 0) ? null : Number(text) })}
      />
      <div class="row">
        <Field name={say().start} pointer="/first_start" fault={fault} help={startFrom}>
          {(attributes) => (
            <input {...attributes} type="datetime-local" value={startOf(subject, when)} onChange={(event) => onSet({ start: event.currentTarget.value.slice(0, 16) || null })} />
          )}
        </Field>
        <Field name={say().every} pointer="/every" fault={fault} help={when.every !== null ? say().set : record.every_days !== null ? say().records : undefined}>
          {(attributes) => (
            <input
              {...attributes}
              type="number"
              min={0}
              inputMode="numeric"
              value={when.every ?? record.every_days ?? ''}
              onInput={(event) => onSet({ every: event.currentTarget.value === '' ? 0 : Math.max(0, Math.round(Number(event.currentTarget.value))) })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function Choice({ name, levers, known, onSet }: { name: string; levers: Levers; known: Throughput | null; onSet: (value: boolean) => void }) {
  const set = levers[name];
  const given = known?.logistics.find((one) => one.field === name)?.value;
  return (
    <p class="lever-choice">
      <label class="check">
        <input type="checkbox" checked={typeof set === 'boolean' ? set : given === true} onChange={(event) => onSet(event.currentTarget.checked)} /> {leverWord(name)}
      </label>
      <Origin field={name} levers={levers} known={known} />
    </p>
  );
}
