// What is on its way to Passage: kept on this device until an answer has come, sent under one key, never lost in silence.
import { Offline, type Problem, Refusal, newKey } from '../api';
import { type Reader, type Whose, isSame, standing } from './whose';

/** One request. The same key and body are done once, however often they are sent. */
export interface Step {
  url: string;
  body: unknown;
  key: string;
}

/** The version of a convoy that somebody saw when they wrote what is to be added to it. */
export interface Seen {
  ref: string;
  version: number;
}

/** Why it was not taken. */
export interface Refused {
  status: number;
  code: string;
  detail: string;
  problems: Problem[];
  /** Which of the steps it was. */
  step: number;
}

/** It is never sent by another account than that whose it is. */
export interface Entry extends Whose {
  id: string;
  kind: 'convoy' | 'move';
  title: string;
  /** When it was written, by this device. */
  made: string;
  /** In this order, as a source before the convoy that names it. */
  steps: Step[];
  done: number;
  /** Was it sent without an answer? Then it may have arrived. */
  tried: boolean;
  refused: Refused | null;
  /** A no that passes, as a program that is busy. */
  trouble: { status: number; detail: string } | null;
  seen: Seen | null;
  /** What stood in the form, to be mended. */
  form: unknown;
}

/** What the queue needs of the world around it. */
export interface Ports {
  shelf: Shelf;
  /** The account that is logged in now, `null` for nobody; `undefined` where that cannot be told. */
  who: () => Promise<string | null | undefined>;
  /** Refuses as `other_reader` where somebody else has logged in than whose it is. */
  post: (step: Step, entry: Entry) => Promise<{ code?: string; version?: number }>;
  /** The version of a convoy that stands now. */
  version: (ref: string) => Promise<number>;
  /** Told of every change of the shelf, and of what is being sent. */
  changed: (sending: string | null) => void;
  sent: (entry: Entry, answer: { code?: string; version?: number }) => void;
}

const PREFIX = 'passage.queue.';

/** Where entries lie, each under its own name: two tabs that write two of them do not write over each other. */
export class Shelf {
  /** What the browser would not keep; gone when the page is closed. */
  private readonly loose = new Map<string, Entry>();

  constructor(private readonly storage: Storage | null) {}

  /** The oldest first. */
  all(): Entry[] {
    const entries = [...this.kept(), ...this.loose.values()];
    return entries.sort((a, b) => a.made.localeCompare(b.made) || a.id.localeCompare(b.id));
  }

  private kept(): Entry[] {
    if (!this.storage) return [];
    const names = Array.from({ length: this.storage.length }, (_, index) => this.storage?.key(index) ?? '');
    return names.filter((name) => name.startsWith(PREFIX)).flatMap((name) => this.read(name.slice(PREFIX.length)) ?? []);
  }

  read(id: string): Entry | null {
    const loose = this.loose.get(id);
    if (loose) return loose;
    const text = this.storage?.getItem(PREFIX + id);
    if (!text) return null;
    try {
      const entry = JSON.parse(text) as Entry;
      // Before accounts were told apart only the name was kept.
      return Array.isArray(entry.steps) && entry.id === id ? { ...entry, owner: entry.owner ?? null, user: entry.user ?? '' } : null;
    } catch {
      return null;
    }
  }

  put(entry: Entry): void {
    try {
      if (!this.storage) throw new Error('no storage');
      this.storage.setItem(PREFIX + entry.id, JSON.stringify(entry));
      this.loose.delete(entry.id);
    } catch {
      // What lies in the storage under this name is older.
      this.storage?.removeItem(PREFIX + entry.id);
      this.loose.set(entry.id, entry);
    }
  }

  drop(id: string): void {
    this.loose.delete(id);
    this.storage?.removeItem(PREFIX + id);
  }

  /** Does it outlive the page? */
  isKept(id: string): boolean {
    return !this.loose.has(id);
  }
}

/** The reader has said that what was kept under their name, before accounts were told apart, is theirs. */
export function claim(shelf: Shelf, reader: Reader): void {
  for (const entry of shelf.all()) if (standing(entry, reader) === 'perhaps') shelf.put({ ...entry, owner: reader.id });
}

/** Removes all that is of one owner. */
export function removeAll(shelf: Shelf, whose: Whose): void {
  for (const entry of shelf.all()) if (isSame(entry, whose)) shelf.drop(entry.id);
}

/** Is this a no for now only? A login that has run out is one: it is sent after the next. */
export function passes(status: number): boolean {
  return [401, 408, 425, 429].includes(status) || status >= 500;
}

/** Sends what may be sent, the oldest first. What follows one that is stuck, for the same convoy, waits behind it. */
export async function sendAll(ports: Ports): Promise<void> {
  const { shelf } = ports;
  if (!shelf.all().some((entry) => !entry.refused)) return;
  const owner = await ports.who();
  if (owner === undefined || owner === null) return;
  const stuck = new Set<string>();
  for (const { id } of shelf.all()) {
    // Another tab, or the reader, may have changed it meanwhile.
    const entry = shelf.read(id);
    // What others keep here is told to nobody else: nothing waits for it.
    if (entry?.owner !== owner) continue;
    const ref = entry.seen?.ref ?? null;
    const isNext = !entry.refused && !(ref && stuck.has(ref));
    const outcome = isNext ? await sendOne(entry, ports) : 'stuck';
    if (outcome === 'over') return;
    if (outcome === 'stuck' && ref) stuck.add(ref);
  }
}

async function sendOne(entry: Entry, ports: Ports): Promise<'sent' | 'stuck' | 'over'> {
  const { shelf } = ports;
  let now = entry;
  const put = (change: Partial<Entry>, sending: string | null) => {
    now = { ...now, ...change };
    shelf.put(now);
    ports.changed(sending);
  };
  let answer: { code?: string; version?: number } = {};
  // Was it sent without an answer before? What is turned away later does not tell what came of that.
  let wasTried = now.tried;
  try {
    for (let step = now.steps[now.done]; step; step = now.steps[now.done]) {
      if (now.seen && !now.tried) {
        const version = await ports.version(now.seen.ref);
        if (version !== now.seen.version) {
          put({ refused: { status: 412, code: 'stale', detail: '', problems: [], step: now.done } }, null);
          return 'stuck';
        }
      }
      wasTried = now.tried;
      put({ tried: true, trouble: null }, now.id);
      answer = await ports.post(step, now);
      put({ tried: false, done: now.done + 1 }, now.id);
    }
  } catch (fault) {
    return noted(fault, now, wasTried, put);
  }
  shelf.drop(now.id);
  follow(now, answer, shelf);
  ports.changed(null);
  ports.sent(now, answer);
  return 'sent';
}

function noted(fault: unknown, entry: Entry, wasTried: boolean, put: (change: Partial<Entry>, sending: null) => void): 'stuck' | 'over' {
  if (fault instanceof Refusal) {
    const { status, code, detail, problems } = fault;
    if (code === 'other_reader') {
      put({ tried: wasTried }, null);
      return 'over';
    }
    // What was turned away at the door was not done; of what broke inside nobody can tell.
    if (passes(status)) put({ tried: entry.tried && (wasTried || ![401, 425, 429].includes(status)), trouble: { status, detail } }, null);
    else put({ tried: false, refused: { status, code, detail, problems, step: entry.done } }, null);
    return 'stuck';
  }
  put({}, null);
  if (fault instanceof Offline) return 'over';
  throw fault;
}

/** What was written after this one, and before an answer had come, follows the version that this one made. */
function follow(sent: Entry, answer: { version?: number }, shelf: Shelf): void {
  const { seen } = sent;
  if (!seen || answer.version === undefined) return;
  for (const entry of shelf.all()) {
    const same = isSame(entry, sent) && entry.seen?.ref === seen.ref && entry.seen.version === seen.version;
    if (same && !entry.refused) shelf.put({ ...entry, seen: { ref: seen.ref, version: answer.version } });
  }
}

/**
 * What is sent again after it was mended is another request: under its old key it would be taken for the old one. Only what
 * was refused is mended: what may have arrived would be done twice under another key. `null` where it cannot be.
 */
export function anew(entry: Entry, change: Partial<Entry>): Entry | null {
  if (!entry.refused || entry.tried) return null;
  const merged = { ...entry, ...change, refused: null, trouble: null };
  return { ...merged, steps: merged.steps.map((step) => ({ ...step, key: newKey() })) };
}
