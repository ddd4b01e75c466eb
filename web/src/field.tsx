// A field of a form with what is wrong with it beside it, and the problems that belong to no field.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Offline, type Problem, Refusal } from './api';
import { Fault, Problems, Says } from './state';
import { either, words } from './tongue';

/** What the program said is wrong at a place of what was sent, as `/windows/0/at`. */
export const wrongAt = (fault: unknown, pointer: string): Problem[] =>
  fault instanceof Refusal ? fault.problems.filter((problem) => problem.pointer === pointer) : [];

/** Problems at none of these places. */
export const wrongElsewhere = (fault: unknown, pointers: string[]): Problem[] =>
  fault instanceof Refusal ? fault.problems.filter((problem) => !pointers.includes(problem.pointer)) : [];

interface Attributes {
  id: string;
  'data-pointer': string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

interface Fielded {
  name: string;
  pointer: string;
  fault: unknown;
  help?: ComponentChildren;
  children: (attributes: Attributes) => ComponentChildren;
}

export function Field({ name, pointer, fault, help, children }: Fielded) {
  const id = useId();
  const wrong = wrongAt(fault, pointer);
  return (
    <div class="field">
      <label for={id}>{name}</label>
      {children({ id, 'data-pointer': pointer, 'aria-invalid': wrong.length > 0, 'aria-describedby': wrong.length > 0 ? `${id}-wrong` : undefined })}
      <Wrong id={`${id}-wrong`} problems={wrong} />
      {help && <p class="help">{help}</p>}
    </div>
  );
}

export function Wrong({ problems, id }: { problems: Problem[]; id?: string }) {
  if (problems.length === 0) return null;
  return (
    <p class="wrong" id={id}>
      {problems.map(({ detail }, index) => (
        <span key={index}>
          {index > 0 && either()}
          <Says>{detail}</Says>
        </span>
      ))}
    </p>
  );
}

/** A fault of a form: what belongs to no field is told in full, the rest stands beside the fields. */
export function FormFault({ fault, pointers, refused = null }: { fault: unknown; pointers: string[]; refused?: string | null }) {
  if (!(fault instanceof Refusal || fault instanceof Offline)) return null;
  if (fault instanceof Offline || fault.problems.length === 0) return <Fault fault={fault} />;
  return (
    <div role="alert">
      <p class="wrong">{refused ?? beside()}</p>
      <Problems problems={wrongElsewhere(fault, pointers)} />
    </div>
  );
}

const say = words({
  en: { beside: 'Something is missing or wrong. It stands beside the fields.' },
  ar: { beside: 'شيء ناقص أو غير صحيح، وهو مبيّن بجانب الحقول.' },
  fr: { beside: 'Quelque chose manque ou est faux ; c’est indiqué à côté des champs.' },
});
const beside = (): string => say().beside;

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What a form can tell by itself, in the sentences of the program: what the browser would say comes in its own language. */
export function lacking(form: HTMLFormElement): Refusal | null {
  const fields = [...form.querySelectorAll<Input>('[data-pointer]')];
  const problems = fields.flatMap((field) => {
    const detail = against(field);
    return detail === null ? [] : [{ pointer: field.dataset.pointer ?? '', detail }];
  });
  if (problems.length === 0) return null;
  fields.find((field) => against(field) !== null)?.focus();
  return new Refusal(422, 'invalid', `${problems.length} thing(s) are wrong with what was sent`, problems, null);
}

function against(field: Input): string | null {
  const { validity } = field;
  const isBlank = field.required && field.value.trim() === '';
  if (validity.badInput) return field.type === 'number' ? 'must be a number' : 'must be a date that exists';
  if (validity.valueMissing || isBlank) return 'is required';
  const { min = '', max = '' } = field as Partial<HTMLInputElement>;
  if (!validity.rangeUnderflow && !validity.rangeOverflow) return null;
  if (field.type !== 'number') return validity.rangeUnderflow ? `must not lie before ${min}` : `must not lie after ${max}`;
  return max === '' ? `must be ${min} or more` : `must be a number between ${min} and ${max}`;
}

/** Escape closes a form in which nothing was written yet. */
export const onEscape = (close: (() => void) | undefined) => (event: KeyboardEvent) => {
  const form = event.currentTarget as HTMLFormElement;
  const isWritten = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].some((field) => field.value !== field.defaultValue);
  if (event.key !== 'Escape' || isWritten) return;
  event.stopPropagation();
  close?.();
};
