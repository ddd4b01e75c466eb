// Data: bringing files in, taking lists and tables away, and what may be there twice.
import { may } from '../me';
import { PartsHead } from '../parts';
import { route, to } from '../route';
import './data.css';
import { Duplicates } from './duplicates';
import { Exporting, Templates } from './exporting';
import { Importing } from './importing';
import { say } from './say';

const PARTS = { import: Importing, export: Exporting, templates: Templates, duplicates: Duplicates } as const;
type Part = keyof typeof PARTS;

export function Data() {
  const shown = route.value.params.get('show') ?? '';
  // Who may not import is shown first what they may.
  const first: Part = may('import.run') ? 'import' : 'export';
  const part: Part = Object.hasOwn(PARTS, shown) ? (shown as Part) : first;
  const Chosen = PARTS[part];
  return (
    <>
      <PartsHead title={say().title} label={say().nav} parts={Object.keys(PARTS) as Part[]} open={part} name={(name) => say()[name]} href={(name) => to('data', null, { show: name })} />
      <Chosen />
    </>
  );
}
