// The two clocks: what was true on a day, and what was known by then. Both stand in the address.
import { today } from './me';
import { ask, route } from './route';

export interface Clocks {
  as_of: string | null;
  known_at: string | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day of the calendar, as `2016-02-29`. */
export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && plusDays(text, 0) === text;
}

const CLOCKS = ['as_of', 'known_at'] as const;

const canBeShown = (text: string): boolean => isDay(text) && text <= today();

/** Days of the address; what is no day, or lies ahead, is left out. */
export function clocks(): Clocks {
  const read = (name: keyof Clocks) => {
    const text = route.value.params.get(name);
    return text && canBeShown(text) ? text : null;
  };
  return { as_of: read('as_of'), known_at: read('known_at') };
}

/** What stands in the address for a day and cannot be shown. */
export function leftOut(): string[] {
  const asked = CLOCKS.flatMap((name) => route.value.params.get(name) ?? []);
  return [...new Set(asked)].filter((text) => text !== '' && !canBeShown(text));
}

/** Sets a clock; `null` lets it go with the time. */
export function setClocks(changes: Partial<Clocks>): void {
  ask(changes as Record<string, string | null>);
}

export const isNow = (): boolean => {
  const { as_of, known_at } = clocks();
  return as_of === null && known_at === null;
};

/** A day so many days after another, as `2016-07-26`. */
export function plusDays(from: string, days: number): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How many days lie between two. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
