// Alerts: what needs attention, what became of it, what is kept quiet, what other thresholds would tell.
import { may } from '../me';
import { PartsHead } from '../parts';
import { route, to } from '../route';
import { language } from '../tongue';
import './alerts.css';
import { Inbox } from './inbox';
import { One } from './one';
import { Other } from './other';
import { Past } from './past';
import { say } from './say';
import { Silences } from './silences';

const PARTS = { inbox: Inbox, past: Past, silences: Silences, thresholds: Other } as const;
type Part = keyof typeof PARTS;

export function Alerts() {
  const { code, params } = route.value;
  if (code) return <One id={code} />;
  const shown = params.get('show') ?? 'inbox';
  const part: Part = Object.hasOwn(PARTS, shown) ? (shown as Part) : 'inbox';
  const Chosen = PARTS[part];
  return (
    <>
      <PartsHead title={say().title} label={say().nav} parts={Object.keys(PARTS) as Part[]} open={part} name={(name) => say()[name]} href={(name) => to('alerts', null, name === 'inbox' ? {} : { show: name })} />
      <Chosen />
      {part === 'inbox' && may('export.read') && (
        <p class="alert-links">
          <a href={`/api/v1/alerts/feed.atom?language=${language.value}`}>{say().atom}</a>
        </p>
      )}
    </>
  );
}
