// The page of one alert: what it says now, and everything that happened to it.
import { address, useAnswer } from '../api';
import { may, person } from '../me';
import { to } from '../route';
import { Shown } from '../state';
import { fill, language, moment } from '../tongue';
import { useAreaNames, useTold } from './ask';
import { AlertRow, Mark } from './row';
import { say } from './say';
import type { Alert, Life } from './types';
import { word } from './words';

interface Event {
  at: string;
  step: string;
  severity: string;
  was: string | null;
  by: string | null;
  note: string | null;
}
interface Whole {
  alert: Omit<Alert, 'life'>;
  events: Event[];
  life: Life;
}
type Cited = Alert['cited'];
interface Named {
  code: string;
  name: string | null;
}

export function One({ id }: { id: string }) {
  const path = `/api/v1/alerts/${encodeURIComponent(id)}`;
  const told = useTold<Whole>(path, {}, false);
  const { name } = useAreaNames();
  const sources = useAnswer<{ data: Named[] }>(address('/api/v1/sources', { limit: 1000 }));
  return (
    <>
      <p>
        <a href={to('alerts')}>{say().back}</a>
      </p>
      <Shown answer={told} lines={5}>
        {({ alert, life, events }) => (
          <>
            <h1 class="unseen">{word('rule', alert.rule)}</h1>
            <AlertRow alert={whole(alert, life, sources.data?.data ?? [])} name={name} alone />
            <h2>{say().events}</h2>
            <ol class="events">
              {events.map((event, at) => (
                <Happened key={at} event={event} />
              ))}
            </ol>
            {may('export.read') && (
              <p class="alert-links">
                <a href={`${path}.cap`}>{say().cap}</a>
                <a href={`/api/v1/alerts/feed.atom?language=${language.value}&rule=${encodeURIComponent(alert.rule)}`}>{say().atom}</a>
              </p>
            )}
          </>
        )}
      </Shown>
    </>
  );
}

/** The page tells codes of sources where the list tells them whole: their names are asked for. */
function whole(alert: Omit<Alert, 'life'> & { sources?: string[] }, life: Life, named: Named[]): Alert {
  const name = (code: string) => named.find((source) => source.code === code)?.name ?? code;
  const cited: Cited = alert.cited ?? (alert.sources ?? []).map((code) => ({ code, name: name(code), url: null }));
  return { ...alert, cited, life };
}

function Happened({ event }: { event: Event }) {
  const who = event.by ? fill(say().by, { who: person(event.by) }) : say().itself;
  return (
    <li>
      <span class="events-at">{moment(event.at)}</span>
      <span>
        <strong>{word('step', event.step)}</strong> <bdi>{who}</bdi> <Mark severity={event.severity} />
        {event.was && event.was !== event.severity && <span class="note"> {fill(say().gravest, { severity: word('severity', event.was) })}</span>}
        {event.note && (
          <span class="events-note" dir="auto">
            {event.note}
          </span>
        )}
      </span>
    </li>
  );
}
