// What the program says of convoys, and how areas, organisations and sources are called.
import { type Answer, address, useAll, useAnswer } from '../api';
import type { Estimate, Given } from '../estimate';
import { language, nameOf } from '../tongue';

export type { Estimate } from '../estimate';

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
  trucks: Given;
  people_reached: Given;
  people_targeted: Given;
  withheld?: boolean;
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
export interface Names {
  list: { code: string; name: string }[];
  of: (code: string) => string;
  /** Did the list come? Where it is missing nothing is known of what is on it. */
  came: 'yes' | 'not yet' | 'missing';
}

export function useNames(kind: 'areas' | 'organisations' | 'sources' | 'parties'): Names {
  const { data, fault } = useAll<Named>(`/api/v1/${kind}`);
  const called = (row: Named) => row.name ?? nameOf(row.names, row.code);
  const list = (data?.data ?? []).map((row) => ({ code: row.code, name: called(row) }));
  const by = new Map(list.map((row) => [row.code, row.name]));
  return { list: list.sort((a, b) => a.name.localeCompare(b.name, language.value)), of: (code) => by.get(code) ?? code, came: data !== null ? 'yes' : fault ? 'missing' : 'not yet' };
}

/** The newest convoys, as many as one question brings. */
export function useConvoys(): Answer<Page<Row>> {
  return useAnswer<Page<Row>>(address('/api/v1/convoys', { sort: '-date', limit: MOST }));
}

/** Names one after the other, with the comma of the language. */
export const listed = (items: string[]): string => items.join(language.value === 'ar' ? '، ' : ', ');
