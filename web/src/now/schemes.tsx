// Counts of several bodies side by side, which are never added.
import { day, fill, number, plural } from '../tongue';
import { Filled } from './filled';
import { STATUSES, type Scheme, type Standing, type Status, isKnown, speaking } from './model';
import { CountFigure } from './people';
import { say, word } from './say';

export function Schemes({ schemes }: { schemes: Scheme[] }) {
  const shown = speaking(schemes);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="by-whose-count">
      <div class="now-head">
        <h2 id="by-whose-count">{say().schemesTitle}</h2>
        <p class="note">{say().schemesNote}</p>
      </div>
      <div class="now-schemes">
        {shown.map((scheme) => (
          <div key={scheme.scheme} class="now-scheme">
            <h3>
              <bdi>{word('schemes', scheme.scheme)}</bdi>
            </h3>
            <dl>
              {STATUSES.map((status) => (scheme[status].areas > 0 || scheme[status].list_total) && (
                <StandingLines key={status} status={status} scheme={scheme.scheme} standing={scheme[status]} />
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}

function StandingLines({ status, scheme, standing }: { status: Status; scheme: string; standing: Standing }) {
  const { list_total: total, areas, areas_without_figure: silent } = standing;
  const asList = total && { scheme, people: total.people, whole: true, date: total.date, claims: total.claims, standing };
  const asNamed = { scheme, people: standing.people, whole: false, date: null, claims: [], standing };
  return (
    <>
      <dt>{word('statuses', status)}</dt>
      <dd>
        {asList ? (
          <>
            <CountFigure count={asList} class="now-total" />
            <span class="now-small">
              {' '}
              {total.places === null ? say().onList : fill(say().onListPlaces, { n: number(total.places) })}
              {total.date && `${say().between}${day(total.date)}`}
            </span>
          </>
        ) : (
          <span class="now-small">{say().noList}</span>
        )}
        {areas > 0 && (
          <span class="now-small now-named">
            {plural(areas, say().areasNamed)}
            {silent > 0 && `${say().between}${plural(silent, say().noFigure)}`}
            {isKnown(standing.people) && (
              <>
                {say().between}
                <Filled text={say().holdPeople} parts={{ n: <CountFigure count={asNamed} /> }} />
              </>
            )}
          </span>
        )}
      </dd>
    </>
  );
}
