import { expect, test } from 'vitest';
import { Refusal } from '../api';
import { type Subject, bodyOf, lacking, usesOf, windowsOf } from './throughput';

const record = { code: 'PA-1', start: null, end: null, duration_hours: 48, every_days: 7 };
const asked: Subject = { record, zone: 'Asia/Damascus', first: null, asOf: '2016-07-26' };
const untouched = { start: null, hours: null, every: null };

test('a pause without a start is asked for as on record, beginning in two days', () => {
  expect(bodyOf(asked, { trucks: 40 }, untouched)).toEqual({ trucks: 40, first_start: '2016-07-28T06:00' });
});

test('what the reader has not set is not sent', () => {
  const dated: Subject = { ...asked, first: '2016-08-01T00:00:00+03:00', record: { ...record, start: '2016-08-01' } };
  expect(bodyOf(dated, {}, untouched)).toEqual({});
});

test('a pause that is over is asked from its beginning', () => {
  const over: Subject = { ...asked, first: '2016-07-06T01:00:00+03:00', record: { ...record, start: '2016-07-06', end: '2016-07-08' } };
  expect(bodyOf(over, {}, untouched)).toEqual({ from: '2016-07-06' });
});

test('other hours are sent as windows, in the rhythm of the record', () => {
  expect(bodyOf(asked, {}, { ...untouched, hours: 36 })).toEqual({
    windows: [
      { start: '2016-07-28T03:00:00Z', end: '2016-07-29T15:00:00Z' },
      { start: '2016-08-04T03:00:00Z', end: '2016-08-05T15:00:00Z' },
      { start: '2016-08-11T03:00:00Z', end: '2016-08-12T15:00:00Z' },
      { start: '2016-08-18T03:00:00Z', end: '2016-08-19T15:00:00Z' },
      { start: '2016-08-25T03:00:00Z', end: '2016-08-26T15:00:00Z' },
    ],
  });
});

test('windows begin at the same local time before and after the clocks change', () => {
  const windows = windowsOf('2016-10-27T06:00', 6, 1, 3, 'Asia/Damascus');
  expect(windows.map(({ start }) => start)).toEqual(['2016-10-27T03:00:00Z', '2016-10-28T04:00:00Z', '2016-10-29T04:00:00Z']);
});

test('a pause of no known length is asked with windows, as a start alone would not do', () => {
  const open: Subject = { ...asked, record: { ...record, duration_hours: null, every_days: null } };
  expect(bodyOf(open, {}, untouched)).toEqual({ windows: [{ start: '2016-07-28T03:00:00Z', end: '2016-07-29T03:00:00Z' }] });
});

test('only what the program asks for and was not sent is filled in', () => {
  const problems = ['/trucks', '/docks', '/from'].map((pointer) => ({ pointer, detail: 'is required' }));
  const refusal = new Refusal(422, 'invalid', 'wrong', problems, null);
  expect(lacking(refusal, { docks: 2 })).toEqual(['trucks']);
  expect(lacking(new Refusal(403, 'forbidden', 'no', problems, null), {})).toEqual([]);
});

test('the stage that holds the trucks up is the busiest', () => {
  const given = (field: string, value: number) => ({ field, value, from: 'sent' as const, record: null, source: null });
  const logistics = [
    given('trucks', 40), given('lanes', 1), given('docks', 4), given('load_hours', 2), given('approach_hours', 1), given('inspection_hours', 0.2),
    given('onward_hours', 0.5), given('unload_hours', 1), given('return_hours', 1),
  ];
  const segments = [{ hours: 9, loads: 22, binding: 'offloading' }, { hours: 12, loads: 34, binding: 'offloading' }];
  const uses = usesOf({ logistics, windows: [{ local_start: '', local_end: '', hours: 48, loads: 56, segments }] });
  expect(uses.map(({ stage, share }) => [stage, Math.round(share * 100)])).toEqual([['fleet', 38], ['checkpoint', 53], ['offloading', 67]]);
});

test('without hours of work nothing is said of stages', () => {
  expect(usesOf({ logistics: [], windows: [] })).toEqual([]);
});
