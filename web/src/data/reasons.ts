// What is wrong in files, as the page can say it: where the program names an option, the page names its own control.
import { fill, listMark, words } from '../tongue';
import type { Choices } from './imports';
import { say } from './say';

const own = words({
  en: { see: 'See “{control}” under “{how}”.', kind: 'See “{control}”, below the files.', template: 'A file to fill in is under “{templates}”.' },
  ar: { see: 'انظر «{control}» ضمن «{how}».', kind: 'انظر «{control}» أسفل الملفات.', template: 'تجد ملفاً جاهزاً للتعبئة في «{templates}».' },
  fr: { see: 'Voir « {control} » sous « {how} ».', kind: 'Voir « {control} », sous les fichiers.', template: 'Un fichier à remplir se trouve sous « {templates} ».' },
});

/** Options of the command line, and the fields of the form that say the same. */
const OPTIONS: Record<string, Exclude<keyof Choices, 'accept'>> = {
  '--decimal': 'decimal', '--thousands': 'thousands', '--date-format': 'date_format', '--time-zone': 'time_zone', '--encoding': 'encoding',
  '--new-organisations': 'new_organisations', '--as-reported': 'as_reported', '--kind': 'kind', '--separator': 'separator', '--accept-from': 'accept_from',
};

/** The label of a field of the form. */
function label(field: Exclude<keyof Choices, 'accept'>): string {
  const labels: Record<typeof field, string> = {
    decimal: say().decimal, thousands: say().thousands, date_format: say().dateFormat, time_zone: say().timeZone, encoding: say().encoding,
    new_organisations: say().newOrganisations, as_reported: say().asReported, kind: say().kind, separator: say().separator, accept_from: say().acceptFrom,
  };
  return labels[field];
}

/** What of a sentence speaks of options alone, and what stands for it. */
const CUTS: [RegExp, string][] = [
  [/(: give|, or give) --thousands .*$/, ''],
  [/; for (other marks|another form) give --.*$/, ''],
  [/; give --time-zone.*$/, ''],
  [/, or give --encoding: /, ': '],
  [/; leave out --encoding$/, ''],
  [/, or with --new-organisations it/, ', or it'],
  [/[;,] (or )?(give --kind|say the kind).*$/, ''],
  [/; only with --as-reported .*$/, ''],
  [/; `passage template` makes a file to fill in$/, ''],
];

/** The rule that was broken, without options; and where on the page it is said how it is meant. */
export function ofPage(reason: string): { rule: string; hint: string | null } {
  const named = (reason.match(/--[a-z]+(-[a-z]+)*/g) ?? []).filter((option, at, all) => OPTIONS[option] && all.indexOf(option) === at);
  const cut = CUTS.reduce((text, [of, instead]) => text.replace(of, instead), reason);
  // What is left of them is called as the page calls it.
  const rule = cut.replace(/--[a-z]+(-[a-z]+)*/g, (option) => (OPTIONS[option] ? `“${label(OPTIONS[option])}”` : option));
  const fields = named.flatMap((option) => OPTIONS[option] ?? []);
  if (reason.endsWith('say the kind')) fields.push('kind');
  const hints = [
    fields.includes('kind') && fill(own().kind, { control: say().kind }),
    fields.some((field) => field !== 'kind') && fill(own().see, { control: fields.filter((field) => field !== 'kind').map(label).join(listMark()), how: say().more }),
    reason.includes('`passage template`') && fill(own().template, { templates: say().templates }),
  ].filter((hint) => hint !== false);
  return { rule, hint: hints.length > 0 ? hints.join(' ') : null };
}
