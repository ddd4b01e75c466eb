// What is to be minded about an answer on pauses and plans, in the reader's words. The codes are those of the program.
import { words } from '../tongue';

const flags = words({
  en: {
    not_agreed: 'it is not agreed', windows_sent: 'times as set here', first_start_sent: 'beginning as set here', time_zone_assumed: 'time zone assumed', start_time_assumed: 'hour of the beginning assumed', default_payload: 'load of a truck assumed', payload_unusual: 'load of a truck unusual', honour_unknown: 'how likely it is kept is not known',
    population_unknown: 'people not counted', stock_unknown: 'stock not counted', inflow_unknown: 'what comes in by itself is not known', no_need: 'there is no need to meet', areas_without_count: 'areas without a count of people', several_logistics: 'several ways on record',
    dates_approximate: 'dates approximate', not_announced_yet: 'announced only later', parties_unnamed: 'parties not named', has_conditions: 'agreed under conditions', open_end: 'no end set', extended: 'made longer', is_extension: 'makes another one longer', is_endorsement: 'an approval of another one', hours_differ: 'length and end do not fit', violations_not_placed: 'violations in no window', time_of_violation_unknown: 'time of a violation not known',
    answer_unknown: 'some answers not told', answer_hours_unknown: 'time to some answers not known', more_people_approved_than_asked_for: 'more people agreed to than asked for', does_not_add_up: 'counts do not add up', parts_do_not_add_up: 'counts of parts do not add up',
    unknown_stock: 'stock not counted', unknown_population: 'people not counted', window_after_horizon: 'a window after the end of the plan', unused_route_cap: 'a limit for a route that no area uses',
  } as Record<string, string>,
  ar: {
    not_agreed: 'غير متفق عليها', windows_sent: 'الأوقات كما حُدّدت هنا', first_start_sent: 'البداية كما حُدّدت هنا', time_zone_assumed: 'المنطقة الزمنية مفترضة', start_time_assumed: 'ساعة البداية مفترضة', default_payload: 'حمولة الشاحنة مفترضة', payload_unusual: 'حمولة الشاحنة غير معتادة', honour_unknown: 'احتمال احترامها غير معروف',
    population_unknown: 'السكان غير معدودين', stock_unknown: 'المخزون غير معدود', inflow_unknown: 'ما يدخل من تلقائه غير معروف', no_need: 'لا حاجة تُلبّى', areas_without_count: 'مناطق بلا إحصاء للسكان', several_logistics: 'عدة طرق مسجلة',
    dates_approximate: 'التواريخ تقريبية', not_announced_yet: 'أُعلنت لاحقاً', parties_unnamed: 'أطراف غير مسماة', has_conditions: 'موافقة بشروط', open_end: 'لا نهاية محددة', extended: 'مُدّدت', is_extension: 'تمدّد هدنة أخرى', is_endorsement: 'تأييد لهدنة أخرى', hours_differ: 'المدة والنهاية لا تتوافقان', violations_not_placed: 'خروق خارج أي فترة', time_of_violation_unknown: 'وقت خرق غير معروف',
    answer_unknown: 'بعض الردود غير مذكورة', answer_hours_unknown: 'مدة بعض الردود غير معروفة', more_people_approved_than_asked_for: 'ووفق على أشخاص أكثر مما طُلب', does_not_add_up: 'الأعداد لا تتطابق مع مجموعها', parts_do_not_add_up: 'أعداد الأجزاء لا تتطابق مع مجموعها',
    unknown_stock: 'المخزون غير معدود', unknown_population: 'السكان غير معدودين', window_after_horizon: 'فترة بعد نهاية الخطة', unused_route_cap: 'حد لطريق لا تستخدمه أي منطقة',
  },
  fr: {
    not_agreed: 'elle n’est pas acceptée', windows_sent: 'heures fixées ici', first_start_sent: 'début fixé ici', time_zone_assumed: 'fuseau horaire supposé', start_time_assumed: 'heure de début supposée', default_payload: 'charge d’un camion supposée', payload_unusual: 'charge d’un camion inhabituelle', honour_unknown: 'probabilité qu’elle soit respectée inconnue',
    population_unknown: 'population non comptée', stock_unknown: 'stocks non comptés', inflow_unknown: 'ce qui entre de soi-même n’est pas connu', no_need: 'aucun besoin à couvrir', areas_without_count: 'zones sans comptage de population', several_logistics: 'plusieurs logistiques enregistrées',
    dates_approximate: 'dates approximatives', not_announced_yet: 'annoncée plus tard', parties_unnamed: 'parties non nommées', has_conditions: 'acceptée sous conditions', open_end: 'sans fin fixée', extended: 'prolongée', is_extension: 'en prolonge une autre', is_endorsement: 'approbation d’une autre', hours_differ: 'durée et fin ne concordent pas', violations_not_placed: 'violations hors de toute fenêtre', time_of_violation_unknown: 'heure d’une violation inconnue',
    answer_unknown: 'certaines réponses ne sont pas dites', answer_hours_unknown: 'délai de certaines réponses inconnu', more_people_approved_than_asked_for: 'plus de personnes accordées que demandées', does_not_add_up: 'les décomptes ne concordent pas', parts_do_not_add_up: 'les décomptes des parties ne concordent pas',
    unknown_stock: 'stocks non comptés', unknown_population: 'population non comptée', window_after_horizon: 'une fenêtre après la fin du plan', unused_route_cap: 'une limite pour une route qu’aucune zone n’utilise',
  },
});

/** A code in the reader's words; one that is not known here is shown as it is written. */
export const flagWord = (code: string): string => flags()[code] ?? code.replaceAll('_', ' ');
