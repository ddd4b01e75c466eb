// The ways to take away what is shown, for who may: as text for any program, and as a workbook.
import { type Params, address } from './api';
import { may } from './me';
import { language, words } from './tongue';

const say = words({
  en: { asFile: 'This list as a file:' },
  ar: { asFile: 'هذه القائمة كملف:' },
  fr: { asFile: 'Cette liste en fichier :' },
});

/** A workbook begins with what it is, in the language that is read; the rows are the same. */
export function AsFile({ path, params = {}, timed = true }: { path: string; params?: Params; timed?: boolean }) {
  if (!may('export.read')) return null;
  return (
    <p class="quiet as-file">
      {say().asFile}
      {['csv', 'xlsx'].map((form) => (
        <a key={form} href={address(`${path}.${form}`, { ...params, language: form === 'xlsx' ? language.value : null }, timed)} download>
          {form.toUpperCase()}
        </a>
      ))}
    </p>
  );
}
