import { expect, test } from 'vitest';
import type { Party } from './answers';
import { daysUnanswered, stateOf } from './states';

const party = (state: string | null, more: Partial<Party> = {}): Party => ({
  party: 'GOS', name: 'Government of Syria forces', answer: null, conditions: null, must_agree: true, since: null, source: null, state, ...more,
});

test('a pause is partly agreed where one must still answer and another has agreed', () => {
  expect(stateOf('requested', [party('requested'), party('in_effect')])).toBe('partly_agreed');
  expect(stateOf('requested', [party('requested'), party('requested')])).toBe('requested');
  expect(stateOf('refused', [party('refused'), party('agreed')])).toBe('refused');
});

test('a yes of who need not agree changes nothing', () => {
  expect(stateOf('requested', [party('requested'), party('agreed', { must_agree: false })])).toBe('requested');
});

test('days without an answer count from the day of the request', () => {
  const asked = { announced_on: '2016-07-21' };
  const now = { as_of: '2016-07-26T23:59:59.999Z' };
  expect(daysUnanswered(asked, now, party('requested'))).toBe(5);
  expect(daysUnanswered(asked, now, party('expired'))).toBe(5);
});

test('who answered, and who was asked on an unknown day, has no such count', () => {
  const now = { as_of: '2016-07-26T23:59:59.999Z' };
  expect(daysUnanswered({ announced_on: '2016-07-21' }, now, party('refused'))).toBeNull();
  expect(daysUnanswered({ announced_on: null }, now, party('requested'))).toBeNull();
  expect(daysUnanswered({ announced_on: '2016-07-28' }, now, party('requested'))).toBe(0);
});
