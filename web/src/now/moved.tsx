// What moved and what happened in the last days.
import { counted, spoken } from '../estimate';
import { Figure } from '../figure';
import { to } from '../route';
import { day, fill, number } from '../tongue';
import { Filled, Listed } from './filled';
import { type Convoy, type Incident, past } from './model';
import { SaidBy } from './behind';
import { say, word } from './say';

type Names = (code: string, fallback?: string) => string;

/** At most so many are shown; the view of convoys has them all. */
const SHOWN = 8;

export function Convoys({ convoys, total, asOf, name }: { convoys: Convoy[]; total: number; asOf: string; name: Names }) {
  const shown = past(convoys, asOf).slice(0, SHOWN);
  return (
    <>
      {shown.length === 0 && <p class="quiet">{say().noConvoys}</p>}
      <ul class="now-moved">
        {shown.map((convoy) => (
          <ConvoyLine key={convoy.code} convoy={convoy} name={name} />
        ))}
      </ul>
      <Cut shown={shown.length} total={total} />
      <p class="now-small">
        <a href={to('convoys')}>{say().allConvoys}</a>
      </p>
    </>
  );
}

/** Says how many there are where not all are shown. */
function Cut({ shown, total }: { shown: number; total: number }) {
  return shown < total ? <p class="now-small">{fill(say().cut, { n: number(shown), all: number(total) })}</p> : null;
}

function ConvoyLine({ convoy, name }: { convoy: Convoy; name: Names }) {
  const { code, date, stage, areas } = convoy;
  const behind = (field: string) => ({ date: date && day(date), more: <SaidBy kind="convoys" code={code} field={field} /> });
  const trucks = counted(convoy.trucks, say().trucks);
  const reached = spoken(convoy.people_reached);
  const people = reached ?? spoken(convoy.people_targeted);
  return (
    <li>
      <time dateTime={date ?? undefined}>{date ? day(date) : say().unknown}</time>
      <div>
        <a href={to('convoys', code)}>
          <Filled text={say().to} parts={{ places: <Listed things={areas.map((area) => name(area))} between={say().between} last={say().last} /> }} />
        </a>
        <p class="now-small">
          <strong>{word('stages', stage)}</strong>
          {trucks !== null && (
            <>
              {' · '}
              <Figure {...behind('trucks')}>{trucks}</Figure>
            </>
          )}
          {people !== null && (
            <>
              {' · '}
              <Figure {...behind(reached !== null ? 'people_reached' : 'people_targeted')}>{fill(reached !== null ? say().reached : say().targeted, { n: people })}</Figure>
            </>
          )}
        </p>
      </div>
    </li>
  );
}

export function Incidents({ incidents, total, asOf }: { incidents: Incident[]; total: number; asOf: string }) {
  const shown = past(incidents, asOf).slice(0, SHOWN);
  if (shown.length === 0) return <p class="quiet">{say().noIncidents}</p>;
  return (
    <>
      <ul class="now-moved">
        {shown.map(({ code, date, title, incident_type, killed, injured }) => (
          <li key={code}>
            <time dateTime={date ?? undefined}>{date ? day(date) : say().unknown}</time>
            <div>
              <span dir="auto">{title ?? word('incidentTypes', incident_type)}</span>
              <p class="now-small">
                {word('incidentTypes', incident_type)}
                {[
                  ['killed', killed, say().killed] as const,
                  ['injured', injured, say().injured] as const,
                ].map(([field, span, text]) => spoken(span) !== null && (
                  <>
                    {' · '}
                    <Figure date={date && day(date)} more={<SaidBy kind="incidents" code={code} field={field} />}>
                      {fill(text, { n: spoken(span) ?? '' })}
                    </Figure>
                  </>
                ))}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <Cut shown={shown.length} total={total} />
    </>
  );
}
