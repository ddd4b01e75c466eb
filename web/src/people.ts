// The people of an area, told in one way everywhere: which figure it is, and whose counts it rests on.
import { type Estimate, type Given, estimate, reckoned } from './estimate';
import { day, listMark } from './tongue';

/** What one source says of how many there are. */
export interface Claim {
  record: string;
  source: string | null;
  estimated_by: string | null;
  date: string | null;
  people: Estimate;
}

export interface Told {
  people: Estimate | null;
  /** The counts that it rests on. */
  claims: Claim[];
  /** All counts that are known. */
  all: Claim[];
}

interface Dated {
  date: string | null;
  people: Given;
}

const least = ({ people }: Dated): number | null => people?.low ?? people?.best ?? null;
const most = ({ people }: Dated): number | null => people?.high ?? people?.best ?? null;

/** The counts of the newest day, and for an end that they leave open the newest that gives it: so the program puts them together. */
export function restsOn<T extends Dated>(people: Given, claims: T[]): T[] {
  const newest = [...claims].sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
  const own = newest.filter(({ date }) => date === newest[0]?.date);
  const filled = ([[people?.low, least], [people?.high, most]] as const).flatMap(([end, of]) => {
    const isOpen = end != null && !own.some((claim) => of(claim) === end);
    return isOpen ? newest.filter((claim) => of(claim) === end).slice(0, 1) : [];
  });
  return [...new Set([...own, ...filled])];
}

/** What the outlook weighs; else the count that was picked, which stands first. */
export function peopleOf(weighed: Given, counted: { people: Estimate; claims: Claim[] } | null | undefined): Told {
  const all = counted?.claims ?? [];
  const people = reckoned(weighed);
  if (people) return { people, claims: restsOn(weighed, all), all };
  return { people: estimate(counted?.people), claims: all.slice(0, 1), all };
}

/** The least and the most that anybody counted, where they differ. It is not the range of any one figure. */
export function extremes(claims: Dated[]): { low: number; high: number } | null {
  const ends = (of: (claim: Dated) => number | null) => claims.map(of).filter((end) => end !== null);
  const [low, high] = [Math.min(...ends(least), ...ends(most)), Math.max(...ends(least), ...ends(most))];
  return low < high ? { low, high } : null;
}

/** Who counted, with the code of the source: `OCHA (sitrep07)`. */
export function sourceOf({ source, estimated_by }: Pick<Claim, 'source' | 'estimated_by'>): string {
  if (estimated_by === null) return source ?? '';
  return source === null ? estimated_by : `${estimated_by} (${source})`;
}

export const sourcesOf = (claims: Pick<Claim, 'source' | 'estimated_by'>[]): string[] => [...new Set(claims.map(sourceOf))].filter(Boolean);

/** The days of counts, each once. */
export const daysOf = (claims: Dated[]): string => [...new Set(claims.flatMap(({ date }) => (date ? [day(date)] : [])))].join(listMark());
