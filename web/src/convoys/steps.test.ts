// The funnel says what is known, and never makes a nought of what is not.
import { describe, expect, it } from 'vitest';
import { type Totals, isTold, length, measures, ofFlow } from './steps';

const flow = { sector: 'food', kind: 'bulk_food', unit: 'kg', requested: null, approved: null, loaded: 100, removed: 25, delivered: 75 };

describe('the steps of a funnel', () => {
  it('give the share of the first step that is known', () => {
    expect(ofFlow(flow).map((bar) => bar.share)).toEqual([null, null, null, 0.25, 0.75]);
  });

  it('leave unknown what is unknown', () => {
    const [asked] = ofFlow(flow);
    expect(asked && length(asked.estimate)).toBeNull();
  });

  it('give no share to more than there was: those are other goods', () => {
    const bars = ofFlow({ ...flow, removed: null, delivered: 600, from_unknown_load: 500 });
    expect(bars.at(-1)?.share).toBeNull();
  });

  it('say how many lines have no figure', () => {
    const bars = ofFlow({ ...flow, lines: 4, lines_of_unknown_load: 3, lines_of_unknown_delivery: 1 });
    expect(bars.map((bar) => bar.unknown)).toEqual([null, null, 3, null, 1]);
  });

  it('mark a share as one of what is known where figures are missing', () => {
    const count = (low: number, unknown: number) => ({ low, best: unknown ? null : low, high: unknown ? null : low, unknown });
    const of = (unknown: number) => ({ requested: count(10, unknown), approved: count(10, unknown), loaded: count(10, 0), arrived: count(5, 0) });
    const trucks = (unknown: number) => measures({ trucks: of(unknown) } as Partial<Totals>).find((one) => one.of === 'trucks')?.bars.at(-1);
    expect(trucks(0)).toMatchObject({ share: 0.5, isPart: false });
    expect(trucks(2)).toMatchObject({ share: 0.5, isPart: true });
  });

  it('tell a sum with ranges in it by its ends, and no share of a range', () => {
    const of = (low: number, best: number, high: number) => ({ low, best, high, unknown: 0 });
    const trucks = { requested: of(54, 55.5, 57), approved: of(54, 55.5, 57), loaded: of(48, 48, 48), arrived: of(24, 24, 24) };
    const bars = measures({ trucks } as unknown as Partial<Totals>).find((one) => one.of === 'trucks')?.bars ?? [];
    expect(bars.map(({ estimate: { low, best, high }, share }) => [low, best, high, share])).toEqual([[54, null, 57, null], [54, null, 57, null], [48, 48, 48, null], [24, 24, 24, null]]);
  });

  it('are told where something is known of them', () => {
    const none = { low: null, best: null, high: null, unknown: 2 };
    const totals = {
      convoys_by_stage: { requested: 2, approved: 2, loaded: 1, arrived: 1 },
      trucks: { requested: none, approved: none, loaded: none, arrived: none },
      goods: [flow],
      weight_kg: [{ ...flow, loaded: null, removed: null, delivered: null }],
    };
    expect(measures(totals as unknown as Totals).filter(isTold).map((one) => one.id)).toEqual(['convoys', 'food bulk_food kg']);
  });
});
