// The words for what lets trucks through: levers, where their numbers come from, and what comes of them.
import { type Forms, words } from '../tongue';

export const say = words({
  en: {
    which: 'Pause', start: 'Begins, local time', hours: 'Hours of the window', every: 'Again after days (empty: once)', more: 'More: times on the way, loads, people', reset: 'As on record', 
    refused: 'Not worked out. What is wrong stands beside the fields.', set: 'set by you', stored: 'on record, {record}', assumed: 'assumed', example: 'assumed, no source', records: 'from the records', unknown: 'unknown',
    begin: 'Nothing is on record about trucks and the way there. The numbers marked “assumed, no source” are a worked example to begin with: set them to what you know.',
    startAssumed: 'No start is on record: this one is assumed.',
    loads: 'truckloads', loadsIn: { one: 'in {n} window', other: 'in {n} windows' } as Forms, bound: 'rule of thumb at most {n}', tonnes: 'tonnes', each: 'for each window', all: 'all windows', fed: 'people fed', fedFor: { one: 'for {n} day', other: 'for {n} days' } as Forms, coverage: 'share of the need covered', ifKept: 'if it is kept', expected: 'to be expected', noPeople: 'How many people there are is not known.',
    bottleneck: 'What holds the trucks up', use: 'How busy each stage is', useNote: 'Reckoned here from the answer: loads × hours each, of all hours of work. The busiest need not be full: the first trucks must arrive, the last must get back.',
    levers: 'What each change would bring', lever: 'Change', gain: 'Truckloads', lengths: 'With another length', length: 'Hours', try: 'Try', tried: 'Try {change}',
    ahead: 'For {n} days', needed: 'windows needed', toAgree: 'windows to agree on, to be {share} sure', aheadCover: 'of the need ahead covered', notes: 'To mind', 
    byWindow: 'Window by window', window: 'Window', binding: 'Held up by', none: 'There is no pause on record to ask about', noneMore: 'The program answers this for a pause on record: once one is recorded, its hours, trucks and docks can be tried here.',
  },
  ar: {
    which: 'الهدنة', start: 'تبدأ، بالتوقيت المحلي', hours: 'ساعات الفترة', every: 'تتكرر بعد أيام (فارغ: مرة واحدة)', more: 'المزيد: أوقات الطريق والحمولات والناس', reset: 'كما هو مسجل', 
    refused: 'لم يُحسب. ما هو خطأ مبيّن بجانب الحقول.', set: 'حدّدته أنت', stored: 'مسجل، {record}', assumed: 'مفترض', example: 'مفترض بلا مصدر', records: 'من السجلات', unknown: 'غير معروف',
    begin: 'لا شيء مسجل عن الشاحنات والطريق. الأرقام المعلّمة «مفترض بلا مصدر» مثال للبدء: عدّلها إلى ما تعرفه.',
    startAssumed: 'لا بداية مسجلة: هذه البداية مفترضة.',
    loads: 'حمولة شاحنة', loadsIn: { one: 'في فترة واحدة', two: 'في فترتين', few: 'في {n} فترات', many: 'في {n} فترة', other: 'في {n} فترة' }, bound: 'بقاعدة تقريبية {n} على الأكثر', tonnes: 'طن', each: 'لكل فترة', all: 'كل الفترات', fed: 'شخص يُطعمون', fedFor: { one: 'ليوم واحد', two: 'ليومين', few: 'لمدة {n} أيام', many: 'لمدة {n} يوماً', other: 'لمدة {n} يوم' }, coverage: 'نسبة الحاجة المغطاة', ifKept: 'إذا احتُرمت', expected: 'المتوقع', noPeople: 'عدد السكان غير معروف.',
    bottleneck: 'ما يعيق الشاحنات', use: 'مدى انشغال كل مرحلة', useNote: 'محسوب هنا من الجواب: الحمولات × ساعات كل منها، من كل ساعات العمل. وقد لا تمتلئ أكثر المراحل انشغالاً: فعلى أولى الشاحنات أن تصل وعلى آخرها أن تعود.',
    levers: 'ما يجلبه كل تغيير', lever: 'التغيير', gain: 'الحمولات', lengths: 'بمدة أخرى', length: 'ساعات', try: 'جرّب', tried: 'جرّب {change}',
    ahead: 'لمدة {n} يوماً', needed: 'فترات لازمة', toAgree: 'فترات يُتفق عليها لثقة {share}', aheadCover: 'من الحاجة المقبلة مغطاة', notes: 'للانتباه', 
    byWindow: 'فترة بعد فترة', window: 'الفترة', binding: 'ما يعيقها', none: 'لا هدنة مسجلة يُسأل عنها', noneMore: 'يجيب البرنامج عن هذا لهدنة مسجلة: بعد تسجيلها يمكن تجربة ساعاتها وشاحناتها وأرصفتها هنا.',
  },
  fr: {
    which: 'Pause', start: 'Début, heure locale', hours: 'Heures de la fenêtre', every: 'De nouveau après jours (vide : une fois)', more: 'Plus : temps de route, charges, population', reset: 'Comme enregistré', 
    refused: 'Non calculé. Ce qui ne va pas figure à côté des champs.', set: 'fixé par vous', stored: 'enregistré, {record}', assumed: 'supposé', example: 'supposé, sans source', records: 'selon les données', unknown: 'inconnu',
    begin: 'Rien n’est enregistré sur les camions et la route. Les nombres marqués « supposé, sans source » sont un exemple pour commencer : mettez-y ce que vous savez.',
    startAssumed: 'Aucun début n’est enregistré : celui-ci est supposé.',
    loads: 'chargements', loadsIn: { one: 'en {n} fenêtre', other: 'en {n} fenêtres' }, bound: 'règle approchée : {n} au plus', tonnes: 'tonnes', each: 'par fenêtre', all: 'toutes les fenêtres', fed: 'personnes nourries', fedFor: { one: 'pendant {n} jour', other: 'pendant {n} jours' }, coverage: 'part du besoin couverte', ifKept: 'si elle est respectée', expected: 'à attendre', noPeople: 'On ne sait pas combien de gens s’y trouvent.',
    bottleneck: 'Ce qui retient les camions', use: 'Occupation de chaque étape', useNote: 'Calculé ici à partir de la réponse : chargements × heures de chacun, sur toutes les heures de travail. La plus occupée n’est pas forcément pleine : les premiers camions doivent arriver, les derniers rentrer.',
    levers: 'Ce qu’apporterait chaque changement', lever: 'Changement', gain: 'Chargements', lengths: 'Avec une autre durée', length: 'Heures', try: 'Essayer', tried: 'Essayer {change}',
    ahead: 'Pour {n} jours', needed: 'fenêtres nécessaires', toAgree: 'fenêtres à convenir, pour être sûr à {share}', aheadCover: 'du besoin à venir couvert', notes: 'À noter', 
    byWindow: 'Fenêtre par fenêtre', window: 'Fenêtre', binding: 'Retenus par', none: 'Aucune pause enregistrée à interroger', noneMore: 'Le programme répond pour une pause enregistrée : ses heures, camions et quais peuvent alors être essayés ici.',
  },
});

const levers = words({
  en: {
    trucks: 'Trucks', lanes: 'Lanes at the checkpoint', docks: 'Docks for offloading', load_hours: 'To load a truck', approach_hours: 'From the base to the checkpoint', inspection_hours: 'To inspect a truck', onward_hours: 'From the checkpoint to the docks', unload_hours: 'To unload a truck', return_hours: 'Back to the base', lead_hours: 'Before the first truck moves', buffer_hours: 'Kept free before the end', open_hour: 'Work begins at, local hour', close_hour: 'Work ends at, local hour', payload_tonnes: 'Load of a truck', ration_kg: 'Ration of a day', handling_loss: 'Lost in handling', honour_probability: 'Chance that a window is kept', confidence: 'How sure of enough windows', days: 'Days to feed people', ration_days: 'Days that a window’s food must last', people: 'People to be fed', stock_person_days: 'Food they hold', inflow_person_days_per_day: 'Food that comes in by itself, a day', preloaded: 'Trucks stand loaded when it begins', must_return: 'Trucks must be back before it ends', working_hours: 'Hours of work a day',
  },
  ar: {
    trucks: 'الشاحنات', lanes: 'ممرات نقطة التفتيش', docks: 'أرصفة التفريغ', load_hours: 'تحميل شاحنة', approach_hours: 'من القاعدة إلى نقطة التفتيش', inspection_hours: 'تفتيش شاحنة', onward_hours: 'من نقطة التفتيش إلى الأرصفة', unload_hours: 'تفريغ شاحنة', return_hours: 'العودة إلى القاعدة', lead_hours: 'قبل تحرك أول شاحنة', buffer_hours: 'هامش قبل النهاية', open_hour: 'بداية العمل، ساعة محلية', close_hour: 'نهاية العمل، ساعة محلية', payload_tonnes: 'حمولة الشاحنة', ration_kg: 'حصة اليوم', handling_loss: 'ما يُفقد في المناولة', honour_probability: 'احتمال احترام الفترة', confidence: 'درجة الثقة بكفاية الفترات', days: 'أيام الإطعام', ration_days: 'أيام يكفيها غذاء الفترة', people: 'الناس المراد إطعامهم', stock_person_days: 'ما لديهم من غذاء', inflow_person_days_per_day: 'ما يدخل تلقائياً كل يوم', preloaded: 'الشاحنات محمّلة عند البداية', must_return: 'تعود الشاحنات قبل النهاية', working_hours: 'ساعات العمل في اليوم',
  },
  fr: {
    trucks: 'Camions', lanes: 'Voies au point de contrôle', docks: 'Quais de déchargement', load_hours: 'Charger un camion', approach_hours: 'De la base au point de contrôle', inspection_hours: 'Inspecter un camion', onward_hours: 'Du point de contrôle aux quais', unload_hours: 'Décharger un camion', return_hours: 'Retour à la base', lead_hours: 'Avant le départ du premier camion', buffer_hours: 'Marge avant la fin', open_hour: 'Le travail commence à, heure locale', close_hour: 'Le travail finit à, heure locale', payload_tonnes: 'Charge d’un camion', ration_kg: 'Ration d’un jour', handling_loss: 'Perdu en manutention', honour_probability: 'Chance qu’une fenêtre soit respectée', confidence: 'Certitude d’avoir assez de fenêtres', days: 'Jours à nourrir', ration_days: 'Jours que doivent durer les vivres d’une fenêtre', people: 'Personnes à nourrir', stock_person_days: 'Vivres en leur possession', inflow_person_days_per_day: 'Vivres entrant d’eux-mêmes, par jour', preloaded: 'Camions chargés au début', must_return: 'Camions rentrés avant la fin', working_hours: 'Heures de travail par jour',
  },
});

const units = words({
  en: { hours: 'hours', minutes: 'minutes', tonnes: 'tonnes', kg: 'kg', percent: '%', days: 'days', person_days: 'person-days', none: '' },
  ar: { hours: 'ساعة', minutes: 'دقيقة', tonnes: 'طن', kg: 'كغ', percent: '%', days: 'يوم', person_days: 'شخص/يوم', none: '' },
  fr: { hours: 'heures', minutes: 'minutes', tonnes: 'tonnes', kg: 'kg', percent: '%', days: 'jours', person_days: 'personnes-jours', none: '' },
});
export type Unit = keyof ReturnType<typeof units>;

const bindings = words({
  en: { checkpoint: 'the checkpoint', fleet: 'the trucks', offloading: 'offloading', window_too_short: 'the window is too short for one trip' },
  ar: { checkpoint: 'نقطة التفتيش', fleet: 'الشاحنات', offloading: 'التفريغ', window_too_short: 'الفترة أقصر من رحلة واحدة' },
  fr: { checkpoint: 'le point de contrôle', fleet: 'les camions', offloading: 'le déchargement', window_too_short: 'la fenêtre est trop courte pour un trajet' },
});

const named = (all: Record<string, string>, code: string) => all[code] ?? code.replaceAll('_', ' ');
export const leverWord = (field: string): string => named(levers(), field);
export const unitWord = (unit: Unit): string => units()[unit];
export const bindingWord = (code: string): string => named(bindings(), code);
