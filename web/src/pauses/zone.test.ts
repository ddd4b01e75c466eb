import { expect, test } from 'vitest';
import { instantOf, localOf, shownAt, told } from './zone';

const zone = 'Asia/Damascus';

test('a clock in Damascus is three hours ahead in summer and two in winter', () => {
  expect(told(instantOf('2016-07-28T06:00', zone))).toBe('2016-07-28T03:00:00Z');
  expect(told(instantOf('2016-02-27T00:00', zone))).toBe('2016-02-26T22:00:00Z');
  expect(localOf(new Date('2016-07-28T03:00:00Z'), zone)).toBe('2016-07-28T06:00');
});

test('on the night of the change both offsets hold, each in its hours', () => {
  // Clocks went on at midnight of 25 March 2016, and back at midnight of 28 October.
  expect(told(instantOf('2016-03-24T23:59', zone))).toBe('2016-03-24T21:59:00Z');
  expect(told(instantOf('2016-03-25T01:00', zone))).toBe('2016-03-24T22:00:00Z');
  expect(told(instantOf('2016-10-28T00:00', zone))).toBe('2016-10-27T22:00:00Z');
  expect(told(instantOf('2016-10-27T12:00', zone))).toBe('2016-10-27T09:00:00Z');
});

test('a time that the clocks skip is moved on, and of one that comes twice the first is taken', () => {
  expect(localOf(instantOf('2016-03-25T00:30', zone), zone)).toBe('2016-03-25T01:30');
  expect(told(instantOf('2016-10-27T23:30', zone))).toBe('2016-10-27T20:30:00Z');
});

test('UTC is UTC, and a year of zones goes there and back', () => {
  expect(told(instantOf('2016-07-28T06:00', 'UTC'))).toBe('2016-07-28T06:00:00Z');
  for (let day = 0; day < 366; day += 1) {
    const local = `${new Date(Date.UTC(2016, 0, 1 + day)).toISOString().slice(0, 10)}T12:00`;
    expect(localOf(instantOf(local, zone), zone)).toBe(local);
  }
});

test('what a clock shows can be formatted as it stands', () => {
  expect(shownAt('2016-07-06T01:00:00+03:00').toISOString()).toBe('2016-07-06T01:00:00.000Z');
});
