import { describe, expect, test } from 'vitest';
import {
  type CoverageRow, type OutlookRow, type Place, type Scheme, type Span, type Standing, counts, grade, gradeOfCovered, gradeOfStatus, onTheRoad, past, places, runningOut, size,
  listCount, namedCount, roadParams, speaking, tellingMetric,
} from './model';

const span = (low: number | null, best: number | null, high: number | null): Span => ({ low, best, high });
const none: Standing = { areas: 0, people: span(null, null, null), areas_with_figure: 0, areas_without_figure: 0, list_total: null, area_codes: [], sources: [], flags: [] };
const scheme = (name: string, besieged: Partial<Standing>, hard: Partial<Standing> = {}): Scheme => ({
  scheme: name,
  besieged: { ...none, ...besieged },
  hard_to_reach: { ...none, ...hard },
  watchlist: none,
});
const totalsOf = (...schemes: Scheme[]) => ({ as_of: '2016-07-26', schemes, groups: [] });
const total = (best: number) => ({ people: span(null, best, null), places: 18, date: '2016-07-21', claims: [], sources_differ: false });
const row = (area: string, p10: number | null, p50: number | null, p_never: number | null = null): OutlookRow => ({
  area, name: area, status: p50 === null ? 'unknown_stock' : 'dated', severity: 'high', method: null, flags: [], days_left: { p10, p50, p90: null, p_never },
  horizon_days: 730, runs_out_on: { p10: null, p50: null, p90: null }, population: null, opening_stock: null,
});
const covered = (area: string, waited: number | null): CoverageRow => ({
  area, name: `${area} town`, status: 'unknown_stock', coverage: span(0, null, 1), population: null, last_delivery: null, days_since_last_delivery: waited, sources: [], flags: [],
});
const place = (code: string, more: Partial<Place> = {}): Place => ({ code, name: code, outlook: null, coverage: null, standings: [], onTheWay: 0, ...more });

describe('the sentence', () => {
  test('takes the total of the whole list before the sum of the areas that have a figure', () => {
    const [un, press] = counts(totalsOf(
      scheme('un', { people: span(288_500, 288_500, 288_500), list_total: total(590_000) }),
      scheme('press', { people: span(658_500, null, null) }),
    ));
    expect([un?.people.best, un?.whole]).toEqual([590_000, true]);
    expect([press?.people.low, press?.whole]).toEqual([658_500, false]);
  });

  test('leaves out a scheme that says nothing, instead of calling it none', () => {
    expect(counts(totalsOf(scheme('own', {})))).toEqual([]);
    expect(speaking([scheme('own', {}), scheme('press', { areas: 2 })]).map(({ scheme: name }) => name)).toEqual(['press']);
  });

  test('gives each count its own day and its own sources: a sum those of its areas, a list those of the list', () => {
    const un = scheme('un', { people: span(288_500, 288_500, 288_500), list_total: total(590_000), sources: ['of-list', 'of-area'] });
    const totals = { ...totalsOf(un), groups: [{ scheme: 'un', status: 'besieged', sources: ['of-area'] }] };
    expect([listCount(un, 'besieged')?.date, listCount(un, 'besieged')?.sources]).toEqual(['2016-07-21', []]);
    expect([namedCount(totals, un, 'besieged')?.date, namedCount(totals, un, 'besieged')?.sources]).toEqual(['2016-07-26', ['of-area']]);
    expect([listCount(un, 'watchlist'), namedCount(totals, un, 'watchlist')]).toEqual([null, null]);
  });

  test('parts what will run out from what may, and leaves out what is unknown', () => {
    const { will, may } = runningOut([row('late', 20, 40), row('may', 9, 30), row('second', 3, 12), row('first', 0, 1), row('silent', null, null)]);
    expect(will.map(({ area }) => area)).toEqual(['first', 'second']);
    expect(may.map(({ area }) => area)).toEqual(['may']);
  });

  test('what may run out stands by its early day, also where its middle is beyond the days looked ahead', () => {
    expect(runningOut([row('b', 9, null, 0.8), row('a', 5.2, 40.9)]).may.map(({ area }) => area)).toEqual(['a', 'b']);
  });

  test('knows a convoy on the road from one that arrived, and from one that is not yet gone on that day', () => {
    const convoy = (code: string, stage: string, date: string) => ({ code, stage, date, areas: [], people_reached: null, people_targeted: null, trucks: null });
    const all = [convoy('a', 'departed', '2016-07-20'), convoy('b', 'completed', '2016-07-26'), convoy('c', 'at_checkpoint', '2016-07-26'), convoy('d', 'departed', '2016-08-01')];
    expect(onTheRoad(all, '2016-07-26').map(({ code }) => code)).toEqual(['c', 'a']);
    const undated = { ...convoy('e', 'entered', ''), date: null };
    expect(onTheRoad([undated, ...all], '2016-07-26').map(({ code }) => code)).toEqual(['c', 'a', 'e']);
  });

  test('asks for what is on the road by its stage, which the program knows only of now, and never by its day', () => {
    expect(roadParams(null)).toEqual({ stage: 'loaded,departed,at_checkpoint,entered' });
    expect(roadParams('2016-06-30')).toEqual({});
  });

  test('what has no day, or a later one, is not of the past', () => {
    expect(past([{ date: null }, { date: '2016-03-02' }, { date: '2016-03-01' }], '2016-03-01')).toEqual([{ date: '2016-03-01' }]);
  });
});

describe('the areas', () => {
  const totals = {
    as_of: '2016-07-26',
    groups: [],
    schemes: [scheme('un', { area_codes: ['waited', 'short', 'never'] }, { area_codes: ['hard'] }), scheme('press', { area_codes: ['short', 'dated'] })],
  };
  const outlook = { as_of: '', data: [row('dated', 0, 1), row('unlisted', null, null), row('alone', 5, 9), row('short', null, null)] };
  const coverage = { from: '', to: '', data: [covered('waited', 101), covered('short', 27), covered('never', null), covered('hard', 200), covered('unlisted', 3)] };
  const sorted = places(totals, outlook, coverage);

  test('stand with what runs out first, then the besieged by how long they waited, then the others', () => {
    expect(sorted.map(({ code }) => code)).toEqual(['dated', 'alone', 'never', 'waited', 'short', 'hard']);
  });

  test('keep what each scheme calls them side by side', () => {
    expect(sorted.find(({ code }) => code === 'short')?.standings).toEqual([
      { scheme: 'un', status: 'besieged' },
      { scheme: 'press', status: 'besieged' },
    ]);
  });

  test('know how many convoys are on their way to them, also where no scheme lists them', () => {
    const convoy = (code: string, areas: string[]) => ({ code, stage: 'departed', date: null, areas, people_reached: null, people_targeted: null, trucks: null });
    const all = places(totals, null, null, [convoy('a', ['short', 'unlisted']), convoy('b', ['short']), convoy('c', [])]);
    expect(Object.fromEntries(all.map(({ code, onTheWay }) => [code, onTheWay]))).toEqual({ short: 2, unlisted: 1, dated: 0, hard: 0, never: 0, waited: 0 });
  });

  test('are there before any answer but one has come', () => {
    expect(places(null, null, coverage)).toEqual([]);
    expect(places(totals, null, null)).toHaveLength(5);
  });

  test('stand by the early day, also where only that is within the days looked ahead', () => {
    const foreseen = { as_of: '', data: [row('late', 30, 40), { ...row('only', 9, null, 0.8), status: 'not_within_horizon' }, row('open', 5, 700)] };
    expect(places(null, foreseen, null).map(({ code }) => code)).toEqual(['open', 'only', 'late']);
  });
});

describe('the grades', () => {
  test('of days: unknown is unknown, and what never runs out is no concern', () => {
    expect(grade(place('a'), 'days')).toBeNull();
    expect(grade(place('a', { outlook: row('a', null, null) }), 'days')).toBeNull();
    expect(grade(place('a', { outlook: row('a', null, null, 1) }), 'days')).toBe(0);
    expect(grade(place('a', { outlook: row('a', 0, 1) }), 'days')).toBe(5);
  });

  test('of days: by the early day, cut to whole days, and what lies beyond a short look ahead is no better than that', () => {
    expect(grade(place('a', { outlook: row('a', 9.2, null, 0.8) }), 'days')).toBe(4);
    expect(grade(place('a', { outlook: row('a', 5.2, 700) }), 'days')).toBe(4);
    expect(grade(place('a', { outlook: row('a', 3.9, 20) }), 'days')).toBe(5);
    expect(grade(place('a', { outlook: { ...row('a', null, null, 1), horizon_days: 60 } }), 'days')).toBe(1);
  });

  test('of coverage: between nothing and all is unknown, at most a part is graded by that part', () => {
    expect(gradeOfCovered(span(0, null, 1))).toBeNull();
    expect(gradeOfCovered(span(0, null, 0.2))).toBe(4);
    expect(gradeOfCovered(span(0, 0.6, 1))).toBeNull();
    expect(gradeOfCovered(span(0.5, 0.6, 1))).toBe(2);
  });

  test('of status: several counts that call it besieged weigh more than one', () => {
    const by = (scheme: string, status: 'besieged' | 'hard_to_reach' | 'watchlist') => ({ scheme, status });
    expect(gradeOfStatus([by('un', 'besieged'), by('press', 'besieged')])).toBe(5);
    expect(gradeOfStatus([by('un', 'hard_to_reach'), by('press', 'besieged')])).toBe(4);
    expect(gradeOfStatus([by('un', 'hard_to_reach')])).toBe(2);
    expect(gradeOfStatus([])).toBeNull();
  });

  test('the map begins with what is known of at least a quarter of the areas', () => {
    const listed = (code: string, outlook: OutlookRow | null = null) => place(code, { outlook, standings: [{ scheme: 'un', status: 'besieged' }] });
    expect(tellingMetric([listed('a'), listed('b'), listed('c'), listed('d'), listed('e', row('e', 0, 1))])).toBe('status');
    expect(tellingMetric([listed('a'), listed('b'), listed('c', row('c', 0, 1))])).toBe('days');
  });

  test('the size of a sign is the best that is known, and unknown stays unknown', () => {
    const people = (low: number | null, best: number | null, high: number | null) => size(place('a', { outlook: { ...row('a', null, null), population: span(low, best, high) } }));
    expect([people(4_000, 6_000, 8_000), people(4_000, null, 8_000), people(70_000, null, null), people(null, null, null)]).toEqual([6_000, 6_000, 70_000, null]);
  });
});
