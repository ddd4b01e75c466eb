// What stands in the form of a convoy's event, and the JSON that it becomes.
import { moment, readNumber } from './draft';
import { parts } from './pointer';

export interface MoveDraft {
  what: 'move' | 'delay' | 'reroute' | 'note';
  stage: string;
  day: string;
  time: string;
  place: string;
  by: string;
  hours: string;
  source: string;
  note: string;
}

export const emptyMove = (day: string): MoveDraft => ({ what: 'move', stage: '', day, time: '', place: '', by: '', hours: '', source: '', note: '' });

/** The body of the event. Only a move leads to a stage, and only a delay lasts. */
export function moveBody({ what, stage, day, time, place, by, hours, source, note }: MoveDraft): Record<string, unknown> {
  const fields = {
    event_type: what === 'move' ? '' : what,
    stage: what === 'move' ? stage : '',
    at: moment(day, time),
    place: place.trim(),
    by: by.trim(),
    hours: what === 'delay' ? (readNumber(hours) ?? '') : '',
    source,
    note: note.trim(),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** The field that a problem with an event belongs to. */
export function moveField(pointer: string): string | null {
  const [first = ''] = parts(pointer);
  if (first === 'at') return 'day';
  return ['stage', 'place', 'by', 'hours', 'source', 'note'].includes(first) ? first : null;
}
