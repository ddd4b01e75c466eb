// Imports as the program tells them: the form that asks, the problems in their order, the questions that must be answered.

export interface RowProblem {
  file: string;
  sheet: string | null;
  row: number | null;
  letter: string | null;
  column: string | null;
  value: string | null;
  reason: string;
}
export interface Count {
  kind: string;
  file: string | null;
  new: number;
  changed: number;
  unchanged: number;
  left_out: number;
}
export interface Near {
  code: string;
  name: string;
  score: number;
  way: string;
}
export interface Suggestion {
  of: string;
  value: string;
  near: Near[];
  at: RowProblem;
  cells: number;
}
export interface Taken extends Near {
  of: string;
  value: string;
  cells: number;
}
export interface Offer {
  kind: string;
  name: string;
  code: string;
  rows: number;
}
export interface Twice {
  kind: string;
  one: string;
  other: string;
  reasons: string[];
  score: number;
}
export interface Import {
  id: string;
  state: 'running' | 'tried' | 'committed' | 'refused' | 'undone' | 'expired';
  by: string;
  begun_at: string;
  ended_at: string | null;
  kept_until: string | null;
  asked: Record<string, string>;
  received: { file: string; bytes: number | null }[];
  files: Count[];
  tried: Count[] | null;
  differs: boolean | null;
  problems: RowProblem[];
  more: number;
  stopped: boolean;
  notes: RowProblem[];
  offers: Offer[];
  taken: Taken[];
  suggestions: Suggestion[];
  duplicates: Twice[];
  skipped: string[];
  progress: { file: string; rows: number; bytes: number; total_bytes: number } | null;
  undone: { by: string; at: string; reason: string } | null;
  withheld: string[];
}

/** How files are to be read: the fields of the form; what is empty is as usual. */
export interface Choices {
  kind: string;
  date_format: string;
  time_zone: string;
  decimal: string;
  thousands: string;
  encoding: string;
  separator: string;
  accept_from: string;
  new_organisations: boolean;
  as_reported: boolean;
  /** What is meant by values that are no codes. */
  accept: Record<string, string>;
}

export const AS_USUAL: Choices = {
  kind: '', date_format: '', time_zone: '', decimal: '', thousands: '', encoding: '', separator: '', accept_from: '',
  new_organisations: false, as_reported: false, accept: {},
};

/** The form that is sent: always tried first, as nothing is to be changed before it was looked at. */
export function tryForm(files: File[], choices: Choices): FormData {
  const form = new FormData();
  form.set('dry_run', 'true');
  const { accept, ...fields } = choices;
  for (const [name, value] of Object.entries(fields)) {
    if (value === true) form.set(name, 'true');
    else if (value) form.set(name, String(value));
  }
  const lines = Object.entries(accept).filter(([, code]) => code !== '');
  if (lines.length > 0) form.set('accept', lines.map(([value, code]) => `${value}=${code}`).join('\n'));
  for (const file of files) form.append('file', file, file.name);
  return form;
}

export const COLUMNS = ['file', 'row', 'column', 'value', 'reason'] as const;
export type Column = (typeof COLUMNS)[number];
export interface Order {
  by: Column;
  down: boolean;
}

/** Problems in an order; what is about a whole file stands before its rows. */
export function sorted(problems: RowProblem[], { by, down }: Order): RowProblem[] {
  const sign = down ? -1 : 1;
  return [...problems].sort((one, other) => sign * compared(one, other, by) || compared(one, other, 'file') || compared(one, other, 'row'));
}

function compared(one: RowProblem, other: RowProblem, by: Column): number {
  if (by === 'row') return (one.row ?? 0) - (other.row ?? 0) || letters(one.letter) - letters(other.letter);
  const text = (problem: RowProblem) => (by === 'file' ? `${problem.file}\u0000${problem.sheet ?? ''}` : (problem[by] ?? ''));
  return text(one).localeCompare(text(other), undefined, { numeric: true });
}

/** The place of a column in a spreadsheet: A, B … Z, AA. */
function letters(letter: string | null): number {
  return [...(letter ?? '')].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0);
}

/** Problems that hold a text anywhere. */
export function holding(problems: RowProblem[], text: string): RowProblem[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return problems;
  return problems.filter((problem) => Object.values(problem).some((value) => String(value ?? '').toLowerCase().includes(wanted)));
}

/** Questions that a try leaves open, told by its problems. */
export type Question = { about: 'number'; value: string; readings: Reading[] } | { about: 'date'; value: string } | { about: 'kind'; value: string } | { about: 'encoding'; value: string };
export interface Reading {
  says: string;
  set: Partial<Choices>;
}

export function questions(problems: RowProblem[]): Question[] {
  const found: Question[] = [];
  const add = (question: Question) => found.some(({ about }) => about === question.about) || found.push(question);
  for (const { reason, value, file } of problems) {
    const two = /can be read two ways, as (\S+) and as (\S+): give `thousands` (.) or `decimal` (.)/.exec(reason);
    if (two) {
      const [, whole = '', part = '', thousands = '', decimal = ''] = two;
      const readings = [{ says: whole, set: { thousands, decimal: '' } }, { says: part, set: { decimal, thousands: '' } }];
      add({ about: 'number', value: value ?? whole, readings });
    } else if (reason.includes('`date_format`')) add({ about: 'date', value: value ?? '' });
    else if (reason.includes('tell no kind')) add({ about: 'kind', value: file });
    else if (reason.includes('is not UTF-8')) add({ about: 'encoding', value: file });
  }
  return found;
}

/** May it be committed? Only what was tried and kept, and in which nothing is wrong. */
export const isReady = (tried: Import): boolean => tried.state === 'tried' && tried.problems.length === 0 && tried.more === 0;

/** The counts of kinds in which something came or changed. */
export const touched = (files: Count[]): Count[] => files.filter((count) => count.new > 0 || count.changed > 0);
