// From the place of a problem in the JSON to the field of the form that it speaks of.
import type { Problem } from '../api';
import { type Told, placeName, told } from '../refusals';
import { type Draft, linesSent } from './draft';
import { colon } from '../tongue';

const TOP: Record<string, string> = { code: 'code', title: 'title', mode: 'mode', date: 'date', organisations: 'organisations', source: 'source', note: 'note', events: 'stage' };
const OF_DROP: Record<string, string> = { areas: 'areas', trucks: 'trucks', people_targeted: 'targeted', people_reached: 'reached' };
const QUANTITIES = ['requested', 'approved', 'loaded', 'delivered'];
const OF_SOURCE = ['code', 'name', 'publisher', 'url', 'date'];

/** The parts of a JSON pointer. */
export function parts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function ofLine(at: string, draft: Draft, drop: number, [sent = '', field]: string[]): string {
  const lines = draft.drops[drop] ? linesSent(draft.drops[drop]) : [];
  const line = lines[Number(sent)];
  if (line === undefined) return `${at}.areas`;
  const name = field === 'unit' ? 'unit' : QUANTITIES.includes(field ?? '') ? 'quantity' : 'commodity';
  return `${at}.lines.${line}.${name}`;
}

/** The field of the form that a problem with the convoy belongs to; `null` where it has none there. */
export function fieldOf(pointer: string, draft: Draft): string | null {
  const [first = '', second, third, ...rest] = parts(pointer);
  if (first === 'drops' && second !== undefined) {
    const at = `drops.${second}`;
    if (third === 'lines') return ofLine(at, draft, Number(second), rest);
    return `${at}.${OF_DROP[third ?? ''] ?? 'areas'}`;
  }
  if (first === 'events' && third === 'at') return 'stageDate';
  if (first === 'events' && third === 'source') return 'source';
  // A code that a new source was to have is not the code of a convoy's source that somebody chose.
  if (first === 'source' && draft.sourceIs === 'new') return 'newSource.code';
  return TOP[first] ?? null;
}

/** The same for the source that is posted before the convoy. */
export function sourceFieldOf(pointer: string): string | null {
  const [first = ''] = parts(pointer);
  return OF_SOURCE.includes(first) ? `newSource.${first}` : null;
}

/** Problems beside the fields that they speak of; those without a field stand together under an empty name. */
export function byField(problems: Problem[], field: (pointer: string) => string | null): Record<string, Told[]> {
  const found: Record<string, Told[]> = {};
  for (const { pointer, detail } of problems) {
    const at = field(pointer) ?? '';
    const said = told(detail);
    const text = at === '' && pointer ? `${placeName(pointer) ?? pointer.slice(1)}${colon()}${said.text}` : said.text;
    const before = found[at] ?? [];
    if (!before.some((one) => one.text === text)) found[at] = [...before, { ...said, text }];
  }
  return found;
}
