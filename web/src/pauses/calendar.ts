// The grid of a month, and where bars lie in it. All days are those of the place: they come from local times.
import { plusDays } from '../clocks';
import type { Language } from '../tongue';
import type { Held } from './answers';

/** The day on which a week begins, 0 is Sunday: Saturday in Syria and most Arab states. */
export const FIRST_DAY: Record<Language, number> = { en: 1, fr: 1, ar: 6 };

/** The month so many months after one, as `2016-07`. */
export function plusMonths(month: string, more: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + more, 1)).toISOString().slice(0, 7);
}

/** The weeks of a month, each of seven days; those of the months beside it fill the first and the last. */
export function weeksOf(month: string, firstDay: number): string[][] {
  const first = `${month}-01`;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() - firstDay + 7) % 7;
  const weeks: string[][] = [];
  for (let day = plusDays(first, -before); day.slice(0, 7) <= month; day = plusDays(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, more) => plusDays(day, more)));
  }
  return weeks;
}

/** The first and the last day that a window touches on the clock of the place. Midnight belongs to the day before. */
export function daysOf(held: Pick<Held, 'local_start' | 'local_end'>): [string, string] {
  const first = held.local_start.slice(0, 10);
  const end = held.local_end.slice(0, 10);
  const last = held.local_end.slice(11, 19) === '00:00:00' ? plusDays(end, -1) : end;
  return [first, last < first ? first : last];
}

/** A window within a week: from which column to which, and in which row of bars. */
export interface Bar<H> {
  held: H;
  from: number;
  to: number;
  /** Does it begin or end in this week, or only go on? */
  begins: boolean;
  ends: boolean;
  row: number;
}

/** The bars of a week, no two of them over each other. */
export function barsOf<H extends Pick<Held, 'local_start' | 'local_end'>>(week: string[], all: H[]): Bar<H>[] {
  const first = week[0] ?? '';
  const last = week[week.length - 1] ?? '';
  const free: number[] = [];
  const touching = all
    .map((held) => ({ held, days: daysOf(held) }))
    .filter(({ days }) => days[0] <= last && days[1] >= first)
    .sort((a, b) => a.days[0].localeCompare(b.days[0]) || b.days[1].localeCompare(a.days[1]));
  return touching.map(({ held, days }) => {
    const from = Math.max(0, week.indexOf(days[0]));
    const at = week.indexOf(days[1]);
    const to = at < 0 ? week.length - 1 : at;
    let row = free.findIndex((until) => until < from);
    if (row < 0) row = free.length;
    free[row] = to;
    return { held, from, to, begins: days[0] >= first, ends: days[1] <= last, row };
  });
}

/** What happens on a day of a list: windows that begin, and that end. */
export interface Happening<H> {
  day: string;
  begins: H[];
  ends: H[];
}

/** The days of a month on which a window begins or ends. */
export function happenings<H extends Pick<Held, 'local_start' | 'local_end'>>(month: string, all: H[]): Happening<H>[] {
  const days = new Map<string, Happening<H>>();
  const on = (day: string) => {
    const found = days.get(day) ?? { day, begins: [], ends: [] };
    days.set(day, found);
    return found;
  };
  for (const held of all) {
    const [first, last] = daysOf(held);
    if (first.startsWith(month)) on(first).begins.push(held);
    if (last.startsWith(month)) on(last).ends.push(held);
  }
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day));
}

/** Windows that hold on every day of a month, with no end or beginning in it. */
export function throughout<H extends Pick<Held, 'local_start' | 'local_end'>>(month: string, all: H[]): H[] {
  return all.filter((held) => {
    const [first, last] = daysOf(held);
    return first.slice(0, 7) < month && last.slice(0, 7) > month;
  });
}
