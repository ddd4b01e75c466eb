// When a schedule runs, in words; and the other way round, from a few fields.
import { fill, format, listMark, words } from '../tongue';

const say = words({
  en: { daily: 'every day at {time}', weekly: '{days} at {time}', monthly: 'on day {day} of each month at {time}' },
  ar: { daily: 'كل يوم الساعة {time}', weekly: '{days} الساعة {time}', monthly: 'يوم {day} من كل شهر الساعة {time}' },
  fr: { daily: 'chaque jour à {time}', weekly: '{days} à {time}', monthly: 'le {day} de chaque mois à {time}' },
});

/** Days of the week as schedules count them. */
export const WEEK = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof WEEK)[number];

/** The name of a day of the week, in the language of the reader. */
export function dayName(day: Weekday): string {
  // 4 January 2016 was a Monday.
  return format(Date.UTC(2016, 0, 4 + WEEK.indexOf(day)), { weekday: 'long', timeZone: 'UTC' });
}

/** The line of a schedule from a time and days of the week; no day is every day. */
export function cronOf(time: string, days: Weekday[]): string {
  const [hour = '0', minute = '0'] = time.split(':');
  const of = days.length === 0 || days.length === WEEK.length ? '*' : WEEK.filter((day) => days.includes(day)).join(',');
  return `${Number(minute)} ${Number(hour)} * * ${of}`;
}

/** The fields of a line that was made of them; `null` where it says more than they can. */
export function readCron(cron: string): { time: string; days: Weekday[]; date: string | null } | null {
  const parts = cron.trim().split(/\s+/);
  const [minute = '', hour = '', date = '', month = '', week = ''] = parts.length === 6 ? parts.slice(1) : parts;
  if (parts.length === 6 && parts[0] !== '0') return null;
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour) || month !== '*' || (date !== '*' && (!/^\d+$/.test(date) || week !== '*'))) return null;
  const days = week === '*' ? [] : week.toUpperCase().split(',');
  const known = WEEK.filter((day) => days.includes(day));
  if (known.length !== days.length) return null;
  return { time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`, days: known, date: date === '*' ? null : date };
}

/** When it runs, in words; the line itself where that cannot be said shortly. */
export function whenSaid(cron: string): string {
  const read = readCron(cron);
  if (!read) return cron;
  const { time, days, date } = read;
  if (date) return fill(say().monthly, { day: date, time });
  return days.length === 0 ? fill(say().daily, { time }) : fill(say().weekly, { days: days.map(dayName).join(listMark()), time });
}
