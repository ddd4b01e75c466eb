// Asking for alerts in the language of the reader, and for the names of areas.
import { signal } from '@preact/signals';
import { type Answer, type Params, Refusal, address, useAnswer } from '../api';
import { language } from '../tongue';

/** Does the program tell alerts in other languages? Found out by asking once. */
const isAsked = signal(true);

function isOfLanguage(fault: unknown): boolean {
  if (!(fault instanceof Refusal) || (fault.status !== 400 && fault.status !== 422)) return false;
  return fault.problems.some(({ pointer, detail }) => /language/.test(pointer + detail)) || /language/.test(fault.detail);
}

export interface Told<T> extends Answer<T> {
  /** How the program's sentences are marked up. */
  tongue: { lang: string; dir: 'ltr' | 'rtl' };
  inEnglish: boolean;
}

/** An answer with sentences, in the language of the reader where the program knows it, else in English. */
export function useTold<T>(path: string | null, params: Params = {}, timed = true): Told<T> {
  const wanted = language.value;
  const asks = isAsked.value && wanted !== 'en';
  const answer = useAnswer<T>(path && address(path, { ...params, language: asks ? wanted : null }, timed));
  const refused = asks && isOfLanguage(answer.fault);
  if (refused) isAsked.value = false;
  const inEnglish = wanted === 'en' || !asks || refused;
  return {
    ...(refused ? { ...answer, fault: null, loading: true } : answer),
    tongue: inEnglish ? { lang: 'en', dir: 'ltr' } : { lang: wanted, dir: wanted === 'ar' ? 'rtl' : 'ltr' },
    inEnglish,
  };
}

export interface Area {
  code: string;
  names: Record<string, string>;
}

/** Reads the name of an area in the language of the reader; a code where no name is known. */
export function useAreaNames(): { name: (code: string) => string; areas: Area[] } {
  const answer = useAnswer<{ data: Area[] }>(address('/api/v1/areas', { limit: 1000 }));
  const areas = answer.data?.data ?? [];
  const names = new Map(areas.map((area) => [area.code, area.names]));
  const name = (code: string) => {
    const of = names.get(code);
    return of?.[language.value] ?? of?.en ?? (of && Object.values(of)[0]) ?? code;
  };
  return { name, areas };
}
