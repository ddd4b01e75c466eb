// Names for the codes of sources, parties and areas, in the reader's language. Loaded once for a view.
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { useAll } from '../api';
import { nameOf } from '../tongue';

export type Spoken = Record<string, string>;

interface Listed {
  code: string;
  name?: string | null;
  names?: Spoken | null;
  position?: { lat: number; lon: number } | null;
}

export interface Named {
  source: (code: string | null) => string | null;
  party: (code: string) => string;
  area: (code: string) => string;
  sources: Listed[];
  parties: Listed[];
  areas: Listed[];
}

const none: Named = { source: (code) => code, party: (code) => code, area: (code) => code, sources: [], parties: [], areas: [] };
const Names = createContext<Named>(none);
export const useNames = (): Named => useContext(Names);

const useList = (kind: string) => useAll<Listed>(`/api/v1/${kind}`).data?.data ?? [];

export function WithNames({ children }: { children: ComponentChildren }) {
  const [sources, parties, areas, groups] = [useList('sources'), useList('parties'), useList('areas'), useList('area_groups')];
  const map = (all: Listed[]) => new Map(all.map((one) => [one.code, one]));
  const [source, party, area] = [map(sources), map(parties), map([...groups, ...areas])];
  const named: Named = {
    source: (code) => (code === null ? null : (source.get(code)?.name ?? code)),
    party: (code) => nameOf(party.get(code)?.names, code),
    area: (code) => nameOf(area.get(code)?.names, area.get(code)?.name ?? code),
    sources,
    parties,
    areas,
  };
  return <Names.Provider value={named}>{children}</Names.Provider>;
}
