// Words of closed lists as these pages say them. What is not listed is shown as the program writes it, with spaces.
import { words } from '../tongue';

const terms = words({
  en: {
    why: { 'the energy of the ration is not told': 'the energy of the ration is not told', 'not in a unit that can be counted, or older than the one that is used': 'not in a unit that can be counted, or older than the one that is used', 'how much of it came here is not known': 'how much of it came here is not known', unknown_content: 'what is in it is not told', in_words: 'told in words', unknown_unit: 'not in a unit that can be counted', counted_again: 'the same holder counted again', older: 'older than the counts that are used', part_of_whole: 'one store of several; the whole was counted' },
    tier: { tier: 'tier' },
    flag: { one_holder: 'what one organisation holds', stale_count: 'the count is old', counts_may_overlap: 'counts may overlap', unknown_inflow: 'what comes in by itself is not known', stale_inflow: 'what comes in by itself was told long ago', unknown_arrivals: 'arrivals of unknown size', assumed_ration: 'energy of the ration assumed', assumed_cargo: 'cargo assumed', open_population: 'no upper end for the people', low_ration: 'very low ration', unknown_losses: 'losses of unknown size', counts_in_words: 'stocks told in words', unknown_stock: 'stock not counted', unknown_population: 'people not counted', unknown_need: 'daily use not known' },
    scheme: { un: 'UN', siege_watch: 'Siege Watch', press: 'Press and others', own: 'Own judgement' },
    status: { besieged: 'besieged', hard_to_reach: 'hard to reach', watchlist: 'on the watchlist', accessible: 'accessible', evacuated: 'evacuated', delisted: 'taken off the list' },
    metric: { residents: 'residents', besieged: 'besieged', hard_to_reach: 'hard to reach', besieged_and_hard_to_reach: 'besieged and hard to reach', watchlist: 'on the watchlist', trapped: 'trapped', in_need: 'in need', assisted: 'assisted' },
    severity: { critical: 'critical', high: 'high', medium: 'medium', low: 'low', data_gap: 'not known', none: 'no urgency' },
    sector: { food: 'Food', water: 'Water', health: 'Health', fuel: 'Fuel' },
    unit: { person_days: 'person-days', litres: 'litres' },
    input: { stock: 'stock counted', arrival: 'delivery', population: 'count of people', loss: 'loss', ration: 'ration', inflow: 'comes in by itself', planned: 'planned delivery' },
    pause: { requested: 'asked for', announced: 'announced', ceasefire: 'ceasefire', cessation_of_hostilities: 'cessation of hostilities', corridor: 'corridor', evacuation: 'evacuation', endorsement: 'endorsement' },
    incident: {
      health_facility_hit: 'health facility hit', health_facility_near_hit: 'health facility near hit', bakery_hit: 'bakery hit', water_station_hit: 'water station hit', warehouse_hit: 'warehouse hit',
      convoy_attacked: 'convoy attacked', convoy_fired_on: 'convoy fired on', convoy_looted: 'convoy looted', convoy_obstructed: 'convoy obstructed', aid_vehicle_fired_on: 'aid vehicle fired on', aid_worker_attacked: 'aid worker attacked',
      shelling: 'shelling', shelling_at_distribution: 'shelling at distribution', air_strike: 'air strike', hostilities: 'hostilities', chemical_attack_alleged: 'chemical attack alleged', starvation_deaths: 'starvation deaths',
      supply_route_cut: 'supply route cut', medical_evacuation: 'medical evacuation', evacuation: 'evacuation', pause_violation: 'pause violation', other: 'other',
    },
    answer: { approved: 'approved', approved_with_conditions: 'approved with conditions', partly_approved: 'partly approved', denied: 'denied', no_answer: 'no answer', pending: 'pending' },
    facility: { hospital: 'hospital', clinic: 'clinic', bakery: 'bakery', warehouse: 'warehouse', water_station: 'water station', crossing: 'crossing', checkpoint: 'checkpoint', supply_route: 'supply route', school: 'school', other: 'other' },
    works: { working: 'working', partly: 'partly working', not_working: 'not working' },
    party: { GOS: 'Government of Syria', NSAG: 'non-State armed groups', UN: 'United Nations', ISIL: 'ISIL' },
    rule: {
      runout: 'Known food ends soon', stock_destroyed: 'Food in store destroyed', data_gap: 'Not counted', no_delivery: 'No known arrival for long', low_coverage: 'Arrivals meet little of the need', stale_estimate: 'Old estimate',
      population_jump: 'Counts of people disagree', facility_attacked: 'Health facilities and the like hit', newly_besieged: 'Newly said to be besieged', route_cut: 'The way in cut', pause_ending: 'Pause about to end', pause_unanswered: 'Pause without an answer',
      pause_violated: 'Pause broken', convoy_denied: 'Convoy denied or turned back', convoy_attacked: 'Convoy attacked', convoy_overdue: 'Convoy overdue', convoy_stalled: 'Convoy without news', items_removed: 'Goods taken off a convoy', over_delivery: 'More delivered than can be', future_dated: 'Dated in the future',
    },
    action: { create: 'first written', amend: 'amended', update: 'amended', withdraw: 'taken back', confirm: 'confirmed', restore: 'put back' },
  },
  ar: {
    why: { 'the energy of the ration is not told': 'طاقة الحصة غير مذكورة', 'not in a unit that can be counted, or older than the one that is used': 'ليست بوحدة تُعد، أو أقدم من المستعملة', 'how much of it came here is not known': 'لا يُعرف كم وصل منه إلى هنا', unknown_content: 'محتواه غير مذكور', in_words: 'مذكور بالكلمات', unknown_unit: 'ليس بوحدة تُعد', counted_again: 'أعادت الجهة نفسها الإحصاء', older: 'أقدم من الإحصاءات المستعملة', part_of_whole: 'مستودع من عدة؛ وقد أُحصي الكل' },
    tier: { tier: 'المستوى' },
    flag: { one_holder: 'ما لدى جهة واحدة', stale_count: 'الإحصاء قديم', counts_may_overlap: 'قد تتداخل الإحصاءات', unknown_inflow: 'ما يدخل من تلقائه غير معروف', stale_inflow: 'ما يدخل من تلقائه ذُكر منذ وقت طويل', unknown_arrivals: 'وصول بكميات غير معروفة', assumed_ration: 'طاقة الحصة مفترضة', assumed_cargo: 'الحمولة مفترضة', open_population: 'لا حد أعلى للسكان', low_ration: 'حصة متدنية جداً', unknown_losses: 'خسائر غير معروفة الكمية', counts_in_words: 'مخزون مذكور بالكلمات', unknown_stock: 'المخزون غير معدود', unknown_population: 'السكان غير معدودين', unknown_need: 'الاستهلاك اليومي غير معروف' },
    scheme: { un: 'الأمم المتحدة', siege_watch: 'سيج ووتش', press: 'الصحافة وجهات أخرى', own: 'تقديرنا' },
    status: { besieged: 'محاصرة', hard_to_reach: 'يصعب الوصول إليها', watchlist: 'قيد المراقبة', accessible: 'يمكن الوصول إليها', evacuated: 'مخلاة', delisted: 'مشطوبة من القائمة' },
    metric: { residents: 'سكان', besieged: 'محاصرون', hard_to_reach: 'يصعب الوصول إليهم', besieged_and_hard_to_reach: 'محاصرون ويصعب الوصول إليهم', watchlist: 'قيد المراقبة', trapped: 'عالقون', in_need: 'محتاجون', assisted: 'تلقوا المساعدة' },
    severity: { critical: 'حرج', high: 'مرتفع', medium: 'متوسط', low: 'منخفض', data_gap: 'غير معروف', none: 'غير ملحّ' },
    sector: { food: 'الغذاء', water: 'المياه', health: 'الصحة', fuel: 'الوقود' },
    unit: { person_days: 'شخص/يوم', litres: 'لتر' },
    input: { stock: 'مخزون معدود', arrival: 'تسليم', population: 'تقدير سكاني', loss: 'خسارة', ration: 'حصة', inflow: 'ما يدخل من تلقائه', planned: 'تسليم مقرر' },
    pause: { requested: 'مطلوبة', announced: 'معلنة', ceasefire: 'وقف إطلاق نار', cessation_of_hostilities: 'وقف الأعمال القتالية', corridor: 'ممر', evacuation: 'إجلاء', endorsement: 'تأييد' },
    incident: {
      health_facility_hit: 'إصابة مرفق صحي', health_facility_near_hit: 'سقوط قذائف قرب مرفق صحي', bakery_hit: 'إصابة مخبز', water_station_hit: 'إصابة محطة مياه', warehouse_hit: 'إصابة مستودع',
      convoy_attacked: 'هجوم على قافلة', convoy_fired_on: 'إطلاق نار على قافلة', convoy_looted: 'نهب قافلة', convoy_obstructed: 'عرقلة قافلة', aid_vehicle_fired_on: 'إطلاق نار على مركبة إغاثة', aid_worker_attacked: 'هجوم على عامل إغاثة',
      shelling: 'قصف مدفعي', shelling_at_distribution: 'قصف أثناء التوزيع', air_strike: 'غارة جوية', hostilities: 'أعمال قتالية', chemical_attack_alleged: 'هجوم كيميائي مزعوم', starvation_deaths: 'وفيات جوعاً',
      supply_route_cut: 'قطع طريق إمداد', medical_evacuation: 'إجلاء طبي', evacuation: 'إجلاء', pause_violation: 'خرق لهدنة', other: 'حادث آخر',
    },
    answer: { approved: 'موافقة', approved_with_conditions: 'موافقة بشروط', partly_approved: 'موافقة جزئية', denied: 'رفض', no_answer: 'لا رد', pending: 'بانتظار الرد' },
    facility: { hospital: 'مشفى', clinic: 'عيادة', bakery: 'مخبز', warehouse: 'مستودع', water_station: 'محطة مياه', crossing: 'معبر', checkpoint: 'نقطة تفتيش', supply_route: 'طريق إمداد', school: 'مدرسة', other: 'آخر' },
    works: { working: 'يعمل', partly: 'يعمل جزئياً', not_working: 'لا يعمل' },
    party: { GOS: 'الحكومة السورية', NSAG: 'الجماعات المسلحة من غير الدول', UN: 'الأمم المتحدة', ISIL: 'تنظيم الدولة (داعش)' },
    rule: {
      runout: 'الغذاء المعروف ينفد قريباً', stock_destroyed: 'غذاء مخزون أُتلف', data_gap: 'لا إحصاء', no_delivery: 'لا وصول معروف منذ وقت طويل', low_coverage: 'ما وصل لا يغطي إلا القليل', stale_estimate: 'تقدير قديم',
      population_jump: 'تقديرات سكانية تتعارض', facility_attacked: 'إصابة مرافق صحية وما شابهها', newly_besieged: 'أُعلنت محاصرة حديثاً', route_cut: 'طريق الوصول مقطوع', pause_ending: 'هدنة على وشك الانتهاء', pause_unanswered: 'هدنة بلا رد',
      pause_violated: 'خرق لهدنة', convoy_denied: 'قافلة رُفضت أو أُعيدت', convoy_attacked: 'هجوم على قافلة', convoy_overdue: 'قافلة متأخرة', convoy_stalled: 'قافلة بلا أخبار', items_removed: 'مواد أُنزلت من قافلة', over_delivery: 'تسليم يفوق الممكن', future_dated: 'مؤرخ في المستقبل',
    },
    action: { create: 'كُتب أول مرة', amend: 'عُدّل', update: 'عُدّل', withdraw: 'سُحب', confirm: 'أُكّد', restore: 'أُعيد' },
  },
  fr: {
    why: { 'the energy of the ration is not told': 'l’énergie de la ration n’est pas dite', 'not in a unit that can be counted, or older than the one that is used': 'pas dans une unité qui se compte, ou plus ancien que celui qui est utilisé', 'how much of it came here is not known': 'on ne sait combien en est arrivé ici', unknown_content: 'son contenu n’est pas dit', in_words: 'dit en mots', unknown_unit: 'pas dans une unité qui se compte', counted_again: 'le même détenteur a recompté', older: 'plus ancien que les comptages utilisés', part_of_whole: 'un dépôt parmi plusieurs ; le tout a été compté' },
    tier: { tier: 'niveau' },
    flag: { one_holder: 'ce que détient une seule organisation', stale_count: 'comptage ancien', counts_may_overlap: 'comptages qui peuvent se recouper', unknown_inflow: 'ce qui entre de soi-même n’est pas connu', stale_inflow: 'ce qui entre de soi-même a été dit il y a longtemps', unknown_arrivals: 'arrivées de taille inconnue', assumed_ration: 'énergie de la ration supposée', assumed_cargo: 'chargement supposé', open_population: 'pas de maximum de population', low_ration: 'ration très faible', unknown_losses: 'pertes de taille inconnue', counts_in_words: 'stocks dits en mots', unknown_stock: 'stocks non comptés', unknown_population: 'population non comptée', unknown_need: 'consommation quotidienne inconnue' },
    scheme: { un: 'ONU', siege_watch: 'Siege Watch', press: 'Presse et autres', own: 'Notre appréciation' },
    status: { besieged: 'assiégée', hard_to_reach: 'difficile d’accès', watchlist: 'sous surveillance', accessible: 'accessible', evacuated: 'évacuée', delisted: 'retirée de la liste' },
    metric: { residents: 'habitants', besieged: 'assiégés', hard_to_reach: 'difficiles à atteindre', besieged_and_hard_to_reach: 'assiégés et difficiles à atteindre', watchlist: 'sous surveillance', trapped: 'pris au piège', in_need: 'dans le besoin', assisted: 'aidés' },
    severity: { critical: 'critique', high: 'élevée', medium: 'moyenne', low: 'faible', data_gap: 'non connue', none: 'pas d’urgence' },
    sector: { food: 'Vivres', water: 'Eau', health: 'Santé', fuel: 'Carburant' },
    unit: { person_days: 'personnes-jours', litres: 'litres' },
    input: { stock: 'stock compté', arrival: 'livraison', population: 'décompte de population', loss: 'perte', ration: 'ration', inflow: 'entre de soi-même', planned: 'livraison prévue' },
    pause: { requested: 'demandée', announced: 'annoncée', ceasefire: 'cessez-le-feu', cessation_of_hostilities: 'cessation des hostilités', corridor: 'couloir', evacuation: 'évacuation', endorsement: 'appui' },
    incident: {
      health_facility_hit: 'établissement de santé touché', health_facility_near_hit: 'frappe près d’un établissement de santé', bakery_hit: 'boulangerie touchée', water_station_hit: 'station d’eau touchée', warehouse_hit: 'entrepôt touché',
      convoy_attacked: 'convoi attaqué', convoy_fired_on: 'tirs sur un convoi', convoy_looted: 'convoi pillé', convoy_obstructed: 'convoi entravé', aid_vehicle_fired_on: 'tirs sur un véhicule humanitaire', aid_worker_attacked: 'travailleur humanitaire attaqué',
      shelling: 'bombardement d’artillerie', shelling_at_distribution: 'bombardement pendant une distribution', air_strike: 'frappe aérienne', hostilities: 'hostilités', chemical_attack_alleged: 'attaque chimique alléguée', starvation_deaths: 'décès dus à la faim',
      supply_route_cut: 'route d’approvisionnement coupée', medical_evacuation: 'évacuation médicale', evacuation: 'évacuation', pause_violation: 'violation d’une pause', other: 'autre',
    },
    answer: { approved: 'approuvée', approved_with_conditions: 'approuvée sous conditions', partly_approved: 'approuvée en partie', denied: 'refusée', no_answer: 'sans réponse', pending: 'en attente' },
    facility: { hospital: 'hôpital', clinic: 'clinique', bakery: 'boulangerie', warehouse: 'entrepôt', water_station: 'station d’eau', crossing: 'point de passage', checkpoint: 'point de contrôle', supply_route: 'route d’approvisionnement', school: 'école', other: 'autre' },
    works: { working: 'fonctionne', partly: 'fonctionne en partie', not_working: 'hors service' },
    party: { GOS: 'Gouvernement syrien', NSAG: 'groupes armés non étatiques', UN: 'Nations Unies', ISIL: 'EIIL' },
    rule: {
      runout: 'Les vivres connus s’épuisent bientôt', stock_destroyed: 'Stocks de vivres détruits', data_gap: 'Non compté', no_delivery: 'Aucune arrivée connue depuis longtemps', low_coverage: 'Les arrivées couvrent peu des besoins', stale_estimate: 'Estimation ancienne',
      population_jump: 'Décomptes de population contradictoires', facility_attacked: 'Établissements de santé et autres touchés', newly_besieged: 'Nouvellement dite assiégée', route_cut: 'Voie d’accès coupée', pause_ending: 'Pause sur le point de finir', pause_unanswered: 'Pause sans réponse',
      pause_violated: 'Pause rompue', convoy_denied: 'Convoi refusé ou refoulé', convoy_attacked: 'Convoi attaqué', convoy_overdue: 'Convoi en retard', convoy_stalled: 'Convoi sans nouvelles', items_removed: 'Marchandises retirées d’un convoi', over_delivery: 'Plus de livré qu’il n’est possible', future_dated: 'Daté du futur',
    },
    action: { create: 'première version', amend: 'modifié', update: 'modifié', withdraw: 'retiré', confirm: 'confirmé', restore: 'rétabli' },
  },
});

export type List = keyof ReturnType<typeof terms>;

/** The word of a closed list as it is said. */
export function term(list: List, word: string | null | undefined): string {
  if (!word) return '';
  const known = terms()[list] as Record<string, string>;
  return Object.hasOwn(known, word) ? (known[word] as string) : word.replaceAll('_', ' ');
}

