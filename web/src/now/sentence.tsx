// The sentence that a head of office needs: who is besieged, who runs out, what is on the road, what was asked and not answered.
import type { ComponentChildren } from 'preact';
import { daysLeft, isForeseen, unforeseen } from '../days';
import { counted, isRange, spoken } from '../estimate';
import { Figure } from '../figure';
import { peopleOf } from '../people';
import { PeopleFigure } from '../people-figure';
import { to } from '../route';
import { colon, day, fill, number, plural } from '../tongue';
import { Filled, Listed } from './filled';
import {
  type Alerts, type Convoy, type Count, type Coverage, type Outlook, type OutlookRow, type Scorecard, SOON_DAYS, type Totals, counts, onTheRoad, runningOut,
} from './model';
import { RestsOn, SaidBy } from './behind';
import { CountFigure, namedOf, othersOf } from './people';
import { doubts, say, word } from './say';

type Names = (code: string, fallback?: string) => string;

/** At most so many are named in a sentence. */
const NAMED = 3;

const Line = ({ children }: { children: ComponentChildren }) => <p class="now-line">{children}</p>;

export function Besieged({ totals }: { totals: Totals }) {
  const all = counts(totals);
  // What is known of single areas stands in for a list only where no list was published.
  const whole = all.filter((count) => count.whole);
  const told = whole.length > 0 ? whole : all;
  if (told.length === 0) return <h1 class="now-first">{say().noCount}</h1>;
  return (
    <h1 class="now-first">
      {told.map((count, index) => (
        <Filled
          key={count.scheme}
          text={index === 0 ? say().besieged : say().besiegedMore}
          parts={{ n: <CountFigure count={count} class="now-big" />, whom: <bdi>{word('byScheme', count.scheme)}</bdi>, day: count.date ? day(count.date) : say().noDay }}
        />
      ))}
      .
      {told.map((count) => (
        <span key={count.scheme} class="now-how">
          {told.length > 1 && `${word('schemes', count.scheme)}${colon()}`}
          {howOf(count)}
        </span>
      ))}
    </h1>
  );
}

/** How sure a count is, as the report says it: without a range, and what others of the same list say; or which areas it is of. */
function howOf(count: Count): string {
  if (!count.whole) return `${namedOf(count.standing)}.`;
  return [!isRange(count.people) && say().single, othersOf(count)].filter(Boolean).join(' ');
}

export function RunOut({ outlook, totals, coverage, name }: { outlook: Outlook; totals: Totals | null; coverage: Coverage | null; name: Names }) {
  const { will, may } = runningOut(outlook.data);
  const besieged = new Set(totals?.schemes.flatMap((scheme) => scheme.besieged.area_codes));
  const silent = outlook.data.filter(({ area, status }) => besieged.has(area) && status.startsWith('unknown')).length;
  const listed = (rows: OutlookRow[]) => <Rest things={rows.map((row) => <RunOutPlace key={row.area} row={row} coverage={coverage} name={name} />)} />;
  const days = number(SOON_DAYS);
  return (
    <>
      <Line>
        {will.length > 0 ? <Filled text={say().runsOut} parts={{ days, places: listed(will) }} /> : fill(say().noneRunsOut, { days })}{' '}
        {may.length > 0 && <Filled text={say().mayRunOut} parts={{ places: listed(may) }} />}
      </Line>
      {silent > 0 && <p class="now-quiet">{fill(say().notKnown, { n: number(silent), all: number(besieged.size) })}</p>}
    </>
  );
}

/** The first of several, and how many more there are. */
function Rest({ things }: { things: ComponentChildren[] }) {
  const left = things.length - NAMED;
  const all = left > 0 ? [...things.slice(0, NAMED), fill(say().more, { n: number(left) })] : things;
  return <Listed things={all} between={say().apart} last={say().apart} />;
}

function RunOutPlace({ row, coverage, name }: { row: OutlookRow; coverage: Coverage | null; name: Names }) {
  const told = peopleOf(row.population, coverage?.data.find(({ area }) => area === row.area)?.population);
  const parts = {
    place: <a href={to('areas', row.area)}>{name(row.area, row.name)}</a>,
    n: <PeopleFigure {...told} />,
    days: <DaysFigure row={row} />,
  };
  // While it is not known what is known of the people, nothing is said of them.
  const text = told.people !== null ? say().placePeople : coverage === null ? say().placeOnly : say().placeUnknown;
  return <Filled text={text} parts={parts} />;
}

/** The days between which it runs out; of those beyond the days looked ahead that they are so. */
function datesOf({ p10, p50, p90 }: OutlookRow['runs_out_on']): string | undefined {
  if (p10 && p90) return fill(say().runsOutOn, { from: day(p10), to: day(p90) });
  const first = p10 ?? p50;
  return first ? fill(say().runsOutFrom, { from: day(first) }) : undefined;
}

/** Days left as they are read, with the days they end on, when the stock was counted, and all doubts. */
export function DaysFigure({ row }: { row: OutlookRow | null }) {
  if (!row) return <Figure>{null}</Figure>;
  const { days_left, runs_out_on, opening_stock, horizon_days, status } = row;
  return (
    <Figure
      range={datesOf(runs_out_on)}
      date={opening_stock?.counted_on ? fill(say().counted, { day: day(opening_stock.counted_on) }) : undefined}
      method={isForeseen(days_left) ? say().holds : unforeseen(status)}
      flags={doubts(row.flags)}
      more={isForeseen(days_left) && <RestsOn area={row.area} />}
    >
      {daysLeft(days_left, horizon_days)}
    </Figure>
  );
}

export function Road({ convoys, asOf, name }: { convoys: Convoy[]; asOf: string; name: Names }) {
  const moving = onTheRoad(convoys, asOf);
  if (moving.length === 0) return <Line>{say().noRoad}</Line>;
  const told = moving.map((convoy) => <RoadConvoy key={convoy.code} convoy={convoy} name={name} />);
  return (
    <Line>
      <Filled text={say().road} parts={{ convoys: <Rest things={told} /> }} />
    </Line>
  );
}

function RoadConvoy({ convoy, name }: { convoy: Convoy; name: Names }) {
  const { areas, date, code } = convoy;
  const trucks = counted(convoy.trucks, say().trucks);
  const people = spoken(convoy.people_targeted);
  const text = trucks === null ? say().convoyOnly : people === null ? say().convoyTrucksOnly : say().convoyTrucks;
  const behind = (field: string) => ({ date: date && day(date), more: <SaidBy kind="convoys" code={code} field={field} /> });
  const parts = {
    n: <Figure {...behind('trucks')}>{trucks}</Figure>,
    people: <Figure {...behind('people_targeted')}>{people}</Figure>,
    places: <Listed things={areas.map((area) => <a href={to('areas', area)}>{name(area)}</a>)} between={say().between} last={say().last} />,
    day: date ? day(date) : say().noDay,
  };
  return <Filled text={text} parts={parts} />;
}

export function Asked({ scorecard, alerts, asOf }: { scorecard: Scorecard; alerts: Alerts | null; asOf: string }) {
  const { open, sources } = scorecard.totals;
  const pauses = alerts?.data.filter(({ rule }) => rule === 'pause_unanswered') ?? [];
  const behind = { date: day(asOf), sources: sources.named.map(({ code }) => code) };
  return (
    <Line>
      {open.requests > 0 ? <Figure {...behind}>{plural(open.requests, say().asked)}</Figure> : say().noAsked}
      {open.requests > 0 && open.oldest_days_at_least !== null && fill(say().oldest, { n: number(open.oldest_days_at_least) })}
      {pauses.length > 0 && (
        <>
          {say().besides}
          <a href={to('pauses')}>{plural(pauses.length, say().pauses)}</a>
        </>
      )}
      .
    </Line>
  );
}
