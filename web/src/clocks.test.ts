// Which days the clocks take.
import { expect, test } from 'vitest';
import { clocks, daysBetween, isDay, leftOut, plusDays } from './clocks';
import { me, type Me } from './me';
import { read, route } from './route';

const at = (hash: string) => {
  me.value = { now: '2016-07-26T23:59:59.999Z' } as Me;
  route.value = read(hash);
  return clocks();
};

test('only days of the calendar are days', () => {
  expect(isDay('2016-02-29')).toBe(true);
  for (const none of ['2016-02-31', '2015-02-29', '2016-13-01', '2016-1-1', 'today', '2016-07-26T00:00']) expect(isDay(none)).toBe(false);
});

test('a clock that is no day, or lies ahead of the time of the program, is left out', () => {
  expect(at('#/now?as_of=2016-03-01&known_at=2016-02-31')).toEqual({ as_of: '2016-03-01', known_at: null });
  expect(at('#/now?as_of=2030-01-01&known_at=2016-07-26')).toEqual({ as_of: null, known_at: '2016-07-26' });
});

test('what is left out of the address is named once, and nothing where all can be shown', () => {
  const named = (hash: string) => (at(hash), leftOut());
  expect(named('#/now?as_of=2017-03-01&known_at=2016-99-99')).toEqual(['2017-03-01', '2016-99-99']);
  expect(named('#/now?as_of=2017-03-01&known_at=2017-03-01')).toEqual(['2017-03-01']);
  expect([named('#/now?as_of=2016-03-01'), named('#/now'), named('#/now?as_of=')]).toEqual([[], [], []]);
});

test('days are counted over the ends of months and years', () => {
  expect(plusDays('2016-02-28', 2)).toBe('2016-03-01');
  expect(daysBetween('2015-12-30', '2016-01-02')).toBe(3);
});
