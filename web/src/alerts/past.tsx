// What was open in a time: counts by rule, how long it lasted, one by one.
import { useState } from 'preact/hooks';
import { clocks } from '../clocks';
import { ask, route, to } from '../route';
import { Empty, Shown } from '../state';
import { day, fill, number } from '../tongue';
import { useAreaNames, useTold } from './ask';
import { lasted } from './numbers';
import { Areas, Mark } from './row';
import { say } from './say';
import { type Life, gravestFirst } from './types';
import { word } from './words';

interface OfRule {
  episodes: number;
  open: number;
  hours_median: number | null;
  hours_longest: number | null;
}
interface Row {
  key: string;
  rule: string;
  severity: string;
  text: string;
  areas: string[];
  hours: number | null;
  life: Life;
}
interface History {
  from: string;
  to: string;
  by_rule: Record<string, OfRule>;
  data: Row[];
  total: number;
}

/** How many are told one by one before somebody asks for more. */
const STEP = 40;
const MOST = 1_000;

export function Past() {
  const [limit, setLimit] = useState(STEP);
  const asked = { from: route.value.params.get('from'), to: route.value.params.get('to') ?? clocks().as_of };
  const told = useTold<History>('/api/v1/alerts/history', { ...asked, limit }, false);
  const { name } = useAreaNames();
  const from = asked.from ?? told.data?.from.slice(0, 10) ?? '';
  const until = asked.to ?? told.data?.to.slice(0, 10) ?? '';
  return (
    <>
      <div class="filters alert-days">
        <label>
          {say().from}
          <input type="date" value={from} max={until} onChange={(event) => ask({ from: event.currentTarget.value })} />
        </label>
        <label>
          {say().to}
          <input type="date" value={until} min={from} onChange={(event) => ask({ to: event.currentTarget.value })} />
        </label>
      </div>
      <p class="note">{say().pastClock}</p>
      <Shown answer={told} lines={6}>
        {(history) =>
          history.total === 0 ? (
            <Empty title={say().noPast} />
          ) : (
            <>
              <ByRule of={history.by_rule} />
              <h2>{say().each}</h2>
              {history.data.length < history.total && <p class="note">{fill(say().first, { n: number(history.data.length), total: number(history.total) })}</p>}
              {gravestFirst(history.data).map((row) => (
                <Was key={row.life.id} row={row} name={name} />
              ))}
              {history.data.length < history.total && limit < MOST && (
                <p class="do">
                  <button type="button" class="second" onClick={() => setLimit(Math.min(MOST, limit * 4))}>
                    {say().more}
                  </button>
                </p>
              )}
            </>
          )
        }
      </Shown>
    </>
  );
}

function ByRule({ of }: { of: Record<string, OfRule> }) {
  const rules = Object.entries(of).sort(([, one], [, other]) => other.episodes - one.episodes);
  const time = (hours: number | null) => (hours === null ? <span class="unknown">{say().unknown}</span> : lasted(hours));
  return (
    <div class="scroll" tabIndex={0}>
      <table>
        <caption>{say().perRule}</caption>
        <thead>
          <tr>
            <th scope="col">{say().rule}</th>
            <th scope="col" class="number">{say().episodes}</th>
            <th scope="col" class="number">{say().stillOpen}</th>
            <th scope="col" class="number">{say().median}</th>
            <th scope="col" class="number">{say().longest}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map(([rule, count]) => (
            <tr key={rule}>
              <th scope="row">{word('rule', rule)}</th>
              <td class="number">{number(count.episodes)}</td>
              <td class="number">{number(count.open)}</td>
              <td class="number">{time(count.hours_median)}</td>
              <td class="number">{time(count.hours_longest)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Was({ row, name }: { row: Row; name: (code: string) => string }) {
  const { life, hours } = row;
  const span = `${day(life.raised_at)} – ${life.resolved_at ? day(life.resolved_at) : word('state', life.state)}`;
  return (
    <article class="alert">
      <div class="alert-mark">
        <Mark severity={row.severity} />
      </div>
      <div class="alert-body">
        <p class="alert-text" dir="auto">
          {row.text}
        </p>
        <p class="alert-about">
          <span>{word('rule', row.rule)}</span>
          {row.areas.length > 0 && (
            <span>
              <Areas codes={row.areas} name={name} />
            </span>
          )}
          <span>{span}</span>
          {hours !== null && <span>{fill(life.resolved_at ? say().lasted : say().lastsNow, { time: lasted(hours) })}</span>}
          <a href={to('alerts', life.id)}>{say().life}</a>
        </p>
      </div>
    </article>
  );
}
