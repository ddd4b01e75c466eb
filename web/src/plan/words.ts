// The words of the view of plans.
import { fill, number, range, words } from '../tongue';
import type { Estimate } from '../pauses/answers';
import type { Counted } from '../pauses/words';

export const say = words({
  en: {
    title: 'Plan', lead: 'Shares the loads that can go out fairly: the worst-off area comes first. Nothing is kept unless you save it.',
    areas: 'Areas', search: 'Search areas', chosen: { one: '{n} area chosen', other: '{n} areas chosen' } as Counted, preset: 'Chosen to begin with: areas that somebody counts as besieged, and those whose food is about to run out.', none: 'No area matches.', clear: 'Choose none', people: '{n} people', peopleUnknown: 'people: unknown', preselected: 'besieged or short of food',
    date: 'Begins on', horizon: 'Food must last, days', payload: 'Tonnes on one truck', payloadHelp: 'Left empty, the program assumes it.', horizonHelp: 'Left empty: 30.',
    windows: 'When loads can go, and how many', at: 'Arrive on', loads: 'Loads', add: 'Add a row', remove: 'Remove row {n}', fill: 'Fill from a pause', fillDo: 'Fill', filled: 'Filled with what “{pause}” would let through.', filledAssumed: 'Trucks, docks and times on the way are assumed where none are on record.', seePause: 'Set them under Pauses', fillNothing: 'Nothing would get through in this pause.', choosePause: 'Choose…',
    ask: 'Share out', asking: 'Working it out…', refused: 'Not worked out. What is wrong stands beside the fields.', stale: 'You changed what is asked for: this is the answer to what stood there before.',
    staleClocks: 'Worked out for {as_of}, as known on {known_at}; you look at another time. Ask again.', staleRecords: 'Since this was worked out, records may have changed. Ask again.',
    result: 'Who gets what', area: 'Area', coverage: 'Coverage of the need, before → after', covered: 'Coverage', before: 'before', after: 'with the plan', unmet: 'Unmet, person-days', unknown: 'unknown', byWindow: 'By window', map: 'On the map', mapNote: 'Shaded by coverage with the plan.', loadsN: { one: '{n} load', other: '{n} loads' } as Counted, nobody: 'nothing', notes: 'To mind', assumed: 'Reckoned with', perLoad: '{tonnes} tonnes on a truck, {ration} kg a day, {days} person-days in a load', minimum: 'Worst-off area', unmetAll: 'Unmet in all, person-days', 
    save: 'Keep this plan', name: 'Name', code: 'Code (left empty, the program gives one)', saveDo: 'Keep', notSaved: 'Not kept. What is wrong stands beside the fields.', pastSave: 'You look at the past: a plan can be tried, but not kept. Go back to now to keep one.',
    kept: 'Kept plans', noKept: 'No plan is kept by this day', noKeptMore: 'What is worked out above is gone when you leave, unless an analyst keeps it.', back: 'All plans', notFound: 'No such plan is on record by this day', days: '{n} days', outcome: 'Planned, and what then came', outcomeTo: 'From {from} to {to}.', running: 'The plan still runs.', over: 'Its time is over.', planned: 'Planned', came: 'Came', convoys: { one: '{n} convoy', other: '{n} convoys' } as Counted, trucks: 'trucks', personDays: 'Food, person-days', unknownSize: { one: '{n} arrival of unknown size is not in it', other: '{n} arrivals of unknown size are not in it' } as Counted, 
  },
  ar: {
    title: 'الخطة', lead: 'توزّع الحمولات الممكنة بعدل: المنطقة الأسوأ حالاً أولاً. ولا يُحفظ شيء ما لم تحفظه.',
    areas: 'المناطق', search: 'ابحث عن منطقة', chosen: { zero: 'لم تُختر أي منطقة', one: 'منطقة واحدة مختارة', two: 'منطقتان مختارتان', few: '{n} مناطق مختارة', many: '{n} منطقة مختارة', other: '{n} منطقة مختارة' }, preset: 'المختار للبدء: مناطق تعدّها جهة ما محاصرة، ومناطق يوشك غذاؤها أن ينفد.', none: 'لا منطقة مطابقة.', clear: 'إلغاء الاختيار', people: '{n} شخص', peopleUnknown: 'عدد السكان: غير معروف', preselected: 'محاصرة أو يوشك غذاؤها أن ينفد',
    date: 'تبدأ في', horizon: 'يجب أن يكفي الغذاء، أيام', payload: 'حمولة الشاحنة بالطن', payloadHelp: 'إذا تُرك فارغاً افترضه البرنامج.', horizonHelp: 'إذا تُرك فارغاً: 30.',
    windows: 'متى تذهب الحمولات وكم عددها', at: 'تصل في', loads: 'الحمولات', add: 'أضف سطراً', remove: 'احذف السطر {n}', fill: 'املأ من هدنة', fillDo: 'املأ', filled: 'مُلئ بما يمكن أن يمر في «{pause}».', filledAssumed: 'الشاحنات والأرصفة وأوقات الطريق مفترضة حيث لا شيء مسجل.', seePause: 'حدّدها في صفحة الهدن', fillNothing: 'لا شيء يمر في هذه الهدنة.', choosePause: 'اختر…',
    ask: 'وزّع', asking: 'جارٍ الحساب…', refused: 'لم يُحسب. ما هو خطأ مبيّن بجانب الحقول.', stale: 'غيّرت ما يُسأل عنه: هذا جواب ما كان قبل ذلك.',
    staleClocks: 'حُسب هذا لـ {as_of} كما عُرف في {known_at}، وأنت تنظر إلى وقت آخر. اسأل مجدداً.', staleRecords: 'ربما تغيّرت السجلات منذ حساب هذا. اسأل مجدداً.',
    result: 'من ينال ماذا', area: 'المنطقة', coverage: 'تغطية الحاجة، قبل ← بعد', covered: 'التغطية', before: 'قبل', after: 'مع الخطة', unmet: 'غير ملبّى، شخص-يوم', unknown: 'غير معروف', byWindow: 'حسب الفترة', map: 'على الخريطة', mapNote: 'التظليل حسب التغطية مع الخطة.', loadsN: { zero: 'لا حمولة', one: 'حمولة واحدة', two: 'حمولتان', few: '{n} حمولات', many: '{n} حمولة', other: '{n} حمولة' }, nobody: 'لا شيء', notes: 'للانتباه', assumed: 'ما حُسب به', perLoad: '{tonnes} طن في الشاحنة، {ration} كغ في اليوم، {days} شخص-يوم في الحمولة', minimum: 'المنطقة الأسوأ حالاً', unmetAll: 'مجموع غير الملبّى، شخص-يوم', 
    save: 'احفظ هذه الخطة', name: 'الاسم', code: 'الرمز (إذا تُرك فارغاً أعطاه البرنامج)', saveDo: 'احفظ', notSaved: 'لم تُحفظ. ما هو خطأ مبيّن بجانب الحقول.', pastSave: 'أنت تنظر إلى الماضي: يمكن تجربة خطة لا حفظها. عُد إلى الآن للحفظ.',
    kept: 'الخطط المحفوظة', noKept: 'لا خطة محفوظة حتى هذا اليوم', noKeptMore: 'ما يُحسب أعلاه يزول عند المغادرة ما لم يحفظه محلل.', back: 'كل الخطط', notFound: 'لا خطة بهذا الرمز حتى هذا اليوم', days: '{n} يوماً', outcome: 'ما خُطّط وما جاء', outcomeTo: 'من {from} إلى {to}.', running: 'ما زالت الخطة جارية.', over: 'انتهت مدتها.', planned: 'المخطط', came: 'ما وصل', convoys: { zero: 'لا قافلة', one: 'قافلة واحدة', two: 'قافلتان', few: '{n} قوافل', many: '{n} قافلة', other: '{n} قافلة' }, trucks: 'شاحنة', personDays: 'الغذاء، شخص-يوم', unknownSize: { one: 'وصول واحد مجهول الحجم غير محتسب', two: 'وصولان مجهولا الحجم غير محتسبين', few: '{n} عمليات وصول مجهولة الحجم غير محتسبة', many: '{n} عملية وصول مجهولة الحجم غير محتسبة', other: '{n} عملية وصول مجهولة الحجم غير محتسبة' }, 
  },
  fr: {
    title: 'Plan', lead: 'Répartit équitablement les chargements possibles : la zone la plus mal lotie d’abord. Rien n’est gardé sans que vous l’enregistriez.',
    areas: 'Zones', search: 'Chercher une zone', chosen: { one: '{n} zone choisie', other: '{n} zones choisies' }, preset: 'Choisies pour commencer : les zones que quelqu’un compte comme assiégées, et celles dont les vivres sont près de s’épuiser.', none: 'Aucune zone ne correspond.', clear: 'N’en choisir aucune', people: '{n} personnes', peopleUnknown: 'population inconnue', preselected: 'assiégée ou à court de vivres',
    date: 'Commence le', horizon: 'Les vivres doivent durer, jours', payload: 'Tonnes par camion', payloadHelp: 'Laissé vide, le programme le suppose.', horizonHelp: 'Laissé vide : 30.',
    windows: 'Quand les chargements peuvent partir, et combien', at: 'Arrivent le', loads: 'Chargements', add: 'Ajouter une ligne', remove: 'Retirer la ligne {n}', fill: 'Remplir d’après une pause', fillDo: 'Remplir', filled: 'Rempli avec ce que « {pause} » laisserait passer.', filledAssumed: 'Camions, quais et temps de route sont supposés là où rien n’est enregistré.', seePause: 'Les régler sous Pauses', fillNothing: 'Rien ne passerait pendant cette pause.', choosePause: 'Choisir…',
    ask: 'Répartir', asking: 'Calcul en cours…', refused: 'Non calculé. Ce qui ne va pas figure à côté des champs.', stale: 'Vous avez changé la demande : voici la réponse à ce qui s’y trouvait avant.',
    staleClocks: 'Calculé pour le {as_of}, selon ce qui était su le {known_at} ; vous regardez un autre moment. Demandez à nouveau.', staleRecords: 'Depuis ce calcul, les données ont pu changer. Demandez à nouveau.',
    result: 'Qui reçoit quoi', area: 'Zone', coverage: 'Couverture du besoin, avant → après', covered: 'Couverture', before: 'avant', after: 'avec le plan', unmet: 'Non couvert, personnes-jours', unknown: 'inconnu', byWindow: 'Par fenêtre', map: 'Sur la carte', mapNote: 'Teinte selon la couverture avec le plan.', loadsN: { one: '{n} chargement', other: '{n} chargements' }, nobody: 'rien', notes: 'À noter', assumed: 'Calculé avec', perLoad: '{tonnes} tonnes par camion, {ration} kg par jour, {days} personnes-jours par chargement', minimum: 'Zone la plus mal lotie', unmetAll: 'Non couvert en tout, personnes-jours', 
    save: 'Garder ce plan', name: 'Nom', code: 'Code (laissé vide, le programme en donne un)', saveDo: 'Garder', notSaved: 'Non gardé. Ce qui ne va pas figure à côté des champs.', pastSave: 'Vous regardez le passé : un plan peut être essayé, non gardé. Revenez à maintenant pour en garder un.',
    kept: 'Plans gardés', noKept: 'Aucun plan n’est gardé à ce jour', noKeptMore: 'Ce qui est calculé plus haut disparaît quand vous partez, sauf si un analyste le garde.', back: 'Tous les plans', notFound: 'Aucun plan de ce code à ce jour', days: '{n} jours', outcome: 'Prévu, et ce qui est venu', outcomeTo: 'Du {from} au {to}.', running: 'Le plan est en cours.', over: 'Son temps est passé.', planned: 'Prévu', came: 'Venu', convoys: { one: '{n} convoi', other: '{n} convois' }, trucks: 'camions', personDays: 'Vivres, personnes-jours', unknownSize: { one: '{n} arrivée de taille inconnue n’y est pas', other: '{n} arrivées de taille inconnue n’y sont pas' }, 
  },
});

const reasons = words({
  en: { fed: 'All need is met.', no_need: 'There is no need to meet.', population_unknown: 'How many people are there is not known.', no_loads: 'No load can arrive before the horizon ends.', unreachable: 'No load can reach it.', too_late: 'What is missing was missing before the first window.', at_cap: 'It cannot take more off trucks.', route_full: 'Its route takes no more.', hub_empty: 'The store is empty.', others_worse_off: 'More for it would leave another area worse off.', others_gain_more: 'The same loads feed more people elsewhere.' },
  ar: { fed: 'كل الحاجة ملبّاة.', no_need: 'لا حاجة تُلبّى.', population_unknown: 'عدد السكان هناك غير معروف.', no_loads: 'لا حمولة تصل قبل نهاية المدة.', unreachable: 'لا حمولة تصل إليها.', too_late: 'ما ينقص كان ناقصاً قبل الفترة الأولى.', at_cap: 'لا يمكنها تفريغ المزيد.', route_full: 'طريقها لا يتسع للمزيد.', hub_empty: 'المخزن فارغ.', others_worse_off: 'المزيد لها يجعل منطقة أخرى أسوأ حالاً.', others_gain_more: 'الحمولات نفسها تطعم عدداً أكبر في أماكن أخرى.' },
  fr: { fed: 'Tout le besoin est couvert.', no_need: 'Il n’y a pas de besoin à couvrir.', population_unknown: 'On ne sait pas combien de gens s’y trouvent.', no_loads: 'Aucun chargement ne peut arriver avant la fin.', unreachable: 'Aucun chargement ne peut l’atteindre.', too_late: 'Ce qui manque manquait avant la première fenêtre.', at_cap: 'Elle ne peut décharger davantage.', route_full: 'Sa route n’en prend pas plus.', hub_empty: 'La réserve est vide.', others_worse_off: 'Davantage pour elle laisserait une autre zone plus mal lotie.', others_gain_more: 'Les mêmes chargements nourrissent plus de gens ailleurs.' },
});

/** Why an area gets no more, in the reader's words. */
export const reasonWord = (code: string): string => (reasons() as Record<string, string>)[code] ?? code.replaceAll('_', ' ');

/** How many people, with both ends where they are told; one end is never shown as if it were the number. `null` is unknown. */
export function heads({ low, best, high }: Estimate): string | null {
  if (low === null && high === null) return best === null ? null : number(best);
  return range(low, high);
}

export function people(population: Estimate): string {
  const n = heads(population);
  return n === null ? say().peopleUnknown : fill(say().people, { n });
}
