// Languages: which one is read, and words that stand beside the view that says them, in all three.
import { computed, effect, signal } from '@preact/signals';

export const LANGUAGES = { en: 'English', ar: 'العربية', fr: 'Français' } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT = 'passage.language';

function isLanguage(word: string | null | undefined): word is Language {
  return word !== null && word !== undefined && Object.hasOwn(LANGUAGES, word);
}

/** The language of the address, else the one chosen before, else the first of the browser's that there is. */
function first(): Language {
  const asked = new URLSearchParams(location.search).get('language');
  const before = kept(KEPT);
  const browser = navigator.languages.map((tag) => tag.slice(0, 2));
  return [asked, before, ...browser].find(isLanguage) ?? 'en';
}

/** What the browser kept under a name; browsers may forbid to ask. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // It is chosen again the next time.
  }
}

export const language = signal<Language>('en');
export const direction = computed(() => (language.value === 'ar' ? 'rtl' : 'ltr'));

export function beginLanguage(): void {
  language.value = first();
  effect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dir = direction.value;
    keep(KEPT, language.value);
  });
}

/** Where one logs in, in the language that is read. */
export const loginAddress = (): string => `/login?language=${language.value}`;

/** A text with places for what varies, as `{name}`. */
export type Text = string;
type Shape<W> = { [K in keyof W]: W[K] extends string ? string : Shape<W[K]> };

/**
 * Words in three languages. English decides which there are; the compiler asks for the same in the other two.
 *
 * @example const say = words({ en: { title: 'Convoys' }, ar: { title: 'القوافل' }, fr: { title: 'Convois' } });
 *          say().title
 */
export function words<W extends object>(all: { en: W; ar: Shape<NoInfer<W>>; fr: Shape<NoInfer<W>> }): () => W {
  const told = { ...all, fr: everywhere(all.fr, french) };
  return () => told[language.value] as W;
}

function everywhere<T>(of: T, write: (text: string) => string): T {
  if (typeof of === 'string') return write(of) as T;
  if (Array.isArray(of)) return of.map((one) => everywhere(one as unknown, write)) as T;
  if (typeof of !== 'object' || of === null) return of;
  return Object.fromEntries(Object.entries(of).map(([name, one]) => [name, everywhere(one as unknown, write)])) as T;
}

/** French as it is set: no line begins with a mark that has a space before it, or ends with an opening one. */
export const french = (text: string): string => text.replace(/ (?=[:;?!»%])/g, '\u00a0').replace(/« /g, '«\u00a0');

/** Puts values into the places of a text: `fill('{n} trucks', { n: 48 })`. */
export function fill(text: Text, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** Forms of a text by the rules of a language; those that are missing are `other`. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, Text>> & { other: Text };

/** Picks the form for a count by the rules of the language: Arabic has six. Forms that are missing are `other`. */
export function plural(count: number, forms: Forms): string {
  const rule = new Intl.PluralRules(language.value).select(count);
  return fill(forms[rule] ?? forms.other, { n: number(count) });
}

// Digits are those of phones and of the reports in all three languages, so that figures can be compared.
const locale = () => ({ en: 'en-GB', ar: 'ar-SY-u-nu-latn', fr: 'fr-FR' })[language.value];

/** A number as it is read, with at most `digits` behind the point. */
export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

/** A share of one as whole per cent, to the nearest. Nearly all is not all, and nearly nothing is not nothing. */
export function percent(share: number): string {
  const write = (whole: number) => new Intl.NumberFormat(locale(), { style: 'percent' }).format(whole / 100);
  const whole = Math.round(share * 100);
  if (share > 0 && whole === 0) return `< ${write(1)}`;
  if (share < 1 && whole === 100) return `> ${write(99)}`;
  return write(whole);
}

/** A day, as `26 Jul 2016`; the year is always told. */
export function day(at: string | number | Date): string {
  return format(at, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** A day and a time, in UTC. */
export function moment(at: string | number | Date): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const;
  return `${format(at, options)} UTC`;
}

/** A name in the language that is read, else in English, else in any. */
export function nameOf(names: Record<string, string> | null | undefined, otherwise: string): string {
  if (!names) return otherwise;
  return names[language.value] ?? names.en ?? Object.values(names)[0] ?? otherwise;
}

/** Formats an instant; what is no instant is shown as it came. */
export function format(at: string | number | Date, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  const written = new Intl.DateTimeFormat(locale(), { hour12: false, ...options });
  if (language.value === 'fr') return french(written.formatToParts(date).map(ordinal).join(''));
  if (language.value === 'en') return written.format(date);
  // The comma of a date and a time is not that of Arabic; and among other letters a date would stand in another order.
  return `\u2067${written.format(date).replaceAll(', ', '، ')}\u2069`;
}

/** The first of a month has a form of its own where the month is a word. */
function ordinal({ type, value }: Intl.DateTimeFormatPart, _: number, all: Intl.DateTimeFormatPart[]): string {
  const isWord = all.some((part) => part.type === 'month' && /\p{L}/u.test(part.value));
  return type === 'day' && value === '1' && isWord ? '1er' : value;
}

/** Keeps what reads from left to right in its order also in Arabic, where a range would else be turned round. */
export function held(text: string): string {
  return direction.value === 'rtl' ? `\u2066${text}\u2069` : text;
}

const marks = words({ en: { list: ', ', either: '; ' }, ar: { list: '، ', either: '؛ ' }, fr: { list: ', ', either: '\u00a0; ' } });

/** What stands between a name and what it is. */
export const colon = (): string => (language.value === 'fr' ? '\u00a0: ' : ': ');

/** What stands between the parts of a list, and between sentences that go together. */
export const listMark = (): string => marks().list;
export const either = (): string => marks().either;

const ends = words({
  en: { least: 'at least {n}', most: 'at most {n}', unknown: 'unknown' },
  ar: { least: '{n} على الأقل', most: '{n} على الأكثر', unknown: 'غير معروف' },
  fr: { least: 'au moins {n}', most: 'au plus {n}', unknown: 'inconnu' },
});

/** The low and the high of a range, `low–high`; one number where they are the same; at least, at most where one is unknown. */
export function range(low: number | null, high: number | null, show: (value: number) => string = number): string {
  if (low === null && high === null) return ends().unknown;
  if (high === null) return fill(ends().least, { n: show(low as number) });
  if (low === null) return fill(ends().most, { n: show(high) });
  if (low === high) return show(low);
  return held(`${show(low)}–${show(high)}`);
}
