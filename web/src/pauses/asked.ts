// A question that takes more than one plain request: which answer may stand meanwhile, and after a fault.
import { useEffect, useState } from 'preact/hooks';
import { type Answer, Offline, Refusal, changes } from '../api';
import { me } from '../me';

/** How long the answer to the question before stands, dimmed, while a new one is on its way, milliseconds. */
const STANDS_MS = 600;

/** An answer, the question that it answers, and the one that was asked last. */
export interface Standing<T> extends Answer<T> {
  of: string | null;
  asked: string | null;
}

export const nothing = <T>(): Standing<T> => ({ of: null, asked: null, data: null, fault: null, loading: true, at: null });

export const asking = <T>(old: Standing<T>, question: string): Standing<T> => ({ ...old, asked: question, fault: null, loading: true });

/** It takes long: what answers another question goes. */
export const dropped = <T>(old: Standing<T>, question: string): Standing<T> =>
  old.of === question ? old : { ...nothing<T>(), asked: question };

export const answered = <T>(question: string, data: T, at: number): Standing<T> => ({ of: question, asked: question, data, fault: null, loading: false, at });

/** A no leaves nothing to show; a line that is down leaves what was answered to this very question. */
export const failed = <T>(old: Standing<T>, question: string, fault: Refusal | Offline): Standing<T> => ({
  ...(fault instanceof Offline && old.of === question ? old : nothing<T>()),
  asked: question,
  fault,
  loading: false,
});

/** What is shown for a question, also before it has gone out. */
export const shownFor = <T>(state: Standing<T>, question: string | null): Standing<T> =>
  state.asked === question ? state : { ...state, fault: null, loading: true };

/** Who reads, as far as other rights give other answers. */
export const readerNow = (): string => [me.value?.id, me.value?.role, me.value?.level, me.value?.organisation].join(' ');

/** The answer to a question, asked again when `again` is another or something was written; `null` asks nothing. */
export function useQuestion<T>(text: string | null, ask: (signal: AbortSignal) => Promise<T>, again = '', restMs = 0): Answer<T> {
  const [state, set] = useState<Standing<T>>(nothing);
  const question = text === null ? null : `${readerNow()} ${text}`;
  const turn = changes.value;
  useEffect(() => {
    if (question === null) return;
    const stop = new AbortController();
    const isOver = () => stop.signal.aborted;
    set((old) => asking(old, question));
    const late = setTimeout(() => set((old) => dropped(old, question)), restMs + STANDS_MS);
    const run = () =>
      ask(stop.signal)
        .then((data) => isOver() || set(answered(question, data, Date.now())))
        .catch((fault: unknown) => {
          if (isOver()) return;
          // What nobody foresaw must not look as if an answer were still to come.
          const told = fault instanceof Refusal || fault instanceof Offline ? fault : new Refusal(500, 'unforeseen', String(fault), [], null);
          set((old) => failed(old, question, told));
          if (told !== fault) throw fault;
        })
        .finally(() => clearTimeout(late));
    const timer = setTimeout(() => void run(), state.asked === null ? 0 : restMs);
    return () => {
      clearTimeout(timer);
      clearTimeout(late);
      stop.abort();
    };
  }, [question, again, turn]);
  return shownFor(state, question);
}
