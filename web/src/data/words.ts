// Names of kinds, tables, states and reasons.
import { words } from '../tongue';

const named = words({
  en: {
    kind: {
      areas: 'Areas', area_groups: 'Groups of areas', populations: 'Counts of people', statuses: 'Siege listings', convoys: 'Convoys', pauses: 'Pauses',
      incidents: 'Incidents', access_requests: 'Access requests', stocks: 'Stocks', facilities: 'Facilities', logistics: 'Logistics', observations: 'Observations',
      plans: 'Plans', organisations: 'Organisations', parties: 'Parties', sources: 'Sources', totals: 'Totals: places and people', coverage: 'Coverage of the need',
      outlook: 'Outlook: how long food lasts', gap: 'Gap: what is lacking', funnel: 'Funnel: from request to arrival', 'access/scorecard': 'Access: asked and answered',
      alerts: 'Open alerts', 'alerts/history': 'History of alerts', duplicates: 'Possible duplicates',
      boundaries: 'Boundaries', changes: 'Ledger: what was changed', imports: 'Imports', reports: 'Reports that were made', deliveries: 'Messages that were sent',
      exports: 'Exact positions that were given', lowerings: 'Levels asked to be lowered', users: 'People', tokens: 'Tokens of programs', account_changes: 'Changes of people and tokens',
    } as Record<string, string>,
    state: { running: 'Running', tried: 'Tried', committed: 'Imported', refused: 'Refused', undone: 'Undone', expired: 'Tried, not kept any more' } as Record<string, string>,
    reason: {
      same_day: 'same day', next_day: 'a day apart', same_areas: 'same areas', shared_area: 'an area in common', same_trucks: 'same number of trucks', overlapping_trucks: 'trucks may be the same number',
      unknown_trucks: 'trucks unknown', same_mode: 'same way', same_metric: 'same measure', same_source: 'same source', same_figures: 'same figures', other_figures: 'other figures',
      same_name: 'same name', like_name: 'similar name', same_publisher: 'same publisher', same_address: 'same address', same_pcode: 'same P-code',
    } as Record<string, string>,
  },
  ar: {
    kind: {
      areas: 'المناطق', area_groups: 'مجموعات المناطق', populations: 'إحصاءات السكان', statuses: 'قوائم الحصار', convoys: 'القوافل', pauses: 'الهدن',
      incidents: 'الحوادث', access_requests: 'طلبات الوصول', stocks: 'المخزون', facilities: 'المرافق', logistics: 'اللوجستيات', observations: 'المشاهدات',
      plans: 'الخطط', organisations: 'المنظمات', parties: 'الأطراف', sources: 'المصادر', totals: 'المجاميع: الأماكن والسكان', coverage: 'تغطية الحاجة',
      outlook: 'التوقعات: كم يكفي الغذاء', gap: 'الفجوة: ما ينقص', funnel: 'المسار: من الطلب إلى الوصول', 'access/scorecard': 'الوصول: ما طُلب وما أُجيب',
      alerts: 'التنبيهات القائمة', 'alerts/history': 'سجل التنبيهات', duplicates: 'مكررات محتملة',
      boundaries: 'الحدود', changes: 'السجل: ما تغيّر', imports: 'عمليات الاستيراد', reports: 'التقارير المُعدّة', deliveries: 'الرسائل المرسلة',
      exports: 'المواقع الدقيقة المسلَّمة', lowerings: 'مستويات طُلب خفضها', users: 'الأشخاص', tokens: 'رموز البرامج', account_changes: 'تغييرات الأشخاص والرموز',
    },
    state: { running: 'جارٍ', tried: 'جُرّب', committed: 'استُورد', refused: 'رُفض', undone: 'أُلغي', expired: 'جُرّب ولم يعد محفوظاً' },
    reason: {
      same_day: 'اليوم نفسه', next_day: 'بفارق يوم', same_areas: 'المناطق نفسها', shared_area: 'منطقة مشتركة', same_trucks: 'عدد الشاحنات نفسه', overlapping_trucks: 'قد يكون عدد الشاحنات نفسه',
      unknown_trucks: 'عدد الشاحنات غير معروف', same_mode: 'الطريقة نفسها', same_metric: 'المقياس نفسه', same_source: 'المصدر نفسه', same_figures: 'الأرقام نفسها', other_figures: 'أرقام أخرى',
      same_name: 'الاسم نفسه', like_name: 'اسم مشابه', same_publisher: 'الناشر نفسه', same_address: 'العنوان نفسه', same_pcode: 'رمز P-code نفسه',
    },
  },
  fr: {
    kind: {
      areas: 'Zones', area_groups: 'Groupes de zones', populations: 'Décomptes de personnes', statuses: 'Listes de sièges', convoys: 'Convois', pauses: 'Pauses',
      incidents: 'Incidents', access_requests: 'Demandes d’accès', stocks: 'Stocks', facilities: 'Établissements', logistics: 'Logistique', observations: 'Observations',
      plans: 'Plans', organisations: 'Organisations', parties: 'Parties', sources: 'Sources', totals: 'Totaux : lieux et personnes', coverage: 'Couverture du besoin',
      outlook: 'Perspectives : durée des vivres', gap: 'Écart : ce qui manque', funnel: 'Parcours : de la demande à l’arrivée', 'access/scorecard': 'Accès : demandes et réponses',
      alerts: 'Alertes en cours', 'alerts/history': 'Historique des alertes', duplicates: 'Doublons possibles',
      boundaries: 'Limites', changes: 'Registre : ce qui a changé', imports: 'Importations', reports: 'Rapports établis', deliveries: 'Messages envoyés',
      exports: 'Positions exactes remises', lowerings: 'Abaissements demandés', users: 'Personnes', tokens: 'Jetons de programmes', account_changes: 'Modifications des personnes et des jetons',
    },
    state: { running: 'En cours', tried: 'Essayé', committed: 'Importé', refused: 'Refusé', undone: 'Annulé', expired: 'Essayé, plus conservé' },
    reason: {
      same_day: 'même jour', next_day: 'à un jour près', same_areas: 'mêmes zones', shared_area: 'une zone en commun', same_trucks: 'même nombre de camions', overlapping_trucks: 'nombre de camions compatible',
      unknown_trucks: 'camions inconnus', same_mode: 'même mode', same_metric: 'même mesure', same_source: 'même source', same_figures: 'mêmes chiffres', other_figures: 'autres chiffres',
      same_name: 'même nom', like_name: 'nom semblable', same_publisher: 'même éditeur', same_address: 'même adresse', same_pcode: 'même P-code',
    },
  },
});

const PLURALS: Record<string, string> = { status: 'statuses', party: 'parties', facility: 'facilities', logistics: 'logistics' };

/** The word for a kind, by its word or by the name of its list. */
export function kindName(kind: string): string {
  const known = named().kind;
  return known[kind] ?? known[PLURALS[kind] ?? `${kind}s`] ?? kind.replaceAll('_', ' ');
}

export function word(of: 'state' | 'reason', value: string): string {
  return named()[of][value] ?? value.replaceAll('_', ' ');
}
