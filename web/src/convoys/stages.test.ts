// Convoys stand where they are in their life, each once.
import { describe, expect, it } from 'vitest';
import { COLUMNS, STAGES, byStage, next } from './stages';

const row = (code: string, stage: string | null, date: string | null = '2016-07-01') => ({ code, stage, date });

describe('the board', () => {
  it('has a column for every stage, and none twice', () => {
    expect(Object.values(COLUMNS).flat().sort()).toEqual([...STAGES].sort());
  });

  it('counts every convoy once', () => {
    const rows = [row('a', 'planned'), row('b', 'completed'), row('c', 'completed'), row('d', null), row('e', 'flown')];
    const groups = byStage(rows);
    expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(rows.length);
  });

  it('shows the newest first, and what has no date last', () => {
    const rows = [row('old', 'completed', '2016-01-01'), row('none', 'completed', null), row('new', 'completed', '2016-07-01')];
    const arrived = byStage(rows).find((group) => group.column === 'arrived');
    expect(arrived?.stages[0]?.rows.map((one) => one.code)).toEqual(['new', 'old', 'none']);
  });

  it('keeps columns that are empty, but no stages that are', () => {
    const groups = byStage([row('a', 'departed')]);
    expect(groups.map((group) => group.column)).toEqual(Object.keys(COLUMNS));
    expect(groups.find((group) => group.column === 'road')?.stages.map((one) => one.stage)).toEqual(['departed']);
  });

  it('sets convoys apart whose stage is withheld', () => {
    expect(byStage([row('a', null)]).at(-1)).toMatchObject({ column: 'hidden', count: 1 });
  });
});

describe('what may follow', () => {
  it('is nothing after the end', () => {
    for (const stage of ['completed', 'cancelled', 'closed_with_loss']) expect(next(stage)).toEqual([]);
  });

  it('is an attack from loaded to offloaded', () => {
    for (const stage of ['loaded', 'departed', 'at_checkpoint', 'entered', 'offloaded']) expect(next(stage)).toContain('attacked');
  });

  it('is anything after a stage that is not known here', () => {
    expect(next('flown')).toHaveLength(STAGES.length);
  });
});
