// An event of a convoy becomes what the program reads.
import { describe, expect, it } from 'vitest';
import { emptyMove, moveBody, moveField } from './moving';

describe('an event', () => {
  it('is a move to a stage, at a time where one is told', () => {
    expect(moveBody({ ...emptyMove('2016-07-26'), stage: 'departed', time: '11:30', place: ' Homs ' })).toEqual({ stage: 'departed', at: '2016-07-26T11:30:00Z', place: 'Homs' });
  });

  it('leads to no stage where it is a delay, and says how long it lasted', () => {
    expect(moveBody({ ...emptyMove('2016-07-26'), what: 'delay', stage: 'departed', hours: '٦' })).toEqual({ event_type: 'delay', at: '2016-07-26', hours: 6 });
  });

  it('does not last where it is no delay', () => {
    expect(moveBody({ ...emptyMove('2016-07-26'), what: 'note', hours: '6', note: 'seen' })).toEqual({ event_type: 'note', at: '2016-07-26', note: 'seen' });
  });

  it('has its problems beside its fields', () => {
    expect(['/at', '/stage', '/source', '', '/date_precision'].map(moveField)).toEqual(['day', 'stage', 'source', null, null]);
  });
});
