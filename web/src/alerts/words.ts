// Words for rules, severities and states of alerts.
import { words } from '../tongue';

const named = words({
  en: {
    severity: { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' } as Record<string, string>,
    state: { raised: 'Raised', acknowledged: 'Acknowledged', silenced: 'Silenced', resolved: 'Over' } as Record<string, string>,
    step: {
      raised: 'Raised', updated: 'Changed', acknowledged: 'Acknowledged', silenced: 'Silenced', unsilenced: 'No longer silenced', resolved: 'Over',
    } as Record<string, string>,
    rule: {
      runout: 'Food runs out', no_delivery: 'No delivery', low_coverage: 'Little of the need is covered', stock_destroyed: 'Stock destroyed',
      convoy_stalled: 'Convoy stands still', convoy_overdue: 'Convoy is overdue', convoy_denied: 'Convoy denied', convoy_attacked: 'Convoy attacked',
      items_removed: 'Items taken off', pause_ending: 'Pause is ending', pause_unanswered: 'Pause not answered', pause_violated: 'Pause broken',
      facility_attacked: 'Facility attacked', route_cut: 'Route cut', newly_besieged: 'Newly besieged', stale_estimate: 'Old count of people',
      population_jump: 'Counts of people differ', data_gap: 'Needs counting', future_dated: 'Dated in the future', over_delivery: 'More delivered than loaded',
      report_skipped: 'Report not made', delivery_failed: 'Message not delivered',
    } as Record<string, string>,
  },
  ar: {
    severity: { critical: 'حرج', high: 'مرتفع', medium: 'متوسط', low: 'منخفض' },
    state: { raised: 'قائمة', acknowledged: 'جرى تسلّمها', silenced: 'مُسكَتة', resolved: 'انتهت' },
    step: { raised: 'ظهر', updated: 'تغيّر', acknowledged: 'جرى تسلّمه', silenced: 'أُسكت', unsilenced: 'لم يعد مُسكتاً', resolved: 'انتهى' },
    rule: {
      runout: 'الغذاء ينفد', no_delivery: 'لا تسليم', low_coverage: 'المغطى من الحاجة قليل', stock_destroyed: 'تدمير مخزون',
      convoy_stalled: 'قافلة متوقفة', convoy_overdue: 'قافلة متأخرة', convoy_denied: 'رفض قافلة', convoy_attacked: 'هجوم على قافلة',
      items_removed: 'إزالة مواد', pause_ending: 'هدنة توشك أن تنتهي', pause_unanswered: 'طلب هدنة بلا رد', pause_violated: 'خرق هدنة',
      facility_attacked: 'هجوم على مرفق', route_cut: 'قطع طريق', newly_besieged: 'حصار جديد', stale_estimate: 'إحصاء سكان قديم',
      population_jump: 'إحصاءات سكان متباينة', data_gap: 'يحتاج إلى إحصاء', future_dated: 'تاريخ في المستقبل', over_delivery: 'المسلَّم أكثر من المحمَّل',
      report_skipped: 'تقرير لم يُعدّ', delivery_failed: 'رسالة لم تصل',
    },
  },
  fr: {
    severity: { critical: 'Critique', high: 'Élevée', medium: 'Moyenne', low: 'Faible' },
    state: { raised: 'Levées', acknowledged: 'Prises en charge', silenced: 'Mises en silence', resolved: 'Terminées' },
    step: { raised: 'Levée', updated: 'Modifiée', acknowledged: 'Prise en charge', silenced: 'Mise en silence', unsilenced: 'Silence levé', resolved: 'Terminée' },
    rule: {
      runout: 'Vivres épuisés', no_delivery: 'Aucune livraison', low_coverage: 'Besoin peu couvert', stock_destroyed: 'Stock détruit',
      convoy_stalled: 'Convoi immobilisé', convoy_overdue: 'Convoi en retard', convoy_denied: 'Convoi refusé', convoy_attacked: 'Convoi attaqué',
      items_removed: 'Articles retirés', pause_ending: 'Pause qui s’achève', pause_unanswered: 'Pause sans réponse', pause_violated: 'Pause violée',
      facility_attacked: 'Établissement attaqué', route_cut: 'Route coupée', newly_besieged: 'Nouvellement assiégé', stale_estimate: 'Décompte ancien',
      population_jump: 'Décomptes divergents', data_gap: 'À recenser', future_dated: 'Daté dans le futur', over_delivery: 'Plus livré que chargé',
      report_skipped: 'Rapport non établi', delivery_failed: 'Message non remis',
    },
  },
});

/** The word for a value; one that is not known is read as it is written. */
export function word(of: 'severity' | 'state' | 'step' | 'rule', value: string): string {
  return named()[of][value] ?? value.replaceAll('_', ' ');
}
