// The queue at work: when it is tried, by which tab, and what the page is told of it.
import { effect, signal } from '@preact/signals';
import { address, changes, get, line, post } from '../api';
import { askMe, me } from '../me';
import { forgetKept } from './kept';
import { type Entry, type Ports, type Seen, Shelf, type Step, anew, newKey, sendAll } from './queue';

/** How often it is tried while something waits. */
const AGAIN_MS = 30_000;

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

export const shelf = new Shelf(storage());

/** What is kept here, the oldest first. */
export const waiting = signal<Entry[]>([]);
/** Which of them is on its way at this moment. */
export const sending = signal<string | null>(null);
/** What was taken since the page was opened: its name, and its code where it has one of its own. */
export const taken = signal<{ title: string; code: string | null }[]>([]);

const refusals = (entries: Entry[]): number => entries.filter((entry) => entry.refused).length;

function look(): void {
  const before = refusals(waiting.peek());
  waiting.value = shelf.all();
  // Who was refused wants to see how it stands now.
  if (refusals(waiting.peek()) > before) changes.value = changes.peek() + 1;
}

/** The login is asked for anew each time: in another tab somebody else may have logged in. */
async function who(): Promise<string | null | undefined> {
  try {
    await askMe();
  } catch {
    return undefined;
  }
  return me.value ? me.value.user : undefined;
}

const ports: Ports = {
  shelf,
  who,
  post: (step: Step, seen: Seen | null) => post(step.url, step.body, { 'Idempotency-Key': step.key, ...(seen ? { 'If-Match': `"${seen.version}"` } : {}) }),
  version: async (ref) => (await get<{ version: number }>(address(`/api/v1/convoys/${encodeURIComponent(ref)}`, {}, false))).version,
  changed: (id) => {
    sending.value = id;
    look();
  },
  sent: (entry, answer) => {
    taken.value = [...taken.value, { title: entry.title, code: answer.code ?? entry.seen?.ref ?? null }];
    changes.value = changes.peek() + 1;
  },
};

let isRunning = false;
let isAsked = false;

/** Tries to send what waits. One tab at a time, where the browser can say so; the keys hold all the same. */
export async function trySending(): Promise<void> {
  isAsked = true;
  if (isRunning) return;
  isRunning = true;
  try {
    while (isAsked) {
      isAsked = false;
      const send = () => sendAll(ports);
      if (navigator.locks) await navigator.locks.request('passage.queue', send);
      else await send();
    }
  } finally {
    isRunning = false;
    sending.value = null;
    look();
  }
}

let hasBegun = false;

/** Starts once, however often it is called. */
export function beginQueue(): void {
  if (hasBegun) return;
  hasBegun = true;
  look();
  addEventListener('online', () => void trySending());
  addEventListener('storage', look);
  effect(() => {
    if (line.value === 'up') void trySending();
  });
  setInterval(() => {
    if (waiting.value.some((entry) => !entry.refused)) void trySending();
  }, AGAIN_MS);
}

/** Puts something into the queue, and tries it at once; gives the name that it has there. */
export function add(what: Pick<Entry, 'kind' | 'title' | 'seen' | 'form'> & { steps: Omit<Step, 'key'>[] }): string {
  // Nobody is offered a form who is not logged in; what has no name is sent under none unasked.
  const user = me.value?.user ?? '';
  const steps = what.steps.map((step) => ({ ...step, key: newKey() }));
  const made = new Date().toISOString();
  const id = newKey();
  shelf.put({ ...what, id, user, made, steps, done: 0, tried: false, refused: null, trouble: null });
  look();
  void trySending();
  return id;
}

/** Puts a mended one in place of the one that was refused, or has it sent under the name of whoever reads. */
export function replace(entry: Entry, change: Partial<Entry>): void {
  shelf.put(anew(entry, change));
  look();
  void trySending();
}

export function throwAway(id: string): void {
  shelf.drop(id);
  forgetKept(`mend.${id}`);
  look();
}
