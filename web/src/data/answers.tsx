// What a try leaves open: numbers and dates that can be read two ways, kinds, and values that are no codes.
import { address, useAnswer } from '../api';
import { fill, listMark, nameOf, number, words } from '../tongue';
import { IMPORTABLE } from './exports';
import { type Choices, type Import, type Question, type Suggestion, questions } from './imports';
import { say } from './say';
import { kindName } from './words';

export const DATE_FORMATS = ['%d/%m/%Y', '%m/%d/%Y', '%d.%m.%Y', '%d-%m-%Y', '%Y/%m/%d', '%d %b %Y'];
export const ENCODINGS = ['windows-1256', 'windows-1252', 'utf-16le', 'utf-16be'];

const forms = words({
  en: { d: 'day', m: 'month', Y: 'year', b: 'month as word' },
  ar: { d: 'يوم', m: 'شهر', Y: 'سنة', b: 'اسم الشهر' },
  fr: { d: 'jour', m: 'mois', Y: 'année', b: 'mois en lettres' },
});

/** A form of dates in words, as `day/month/year`. */
export function dateForm(form: string): string {
  const named = forms() as Record<string, string>;
  return form.replace(/%(\w)/g, (sign, letter: string) => named[letter] ?? sign);
}

export interface Answering {
  choices: Choices;
  choose: (more: Partial<Choices>) => void;
}

export function Questions({ tried, ...answering }: Answering & { tried: Import }) {
  const open = questions(tried.problems);
  if (open.length === 0 && tried.suggestions.length === 0) return null;
  return (
    <section class="questions">
      <h3>{say().questions}</h3>
      {open.map((question) => (
        <Ask key={question.about} question={question} {...answering} />
      ))}
      {tried.suggestions.length > 0 && <h4>{say().suggestions}</h4>}
      {tried.suggestions.map((suggestion) => (
        <Meant key={`${suggestion.of}/${suggestion.value}`} suggestion={suggestion} {...answering} />
      ))}
    </section>
  );
}

function Ask({ question, choices, choose }: Answering & { question: Question }) {
  if (question.about === 'number') {
    return (
      <fieldset class="question">
        <legend>{fill(say().twoWays, { value: question.value })}</legend>
        {question.readings.map(({ says, set }) => (
          <label key={says} class="check">
            <input
              type="radio"
              name="two-ways"
              checked={(set.decimal ?? '') === choices.decimal && (set.thousands ?? '') === choices.thousands}
              onChange={() => choose(set)}
            />{' '}
            <bdi>{says.includes('.') ? number(Number(says), 9) : number(Number(says))}</bdi>
          </label>
        ))}
      </fieldset>
    );
  }
  const { title, name, options } = {
    date: { title: say().dateAsk, name: 'date_format' as const, options: DATE_FORMATS.map((form) => [form, dateForm(form)]) },
    kind: { title: say().kindAsk, name: 'kind' as const, options: IMPORTABLE.map((kind) => [kind, kindName(kind)]) },
    encoding: { title: say().encodingAsk, name: 'encoding' as const, options: ENCODINGS.map((form) => [form, form]) },
  }[question.about];
  return (
    <label class="question">
      {fill(title, { value: question.value, file: question.value })}
      <select value={choices[name]} onChange={(event) => choose({ [name]: event.currentTarget.value })}>
        <option value="">{say().leave}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A value that is no code: what comes near, with how near, or any other that is known. */
function Meant({ suggestion: { of, value, near, cells }, choices, choose }: Answering & { suggestion: Suggestion }) {
  const chosen = choices.accept[value] ?? '';
  const list = useAnswer<{ data: { code: string; names?: Record<string, string>; name?: string | null }[] }>(
    of === 'area' || of === 'source' || of === 'organisation' || of === 'party' ? address(`/api/v1/${of === 'party' ? 'parties' : `${of}s`}`, { limit: 1000 }) : null,
  );
  const others = (list.data?.data ?? []).filter(({ code }) => !near.some((one) => one.code === code));
  return (
    <label class="question">
      <span>
        <q dir="auto">{value}</q> <span class="note">({kindName(of)}{listMark()}{fill(say().cells, { n: number(cells) })})</span>
      </span>
      <select value={chosen} onChange={(event) => choose({ accept: { ...choices.accept, [value]: event.currentTarget.value } })}>
        <option value="">{near.length === 0 ? `${say().leave} (${say().nothingNear})` : say().leave}</option>
        {near.map(({ code, name, score }) => (
          <option key={code} value={code}>
            {name || code} · {code} · {say().score} {number(score, 2)}
          </option>
        ))}
        {others.length > 0 && (
          <optgroup label={say().otherCode}>
            {others.map(({ code, names, name }) => (
              <option key={code} value={code}>
                {nameOf(names, name ?? code)} · {code}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}
