// The queue at work: when it is tried, by which tab, and what the page is told of it.
import { computed, effect, signal } from '@preact/signals';
import { Refusal, address, changes, get, line, newKey, post } from '../api';
import { keepPage } from '../load';
import { askMe, me } from '../me';
import { claims, drafts, forgetKept, storage } from './kept';
import { type Entry, type Ports, Shelf, type Step, anew, claim, removeAll, sendAll } from './queue';
import { type Whose, heaps, standing } from './whose';

/** How often it is tried while something waits. */
const AGAIN_MS = 30_000;

export const shelf = new Shelf(storage());
keepPage(() => shelf.all().some(({ id }) => !shelf.isKept(id)));

/** All that is kept here, whosever it is, and how often it was looked at; drafts tell nothing of their changes. */
const kept = signal<Entry[]>([]);
const looks = signal(0);

/** What the reader has waiting here, the oldest first. */
export const waiting = computed(() => kept.value.filter((entry) => standing(entry, me.value) === 'mine'));
/** How much of others is kept here. */
export const others = computed(() => (looks.value, heaps(kept.value, drafts.all(me.value?.user), me.value)));
/** Is this somebody else's? */
export const isOthers = (id: string): boolean => kept.value.some((entry) => entry.id === id && standing(entry, me.value) !== 'mine');

/** Which of them is on its way at this moment. */
export const sending = signal<string | null>(null);

const done = signal<{ owner: string | null; title: string; code: string | null }[]>([]);
/** What was taken of the reader's since the page was opened: its name, and its code where it has one of its own. */
export const taken = computed(() => done.value.filter(({ owner }) => owner !== null && owner === me.value?.id));

const refusals = (entries: Entry[]): number => entries.filter((entry) => entry.refused).length;

function look(): void {
  const before = refusals(kept.peek());
  kept.value = shelf.all();
  looks.value = looks.peek() + 1;
  // Who was refused wants to see how it stands now.
  if (refusals(kept.peek()) > before) changes.value = changes.peek() + 1;
}

/** The login is asked for anew each time: in another tab somebody else may have logged in. */
async function who(): Promise<string | null | undefined> {
  try {
    await askMe();
  } catch {
    return undefined;
  }
  return me.peek() ? me.peek()?.id : undefined;
}

/** As the account whose it is, and no other. */
async function postOf(step: Step, { owner, seen }: Entry): Promise<{ code?: string; version?: number }> {
  if (me.peek()?.id !== owner) throw new Refusal(409, 'other_reader', '', [], null);
  return post(step.url, step.body, { 'Idempotency-Key': step.key, ...(seen ? { 'If-Match': `"${seen.version}"` } : {}) });
}

const ports: Ports = {
  shelf,
  who,
  post: postOf,
  version: async (ref) => (await get<{ version: number }>(address(`/api/v1/convoys/${encodeURIComponent(ref)}`, {}, false))).version,
  changed: (id) => {
    sending.value = id;
    look();
  },
  sent: (entry, answer) => {
    done.value = [...done.peek(), { owner: entry.owner, title: entry.title, code: answer.code ?? entry.seen?.ref ?? null }];
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
    if (kept.value.some((entry) => !entry.refused)) void trySending();
  }, AGAIN_MS);
}

/** Puts something into the queue, and tries it at once; gives the name that it has there. */
export function add(what: Pick<Entry, 'kind' | 'title' | 'seen' | 'form'> & { steps: Omit<Step, 'key'>[] }): string {
  // Nobody is offered a form who is not logged in; what is nobody's is never sent.
  const [owner, user] = [me.value?.id ?? null, me.value?.user ?? ''];
  const steps = what.steps.map((step) => ({ ...step, key: newKey() }));
  const made = new Date().toISOString();
  const id = newKey();
  shelf.put({ ...what, id, owner, user, made, steps, done: 0, tried: false, refused: null, trouble: null });
  look();
  void trySending();
  return id;
}

/** As it lies on the shelf now, where it is the reader's. */
function own(id: string): Entry | null {
  const entry = shelf.read(id);
  return entry && standing(entry, me.value) === 'mine' ? entry : null;
}

/** Puts a mended one in place of the one that was refused; says whether that could be. */
export function replace(id: string, change: Partial<Pick<Entry, 'title' | 'form' | 'seen' | 'done' | 'steps'>>): boolean {
  const entry = own(id);
  const mended = entry && anew(entry, change);
  if (mended) shelf.put(mended);
  look();
  if (mended) void trySending();
  return mended !== null;
}

export function throwAway(id: string): void {
  if (own(id)) {
    shelf.drop(id);
    forgetKept(`mend.${id}`);
  }
  look();
}

/** Takes what was kept under the reader's name for theirs, as they said; gives how many drafts had to stay. */
export function claimOwn(): number {
  const reader = me.value;
  if (!reader?.id) return 0;
  claim(shelf, reader);
  const left = drafts.claim(reader);
  claims.value += 1;
  look();
  void trySending();
  return left;
}

/** Removes all that is kept here of somebody else, as was confirmed. */
export function removeOthers(whose: Whose): void {
  removeAll(shelf, whose);
  drafts.removeAll(whose, me.value?.user ?? null);
  look();
}
