// Notes of the program beside a table: fields that they name are called as the columns are.
import { fill, words } from '../tongue';
import { say } from './words';

const quoted = words({ en: { it: '“{it}”' }, ar: { it: '«{it}»' }, fr: { it: '« {it} »' } });

/** A note about a field that the table does not show: it begins with the field, or holds it apart. */
const OF_PEOPLE = /^people |\u2068people\u2069/;

/** The notes that speak of what is shown, in words. */
export function readable(notes: string[]): string[] {
  const name = (field: string) => fill(quoted().it, { it: say()[field as 'pending'] });
  return notes.filter((note) => !OF_PEOPLE.test(note)).map((note) => note.replace(/\u2068?\b(pending|no_answer)\b\u2069?/g, (_, field: string) => name(field)));
}
