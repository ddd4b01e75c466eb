// The people of an area: which figure is told, and whose counts it rests on.
import { expect, test } from 'vitest';
import { extremes, peopleOf, restsOn, sourceOf } from './people';

const of = (low: number | null, best: number | null, high: number | null) => ({ low, best, high });
const claim = (record: string, date: string, people: ReturnType<typeof of>) => ({ record, source: record, estimated_by: null, date, people });
const aleppo = [
  claim('reuters', '2016-07-26', of(250_000, null, null)),
  claim('un', '2016-07-25', of(250_000, null, 275_000)),
  claim('sd', '2016-07-16', of(null, 300_000, null)),
];

test('a figure rests on the counts of the newest day, and on the newest that gives the end which they leave open', () => {
  const names = (all: { record: string }[]) => all.map(({ record }) => record);
  expect(names(restsOn(of(250_000, null, 275_000), aleppo))).toEqual(['reuters', 'un']);
  const two = [claim('wfp', '2016-06-10', of(null, 4_000, null)), claim('press', '2016-06-10', of(null, 8_000, null)), claim('old', '2016-05-13', of(null, 4_000, null))];
  expect(names(restsOn(of(4_000, 6_000, 8_000), two))).toEqual(['wfp', 'press']);
  expect(restsOn(of(1, null, 2), [])).toEqual([]);
});

test('what the outlook weighs is told before the count that is picked, by its ends; unknown stays unknown', () => {
  expect(peopleOf(of(4_000, 6_000, 8_000), null).people).toEqual(of(4_000, null, 8_000));
  const picked = peopleOf(of(null, null, null), { people: of(250_000, null, null), claims: aleppo });
  expect([picked.people, picked.claims]).toEqual([of(250_000, null, null), aleppo.slice(0, 1)]);
  expect(peopleOf(null, null)).toEqual({ people: null, claims: [], all: [] });
});

test('the least and the most of all counts are told where they differ, and nothing is added', () => {
  expect(extremes(aleppo)).toEqual({ low: 250_000, high: 300_000 });
  expect([extremes(aleppo.slice(2)), extremes([])]).toEqual([null, null]);
});

test('a source is named by who counted, with its code', () => {
  expect(sourceOf({ source: 'sitrep07', estimated_by: 'OCHA' })).toBe('OCHA (sitrep07)');
  expect([sourceOf({ source: 'sitrep07', estimated_by: null }), sourceOf({ source: null, estimated_by: 'OCHA' }), sourceOf({ source: null, estimated_by: null })]).toEqual(['sitrep07', 'OCHA', '']);
});
