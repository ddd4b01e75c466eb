// The numbers an alert rests on, made readable: units stand in their names, a low and a high are one range.
import { fill, language, number, percent, plural, range, words } from '../tongue';

type Value = number | string | boolean | null;
export interface Line {
  name: string;
  label: string;
  /** `null` is unknown. */
  text: string | null;
}

const say = words({
  en: {
    yes: 'yes',
    no: 'no',
    names: {
      age: 'Age of the figure', age_of_count: 'Age of the count', change: 'Change', coverage: 'Need that is covered',
      days_left_p10: 'Food lasts, early end (one chance in ten)', days_left_p50: 'Food lasts, middle estimate',
      days_left_with: 'Food lasts with the loss', days_left_without: 'Food would have lasted without it', days_of_need: 'What was lost, as need of everybody',
      days_since_last_delivery: 'Since the last delivery', days_waited: 'Waited', field: 'What needs counting', food: 'Food delivered',
      hours_since_request: 'Since the request', hours_to_start: 'Until it should begin', injured: 'Injured', killed: 'Killed',
      last_of_its_kind: 'Last of its kind in the area', loss_exceeds_stock: 'Loss is greater than the known stock', lost: 'Food lost',
      not_before_days: 'Not to be expected before', one_holder_only: 'Stock of one holder only', party: 'Party', people: 'People',
      people_before: 'People, before', people_now: 'People, now', people_other: 'People, other count', scheme: 'Whose count', share_of_stock: 'Share of the stock',
      spread: 'How far counts lie apart', stage: 'Stage', stock: 'Food in store', terminal: 'Did it end the pause', threshold: 'Threshold',
      threshold_p10: 'Threshold, early end', threshold_p50: 'Threshold, middle estimate',
    } as Record<string, string>,
    about: 'about {n}',
    words: { stock: 'food in store', population: 'people', press: 'press and other reports', un: 'United Nations', attacked: 'attacked' } as Record<string, string>,
  },
  ar: {
    yes: 'نعم',
    no: 'لا',
    names: {
      age: 'عمر الرقم', age_of_count: 'عمر الإحصاء', change: 'التغيّر', coverage: 'الحاجة المغطاة',
      days_left_p10: 'يكفي الغذاء، النهاية المبكرة (احتمال واحد من عشرة)', days_left_p50: 'يكفي الغذاء، التقدير الأوسط',
      days_left_with: 'يكفي الغذاء مع الخسارة', days_left_without: 'كان الغذاء سيكفي من دونها', days_of_need: 'ما فُقد مقيساً بحاجة الجميع',
      days_since_last_delivery: 'منذ آخر تسليم', days_waited: 'مدة الانتظار', field: 'ما يحتاج إلى إحصاء', food: 'الغذاء المسلَّم',
      hours_since_request: 'منذ الطلب', hours_to_start: 'حتى موعد البدء', injured: 'الجرحى', killed: 'القتلى',
      last_of_its_kind: 'الأخير من نوعه في المنطقة', loss_exceeds_stock: 'الخسارة أكبر من المخزون المعروف', lost: 'الغذاء المفقود',
      not_before_days: 'لا يُتوقع قبل', one_holder_only: 'مخزون جهة واحدة فقط', party: 'الطرف', people: 'السكان',
      people_before: 'السكان سابقاً', people_now: 'السكان الآن', people_other: 'السكان في إحصاء آخر', scheme: 'إحصاء من', share_of_stock: 'النسبة من المخزون',
      spread: 'التباعد بين الإحصاءات', stage: 'المرحلة', stock: 'الغذاء المخزون', terminal: 'هل أنهى الهدنة', threshold: 'العتبة',
      threshold_p10: 'العتبة، النهاية المبكرة', threshold_p50: 'العتبة، التقدير الأوسط',
    },
    about: 'نحو {n}',
    words: { stock: 'الغذاء المخزون', population: 'السكان', press: 'الصحافة وتقارير أخرى', un: 'الأمم المتحدة', attacked: 'هوجمت' },
  },
  fr: {
    yes: 'oui',
    no: 'non',
    names: {
      age: 'Âge du chiffre', age_of_count: 'Âge du décompte', change: 'Variation', coverage: 'Besoin couvert',
      days_left_p10: 'Durée des vivres, fin précoce (une chance sur dix)', days_left_p50: 'Durée des vivres, estimation médiane',
      days_left_with: 'Durée des vivres avec la perte', days_left_without: 'Durée des vivres sans la perte', days_of_need: 'Perte, en besoin de tous',
      days_since_last_delivery: 'Depuis la dernière livraison', days_waited: 'Attente', field: 'À recenser', food: 'Vivres livrés',
      hours_since_request: 'Depuis la demande', hours_to_start: 'Avant le début prévu', injured: 'Blessés', killed: 'Tués',
      last_of_its_kind: 'Dernier de son genre dans la zone', loss_exceeds_stock: 'Perte supérieure au stock connu', lost: 'Vivres perdus',
      not_before_days: 'Pas attendu avant', one_holder_only: 'Stock d’un seul détenteur', party: 'Partie', people: 'Personnes',
      people_before: 'Personnes, avant', people_now: 'Personnes, maintenant', people_other: 'Personnes, autre décompte', scheme: 'Décompte de', share_of_stock: 'Part du stock',
      spread: 'Écart entre les décomptes', stage: 'Étape', stock: 'Vivres en stock', terminal: 'A mis fin à la pause', threshold: 'Seuil',
      threshold_p10: 'Seuil, fin précoce', threshold_p50: 'Seuil, estimation médiane',
    },
    about: 'environ {n}',
    words: { stock: 'vivres en stock', population: 'personnes', press: 'presse et autres rapports', un: 'Nations Unies', attacked: 'attaqué' },
  },
});

type Forms = Record<'days' | 'hours' | 'person_days', Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;
const units = words<Forms>({
  en: {
    days: { one: '{n} day', other: '{n} days' }, hours: { one: '{n} hour', other: '{n} hours' },
    person_days: { one: 'rations for {n} person for a day', other: 'rations for {n} people for a day' },
  },
  ar: {
    days: { one: 'يوم واحد', two: 'يومان', few: '{n} أيام', many: '{n} يوماً', other: '{n} يوم' },
    hours: { one: 'ساعة واحدة', two: 'ساعتان', few: '{n} ساعات', many: '{n} ساعة', other: '{n} ساعة' },
    person_days: { one: 'حصص يوم واحد لـ {n} شخص', two: 'حصص يوم واحد لـ {n} شخص', other: 'حصص يوم واحد لـ {n} شخص' },
  },
  fr: {
    days: { one: '{n} jour', other: '{n} jours' }, hours: { one: '{n} heure', other: '{n} heures' },
    person_days: { one: 'rations d’un jour pour {n} personne', other: 'rations d’un jour pour {n} personnes' },
  },
});

export type Unit = 'days' | 'hours' | 'person_days' | 'share' | 'count';

/** The unit that a name tells. */
export function unitOf(name: string): Unit {
  const parts = `_${name}_`;
  if (parts.includes('_person_days_')) return 'person_days';
  if (parts.includes('_share_') || parts.includes('_coverage_')) return 'share';
  if (parts.includes('_days_')) return 'days';
  if (parts.includes('_hours_')) return 'hours';
  return 'count';
}

/** A value as exactly as it matters: tenths only where there are few. */
function rounded(value: number, unit: Unit): number {
  return Math.abs(value) < 10 && unit !== 'person_days' ? Math.round(value * 10) / 10 : Math.round(value);
}

/** A value with its unit, as it is read. */
export function withUnit(value: number, unit: Unit): string {
  if (unit === 'share') return percent(value);
  if (unit === 'count') return number(value, 1);
  const shown = rounded(value, unit);
  const text = plural(shown, units()[unit]);
  return Number.isInteger(shown) ? text : text.replace(number(shown), number(shown, 1));
}

function label(name: string, unit: Unit): string {
  const known = say().names;
  const short = name.replace(/_(person_days|share|days|hours)(?=_|$)/, '');
  return known[name] ?? known[short] ?? (unit === 'count' ? name : short).replaceAll('_', ' ');
}

function single(value: Value, unit: Unit): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? say().yes : say().no;
  if (typeof value === 'string') return say().words[value] ?? value.replaceAll('_', ' ');
  return withUnit(value, unit);
}

/** Counts of people that come without their range: of one the program tells the middle. */
const PEOPLE = ['people', 'people_before', 'people_now', 'people_other'];

/** The numbers of an alert, line by line; `x_low` and `x_high` are one line, also where only one of them is told. */
export function readable(numbers: Record<string, Value>): Line[] {
  const lines: Line[] = [];
  const told = new Set<string>();
  for (const [name, value] of Object.entries(numbers)) {
    const unit = unitOf(name);
    const base = name.replace(/_(low|high)$/, '');
    if (base === name) {
      const text = single(value, unit);
      lines.push({ name, label: label(name, unit), text: PEOPLE.includes(name) && text !== null ? fill(say().about, { n: text }) : text });
    } else if (!told.has(base)) {
      told.add(base);
      const text = between(numbers[`${base}_low`] ?? null, numbers[`${base}_high`] ?? null, unit);
      lines.push({ name: `${base}_low_high`, label: label(base, unit), text });
    }
  }
  return lines;
}

function between(low: Value, high: Value, unit: Unit): string | null {
  if (low === null && high === null) return null;
  const [least, most] = [low, high].map((end) => (typeof end === 'number' ? end : null)) as [number | null, number | null];
  // An end that is told in words is read as it is.
  if (least === null && most === null) return single(low ?? high, unit);
  if (least === null || most === null || unit === 'share') return range(least, most, (value) => withUnit(value, unit));
  if (unit === 'count') return range(least, most, (value) => number(value, 1));
  const ends = [rounded(least, unit), rounded(most, unit)] as const;
  if (ends[0] === ends[1]) return withUnit(most, unit);
  // A form that has no place for a number, as the Arabic for two, cannot say a range.
  const forms = units()[unit];
  const form = forms[new Intl.PluralRules(language.value).select(ends[1])] ?? forms.other;
  return fill(form.includes('{n}') ? form : forms.other, { n: range(...ends, (value) => number(value, 1)) });
}

/** How long something lasted, as it is read. */
export function lasted(hours: number): string {
  return hours >= 48 ? withUnit(hours / 24, 'days') : withUnit(hours, 'hours');
}
