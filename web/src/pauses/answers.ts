// What the program answers about pauses, as far as this view reads it.
export interface Estimate {
  low: number | null;
  best: number | null;
  high: number | null;
}

/** A record of a pause, whole. */
export interface PauseRecord {
  code: string;
  version: number;
  title: string | null;
  pause_type: string;
  announced_on: string | null;
  asked_by: string | null;
  asked_of: string | null;
  areas: string[];
  area_groups: string[];
  place: string | null;
  parties: string[];
  start: string | null;
  start_local: string | null;
  end: string | null;
  end_local: string | null;
  duration_hours: number | null;
  every_days: number | null;
  recurrence: string | null;
  date_precision: string | null;
  note: string | null;
  quote: string | null;
  source: string | null;
  extends: string | null;
  answers: PartySaid[];
  violations: Violation[];
  accounts: Account[];
}

export interface PartySaid {
  party: string;
  answer: string;
  at: string | null;
  conditions: string | null;
  note: string | null;
  source: string | null;
}

export interface Violation {
  at: string;
  attributed_to: string | null;
  killed: Estimate | null;
  injured: Estimate | null;
  note: string | null;
  source: string | null;
  terminal: boolean | null;
}

export interface Account {
  announced_on: string | null;
  asked_by: string | null;
  quote: string | null;
  source: string | null;
}

/** When a pause holds, and how it stands with each party. */
export interface Windows {
  pause: string;
  title: string | null;
  as_of: string;
  state: string;
  status: string;
  sentence: string;
  time_zone: string;
  flags: string[];
  notes: string[];
  sources: string[];
  hours: number | null;
  parties: Party[];
  windows: Held[];
}

export interface Party {
  /** `null` where no source names who must agree. */
  party: string | null;
  name: string;
  answer: string | null;
  conditions: string | null;
  must_agree: boolean;
  since: string | null;
  source: string | null;
  state: string | null;
}

export interface Held {
  pause: string;
  start: string;
  end: string;
  /** On the clock of the place, with its offset then. */
  local_start: string;
  local_end: string;
  hours: number;
  state: string;
  violations: { count: number; terminal: boolean };
}

export interface Scorecard {
  data: Asked[];
  totals: Asked;
  notes: string[];
}

export interface Asked {
  group: string | null;
  name: string | null;
  asked: number;
  answers: Record<string, number>;
  answer_hours: { median: Estimate; requests: number; answered_and_hours_unknown: number };
  open: { requests: number; median_days: Estimate; oldest_days_at_least: number | null };
  published: Published[];
  sources: { named: { code: string }[] };
  flags: string[];
}

/** Counts that somebody else published; they stand beside our own and are never added to them. */
export interface Published {
  code: string;
  title: string | null;
  date: string | null;
  counted: string | null;
  asked: Estimate;
  granted: Estimate;
  denied: Estimate;
  unanswered: Estimate;
  source: string | null;
}

/** What a pause would let through. */
export interface Throughput {
  status: string;
  state: string;
  times: string;
  sentence: string;
  time_zone: string;
  windows: { local_start: string; local_end: string; hours: number; loads: number; segments: { hours: number; loads: number; binding: string }[] }[];
  loads: number | null;
  loads_bound: number | null;
  bottleneck: string | null;
  bottleneck_sentence: string | null;
  tonnes: number | null;
  person_days: number | null;
  days: number;
  honour_probability: number | null;
  per_window: {
    status: string;
    loads: number | null;
    tonnes: number | null;
    people_fed: number | null;
    ration_days: number | null;
    cycle_days: number | null;
    coverage: { if_kept: Estimate; expected: Estimate; steady: Estimate };
    need: { loads: number | null; tonnes_with_loss: number | null };
  };
  plan: { days: number; confidence: number; windows_needed: Estimate; windows_to_agree: Estimate; coverage_ahead: Estimate };
  people: { people: Told; stock_person_days: Told; inflow_person_days_per_day: Told };
  sensitivity: Change[];
  by_length: { hours: number; loads: number }[];
  logistics: Given[];
  notes: string[];
  flags: string[];
  sources: string[];
}

export type Told = Estimate & { from: 'sent' | 'records' | 'unknown' };

export interface Change {
  lever: string;
  from: number;
  to: number;
  gain: number | null;
  loads: number;
  more_loads: number;
  sentence: string;
}

/** A number that an answer rests on, and where it comes from. */
export interface Given {
  field: string;
  value: number | boolean;
  from: 'sent' | 'stored' | 'default';
  record: string | null;
  source: string | null;
}
