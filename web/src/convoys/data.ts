// What the program says of convoys, and how areas, organisations and sources are called.
import { type Answer, address, useAll, useAnswer } from '../api';
import { fill, language, nameOf, number, plural, range } from '../tongue';
import { say as common } from './say';

export interface Page<T> {
  data: T[];
  next: string | null;
  total: number;
}

/** A convoy as a list gives it. What is under way may be withheld: then only its code and mode are told. */
export interface Row {
  id: string;
  code: string;
  version: number | null;
  areas: string[];
  date: string | null;
  mode: string | null;
  stage: string | null;
  trucks: number | null;
  people_reached: number | null;
  people_targeted: number | null;
  withheld?: boolean;
}

/** An estimate, of which any end may be unknown. */
export interface Estimate {
  low: number | null;
  best: number | null;
  high: number | null;
}

export interface Happening {
  at: string;
  stage: string | null;
  event_type: string | null;
  date_precision: string | null;
  place: string | null;
  by: string | null;
  hours: number | null;
  source: string | null;
  note: string | null;
}

export interface Drop {
  areas: string[];
  place: string | null;
  trucks: Estimate | null;
  people_targeted: Estimate | null;
  people_reached: Estimate | null;
  cargo: string | null;
}

export type Account = Record<string, unknown> & { source: string | null; quote: string | null };

export interface Convoy extends Omit<Row, 'withheld'> {
  title: string | null;
  convoy_type: string | null;
  date_end: string | null;
  date_precision: string | null;
  organisations: string[] | null;
  part_of: string[] | null;
  route: string | null;
  note: string | null;
  quote: string | null;
  source: string | null;
  owner: string | null;
  level: string;
  learned_at: string | null;
  drops: Drop[];
  events: Happening[];
  accounts: Account[];
  withdrawn: boolean;
  under_embargo?: boolean;
  withheld: string[];
}

interface Named {
  code: string;
  names?: Record<string, string>;
  name?: string;
}

/** The most rows that one question brings. */
export const MOST = 1_000;

/** All that have names of a kind, and how one of them is called in the language that is read. */
export function useNames(kind: 'areas' | 'organisations' | 'sources' | 'parties'): { list: { code: string; name: string }[]; of: (code: string) => string } {
  const { data } = useAll<Named>(`/api/v1/${kind}`);
  const called = (row: Named) => row.name ?? nameOf(row.names, row.code);
  const list = (data?.data ?? []).map((row) => ({ code: row.code, name: called(row) }));
  const by = new Map(list.map((row) => [row.code, row.name]));
  return { list: list.sort((a, b) => a.name.localeCompare(b.name, language.value)), of: (code) => by.get(code) ?? code };
}

/** The newest convoys, as many as one question brings. */
export function useConvoys(): Answer<Page<Row>> {
  return useAnswer<Page<Row>>(address('/api/v1/convoys', { sort: '-date', limit: MOST }));
}

/** An estimate as it is read; `null` where nothing of it is known. */
export function told(estimate: Estimate | null | undefined, digits = 0): string | null {
  if (!estimate) return null;
  const { low, best, high } = estimate;
  const show = (value: number) => number(value, digits);
  if (best !== null) return show(best);
  return low === null && high === null ? null : range(low, high, show);
}

/** The range of an estimate, where there is one. */
export function spread(estimate: Estimate | null | undefined): string | null {
  if (!estimate || (estimate.low === null && estimate.high === null)) return null;
  return told({ ...estimate, best: null });
}

/** A number that may carry a part, as trucks that were counted together: one digit where it does. */
export function count(value: number | null): string | null {
  return value === null ? null : number(value, Number.isInteger(value) ? 0 : 1);
}

/** So many trucks, in words. */
export function trucks(value: number): string {
  const forms = common().trucks;
  return Number.isInteger(value) ? plural(value, forms) : fill(forms.other, { n: count(value) ?? '' });
}

/** Names one after the other, with the comma of the language. */
export const listed = (items: string[]): string => items.join(language.value === 'ar' ? '، ' : ', ');
