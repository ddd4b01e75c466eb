// All pauses, and the windows of those that are shown: asked for one by one, few at once, and again only where something changed.
import { useRef } from 'preact/hooks';
import { type Answer, Offline, Refusal, address, get, worded, useAll } from '../api';
import { plusDays } from '../clocks';
import { today } from '../me';
import type { PauseRecord, Windows } from './answers';
import { readerNow, useQuestion } from './asked';

const AT_ONCE = 4;
/** So long an answer is kept where no record changed: pauses begin and end with time alone, milliseconds. */
const KEPT_MS = 300_000;
/** As many answers are kept; those of months and days that were looked at go first. */
const MOST_KEPT = 500;

/** All pauses that are on record by the day, whole. */
export const usePauses = (): Answer<{ data: PauseRecord[]; total: number }> => useAll<PauseRecord>('/api/v1/pauses', { expand: 'all' });

type Dated = Pick<PauseRecord, 'start' | 'end' | 'duration_hours' | 'every_days' | 'recurrence' | 'date_precision'>;

/** Is the day known on which it begins? Of another the program knows no windows, whatever is asked for. */
export const hasBeginning = ({ start, date_precision }: Dated): boolean => start !== null && start.length >= 10 && date_precision !== 'month' && date_precision !== 'year';

/** Can a pause with a beginning hold in these days? The days of the place may be one beside those of UTC. */
export function mayTouch(pause: Dated, from: string, to: string): boolean {
  const begins = pause.start?.slice(0, 10) ?? '';
  if (plusDays(begins, -1) > to) return false;
  const isOnce = pause.every_days === null && ['once', 'extension', null].includes(pause.recurrence);
  if (pause.end !== null) return pause.end.length < 10 || plusDays(pause.end.slice(0, 10), 1) >= from;
  if (pause.duration_hours === null || !isOnce) return true;
  return plusDays(begins, 1 + Math.ceil(pause.duration_hours / 24)) >= from;
}

/** The versions on which the windows of a pause rest: its own, and those of the pauses that make it longer. */
export function versions(all: Pick<PauseRecord, 'code' | 'version' | 'extends'>[]): (code: string) => string {
  const by = new Map(all.map((pause) => [pause.code, pause]));
  const rootOf = (code: string) => {
    const seen = new Set<string>();
    let root = code;
    for (let next = by.get(code)?.extends; next && by.has(next) && !seen.has(next); next = by.get(next)?.extends) {
      seen.add(next);
      root = next;
    }
    return root;
  };
  const chains = new Map<string, string[]>();
  for (const { code, version } of all) {
    const root = rootOf(code);
    chains.set(root, [...(chains.get(root) ?? []), `${code}:${version}`]);
  }
  return (code) => chains.get(rootOf(code))?.join(' ') ?? '';
}

export interface Question {
  code: string;
  url: string;
  version: string;
}

/** Answers by their addresses, with the version that they tell of. */
export type Kept = Map<string, { version: string; data: Windows; at: number }>;

/** What came of asking: windows, pauses of which nothing is known, and whether some stand as they were before. */
export interface Told {
  windows: Windows[];
  missing: string[];
  fault: Offline | null;
  at: number;
}

/** Asks for what is not kept, few at once. A fault of one leaves the others; only where nothing came it is the answer. */
export async function askAll(questions: Question[], kept: Kept, ask: (url: string) => Promise<Windows>, signal: AbortSignal, now = Date.now()): Promise<Told> {
  const faults = new Map<string, Refusal | Offline>();
  const wanted = questions.filter(({ url, version }) => {
    const known = kept.get(url);
    return known?.version !== version || now - known.at > KEPT_MS;
  });
  let next = 0;
  const work = async () => {
    while (next < wanted.length && !signal.aborted) {
      const { url, version } = wanted[next++] as Question;
      try {
        const data = await ask(url);
        kept.delete(url);
        kept.set(url, { version, data, at: now });
      } catch (fault) {
        if (!(fault instanceof Refusal || fault instanceof Offline)) throw fault;
        // A no leaves nothing to show; a line that is down leaves what there was.
        if (fault instanceof Refusal) kept.delete(url);
        faults.set(url, fault);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return gathered(questions, kept, faults, now);
}

function gathered(questions: Question[], kept: Kept, faults: Map<string, Refusal | Offline>, now: number): Told {
  const found = questions.flatMap(({ url }) => kept.get(url) ?? []);
  const old = questions.flatMap(({ url }) => (faults.has(url) ? (kept.get(url)?.at ?? []) : []));
  const [fault] = faults.values();
  if (fault && found.length === 0) throw fault;
  const missing = questions.filter(({ url }) => !kept.has(url)).map(({ code }) => code);
  // What this answer does not show goes first.
  const shown = new Set(questions.map(({ url }) => url));
  for (const url of [...kept.keys()].filter((one) => !shown.has(one))) if (kept.size > MOST_KEPT) kept.delete(url);
  return { windows: found.map(({ data }) => data), missing, fault: old.length > 0 ? new Offline() : null, at: old.length > 0 ? Math.min(...old) : now };
}

/** A pause of which the windows are asked for, in a time or from now on. */
export interface Wanted {
  code: string;
  from?: string;
  to?: string;
}

/** The windows of some pauses. What answers another `time` is not shown for this one. `null` asks nothing. */
export function useWindows(wanted: Wanted[] | null, pauses: PauseRecord[], time: string): Answer<Told> {
  const shelf = useRef<{ reader: string; kept: Kept }>({ reader: '', kept: new Map() });
  const reader = readerNow();
  // Another reader has other rights.
  if (shelf.current.reader !== reader) shelf.current = { reader, kept: new Map() };
  const { kept } = shelf.current;
  const versionOf = versions(pauses);
  const questions = (wanted ?? []).map(({ code, from, to }) => ({
    code,
    url: worded(`/api/v1/pauses/${encodeURIComponent(code)}/windows`, { from, to }),
    version: `${today()} ${versionOf(code)}`,
  }));
  const again = questions.map(({ url, version }) => `${url} ${version}`).join(' ');
  const question = wanted === null ? null : address(time);
  const answer = useQuestion<Told>(question, (signal) => askAll(questions, kept, (url) => get<Windows>(url, signal), signal), again);
  const { data } = answer;
  return data?.fault && !answer.fault ? { ...answer, fault: data.fault, at: data.at } : answer;
}
