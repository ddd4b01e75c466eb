import { expect, test, vi } from 'vitest';
import { Offline, Refusal } from '../api';
import type { Windows } from './answers';
import { type Kept, type Question, askAll, mayTouch, versions } from './held';

const dates = { start: null, end: null, duration_hours: null, every_days: null, recurrence: null, date_precision: null };
const july = ['2016-06-26', '2016-08-01'] as const;
const told = (code: string) => ({ pause: code }) as Windows;
const question = (code: string, version = '1'): Question => ({ code, url: `/${code}`, version });
const signal = new AbortController().signal;
const names = (all: Windows[]) => all.map(({ pause }) => pause);

test('only pauses that can hold in the month touch it', () => {
  const touches = (more: Partial<typeof dates> | object) => mayTouch({ ...dates, ...more }, ...july);
  expect(touches({ start: '2016-07-06', end: '2016-07-08' })).toBe(true);
  expect(touches({ start: '2016-06-25', end: '2016-06-25' })).toBe(true);
  expect(touches({ start: '2016-06-16', duration_hours: 48 })).toBe(false);
  expect(touches({ start: '2016-06-24T22:00:00Z', duration_hours: 48 })).toBe(true);
  expect(touches({ start: '2016-08-03' })).toBe(false);
  expect(touches({ start: '2015-01-01', end: '2015-02-01' })).toBe(false);
});

test('a pause that goes on or comes again touches every month after its beginning', () => {
  const touches = (more: object) => mayTouch({ ...dates, start: '2015-09-22', ...more }, ...july);
  expect(touches({})).toBe(true);
  expect(touches({ duration_hours: 48, every_days: 7 })).toBe(true);
  expect(touches({ duration_hours: 48, recurrence: 'FREQ=WEEKLY' })).toBe(true);
  expect(touches({ duration_hours: 48, recurrence: 'once' })).toBe(false);
  expect(touches({ duration_hours: 48, every_days: 7, end: '2016-01-01' })).toBe(false);
});

test('a version tells of every pause of a chain, as an extension changes what it extends', () => {
  const of = versions([
    { code: 'A', version: 1, extends: null },
    { code: 'B', version: 2, extends: 'A' },
    { code: 'C', version: 3, extends: 'B' },
    { code: 'D', version: 4, extends: 'GONE' },
    { code: 'X', version: 5, extends: 'Y' },
    { code: 'Y', version: 6, extends: 'X' },
  ]);
  expect(of('A')).toBe('A:1 B:2 C:3');
  expect(of('C')).toBe(of('A'));
  expect(of('D')).toBe('D:4');
  expect(of('X')).toContain('X:5');
});

test('after a change only what changed is asked for', async () => {
  const kept: Kept = new Map();
  const ask = vi.fn(async (url: string) => told(url.slice(1)));
  await askAll([question('A'), question('B')], kept, ask, signal);
  const { windows } = await askAll([question('A'), question('B', '2')], kept, ask, signal);
  expect(ask.mock.calls.map(([url]) => url)).toEqual(['/A', '/B', '/B']);
  expect(names(windows)).toEqual(['A', 'B']);
});

test('what is kept for long is asked for again, as pauses begin and end with time alone', async () => {
  const kept: Kept = new Map();
  const ask = vi.fn(async (url: string) => told(url.slice(1)));
  await askAll([question('A')], kept, ask, signal, 0);
  await askAll([question('A')], kept, ask, signal, 600_000);
  expect(ask).toHaveBeenCalledTimes(2);
});

test('no more than four are asked for at a time', async () => {
  let [now, most] = [0, 0];
  const ask = async (url: string) => {
    most = Math.max(most, ++now);
    await new Promise((done) => setTimeout(done, 1));
    now -= 1;
    return told(url.slice(1));
  };
  await askAll([...'ABCDEFGHIJ'].map((code) => question(code)), new Map(), ask, signal);
  expect(most).toBe(4);
});

test('a fault of one leaves the others, and says which is missing', async () => {
  const ask = async (url: string) => {
    if (url === '/B') throw new Refusal(500, 'broken', 'no', [], null);
    return told(url.slice(1));
  };
  const found = await askAll([question('A'), question('B'), question('C')], new Map(), ask, signal);
  expect(names(found.windows)).toEqual(['A', 'C']);
  expect(found).toMatchObject({ missing: ['B'], fault: null });
});

test('where the line is down what was told before stands, with its time', async () => {
  const kept: Kept = new Map();
  await askAll([question('A')], kept, async () => told('A'), signal, 7);
  const down = async () => {
    throw new Offline();
  };
  const found = await askAll([question('A', '2'), question('B')], kept, down, signal, 9);
  expect(names(found.windows)).toEqual(['A']);
  expect(found).toMatchObject({ missing: ['B'], at: 7 });
  expect(found.fault).toBeInstanceOf(Offline);
  await expect(askAll([question('C')], kept, down, signal)).rejects.toBeInstanceOf(Offline);
});
