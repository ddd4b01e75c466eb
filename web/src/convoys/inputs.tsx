// Fields of forms: a label, what is typed or chosen, help, and what is wrong with it.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Told } from '../refusals';
import { either, fill, words } from '../tongue';

const own = words({
  en: { remove: 'Take {name} away', add: 'Add' },
  ar: { remove: 'أزل {name}', add: 'أضف' },
  fr: { remove: 'Retirer {name}', add: 'Ajouter' },
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

/** Several of a list, by name or by code. A code that is not in the list is taken too: without a line there is none. */
export function Several({ label, value, onInput, help, wrong = [], options }: Omit<Field, 'value' | 'onInput'> & { value: string[]; onInput: (value: string[]) => void; options: Option[] }) {
  const id = useId();
  const [text, setText] = useState('');
  const { lines, about } = below(id, help, wrong);
  const find = (typed: string) => options.find((option) => [option.value, option.label].some((word) => word.toLowerCase() === typed.toLowerCase()));
  const add = (typed: string) => {
    const code = find(typed)?.value ?? typed;
    if (code && !value.includes(code)) onInput([...value, code]);
    setText('');
  };
  // What is chosen from the list is added at once; what is typed waits, since UN may become UNICEF.
  const type = (typed: string, how: string | undefined) => {
    const isChosen = !how || how === 'insertReplacementText';
    if (isChosen && find(typed.trim())) add(typed.trim());
    else setText(typed);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="several">
        {value.map((code) => {
          const called = find(code)?.label ?? code;
          return (
            <button key={code} type="button" class="chip" aria-label={fill(own().remove, { name: called })} onClick={() => onInput(value.filter((other) => other !== code))}>
              {called} <span aria-hidden="true">×</span>
            </button>
          );
        })}
        <input
          id={id}
          list={`${id}-list`}
          dir="auto"
          autoComplete="off"
          value={text}
          onInput={(event) => type(event.currentTarget.value, (event as Partial<InputEvent>).inputType)}
          onBlur={() => text.trim() && add(text.trim())}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !text.trim()) return;
            event.preventDefault();
            add(text.trim());
          }}
          {...about}
        />
      </div>
      <datalist id={`${id}-list`}>
        {options
          .filter((option) => !value.includes(option.value))
          .map((option) => (
            <option key={option.value} value={option.label} />
          ))}
      </datalist>
      {lines}
    </div>
  );
}
