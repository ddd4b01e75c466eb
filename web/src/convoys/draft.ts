// What stands in the form of a convoy, and the JSON that it becomes.
import { newKey } from '../api';
import { today } from '../me';

export interface LineDraft {
  id: string;
  commodity: string;
  quantity: string;
  unit: string;
}

export interface DropDraft {
  id: string;
  areas: string[];
  trucks: string;
  targeted: string;
  reached: string;
  lines: LineDraft[];
}

export interface Draft {
  code: string;
  title: string;
  mode: string;
  date: string;
  /** Where it stands; empty leaves it planned. */
  stage: string;
  stageDate: string;
  stageTime: string;
  /** Of which step the quantities are. */
  quantities: 'requested' | 'approved' | 'loaded' | 'delivered';
  organisations: string[];
  sourceIs: 'none' | 'known' | 'new';
  source: string;
  newSource: { code: string; name: string; publisher: string; url: string; date: string };
  drops: DropDraft[];
  note: string;
}

export const emptyLine = (): LineDraft => ({ id: newKey(), commodity: '', quantity: '', unit: '' });
export const emptyDrop = (): DropDraft => ({ id: newKey(), areas: [], trucks: '', targeted: '', reached: '', lines: [emptyLine()] });

export function emptyDraft(): Draft {
  return {
    code: '',
    title: '',
    mode: '',
    date: today(),
    stage: '',
    stageDate: today(),
    stageTime: '',
    quantities: 'loaded',
    organisations: [],
    sourceIs: 'none',
    source: '',
    newSource: { code: '', name: '', publisher: '', url: '', date: '' },
    drops: [emptyDrop()],
    note: '',
  };
}

const ARABIC = '٠١٢٣٤٥٦٧٨٩';
const PERSIAN = '۰۱۲۳۴۵۶۷۸۹';

/** Reads a number as it is typed: in digits of any keyboard, with or without marks between thousands; `null` is no number. */
export function readNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[٠-٩۰-۹]/g, (digit) => String(Math.max(ARABIC.indexOf(digit), PERSIAN.indexOf(digit))))
    .replace(/[\s\u00a0\u202f٬’']/g, '')
    .replace('٫', '.');
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return Number(plain.replaceAll(',', ''));
  const point = plain.replace(',', '.');
  return /^\d+(\.\d+)?$/.test(point) ? Number(point) : null;
}

export type Figured = number | { low: number; high: number };

/** Reads a number or a range of two, as `8–10`; `undefined` where nothing is typed, `null` where it is neither. */
export function readFigure(text: string): Figured | null | undefined {
  if (!text.trim()) return undefined;
  const [low, high, ...more] = text.split(/[-–—]/).map(readNumber);
  if (low === undefined || low === null || more.length > 0 || high === null) return null;
  if (high === undefined) return low;
  return low <= high ? { low, high } : null;
}

/** A day, with its time in UTC where one is told. */
export const moment = (day: string, time: string): string => (time ? `${day}T${time.length === 5 ? `${time}:00` : time}Z` : day);

/** A short name for a source that was given none: what it is called, and when. */
export function sourceCode({ code, name, date }: Draft['newSource']): string {
  if (code.trim()) return code.trim();
  const word = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 24);
  return [word || 'source', date.replaceAll('-', '').slice(2)].filter(Boolean).join('-');
}

/** Is there anything in this line? */
const isLine = ({ commodity, quantity }: LineDraft): boolean => commodity.trim() !== '' || quantity.trim() !== '';

/** Fields without what was left empty. */
function told(fields: Record<string, unknown>): Record<string, unknown> {
  const isTold = (value: unknown) => value !== '' && value !== undefined && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isTold(value)));
}

/** What is no number is sent as it was typed: the program says what is wrong with it. */
const figure = (text: string): unknown => readFigure(text) ?? text.trim();
const single = (text: string): unknown => (text.trim() ? (readNumber(text) ?? text.trim()) : undefined);

/** Which line of the form each line of the body came from: empty ones are left out. */
export const linesSent = (drop: DropDraft): number[] => drop.lines.flatMap((line, index) => (isLine(line) ? [index] : []));

/** The body of the convoy. */
export function toBody(draft: Draft): Record<string, unknown> {
  const source = { none: '', known: draft.source.trim(), new: sourceCode(draft.newSource) }[draft.sourceIs];
  const drops = draft.drops.map((drop) =>
    told({
      areas: drop.areas,
      trucks: figure(drop.trucks),
      people_targeted: figure(drop.targeted),
      people_reached: figure(drop.reached),
      lines: drop.lines.filter(isLine).map((line) => told({ commodity: line.commodity.trim(), [draft.quantities]: single(line.quantity), unit: line.unit.trim() })),
    }),
  );
  const event = told({ stage: draft.stage, at: moment(draft.stageDate, draft.stageTime), source });
  return told({
    code: draft.code.trim(),
    title: draft.title.trim(),
    mode: draft.mode,
    date: draft.date,
    organisations: draft.organisations,
    source,
    drops,
    events: draft.stage ? [event] : [],
    note: draft.note.trim(),
  });
}

/** The body of the source, where a new one is named. */
export function toSource({ sourceIs, newSource }: Draft): Record<string, unknown> | null {
  if (sourceIs !== 'new') return null;
  const { name, publisher, url, date } = newSource;
  return told({ code: sourceCode(newSource), name: name.trim(), publisher: publisher.trim(), url: url.trim(), date });
}

export type Lack = 'missing' | 'number' | 'range';

/** What can be told to be wrong without asking, by field: without a line the program cannot say it. */
export function lacks(draft: Draft): Record<string, Lack> {
  const wrong: Record<string, Lack> = {};
  const need = (field: string, isThere: boolean) => !isThere && (wrong[field] = 'missing');
  need('mode', draft.mode !== '');
  need('date', draft.date !== '');
  if (draft.stage) need('stageDate', draft.stageDate !== '');
  if (draft.sourceIs === 'known') need('source', draft.source.trim() !== '');
  if (draft.sourceIs === 'new') need('newSource.name', draft.newSource.name.trim() !== '');
  draft.drops.forEach((drop, index) => {
    const at = `drops.${index}`;
    need(`${at}.areas`, drop.areas.length > 0);
    for (const field of ['trucks', 'targeted', 'reached'] as const) {
      if (readFigure(drop[field]) === null) wrong[`${at}.${field}`] = 'range';
    }
    drop.lines.forEach((line, number) => {
      const here = `${at}.lines.${number}`;
      if (line.quantity.trim() && readNumber(line.quantity) === null) wrong[`${here}.quantity`] = 'number';
      if (isLine(line)) need(`${here}.commodity`, line.commodity.trim() !== '');
    });
  });
  return wrong;
}
