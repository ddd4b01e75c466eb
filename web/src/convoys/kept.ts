// What is half written is kept on this device, by whose it is, and is there again after a reload.
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { me } from '../me';
import { Drafts } from './drafts';

/** Where it is kept; `null` where the browser forbids it. */
export function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

export const drafts = new Drafts(storage());

/** Counted up when drafts came to the reader that were not theirs before. */
export const claims = signal(0);

/** Stands in the key of a form that keeps its draft: to another reader it is another form. */
export const formKey = (what: string): string => `${me.value?.id ?? ''} ${claims.value} ${what}`;

export const forgetKept = (what: string): void => drafts.drop(what, me.value?.id ?? null);

/** A draft under a name: what it is, how it changes, and how it is let go. What was kept wins over `first`. */
export function useKept<T extends object>(what: string, empty: () => T, first: T | null = null): [T, (change: Partial<T>) => void, () => void] {
  // The reader who began it: what they write is theirs, whoever logs in meanwhile.
  const [whose] = useState(() => ({ owner: me.peek()?.id ?? null, user: me.peek()?.user ?? '' }));
  const [draft, set] = useState<T>(() => ({ ...empty(), ...first, ...drafts.read<T>(what, whose.owner) }));
  const change = (part: Partial<T>) =>
    set((old) => {
      const next = { ...old, ...part };
      drafts.write(what, whose, next);
      return next;
    });
  const clear = () => {
    drafts.drop(what, whose.owner);
    set(empty());
  };
  return [draft, change, clear];
}
