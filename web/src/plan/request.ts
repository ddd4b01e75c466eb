// The body of a plan: what was filled in, as the program takes it. What is left empty is left to the program.
export interface Row {
  /** A day, as the field of the form has it. */
  at: string;
  /** As typed: an empty field is told of by the program. */
  loads: string;
  pause: string | null;
}

export interface Asked {
  areas: string[];
  date: string;
  horizon: string;
  payload: string;
  rows: Row[];
}

/** A number where there is one; what is none goes as it was typed, so that the program says what is wrong with it. */
function typed(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = Number(trimmed);
  return Number.isNaN(value) ? trimmed : value;
}

const without = (fields: Record<string, unknown>) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '' && value !== null));

export function bodyOf({ areas, date, horizon, payload, rows }: Asked): Record<string, unknown> {
  return without({
    date,
    horizon_days: typed(horizon),
    payload_tonnes: typed(payload),
    areas: areas.map((area) => ({ area })),
    windows: rows.map(({ at, loads, pause }) => without({ at, loads: typed(loads), pause })),
  });
}

/** The same, to be kept. */
export function keptBody(asked: Asked, title: string, code: string): Record<string, unknown> {
  return { ...bodyOf(asked), save: true, ...without({ title: title.trim(), code: code.trim() }) };
}

/** Windows of a throughput as rows: the day of the place on which each begins, and its loads. */
export function rowsOf(windows: { local_start: string; loads: number }[], pause: string): Row[] {
  return windows.filter(({ loads }) => loads > 0).map(({ local_start, loads }) => ({ at: local_start.slice(0, 10), loads: String(loads), pause }));
}
