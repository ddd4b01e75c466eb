import { expect, test } from 'vitest';
import { type Answer, Offline, Refusal } from '../api';
import { both, isSaidAlready } from './parts';

const answer = <T>(data: T | null, more: Partial<Answer<T>> = {}): Answer<T> => ({ data, fault: null, loading: false, at: data === null ? null : 60_000, ...more });
const refusal = new Refusal(500, 'x', '', [], null);

test('two answers are there when both are, and are as old as the older', () => {
  expect(both(answer(1), answer('a', { at: 30_000 }))).toEqual({ data: [1, 'a'], fault: null, loading: false, at: 30_000 });
  expect(both(answer(1), answer<string>(null, { loading: true }))).toEqual({ data: null, fault: null, loading: true, at: null });
});

test('the fault of one is that of both, and one with no answer goes before one with an old answer', () => {
  const offline = new Offline();
  expect(both(answer(1, { fault: offline }), answer('a')).fault).toBe(offline);
  expect(both(answer(1, { fault: offline }), answer<string>(null, { fault: refusal })).fault).toBe(refusal);
});

test('that the line is down is said again only where the answer is of another time, or there is none', () => {
  const stale = (at: number) => answer(1, { fault: new Offline(), at });
  expect(isSaidAlready(stale(60_000), stale(60_900))).toBe(true);
  expect(isSaidAlready(stale(60_000), stale(180_000))).toBe(false);
  expect(isSaidAlready(answer(1), stale(60_000))).toBe(false);
  expect(isSaidAlready(stale(60_000), answer(null, { fault: new Offline() }))).toBe(false);
  expect(isSaidAlready(stale(60_000), answer(1, { fault: refusal }))).toBe(false);
});
