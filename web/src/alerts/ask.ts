// Asking for alerts in the language of the reader, and for the names of areas.
import { type Answer, type Params, address, useAnswer } from '../api';
import { language, nameOf } from '../tongue';

/** An answer with sentences, in the language of the reader. */
export function useTold<T>(path: string | null, params: Params = {}, timed = true): Answer<T> {
  return useAnswer<T>(path && address(path, { ...params, language: language.value }, timed));
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
  const name = (code: string) => nameOf(names.get(code), code);
  return { name, areas };
}
