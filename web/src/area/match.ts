// Finding an area by what somebody types: names in Latin and Arabic letters, however they are spelled, and codes.
import type { AreaRecord } from './kinds';

/**
 * A text as it is compared: without case, accents, vowel signs, hyphens and doubled letters, and with one form of those
 * Arabic letters that are written in several ways.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\u0640'’ʿʾ`]/gu, '')
    .replace(/[ٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/ک/g, 'ك')
    .replace(/ة/g, 'ه')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(\p{L})\1+/gu, '$1')
    .trim();
}

/** A folded text as one word. */
const joined = (folded: string): string => fold(folded.replaceAll(' ', ''));

/** The article, which one list writes and another leaves out. */
const ARTICLE = /^(?:al|as|az|ad|an|ar|ash|at|el|ez) |^ال/;

function searched(area: AreaRecord): string[] {
  const names = [...Object.values(area.names), ...area.aliases, area.code, area.pcode ?? '', area.admin1_pcode ?? ''];
  return names.flatMap((name) => {
    const folded = fold(name);
    return [folded, joined(folded), folded.replace(ARTICLE, '')];
  });
}

/** Does what was typed stand in a name or code of the area? Nothing typed matches all. */
export function matches(area: AreaRecord, typed: string): boolean {
  const wanted = fold(typed);
  if (wanted === '') return true;
  const forms = new Set([wanted, joined(wanted), wanted.replace(ARTICLE, '')].filter(Boolean));
  const found = searched(area);
  if ([...forms].some((form) => found.some((name) => name.includes(form)))) return true;
  // Words in any order: "aleppo east".
  return wanted.split(' ').every((word) => found.some((name) => name.includes(word)));
}
