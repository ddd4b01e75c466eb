// The rows of the list of areas: what is known of each, put together from four answers, the most urgent first.
import { earliest } from '../days';
import type { AreaRecord, CoverageRow, OutlookRow, StatusRecord } from './kinds';
import { byScheme, holding } from './spans';

export interface Row {
  area: AreaRecord;
  /** The claim of each scheme that holds. */
  statuses: StatusRecord[];
  outlook: OutlookRow | null;
  coverage: CoverageRow | null;
}

const CUT_OFF = ['besieged', 'hard_to_reach', 'watchlist'];
const SEVERITIES = ['critical', 'high', 'medium'];

export function join(areas: AreaRecord[], statuses: StatusRecord[], outlooks: OutlookRow[], coverages: CoverageRow[], asOf: string): Row[] {
  const outlook = new Map(outlooks.map((row) => [row.area, row]));
  const coverage = new Map(coverages.map((row) => [row.area, row]));
  const claims = new Map<string, StatusRecord[]>();
  for (const claim of statuses) {
    if (claim.area !== null) claims.set(claim.area, [...(claims.get(claim.area) ?? []), claim]);
  }
  const rows = areas.map((area) => ({
    area,
    statuses: byScheme(claims.get(area.code) ?? []).flatMap((row) => holding(row.claims, asOf) ?? []),
    outlook: outlook.get(area.code) ?? null,
    coverage: coverage.get(area.code) ?? null,
  }));
  return rows.sort(byUrgency);
}

/** Soon without food first; then who is cut off, by how hard and how long nothing came; then the rest by code. */
function byUrgency(a: Row, b: Row): number {
  const severity = (row: Row) => {
    const place = SEVERITIES.indexOf(row.outlook?.severity ?? '');
    return place < 0 ? SEVERITIES.length : place;
  };
  const days = (row: Row) => (row.outlook && earliest(row.outlook.days_left)) ?? Infinity;
  const cutOff = (row: Row) => Math.min(CUT_OFF.length, ...row.statuses.map((claim) => CUT_OFF.indexOf(claim.status)).filter((place) => place >= 0));
  // Where no arrival is known, nothing is known to have come for the longest time.
  const waited = (row: Row) => row.coverage?.days_since_last_delivery ?? Number.MAX_SAFE_INTEGER;
  return (
    severity(a) - severity(b) ||
    (days(a) === days(b) ? 0 : days(a) - days(b)) ||
    cutOff(a) - cutOff(b) ||
    waited(b) - waited(a) ||
    a.area.code.localeCompare(b.area.code)
  );
}
