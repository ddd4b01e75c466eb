// What a plan does for each area, in order and as the map shows it.
import { type Estimate, isRange } from '../estimate';
import type { MapArea } from '../map/draw';
import { COVERED_UP_TO, gradeOfCoverage } from '../map/grades';
import type { Allocated, Kept } from './answers';

/** An area of a plan, asked for or kept. */
export interface Served {
  code: string;
  people: number | null;
  loads: number;
  before: number | null;
  after: number | null;
  /** Between which numbers the people lie of whom `people` is the middle. A plan that was kept does not tell. */
  population?: Estimate | undefined;
  /** Was the stock counted? If not, only what is left of known deliveries was reckoned with. `null` where it is not told. */
  isCounted: boolean | null;
}

/** A share as it may be told: of nothing nothing is known, and where the people are a range it is one too. */
export function covered(share: number | null, { people, population }: Pick<Served, 'people' | 'population'>): Estimate | null {
  if (share === null || share === 0) return null;
  if (!population || !isRange(population)) return { low: null, best: share, high: null };
  const among = (count: number | null) => (people === null || !count ? null : (share * people) / count);
  const high = among(population.low);
  return { low: among(population.high), best: null, high: high === null ? null : Math.max(share, Math.min(1, high)) };
}

export const servedBy = (plan: Allocated): Served[] =>
  plan.areas.map(({ id, loads, coverage_before: before, coverage: after }) => {
    const input = plan.inputs.find(({ area }) => area === id);
    return { code: id, people: input?.people ?? null, population: input?.population, loads, before, after, isCounted: input ? input.stock_from === 'counted' : null };
  });

export const keptFor = (plan: Kept): Served[] =>
  plan.areas.map(({ area, people, loads, coverage_before, coverage_after }) => ({
    code: area, people, loads, before: coverage_before, after: coverage_after, isCounted: null,
  }));

/** The worst covered first; what is not known comes last, as nothing can be said of it. */
export const worstFirst = (all: Served[]): Served[] => [...all].sort((a, b) => (a.after ?? Infinity) - (b.after ?? Infinity) || a.code.localeCompare(b.code));

/** Areas of which nothing can be reckoned and to which nothing goes, together by why it is so; the others are told one by one. */
export function apart(all: Served[], why: (code: string) => string): { told: Served[]; silent: { why: string; codes: string[] }[] } {
  const told: Served[] = [];
  const silent = new Map<string, string[]>();
  for (const area of all) {
    if (area.before !== null || area.after !== null || area.loads > 0) told.push(area);
    else silent.set(why(area.code), [...(silent.get(why(area.code)) ?? []), area.code]);
  }
  return { told, silent: [...silent].map(([reason, codes]) => ({ why: reason, codes })) };
}

/** What each grade of the map means for coverage, from 0 to 5, each said as a range of shares. */
export function legendOf(show: (low: number, high: number | null) => string): string[] {
  const ends = [0, ...COVERED_UP_TO];
  return ends.map((low, index) => show(low, ends[index + 1] ?? null)).reverse();
}

interface Place {
  code: string;
  position?: { lat: number; lon: number } | null;
}

/** Areas for the map: graded by what stays uncovered, labelled with their loads. What has no known place is left out. */
export function mapAreas(all: Served[], places: Place[], name: (code: string) => string, label: (loads: number) => string): MapArea[] {
  const at = new Map(places.map(({ code, position }) => [code, position]));
  return all.flatMap(({ code, people, population, loads, after }) => {
    const position = at.get(code);
    // The graver end of a range.
    const least = covered(after, { people, population })?.low ?? after;
    return position ? [{ code, name: name(code), lon: position.lon, lat: position.lat, people, grade: gradeOfCoverage(least), label: label(loads) }] : [];
  });
}

/** Who gets what in each window, by day. */
export interface WindowShare {
  at: string;
  shares: { code: string; loads: number }[];
}

/** By window of an answer: deliveries name theirs by its place among those that were asked for. */
export function byWindow(plan: Allocated, days: string[]): WindowShare[] {
  return days.map((at, window) => ({
    at,
    shares: plan.areas.flatMap(({ id, deliveries }) => deliveries.filter((one) => one.window === window && one.loads > 0).map(({ loads }) => ({ code: id, loads }))),
  }));
}

/** By window of a kept plan: by the day of arrival. */
export function byDay(plan: Kept): WindowShare[] {
  const days = [...new Set(plan.deliveries.map(({ at }) => at))].sort();
  return days.map((at) => ({ at, shares: plan.deliveries.filter((one) => one.at === at && one.loads > 0).map(({ area, loads }) => ({ code: area, loads })) }));
}
