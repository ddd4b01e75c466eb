// Whose it is what is kept on this device, and what others are told of it.

export interface Whose {
  /** The account; `null` where it was kept before accounts were told apart: then only a name is known. */
  owner: string | null;
  /** What they were called when it was written. */
  user: string;
}

export interface Reader {
  id: string | null;
  user: string | null;
}

/** A name alone is no proof: of what is perhaps the reader's they are asked before it is shown. */
export type Standing = 'mine' | 'perhaps' | 'other';

export function standing({ owner, user }: Whose, reader: Reader | null): Standing {
  if (!reader?.id) return 'other';
  if (owner !== null) return owner === reader.id ? 'mine' : 'other';
  return user !== '' && user === reader.user ? 'perhaps' : 'other';
}

export const isSame = (one: Whose, other: Whose): boolean => one.owner === other.owner && (one.owner !== null || one.user === other.user);

/** What is told of what is not the reader's: whose it is, and how much. */
export interface Heap extends Whose {
  standing: Standing;
  entries: number;
  drafts: number;
}

export function heaps(entries: Whose[], drafts: Whose[], reader: Reader | null): Heap[] {
  const found: Heap[] = [];
  const put = (whose: Whose, kind: 'entries' | 'drafts') => {
    const how = standing(whose, reader);
    if (how === 'mine') return;
    let heap = found.find((one) => isSame(one, whose));
    if (!heap) found.push((heap = { owner: whose.owner, user: whose.user, standing: how, entries: 0, drafts: 0 }));
    heap.user ||= whose.user;
    heap[kind] += 1;
  };
  for (const entry of entries) put(entry, 'entries');
  for (const draft of drafts) put(draft, 'drafts');
  return found;
}
