// The program's words as people say them, in three languages. A word that is not known here is shown with spaces.
import { language, words } from '../tongue';
import { COMMODITIES } from './commodities';

const known = words({
  en: {
    planned: 'planned', requested: 'asked for', approved: 'approved', denied: 'denied', loaded: 'loaded', departed: 'on the way', at_checkpoint: 'at a checkpoint', entered: 'inside', offloaded: 'taken off the trucks', completed: 'completed', postponed: 'put off', cancelled: 'cancelled', turned_back: 'turned back', attacked: 'attacked', looted: 'looted', closed_with_loss: 'closed with loss',
    cross_line: 'across the line', cross_border: 'across the border', airdrop: 'airdrop', airlift: 'airlift', local_distribution: 'handed out on the spot',
    aid: 'aid', mission: 'mission without goods', move: 'move', delay: 'delay', reroute: 'other route', note: 'note',
    delivered: 'delivered', delivered_after_delay: 'delivered late', delivered_with_incident: 'delivered, with an incident', partial: 'delivered in part', dispatched: 'sent out', delayed: 'delayed', blocked: 'blocked', announced: 'announced', refused: 'refused', agreed: 'agreed',
    event: 'the event', aggregate: 'a sum of several', attempt: 'an attempt', component: 'a part of it', approx: 'about this day', month: 'in this month', year: 'in this year', day: 'to the day',
    assumed_cargo: 'the cargo is assumed', assumed_ration_days: 'the days of the ration are assumed', delivered_implied: 'delivery follows from the arrival; nobody reported it', delivered_unknown: 'what was delivered is not known', drops_without_list: 'no list of goods', load_unknown: 'what was loaded is not known', mission_without_cargo: 'a mission without goods', not_arrived: 'has not arrived', part_of_other_convoys: 'part of another operation', unknown_cargo: 'the cargo is not known', unknown_quantity: 'a quantity is not known', conflicting_reports: 'reports contradict each other', estimate_range_wide: 'the range is wide', single_source: 'one source only',
    arrived: 'arrived', on_the_road: 'on the road', stopped: 'stopped', food: 'Food', health: 'Health', water: 'Water', nutrition: 'Nutrition', nfi: 'Household goods', shelter: 'Shelter', hygiene: 'Hygiene', wash: 'Water and hygiene', education: 'Education', fuel: 'Fuel', energy: 'Energy', protection: 'Protection', other: 'Other', multi: 'Several sectors',
    bulk_food: 'loose', parcel: 'parcels', health_kit: 'health kits', kit: 'kits', unit: 'pieces', bag: 'bags', kg: 'kg', l: 'litres', t: 'tonnes',
    create: 'created', revise: 'changed', withdraw: 'taken back', confirm: 'confirmed', merge: 'merged', unmerge: 'merge undone', import: 'imported',
    public: 'public', internal: 'internal', confidential: 'confidential', strictly_confidential: 'strictly confidential',
  },
  ar: {
    planned: 'مخطط لها', requested: 'مطلوبة', approved: 'موافَق عليها', denied: 'مرفوضة', loaded: 'محمّلة', departed: 'في الطريق', at_checkpoint: 'عند حاجز', entered: 'في الداخل', offloaded: 'أُنزلت الحمولة', completed: 'مكتملة', postponed: 'مؤجّلة', cancelled: 'ملغاة', turned_back: 'أُعيدت', attacked: 'تعرّضت لهجوم', looted: 'نُهبت', closed_with_loss: 'أُغلقت مع خسارة',
    cross_line: 'عبر خطوط التماس', cross_border: 'عبر الحدود', airdrop: 'إسقاط جوي', airlift: 'جسر جوي', local_distribution: 'توزيع في المكان',
    aid: 'مساعدات', mission: 'بعثة بلا حمولة', move: 'انتقال', delay: 'تأخير', reroute: 'طريق آخر', note: 'ملاحظة',
    delivered: 'سُلّمت', delivered_after_delay: 'سُلّمت متأخرة', delivered_with_incident: 'سُلّمت مع وقوع حادث', partial: 'سُلّمت جزئياً', dispatched: 'انطلقت', delayed: 'تأخرت', blocked: 'مُنعت', announced: 'أُعلنت', refused: 'رُفضت', agreed: 'اتُّفق عليها',
    event: 'الحدث', aggregate: 'مجموع عدة قوافل', attempt: 'محاولة', component: 'جزء منها', approx: 'نحو هذا اليوم', month: 'في هذا الشهر', year: 'في هذه السنة', day: 'باليوم',
    assumed_cargo: 'الحمولة مفترضة', assumed_ration_days: 'أيام الحصة مفترضة', delivered_implied: 'التسليم مستنتج من الوصول ولم يبلّغ عنه أحد', delivered_unknown: 'الكمية المسلَّمة غير معروفة', drops_without_list: 'لا قائمة بالمواد', load_unknown: 'الكمية المحمَّلة غير معروفة', mission_without_cargo: 'بعثة بلا حمولة', not_arrived: 'لم تصل', part_of_other_convoys: 'جزء من عملية أخرى', unknown_cargo: 'الحمولة غير معروفة', unknown_quantity: 'إحدى الكميات غير معروفة', conflicting_reports: 'التقارير متناقضة', estimate_range_wide: 'المدى واسع', single_source: 'مصدر واحد فقط',
    arrived: 'وصلت', on_the_road: 'في الطريق', stopped: 'متوقفة', food: 'غذاء', health: 'صحة', water: 'مياه', nutrition: 'تغذية', nfi: 'مواد غير غذائية', shelter: 'مأوى', hygiene: 'نظافة', wash: 'مياه ونظافة', education: 'تعليم', fuel: 'وقود', energy: 'طاقة', protection: 'حماية', other: 'أخرى', multi: 'قطاعات عدة',
    bulk_food: 'سائبة', parcel: 'سلال', health_kit: 'مجموعات صحية', kit: 'مجموعات', unit: 'قطعة', bag: 'كيس', kg: 'كغ', l: 'لتر', t: 'طن',
    create: 'أُنشئ', revise: 'عُدّل', withdraw: 'سُحب', confirm: 'أُكّد', merge: 'دُمج', unmerge: 'أُلغي الدمج', import: 'استُورد',
    public: 'علني', internal: 'داخلي', confidential: 'سري', strictly_confidential: 'سري للغاية',
  },
  fr: {
    planned: 'prévu', requested: 'demandé', approved: 'approuvé', denied: 'refusé', loaded: 'chargé', departed: 'en route', at_checkpoint: 'à un point de contrôle', entered: 'à l’intérieur', offloaded: 'déchargé', completed: 'achevé', postponed: 'reporté', cancelled: 'annulé', turned_back: 'renvoyé', attacked: 'attaqué', looted: 'pillé', closed_with_loss: 'clos avec perte',
    cross_line: 'à travers la ligne de front', cross_border: 'transfrontalier', airdrop: 'largage aérien', airlift: 'pont aérien', local_distribution: 'distribution sur place',
    aid: 'aide', mission: 'mission sans cargaison', move: 'étape', delay: 'retard', reroute: 'autre itinéraire', note: 'note',
    delivered: 'livré', delivered_after_delay: 'livré en retard', delivered_with_incident: 'livré, avec un incident', partial: 'livré en partie', dispatched: 'parti', delayed: 'retardé', blocked: 'bloqué', announced: 'annoncé', refused: 'refusé', agreed: 'convenu',
    event: 'l’événement', aggregate: 'une somme de plusieurs', attempt: 'une tentative', component: 'une partie', approx: 'vers ce jour', month: 'ce mois-là', year: 'cette année-là', day: 'au jour près',
    assumed_cargo: 'cargaison supposée', assumed_ration_days: 'jours de ration supposés', delivered_implied: 'livraison déduite de l’arrivée ; personne ne l’a rapportée', delivered_unknown: 'quantité livrée inconnue', drops_without_list: 'aucune liste de biens', load_unknown: 'quantité chargée inconnue', mission_without_cargo: 'mission sans cargaison', not_arrived: 'n’est pas arrivé', part_of_other_convoys: 'partie d’une autre opération', unknown_cargo: 'cargaison inconnue', unknown_quantity: 'une quantité est inconnue', conflicting_reports: 'rapports contradictoires', estimate_range_wide: 'intervalle large', single_source: 'une seule source',
    arrived: 'arrivé', on_the_road: 'en route', stopped: 'arrêté', food: 'Alimentation', health: 'Santé', water: 'Eau', nutrition: 'Nutrition', nfi: 'Articles ménagers', shelter: 'Abri', hygiene: 'Hygiène', wash: 'Eau et hygiène', education: 'Éducation', fuel: 'Carburant', energy: 'Énergie', protection: 'Protection', other: 'Autre', multi: 'Plusieurs secteurs',
    bulk_food: 'en vrac', parcel: 'colis', health_kit: 'kits de santé', kit: 'kits', unit: 'pièces', bag: 'sacs', kg: 'kg', l: 'litres', t: 'tonnes',
    create: 'créé', revise: 'modifié', withdraw: 'retiré', confirm: 'confirmé', merge: 'fusionné', unmerge: 'fusion annulée', import: 'importé',
    public: 'public', internal: 'interne', confidential: 'confidentiel', strictly_confidential: 'strictement confidentiel',
  },
});

/** A word of the program, as it is said. */
export function name(word: string): string {
  const all = known() as Record<string, string>;
  return Object.hasOwn(all, word) ? (all[word] as string) : word.replaceAll('_', ' ');
}

/** Columns of the board. */
export const columns = words({
  en: { asked: 'Being asked for', allowed: 'Allowed', road: 'On the road', arrived: 'Arrived', stopped: 'Held up', ended: 'Will not arrive', hidden: 'Not shown to you' },
  ar: { asked: 'قيد الطلب', allowed: 'مسموح بها', road: 'على الطريق', arrived: 'وصلت', stopped: 'متعثرة', ended: 'لن تصل', hidden: 'غير معروضة لك' },
  fr: { asked: 'En demande', allowed: 'Autorisés', road: 'En route', arrived: 'Arrivés', stopped: 'Arrêtés', ended: 'N’arriveront pas', hidden: 'Non affichés pour vous' },
});

/** What a commodity is called; one that is not in the table by its code. */
export function goodsName(code: string): string {
  const row = COMMODITIES.find(([own]) => own === code);
  if (!row) return code.replaceAll('_', ' ');
  const [, , en, ar, fr] = row;
  return { en, ar, fr }[language.value];
}
