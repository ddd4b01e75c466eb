// What the program answers about plans, as far as this view reads it.
import type { Estimate } from '../pauses/answers';

/** Who gets which loads, worked out and not kept. */
export interface Allocated {
  date: string;
  horizon_days: number;
  payload_tonnes: number;
  ration_kg: number;
  person_days_per_load: number;
  status: string;
  summary: string;
  minimum_coverage: number | null;
  unmet_person_days: number | null;
  notes: string[];
  flags: string[];
  areas: Share[];
  inputs: Input[];
  told: { area: string; name: string; sentence: string; because: string; arrives_on: string[] }[];
}

export interface Share {
  id: string;
  loads: number;
  coverage: number | null;
  coverage_before: number | null;
  served_person_days: number | null;
  unmet_person_days: number | null;
  deliveries: { window: number; day: number; loads: number; person_days: number }[];
  why: { reason: string };
  flags: string[];
}

/** What the plan was reckoned with for an area. */
export interface Input {
  area: string;
  name: string;
  people: number | null;
  population: Estimate;
  stock_person_days: number | null;
  stock_from: string;
  inflow_person_days_per_day: number | null;
}

/** A plan that was kept. */
export interface Kept {
  code: string;
  version: number;
  title: string | null;
  date: string;
  horizon_days: number;
  minimum_coverage: number | null;
  unmet_person_days: number | null;
  note: string | null;
  areas: { area: string; people: number | null; loads: number; coverage_before: number | null; coverage_after: number | null; why: string | null }[];
  windows: { at: string; loads: number; pause: string | null }[];
  deliveries: { area: string; at: string; loads: number }[];
}

/** What was planned, and what then came. */
export interface Outcome {
  from: string;
  to: string;
  is_over: boolean;
  areas: {
    area: string;
    planned_loads: number;
    planned_person_days: number;
    convoys_arrived: number;
    trucks_arrived: Estimate;
    arrived_person_days: Estimate;
    arrivals_of_unknown_size: number;
    planned_coverage: number | null;
    coverage: Estimate;
    sentence: string;
  }[];
}

/** What the outlook says of an area, as far as it is needed to choose. */
export interface Outlooked {
  area: string;
  name: string;
  severity: string;
  population: Estimate;
}
