// The first view: the sentence that a head of office needs, then alerts, what moved, and the areas with their map.
import { useState } from 'preact/hooks';
import { type Answer, Offline, Refusal, type Whole, address, useAll, useAnswer } from '../api';
import { clocks, plusDays } from '../clocks';
import { SourceLink } from '../figure';
import { me, today } from '../me';
import { to } from '../route';
import { SourcePanel, sourceLink } from '../source';
import { Fault, Shown } from '../state';
import { fill, nameOf, number } from '../tongue';
import { Withheld } from '../withheld';
import { Gravest, useAlerts } from './gravest';
import { MapLater, type Position } from './later';
import { type Alerts, type Convoy, type Coverage, type Incident, METRICS, type Metric, type Outlook, LATELY_DAYS, type Scorecard, type Totals, onTheRoad, places, roadParams, tellingMetric } from './model';
import { Convoys, Incidents } from './moved';
import './now.css';
import { Beside, Part, both } from './parts';
import { say } from './say';
import { Schemes } from './schemes';
import { Asked, Besieged, Road, RunOut } from './sentence';
import { AreaTable } from './table';

interface List<T> {
  data: T[];
  total: number;
}

/** All that the first screen asks, at once; the positions come when the first answers are there. */
function useNow() {
  const totals = useAnswer<Totals>(address('/api/v1/totals'));
  const outlook = useAnswer<Outlook>(address('/api/v1/outlook'));
  const scorecard = useAnswer<Scorecard>(address('/api/v1/access/scorecard'));
  // Without a clock it is the day of the answers; a page that stays open over midnight goes on with them.
  const asOf = clocks().as_of ?? totals.data?.as_of.slice(0, 10) ?? (me.value ? today() : null);
  const lately = (path: string) => asOf && address(path, { from: plusDays(asOf, 1 - LATELY_DAYS), to: asOf, sort: '-date', limit: 50 });
  const road = useAll<Convoy>('/api/v1/convoys', roadParams(clocks().as_of));
  const convoys = useAnswer<List<Convoy>>(lately('/api/v1/convoys'));
  const alerts = useAlerts();
  const incidents = useAnswer<List<Incident>>(lately('/api/v1/incidents'));
  const coverage = useAnswer<Coverage>(address('/api/v1/coverage'));
  const positions = useAll<Position>(outlook.data && totals.data ? '/api/v1/areas' : null);
  return { totals, outlook, scorecard, asOf, road, convoys, alerts, incidents, coverage, positions };
}

/** Why nothing at all can be shown: said once, instead of in every part. */
function nothing({ data, fault }: Answer<Totals>): Refusal | Offline | null {
  if (data !== null || fault === null) return null;
  return fault instanceof Offline || fault.status === 401 || fault.status === 403 ? fault : null;
}

export function Now() {
  const now = useNow();
  const fault = nothing(now.totals);
  if (fault) return <Fault fault={fault} />;
  const named = new Map(now.positions.data?.data.map(({ code, names }) => [code, names]));
  const known = new Map(now.outlook.data?.data.map(({ area, name }) => [area, name]));
  const name = (code: string, fallback?: string) => nameOf(named.get(code), known.get(code) ?? fallback ?? code);
  const asOf = now.asOf ?? today();
  return (
    <SourceLink.Provider value={sourceLink}>
      <div class="now">
        <section class="now-sentence">
          <Shown answer={now.totals} lines={2}>
            {(totals) => <Besieged totals={totals} />}
          </Shown>
          <Part first={now.totals} answer={now.outlook}>
            {(outlook) => <RunOut outlook={outlook} totals={now.totals.data} coverage={now.coverage.data} name={name} />}
          </Part>
          <Part first={now.totals} answer={now.road}>
            {({ data }) => <Road convoys={data} asOf={asOf} name={name} />}
          </Part>
          <Part first={now.totals} answer={now.scorecard}>
            {(scorecard) => <Asked scorecard={scorecard} alerts={now.alerts.data} asOf={asOf} />}
          </Part>
          <Withheld />
        </section>
        <Shown answer={now.totals}>{(totals) => <Schemes totals={totals} />}</Shown>
        <Happening alerts={now.alerts} convoys={now.convoys} incidents={now.incidents} asOf={asOf} name={name} />
        <Areas totals={now.totals} outlook={now.outlook} coverage={now.coverage} road={onTheRoad(now.road.data?.data ?? [], asOf)} positions={now.positions} name={name} />
        <SourcePanel />
      </div>
    </SourceLink.Provider>
  );
}

interface Lately {
  alerts: Answer<Alerts>;
  convoys: Answer<List<Convoy>>;
  incidents: Answer<List<Incident>>;
  asOf: string;
  name: (code: string, fallback?: string) => string;
}

function Happening({ alerts, convoys, incidents, asOf, name }: Lately) {
  return (
    <div class="now-pair">
      <section>
        <h2>{say().alertsTitle}</h2>
        <Shown answer={alerts} lines={6}>
          {(data) => <Gravest alerts={data} />}
        </Shown>
      </section>
      <section>
        <h2>{fill(say().movedTitle, { n: number(LATELY_DAYS) })}</h2>
        <h3>{say().convoys}</h3>
        <Shown answer={convoys}>{({ data, total }) => <Convoys convoys={data} total={total} asOf={asOf} name={name} />}</Shown>
        <h3>{say().incidents}</h3>
        <Shown answer={incidents}>{({ data, total }) => <Incidents incidents={data} total={total} asOf={asOf} />}</Shown>
      </section>
    </div>
  );
}

interface Where {
  totals: Answer<Totals>;
  outlook: Answer<Outlook>;
  coverage: Answer<Coverage>;
  /** Convoys on their way, as the sentence tells of them. */
  road: Convoy[];
  positions: Answer<Whole<Position>>;
  name: (code: string, fallback?: string) => string;
}

function Areas({ totals, outlook, coverage, road, positions, name }: Where) {
  const [lit, setLit] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Metric | null>(null);
  const all = places(totals.data, outlook.data, coverage.data, road);
  // An answer that is not there is not drawn as if all was unknown.
  const metrics = METRICS.filter((one) => one !== 'coverage' || coverage.data !== null);
  const metric = chosen && metrics.includes(chosen) ? chosen : tellingMetric(all);
  return (
    <section aria-labelledby="now-areas">
      <div class="now-head">
        <h2 id="now-areas">{say().areasTitle}</h2>
        <a href={to('areas')}>{say().allAreas}</a>
      </div>
      <Beside answer={coverage} />
      <div class="now-where">
        <Shown answer={both(totals, outlook)} lines={12}>
          {() => <AreaTable places={all} metric={metric} name={name} coverage={coverage} lit={lit} onLit={setLit} />}
        </Shown>
        <MapLater places={all} positions={positions} metrics={metrics} metric={metric} onMetric={setChosen} name={name} lit={lit} onLit={setLit} />
      </div>
    </section>
  );
}
