import { expect, test } from 'vitest';
import { GRADES, HATCHES, gradeOfCoverage, gradeOfDays, radiusOf } from './grades';

test('fewer days are a graver grade, and the ends belong to it', () => {
  expect([0, 3, 3.1, 14, 15, 30, 60, 120, 121].map(gradeOfDays)).toEqual([5, 5, 4, 4, 3, 3, 2, 1, 0]);
});

test('less of the need met is a graver grade', () => {
  expect([0, 0.2, 0.5, 0.7, 0.9, 1].map(gradeOfCoverage)).toEqual([5, 4, 3, 2, 1, 0]);
});

test('what is unknown has no grade, which is not the lowest', () => {
  expect([gradeOfDays(null), gradeOfDays(undefined), gradeOfCoverage(Number.NaN)]).toEqual([null, null, null]);
});

test('every grade between plain and solid has a hatch of its own', () => {
  const hatched = GRADES.slice(1, 5).map((grade) => HATCHES[grade]);
  expect(new Set(hatched).size).toBe(4);
  expect(hatched.every((strokes) => strokes.length > 0)).toBe(true);
});

test('the surface of a disc tells how many people, within bounds', () => {
  expect(radiusOf(300_000)).toBe(24);
  expect(radiusOf(75_000)).toBe(12);
  expect(radiusOf(5_000_000)).toBe(24);
  expect(radiusOf(500)).toBe(radiusOf(null));
});
