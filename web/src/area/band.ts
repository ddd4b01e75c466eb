// What is drawn of deliveries, stock and the days on which it runs out. Only figures that the program gave.
import { earliest } from '../days';
import type { Amount, Input, Outlook } from './kinds';

const DAY = 86_400;

/** A day as seconds since 1970, as charts count. */
export const seconds = (day: string): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 1000;

export interface Bar {
  at: number;
  input: Input;
  low: number | null;
  high: number | null;
}

/** The least and the most of an amount, each the other where only one is told. */
export function ends({ low, best, high }: Amount): { low: number | null; high: number | null } {
  return { low: low ?? best ?? null, high: high ?? best ?? low };
}

export function bars(outlook: Outlook): Bar[] {
  return outlook.inputs
    .filter((input) => input.input === 'arrival' && input.date !== null)
    .map((input) => ({ at: seconds(input.date as string), input, ...ends(input.amount) }))
    .sort((a, b) => a.at - b.at);
}

export interface Point {
  at: number;
  low: number;
  high: number;
}

/**
 * The stock between its least and its most: as it was counted, what is left on the day that is looked at, and down to
 * nothing on the early and on the late day. Empty where nobody counted.
 */
export function bandPoints(outlook: Outlook): Point[] {
  const { opening_stock: opening, runs_out_on: out, days_left: left } = outlook;
  const now = seconds(outlook.as_of) + DAY;
  const { low, high } = ends(opening.amount);
  if (opening.from !== 'counted' || low === null || high === null) return [];
  const points: Point[] = [];
  const counts = outlook.inputs.filter((input) => input.input === 'stock' && input.used && input.date !== null);
  // Counts of one day by several holders are not added here; what they come to together is told only for today.
  const [count] = counts;
  if (counts.length === 1 && count) {
    const told = ends(count.amount);
    if (told.low !== null && told.high !== null) points.push({ at: seconds(count.date as string), low: told.low, high: told.high });
  }
  points.push({ at: now, low, high });
  if (out.p10 === null || out.p90 === null || left.p10 === null || left.p90 === null) return points;
  const early = now + left.p10 * DAY;
  const late = now + left.p90 * DAY;
  points.push({ at: early, low: 0, high: late > now ? (high * (late - early)) / (late - now) : 0 });
  points.push({ at: late, low: 0, high: 0 });
  return points;
}

/** The early, the middle and the late day on which it runs out; a late day beyond the days looked ahead has no end. */
export function runOut(outlook: Outlook): { early: number | null; middle: number | null; late: number | null } {
  const now = seconds(outlook.as_of) + DAY;
  const at = (days: number | null) => (days === null ? null : now + days * DAY);
  const { p10, p50, p90 } = outlook.days_left;
  const isOpen = p90 === null && earliest(outlook.days_left) !== null;
  return { early: at(p10), middle: at(p50), late: isOpen ? Infinity : at(p90) };
}

/** From when to when the chart goes: from the first thing that is told to a little after the last day, or after today. */
export function reach(outlook: Outlook): { from: number; to: number } {
  const now = seconds(outlook.as_of) + DAY;
  const { early, middle, late } = runOut(outlook);
  const told = outlook.inputs.filter((input) => ['arrival', 'stock', 'loss'].includes(input.input) && input.date !== null);
  const first = Math.min(now - 14 * DAY, ...told.map((input) => seconds(input.date as string)));
  const known = [late, middle, early].find((at) => at !== null && Number.isFinite(at));
  const last = Math.max(now, known ?? now);
  const room = Math.max(2 * DAY, (last - first) * 0.05);
  return { from: first - room, to: last + room };
}
