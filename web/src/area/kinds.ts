// What the program answers about an area, as far as these pages read it.
import type { DaysLeft } from '../days';
import type { Claim } from '../people';

export interface Amount {
  low: number | null;
  best: number | null;
  high: number | null;
}

/** A page of a list. */
export interface Listed<T> {
  data: T[];
  total?: number;
}

/** What every record has. */
export interface Recorded {
  code: string;
  version: number;
  source: string | null;
  quote: string | null;
  note: string | null;
  learned_at: string;
  date_precision?: string | null;
}

export type Names = Record<string, string>;

export interface AreaRecord extends Recorded {
  names: Names;
  aliases: string[];
  admin1_name: string | null;
  admin1_pcode: string | null;
  admin2_name: string | null;
  admin2_pcode: string | null;
  admin3_pcode: string | null;
  pcode: string | null;
  part_of: string | null;
  position: { lat: number; lon: number } | null;
  position_method: string | null;
}

export interface StatusRecord extends Recorded {
  area: string | null;
  area_group: string | null;
  scheme: string;
  status: string;
  tier: number | null;
  valid_from: string | null;
  valid_to: string | null;
  listed_on: string | null;
  list: string | null;
  besieged_by: string[];
}

export interface PopulationRecord extends Recorded {
  area: string | null;
  area_group: string | null;
  date: string;
  metric: string;
  people: Amount | null;
  scheme: string | null;
  estimated_by: string | null;
}

export interface GroupRecord extends Recorded {
  names: Names;
  definition: string | null;
  areas: string[];
}

export interface Input {
  input: string;
  date: string | null;
  age_days: number | null;
  amount: Amount;
  record: { code: string; kind: string };
  source: string | null;
  stated: string | null;
  used: boolean;
  why: string | null;
}

export interface Statement {
  date: string;
  said_by: string | null;
  source: string | null;
  text: string;
  topic: string;
  record: { code: string };
}

export interface OutlookRow {
  area: string;
  status: string;
  severity: string;
  unit: string;
  sector: string;
  flags: string[];
  notes: string[];
  formula: string;
  method: string | null;
  days_left: DaysLeft;
  /** How far it was looked ahead. */
  horizon_days: number;
  runs_out_on: { p10: string | null; p50: string | null; p90: string | null };
  not_before: string | null;
  population: Amount;
  need_per_day: Amount;
  inflow_per_day: Amount;
  opening_stock: { amount: Amount; at_least: number | null; counted_on: string | null; from: string };
  arrivals: { amount: Amount; number: number; of_unknown_size: number };
  losses: { amount: Amount; number: number; of_unknown_size: number };
}

export interface Outlook extends OutlookRow {
  as_of: string;
  known_at: string;
  inputs: Input[];
  statements: Statement[];
}

export interface CoverageRow {
  area: string;
  coverage: Amount;
  status: string;
  last_delivery: string | null;
  days_since_last_delivery: number | null;
  arrivals_of_unknown_food: number;
  convoys: { planned: number; allowed: number; refused: number; arrived: number };
  population: { people: Amount; date: string; claims: Claim[]; sources_differ: boolean; spread: number | null } | null;
  sources: string[];
}

export interface Coverage {
  from: string;
  to: string;
  notes: string[];
  data: CoverageRow[];
}

export interface GapEnd {
  people: number | null;
  person_days: number | null;
  tonnes: number | null;
  trucks: number | null;
  convoys: number | null;
}

export interface Gap {
  from: string;
  to: string;
  period_days: number;
  status: string;
  formula: string;
  notes: string[];
  gap: { low: GapEnd | null; best: GapEnd | null; high: GapEnd | null };
  haulage: { ration_kg: number | null; loss: number | null; payload_tonnes: number | null };
  coverage: Amount;
  needed_person_days: Amount;
}

export interface PauseRecord extends Recorded {
  title: string | null;
  pause_type: string;
  announced_on: string | null;
  start: string | null;
  end: string | null;
  duration_hours: number | null;
  asked_by: string | null;
}

export interface IncidentRecord extends Recorded {
  title: string | null;
  incident_type: string;
  date: string | null;
  killed: Amount | null;
  injured: Amount | null;
  attributed_to: string | null;
}

export interface RequestRecord extends Recorded {
  title: string | null;
  answer: string | null;
  authority: string | null;
  requested_on: string | null;
  answered_on: string | null;
  reported_on: string | null;
  people_requested: Amount | null;
  people_approved: Amount | null;
}

export interface FacilityRecord extends Recorded {
  names: Names;
  facility_type: string;
  functioning: string | null;
  as_of: string | null;
  position: { lat: number; lon: number } | null;
}

export interface StockRecord extends Recorded {
  date: string | null;
  item: string | null;
  stock_type: string;
  quantity: Amount | null;
  quantity_text: string | null;
  unit: string | null;
  owner: string[] | null;
}

export interface SourceRecord extends Recorded {
  name: string;
  publisher: string | null;
  date: string | null;
  url: string | null;
  reliability: string | null;
  credibility: string | null;
  licence: string | null;
}

export interface AlertRow {
  key: string;
  rule: string;
  severity: string;
  since: string | null;
  text: string;
  sources: string[];
  life: { raised_at: string | null; state: string } | null;
}

export interface VersionRow {
  action: string;
  actor: string | null;
  reason: string | null;
  version: number;
  learned_at: string;
  recorded_at: string;
  withdrawn: boolean;
  changes: { field: string; from: unknown; to: unknown }[];
}
