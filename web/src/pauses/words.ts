// The words of the view of pauses. States and answers are those of the program.
import { type Forms, language, words } from '../tongue';

export const say = words({
  en: {
    title: 'Pauses', list: 'Asked for and announced', scorecard: 'Who answered requests for access', deliver: 'What would it deliver?',
    ics: 'Take into a calendar (.ics)', before: 'Month before', after: 'Month after', toNow: 'This month',
    zone: 'Times are local: {zone}.', zoneUnknown: 'No time zone is known of the place: times are in UTC.', allMonth: 'All month', begins: 'begins {at}', ends: 'ends {at}', noneInMonth: 'No pause is known to hold in this month.',
    unplaced: 'Not on the calendar, as it is not known when they begin', nonePauses: 'No pause is on record by this day', noneMore: 'A request or an announcement stands here as soon as it is recorded.',
    missing: { one: '{n} pause could not be asked for and is not shown:', other: '{n} pauses could not be asked for and are not shown:' } as Forms, askAgain: 'Try again', moreOf: 'Shown: {n} of {all}. Show more',
    asked: 'Asked or announced by', askedOf: 'Asked of', when: 'On', where: 'For where', kind: 'Kind', state: 'State', note: 'Note', holds: 'To hold', length: 'Length', again: 'Again', everyDays: 'every {n} days', hours: '{n} hours', unknown: 'unknown', back: 'All pauses', extends: 'Makes longer',
    parties: 'Answers by party', askedOn: 'Asked on', party: 'Party', answer: 'Answer', date: 'Date', source: 'Source', conditions: 'On the condition', unnamed: 'parties that no source names', mustNot: 'need not agree', silentFor: { one: 'no answer after {n} day', other: 'no answer after {n} days' } as Forms, silentToday: 'asked on this day, no answer yet', silent: 'no answer; the day of the request is unknown', 
    windows: 'Windows', noWindows: 'No window is known.', begin: 'Begins', end: 'Ends', broken: { one: '{n} violation', other: '{n} violations' } as Forms, violations: 'Violations', noViolations: 'None is recorded. That does not say that it was kept.', byWhom: 'Attributed to', killed: 'Killed', injured: 'Injured', endedIt: 'It ended the pause', yes: 'yes', no: 'no', accounts: 'Accounts of sources', noAccounts: 'None is recorded.', notFound: 'No such pause is on record by this day',
    authority: 'Authority', untold: 'authority not told', requests: 'Asked', approved: 'Agreed', approved_with_conditions: 'With conditions', partly_approved: 'In part', denied: 'Refused', no_answer: 'No answer', pending: 'Still open', unanswered: 'Unanswered', days: 'Days to answer', openDays: 'Open for days', answeredUnknown: 'Not told', scoreNote: 'Requests for access on record, up to this day. Counts that others published stand below; they are never added.', noScore: 'No request for access is on record by this day', published: 'Counts published by others', counted: 'Counted', granted: 'Granted', median: 'median',
    addAnswer: 'Record an answer', addViolation: 'Record a violation', send: 'Record', sent: 'Recorded.', past: 'You look at the past: nothing can be recorded here. Go back to now first.', time: 'Time, on the clock of the place', choose: 'Choose…', notKnown: 'not known', refusedForm: 'Not recorded. What is wrong stands beside the fields.',
  },
  ar: {
    title: 'الهدن', list: 'ما طُلب وما أُعلن', scorecard: 'من ردّ على طلبات الوصول', deliver: 'ماذا يمكن أن توصل؟',
    ics: 'إضافة إلى تقويم (‎.ics)', before: 'الشهر السابق', after: 'الشهر التالي', toNow: 'هذا الشهر',
    zone: 'الأوقات محلية: {zone}.', zoneUnknown: 'المنطقة الزمنية للمكان غير معروفة: الأوقات بتوقيت UTC.', allMonth: 'طوال الشهر', begins: 'تبدأ {at}', ends: 'تنتهي {at}', noneInMonth: 'لا تُعرف هدنة في هذا الشهر.',
    unplaced: 'ليست في التقويم لأن بدايتها غير معروفة', nonePauses: 'لا هدنة مسجلة حتى هذا اليوم', noneMore: 'يظهر هنا كل طلب أو إعلان فور تسجيله.',
    missing: { one: 'تعذّر السؤال عن هدنة واحدة وهي غير معروضة:', two: 'تعذّر السؤال عن هدنتين وهما غير معروضتين:', few: 'تعذّر السؤال عن {n} هدن وهي غير معروضة:', many: 'تعذّر السؤال عن {n} هدنة وهي غير معروضة:', other: 'تعذّر السؤال عن {n} هدنة وهي غير معروضة:' }, askAgain: 'أعد المحاولة', moreOf: 'المعروض: {n} من {all}. اعرض المزيد',
    asked: 'من طلبها أو أعلنها', askedOf: 'طُلبت من', when: 'في', where: 'المكان', kind: 'النوع', state: 'الحالة', note: 'ملاحظة', holds: 'مدة سريانها', length: 'المدة', again: 'التكرار', everyDays: 'كل {n} أيام', hours: '{n} ساعة', unknown: 'غير معروف', back: 'كل الهدن', extends: 'تمدّد',
    parties: 'ردود الأطراف', askedOn: 'طُلب في', party: 'الطرف', answer: 'الرد', date: 'التاريخ', source: 'المصدر', conditions: 'بشرط', unnamed: 'أطراف لا يسميها أي مصدر', mustNot: 'موافقته غير لازمة', silentFor: { one: 'لا رد بعد يوم واحد', two: 'لا رد بعد يومين', few: 'لا رد بعد {n} أيام', many: 'لا رد بعد {n} يوماً', other: 'لا رد بعد {n} يوم' }, silentToday: 'طُلبت في هذا اليوم، ولا رد بعد', silent: 'لا رد؛ يوم الطلب غير معروف', 
    windows: 'الفترات', noWindows: 'لا تُعرف أي فترة.', begin: 'تبدأ', end: 'تنتهي', broken: { one: 'خرق واحد', two: 'خرقان', few: '{n} خروق', many: '{n} خرقاً', other: '{n} خرق' }, violations: 'الخروق', noViolations: 'لم يُسجَّل أي خرق. وهذا لا يعني أنها احتُرمت.', byWhom: 'منسوب إلى', killed: 'قتلى', injured: 'جرحى', endedIt: 'أنهى الهدنة', yes: 'نعم', no: 'لا', accounts: 'روايات المصادر', noAccounts: 'لم تُسجَّل أي رواية.', notFound: 'لا هدنة بهذا الرمز حتى هذا اليوم',
    authority: 'السلطة', untold: 'السلطة غير مذكورة', requests: 'طُلب', approved: 'وافقت', approved_with_conditions: 'بشروط', partly_approved: 'جزئياً', denied: 'رفضت', no_answer: 'لا رد', pending: 'ما زال مفتوحاً', unanswered: 'بلا رد', days: 'أيام حتى الرد', openDays: 'أيام الانتظار', answeredUnknown: 'غير مذكور', scoreNote: 'طلبات الوصول المسجلة حتى هذا اليوم. والأعداد التي نشرها آخرون ترد أدناه ولا تُجمع معها أبداً.', noScore: 'لا طلب وصول مسجل حتى هذا اليوم', published: 'أعداد نشرها آخرون', counted: 'ما عُدّ', granted: 'مُنح', median: 'الوسيط',
    addAnswer: 'تسجيل رد', addViolation: 'تسجيل خرق', send: 'تسجيل', sent: 'سُجّل.', past: 'أنت تنظر إلى الماضي: لا يمكن التسجيل هنا. عُد إلى الآن أولاً.', time: 'الوقت بتوقيت المكان', choose: 'اختر…', notKnown: 'غير معروف', refusedForm: 'لم يُسجَّل. ما هو خطأ مبيّن بجانب الحقول.',
  },
  fr: {
    title: 'Pauses', list: 'Demandées et annoncées', scorecard: 'Qui a répondu aux demandes d’accès', deliver: 'Qu’apporterait-elle ?',
    ics: 'Prendre dans un calendrier (.ics)', before: 'Mois précédent', after: 'Mois suivant', toNow: 'Ce mois-ci',
    zone: 'Heures locales : {zone}.', zoneUnknown: 'Le fuseau horaire du lieu n’est pas connu : heures en UTC.', allMonth: 'Tout le mois', begins: 'début {at}', ends: 'fin {at}', noneInMonth: 'On ne connaît aucune pause pour ce mois.',
    unplaced: 'Pas au calendrier, car leur début n’est pas connu', nonePauses: 'Aucune pause n’est enregistrée à ce jour', noneMore: 'Une demande ou une annonce apparaît ici dès qu’elle est enregistrée.',
    missing: { one: '{n} pause n’a pas pu être demandée et n’est pas affichée :', other: '{n} pauses n’ont pas pu être demandées et ne sont pas affichées :' }, askAgain: 'Réessayer', moreOf: 'Affichées : {n} sur {all}. En montrer plus',
    asked: 'Demandée ou annoncée par', askedOf: 'Demandée à', when: 'Le', where: 'Pour où', kind: 'Nature', state: 'État', note: 'Note', holds: 'Doit tenir', length: 'Durée', again: 'Répétition', everyDays: 'tous les {n} jours', hours: '{n} heures', unknown: 'inconnu', back: 'Toutes les pauses', extends: 'Prolonge',
    parties: 'Réponses des parties', askedOn: 'Demandé le', party: 'Partie', answer: 'Réponse', date: 'Date', source: 'Source', conditions: 'À la condition', unnamed: 'parties qu’aucune source ne nomme', mustNot: 'accord non requis', silentFor: { one: 'sans réponse après {n} jour', other: 'sans réponse après {n} jours' }, silentToday: 'demandée ce jour, pas encore de réponse', silent: 'sans réponse ; jour de la demande inconnu', 
    windows: 'Fenêtres', noWindows: 'On ne connaît aucune fenêtre.', begin: 'Début', end: 'Fin', broken: { one: '{n} violation', other: '{n} violations' }, violations: 'Violations', noViolations: 'Aucune n’est enregistrée. Cela ne dit pas qu’elle a été respectée.', byWhom: 'Attribuée à', killed: 'Tués', injured: 'Blessés', endedIt: 'Elle a mis fin à la pause', yes: 'oui', no: 'non', accounts: 'Récits des sources', noAccounts: 'Aucun n’est enregistré.', notFound: 'Aucune pause de ce code à ce jour',
    authority: 'Autorité', untold: 'autorité non indiquée', requests: 'Demandes', approved: 'Accordées', approved_with_conditions: 'Sous conditions', partly_approved: 'En partie', denied: 'Refusées', no_answer: 'Sans réponse', pending: 'En attente', unanswered: 'Sans réponse', days: 'Jours avant réponse', openDays: 'En attente, jours', answeredUnknown: 'Non dit', scoreNote: 'Demandes d’accès enregistrées à ce jour. Les décomptes publiés par d’autres figurent plus bas ; ils ne sont jamais additionnés.', noScore: 'Aucune demande d’accès n’est enregistrée à ce jour', published: 'Décomptes publiés par d’autres', counted: 'Compté', granted: 'Accordées', median: 'médiane',
    addAnswer: 'Enregistrer une réponse', addViolation: 'Enregistrer une violation', send: 'Enregistrer', sent: 'Enregistré.', past: 'Vous regardez le passé : rien ne peut être enregistré ici. Revenez d’abord à maintenant.', time: 'Heure, à l’horloge du lieu', choose: 'Choisir…', notKnown: 'inconnu', refusedForm: 'Non enregistré. Ce qui ne va pas figure à côté des champs.',
  },
});

const codes = words({
  en: {
    state: { requested: 'requested', partly_agreed: 'partly agreed', agreed: 'agreed', refused: 'refused', cancelled: 'called off', expired: 'no answer', in_effect: 'in force', violated: 'over, violated', honoured: 'over, no breach recorded' },
    answer: { agreed: 'agreed', agreed_with_conditions: 'agreed with conditions', refused: 'refused', willing_to_discuss: 'willing to discuss', withdrawn: 'withdrew its yes', endorsed: 'endorsed' },
    type: { requested: 'requested', announced: 'announced', ceasefire: 'ceasefire', cessation_of_hostilities: 'cessation of hostilities', corridor: 'corridor', evacuation: 'evacuation', endorsement: 'endorsement' },
    status: { no_start: 'no start is known', no_end: 'no end is known', no_duration: 'no length is known' },
    counted: { requests: 'requests', areas: 'areas', locations: 'locations', people: 'people', convoys: 'convoys' },
  },
  ar: {
    state: { requested: 'مطلوبة', partly_agreed: 'موافقة جزئية', agreed: 'متفق عليها', refused: 'مرفوضة', cancelled: 'أُلغيت', expired: 'بلا رد', in_effect: 'سارية', violated: 'انتهت وخُرقت', honoured: 'انتهت ولم يُسجَّل خرق' },
    answer: { agreed: 'وافق', agreed_with_conditions: 'وافق بشروط', refused: 'رفض', willing_to_discuss: 'مستعد للبحث', withdrawn: 'سحب موافقته', endorsed: 'أيّد' },
    type: { requested: 'مطلوبة', announced: 'معلنة', ceasefire: 'وقف إطلاق نار', cessation_of_hostilities: 'وقف الأعمال العدائية', corridor: 'ممر', evacuation: 'إجلاء', endorsement: 'تأييد' },
    status: { no_start: 'البداية غير معروفة', no_end: 'النهاية غير معروفة', no_duration: 'المدة غير معروفة' },
    counted: { requests: 'طلبات', areas: 'مناطق', locations: 'مواقع', people: 'أشخاص', convoys: 'قوافل' },
  },
  fr: {
    state: { requested: 'demandée', partly_agreed: 'acceptée en partie', agreed: 'acceptée', refused: 'refusée', cancelled: 'annulée', expired: 'sans réponse', in_effect: 'en vigueur', violated: 'terminée, violée', honoured: 'terminée, aucune violation enregistrée' },
    answer: { agreed: 'a accepté', agreed_with_conditions: 'a accepté sous conditions', refused: 'a refusé', willing_to_discuss: 'disposée à discuter', withdrawn: 's’est rétractée', endorsed: 'a appuyé' },
    type: { requested: 'demandée', announced: 'annoncée', ceasefire: 'cessez-le-feu', cessation_of_hostilities: 'cessation des hostilités', corridor: 'couloir', evacuation: 'évacuation', endorsement: 'approbation' },
    status: { no_start: 'début inconnu', no_end: 'fin inconnue', no_duration: 'durée inconnue' },
    counted: { requests: 'demandes', areas: 'zones', locations: 'lieux', people: 'personnes', convoys: 'convois' },
  },
});

/** A code of the program in the reader's words; one that is not known here is shown as it is. */
export function word(kind: 'state' | 'answer' | 'type' | 'status' | 'counted', code: string): string {
  return (codes()[kind] as Record<string, string>)[code] ?? code.replaceAll('_', ' ');
}

export const ANSWERS = ['agreed', 'agreed_with_conditions', 'refused', 'willing_to_discuss', 'withdrawn', 'endorsed'];

/** Marks the program's own English sentences where another language is read. */
export const english = () => (language.value === 'en' ? {} : ({ lang: 'en', dir: 'ltr' } as const));
