// What is half written is kept on this device, by whose it is, and is there again after a reload.
import { useState } from 'preact/hooks';
import { me } from '../me';

const PREFIX = 'passage.draft.';

function read<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

function write(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // It stays in the form as long as the page is open.
  }
}

const nameOf = (what: string): string => `${PREFIX}${what}.${me.value?.user ?? ''}`;

export const forgetKept = (what: string): void => write(nameOf(what), null);

/** A draft under a name: what it is, how it changes, and how it is let go. What was kept wins over `first`. */
export function useKept<T extends object>(what: string, empty: () => T, first: T | null = null): [T, (change: Partial<T>) => void, () => void] {
  const name = nameOf(what);
  const [draft, set] = useState<T>(() => ({ ...empty(), ...first, ...read<T>(name) }));
  const change = (part: Partial<T>) =>
    set((old) => {
      const next = { ...old, ...part };
      write(name, next);
      return next;
    });
  const clear = () => {
    write(name, null);
    set(empty());
  };
  return [draft, change, clear];
}
