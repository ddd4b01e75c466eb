import { expect, test } from 'vitest';
import { bodyOf, keptBody, rowsOf } from './request';

const asked = { areas: ['SY-DARAYA', 'SY-AL-WAER'], date: '2016-07-28', horizon: '30', payload: '15.67', rows: [{ at: '2016-07-28', loads: '56', pause: null }] };

test('a plan is asked for as the README shows', () => {
  expect(bodyOf(asked)).toEqual({
    date: '2016-07-28',
    horizon_days: 30,
    payload_tonnes: 15.67,
    areas: [{ area: 'SY-DARAYA' }, { area: 'SY-AL-WAER' }],
    windows: [{ at: '2016-07-28', loads: 56 }],
  });
});

test('what is left empty is left to the program, and is never nought', () => {
  expect(bodyOf({ ...asked, date: '', horizon: '', payload: ' ', rows: [{ at: '', loads: '', pause: null }] })).toEqual({
    areas: [{ area: 'SY-DARAYA' }, { area: 'SY-AL-WAER' }],
    windows: [{}],
  });
});

test('what is no number goes as it was typed, so that the program can say so', () => {
  expect(bodyOf({ ...asked, horizon: 'a month' })).toMatchObject({ horizon_days: 'a month' });
  expect(bodyOf({ ...asked, rows: [{ at: '2016-07-28', loads: '-3', pause: 'PA-1' }] })).toMatchObject({ windows: [{ at: '2016-07-28', loads: -3, pause: 'PA-1' }] });
});

test('only a plan that is to be kept says so', () => {
  expect(bodyOf(asked)).not.toHaveProperty('save');
  expect(keptBody(asked, ' July ', '')).toMatchObject({ save: true, title: 'July' });
  expect(keptBody(asked, '', '')).not.toHaveProperty('code');
});

test('the windows of a pause become rows on the days of the place', () => {
  const windows = [
    { local_start: '2016-07-28T00:30:00+03:00', loads: 56 },
    { local_start: '2016-08-04T06:00:00+03:00', loads: 0 },
  ];
  expect(rowsOf(windows, 'PA-1')).toEqual([{ at: '2016-07-28', loads: '56', pause: 'PA-1' }]);
});
