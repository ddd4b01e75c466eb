import { beforeAll, describe, expect, it } from 'vitest';
import { between, counted, marks } from './claims';
import { extent, spread } from './amount';
import { bandPoints, bars, reach, runOut, seconds } from './band';
import type { AreaRecord, Input, Outlook, PopulationRecord, StatusRecord } from './kinds';
import { fold, matches } from './match';
import { join } from './rows';
import { byScheme, ends, holding, spans } from './spans';

const area = (code: string, names: Record<string, string>, aliases: string[] = []) => ({ code, names, aliases, pcode: null, admin1_pcode: 'SY03' }) as unknown as AreaRecord;
const claim = (code: string, more: Partial<StatusRecord>) =>
  ({ code, version: 1, scheme: 'un', status: 'besieged', tier: null, area: 'A', area_group: null, valid_from: null, valid_to: null, listed_on: null, besieged_by: [], ...more }) as StatusRecord;

describe('the search', () => {
  const darayya = area('SY-DARAYA', { en: 'Darayya', ar: 'داريا' }, ['Daraya']);
  const aleppo = area('SY-EAST-ALEPPO', { en: 'Eastern Aleppo', ar: 'حلب الشرقية' }, ['East Aleppo']);
  const zabdani = area('SY-ZABADANI', { en: 'Az-Zabdani', ar: 'الزبداني' });
  it('finds a name whatever its case, accents, hyphens and doubled letters', () => {
    expect(matches(darayya, 'daraya')).toBe(true);
    expect(matches(darayya, 'DARÁYYA')).toBe(true);
    expect(matches(zabdani, 'azzabdani')).toBe(true);
    expect(matches(zabdani, 'al-Zabdani')).toBe(true);
  });
  it('finds an Arabic name with or without vowel signs, article and variant letters', () => {
    expect(matches(zabdani, 'الزَبَداني')).toBe(true);
    expect(matches(zabdani, 'زبدانى')).toBe(true);
    expect(matches(aleppo, 'حلب الشرقيه')).toBe(true);
    expect(fold('أإآا')).toBe('ا');
  });
  it('finds codes, and words in any order', () => {
    expect(matches(aleppo, 'sy-east')).toBe(true);
    expect(matches(aleppo, 'SY03')).toBe(true);
    expect(matches(aleppo, 'aleppo east')).toBe(true);
  });
  it('shows all where nothing is typed, and does not find what is not there', () => {
    expect(matches(darayya, '  ')).toBe(true);
    expect(matches(darayya, 'madaya')).toBe(false);
  });
});

describe('the spans of a status', () => {
  it('run from a claim to the next that says otherwise, and on to the day that is looked at', () => {
    const found = spans([claim('a', { listed_on: '2016-01-18' }), claim('b', { listed_on: '2016-05-11', status: 'delisted' })], '2016-07-26');
    expect(found.map(({ from, to, status, goes_on }) => ({ from, to, status, goes_on }))).toEqual([
      { from: '2016-01-18', to: '2016-05-11', status: 'besieged', goes_on: false },
      { from: '2016-05-11', to: '2016-07-27', status: 'delisted', goes_on: true },
    ]);
  });
  it('are one where a newer claim repeats the older', () => {
    const found = spans([claim('a', { listed_on: '2016-01-18' }), claim('b', { listed_on: '2016-06-30' })], '2016-07-26');
    expect(found).toHaveLength(1);
    expect(found[0]?.claims.map((one) => one.code)).toEqual(['b', 'a']);
  });
  it('end where the claim says so, and the older claim holds again', () => {
    const found = spans([claim('a', { listed_on: '2016-01-01', status: 'hard_to_reach' }), claim('b', { listed_on: '2016-02-01', valid_to: '2016-02-10' })], '2016-03-01');
    expect(found.map((span) => [span.status, span.from, span.to])).toEqual([
      ['hard_to_reach', '2016-01-01', '2016-02-01'],
      ['besieged', '2016-02-01', '2016-02-11'],
      ['hard_to_reach', '2016-02-11', '2016-03-02'],
    ]);
  });
  it('leave out what begins later', () => {
    expect(spans([claim('a', { listed_on: '2016-05-01' })], '2016-04-30')).toEqual([]);
    expect(holding([claim('a', { listed_on: '2016-05-01' })], '2016-04-30')).toBeNull();
  });
  it('end with the month where only the month is known', () => {
    expect(ends(claim('a', { valid_to: '2016-02-01', date_precision: 'month' }))).toBe('2016-03-01');
    expect(ends(claim('a', { valid_to: '2016-02-01', date_precision: 'year' }))).toBe('2017-01-01');
  });
  it('are never put together over schemes', () => {
    const rows = byScheme([claim('a', { scheme: 'press' }), claim('b', { scheme: 'un' }), claim('c', { scheme: 'siege_watch', area: null, area_group: 'G' })]);
    expect(rows.map((row) => [row.scheme, row.group])).toEqual([
      ['un', null],
      ['press', null],
      ['siege_watch', 'G'],
    ]);
  });
});

describe('the counts of people', () => {
  const count = (code: string, date: string, people: PopulationRecord['people'], metric = 'residents') => ({ code, date, people, metric, source: 's' }) as PopulationRecord;
  const rows = [count('old', '2016-01-18', { low: null, best: 4000, high: null }), count('new', '2016-07-10', { low: 6000, best: null, high: 8000 }, 'in_need')];
  it('stand newest first, and the old are marked', () => {
    const found = counted(rows, { low: 4000, best: 4000, high: 4000 }, '2016-07-26');
    expect(found.map(({ code, stale, used, everybody }) => ({ code, stale, used, everybody }))).toEqual([
      { code: 'new', stale: false, used: false, everybody: false },
      { code: 'old', stale: true, used: true, everybody: true },
    ]);
  });
  it('lie between the least and the most that is said', () => {
    expect(between(rows)).toEqual({ low: 4000, high: 8000 });
    expect(extent([null, { low: null, best: null, high: null }])).toBeNull();
  });
  it('stand on an axis with round marks that covers the most', () => {
    expect(marks(300_000)).toEqual([0, 100_000, 200_000, 300_000]);
    expect(marks(8_000)).toEqual([0, 2_000, 4_000, 6_000, 8_000]);
    expect(marks(0)).toEqual([0]);
  });
  it('are read as a range, as at least or at most, and never as nothing', () => {
    expect(spread({ low: 250_000, best: null, high: null })).toBe('at least 250,000');
    expect(spread({ low: null, best: null, high: 5 })).toBe('at most 5');
    expect(spread({ low: 1, best: 2, high: 3 })).toBe('1–3');
    expect(spread({ low: null, best: null, high: null })).toBeNull();
  });
});

describe('the band of the run-out', () => {
  const none = { low: null, best: null, high: null };
  const outlook = (more: Partial<Outlook>) =>
    ({
      as_of: '2016-07-26T23:59:59.999Z',
      days_left: { p10: 1, p50: 2, p90: 5 },
      runs_out_on: { p10: '2016-07-28', p50: '2016-07-29', p90: '2016-08-01' },
      opening_stock: { amount: { low: 100, best: 200, high: 400 }, at_least: null, counted_on: '2016-07-13', from: 'counted' },
      inputs: [],
      ...more,
    }) as unknown as Outlook;
  const now = seconds('2016-07-27');
  const at = (input: string, date: string, amount = none as Input['amount'], used = true) => ({ input, date, amount, used, record: { code: date, kind: input } }) as Input;
  beforeAll(() => expect(now % 86_400).toBe(0));
  it('goes from what was counted over what is left to nothing on the early and the late day', () => {
    const counts = [at('stock', '2016-07-13', { low: 900, best: null, high: 1000 })];
    expect(bandPoints(outlook({ inputs: counts }))).toEqual([
      { at: seconds('2016-07-13'), low: 900, high: 1000 },
      { at: now, low: 100, high: 400 },
      { at: now + 86_400, low: 0, high: 320 },
      { at: now + 5 * 86_400, low: 0, high: 0 },
    ]);
  });
  it('is not drawn where nobody counted', () => {
    const opening = { amount: none, at_least: 0, counted_on: null, from: 'deliveries_only' };
    expect(bandPoints(outlook({ opening_stock: opening } as Partial<Outlook>))).toEqual([]);
  });
  it('does not add up the counts of several holders', () => {
    const counts = [at('stock', '2016-07-13', { low: 1, best: 1, high: 1 }), at('stock', '2016-07-13', { low: 2, best: 2, high: 2 })];
    expect(bandPoints(outlook({ inputs: counts }))[0]?.at).toBe(now);
  });
  it('has its early, middle and late day, or none', () => {
    expect(runOut(outlook({}))).toEqual({ early: now + 86_400, middle: now + 2 * 86_400, late: now + 5 * 86_400 });
    expect(runOut(outlook({ days_left: { p10: null, p50: null, p90: null } })).middle).toBeNull();
  });
  it('keeps deliveries of unknown size as such, and reaches over all that is told', () => {
    const told = outlook({ inputs: [at('arrival', '2016-04-30'), at('arrival', '2016-02-17', { low: 5, best: null, high: 6 })] });
    expect(bars(told).map(({ low, high }) => [low, high])).toEqual([
      [5, 6],
      [null, null],
    ]);
    expect(reach(told).from).toBeLessThan(seconds('2016-02-17'));
    expect(reach(told).to).toBeGreaterThan(now + 5 * 86_400);
  });
});

describe('the order of the list', () => {
  it('puts first where known food ends soon, then who is cut off and waits longest', () => {
    const areas = ['A', 'B', 'C', 'D'].map((code) => area(code, { en: code }));
    const outlooks = [{ area: 'D', severity: 'critical', days_left: { p10: 0, p50: 1, p90: 2 } }] as never[];
    const coverages = [
      { area: 'B', days_since_last_delivery: 10 },
      { area: 'C', days_since_last_delivery: 90 },
    ] as never[];
    const statuses = ['B', 'C'].map((code) => claim(code, { area: code, listed_on: '2016-01-01' }));
    expect(join(areas, statuses, outlooks, coverages, '2016-07-26').map((row) => row.area.code)).toEqual(['D', 'C', 'B', 'A']);
  });
});

describe('the order of the list by days', () => {
  it('goes by the early day, also where the middle is beyond the days looked ahead', () => {
    const areas = ['A', 'B', 'C'].map((code) => area(code, { en: code }));
    const left = (p10: number | null, p50: number | null) => ({ p10, p50, p90: null });
    const outlooks = [{ area: 'A', severity: 'high', days_left: left(20, 40) }, { area: 'B', severity: 'high', days_left: left(null, null) }, { area: 'C', severity: 'high', days_left: left(9, null) }] as never[];
    expect(join(areas, [], outlooks, [], '2016-07-26').map((row) => row.area.code)).toEqual(['C', 'A', 'B']);
  });
});

describe('the chart of the run-out', () => {
  it('reaches to the end where the late day is beyond the days looked ahead', () => {
    const opening = { amount: { low: 100, best: 200, high: 400 }, at_least: null, counted_on: '2016-07-13', from: 'counted' };
    const told = { as_of: '2016-07-26T23:59:59.999Z', days_left: { p10: 5, p50: null, p90: null, p_never: 0.8 }, runs_out_on: { p10: '2016-07-31', p50: null, p90: null }, opening_stock: opening, inputs: [] } as unknown as Outlook;
    const { early, middle, late } = runOut(told);
    expect([early, middle, late]).toEqual([seconds('2016-08-01'), null, Infinity]);
    expect(reach(told).to).toBeGreaterThan(seconds('2016-08-01'));
    expect(Number.isFinite(reach(told).to)).toBe(true);
  });
});
