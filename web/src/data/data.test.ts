// What is sent when a file is tried, how problems are ordered, which questions are left, and where exports are taken from.
import { beforeEach, describe, expect, it } from 'vitest';
import { read, route } from '../route';
import { EXPORTS, type Export, exportAddress, templateAddress } from './exports';
import { AS_USUAL, type RowProblem, holding, questions, sorted, tryForm } from './imports';

const problem = (more: Partial<RowProblem>): RowProblem => ({ file: 'a.csv', sheet: null, row: null, letter: null, column: null, value: null, reason: '', ...more });

describe('the form of an import', () => {
  it('is always a try, and leaves out what is as usual', () => {
    const form = tryForm([new File(['x'], 'convoys.csv')], AS_USUAL);
    expect([...form.keys()]).toEqual(['dry_run', 'file']);
    expect([form.get('dry_run'), (form.get('file') as File).name]).toEqual(['true', 'convoys.csv']);
  });

  it('carries every file and every choice', () => {
    const files = [new File(['x'], 'a.csv'), new File(['y'], 'b.xlsx')];
    const choices = { ...AS_USUAL, kind: 'populations', decimal: ',', new_organisations: true, accept: { Douma: 'SY-DUMA', 'the town': 'SY-FOAH', left: '' } };
    const form = tryForm(files, choices);
    expect(form.getAll('file').map((file) => (file as File).name)).toEqual(['a.csv', 'b.xlsx']);
    expect(form.get('accept')).toBe('Douma=SY-DUMA\nthe town=SY-FOAH');
    expect([form.get('kind'), form.get('decimal'), form.get('new_organisations'), form.get('as_reported')]).toEqual(['populations', ',', 'true', null]);
  });
});

describe('problems', () => {
  const all = [
    problem({ file: 'b.csv', row: 2, letter: 'B', column: 'area', reason: 'there is no area X' }),
    problem({ row: 10, letter: 'AA', column: 'date', reason: 'must be a date', value: '31x' }),
    problem({ row: 10, letter: 'C', column: 'people', reason: 'must be a number' }),
    problem({ row: 9, letter: 'A', column: 'code', reason: 'is twice' }),
    problem({ reason: 'is empty' }),
  ];
  const shown = (found: RowProblem[]) => found.map(({ file, row, letter }) => `${file}:${row ?? ''}${letter ?? ''}`);

  it('stand by file, then as a spreadsheet counts rows and columns, what is about the whole file first', () => {
    expect(shown(sorted(all, { by: 'file', down: false }))).toEqual(['a.csv:', 'a.csv:9A', 'a.csv:10C', 'a.csv:10AA', 'b.csv:2B']);
  });

  it('stand by any column, either way', () => {
    expect(sorted(all, { by: 'column', down: true }).map(({ column }) => column)).toEqual(['people', 'date', 'code', 'area', null]);
    expect(sorted(all, { by: 'row', down: false }).map(({ row }) => row)).toEqual([null, 2, 9, 10, 10]);
  });

  it('are found by any text in them', () => {
    expect(shown(holding(all, ' NUMBER '))).toEqual(['a.csv:10C']);
    expect(holding(all, '')).toHaveLength(5);
  });

  it('leave questions, each asked once', () => {
    const two = (value: string) => problem({ value, reason: 'can be read two ways, as 1234 and as 1.234: give `thousands` . or `decimal` .' });
    const date = problem({ value: '20/07/2016', reason: 'must be a date that exists, as YYYY-MM-DD; for another form give `date_format`, e.g. %d/%m/%Y' });
    const kind = problem({ file: 'x.csv', reason: 'its name and its tags tell no kind; name it like convoys.csv, or give `kind`' });
    const found = questions([two('1.234'), two('2.000'), date, kind, problem({ reason: 'there is no area X' })]);
    expect(found.map(({ about, value }) => `${about} ${value}`)).toEqual(['number 1.234', 'date 20/07/2016', 'kind x.csv']);
    expect(found[0]).toMatchObject({ readings: [{ says: '1234', set: { thousands: '.' } }, { says: '1.234', set: { decimal: '.' } }] });
  });
});

describe('exports', () => {
  const of = (path: string) => EXPORTS.find((one) => one.path === path) as Export;
  beforeEach(() => {
    route.value = read('#/data?as_of=2016-05-01');
  });

  it('carry the clocks, except what has none', () => {
    expect(exportAddress(of('convoys'), 'csv', 'ar')).toBe('/api/v1/convoys.csv?as_of=2016-05-01&limit=all');
    expect(exportAddress(of('alerts/history'), 'csv', 'en')).toBe('/api/v1/alerts/history.csv?language=en');
  });

  it('speak the language where the form has words', () => {
    expect(exportAddress(of('convoys'), 'xlsx', 'ar')).toBe('/api/v1/convoys.xlsx?as_of=2016-05-01&language=ar&limit=all');
    expect(exportAddress(of('gap'), 'csv', 'fr')).toBe('/api/v1/gap.csv?as_of=2016-05-01&language=fr');
    expect(templateAddress('stocks', 'fr')).toBe('/api/v1/templates/stocks.xlsx?language=fr');
  });

  it('of what the service tells of itself have no clock, and their maps come whole', () => {
    expect(exportAddress(of('changes'), 'csv', 'ar')).toBe('/api/v1/changes.csv');
    expect(exportAddress(of('users'), 'xlsx', 'ar')).toBe('/api/v1/users.xlsx?language=ar');
    expect(exportAddress(of('boundaries'), 'geojson', 'en')).toBe('/api/v1/boundaries.geojson?as_of=2016-05-01&limit=all');
    expect(exportAddress(of('imports'), 'csv', 'en', { table: 'problems' })).toBe('/api/v1/imports.csv?table=problems');
  });

  it('have files for parts of records and for further tables', () => {
    expect(exportAddress(of('convoys'), 'parquet', 'en', { part: 'drops.lines' })).toBe('/api/v1/convoys.parquet?as_of=2016-05-01&limit=all&part=drops.lines');
    expect(exportAddress(of('totals'), 'csv', 'en', { table: 'groups' })).toBe('/api/v1/totals.csv?as_of=2016-05-01&language=en&table=groups');
  });
});
