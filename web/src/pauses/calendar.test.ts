import { expect, test } from 'vitest';
import { barsOf, daysOf, happenings, plusMonths, throughout, weeksOf } from './calendar';
import { localOf } from './zone';

const held = (local_start: string, local_end: string) => ({ local_start, local_end });

test('weeks begin on Monday in English and French, on Saturday in Arabic', () => {
  const english = weeksOf('2016-07', 1);
  expect(english[0]).toEqual(['2016-06-27', '2016-06-28', '2016-06-29', '2016-06-30', '2016-07-01', '2016-07-02', '2016-07-03']);
  expect(english).toHaveLength(5);
  const arabic = weeksOf('2016-07', 6);
  expect(arabic[0]?.[0]).toBe('2016-06-25');
  expect(arabic).toHaveLength(6);
});

test('every day of a month stands in its grid once, whatever day weeks begin on', () => {
  for (const month of ['2015-02', '2016-02', '2016-10', '2016-12']) {
    for (const firstDay of [0, 1, 6]) {
      const days = weeksOf(month, firstDay).flat();
      expect(new Set(days).size).toBe(days.length);
      const [year = 0, number = 0] = month.split('-').map(Number);
      expect(days.filter((day) => day.startsWith(month))).toHaveLength(new Date(Date.UTC(year, number, 0)).getUTCDate());
    }
  }
});

test('months go over the year', () => {
  expect(plusMonths('2016-12', 1)).toBe('2017-01');
  expect(plusMonths('2016-01', -1)).toBe('2015-12');
});

test('a window that ends at midnight does not touch the next day', () => {
  expect(daysOf(held('2016-07-06T01:00:00+03:00', '2016-07-09T00:00:00+03:00'))).toEqual(['2016-07-06', '2016-07-08']);
  expect(daysOf(held('2016-07-09T01:00:00+03:00', '2016-07-12T01:00:00+03:00'))).toEqual(['2016-07-09', '2016-07-12']);
});

test('over a change of the clocks a window lies on the days of the place, not on those of UTC', () => {
  const zone = 'Asia/Damascus';
  const local = (instant: string) => `${localOf(new Date(instant), zone)}:00`;
  // 48 hours from 06:00 on 27 October end at 05:00, as the night between has an hour more.
  const window = held(local('2016-10-27T03:00:00Z'), local('2016-10-29T03:00:00Z'));
  expect(window).toEqual({ local_start: '2016-10-27T06:00:00', local_end: '2016-10-29T05:00:00' });
  // 22:00 UTC of 24 March is already the 25th there, one hour after the clocks went on.
  expect(daysOf(held(local('2016-03-24T22:00:00Z'), local('2016-03-24T23:00:00Z')))).toEqual(['2016-03-25', '2016-03-25']);
});

test('bars of a week never lie over each other, and say where they go on', () => {
  const week = weeksOf('2016-07', 1)[1] ?? [];
  const long = held('2016-02-27T00:00:00+02:00', '2016-09-01T03:00:00+03:00');
  const eid = held('2016-07-06T01:00:00+03:00', '2016-07-09T00:00:00+03:00');
  const more = held('2016-07-09T01:00:00+03:00', '2016-07-12T01:00:00+03:00');
  const bars = barsOf(week, [eid, long, more]);
  expect(bars.map(({ from, to, row }) => [from, to, row])).toEqual([[0, 6, 0], [2, 4, 1], [5, 6, 1]]);
  expect(bars.map(({ begins, ends }) => [begins, ends])).toEqual([[false, false], [true, true], [true, false]]);
});

test('the list for a phone tells beginnings and ends, and what goes on all month', () => {
  const long = held('2016-02-27T00:00:00+02:00', '2016-09-01T03:00:00+03:00');
  const eid = held('2016-07-06T01:00:00+03:00', '2016-07-09T00:00:00+03:00');
  expect(happenings('2016-07', [long, eid])).toEqual([
    { day: '2016-07-06', begins: [eid], ends: [] },
    { day: '2016-07-08', begins: [], ends: [eid] },
  ]);
  expect(throughout('2016-07', [long, eid])).toEqual([long]);
});
