// Alerts in their order, and their numbers as they are read.
import { beforeEach, describe, expect, it } from 'vitest';
import { language } from '../tongue';
import { silence } from './act';
import { readable, unitOf, withUnit } from './numbers';
import { THRESHOLDS, type Threshold, asked, present } from './thresholds';
import { type Alert, type Pick, compare, counts, gravestFirst, grouped, identity, picked } from './types';

function alert(key: string, severity: string, state: 'raised' | 'acknowledged' | 'silenced' | null, more: Partial<Alert> = {}): Alert {
  const life = state && {
    id: `id-${key}`, episode: 1, state, raised_at: '2016-07-26T00:00:00Z', updated_at: '2016-07-26T00:00:00Z', resolved_at: null,
    gravest: severity, acknowledged: null, silenced_by: null, muted_by: null,
  };
  return {
    key, severity, life, rule: 'runout', text: key, since: null, areas: ['SY-DUMA'], subject: { kind: 'area', code: 'SY-DUMA', name: null },
    numbers: {}, cited: [], records: [], ...more,
  };
}
const keys = (alerts: { key: string }[]) => alerts.map(({ key }) => key);
const ALL: Pick = { severity: '', rule: '', area: '', state: '' };

describe('alerts', () => {
  it('stand the gravest first, and keep the order of the program among the equally grave', () => {
    const found = gravestFirst([alert('a', 'low', null), alert('b', 'critical', null), alert('c', 'new_word', null), alert('d', 'critical', null)]);
    expect(keys(found)).toEqual(['b', 'd', 'a', 'c']);
  });

  it('are grouped by state, without groups that are empty', () => {
    const found = grouped([alert('a', 'low', 'silenced'), alert('b', 'low', 'raised'), alert('c', 'high', 'raised')]);
    expect(found.map((group) => [group.state, keys(group.alerts)])).toEqual([['raised', ['c', 'b']], ['silenced', ['a']]]);
  });

  it('stand in one group without a state where no lives are told', () => {
    expect(grouped([alert('a', 'low', null)]).map(({ state }) => state)).toEqual([null]);
  });

  it('are narrowed by everything that is picked', () => {
    const all = [alert('a', 'low', 'raised'), alert('b', 'low', 'raised', { areas: ['SY-MADAYA', 'SY-ZABADANI'] }), alert('c', 'high', 'raised')];
    expect(keys(picked(all, ALL))).toEqual(['a', 'b', 'c']);
    expect(keys(picked(all, { ...ALL, severity: 'low', area: 'SY-ZABADANI' }))).toEqual(['b']);
    expect(keys(picked(all, { ...ALL, state: 'silenced' }))).toEqual([]);
  });

  it('are known again by their episode', () => {
    expect([identity(alert('a', 'low', 'raised')), identity(alert('a', 'low', null))]).toEqual(['id-a', 'a']);
    expect(counts(['b', 'a', 'b'])).toEqual([['b', 2], ['a', 1]]);
  });

  it('come, go or change with other thresholds', () => {
    const brief = (key: string, severity: string) => ({ key, severity, rule: 'runout', areas: [], text: key });
    const found = compare([brief('a', 'low'), brief('b', 'high')], [brief('b', 'critical'), brief('c', 'low')]);
    expect([keys(found.come), keys(found.go), found.changed.map(({ after }) => after.severity)]).toEqual([['c'], ['a'], ['critical']]);
  });
});

describe('numbers', () => {
  beforeEach(() => {
    language.value = 'en';
  });

  it('tell their unit by their name', () => {
    const names = ['days_left_p50', 'stock_person_days_low', 'threshold_share', 'coverage_high', 'hours_to_start', 'people', 'share_of_stock'];
    expect(names.map(unitOf)).toEqual(['days', 'person_days', 'share', 'share', 'hours', 'count', 'share']);
  });

  it('are read with their unit, and a low and a high as one range', () => {
    const lines = readable({ days_left_p50: 1.067, people: 262500, stock_person_days_high: 955000.003, stock_person_days_low: 0, threshold_share: 0.5 });
    expect(lines.map(({ label, text }) => `${label}: ${text}`)).toEqual([
      'Food lasts, middle estimate: 1.1 days',
      'People: about 262,500',
      'Food in store: rations for 0–955,000 people for a day',
      'Threshold: 50%',
    ]);
  });

  it('say at least or at most where one end is known, by the name of the figure', () => {
    const lines = readable({ killed_low: 12, injured_low: null, injured_high: 30, lost_person_days_low: 400, coverage_high: 0.25, days_waited_low: null, days_waited_high: null });
    expect(lines.map(({ label, text }) => [label, text])).toEqual([
      ['Killed', 'at least 12'],
      ['Injured', 'at most 30'],
      ['Food lost', 'at least rations for 400 people for a day'],
      ['Need that is covered', 'at most 25%'],
      ['Waited', null],
    ]);
  });

  it('keep both ends of a range where tenths matter, and where a language has a word for one or two', () => {
    expect(readable({ days_waited_low: 0.5, days_waited_high: 1.5 })[0]?.text).toBe('0.5–1.5 days');
    expect(readable({ people: 20, people_low: 10, people_high: 30 }).map(({ text }) => text)).toEqual(['about 20', '10–30']);
    language.value = 'ar';
    expect(readable({ days_waited_low: 1, days_waited_high: 2 })[0]?.text).toContain('1–2');
    expect(readable({ days_waited_low: 2 })[0]?.text).toBe('يومان على الأقل');
  });

  it('are unknown where nothing is known, and words where they are words', () => {
    const lines = readable({ injured: null, last_of_its_kind: true, field: 'population', some_new_days: 3 });
    expect(lines.map(({ label, text }) => [label, text])).toEqual([
      ['Injured', null],
      ['Last of its kind in the area', 'yes'],
      ['What needs counting', 'people'],
      ['some new', '3 days'],
    ]);
  });

  it('follow the language', () => {
    language.value = 'ar';
    expect([withUnit(2, 'days'), withUnit(5, 'hours')]).toEqual(['يومان', '5 ساعات']);
    language.value = 'fr';
    expect(withUnit(105, 'days')).toBe('105 jours');
  });
});

function fields(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

describe('a silence', () => {
  it('says only what was picked, and ends with its last day', () => {
    const body = silence(fields({ rule: 'runout', areas: 'SY-DUMA SY-ARBIN', severity: 'high', until: '2016-07-28', reason: ' known ' }), '2016-07-26T10:00:00Z');
    expect(body).toEqual({
      from: '2016-07-26T10:00:00Z', until: '2016-07-28T23:59:59Z', reason: 'known', rules: ['runout'], areas: ['SY-DUMA', 'SY-ARBIN'], severity: 'high',
    });
    const everything = silence(fields({ rule: '', areas: '', severity: '', until: '2016-07-28', reason: 'x' }), '2016-07-26');
    expect(Object.keys(everything)).toEqual(['from', 'until', 'reason']);
  });
});

describe('thresholds', () => {
  it('are asked for only where something was filled in, shares from per cent', () => {
    expect(asked(fields({ no_delivery_days: '60', low_coverage: '25', event_days: '', days: '30' }))).toEqual({ no_delivery_days: 60, low_coverage: 0.25 });
  });

  it('have as present values what open alerts tell, and none where none tells', () => {
    const of = (name: string) => THRESHOLDS.find((one) => one.name === name) as Threshold;
    const open = [30, 14, 30, null].map((days, at) => alert(`${at}`, 'high', 'raised', { rule: 'no_delivery', numbers: { threshold_days: days } }));
    expect([present(of('no_delivery_days'), open), present(of('event_days'), open)]).toEqual([[14, 30], []]);
  });
});
