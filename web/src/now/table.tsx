// The areas as a table, the most urgent first. A line that has the focus is lit up on the map.
import type { Answer } from '../api';
import { share, spoken } from '../estimate';
import { Figure } from '../figure';
import { Swatch, Way } from '../map/swatch';
import { peopleOf } from '../people';
import { PeopleFigure } from '../people-figure';
import { to } from '../route';
import { Empty } from '../state';
import { colon, day, fill, percent, plural } from '../tongue';
import { RestsOn } from './behind';
import { type Coverage, type CoverageRow, type Metric, type Place, grade } from './model';
import { NotThere } from './parts';
import { doubts, say, word } from './say';
import { DaysFigure } from './sentence';

interface Rows {
  places: Place[];
  metric: Metric;
  name: (code: string, fallback?: string) => string;
  coverage: Answer<Coverage>;
  lit: string | null;
  onLit: (code: string | null) => void;
}

export function AreaTable({ places, ...rest }: Rows) {
  if (places.length === 0) return <Empty title={say().noAreas}>{say().noAreasMore}</Empty>;
  return (
    <table class="now-areas">
      <thead>
        <tr>
          <th scope="col">{say().area}</th>
          <th scope="col" class="number">
            {say().days}
          </th>
          <th scope="col" class="number">
            {say().coverage}
          </th>
          <th scope="col" class="number">
            {say().people}
          </th>
          <th scope="col">{say().lastDelivery}</th>
        </tr>
      </thead>
      <tbody>
        {places.map((place) => (
          <Row key={place.code} place={place} {...rest} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ place, metric, name, coverage, lit, onLit }: Omit<Rows, 'places'> & { place: Place }) {
  const { code, outlook, coverage: covered } = place;
  const people = peopleOf(outlook?.population, covered?.population);
  const missing = coverage.data === null ? <NotThere answer={coverage} /> : null;
  return (
    <tr
      class={lit === code ? 'lit' : ''}
      onFocusCapture={() => onLit(code)}
      onBlurCapture={() => onLit(null)}
      onMouseEnter={() => onLit(code)}
      onMouseLeave={() => onLit(null)}
    >
      <th scope="row">
        <Swatch grade={grade(place, metric)} />{' '}
        <a href={to('areas', code)} dir="auto">
          {name(code, place.name)}
        </a>
        <Standings standings={place.standings} />
        {place.onTheWay > 0 && (
          <p class="now-small">
            <Way /> {plural(place.onTheWay, say().onTheWay)}
          </p>
        )}
      </th>
      <td class="number now-days" data-name={say().days}>
        <DaysFigure row={outlook} />
      </td>
      <td class="number" data-name={say().coverage}>
        {missing ?? <CoverageFigure row={covered} window={coverage.data} />}
      </td>
      <td class="number" data-name={say().people}>
        {(people.people === null && missing) || <PeopleFigure {...people} />}
      </td>
      <td data-name={say().lastDelivery}>
        {missing ?? <Last row={covered} />}
      </td>
    </tr>
  );
}

/** Who calls the area what; who agrees is named together. */
function Standings({ standings }: { standings: Place['standings'] }) {
  const by = new Map<string, string[]>();
  for (const { scheme, status } of standings) by.set(status, [...(by.get(status) ?? []), word('schemes', scheme)]);
  return (
    <p class="now-small">
      {[...by].map(([status, schemes]) => `${word('statuses', status)}${colon()}${schemes.join(say().between)}`).join(' · ')}
    </p>
  );
}

function CoverageFigure({ row, window }: { row: CoverageRow | null; window: Coverage | null }) {
  if (!row || !window) return <Figure>{null}</Figure>;
  const told = spoken(share(row.coverage), percent);
  return (
    <Figure
      method={told === null ? say().anywhere : undefined}
      date={fill(say().between30, { from: day(window.from), to: day(window.to) })}
      sources={row.sources}
      flags={doubts(row.flags)}
    >
      {told}
    </Figure>
  );
}

function Last({ row }: { row: CoverageRow | null }) {
  if (!row) return <span class="unknown">{say().unknown}</span>;
  if (row.last_delivery === null || row.days_since_last_delivery === null) return <span class="quiet">{say().never}</span>;
  return (
    <Figure class="nowrap" date={day(row.last_delivery)} more={<RestsOn area={row.area} arrived={row.last_delivery} />}>
      {plural(row.days_since_last_delivery, say().daysAgo)}
    </Figure>
  );
}
