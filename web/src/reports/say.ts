// Words of the view of reports.
import { words } from '../tongue';

export const say = words({
  en: {
    title: 'Reports', nav: 'Parts of this view', read: 'Read', schedules: 'Schedules', deliveries: 'Deliveries',
    preview: 'The report as of {as_of}, as known {known_at}', ofNow: 'now', ofDay: '{day}', nowWord: 'now', byDay: 'on {day}', language: 'Language', period: 'Looks back', open: 'Open in a new tab', text: 'as text', json: 'as data', here: 'Show it here', hide: 'Hide it', frame: 'The situation report', noFrame: 'It cannot be shown inside this page; open it in a new tab.',
    made: 'Reports that were made', none: 'No report was made yet', noneMore: 'A schedule makes them at its times.', ends: 'Period to {at}', madeAt: 'made {at}', folder: 'for the folder of reports', forWhom: 'for {who}', later: 'Earlier ones',
    when: 'When', toWhom: 'To whom', noSchedule: 'No schedule is on record', noScheduleMore: 'Reports may also be made by schedules in the settings of the program; these are not listed here.', paused: 'paused', nobody: 'only the folder of reports', recipients: 'Recipients', noRecipient: 'No recipient is on record, or none that you may see',
    channel: { email: 'by mail', webhook: 'by webhook', folder: 'into a folder' } as Record<string, string>, level: { public: 'public', internal: 'internal', confidential: 'confidential', strictly_confidential: 'strictly confidential' } as Record<string, string>,
    add: 'New schedule', edit: 'Change', name: 'Name', time: 'Time', weekdays: 'Days', everyDay: 'none picked is every day', zone: 'Time zone', lookBack: 'Days it looks back', formats: 'Forms', pausedField: 'Make none for the time being', save: 'Save', cancel: 'Cancel', cron: 'When, as a line of cron', writePast: 'You look at the past: nothing can be changed here.', nextRun: 'When it runs next is not told by the program.',
    state: { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed', dismissed: 'Given up' } as Record<string, string>, all: 'all', stateField: 'State', noDelivery: 'Nothing was sent', noDeliveryMore: 'What is sent to recipients, waits or failed is listed here.', attempts: 'attempts: {n}', nextTry: 'to be tried again {at}', done: 'done {at}', retry: 'Try again', dismiss: 'Give up', dismissWhy: 'Why it is not sent', alertTold: 'an alert', notAllowed: 'Your role does not see what was sent.', what: 'What', unknown: 'unknown',
  },
  ar: {
    title: 'التقارير', nav: 'أقسام هذه الصفحة', read: 'قراءة', schedules: 'المواعيد', deliveries: 'الإرسال',
    preview: 'التقرير كما هو {as_of}، كما عُرف {known_at}', ofNow: 'الآن', ofDay: '{day}', nowWord: 'الآن', byDay: 'في {day}', language: 'اللغة', period: 'المدة السابقة', open: 'افتح في تبويب جديد', text: 'كنص', json: 'كبيانات', here: 'اعرضه هنا', hide: 'أخفه', frame: 'تقرير الوضع', noFrame: 'لا يمكن عرضه داخل هذه الصفحة؛ افتحه في تبويب جديد.',
    made: 'التقارير التي أُعدّت', none: 'لم يُعدّ أي تقرير بعد', noneMore: 'تُعدّها المواعيد في أوقاتها.', ends: 'المدة حتى {at}', madeAt: 'أُعدّ في {at}', folder: 'لمجلد التقارير', forWhom: 'إلى {who}', later: 'الأقدم',
    when: 'متى', toWhom: 'إلى من', noSchedule: 'لا موعد مسجلاً', noScheduleMore: 'قد تُعدّ تقارير أيضاً بمواعيد في إعدادات البرنامج، وهي غير مدرجة هنا.', paused: 'موقوف', nobody: 'مجلد التقارير فقط', recipients: 'المستلمون', noRecipient: 'لا مستلم مسجلاً، أو لا أحد يحق لك رؤيته',
    channel: { email: 'بالبريد', webhook: 'عبر webhook', folder: 'إلى مجلد' }, level: { public: 'عام', internal: 'داخلي', confidential: 'سري', strictly_confidential: 'سري للغاية' },
    add: 'موعد جديد', edit: 'تغيير', name: 'الاسم', time: 'الساعة', weekdays: 'الأيام', everyDay: 'بلا اختيار يعني كل يوم', zone: 'المنطقة الزمنية', lookBack: 'عدد الأيام السابقة', formats: 'الصيغ', pausedField: 'لا تُعدّ تقريراً في الوقت الحالي', save: 'حفظ', cancel: 'إلغاء', cron: 'متى، كسطر cron', writePast: 'أنت تنظر إلى الماضي: لا يمكن تغيير شيء هنا.', nextRun: 'لا يذكر البرنامج متى يعمل في المرة القادمة.',
    state: { waiting: 'ينتظر', delivered: 'وصل', failed: 'فشل', dismissed: 'تُرك' }, all: 'الكل', stateField: 'الحالة', noDelivery: 'لم يُرسل شيء', noDeliveryMore: 'ما يُرسل إلى المستلمين أو ينتظر أو يفشل يُدرج هنا.', attempts: 'المحاولات: {n}', nextTry: 'يُعاد في {at}', done: 'تم في {at}', retry: 'أعد المحاولة', dismiss: 'اتركه', dismissWhy: 'لماذا لا يُرسل', alertTold: 'تنبيه', notAllowed: 'لا يرى دورك ما أُرسل.', what: 'ماذا', unknown: 'غير معروف',
  },
  fr: {
    title: 'Rapports', nav: 'Parties de cette vue', read: 'Lire', schedules: 'Calendriers', deliveries: 'Envois',
    preview: 'Le rapport sur la situation {as_of}, selon les informations {known_at}', ofNow: 'actuelle', ofDay: 'au {day}', nowWord: 'actuelles', byDay: 'connues le {day}', language: 'Langue', period: 'Regarde en arrière', open: 'Ouvrir dans un nouvel onglet', text: 'en texte', json: 'en données', here: 'L’afficher ici', hide: 'Le cacher', frame: 'Le rapport de situation', noFrame: 'Il ne peut pas être affiché dans cette page ; ouvrez-le dans un nouvel onglet.',
    made: 'Rapports établis', none: 'Aucun rapport n’a encore été établi', noneMore: 'Un calendrier les établit à ses heures.', ends: 'Période jusqu’au {at}', madeAt: 'établi le {at}', folder: 'pour le dossier des rapports', forWhom: 'pour {who}', later: 'Plus anciens',
    when: 'Quand', toWhom: 'À qui', noSchedule: 'Aucun calendrier n’est enregistré', noScheduleMore: 'Des rapports peuvent aussi être établis par les réglages du programme, qui ne sont pas listés ici.', paused: 'suspendu', nobody: 'le dossier des rapports seulement', recipients: 'Destinataires', noRecipient: 'Aucun destinataire n’est enregistré, ou aucun que vous puissiez voir',
    channel: { email: 'par courriel', webhook: 'par webhook', folder: 'dans un dossier' }, level: { public: 'public', internal: 'interne', confidential: 'confidentiel', strictly_confidential: 'strictement confidentiel' },
    add: 'Nouveau calendrier', edit: 'Modifier', name: 'Nom', time: 'Heure', weekdays: 'Jours', everyDay: 'aucun choisi : chaque jour', zone: 'Fuseau horaire', lookBack: 'Jours regardés en arrière', formats: 'Formes', pausedField: 'N’en établir aucun pour l’instant', save: 'Enregistrer', cancel: 'Annuler', cron: 'Quand, comme ligne cron', writePast: 'Vous regardez le passé : rien ne peut être modifié ici.', nextRun: 'Le programme ne dit pas quand il s’exécutera ensuite.',
    state: { waiting: 'En attente', delivered: 'Remis', failed: 'Échoué', dismissed: 'Abandonné' }, all: 'tous', stateField: 'État', noDelivery: 'Rien n’a été envoyé', noDeliveryMore: 'Ce qui est envoyé aux destinataires, attend ou a échoué figure ici.', attempts: 'essais : {n}', nextTry: 'nouvel essai le {at}', done: 'fait le {at}', retry: 'Réessayer', dismiss: 'Abandonner', dismissWhy: 'Pourquoi ce n’est pas envoyé', alertTold: 'une alerte', notAllowed: 'Votre rôle ne voit pas ce qui a été envoyé.', what: 'Quoi', unknown: 'inconnu',
  },
});

/** A word for a value; one that is not known is read as it is written. */
export function word(of: 'channel' | 'level' | 'state', value: string): string {
  return say()[of][value] ?? value.replaceAll('_', ' ');
}

const usual = words({
  en: { daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly' },
  ar: { daily: 'يومي', weekly: 'أسبوعي', monthly: 'شهري' },
  fr: { daily: 'Quotidien', weekly: 'Hebdomadaire', monthly: 'Mensuel' },
});

/** The name of a schedule by its code: those of the settings have no other. */
export const scheduleName = (code: string): string => (usual() as Record<string, string>)[code] ?? code;
