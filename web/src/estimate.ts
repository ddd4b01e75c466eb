// Estimates as the program gives them, and how they are read: the best with its range, else the ends that are known.
import { type Forms, fill, language, number, range } from './tongue';

/** An estimate, of which any end may be unknown. */
export interface Estimate {
  low: number | null;
  best: number | null;
  high: number | null;
}

/** A figure of a list; `null` where nothing is known. */
export type Given = Estimate | null | undefined;

/** What was given as an estimate; `null` where nothing of it is known. */
export function estimate(given: Given): Estimate | null {
  if (given === null || given === undefined) return null;
  const { low, best, high } = given;
  return low === null && best === null && high === null ? null : { low, best, high };
}

/** What the program reckoned, as it may be told: its best may be the middle of ends between which nobody gave any. */
export function reckoned(given: Given): Estimate | null {
  const known = estimate(given);
  return known && isRange(known) ? { ...known, best: null } : known;
}

/** Has it two ends that differ? */
export const isRange = ({ low, high }: Estimate): boolean => low !== null && high !== null && low !== high;

/** How much of one comes on each of another: the least on the most, the most on the least. `null` where neither is a range. */
export function ratio(of: Given, on: Given): Estimate | null {
  const [above, below] = [estimate(of), estimate(on)];
  if (!above || !below || !(isRange(above) || isRange(below))) return null;
  const divided = (value: number | null, by: number | null) => (value === null || !by ? null : value / by);
  return { low: divided(above.low ?? above.best, below.high ?? below.best), best: null, high: divided(above.high ?? above.best, below.low ?? below.best) };
}

/** A share that the program reckoned, as it may be told. Of one that lies between nothing and all nothing is known. */
export function share(given: Given): Estimate | null {
  const known = reckoned(given);
  const isOpen = known?.best === null && (known.low ?? 0) <= 0 && (known.high ?? 1) >= 1;
  return isOpen ? null : known;
}

/** `9 (8–10)`, `8–10`, `at least 8`; never the middle of a range. `null` where nothing is known. */
export function spoken(given: Given, show: (value: number) => string = figure): string | null {
  const known = estimate(given);
  if (!known) return null;
  const { low, best, high } = known;
  if (best === null) return range(low, high, show);
  const exact = (low === null && high === null) || (low === best && high === best);
  return exact ? show(best) : `${show(best)} (${range(low, high, show)})`;
}

/** An estimate in a sentence that has forms for a count: that of its highest number, as in `8–10 trucks`. */
export function counted(given: Given, forms: Forms): string | null {
  const known = estimate(given);
  if (!known) return null;
  const { low, best, high } = known;
  const last = high ?? best ?? (low as number);
  const form = forms[new Intl.PluralRules(language.value).select(last)] ?? forms.other;
  // "One truck" in words has no place for a range that ends at one.
  const isOne = (low ?? last) === last && (best ?? last) === last && Number.isInteger(last);
  return fill(isOne || form.includes('{n}') ? form : forms.other, { n: spoken(known) ?? '' });
}

/** Whole, or with one digit where it carries a part, as trucks that were counted together. */
const figure = (value: number): string => number(value, Number.isInteger(value) ? 0 : 1);
