// Fields of forms: a label, what is typed or chosen, help, and what is wrong with it.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Told } from '../refusals';
import { either, fill, words } from '../tongue';
import type { Names } from './data';

const own = words({
  en: { remove: 'Take {name} away', offers: 'On record', strange: '“{name}” is no code or name on record. Choose one that is offered as you type.', unchecked: 'The list of these did not come: what you write cannot be checked now.' },
  ar: { remove: 'أزل {name}', offers: 'المسجّل', strange: '«{name}» ليس رمزاً ولا اسماً مسجّلاً. اختر مما يُعرض أثناء الكتابة.', unchecked: 'لم تصل القائمة: لا يمكن التحقق الآن مما تكتب.' },
  fr: { remove: 'Retirer {name}', offers: 'Enregistrés', strange: '« {name} » n’est ni un code ni un nom enregistré. Choisissez parmi ce qui est proposé pendant la saisie.', unchecked: 'La liste n’est pas arrivée : ce que vous écrivez ne peut être vérifié maintenant.' },
});

/** In the words of the page, or in those of the program. */
export type Against = string | Told;

/** What is wrong, in one line; what stayed English is marked as such. */
export function Line({ of }: { of: Against }) {
  if (typeof of === 'string') return <>{of}</>;
  return of.isEnglish ? <bdi lang="en">{of.text}</bdi> : <>{of.text}</>;
}

interface Field {
  label: string;
  value: string;
  onInput: (value: string) => void;
  help?: ComponentChildren;
  /** What the program, or the page, says against it. */
  wrong?: Against[] | undefined;
  required?: boolean;
}

/** What stands below a field, and what it is called for those who hear it. */
function below(id: string, help: ComponentChildren, wrong: Against[]) {
  const about = [help ? `${id}-help` : '', wrong.length > 0 ? `${id}-wrong` : ''].filter(Boolean).join(' ');
  const lines = (
    <>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {wrong.length > 0 && (
        <p class="wrong" id={`${id}-wrong`}>
          {wrong.map((one, index) => (
            <span key={index}>
              {index > 0 && either()}
              <Line of={one} />
            </span>
          ))}
        </p>
      )}
    </>
  );
  return { lines, about: { 'aria-describedby': about || undefined, 'aria-invalid': wrong.length > 0 ? true : undefined } };
}

export function Typed({ label, value, onInput, help, wrong = [], required, type = 'text', ltr, list }: Field & { type?: 'text' | 'number' | 'date' | 'time' | 'search' | 'url'; ltr?: boolean; list?: string }) {
  const id = useId();
  const { lines, about } = below(id, help, wrong);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type === 'number' ? 'text' : type}
        inputMode={type === 'number' ? 'decimal' : undefined}
        dir={ltr || type === 'number' ? 'ltr' : 'auto'}
        autoComplete="off"
        list={list}
        required={required}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        {...about}
      />
      {lines}
    </div>
  );
}

export function Long({ label, value, onInput, help, wrong = [] }: Field) {
  const id = useId();
  const { lines, about } = below(id, help, wrong);
  return (
    <div class="field wide">
      <label for={id}>{label}</label>
      <textarea id={id} dir="auto" rows={2} value={value} onInput={(event) => onInput(event.currentTarget.value)} {...about} />
      {lines}
    </div>
  );
}

export interface Option {
  value: string;
  label: string;
}

export function Choice({ label, value, onInput, help, wrong = [], required, options }: Field & { options: Option[] }) {
  const id = useId();
  const { lines, about } = below(id, help, wrong);
  // What was chosen stays chosen while its name is still on the way, or without a line.
  const shown = value === '' || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} required={required} onChange={(event) => onInput(event.currentTarget.value)} {...about}>
        {shown.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {lines}
    </div>
  );
}

/** Does a field hold what is known to be on no list? */
export const isUnfit = (form: HTMLFormElement | null): boolean => [...(form?.elements ?? [])].some((field) => (field as HTMLInputElement).validity?.customError);

/** How many of a list are offered at once. */
const MOST_OFFERED = 8;

/** Several of a list, by name or by code. What is on no list is refused; where the list did not come it cannot be checked. */
export function Several({ label, value, onInput, help, wrong = [], names }: Omit<Field, 'value' | 'onInput'> & { value: string[]; onInput: (value: string[]) => void; names: Names }) {
  const id = useId();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [at, setAt] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { list, came } = names;
  const isThere = came === 'yes';
  const find = (typed: string) => list.find(({ code, name }) => [code, name].some((word) => word.toLowerCase() === typed.toLowerCase()));
  const strange = isThere ? [...value.filter((one) => !find(one)), ...(refused === null ? [] : [refused])] : [];
  const helps = came === 'missing' ? own().unchecked : help;
  const { lines, about } = below(id, helps, [...wrong, ...strange.map((typed) => fill(own().strange, { name: typed }))]);
  const offered = isOpen ? offers(list.filter(({ code }) => !value.includes(code)), text.trim()) : [];
  useLayoutEffect(() => input.current?.setCustomValidity(strange.length > 0 ? own().strange : ''));
  useEffect(() => {
    // What was written before the list came stands under its code.
    const known = value.map((one) => find(one)?.code ?? one);
    if (known.join(' ') !== value.join(' ')) onInput([...new Set(known)]);
  }, [isThere]);
  const type = (typed: string) => {
    setText(typed);
    setRefused(null);
    setAt(-1);
    setOpen(typed.trim() !== '');
  };
  const add = (typed: string) => {
    const code = find(typed)?.code ?? (isThere ? null : typed);
    if (code === null) {
      setRefused(typed);
      setOpen(false);
      return;
    }
    if (!value.includes(code)) onInput([...value, code]);
    type('');
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offered.length > 0) setAt((at + step + offered.length) % offered.length);
    else if (event.key === 'Enter' && text.trim()) add((offered[at] ?? (offered.length === 1 ? offered[0] : undefined))?.code ?? text.trim());
    else if (event.key === 'Escape' && offered.length > 0) setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="several">
        {value.map((code) => {
          const called = find(code)?.name ?? code;
          return (
            <button key={code} type="button" class="chip" aria-label={fill(own().remove, { name: called })} onClick={() => onInput(value.filter((other) => other !== code))}>
              <bdi>{called}</bdi> <span aria-hidden="true">×</span>
            </button>
          );
        })}
        <input
          id={id}
          ref={input}
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 && offered[at] ? `${id}-${at}` : undefined}
          dir="auto"
          autoComplete="off"
          value={text}
          onInput={(event) => type(event.currentTarget.value)}
          onBlur={() => (setOpen(false), text.trim() && add(text.trim()))}
          onKeyDown={key}
          {...about}
        />
        <ul id={`${id}-list`} class="offers" role="listbox" aria-label={own().offers} hidden={offered.length === 0}>
          {offered.map(({ code, name }, index) => (
            // The press would take the keyboard from the field before it is told.
            <li key={code} id={`${id}-${index}`} role="option" aria-selected={index === at} onMouseDown={(event) => (event.preventDefault(), add(code))}>
              <bdi>{name}</bdi> <code dir="ltr">{code}</code>
            </li>
          ))}
        </ul>
      </div>
      {lines}
    </div>
  );
}

/** What of a list has a text in its name or code; what begins with it comes first. */
export function offers<T extends { code: string; name: string }>(list: T[], text: string): T[] {
  const typed = text.toLowerCase();
  const place = ({ code, name }: T) => {
    const places = [name, code].map((word) => word.toLowerCase().indexOf(typed)).filter((found) => found >= 0);
    return places.length === 0 ? -1 : Math.min(1, ...places);
  };
  const found = list.filter((one) => place(one) >= 0);
  return found.sort((one, other) => place(one) - place(other)).slice(0, MOST_OFFERED);
}
