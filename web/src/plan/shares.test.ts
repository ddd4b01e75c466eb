import { expect, test } from 'vitest';
import type { Allocated, Outlooked } from './answers';
import { cutOff, matches } from './choose';
import { apart, byWindow, covered, legendOf, mapAreas, servedBy, worstFirst } from './shares';

const share = (id: string, coverage: number | null, loads: [number, number]) => ({
  id, loads: loads[0] + loads[1], coverage, coverage_before: 0, served_person_days: 1, unmet_person_days: 1, why: { reason: 'fed' }, flags: [],
  deliveries: [{ window: 0, day: 0, loads: loads[0], person_days: 1 }, { window: 1, day: 7, loads: loads[1], person_days: 1 }],
});
const plan = {
  areas: [share('A', 0.31, [12, 13]), share('B', 0.3, [43, 42]), share('C', null, [0, 0])],
  inputs: [{ area: 'A', people: 75_000 }],
} as unknown as Allocated;

test('the legend of the map goes from all that is covered to nearly nothing', () => {
  expect(legendOf((low, high) => `${low}-${high}`)).toEqual(['0.95-null', '0.75-0.95', '0.5-0.75', '0.25-0.5', '0.1-0.25', '0-0.1']);
});

test('the less the plan covers, the graver the area stands on the map, and unknown stays unknown', () => {
  const at = (after: number | null) => {
    const [area] = mapAreas([{ code: 'A', people: null, loads: 0, before: null, after, isCounted: null }], [{ code: 'A', position: { lat: 1, lon: 1 } }], String, String);
    return area?.grade;
  };
  expect([1.2, 0.96, 0.8, 0.6, 0.3, 0.2, 0].map(at)).toEqual([0, 0, 1, 2, 3, 4, 5]);
  expect(at(null)).toBeNull();
});

test('the worst covered area stands first, what is unknown last', () => {
  expect(worstFirst(servedBy(plan)).map(({ code }) => code)).toEqual(['B', 'A', 'C']);
});

test('the map has the areas whose place is known, with loads as their labels', () => {
  const places = [{ code: 'A', position: { lat: 34.7, lon: 36.7 } }, { code: 'B', position: null }];
  expect(mapAreas(servedBy(plan), places, (code) => `Area ${code}`, (loads) => `${loads} loads`)).toEqual([
    { code: 'A', name: 'Area A', lon: 36.7, lat: 34.7, people: 75_000, grade: 3, label: '25 loads' },
  ]);
});

test('each window says who gets what, and leaves out who gets nothing', () => {
  expect(byWindow(plan, ['2016-07-28', '2016-08-04'])).toEqual([
    { at: '2016-07-28', shares: [{ code: 'A', loads: 12 }, { code: 'B', loads: 43 }] },
    { at: '2016-08-04', shares: [{ code: 'A', loads: 13 }, { code: 'B', loads: 42 }] },
  ]);
});

test('a plan begins with areas that some scheme counts as besieged, and those whose food runs out', () => {
  const outlook = (area: string, severity: string): Outlooked => ({ area, severity, name: area, population: { low: null, best: null, high: null } });
  const totals = { schemes: [{ besieged: { area_codes: ['A', 'GONE'] } }, { besieged: { area_codes: ['A', 'C'] } }] };
  expect(cutOff(totals, [outlook('A', 'data_gap'), outlook('B', 'data_gap'), outlook('C', 'critical')])).toEqual(['C', 'A']);
});

test('areas are found by any part of a name, with or without marks', () => {
  expect(matches('aleppo', 'Eastern Aleppo', 'SY-EAST-ALEPPO')).toBe(true);
  expect(matches('fou', 'Al-Fôu‘a', 'SY-FOAH')).toBe(true);
  expect(matches('homs', 'Eastern Aleppo')).toBe(false);
});

test('areas of which nothing can be reckoned stand together by why it is so, and those that get loads are told one by one', () => {
  const area = (code: string, after: number | null, loads = 0) => ({ code, people: null, loads, before: null, after, isCounted: null });
  const why = (code: string) => (code === 'F' ? 'no way there' : 'no count');
  const { told, silent } = apart([area('A', 0.3), area('B', null), area('C', null, 2), area('D', null), area('F', null)], why);
  expect(told.map(({ code }) => code)).toEqual(['A', 'C']);
  expect(silent).toEqual([{ why: 'no count', codes: ['B', 'D'] }, { why: 'no way there', codes: ['F'] }]);
});

test('a share of nothing is unknown, and one of people who are a range is a range', () => {
  const exact = { people: 6_000, population: { low: 6_000, best: 6_000, high: 6_000 } };
  const range = { people: 6_000, population: { low: 4_000, best: 6_000, high: 8_000 } };
  expect([covered(0, exact), covered(null, exact)]).toEqual([null, null]);
  expect(covered(0.5, exact)).toEqual({ low: null, best: 0.5, high: null });
  expect(covered(0.5, { people: 6_000 })).toEqual({ low: null, best: 0.5, high: null });
  expect([covered(0.5, range), covered(0.8, range)]).toEqual([{ low: 0.375, best: null, high: 0.75 }, { low: 0.6, best: null, high: 1 }]);
  const [area] = mapAreas([{ code: 'A', ...range, loads: 1, before: 0, after: 0.26, isCounted: true }], [{ code: 'A', position: { lat: 1, lon: 1 } }], String, String);
  expect(area?.grade).toBe(4);
});

test('whether the stock was counted goes with the share', () => {
  const one = (stock_from: string) => servedBy({ areas: [share('A', 0.5, [1, 0])], inputs: [{ area: 'A', people: 1, stock_from }] } as unknown as Allocated)[0]?.isCounted;
  expect([one('counted'), one('deliveries_only'), servedBy(plan).at(-1)?.isCounted]).toEqual([true, false, null]);
});
