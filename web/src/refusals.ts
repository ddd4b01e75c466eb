// What the program says against something: its sentences are English, and the commonest are told in the reader's language.
import { fill, language, words } from './tongue';

/** A sentence, and whether it had to stay English. */
export interface Told {
  text: string;
  isEnglish: boolean;
}

const kinds = words({
  en: {} as Record<string, string>,
  ar: { area: 'منطقة', area_group: 'مجموعة مناطق', source: 'مصدر', organisation: 'منظمة', party: 'طرف', convoy: 'قافلة', pause: 'هدنة', facility: 'مرفق', incident: 'حادث', plan: 'خطة', status: 'قائمة حصار', population: 'إحصاء سكان', stock: 'مخزون', observation: 'مشاهدة', access_request: 'طلب وصول', logistics: 'لوجستيات', recipient: 'مستلم', schedule: 'جدول', silence: 'إسكات', alert: 'تنبيه', import: 'استيراد', unit: 'وحدة' },
  fr: { area: 'zone', area_group: 'groupe de zones', source: 'source', organisation: 'organisation', party: 'partie', convoy: 'convoi', pause: 'pause', facility: 'établissement', incident: 'incident', plan: 'plan', status: 'liste de sièges', population: 'décompte', stock: 'stock', observation: 'observation', access_request: 'demande d’accès', logistics: 'logistique', recipient: 'destinataire', schedule: 'envoi régulier', silence: 'silence', alert: 'alerte', import: 'import', unit: 'unité' },
});

/** How fields are called where no form on the page does; the labels are those of the forms. */
const fields = words({
  en: { areas: 'Areas', area: 'Area', code: 'Code', title: 'Short name', name: 'Name', mode: 'How it travels', date: 'Date', at: 'Date', events: 'Stage', stage: 'It is now', organisations: 'Organisations', source: 'Source', note: 'Note', reason: 'Reason', from: 'From', until: 'Until', trucks: 'Trucks', drops: 'Where it goes', lines: 'What it brings', people_targeted: 'People it is for', people_reached: 'People reached', place: 'Where, in words', by: 'Who reports it, or stopped it', hours: 'How long, hours', days: 'Days', rules: 'Rule', severity: 'Severity', file: 'File', days_ahead: 'Days' } as Record<string, string>,
  ar: { areas: 'المناطق', area: 'المنطقة', code: 'الرمز', title: 'اسم قصير', name: 'الاسم', mode: 'طريقة السير', date: 'التاريخ', at: 'التاريخ', events: 'المرحلة', stage: 'هي الآن', organisations: 'المنظمات', source: 'المصدر', note: 'ملاحظة', reason: 'السبب', from: 'من', until: 'حتى', trucks: 'الشاحنات', drops: 'وجهتها', lines: 'ما تحمله', people_targeted: 'المستهدفون', people_reached: 'من وصلت إليهم', place: 'أين، بالكلمات', by: 'من أبلغ أو من أوقفها', hours: 'كم دام، بالساعات', days: 'الأيام', rules: 'القاعدة', severity: 'الخطورة', file: 'الملف' },
  fr: { areas: 'Zones', area: 'Zone', code: 'Code', title: 'Nom court', name: 'Nom', mode: 'Mode', date: 'Date', at: 'Date', events: 'Étape', stage: 'Il est maintenant', organisations: 'Organisations', source: 'Source', note: 'Note', reason: 'Motif', from: 'Du', until: 'Jusqu’au', trucks: 'Camions', drops: 'Où il va', lines: 'Ce qu’il apporte', people_targeted: 'Personnes visées', people_reached: 'Personnes atteintes', place: 'Où, en mots', by: 'Qui le rapporte, ou l’a arrêté', hours: 'Combien de temps, heures', days: 'Jours', rules: 'Règle', severity: 'Gravité', file: 'Fichier' },
});

/** What a place of what was sent is called: the deepest part of `/drops/0/areas/0` that has a name; `null` where none has. */
export function placeName(pointer: string, own: Record<string, string> = {}): string | null {
  const names: Record<string, string> = { ...fields(), ...own };
  const part = pointer.split('/').findLast((one) => Object.hasOwn(names, one));
  return part === undefined ? null : (names[part] ?? null);
}

interface Pattern {
  of: RegExp;
  ar: string;
  fr: string;
  /** Where the page has better words also in English. */
  en?: string;
}

// `{name}` are the named groups of the pattern; `{kind}` is told by its word.
const WHOLE: Pattern[] = [
  { of: /^is required(, a text)?$/, ar: 'مطلوب', fr: 'est nécessaire', en: 'is needed' },
  { of: /^is required: (?<list>.+)$/, ar: 'مطلوب: {list}', fr: 'est nécessaire : {list}', en: 'is needed: {list}' },
  { of: /^the column is required; its tag is (?<value>.+)$/, ar: 'العمود مطلوب؛ وسمه {value}', fr: 'la colonne est nécessaire ; sa balise est {value}', en: 'the column is needed; its tag is {value}' },
  { of: /^must be a (date|day)( that exists)?(, | as )?(YYYY-MM-DD|as YYYY-MM-DD)?$/, ar: 'يجب أن يكون تاريخاً موجوداً', fr: 'doit être une date qui existe', en: 'must be a date that exists' },
  { of: /^must be a date as YYYY-MM-DD or a time as \S+$/, ar: 'يجب أن يكون تاريخاً أو وقتاً', fr: 'doit être une date ou une heure', en: 'must be a date or a time' },
  { of: /^must lie at most (?<n>\d+) hours after from, as no alert of any kind is told then; .*$/, ar: 'يجب ألا يبعد أكثر من {n} ساعة عن البداية، إذ لا يُخبر بأي تنبيه خلال ذلك. لمدة أطول حدّد قاعدة أو منطقة أو خطورة دون «حرج»', fr: 'doit être au plus {n} heures après le début, car plus aucune alerte n’est dite alors ; pour plus longtemps, nommez une règle, une zone ou une gravité en dessous de « critique »', en: 'must lie at most {n} hours after the start, as no alert of any kind is told then; for longer, name a rule, an area or a severity below critical' },
  { of: /^must lie at most (?<n>\d+) hours after \S+$/, ar: 'يجب ألا يبعد أكثر من {n} ساعة عن البداية', fr: 'doit être au plus {n} heures après le début' },
  { of: /^must not lie before (?<field>[\w ]+), (?<value>\S+)$/, ar: 'يجب ألا يسبق {value}', fr: 'ne doit pas être avant le {value}' },
  { of: /^must not lie before (?<value>\d\S+)$/, ar: 'يجب ألا يسبق {value}', fr: 'ne doit pas être avant le {value}' },
  { of: /^must not lie after (?<value>\d\S+)$/, ar: 'يجب ألا يأتي بعد {value}', fr: 'ne doit pas être après le {value}' },
  { of: /^must not lie after to$|^must lie before to$/, ar: 'يجب أن يسبق النهاية', fr: 'doit être avant la fin' },
  { of: /^must lie after start$/, ar: 'يجب أن يأتي بعد البداية', fr: 'doit être après le début' },
  { of: /^must lie in the future, by the true time$/, ar: 'يجب أن يكون في المستقبل', fr: 'doit être dans le futur' },
  { of: /^must lie(?:, with the end,)? (?:between|in) the years (?<low>\d+) (?:and|to) (?<high>\d+)$/, ar: 'يجب أن يكون بين عامي {low} و{high}', fr: 'doit être entre les années {low} et {high}' },
  { of: /^there is no (?<kind>[a-z_]+) (?<code>\S+)$/, ar: 'لا وجود ل{kind} بالرمز {code}', fr: 'il n’y a pas de {kind} {code}' },
  { of: /^no (?<kind>[a-z_]+) (?<code>\S+)$/, ar: 'لا وجود ل{kind} بالرمز {code}', fr: 'il n’y a pas de {kind} {code}', en: 'there is no {kind} {code}' },
  { of: /^there is nothing at \S+$/, ar: 'لا شيء بهذا العنوان', fr: 'il n’y a rien à cette adresse' },
  { of: /^(?<n>\d+) thing\(s\) are wrong with what was sent$/, ar: 'عدد ما هو غير صحيح فيما أُرسل: {n}', fr: 'nombre de choses fausses dans ce qui a été envoyé : {n}', en: 'things that are wrong with what was sent: {n}' },
  { of: /^(?<n>\d+) thing\(s\) are wrong with the files; nothing of them is in$/, ar: 'عدد ما هو غير صحيح في الملفات: {n}. لم يُستورد منها شيء', fr: 'nombre de choses fausses dans les fichiers : {n}. Rien n’en est importé', en: 'things that are wrong with the files: {n}. Nothing of them is in' },
  { of: /^must be one of (?<list>.+)$/, ar: 'يجب أن يكون واحداً من: {list}', fr: 'doit être l’un de : {list}' },
  { of: /^must be a (?:whole )?number between (?<low>\S+) and (?<high>\S+)$/, ar: 'يجب أن يكون رقماً بين {low} و{high}', fr: 'doit être un nombre entre {low} et {high}' },
  { of: /^must be (?:a share )?between (?<low>\S+) and (?<high>\S+)$/, ar: 'يجب أن يكون بين {low} و{high}', fr: 'doit être entre {low} et {high}' },
  { of: /^must be (?<low>\d+) to (?<high>\d+)$/, ar: 'يجب أن يكون بين {low} و{high}', fr: 'doit être entre {low} et {high}' },
  { of: /^must be a (?:finite|whole) number, zero or more$/, ar: 'يجب أن يكون رقماً، صفراً أو أكثر', fr: 'doit être un nombre, zéro ou plus', en: 'must be a number, zero or more' },
  { of: /^must be (?<n>\d+) or more$/, ar: 'يجب أن يكون {n} أو أكثر', fr: 'doit être {n} ou plus' },
  { of: /^must be more than (?<n>\d+)$/, ar: 'يجب أن يكون أكثر من {n}', fr: 'doit être plus de {n}' },
  { of: /^must be more than (?<low>\d+) and at most (?<high>\d+)$/, ar: 'يجب أن يكون أكثر من {low} و{high} على الأكثر', fr: 'doit être plus de {low} et au plus {high}' },
  { of: /^must be at most (?<n>[\d,]+)(?: hours)?$/, ar: 'يجب أن يكون {n} على الأكثر', fr: 'doit être au plus {n}' },
  { of: /^must be a (?:finite )?number$/, ar: 'يجب أن يكون رقماً', fr: 'doit être un nombre' },
  { of: /^must have 1 to (?<n>\d+)(?: visible)? characters$/, ar: 'يجب ألا يكون فارغاً، وأن يكون {n} حرفاً على الأكثر', fr: 'ne doit pas être vide, ni avoir plus de {n} signes' },
  { of: /^must have at most (?<n>\d+) characters$/, ar: 'يجب ألا يزيد على {n} حرفاً', fr: 'ne doit pas avoir plus de {n} signes' },
  { of: /^must be a code of 1 to 80 letters, digits and (?<signs>.+)$/, ar: 'يجب أن يكون رمزاً من 1 إلى 80 من الحروف والأرقام و {signs}', fr: 'doit être un code de 1 à 80 lettres, chiffres et {signs}' },
  { of: /^must name at least one area$/, ar: 'يجب أن يسمي منطقة واحدة على الأقل', fr: 'doit nommer au moins une zone' },
  { of: /^events must be in the order in which they happened$/, ar: 'يجب أن تكون الأحداث بترتيب وقوعها', fr: 'les événements doivent être dans l’ordre où ils ont eu lieu' },
  { of: /^a convoy cannot go from \S+ to \S+; after \S+ may come .+$/, ar: 'لا يمكن أن تلي هذه المرحلة المرحلة التي هي فيها', fr: 'cette étape ne peut suivre celle où il en est' },
  { of: /^a move needs a stage; .*$/, ar: 'المرحلة مطلوبة', fr: 'l’étape est nécessaire' },
  { of: /^is required without a pause: a silence has an end$/, ar: 'مطلوب بلا هدنة: للإسكات نهاية', fr: 'est nécessaire sans pause : un silence a une fin' },
  { of: /^give [\w, ]+: when is it$/, ar: 'اذكر تاريخاً: متى كان؟', fr: 'donnez une date : quand est-ce ?' },
  { of: /^must be in the order low ≤ best ≤ high$/, ar: 'يجب أن يكون بالترتيب: الأدنى ثم الأرجح ثم الأعلى', fr: 'doit être dans l’ordre : bas, meilleur, haut' },
  { of: /^must be an IANA time zone such as (?<value>\S+)$/, ar: 'يجب أن يكون منطقة زمنية مثل {value}', fr: 'doit être un fuseau horaire comme {value}', en: 'must be a time zone such as {value}' },
  { of: /^(?<kind>[a-z_]+) (?<code>\S+) exists already$/, ar: 'الرمز {code} مستعمل ل{kind} من قبل', fr: 'le code {code} est déjà pris par : {kind}' },
  { of: /^(?<kind>[a-z_]+) \S+ is at version \d+ now$/, ar: 'غيّره شخص آخر بعد أن فتحته. انظر إلى حاله الآن', fr: 'quelqu’un d’autre l’a modifié depuis. Voyez son état actuel', en: 'somebody else has changed it since you opened it. See how it stands now' },
  { of: /^this is \S+, which needs one of the roles (?<roles>.+)$/, ar: 'يتطلب هذا أحد الأدوار: {roles}', fr: 'il y faut l’un de ces rôles : {roles}', en: 'it needs one of the roles {roles}' },
  { of: /^a partner changes only what belongs to its own organisation$/, ar: 'الشريك لا يغيّر إلا ما يعود لمنظمته', fr: 'un partenaire ne modifie que ce qui appartient à son organisation' },
  { of: /^this needs a second person: who asked for it may not decide it$/, ar: 'يتطلب هذا شخصاً ثانياً: من طلبه لا يقرره', fr: 'il y faut une seconde personne : qui l’a demandé ne peut en décider' },
  { of: /^some of this record is withheld from you: .*$/, ar: 'جزء من هذا السجل محجوب عنك: من يراه جزئياً لا يغيّره', fr: 'une partie de cette fiche ne vous est pas montrée : qui ne la voit pas entière ne peut la modifier' },
  { of: /^too many requests; the next one is taken in (?<n>\d+) second\(s\)$/, ar: 'طلبات كثيرة؛ يُقبل التالي بعد {n} ثانية', fr: 'trop de demandes ; la prochaine est prise dans {n} s', en: 'too many requests; the next one is taken in {n} s' },
  { of: /^too many requests are waiting for the store; try again$/, ar: 'طلبات كثيرة تنتظر؛ حاول مرة أخرى', fr: 'trop de demandes attendent ; réessayez' },
  { of: /^the request was not complete within (?<n>\d+) seconds$/, ar: 'لم يكتمل الطلب خلال {n} ثانية', fr: 'la demande n’a pas été achevée en {n} secondes' },
  { of: /^the disk is full or cannot be written$/, ar: 'القرص ممتلئ أو لا يمكن الكتابة عليه', fr: 'le disque est plein ou ne peut être écrit' },
  { of: /^the answer could not be computed; the log says why$/, ar: 'تعذّر حساب الجواب؛ السجل يبيّن السبب', fr: 'la réponse n’a pas pu être calculée ; le journal dit pourquoi' },
  { of: /^a session only works from the pages of this Passage; .*$/, ar: 'أعد تحميل الصفحة وسجّل الدخول من جديد', fr: 'rechargez la page et connectez-vous de nouveau', en: 'load the page again, and log in again' },
  { of: /^must be a number written as 1000 or 12.5, without commas, spaces or units$/, ar: 'يجب أن يكون رقماً مكتوباً مثل 1000 أو 12.5، بلا فواصل ولا مسافات ولا وحدات', fr: 'doit être un nombre écrit comme 1000 ou 12.5, sans virgules, espaces ni unités' },
  { of: /^must be a number without commas or points between thousands$/, ar: 'يجب أن يكون رقماً بلا علامات بين الآلاف', fr: 'doit être un nombre sans signe entre les milliers' },
  { of: /^can be read two ways, as (?<one>\S+) and as (?<other>\S+)$/, ar: 'يمكن أن يُقرأ بطريقتين: {one} أو {other}', fr: 'peut se lire de deux façons : {one} ou {other}' },
  { of: /^(?:(?:lon|lat): )?must be degrees between (?<low>-?\d+) and (?<high>\d+)$/, ar: 'يجب أن تكون درجات بين {low} و{high}', fr: 'doit être en degrés, entre {low} et {high}', en: 'must be degrees between {low} and {high}' },
  { of: /^is a time without a time zone$/, ar: 'وقت بلا منطقة زمنية', fr: 'est une heure sans fuseau' },
  { of: /^is not UTF-8; save the file as CSV UTF-8: windows-1256 reads it as (?<one>.+), windows-1252 as (?<other>.+)$/, ar: 'ليس UTF-8؛ احفظ الملف بصيغة CSV UTF-8. يقرأه windows-1256 هكذا: {one}، و windows-1252 هكذا: {other}', fr: 'n’est pas en UTF-8 ; enregistrez le fichier en CSV UTF-8. windows-1256 y lit {one}, windows-1252 {other}' },
  { of: /^is UTF-8 and not (?<value>\S+)$/, ar: 'هو UTF-8 وليس {value}', fr: 'est en UTF-8, et non en {value}' },
  { of: /^its name and its tags tell no kind; name it like convoys.csv$/, ar: 'لا اسمه ولا وسومه تبيّن نوعه؛ سمّه مثل convoys.csv', fr: 'ni son nom ni ses balises ne disent son genre ; nommez-le comme convoys.csv' },
  { of: /^no organisation is called (?<value>.+?) here; import it first, or it is made as (?<code>\S+)$/, ar: 'لا منظمة هنا باسم {value}؛ استوردها أولاً، أو تُنشأ بالرمز {code}', fr: 'aucune organisation ne s’appelle ici {value} ; importez-la d’abord, ou elle est créée sous {code}' },
  { of: /^row (?<n>\d+) has the same code$/, ar: 'للصف {n} الرمز نفسه', fr: 'la ligne {n} a le même code' },
];

const got = words({ en: { got: '{text}, got {got}' }, ar: { got: '{text}، لا {got}' }, fr: { got: '{text}, et non {got}' } });

/** A value of the program's sentence, kept together whatever is written round it. */
const apart = (text: string): string => (language.value === 'ar' ? `\u2068${text}\u2069` : text);

function one(sentence: string): string | null {
  for (const { of, ...says } of WHOLE) {
    const found = of.exec(sentence);
    if (!found) continue;
    const { kind, ...others } = found.groups ?? {};
    const values = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, apart(value ?? '')]));
    const known = kind === undefined ? '' : (kinds()[kind] ?? (language.value === 'en' ? kind.replaceAll('_', ' ') : null));
    // A word that is no kind: the sentence says something else.
    if (known === null) continue;
    return fill(says[language.value] ?? sentence, { ...values, kind: known });
  }
  return null;
}

/** The sentence in the language of the reader, where it is known; else as it came. */
export function told(sentence: string): Told {
  const [, rule = '', value = ''] = /^(.*?), got (.*)$/s.exec(sentence) ?? [];
  const known = rule === '' ? null : one(rule);
  if (known !== null) return { text: fill(got().got, { text: known, got: apart(value) }), isEnglish: false };
  const text = one(sentence);
  return text === null ? { text: sentence, isEnglish: language.value !== 'en' } : { text, isEnglish: false };
}
