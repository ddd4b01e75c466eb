// What Now reads out of the answers: who is cut off by whose count, what runs out, what moves, and in which order.
import { type DaysLeft, earliest, isForeseen } from '../days';
import { type Given, estimate, share } from '../estimate';
import { type Grade, gradeOfCoverage, gradeOfDays } from '../map/grades';
import type { Claim } from '../people';

export interface Span {
  low: number | null;
  best: number | null;
  high: number | null;
}

export interface Estimate {
  people: Span;
  places: number | null;
  date: string | null;
  claims: Claim[];
  sources_differ: boolean;
}

export interface Standing {
  areas: number;
  people: Span;
  areas_with_figure: number;
  areas_without_figure: number;
  list_total: Estimate | null;
  area_codes: string[];
  sources: string[];
  flags: string[];
}

export const STATUSES = ['besieged', 'hard_to_reach', 'watchlist'] as const;
export type Status = (typeof STATUSES)[number];
export type Scheme = { scheme: string } & Record<Status, Standing>;

export interface Totals {
  as_of: string;
  schemes: Scheme[];
  /** Sums of the named areas, with the sources of each. */
  groups: { scheme: string; status: string; sources: string[] }[];
}

export interface Outlook {
  as_of: string;
  data: OutlookRow[];
}

export interface OutlookRow {
  area: string;
  name: string;
  status: string;
  severity: string;
  method: string | null;
  flags: string[];
  days_left: DaysLeft;
  /** How far it was looked ahead. */
  horizon_days: number;
  runs_out_on: { p10: string | null; p50: string | null; p90: string | null };
  population: Span | null;
  opening_stock: { counted_on: string | null } | null;
}

export interface Coverage {
  from: string;
  to: string;
  data: CoverageRow[];
}

export interface CoverageRow {
  area: string;
  name: string;
  status: string;
  coverage: Span;
  population: Estimate | null;
  last_delivery: string | null;
  days_since_last_delivery: number | null;
  sources: string[];
  flags: string[];
}

export interface Convoy {
  code: string;
  areas: string[];
  date: string | null;
  stage: string | null;
  people_reached: Given;
  people_targeted: Given;
  trucks: Given;
}

export interface Incident {
  code: string;
  date: string | null;
  incident_type: string | null;
  title: string | null;
  killed: Span | null;
  injured: Span | null;
}

export interface Alert {
  key: string;
  severity: string;
  rule: string;
  areas: string[];
  since: string | null;
  text: string;
  cited?: { code: string; name: string | null }[];
  sources: string[];
  /** `null` in the past, and until it was looked at. */
  life: { id: string } | null;
}

export interface Alerts {
  by_severity: Record<string, number>;
  total: number;
  data: Alert[];
}

export interface Scorecard {
  totals: {
    asked: number;
    open: { requests: number; oldest_days_at_least: number | null; age_unknown: number };
    sources: { named: { code: string }[] };
  };
}

/** Days within which a run-out is told of in the first sentence. */
export const SOON_DAYS = 14;
/** How far back it is told what moved. */
export const LATELY_DAYS = 14;

/** A count of people by one scheme. */
export interface Count {
  scheme: string;
  people: Span;
  /** Was it published for a whole list, or is it only what is known of the areas that have a figure? */
  whole: boolean;
  /** The day it is for; of a sum the day up to which counts were taken. */
  date: string | null;
  /** Of a whole list: all counts of it, the one that is told first. */
  claims: Claim[];
  /** Of a sum: codes of what it rests on. */
  sources: string[];
  standing: Standing;
}

/** Schemes that say anything at all. */
export const speaking = (schemes: Scheme[]): Scheme[] =>
  schemes.filter((scheme) => STATUSES.some((status) => scheme[status].areas > 0 || scheme[status].list_total));

/** What a scheme published for its whole list. */
export function listCount({ scheme, ...standings }: Scheme, status: Status): Count | null {
  const standing = standings[status];
  const total = standing.list_total;
  return total && estimate(total.people) && { scheme, people: total.people, whole: true, date: total.date, claims: total.claims, sources: [], standing };
}

/** What is known of the areas that a scheme names and that have a figure. */
export function namedCount({ as_of, groups }: Pick<Totals, 'as_of' | 'groups'>, { scheme, ...standings }: Scheme, status: Status): Count | null {
  const standing = standings[status];
  const group = groups.find((one) => one.scheme === scheme && one.status === status);
  return estimate(standing.people) && { scheme, people: standing.people, whole: false, date: as_of, claims: [], sources: group?.sources ?? [], standing };
}

/** Each scheme's count of besieged people. What was published for the whole list goes before what is known of single areas. */
export const counts = (totals: Totals): Count[] =>
  totals.schemes.flatMap((scheme) => listCount(scheme, 'besieged') ?? namedCount(totals, scheme, 'besieged') ?? []);

/** Areas that run out soon: by the middle of what is expected, or only by its early end. */
export function runningOut(rows: OutlookRow[], days = SOON_DAYS): { will: OutlookRow[]; may: OutlookRow[] } {
  const soon = (value: number | null) => value !== null && value <= days;
  const first = (row: OutlookRow) => earliest(row.days_left) ?? Infinity;
  const inOrder = [...rows].sort((a, b) => less(first(a), first(b)));
  const will = inOrder.filter(({ days_left }) => soon(days_left.p50));
  const may = inOrder.filter(({ days_left }) => !soon(days_left.p50) && soon(days_left.p10));
  return { will, may };
}

const UNDER_WAY = ['loaded', 'departed', 'at_checkpoint', 'entered'];

/** What is asked for to know what is on the road, however long ago it left. The program keeps to a stage only for now. */
export const roadParams = (asOf: string | null): Record<string, string> => (asOf === null ? { stage: UNDER_WAY.join(',') } : {});

/** Convoys that have left and are not known to have arrived, the latest first, and last those of no known day. */
export function onTheRoad(convoys: Convoy[], asOf: string): Convoy[] {
  const all = [...past(convoys, asOf), ...convoys.filter(({ date }) => date === null)];
  return all.filter(({ stage }) => stage !== null && UNDER_WAY.includes(stage));
}

/** What happened up to a day, the latest first. */
export function past<T extends { date: string | null }>(things: T[], asOf: string): T[] {
  return things.filter(({ date }) => date !== null && date.slice(0, 10) <= asOf).sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
}

/** An area with all that the table and the map tell of it. */
export interface Place {
  code: string;
  name: string;
  outlook: OutlookRow | null;
  coverage: CoverageRow | null;
  /** What each scheme calls it. */
  standings: { scheme: string; status: Status }[];
  /** How many convoys have set out for it and are not known to have arrived. */
  onTheWay: number;
}

/** Areas that a scheme lists, of which it is known how long the food lasts, or to which a convoy is on its way; the most urgent first. */
export function places(totals: Totals | null, outlook: Outlook | null, coverage: Coverage | null, road: Convoy[] = []): Place[] {
  const found = new Map<string, Place>();
  const at = (code: string, name = code): Place => {
    const place = found.get(code) ?? { code, name, outlook: null, coverage: null, standings: [], onTheWay: 0 };
    if (place.name === code) place.name = name;
    found.set(code, place);
    return place;
  };
  for (const { scheme, ...standings } of totals?.schemes ?? []) {
    for (const status of STATUSES) for (const code of standings[status].area_codes) at(code).standings.push({ scheme, status });
  }
  for (const { areas } of road) for (const code of new Set(areas)) at(code).onTheWay += 1;
  for (const row of outlook?.data ?? []) if (found.has(row.area) || earliest(row.days_left) !== null) at(row.area, row.name).outlook = row;
  for (const row of coverage?.data ?? []) if (found.has(row.area)) at(row.area, row.name).coverage = row;
  return [...found.values()].sort(byUrgency);
}

/** What may run out first; then the besieged before the others; then who waited longest, and before them where nothing is known to have arrived. */
export function byUrgency(a: Place, b: Place): number {
  const days = (place: Place) => (place.outlook && earliest(place.outlook.days_left)) ?? Infinity;
  const waited = (place: Place) => place.coverage?.days_since_last_delivery ?? Infinity;
  return less(days(a), days(b)) || rank(a) - rank(b) || less(waited(b), waited(a)) || a.code.localeCompare(b.code);
}

const less = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

function rank({ standings }: Place): number {
  const first = STATUSES.findIndex((status) => standings.some((standing) => standing.status === status));
  return first < 0 ? STATUSES.length : first;
}

/** The people of a place as one number for the size of its sign: the best, else the middle; a lone end is better than none. */
export function size(place: Place): number | null {
  const span = place.coverage?.population?.people ?? place.outlook?.population;
  if (!span) return null;
  if (span.best !== null) return span.best;
  return span.low !== null && span.high !== null ? (span.low + span.high) / 2 : (span.low ?? span.high);
}

export const METRICS = ['days', 'coverage', 'status'] as const;
export type Metric = (typeof METRICS)[number];

export function grade(place: Place, metric: Metric): Grade | null {
  if (metric === 'days') return gradeOfDaysLeft(place.outlook);
  if (metric === 'coverage') return gradeOfCovered(place.coverage?.coverage);
  return gradeOfStatus(place.standings);
}

/** By the early day. Of what lasts longer than was looked ahead no more is known than that. */
export function gradeOfDaysLeft(row: OutlookRow | null): Grade | null {
  if (!row || !isForeseen(row.days_left)) return null;
  const first = earliest(row.days_left);
  return gradeOfDays(first === null ? row.horizon_days + 1 : Math.floor(first));
}

/** Where the best is unknown, the high end says how bad it is at the least. */
export function gradeOfCovered(span: Span | undefined): Grade | null {
  if (!span || share(span) === null) return null;
  return gradeOfCoverage(span.best ?? (span.high !== null && span.high < 1 ? span.high : null));
}

/** Besieged by several counts, by one, hard to reach, watched. */
export function gradeOfStatus(standings: Place['standings']): Grade | null {
  const besieged = standings.filter(({ status }) => status === 'besieged').length;
  if (besieged > 1) return 5;
  if (besieged === 1) return 4;
  if (standings.some(({ status }) => status === 'hard_to_reach')) return 2;
  if (standings.some(({ status }) => status === 'watchlist')) return 1;
  return null;
}

/** What the map is coloured by at first: the first that is known for at least a quarter of the areas. */
export function tellingMetric(all: Place[]): Metric {
  const tells = (metric: Metric) => all.filter((place) => grade(place, metric) !== null).length * 4 >= all.length;
  return METRICS.find(tells) ?? 'status';
}
