// What is wrong in files, as the page can say it: where the program names a field of the form, the page names its own control.
import { fill, listMark, words } from '../tongue';
import type { Choices } from './imports';
import { say } from './say';

const own = words({
  en: { see: 'See “{control}” under “{how}”.', kind: 'See “{control}”, below the files.', template: 'A file to fill in is under “{templates}”.' },
  ar: { see: 'انظر «{control}» ضمن «{how}».', kind: 'انظر «{control}» أسفل الملفات.', template: 'تجد ملفاً جاهزاً للتعبئة في «{templates}».' },
  fr: { see: 'Voir « {control} » sous « {how} ».', kind: 'Voir « {control} », sous les fichiers.', template: 'Un fichier à remplir se trouve sous « {templates} ».' },
});

/** What the program names a field of the form, and what the page does. */
const labels = (): Partial<Record<string, string>> => ({
  decimal: say().decimal, thousands: say().thousands, date_format: say().dateFormat, time_zone: say().timeZone, encoding: say().encoding,
  new_organisations: say().newOrganisations, as_reported: say().asReported, kind: say().kind, separator: say().separator, accept_from: say().acceptFrom,
} satisfies Record<Exclude<keyof Choices, 'accept'>, string>);

/** A field of the form in a sentence of the program. */
const FIELD = /`([a-z_]+)`/g;
const TEMPLATE = '`/api/v1/templates/{kinds}.xlsx`';

/** What of a sentence speaks of fields alone, and what stands for it. */
const CUTS: [RegExp, string][] = [
  [/(: give|, or give) `thousands` .*$/, ''],
  [/; for (other marks|another form) give `.*$/, ''],
  [/; give `time_zone`.*$/, ''],
  [/, or give `encoding`: /, ': '],
  [/; leave out `encoding`$/, ''],
  [/, or with `new_organisations` it/, ', or it'],
  [/[;,] (or )?give `kind`.*$/, ''],
  [/; only with `as_reported` .*$/, ''],
  [/; `\/api\/v1\/templates\/\S+ makes a file to fill in$/, ''],
];

/** The rule that was broken, without fields; and where on the page it is said how it is meant. */
export function ofPage(reason: string): { rule: string; hint: string | null } {
  const called = labels();
  const named = [...new Set([...reason.matchAll(FIELD)].map(([, field = '']) => field))].filter((field) => called[field]);
  const cut = CUTS.reduce((text, [of, instead]) => text.replace(of, instead), reason);
  // What is left of them is called as the page calls it.
  const rule = cut.replace(FIELD, (whole, field: string) => (called[field] ? `“${called[field]}”` : whole));
  const written = named.filter((field) => field !== 'kind');
  const hints = [
    named.includes('kind') && fill(own().kind, { control: say().kind }),
    written.length > 0 && fill(own().see, { control: written.map((field) => called[field]).join(listMark()), how: say().more }),
    reason.includes(TEMPLATE) && fill(own().template, { templates: say().templates }),
  ].filter((hint) => hint !== false);
  return { rule, hint: hints.length > 0 ? hints.join(' ') : null };
}
