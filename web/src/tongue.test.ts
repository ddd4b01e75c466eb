// How numbers are said: never surer or better than they are.
import { afterEach, expect, test } from 'vitest';
import { colon, day, fill, french, language, listMark, moment, percent, plural, range, words } from './tongue';

afterEach(() => (language.value = 'en'));

test('nearly all is not all, and nearly nothing is not nothing', () => {
  expect([1, 0.9951, 0.991, 0.006, 0.0004, 0].map(percent)).toEqual(['100%', '> 99%', '99%', '1%', '< 1%', '0%']);
});

test('a share is rounded to the nearest whole per cent, as in the sentences of the program', () => {
  expect([0.1486, 0.596, 0.0456, 0.29, 0.57, 1.13].map(percent)).toEqual(['15%', '60%', '5%', '29%', '57%', '113%']);
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

test('French marks keep the space before them on their line, in every text', () => {
  expect(french('Où ? « Là » : 95 %')).toBe('Où\u00a0? «\u00a0Là\u00a0»\u00a0: 95\u00a0%');
  const of = { flat: 'a : b', deep: { list: ['c ; d'], forms: { other: '{n} ?' } } };
  const say = words({ en: of, ar: of, fr: of });
  language.value = 'fr';
  expect(say()).toEqual({ flat: 'a\u00a0: b', deep: { list: ['c\u00a0; d'], forms: { other: '{n}\u00a0?' } } });
  expect(colon()).toBe('\u00a0: ');
});

test('the first of a month has its French form, and other days do not', () => {
  language.value = 'fr';
  expect([day('2016-06-01'), day('2016-06-11'), day('2016-06-21')]).toEqual(['1er juin 2016', '11 juin 2016', '21 juin 2016']);
});

test('a date keeps its order among other letters, and Arabic has its own comma', () => {
  language.value = 'ar';
  expect(day('2016-07-25')).toBe('\u206725 تموز 2016\u2069');
  expect(moment('2016-07-25T10:00:00Z')).toContain('،');
  expect(listMark()).toBe('، ');
});
