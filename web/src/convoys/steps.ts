// The funnel as steps: how much was asked for, approved, loaded, taken off, delivered, and what is not known at each.
import { isRange, reckoned } from '../estimate';
import type { Estimate } from './data';

/** A sum, and of how many no figure is known. Where some are unknown, what is known is the least that it can be. */
export interface Count extends Estimate {
  unknown: number;
}

/** What became of goods of one sector, kind and unit. */
export type Flow = {
  sector: string;
  kind?: string;
  commodity?: string;
  name?: string;
  unit?: string;
  lines?: number;
  lines_of_unknown_load?: number;
  lines_of_unknown_delivery?: number;
  flags?: string[];
} & Partial<Record<'requested' | 'approved' | 'loaded' | 'removed' | 'delivered' | 'from_unknown_load' | 'delivered_implied', number | null>>;

interface Listed {
  total: number;
  named: { code: string }[];
}

export interface Totals {
  convoys_by_stage: Record<string, number>;
  trucks: Record<string, Count>;
  people_targeted: Record<string, Count>;
  people_reached: Count;
  drops: number;
  drops_without_list: number;
  goods: Flow[];
  weight_kg: Flow[];
  flags: string[];
  convoys: Listed;
  sources: Listed;
}

export interface Removals {
  removals: number;
  of_unknown_quantity: number;
  removed_kg: { sector: string; removed: number | null; of_unknown_quantity: number }[];
  removed_goods: { sector: string; kind: string; unit: string; removed: number | null; of_unknown_quantity: number }[];
  convoys: Listed;
  sources: Listed;
}

export type Group = Partial<Totals> & Partial<Removals> & { group: string | null; name: string | null };

export interface Bar {
  step: 'requested' | 'approved' | 'loaded' | 'removed' | 'delivered' | 'arrived';
  estimate: Estimate;
  /** Of how many there is no figure; `null` where that is not told. */
  unknown: number | null;
  /** Part of the first step that is known; that one has none. */
  share: number | null;
  /** Is that share of what is known only? */
  isPart: boolean;
}

/** What is measured: convoys, trucks, people, or the goods of a sector. */
export interface Measure {
  id: string;
  of: 'convoys' | 'trucks' | 'people' | 'weight' | 'goods';
  /** Only of goods. */
  flow: Flow | null;
  bars: Bar[];
}

const WAY = ['requested', 'approved', 'loaded', 'arrived'] as const;
const GOODS = ['requested', 'approved', 'loaded', 'removed', 'delivered'] as const;

const exactly = (value: number | null | undefined): Estimate => ({ low: value ?? null, best: value ?? null, high: value ?? null });

/** The value that a bar is as long as. */
export const length = ({ best, low, high }: Estimate): number | null => best ?? low ?? high;

function withShares(bars: Omit<Bar, 'share' | 'isPart'>[]): Bar[] {
  const first = bars.find((bar) => length(bar.estimate) !== null);
  const base = first ? length(first.estimate) : null;
  const whole = first?.estimate.best !== null && !first?.unknown;
  return bars.map((bar) => {
    const value = length(bar.estimate);
    // Of a range it is not known which part of another it is.
    const isVague = isRange(bar.estimate) || (first !== undefined && isRange(first.estimate));
    const share = base && value !== null && bar !== first && !isVague ? value / base : null;
    // More than there was before it means that the first figure is not of the same goods.
    return { ...bar, share: share !== null && share <= 1 ? share : null, isPart: !whole || bar.estimate.best === null || !!bar.unknown };
  });
}

function ofCounts(counts: Record<string, Count> | undefined): Bar[] {
  return withShares(WAY.map((step) => ({ step, estimate: reckoned(counts?.[step]) ?? exactly(null), unknown: counts?.[step]?.unknown ?? null })));
}

export function ofFlow(flow: Flow): Bar[] {
  const unknown = { loaded: flow.lines_of_unknown_load, delivered: flow.lines_of_unknown_delivery } as Partial<Record<string, number>>;
  return withShares(GOODS.map((step) => ({ step, estimate: exactly(flow[step]), unknown: unknown[step] ?? null })));
}

function ofConvoys(stages: Record<string, number> | undefined): Bar[] {
  return withShares(WAY.map((step) => ({ step, estimate: exactly(stages?.[step]), unknown: 0 })));
}

export const isTold = ({ bars }: Measure): boolean => bars.some((bar) => length(bar.estimate) !== null);

/** All that is measured in a sum, also where no figure is known. */
export function measures(totals: Partial<Totals>): Measure[] {
  return [
    { id: 'convoys', of: 'convoys', flow: null, bars: ofConvoys(totals.convoys_by_stage) },
    { id: 'trucks', of: 'trucks', flow: null, bars: ofCounts(totals.trucks) },
    { id: 'people', of: 'people', flow: null, bars: ofCounts(totals.people_targeted) },
    ...(totals.weight_kg ?? []).map((flow): Measure => ({ id: `kg ${flow.sector}`, of: 'weight', flow, bars: ofFlow(flow) })),
    ...(totals.goods ?? []).map((flow): Measure => ({ id: `${flow.sector} ${flow.kind} ${flow.unit}`, of: 'goods', flow, bars: ofFlow(flow) })),
  ];
}
