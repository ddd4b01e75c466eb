// How numbers are said: never surer or better than they are.
import { expect, test } from 'vitest';
import { fill, language, percent, plural, range } from './tongue';

test('nearly all is not all, and nearly nothing is not nothing', () => {
  expect([1, 0.9951, 0.596, 0.0456, 0.0004, 0].map(percent)).toEqual(['100%', '> 99%', '59%', '4.5%', '< 0.1%', '0%']);
});

test('a share that is exact in ten is not cut below itself', () => {
  expect([0.29, 0.57, 0.07, 1.13].map(percent)).toEqual(['29%', '57%', '7%', '113%']);
});

test('a range with one end says which end is known', () => {
  expect(range(70_000, null)).toBe('at least 70,000');
  expect(range(null, 500)).toBe('at most 500');
  expect(range(null, null)).toBe('unknown');
  expect([range(3, 3), range(1_000, 2_000)]).toEqual(['3', '1,000–2,000']);
});

test('a range keeps its order in Arabic', () => {
  language.value = 'ar';
  expect(range(1, 2)).toBe('\u20661–2\u2069');
  language.value = 'en';
});

test('a count takes the form of its language, and places are filled', () => {
  expect([1, 2].map((n) => plural(n, { one: '{n} truck', other: '{n} trucks' }))).toEqual(['1 truck', '2 trucks']);
  expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}');
});
