// The clock of a place: from what it shows to the instant, and back, over every change of the clocks; and what it is called.
import { language } from '../tongue';

/** What a clock in a zone shows at an instant, as `2016-07-28T06:00`. */
export function localOf(instant: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(instant);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

const asUtc = (local: string): number => Date.parse(`${local}:00Z`);

/**
 * The instant at which a clock shows a time. A time that the clocks skip is moved on by what they skip; of a time that
 * comes twice it is the first.
 */
export function instantOf(local: string, zone: string): Date {
  const wanted = asUtc(local);
  const offset = (at: number) => asUtc(localOf(new Date(at), zone)) - at;
  // The offset of the day before and of the day after: a change lies between them, or there is none.
  const early = offset(wanted - 86_400_000);
  const late = offset(wanted + 86_400_000);
  const found = [wanted - Math.max(early, late), wanted - Math.min(early, late)].find((at) => at + offset(at) === wanted);
  return new Date(found ?? wanted - early);
}

/** An instant as the program takes it. */
export const told = (instant: Date): string => instant.toISOString().replace('.000Z', 'Z');

/** What a clock shows, read out of a time with its offset, so that it can be formatted as if it were UTC. */
export const shownAt = (local: string): Date => new Date(`${local.slice(0, 16)}:00Z`);

/** A zone as people call it, as `Syria`; else by its city. */
export function zoneName(zone: string): string {
  if (zone === 'UTC') return zone;
  const city = (zone.split('/').pop() ?? zone).replaceAll('_', ' ');
  try {
    const parts = new Intl.DateTimeFormat(language.value, { timeZone: zone, timeZoneName: 'shortGeneric' }).formatToParts(0);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value.replace(/^heure\s?: |^توقيت | Time$/, '') ?? '';
    return name === '' || /\d|^[A-Z]+$/.test(name) ? city : name;
  } catch {
    return city;
  }
}
