// What an area was called, and from when to when, by each scheme: the newest claim of a scheme that holds on a day.
import { plusDays } from '../clocks';
import type { StatusRecord } from './kinds';

export interface Span {
  /** First day. */
  from: string;
  /** The day after the last; of a span that goes on, the day after the day that is looked at. */
  to: string;
  goes_on: boolean;
  status: string;
  tier: number | null;
  /** The claims that say so, the newest first. */
  claims: StatusRecord[];
}

const cut = (at: string): string => at.slice(0, 10);

/** The day from which a claim holds. */
export function begins(claim: StatusRecord): string | null {
  const from = claim.valid_from ?? claim.listed_on;
  return from === null ? null : cut(from);
}

/** By what the newer of two claims is told: the day it is for. */
export function dayOf(claim: StatusRecord): string {
  return cut(claim.listed_on ?? claim.valid_from ?? '');
}

/** The first day on which a claim does not hold any more; `null` while it is not said to end. */
export function ends(claim: StatusRecord): string | null {
  if (claim.valid_to === null) return null;
  const last = cut(claim.valid_to);
  const [year = 0, month = 1] = last.split('-').map(Number);
  if (claim.date_precision === 'year') return `${year + 1}-01-01`;
  if (claim.date_precision === 'month') return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  return plusDays(last, 1);
}

function newest(claims: StatusRecord[], day: string): StatusRecord[] {
  const holding = claims.filter((claim) => {
    const from = begins(claim);
    const to = ends(claim);
    return from !== null && from <= day && (to === null || day < to);
  });
  return holding.sort((a, b) => dayOf(b).localeCompare(dayOf(a)) || b.version - a.version);
}

/** The claim of one scheme that holds on a day. */
export function holding(claims: StatusRecord[], day: string): StatusRecord | null {
  return newest(claims, day)[0] ?? null;
}

/** Spans of one scheme up to the day that is looked at; what a newer claim repeats is one span. */
export function spans(claims: StatusRecord[], asOf: string): Span[] {
  const end = plusDays(asOf, 1);
  const turns = new Set(claims.flatMap((claim) => [begins(claim), ends(claim)]).filter((day) => day !== null && day < end));
  const days = [...turns].sort() as string[];
  const found: Span[] = [];
  days.forEach((from, index) => {
    const to = days[index + 1] ?? end;
    const claim = newest(claims, from)[0];
    if (!claim) return;
    const last = found.at(-1);
    if (last && last.to === from && last.status === claim.status && last.tier === claim.tier) {
      last.to = to;
      if (!last.claims.includes(claim)) last.claims.unshift(claim);
    } else {
      found.push({ from, to, goes_on: false, status: claim.status, tier: claim.tier, claims: [claim] });
    }
  });
  for (const span of found) span.goes_on = span.to === end;
  return found;
}

const ORDER = ['un', 'siege_watch', 'press', 'own'];

/** Claims by scheme, in the order in which schemes are told; those of a group of areas stand for themselves. */
export function byScheme(claims: StatusRecord[]): { scheme: string; group: string | null; claims: StatusRecord[] }[] {
  const rows = new Map<string, { scheme: string; group: string | null; claims: StatusRecord[] }>();
  for (const claim of claims) {
    const key = `${claim.scheme}/${claim.area_group ?? ''}`;
    const row = rows.get(key) ?? { scheme: claim.scheme, group: claim.area_group, claims: [] };
    row.claims.push(claim);
    rows.set(key, row);
  }
  const place = (scheme: string) => (ORDER.indexOf(scheme) + ORDER.length + 1) % (ORDER.length + 1);
  return [...rows.values()].sort((a, b) => Number(a.group !== null) - Number(b.group !== null) || place(a.scheme) - place(b.scheme));
}
