import { expect, test } from 'vitest';
import { violationOf } from './forms';

test('a violation with a time is sent as an instant by the clock of the place', () => {
  expect(violationOf({ day: '2016-07-06', time: '04:30', killed: '3' }, 'Asia/Damascus')).toEqual({ at: '2016-07-06T01:30:00Z', killed: 3 });
});

test('a violation of which only the day is known is sent with its day', () => {
  expect(violationOf({ day: '2016-07-06', terminal: 'no', source: 'dw160706' }, 'Asia/Damascus')).toEqual({ at: '2016-07-06', terminal: false, source: 'dw160706' });
});

test('what is left empty is unknown and not sent', () => {
  expect(violationOf({}, 'UTC')).toEqual({});
});
