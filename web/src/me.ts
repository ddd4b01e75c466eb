// Who reads, and what they may do. What is not allowed is not offered; the program decides all the same.
import { signal } from '@preact/signals';
import { Refusal, address, get } from './api';

export interface Me {
  /** Who is logged in; `null` reads without a login. */
  user: string | null;
  role: string | null;
  /** What may be done, by the names of the policy, as `record_create`. */
  may: string[];
  /** What they may see, as `internal`. */
  level: string;
  organisation: string | null;
  /** The time of the program, which in a demo is not that of this device. */
  now: string;
  /** Is it a demo, in which reading needs no login? */
  is_demo: boolean;
  tile_url: string | null;
}

export const me = signal<Me | null>(null);

/** May the reader do this? Unknown is no. */
export const may = (operation: string): boolean => me.value?.may.includes(operation) ?? false;

/** Today by the clock of the program, as `2016-07-26`. */
export const today = (): string => (me.value?.now ?? new Date().toISOString()).slice(0, 10);

export async function askMe(): Promise<void> {
  try {
    me.value = await get<Me>(address('/api/v1/me', {}, false));
  } catch (fault) {
    // Whoever was given a password chooses an own one first; nothing else is open to them until then.
    if (fault instanceof Refusal && fault.code === 'password_must_change') location.assign('/account');
    throw fault;
  }
}
