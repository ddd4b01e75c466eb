// A field of a form with what is wrong with it beside it, and the problems that belong to no field.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Offline, type Problem, Refusal } from '../api';
import { Fault } from '../state';

/** What the program said is wrong at a place of what was sent, as `/windows/0/at`. */
export const wrongAt = (fault: unknown, pointer: string): Problem[] =>
  fault instanceof Refusal ? fault.problems.filter((problem) => problem.pointer === pointer) : [];

/** Problems at none of these places. */
export const wrongElsewhere = (fault: unknown, pointers: string[]): Problem[] =>
  fault instanceof Refusal ? fault.problems.filter((problem) => !pointers.includes(problem.pointer)) : [];

interface Attributes {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

export function Field({ name, pointer, fault, help, children }: { name: string; pointer: string; fault: unknown; help?: ComponentChildren; children: (attributes: Attributes) => ComponentChildren }) {
  const id = useId();
  const wrong = wrongAt(fault, pointer);
  return (
    <div class="field">
      <label for={id}>{name}</label>
      {children({ id, 'aria-invalid': wrong.length > 0, 'aria-describedby': wrong.length > 0 ? `${id}-wrong` : undefined })}
      <Wrong id={`${id}-wrong`} problems={wrong} />
      {help && <p class="help">{help}</p>}
    </div>
  );
}

/** The program's own sentences are English. */
export function Wrong({ problems, id }: { problems: Problem[]; id?: string }) {
  if (problems.length === 0) return null;
  return (
    <p class="wrong" id={id} lang="en" dir="ltr">
      {problems.map((problem) => problem.detail).join('; ')}
    </p>
  );
}

/** A fault of a form: what belongs to no field is told in full, the rest stands beside the fields. */
export function FormFault({ fault, pointers, refused }: { fault: unknown; pointers: string[]; refused: string }) {
  if (!(fault instanceof Refusal || fault instanceof Offline)) return null;
  if (fault instanceof Offline || fault.problems.length === 0) return <Fault fault={fault} />;
  const elsewhere = wrongElsewhere(fault, pointers);
  return (
    <div role="alert">
      <p class="wrong">{refused}</p>
      {elsewhere.length > 0 && (
        <ul class="problems" lang="en" dir="ltr">
          {elsewhere.map(({ pointer, detail }, index) => (
            <li key={index}>
              <code>{pointer.replace(/^\//, '')}</code> {detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
