// Alerts as the program tells them, and how they are put in order, grouped and narrowed.

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const STATES = ['raised', 'acknowledged', 'silenced'] as const;
export type State = (typeof STATES)[number];

export const RULES = [
  'runout', 'no_delivery', 'low_coverage', 'stock_destroyed', 'convoy_stalled', 'convoy_overdue', 'convoy_denied', 'convoy_attacked',
  'items_removed', 'pause_ending', 'pause_unanswered', 'pause_violated', 'facility_attacked', 'route_cut', 'newly_besieged',
  'stale_estimate', 'population_jump', 'data_gap', 'future_dated', 'over_delivery', 'report_skipped', 'delivery_failed',
] as const;

export interface Life {
  id: string;
  episode: number;
  state: State | 'resolved';
  raised_at: string;
  updated_at: string;
  resolved_at: string | null;
  gravest: string;
  acknowledged: { by?: string; at?: string; note?: string | null } | null;
  silenced_by: string | null;
  muted_by: string | null;
}

export interface Alert {
  key: string;
  rule: string;
  severity: string;
  text: string;
  since: string | null;
  areas: string[];
  subject: { kind: string; code: string; name: string | null };
  numbers: Record<string, number | string | boolean | null>;
  cited: { code: string; name: string; url: string | null }[];
  records: { kind: string; code: string; version: number }[];
  /** What became of it so far; of a day in the past no life is told. */
  life: Life | null;
}

export interface Inbox {
  as_of: string;
  data: Alert[];
  by_severity: Record<string, number>;
  by_state: Record<string, number>;
  notes: string[];
  total: number;
}

/** What is picked; an empty text picks all. */
export interface Pick {
  severity: string;
  rule: string;
  area: string;
  state: string;
}

const weight = (severity: string) => {
  const at = SEVERITIES.indexOf(severity as Severity);
  return at < 0 ? SEVERITIES.length : at;
};

/** The gravest first; among the equally grave, in the order of the program. */
export function gravestFirst<A extends { severity: string }>(alerts: A[]): A[] {
  return [...alerts].sort((one, other) => weight(one.severity) - weight(other.severity));
}

export function picked(alerts: Alert[], pick: Pick): Alert[] {
  return alerts.filter(
    (alert) =>
      (!pick.severity || alert.severity === pick.severity) &&
      (!pick.rule || alert.rule === pick.rule) &&
      (!pick.area || alert.areas.includes(pick.area)) &&
      (!pick.state || alert.life?.state === pick.state),
  );
}

export interface Group {
  /** `null` where lives are not told. */
  state: State | null;
  alerts: Alert[];
}

/** By state, in the order in which they ask for attention; a state without alerts has no group. */
export function grouped(alerts: Alert[]): Group[] {
  const states: (State | null)[] = [...STATES, null];
  return states
    .map((state) => ({ state, alerts: gravestFirst(alerts.filter((alert) => standing(alert) === state)) }))
    .filter((group) => group.alerts.length > 0);
}

function standing(alert: Alert): State | null {
  return STATES.find((state) => state === alert.life?.state) ?? null;
}

/** What is the same alert from one answer to the next: an episode, or on a day in the past its key. */
export const identity = (alert: Alert): string => alert.life?.id ?? alert.key;

/** How often each value stands, by value. */
export function counts(values: string[]): [string, number][] {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found];
}

export interface Comparison {
  come: Brief[];
  go: Brief[];
  changed: { before: Brief; after: Brief }[];
}
export interface Brief {
  key: string;
  rule: string;
  severity: string;
  areas: string[];
  text: string;
}

/** Which alerts would come, go, or be of another severity, if other thresholds were set. */
export function compare(set: Brief[], asked: Brief[]): Comparison {
  const before = new Map(set.map((alert) => [alert.key, alert]));
  const after = new Set(asked.map((alert) => alert.key));
  const changed = asked.flatMap((alert) => {
    const old = before.get(alert.key);
    return old && old.severity !== alert.severity ? [{ before: old, after: alert }] : [];
  });
  return {
    come: gravestFirst(asked.filter((alert) => !before.has(alert.key))),
    go: gravestFirst(set.filter((alert) => !after.has(alert.key))),
    changed,
  };
}
