// What is typed becomes what the program reads; what is left empty stays unknown.
import { describe, expect, it } from 'vitest';
import { type Draft, emptyDraft, emptyDrop, lacks, moment, readFigure, readNumber, sourceCode, toBody, toSource } from './draft';

const draft = (change: Partial<Draft> = {}): Draft => ({ ...emptyDraft(), mode: 'cross_line', date: '2016-07-26', ...change });
const line = (commodity: string, quantity: string, unit: string) => ({ id: commodity, commodity, quantity, unit });

describe('the body of a convoy', () => {
  it('has what the program asks for', () => {
    const drops = [{ ...emptyDrop(), areas: ['SY-DARAYA'], trucks: '9', targeted: '2,400', lines: [line('wheat_flour', '40', 't')] }];
    const body = toBody(draft({ code: ' CV-MINE ', drops, organisations: ['UN'], stage: 'loaded', stageDate: '2016-07-26', stageTime: '06:30' }));
    expect(body).toEqual({
      code: 'CV-MINE',
      mode: 'cross_line',
      date: '2016-07-26',
      organisations: ['UN'],
      drops: [{ areas: ['SY-DARAYA'], trucks: 9, people_targeted: 2400, lines: [{ commodity: 'wheat_flour', loaded: 40, unit: 't' }] }],
      events: [{ stage: 'loaded', at: '2016-07-26T06:30:00Z' }],
    });
  });

  it('leaves out what was left empty, and never makes a nought of it', () => {
    const body = toBody(draft({ drops: [{ ...emptyDrop(), areas: ['SY-DARAYA'] }] }));
    expect(body).toEqual({ mode: 'cross_line', date: '2016-07-26', drops: [{ areas: ['SY-DARAYA'] }] });
  });

  it('keeps a nought that was typed', () => {
    const [drop] = toBody(draft({ drops: [{ ...emptyDrop(), areas: ['A'], reached: '0' }] })).drops as { people_reached: number }[];
    expect(drop?.people_reached).toBe(0);
  });

  it('says of which step the quantities are', () => {
    const drops = [{ ...emptyDrop(), areas: ['A'], lines: [line('rice', '5', '')] }];
    expect(toBody(draft({ drops, quantities: 'requested' })).drops).toEqual([{ areas: ['A'], lines: [{ commodity: 'rice', requested: 5 }] }]);
  });

  it('names the new source that is posted before it', () => {
    const change = { sourceIs: 'new', newSource: { code: '', name: 'Flash Update 4', publisher: '', url: '', date: '2016-07-25' } } as const;
    expect(toSource(draft(change))).toEqual({ code: 'flash-update-4-160725', name: 'Flash Update 4', date: '2016-07-25' });
    expect(toBody(draft(change)).source).toBe('flash-update-4-160725');
  });

  it('names no source where none is chosen', () => {
    expect(toSource(draft())).toBeNull();
    expect(toBody(draft({ source: 'rw151020' }))).not.toHaveProperty('source');
  });
});

describe('what is typed', () => {
  it('is a number in the digits of any keyboard', () => {
    expect(['48', '٤٨', '۴۸', '1,500', '1 500', '38.5', '38,5', '٣٨٫٥'].map(readNumber)).toEqual([48, 48, 48, 1500, 1500, 38.5, 38.5, 38.5]);
  });

  it('is no number where it is something else', () => {
    expect(['', 'many', '-3', '1.2.3', '4x'].map(readNumber)).toEqual([null, null, null, null, null]);
  });

  it('may be a range', () => {
    expect(readFigure('8–10')).toEqual({ low: 8, high: 10 });
    expect(readFigure('8 - 10')).toEqual({ low: 8, high: 10 });
    expect(readFigure('10-8')).toBeNull();
    expect(readFigure(' ')).toBeUndefined();
  });

  it('is a day, or a day and a time in UTC', () => {
    expect(moment('2016-07-26', '')).toBe('2016-07-26');
    expect(moment('2016-07-26', '11:30')).toBe('2016-07-26T11:30:00Z');
  });
});

describe('what is lacking', () => {
  it('is all told at once', () => {
    const drops = [{ ...emptyDrop(), trucks: 'many', lines: [line('', '4', '')] }];
    expect(lacks(draft({ mode: '', date: '', drops, sourceIs: 'new' }))).toEqual({
      mode: 'missing',
      date: 'missing',
      'newSource.name': 'missing',
      'drops.0.areas': 'missing',
      'drops.0.trucks': 'range',
      'drops.0.lines.0.commodity': 'missing',
    });
  });

  it('is nothing where the least is there', () => {
    expect(lacks(draft({ drops: [{ ...emptyDrop(), areas: ['A'] }] }))).toEqual({});
  });

  it('makes a short name of what a source is called in any script', () => {
    expect(sourceCode({ code: '', name: 'الهلال الأحمر', publisher: '', url: '', date: '' })).toBe('الهلال-الأحمر');
  });
});
