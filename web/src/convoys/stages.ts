// The life of a convoy as columns: which stages stand together, and which may follow which.

/** In the order of a convoy's life; the same words as the program's. */
export const STAGES = [
  'planned',
  'requested',
  'approved',
  'denied',
  'loaded',
  'departed',
  'at_checkpoint',
  'entered',
  'offloaded',
  'completed',
  'postponed',
  'cancelled',
  'turned_back',
  'attacked',
  'looted',
  'closed_with_loss',
] as const;
export type Stage = (typeof STAGES)[number];

export const isStage = (word: string): word is Stage => (STAGES as readonly string[]).includes(word);

/** The columns of the board. */
export const COLUMNS = {
  asked: ['planned', 'requested'],
  allowed: ['approved', 'loaded'],
  road: ['departed', 'at_checkpoint', 'entered'],
  arrived: ['offloaded', 'completed'],
  stopped: ['denied', 'postponed', 'turned_back', 'attacked', 'looted'],
  ended: ['cancelled', 'closed_with_loss'],
} as const satisfies Record<string, readonly Stage[]>;
export type Column = keyof typeof COLUMNS | 'hidden';

export interface Staged {
  stage: string | null;
  date: string | null;
  code: string;
}

export interface Group<T> {
  column: Column;
  count: number;
  /** Only stages in which there is something, the furthest along first. */
  stages: { stage: string; rows: T[] }[];
}

/** The newest first; what has no date stands at the end. */
export function newestFirst<T extends Staged>(rows: T[]): T[] {
  return [...rows].sort((a, b) => (b.date ?? '').localeCompare(a.date ?? '') || a.code.localeCompare(b.code));
}

/** Convoys by column and stage. Those whose stage is withheld stand by themselves; an unknown word is not lost. */
export function byStage<T extends Staged>(rows: T[]): Group<T>[] {
  const of = (column: Column, stages: string[]): Group<T> => {
    const found = stages.map((stage) => ({ stage, rows: newestFirst(rows.filter((row) => (row.stage ?? '') === stage)) }));
    const some = found.filter((group) => group.rows.length > 0).reverse();
    return { column, stages: some, count: some.reduce((sum, group) => sum + group.rows.length, 0) };
  };
  const columns = Object.entries(COLUMNS).map(([name, stages]) => of(name as Column, [...stages]));
  const strange = new Set(rows.map((row) => row.stage ?? '').filter((stage) => !isStage(stage)));
  const hidden = of('hidden', [...strange]);
  return hidden.count > 0 ? [...columns, hidden] : columns;
}

const EVEN_NOW: Stage[] = ['postponed', 'cancelled', 'turned_back'];

const NEXT: Record<Stage, Stage[]> = {
  planned: ['requested', 'approved', 'denied', ...EVEN_NOW],
  requested: ['approved', 'denied', ...EVEN_NOW],
  approved: ['loaded', 'denied', ...EVEN_NOW],
  denied: ['approved', 'cancelled'],
  loaded: ['departed', 'attacked', 'looted', ...EVEN_NOW],
  departed: ['at_checkpoint', 'entered', 'attacked', 'looted', ...EVEN_NOW],
  at_checkpoint: ['departed', 'entered', 'attacked', 'looted', ...EVEN_NOW],
  entered: ['offloaded', 'attacked', 'looted', ...EVEN_NOW, 'closed_with_loss'],
  offloaded: ['completed', 'attacked', 'looted', 'closed_with_loss'],
  completed: [],
  postponed: ['planned', 'cancelled'],
  cancelled: [],
  turned_back: ['planned', 'requested', 'approved', 'cancelled', 'closed_with_loss'],
  attacked: ['departed', 'entered', 'offloaded', 'turned_back', 'closed_with_loss', 'attacked', 'looted', 'cancelled'],
  looted: ['departed', 'entered', 'offloaded', 'turned_back', 'closed_with_loss', 'attacked', 'looted', 'cancelled'],
  closed_with_loss: [],
};

/** Where a convoy can go from here; the program decides all the same. */
export const next = (stage: string): Stage[] => (isStage(stage) ? NEXT[stage] : [...STAGES]);
