// The levers of a throughput: how each is shown, and within which bounds its slider moves.
import type { Unit } from './lever-words';

export interface Lever {
  field: string;
  unit: Unit;
  /** Shown times this is what the API takes: minutes are sent as hours, per cent as a share. */
  times: number;
  max: number;
  step: number;
}

const lever = (field: string, unit: Unit, max: number, step = 1, times = 1): Lever => ({ field, unit, max, step, times });

/** Those that are negotiated first. */
export const FIRST: Lever[] = [lever('trucks', 'none', 120), lever('lanes', 'none', 10), lever('docks', 'none', 24)];

export const MORE: Lever[] = [
  lever('inspection_hours', 'minutes', 120, 1, 1 / 60),
  lever('unload_hours', 'minutes', 240, 5, 1 / 60),
  lever('load_hours', 'hours', 12, 0.25),
  lever('approach_hours', 'hours', 12, 0.25),
  lever('onward_hours', 'hours', 12, 0.25),
  lever('return_hours', 'hours', 12, 0.25),
  lever('lead_hours', 'hours', 24, 0.5),
  lever('buffer_hours', 'hours', 24, 0.5),
  lever('open_hour', 'hours', 24, 0.5),
  lever('close_hour', 'hours', 24, 0.5),
  lever('payload_tonnes', 'tonnes', 30, 0.5),
  lever('ration_kg', 'kg', 1, 0.005),
  lever('handling_loss', 'percent', 30, 0.5, 1 / 100),
  lever('honour_probability', 'percent', 100, 1, 1 / 100),
  lever('confidence', 'percent', 99, 1, 1 / 100),
  lever('days', 'days', 90),
];

/** Numbers without a slider: nobody can say how large they are. */
export const NUMBERS: Lever[] = [
  lever('people', 'none', Infinity),
  lever('stock_person_days', 'person_days', Infinity),
  lever('inflow_person_days_per_day', 'person_days', Infinity),
  lever('ration_days', 'days', Infinity),
];

export const CHOICES = ['preloaded', 'must_return'];

export const EVERY: Lever[] = [...FIRST, ...MORE, ...NUMBERS];

/** What the API has as it is shown, without what floating point adds. */
export const shownValue = (lever: Lever, value: number): number => Number((value / lever.times).toPrecision(10));
export const sentValue = (lever: Lever, value: number): number => Number((value * lever.times).toPrecision(12));
