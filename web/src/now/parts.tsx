// How several answers stand beside each other: each part says for itself if it has no answer, or an old one.
import type { ComponentChildren } from 'preact';
import type { Answer } from '../api';
import { Shown, isCut } from '../state';
import { say } from './say';

/** Two answers as one, which is there when both are, and is as old as the older. */
export function both<A, B>(a: Answer<A>, b: Answer<B>): Answer<[A, B]> {
  const data: [A, B] | null = a.data === null || b.data === null ? null : [a.data, b.data];
  // What has nothing to show goes first.
  const [first, second] = b.data === null && b.fault ? [b, a] : [a, b];
  const at = data === null || a.at === null || b.at === null ? null : Math.min(a.at, b.at);
  return { data, fault: first.fault ?? second.fault, loading: a.loading || b.loading, at };
}

const minute = (at: number | null): number | null => at && Math.floor(at / 60_000);

/** Was it said by the first of several parts that the line is down, and that this is as it was at that minute? */
export function isSaidAlready(first: Answer<unknown>, answer: Answer<unknown>): boolean {
  return answer.data !== null && isCut(answer) && first.data !== null && isCut(first) && minute(first.at) === minute(answer.at);
}

/** A part of the sentence as soon as its answer is there. What its beginning said of the line is not said again. */
export function Part<T>({ first, answer, children }: { first: Answer<unknown>; answer: Answer<T>; children: (data: T) => ComponentChildren }) {
  return (
    <Shown answer={isSaidAlready(first, answer) ? { ...answer, fault: null, loading: false } : answer} lines={1}>
      {children}
    </Shown>
  );
}

/** What is to be said of an answer that only adds to what is shown: that it is missing, or old. */
export function Beside({ answer }: { answer: Answer<unknown> }) {
  return answer.fault ? <Shown answer={answer}>{() => null}</Shown> : null;
}

/** Stands for a figure whose answer is not there, which is another thing than unknown. */
export function NotThere({ answer }: { answer: Answer<unknown> }) {
  return answer.loading ? (
    <span class="quiet">
      <span aria-hidden="true">…</span>
      <span class="unseen">{say().coming}</span>
    </span>
  ) : (
    <span class="quiet">{say().noAnswer}</span>
  );
}
