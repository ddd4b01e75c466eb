// Parts of the page that are fetched later, and what is done where the line broke meanwhile.
import { effect, signal } from '@preact/signals';
import { changes, isOwed, line, request } from './api';
import { keep, kept } from './tongue';

/** Did a part not come? Browsers remember that for as long as the page is open, for each file of it: it is loaded again. */
export const isTorn = signal(false);

/** Brings a part. After one did not come none is brought: files that they share would be missing. */
export async function load<T>(bring: () => Promise<T>): Promise<T> {
  if (isTorn.peek()) throw new Error('a part of the page is missing');
  try {
    return await bring();
  } catch (fault) {
    isTorn.value = true;
    // Is it the line? The answer says so.
    void request('/healthz').catch(() => undefined);
    throw fault;
  }
}

const stays: (() => boolean)[] = [];

/** The page stays while this says so: something would be lost with it. */
export const keepPage = (holds: () => boolean): void => {
  stays.push(holds);
};

export const mayReload = (): boolean => !isOwed() && !stays.some((one) => one());

/** So long after it was loaded again by itself it is not loaded once more, milliseconds: a part may be missing for good. */
const REST_MS = 60_000;
const KEPT = 'passage.reloaded';

/** Loads the page again as soon as there is a line and nothing is lost by it; gives what calls that off. */
export function reloadWhenBack(): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = async () => {
    if (!(await hasAnswer()) || isOver || !mayReload()) return;
    const rest = REST_MS - (Date.now() - Number(kept(KEPT)));
    if (rest > 0) {
      timer = setTimeout(() => void run(), rest);
      return;
    }
    keep(KEPT, String(Date.now()));
    location.reload();
  };
  const stop = effect(() => {
    void changes.value;
    if (line.value === 'up') void run();
  });
  return () => {
    isOver = true;
    clearTimeout(timer);
    stop();
  };
}

async function hasAnswer(): Promise<boolean> {
  try {
    await request('/healthz');
    return true;
  } catch {
    return false;
  }
}
