// Thresholds that can be tried: their units, and where an open alert tells the present value.
import { words } from '../tongue';
import type { Unit } from './numbers';
import type { Alert } from './types';

export interface Threshold {
  /** Its name in the settings. */
  name: string;
  unit: Unit;
  /** Which alerts name the value in force, and under which name. */
  told?: { rule: string; number: string };
}

export const THRESHOLDS: Threshold[] = [
  { name: 'no_delivery_days', unit: 'days', told: { rule: 'no_delivery', number: 'threshold_days' } },
  { name: 'no_delivery_critical_days', unit: 'days' },
  { name: 'runout_p50_days', unit: 'days', told: { rule: 'runout', number: 'threshold_days_p50' } },
  { name: 'runout_p50_critical_days', unit: 'days' },
  { name: 'low_coverage', unit: 'share', told: { rule: 'low_coverage', number: 'threshold_share' } },
  { name: 'stock_destroyed_share', unit: 'share', told: { rule: 'stock_destroyed', number: 'threshold_share' } },
  { name: 'stale_population_days', unit: 'days' },
  { name: 'population_jump_share', unit: 'share' },
  { name: 'convoy_overdue_hours', unit: 'hours', told: { rule: 'convoy_overdue', number: 'threshold_hours' } },
  { name: 'pause_unanswered_hours', unit: 'hours', told: { rule: 'pause_unanswered', number: 'threshold_hours' } },
  { name: 'event_days', unit: 'days' },
];

/** The values in force as far as open alerts tell them; places may have their own, so that there can be several. */
export function present({ told }: Threshold, alerts: Alert[]): number[] {
  if (!told) return [];
  const values = alerts.filter((alert) => alert.rule === told.rule).map((alert) => alert.numbers[told.number]);
  return [...new Set(values.filter((value): value is number => typeof value === 'number'))].sort((one, other) => one - other);
}

/** What is asked for: only fields that were filled in; per cent become shares. */
export function asked(fields: FormData): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { name, unit } of THRESHOLDS) {
    const text = String(fields.get(name) ?? '').trim();
    if (text !== '' && Number.isFinite(Number(text))) found[name] = unit === 'share' ? Number(text) / 100 : Number(text);
  }
  return found;
}

export const names = words({
  en: {
    no_delivery_days: 'No delivery for, days', no_delivery_critical_days: 'No delivery for, days: critical', runout_p50_days: 'Food lasts less than, days',
    runout_p50_critical_days: 'Food lasts less than, days: critical', low_coverage: 'Need covered below, %', stock_destroyed_share: 'Share of stock lost, %',
    stale_population_days: 'Count of people older than, days', population_jump_share: 'Counts of people differ by, %', convoy_overdue_hours: 'Convoy overdue for, hours',
    pause_unanswered_hours: 'Pause not answered for, hours', event_days: 'Events stay listed for, days',
  } as Record<string, string>,
  ar: {
    no_delivery_days: 'لا تسليم منذ، أيام', no_delivery_critical_days: 'لا تسليم منذ، أيام: حرج', runout_p50_days: 'الغذاء يكفي أقل من، أيام',
    runout_p50_critical_days: 'الغذاء يكفي أقل من، أيام: حرج', low_coverage: 'المغطى من الحاجة دون، ٪', stock_destroyed_share: 'المفقود من المخزون، ٪',
    stale_population_days: 'إحصاء السكان أقدم من، أيام', population_jump_share: 'تباين إحصاءات السكان، ٪', convoy_overdue_hours: 'تأخر القافلة، ساعات',
    pause_unanswered_hours: 'طلب هدنة بلا رد منذ، ساعات', event_days: 'تبقى الأحداث في القائمة، أيام',
  },
  fr: {
    no_delivery_days: 'Aucune livraison depuis, jours', no_delivery_critical_days: 'Aucune livraison depuis, jours : critique', runout_p50_days: 'Vivres pour moins de, jours',
    runout_p50_critical_days: 'Vivres pour moins de, jours : critique', low_coverage: 'Besoin couvert sous, %', stock_destroyed_share: 'Part du stock perdue, %',
    stale_population_days: 'Décompte plus vieux que, jours', population_jump_share: 'Décomptes divergents de, %', convoy_overdue_hours: 'Convoi en retard de, heures',
    pause_unanswered_hours: 'Pause sans réponse depuis, heures', event_days: 'Événements listés pendant, jours',
  },
});
