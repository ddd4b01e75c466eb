// What is asked of a throughput: what the reader has set, laid over what the program knows or needs.
import { Refusal, address, answerTo, get, worded } from '../api';
import { plusDays } from '../clocks';
import type { PauseRecord, Throughput } from './answers';
import { instantOf, told } from './zone';

/** What the reader has set, by the names of the API; what is not in it is left to the program. */
export type Levers = Record<string, number | boolean>;

/** When the pause is taken to hold; `null` is as on record. */
export interface When {
  start: string | null;
  hours: number | null;
  every: number | null;
}

/**
 * Where to begin with what the program asks for and no record gives. They are those of docs/WORKED_EXAMPLES.md: no
 * source says them, and the page shows them as assumed.
 */
export const STARTS: Record<string, number> = {
  trucks: 40,
  lanes: 1,
  docks: 4,
  load_hours: 2,
  approach_hours: 1,
  inspection_hours: 0.2,
  onward_hours: 0.5,
  unload_hours: 1,
  return_hours: 1,
  lead_hours: 3,
  buffer_hours: 2,
  open_hour: 6,
  close_hour: 18,
};
/** Hours of a window where neither a record nor the reader says. */
export const START_HOURS = 24;
const START_CLOCK = '06:00';
const DAYS = 30;
const MOST_WINDOWS = 120;

/** A pause as far as a question about it needs it. */
export interface Subject {
  record: Pick<PauseRecord, 'code' | 'start' | 'end' | 'duration_hours' | 'every_days'>;
  zone: string;
  /** The local start of its first window, where there is one. */
  first: string | null;
  asOf: string;
}

/** When it is taken to begin, on the clock of the place: as set, as on record, else in two days. */
export function startOf(subject: Subject, when: When): string {
  return when.start ?? subject.first?.slice(0, 16) ?? `${plusDays(subject.asOf, 2)}T${START_CLOCK}`;
}

export function hoursOf(subject: Subject, when: When): number {
  return when.hours ?? subject.record.duration_hours ?? START_HOURS;
}

/** The windows of a start, a length and a rhythm. They begin at the same time of the local clock, also when that changes. */
export function windowsOf(start: string, hours: number, every: number | null, days: number, zone: string): { start: string; end: string }[] {
  const windows: { start: string; end: string }[] = [];
  for (let after = 0; after === 0 || (every !== null && every > 0 && after < days); after += every ?? days) {
    if (windows.length === MOST_WINDOWS) break;
    const begins = instantOf(`${plusDays(start.slice(0, 10), after)}${start.slice(10)}`, zone);
    windows.push({ start: told(begins), end: told(new Date(begins.getTime() + hours * 3_600_000)) });
  }
  return windows;
}

/** The body of the question. */
export function bodyOf(subject: Subject, levers: Levers, when: When): Record<string, unknown> {
  return { ...levers, ...timesOf(subject, levers, when) };
}

function timesOf(subject: Subject, levers: Levers, when: When): Record<string, unknown> {
  const { record, zone, first } = subject;
  const isAsRecorded = when.start === null && when.hours === null && when.every === null;
  const start = startOf(subject, when);
  if (isAsRecorded && first !== null) {
    // Of a pause that is over it is asked what it would have let through.
    return record.end !== null && record.end.slice(0, 10) < subject.asOf ? { from: first.slice(0, 10) } : {};
  }
  if (isAsRecorded && record.duration_hours !== null) return { first_start: start };
  const days = typeof levers.days === 'number' && levers.days > 0 ? levers.days : DAYS;
  const every = when.every ?? record.every_days;
  return { windows: windowsOf(start, hoursOf(subject, when), every, days, zone) };
}

/** The fields that a refusal says are needed, where there is something to begin with. */
export function lacking(fault: unknown, body: Record<string, unknown>): string[] {
  if (!(fault instanceof Refusal) || fault.status !== 422) return [];
  const fields = fault.problems.map(({ pointer }) => pointer.replace(/^\//, ''));
  return [...new Set(fields)].filter((field) => Object.hasOwn(STARTS, field) && !Object.hasOwn(body, field));
}

/** What of the way is not on record, by pause: everything where no way is, else learned from the first refusal. */
const needed = new Map<string, string[]>();

async function begins(code: string): Promise<string[]> {
  const known = needed.get(code);
  if (known) return known;
  const { total } = await get<{ total: number }>(address('/api/v1/logistics', { limit: 1 }));
  const fields = total === 0 ? Object.keys(STARTS) : [];
  needed.set(code, fields);
  return fields;
}

const withStarts = (fields: string[], body: Record<string, unknown>) => ({
  ...Object.fromEntries(fields.map((field) => [field, STARTS[field]])),
  ...body,
});

/** Asks, and asks again with what to begin with where the program lacks it. */
export async function askThrough(code: string, body: Record<string, unknown>, signal?: AbortSignal): Promise<Throughput> {
  const url = worded(`/api/v1/pauses/${encodeURIComponent(code)}/throughput`);
  const send = async (sent: Record<string, unknown>) => {
    const options = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(sent), signal: signal ?? null };
    return answerTo<Throughput>(url, options);
  };
  const known = withStarts(await begins(code), body);
  try {
    return await send(known);
  } catch (fault) {
    const fields = lacking(fault, known);
    if (fields.length === 0) throw fault;
    needed.set(code, [...(needed.get(code) ?? []), ...fields]);
    return send(withStarts(fields, known));
  }
}

/** A stage of the way, and for which share of the hours of work it is busy. */
export interface Use {
  stage: 'fleet' | 'checkpoint' | 'offloading';
  share: number;
}

/**
 * How busy each stage is: loads times the hours that one takes there, of all the hours that it has. The numbers are
 * those of the answer; the program itself gives no such share.
 */
export function usesOf(answer: Pick<Throughput, 'logistics' | 'windows'>): Use[] {
  const value = (field: string) => {
    const found = answer.logistics.find((given) => given.field === field)?.value;
    return typeof found === 'number' ? found : null;
  };
  const segments = answer.windows.flatMap((window) => window.segments);
  const hours = segments.reduce((all, segment) => all + segment.hours, 0);
  const loads = segments.reduce((all, segment) => all + segment.loads, 0);
  const round = ['load_hours', 'approach_hours', 'inspection_hours', 'onward_hours', 'unload_hours', 'return_hours'].map(value);
  const stages: [Use['stage'], number | null, number | null][] = [
    ['fleet', value('trucks'), round.some((part) => part === null) ? null : round.reduce<number>((all, part) => all + (part ?? 0), 0)],
    ['checkpoint', value('lanes'), value('inspection_hours')],
    ['offloading', value('docks'), value('unload_hours')],
  ];
  return stages.flatMap(([stage, places, each]) => {
    if (!places || each === null || hours === 0) return [];
    return [{ stage, share: Math.min(1, (loads * each) / (places * hours)) }];
  });
}
