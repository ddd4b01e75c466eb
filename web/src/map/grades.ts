// Six grades of severity and unknown: where they begin, and the hatch that tells them apart without colour.

/** From 0, no concern, to 5, the gravest; `null` is unknown. */
export type Grade = 0 | 1 | 2 | 3 | 4 | 5;
export const GRADES: Grade[] = [0, 1, 2, 3, 4, 5];

/** The upper ends of the grades 5 to 1, days that the food still lasts. */
export const DAYS_UP_TO = [3, 14, 30, 60, 120];
/** The upper ends of the grades 5 to 1, share of the need that is met. */
export const COVERED_UP_TO = [0.1, 0.25, 0.5, 0.75, 0.95];

function gradeOf(value: number | null | undefined, upTo: number[]): Grade | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  const step = upTo.findIndex((end) => value <= end);
  return step < 0 ? 0 : ((5 - step) as Grade);
}

export const gradeOfDays = (days: number | null | undefined) => gradeOf(days, DAYS_UP_TO);
export const gradeOfCoverage = (share: number | null | undefined) => gradeOf(share, COVERED_UP_TO);

/** One side of the square that a hatch repeats, pixels. */
export const HATCH_TILE = 8;

/** The strokes of each grade, as path data within the tile; solid and plain have none. */
export const HATCHES: Record<Grade, string> = {
  0: '',
  1: 'M2 2h.01M6 6h.01',
  2: 'M-2 2L2-2M0 8L8 0M6 10L10 6',
  3: 'M-2 2L2-2M-2 6L6-2M0 8L8 0M2 10L10 2M6 10L10 6',
  4: 'M-2 2L2-2M0 8L8 0M6 10L10 6M-2 6L2 10M0 0L8 8M6-2L10 2M-2-2L10 10',
  5: '',
};

const SMALLEST = 7;
const LARGEST = 24;
const LARGEST_PEOPLE = 300_000;

/** The radius of a disc whose surface tells how many people live there; steps of two pixels, so that few are drawn. */
export function radiusOf(people: number | null): number {
  if (people === null) return SMALLEST;
  const radius = LARGEST * Math.sqrt(Math.min(1, Math.max(0, people) / LARGEST_PEOPLE));
  return Math.max(SMALLEST, Math.round(radius / 2) * 2);
}
