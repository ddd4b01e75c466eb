// Whether a plan that was worked out still answers what is asked, at the time that is looked at.
import { changes } from '../api';
import { clocks } from '../clocks';
import { today } from '../me';
import { readerNow } from '../pauses/asked';
import type { Asked } from './request';

/** All on which a plan rests: what was filled in, the two clocks, the records, and the rights of the reader. */
export interface Ground {
  asked: Asked;
  as_of: string | null;
  known_at: string | null;
  today: string;
  changes: number;
  reader: string;
}

export const groundOf = (asked: Asked): Ground => ({ asked, ...clocks(), today: today(), changes: changes.value, reader: readerNow() });

/** Why a plan that was worked out on one ground does not stand on another; `null` where it does. */
export function outdated(then: Ground, now: Ground): 'reader' | 'clocks' | 'form' | 'changes' | null {
  if (then.reader !== now.reader) return 'reader';
  const follows = now.as_of === null || now.known_at === null;
  if (then.as_of !== now.as_of || then.known_at !== now.known_at || (follows && then.today !== now.today)) return 'clocks';
  if (then.asked !== now.asked) return 'form';
  return then.changes === now.changes ? null : 'changes';
}
