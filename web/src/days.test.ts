import { afterEach, expect, test } from 'vitest';
import { daysLeft, earliest, isForeseen } from './days';
import { language } from './tongue';

const left = (p10: number | null, p50: number | null, p90: number | null, p_never: number | null = 0) => ({ p10, p50, p90, p_never });

afterEach(() => {
  language.value = 'en';
});

test('what is known at both ends is a range that is never rounded up', () => {
  expect(daysLeft(left(0.19, 1.07, 2.49), 730)).toBe('0–2');
  expect(daysLeft(left(5.9, 20, 40.9), 120)).toBe('5–40');
  expect(daysLeft(left(0.4, 0.5, 0.9), 120)).toBe('0');
  expect(daysLeft(left(-1, 0, 0), 120)).toBe('0');
});

test('an end beyond the days looked ahead is said, and does not take away the ends before it', () => {
  expect(daysLeft(left(5.2, 40.9, null), 120)).toBe('from 5, most likely 40, beyond 120');
  expect(daysLeft(left(9.2, null, null, 0.8), 120)).toBe('from 9 on, or beyond 120');
  expect(daysLeft(left(null, null, null, 1), 120)).toBe('beyond 120');
  expect(daysLeft(left(null, null, null, 1), null)).toBe('beyond what was looked ahead');
});

test('where nothing is known nothing is told', () => {
  expect(daysLeft(left(null, null, null, null), 120)).toBeNull();
  expect([isForeseen(left(null, null, null, null)), isForeseen(left(null, null, null, 1)), isForeseen(left(3, null, null, null))]).toEqual([false, true, true]);
});

test('the earliest day counts, also where the middle is beyond the days looked ahead', () => {
  expect([earliest(left(5.2, 40.9, null)), earliest(left(9.2, null, null)), earliest(left(null, 7, 9)), earliest(left(null, null, null))]).toEqual([5.2, 9.2, 7, null]);
});

test('Arabic and French say the same', () => {
  language.value = 'fr';
  expect(daysLeft(left(5.2, 40.9, null), 120)).toBe('dès 5, le plus probable 40, au-delà de 120');
  expect(daysLeft(left(9.2, null, null), 120)).toBe('dès 9, ou au-delà de 120');
  language.value = 'ar';
  expect(daysLeft(left(9.2, null, null), 120)).toBe('من 9 فصاعداً، وقد تتجاوز 120');
  expect(daysLeft(left(5, 20, 40), 120)).toBe('\u20665–40\u2069');
});
