// The program's remarks on a figure, as a quiet list.
import { language } from '../tongue';
import { remark } from './notes';

export function Remarks({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul class="remarks">
      {sentences.map(remark).map(({ text, lang }) => (
        <li key={text} lang={lang} dir={lang === language.value ? undefined : 'auto'}>
          {text}
        </li>
      ))}
    </ul>
  );
}
