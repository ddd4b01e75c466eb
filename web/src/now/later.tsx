// The map comes after everything else, into a place that is kept for it; on a slow line it waits to be asked for.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../api';
import { daysLeft } from '../days';
import type { AreaMapProps } from '../map/map';
import { go, to } from '../route';
import { colon, fill, plural } from '../tongue';
import { METRICS, type Metric, type Place, grade, size } from './model';
import { Beside } from './parts';
import { say, word } from './say';

export interface Position {
  code: string;
  names: Record<string, string>;
  position: { lat: number; lon: number } | null;
}

interface Showing {
  places: Place[];
  positions: Answer<{ data: Position[] }>;
  /** What there is an answer to. */
  metrics: Metric[];
  metric: Metric;
  onMetric: (metric: Metric) => void;
  name: (code: string, fallback?: string) => string;
  lit: string | null;
  onLit: (code: string | null) => void;
}

let loaded: ComponentType<AreaMapProps> | null = null;

/** Whether the browser says that the line is slow, or that data is to be saved. */
function isSlow(): boolean {
  const line = (navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection;
  return line?.saveData === true || ['slow-2g', '2g', '3g'].includes(line?.effectiveType ?? '');
}

export function MapLater(showing: Showing) {
  const [asked, setAsked] = useState(() => loaded !== null || !isSlow());
  const [, drawn] = useState(0);
  const [failed, setFailed] = useState(false);
  const positions = showing.positions.data?.data ?? null;
  const at = new Map(positions?.map(({ code, position }) => [code, position]));
  const empty = positions !== null && !showing.places.some(({ code }) => at.get(code));
  const ready = positions !== null && !empty;
  const missing = showing.positions.data === null && showing.positions.fault !== null;
  useEffect(() => {
    if (!asked || !ready || loaded) return;
    import('../map/map')
      .then((found) => {
        loaded = found.AreaMap;
        drawn((count) => count + 1);
      })
      .catch(() => setFailed(true));
  }, [asked, ready]);
  return (
    <div class="now-map">
      <fieldset class="now-by">
        <legend>{say().mapBy}</legend>
        {METRICS.map((metric) => (
          <label key={metric} class="check">
            <input type="radio" name="now-by" disabled={!showing.metrics.includes(metric)} checked={metric === showing.metric} onChange={() => showing.onMetric(metric)} /> {say().metrics[metric]}
          </label>
        ))}
      </fieldset>
      <Beside answer={showing.positions} />
      {empty ? <Nothing places={showing.places} name={showing.name} /> : loaded && ready ? <Drawn AreaMap={loaded} {...showing} at={at} /> : !missing && <Kept asked={asked} failed={failed} onAsk={() => setAsked(true)} />}
    </div>
  );
}

function Kept({ asked, failed, onAsk }: { asked: boolean; failed: boolean; onAsk: () => void }) {
  return (
    <div class="now-map-place" role="status">
      {failed ? <p>{say().mapFailed}</p> : asked ? <p>{say().mapComing}</p> : (
        <>
          <p>{say().mapSlow}</p>
          <button type="button" class="second" onClick={onAsk}>
            {say().showMap}
          </button>
        </>
      )}
    </div>
  );
}

/** Where no area has a known place there is no map to wait for. */
function Nothing({ places, name }: Pick<Showing, 'places' | 'name'>) {
  return (
    <>
      <div class="now-map-place" role="status">
        <p>{places.length === 0 ? say().noMap : say().noPlace}</p>
      </div>
      {places.length > 0 && <p class="note">{fill(say().notOnMap, { places: places.map((place) => name(place.code, place.name)).join(say().between) })}</p>}
    </>
  );
}

type At = Map<string, Position['position']>;

function Drawn({ AreaMap, places, at, metric, name, lit, onLit }: Omit<Showing, 'positions' | 'metrics'> & { AreaMap: ComponentType<AreaMapProps>; at: At }) {
  const areas = places.flatMap((place) => {
    const position = at.get(place.code);
    if (!position) return [];
    const { onTheWay } = place;
    const label = [labelOf(place, metric), ...(onTheWay > 0 ? [plural(onTheWay, say().onTheWay)] : [])].join(' · ');
    return [{ code: place.code, name: name(place.code, place.name), ...position, people: size(place), grade: grade(place, metric), label, onTheWay }];
  });
  const missing = places.filter(({ code }) => !at.get(code)).map((place) => name(place.code, place.name));
  return (
    <>
      <AreaMap areas={areas} legend={legendOf(metric)} title={metric === 'days' ? say().daysEarly : say().metrics[metric]} lit={lit} onLit={onLit} onPick={(code) => go(to('areas', code))} list={false} />
      {missing.length > 0 && <p class="note">{fill(say().notOnMap, { places: missing.join(say().between) })}</p>}
    </>
  );
}

function legendOf(metric: Metric): (string | null)[] {
  if (metric === 'days') return say().dayGrades;
  if (metric === 'coverage') return say().coverageGrades;
  const grades: Record<number, string> = say().statusGrades;
  return [0, 1, 2, 3, 4, 5].map((step) => grades[step] ?? null);
}

function labelOf(place: Place, metric: Metric): string {
  if (metric === 'days') {
    const shown = place.outlook && daysLeft(place.outlook.days_left, place.outlook.horizon_days);
    return shown === null ? say().unknown : `${say().days}${colon()}${shown}`;
  }
  const step = grade(place, metric);
  if (step === null) return say().unknown;
  if (metric === 'coverage') return say().coverageGrades[step] ?? say().unknown;
  return [...new Set(place.standings.map(({ status }) => word('statuses', status)))].join(say().between);
}
