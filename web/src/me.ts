// Who reads, and what they may do. What is not allowed is not offered; the program decides all the same.
import { signal } from '@preact/signals';
import { Refusal, address, changes, forget, get } from './api';
import { words } from './tongue';

export interface Me {
  /** Whose account it is, as `usr_…`; `null` reads without a login. */
  id: string | null;
  /** What they are called. */
  user: string | null;
  role: string | null;
  /** What may be done, by the names of the policy, as `record.create`. */
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

/** Somebody's name without the id of their account, which the program tells behind it. */
export const person = (who: string): string => who.replace(/ \(usr_[0-9a-z]+\)$/, '');

/** Today by the clock of the program, as `2016-07-26`. */
export const today = (): string => (me.value?.now ?? new Date().toISOString()).slice(0, 10);

const say = words({
  en: { other: 'In another tab somebody else has logged in. Nothing was sent. Look who is named above, and send it again if it is to be in that name.' },
  ar: { other: 'سجّل شخص آخر الدخول في تبويب آخر. لم يُرسل شيء. انظر الاسم أعلاه، وأعد الإرسال إن كان ينبغي أن يكون باسمه.' },
  fr: { other: 'Quelqu’un d’autre s’est connecté dans un autre onglet. Rien n’a été envoyé. Voyez le nom ci-dessus, et renvoyez si ce doit être en ce nom.' },
});

const standing = (of: Me): string => [of.id, of.role, of.level, of.organisation].join(' ');

/** Asks who reads. What another one was told is forgotten; when the day turns, everything is asked for again. */
export async function askMe(): Promise<void> {
  const before = me.peek();
  try {
    me.value = await get<Me>(address('/api/v1/me', {}, false));
  } catch (fault) {
    // Whoever was given a password chooses an own one first; nothing else is open to them until then.
    if (fault instanceof Refusal && fault.code === 'password_must_change') location.assign('/account');
    if (fault instanceof Refusal && fault.status === 401 && before) {
      me.value = null;
      forget();
    }
    throw fault;
  }
  if (before && standing(before) !== standing(me.value)) forget();
  else if (before && before.now.slice(0, 10) !== me.value.now.slice(0, 10)) changes.value += 1;
}

/** Is the reader still the one who is shown? In another tab somebody else may have logged in. */
export async function sameReader(): Promise<void> {
  const shown = me.peek();
  await askMe();
  if (shown && me.peek()?.id !== shown.id) throw new Refusal(409, 'other_reader', say().other, [], null);
}
