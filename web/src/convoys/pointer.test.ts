// A problem stands beside the field that it speaks of.
import { describe, expect, it } from 'vitest';
import { type Draft, emptyDraft, emptyDrop, emptyLine } from './draft';
import { byField, fieldOf, parts, sourceFieldOf } from './pointer';

const lines = [emptyLine(), { ...emptyLine(), commodity: 'rice', quantity: '4' }];
const draft: Draft = { ...emptyDraft(), drops: [emptyDrop(), { ...emptyDrop(), lines }] };

describe('a pointer', () => {
  it('leads to the field of the form', () => {
    const at = (pointer: string) => fieldOf(pointer, draft);
    expect(at('/mode')).toBe('mode');
    expect(at('/organisations/0')).toBe('organisations');
    expect(at('/drops/0/trucks')).toBe('drops.0.trucks');
    expect(at('/drops/1/people_targeted/low')).toBe('drops.1.targeted');
    expect(at('/drops/0/areas/2')).toBe('drops.0.areas');
    expect(at('/events/0/at')).toBe('stageDate');
    expect(at('/events/0/stage')).toBe('stage');
  });

  it('leads past the empty lines that were not sent', () => {
    expect(fieldOf('/drops/1/lines/0/loaded', draft)).toBe('drops.1.lines.1.quantity');
    expect(fieldOf('/drops/1/lines/0/unit', draft)).toBe('drops.1.lines.1.unit');
    expect(fieldOf('/drops/1/lines/0', draft)).toBe('drops.1.lines.1.commodity');
  });

  it('leads to the new source where one is named', () => {
    expect(fieldOf('/source', draft)).toBe('source');
    expect(fieldOf('/source', { ...draft, sourceIs: 'new' })).toBe('newSource.code');
    expect(sourceFieldOf('/url')).toBe('newSource.url');
  });

  it('leads nowhere where the form has no such field', () => {
    expect(fieldOf('/vehicles/0/plate', draft)).toBeNull();
    expect(sourceFieldOf('/licence')).toBeNull();
  });

  it('is read with its escapes', () => {
    expect(parts('/a~1b/c~0d')).toEqual(['a/b', 'c~d']);
  });
});

describe('problems', () => {
  it('stand together by field, and those without one are not lost', () => {
    const problems = [
      { pointer: '/mode', detail: 'one' },
      { pointer: '/mode', detail: 'two' },
      { pointer: '/vehicles', detail: 'three' },
      { pointer: '', detail: 'four' },
    ];
    expect(byField(problems, (pointer) => fieldOf(pointer, draft))).toEqual({
      mode: [{ text: 'one', isEnglish: false }, { text: 'two', isEnglish: false }],
      '': [{ text: 'vehicles: three', isEnglish: false }, { text: 'four', isEnglish: false }],
    });
  });
});
