import { expect, test } from 'vitest';
import { people } from './words';

test('people of whom one end is known are said to be at least or at most so many', () => {
  expect(people({ low: 4000, best: null, high: null })).toBe('at least 4,000 people');
  expect(people({ low: null, best: null, high: 9000 })).toBe('at most 9,000 people');
  expect(people({ low: 4000, best: 5000, high: null })).toBe('5,000 (at least 4,000) people');
});

test('both ends are a range, a best alone is a number, and nothing is unknown', () => {
  expect(people({ low: 4000, best: 5000, high: 9000 })).toBe('4,000–9,000 people');
  expect(people({ low: null, best: 5000, high: null })).toBe('5,000 people');
  expect(people({ low: null, best: null, high: null })).toBe('people: unknown');
});
