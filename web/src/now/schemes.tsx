// Counts of several bodies side by side, which are never added.
import { day, fill, number, plural } from '../tongue';
import { Filled } from './filled';
import { STATUSES, type Scheme, type Status, type Totals, listCount, namedCount, speaking } from './model';
import { CountFigure } from './people';
import { say, word } from './say';

export function Schemes({ totals }: { totals: Totals }) {
  const shown = speaking(totals.schemes);
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
                <StandingLines key={status} status={status} scheme={scheme} totals={totals} />
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}

function StandingLines({ status, scheme, totals }: { status: Status; scheme: Scheme; totals: Totals }) {
  const { list_total: total, areas, areas_without_figure: silent } = scheme[status];
  const [asList, asNamed] = [listCount(scheme, status), namedCount(totals, scheme, status)];
  return (
    <>
      <dt>{word('statuses', status)}</dt>
      <dd>
        {total && asList ? (
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
            {asNamed && (
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
