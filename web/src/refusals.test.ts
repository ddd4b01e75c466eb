// Refusals in the language of the reader: what is known is told, what is not stays as it came.
import { afterEach, expect, test } from 'vitest';
import { placeName, told } from './refusals';
import { language } from './tongue';

afterEach(() => (language.value = 'en'));

// As the program wrote them.
const SENTENCES = [
  'is required',
  'must be a date that exists, as YYYY-MM-DD, got "2016-13-01"',
  'must be one of cross_line, cross_border, airdrop, airlift, local_distribution, got x',
  'must be a finite number, zero or more, got -1',
  'there is no area Atlantis',
  'must have 1 to 8000 characters, got 0',
  'must lie at most 72 hours after from, as no alert of any kind is told then; for longer, name rules, areas, a P-code, a pause or a severity below critical',
  'must be 1 to 366, got 9999',
  '5 thing(s) are wrong with what was sent',
  'must be a whole number between 1 and 366, got 9999',
  'must be a code of 1 to 80 letters, digits and - _ . : + \', got "no code!"',
  'must not lie before start, 2016-07-26',
  'no convoy NOPE',
  'events must be in the order in which they happened',
  'a convoy cannot go from planned to completed; after planned may come requested, approved',
  'give date, planned_departure, eta or an event: when is it',
  'lat: must be degrees between -90 and 90, got 95',
  'this is record.create, which needs one of the roles partner, coordinator, analyst, admin',
];

test('the commonest sentences are told in Arabic and French', () => {
  for (const of of ['ar', 'fr'] as const) {
    language.value = of;
    expect(SENTENCES.filter((sentence) => told(sentence).isEnglish || told(sentence).text === sentence)).toEqual([]);
  }
});

test('what stands in a sentence is kept', () => {
  language.value = 'fr';
  expect(told('there is no area Atlantis').text).toBe('il n’y a pas de zone Atlantis');
  expect(told('must be 1 to 366, got 9999').text).toBe('doit être entre 1 et 366, et non 9999');
});

test('what was sent is told apart from what is allowed', () => {
  language.value = 'fr';
  expect(told('must be one of a, b, got x').text).toBe('doit être l’un de : a, b, et non x');
});

test('what is not known stays as it came, and is marked as English', () => {
  language.value = 'ar';
  expect(told('must be a P-code')).toEqual({ text: 'must be a P-code', isEnglish: true });
  // Three words that look like a kind and a code are none.
  expect(told('there is no room left').isEnglish).toBe(true);
  language.value = 'en';
  expect(told('must be a P-code').isEnglish).toBe(false);
});

test('a place is called as its field is', () => {
  expect([placeName('/drops/0/areas/0'), placeName('/until'), placeName('/nothing')]).toEqual(['Areas', 'Until', null]);
  expect(placeName('/until', { until: 'Ends' })).toBe('Ends');
});
