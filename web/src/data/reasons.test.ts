// What is wrong in files names the controls of the page, and no field of the program.
import { afterEach, expect, test } from 'vitest';
import { told } from '../refusals';
import { language } from '../tongue';
import { ofPage } from './reasons';

afterEach(() => (language.value = 'en'));

// As the program wrote them.
const REASONS = [
  'must be a number written as 1000 or 12.5, without commas, spaces or units; for other marks give `decimal` and `thousands`',
  'can be read two ways, as 1234 and as 1.234: give `thousands` . or `decimal` .',
  'must be a number without commas or points between thousands, or give `thousands` ,',
  'must be a date that exists, as YYYY-MM-DD; for another form give `date_format`, e.g. %d/%m/%Y',
  'is a time without a time zone; give `time_zone`, e.g. Asia/Damascus, or write 2016-07-26T10:30:00+03:00',
  'is not UTF-8; save the file as CSV UTF-8, or give `encoding`: windows-1256 reads it as "a", windows-1252 as "b"',
  'is UTF-8 and not windows-1256; leave out `encoding`',
  'its name and its tags tell no kind; name it like convoys.csv, or give `kind`',
  'no organisation is called "X" here; import it first, or with `new_organisations` it is made as X-1',
  'row 3 has the same code; only with `as_reported` are they versions of one record',
];

test('no field is left, and each has its control', () => {
  const found = REASONS.map(ofPage);
  expect(found.filter(({ rule, hint }) => rule.includes('`') || hint === null)).toEqual([]);
  expect(found[0]?.hint).toBe('See “Mark before the fraction, Mark between thousands” under “How the files are written”.');
  expect(found[7]?.hint).toBe('See “Kind”, below the files.');
});

test('they are told in Arabic and French', () => {
  for (const of of ['ar', 'fr'] as const) {
    language.value = of;
    expect(REASONS.filter((reason) => told(ofPage(reason).rule).isEnglish)).toEqual([]);
  }
});

test('a field in a sentence that is not known is called as the page calls it', () => {
  expect(ofPage('`decimal` and `thousands` cannot be the same mark').rule).toBe('“Mark before the fraction” and “Mark between thousands” cannot be the same mark');
  expect(ofPage('there is no area X')).toEqual({ rule: 'there is no area X', hint: null });
});
