import { expect, test } from 'vitest';
import { outdated } from './stands';

const asked = { areas: ['A'], date: '2016-07-28', horizon: '30', payload: '', rows: [] };
const now = { asked, as_of: null, known_at: null, today: '2016-07-26', changes: 3, reader: 'usr_1' };

test('an answer stands as long as nothing changed', () => {
  expect(outdated(now, { ...now })).toBeNull();
});

test('a plan of another time is not one of this time, whatever else is as it was', () => {
  expect(outdated(now, { ...now, as_of: '2016-05-01' })).toBe('clocks');
  expect(outdated(now, { ...now, known_at: '2016-05-01' })).toBe('clocks');
  expect(outdated({ ...now, as_of: '2016-05-01' }, now)).toBe('clocks');
  expect(outdated(now, { ...now, today: '2016-07-27' })).toBe('clocks');
  expect(outdated({ ...now, as_of: '2016-05-01', known_at: '2016-05-01' }, { ...now, as_of: '2016-05-01', known_at: '2016-05-01', today: '2016-07-27' })).toBeNull();
});

test('a plan is outdated where the form or records changed since', () => {
  expect(outdated(now, { ...now, asked: { ...asked } })).toBe('form');
  expect(outdated(now, { ...now, changes: 4 })).toBe('changes');
});

test('what another reader was told is not shown at all', () => {
  expect(outdated(now, { ...now, reader: 'usr_2' })).toBe('reader');
});
