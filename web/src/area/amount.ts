// Amounts that are a range or open at one end, as they are read.
import type { Amount } from './kinds';
import { number, range } from '../tongue';

/** An amount as it is read at once: its range where it has one; `null` where nothing is known. */
export function spread(amount: Amount | null | undefined, show: (value: number) => string = number): string | null {
  if (!amount || isUnknown(amount)) return null;
  const { low, best, high } = amount;
  const isOpen = low === null || high === null;
  return isOpen && best !== null ? show(best) : range(low, high, show);
}

/** Is nothing known? */
export function isUnknown(amount: Amount | null | undefined): boolean {
  return !amount || (amount.low === null && amount.best === null && amount.high === null);
}

/** The least and the most of several amounts; open ends are as long as the known ones. */
export function extent(amounts: (Amount | null)[]): { low: number; high: number } | null {
  const ends = amounts.flatMap((amount) => (amount ? [amount.low, amount.best, amount.high] : [])).filter((end) => end !== null);
  return ends.length === 0 ? null : { low: Math.min(...ends), high: Math.max(...ends) };
}

/** A whole number, or two figures that count for what is smaller than ten. */
export const rough = (value: number): string => number(value, value !== 0 && Math.abs(value) < 10 ? 1 : 0);
