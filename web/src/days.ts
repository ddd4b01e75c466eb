// How long something lasts, as days that are read: what lies beyond the days looked ahead is said, and no day is told too late.
import { fill, held, number, words } from './tongue';

const say = words({
  en: {
    open: 'from {early}, most likely {middle}, beyond {far}', openFrom: 'from {early} on, or beyond {far}', about: 'most likely {middle}, beyond {far}', beyond: 'beyond {far}', looked: 'what was looked ahead',
    noNeed: 'Nobody is known to be there who needs food.', noStock: 'Nobody is known to have counted the food, so no day can be told on which it ends.', noStockCount: 'How long food lasts cannot be told without a count of the people.', unknownNeed: 'How long food lasts is not known.',
  },
  ar: {
    open: 'من {early}، والأرجح {middle}، وقد تتجاوز {far}', openFrom: 'من {early} فصاعداً، وقد تتجاوز {far}', about: 'الأرجح {middle}، وقد تتجاوز {far}', beyond: 'أكثر من {far}', looked: 'المدة المنظور فيها',
    noNeed: 'لا يُعرف أن هناك من يحتاج إلى الغذاء.', noStock: 'لا يُعرف أن أحداً أحصى الغذاء، فلا يمكن تحديد يوم نفاده.', noStockCount: 'لا يمكن معرفة مدة كفاية الغذاء من دون إحصاء السكان.', unknownNeed: 'مدة كفاية الغذاء غير معروفة.',
  },
  fr: {
    open: 'dès {early}, le plus probable {middle}, au-delà de {far}', openFrom: 'dès {early}, ou au-delà de {far}', about: 'le plus probable {middle}, au-delà de {far}', beyond: 'au-delà de {far}', looked: 'la période examinée',
    noNeed: 'On ne connaît là personne qui ait besoin de vivres.', noStock: 'Personne, à notre connaissance, n’a compté les vivres : on ne peut dire quel jour ils s’épuisent.', noStockCount: 'Sans décompte de la population, on ne peut dire combien de temps durent les vivres.', unknownNeed: 'On ne sait pas combien de temps durent les vivres.',
  },
});

/** Days from now; the program leaves out each end by itself where it lies beyond the days that it looked ahead. */
export interface DaysLeft {
  p10: number | null;
  p50: number | null;
  p90: number | null;
  /** The chance that it never runs out; `null` where nothing at all is known. */
  p_never?: number | null;
}

/** The day that is told is never later than the one that was meant. */
export const whole = (days: number): string => number(Math.max(0, Math.floor(days)));

/** Is anything known of how long it lasts? That it lasts beyond the days looked ahead is known too. */
export function isForeseen({ p10, p50, p90, p_never }: DaysLeft): boolean {
  return p10 !== null || p50 !== null || p90 !== null || p_never !== null;
}

/** `0–2`; `from 5, most likely 40, beyond 120`; `from 9 on, or beyond 120`; `beyond 120`. `null` where nothing is known. */
export function daysLeft(left: DaysLeft, horizonDays: number | null | undefined): string | null {
  if (!isForeseen(left)) return null;
  const { p10, p50, p90 } = left;
  const far = horizonDays == null ? say().looked : whole(horizonDays);
  if (p90 !== null) {
    const [early, late] = [whole(p10 ?? p50 ?? p90), whole(p90)];
    return early === late ? early : held(`${early}–${late}`);
  }
  const values = { early: whole(p10 ?? 0), middle: whole(p50 ?? 0), far };
  if (p50 !== null) return fill(p10 === null ? say().about : say().open, values);
  return fill(p10 === null ? say().beyond : say().openFrom, values);
}

/** Why it is not known how long it lasts, by the status of the outlook. */
export function unforeseen(status: string): string {
  const why: Record<string, string> = { no_need: say().noNeed, unknown_stock: say().noStock, unknown_population: say().noStockCount };
  return why[status] ?? say().unknownNeed;
}

/** The first day on which it may be gone: lists are sorted and maps are graded by it. `null` is unknown, or beyond the days looked ahead. */
export function earliest({ p10, p50, p90 }: DaysLeft): number | null {
  return p10 ?? p50 ?? p90;
}
