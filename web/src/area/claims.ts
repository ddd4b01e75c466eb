// Counts of people: which are old, which is used, how far they lie from one another.
import { daysBetween } from '../clocks';
import { restsOn } from '../people';
import type { Amount, PopulationRecord } from './kinds';
import { extent, isUnknown } from './amount';

/** Age at which a count is old, as the program has it unless it is set otherwise (`stale_population_days`). */
export const STALE_DAYS = 30;

/** What counts only a part of the people, or aid. */
const PARTS = ['assisted', 'in_need', 'besieged_and_hard_to_reach'];

export interface Counted extends PopulationRecord {
  age_days: number;
  stale: boolean;
  used: boolean;
  /** Does it count everybody? */
  everybody: boolean;
}

/** Counts by a day, the newest first; used are those that the figure rests on with which is reckoned. */
export function counted(records: PopulationRecord[], figure: Amount | null, asOf: string, stale = STALE_DAYS): Counted[] {
  const isEverybody = ({ metric }: PopulationRecord) => !PARTS.includes(metric);
  const known = records.filter((record) => isEverybody(record) && record.date.slice(0, 10) <= asOf);
  const used = new Set(isUnknown(figure) ? [] : restsOn(figure, known));
  return records
    .map((record) => {
      const age = daysBetween(record.date.slice(0, 10), asOf);
      return { ...record, age_days: age, stale: age > stale, used: used.has(record), everybody: isEverybody(record) };
    })
    .sort((a, b) => b.date.localeCompare(a.date) || a.code.localeCompare(b.code));
}

/** How far the counts lie from one another: the least and the most that is said. */
export function between(records: { people: Amount | null }[]): { low: number; high: number } | null {
  return extent(records.map((record) => record.people));
}

/** Marks of an axis from nothing to the most, at round numbers. */
export function marks(most: number, wanted = 4): number[] {
  if (!(most > 0)) return [0];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => index * step);
}
