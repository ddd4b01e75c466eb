// Notes of the program name columns as the reader sees them.
import { expect, it } from 'vitest';
import { language } from '../tongue';
import { readable } from './notes';

it('calls fields as the columns are called, and leaves out those of none', () => {
  language.value = 'en';
  expect(readable(['people compares only requests.', 'pending is still waiting; no_answer is one of which nothing came.'])).toEqual(['“Still open” is still waiting; “No answer” is one of which nothing came.']);
  language.value = 'ar';
  expect(readable(['لا يقارن \u2068people\u2069 إلا', '\u2068pending\u2069 طلب؛ و\u2068no_answer\u2069 طلب'])).toEqual(['«ما زال مفتوحاً» طلب؛ و«لا رد» طلب']);
  language.value = 'fr';
  expect(readable(['people ne compare que', 'pending attend encore'])).toEqual(['«\u00a0En attente\u00a0» attend encore']);
});
