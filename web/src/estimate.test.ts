import { expect, test } from 'vitest';
import { counted, estimate, ratio, reckoned, share, spoken } from './estimate';

const of = (low: number | null, best: number | null, high: number | null) => ({ low, best, high });
const trucks = { one: '{n} truck', other: '{n} trucks' };

test('an estimate of which nothing is known is unknown, and none is not', () => {
  expect(estimate(of(null, 0, null))).toEqual(of(null, 0, null));
  expect([estimate(null), estimate(undefined), estimate(of(null, null, null))]).toEqual([null, null, null]);
});

test('a range is read by its ends and never by its middle', () => {
  expect(spoken(of(8, null, 10))).toBe('8–10');
  expect(spoken(of(8, null, null))).toBe('at least 8');
  expect(spoken(of(null, null, 10))).toBe('at most 10');
});

test('the best is read with its range, and alone where there is none', () => {
  expect(spoken(of(35_000, 40_000, 45_000))).toBe('40,000 (35,000–45,000)');
  expect(spoken(of(8, 9, null))).toBe('9 (at least 8)');
  expect([spoken(of(null, 48, null)), spoken(of(48, 48, 48)), spoken(null)]).toEqual(['48', '48', null]);
  expect(spoken(of(null, 16.5, null))).toBe('16.5');
});

test('a count that is a range takes the form of its highest number, and words for one are kept for one', () => {
  expect([counted(of(null, 1, null), trucks), counted(of(0, null, 1), trucks), counted(of(8, null, 10), trucks), counted(of(null, 16.5, null), trucks)]).toEqual([
    '1 truck', '0–1 truck', '8–10 trucks', '16.5 trucks',
  ]);
  expect(counted(of(0, null, 1), { one: 'a truck', other: '{n} trucks' })).toBe('0–1 trucks');
  expect(counted(null, trucks)).toBeNull();
});

test('of a share that lies anywhere nothing is known; where one end says something, it is', () => {
  expect([of(0, null, 1), of(null, null, null), of(0, null, 1.4), of(0, 0.4, 1)].map(share)).toEqual([null, null, null, null]);
  expect([of(0.2, null, 1), of(0, null, 0.9), of(0.4, 0.4, 0.4)].map(share)).toEqual([of(0.2, null, 1), of(0, null, 0.9), of(0.4, 0.4, 0.4)]);
});

test('what was reckoned is read without a middle that nobody gave', () => {
  expect(spoken(reckoned(of(6, 7.5, 9)))).toBe('6–9');
  expect(spoken(reckoned(of(54, 55.4, 57)))).toBe('54–57');
  expect([of(48, 48, 48), of(null, 48, null), of(8, null, null), null].map((one) => spoken(reckoned(one)))).toEqual(['48', '48', 'at least 8', null]);
});

test('how much comes on each is a range where one of the two is, and is left to the program where none is', () => {
  expect(ratio(of(3_000, 3_500, 4_000), of(6, 7.5, 8))).toEqual(of(375, null, 4_000 / 6));
  expect(ratio(of(null, 2_400, null), of(6, 7.5, 8))).toEqual(of(300, null, 400));
  expect(ratio(of(2_400, null, null), of(6, 7, 8))).toEqual(of(300, null, null));
  expect([ratio(of(null, 2_400, null), of(null, 8, null)), ratio(null, of(6, 7, 8))]).toEqual([null, null]);
});
