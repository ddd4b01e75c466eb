// The calendar: a month of the place as a grid of weeks with bars, on a phone as a list of days.
import { ask, route, to } from '../route';
import { may } from '../me';
import { type Answer, address, changes } from '../api';
import { Empty, Shown } from '../state';
import { colon, direction, fill, format, language, listMark, plural } from '../tongue';
import type { Held, Party, Windows } from './answers';
import type { Told } from './held';
import { FIRST_DAY, barsOf, daysOf, happenings, plusMonths, throughout, weeksOf } from './calendar';
import { stateOf } from './states';
import { say, word } from './words';
import { shownAt, zoneName } from './zone';

/** A window with what its bar says. */
export interface Placed extends Held {
  title: string;
  shown: string;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The month of the address, else that of a day. */
export function monthOf(asOf: string): string {
  const asked = route.value.params.get('month');
  return asked && MONTH.test(asked) ? asked : asOf.slice(0, 7);
}

const clock = (local: string) => format(shownAt(local), { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const dayName = (day: string, options: Intl.DateTimeFormatOptions) => format(`${day}T00:00:00Z`, { ...options, timeZone: 'UTC' });
/** A local time with its day, as `6 Jul 2016, 01:00`. */
export const localMoment = (local: string) =>
  format(shownAt(local), { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** Every window once, also where an extension is told with the pause that it extends. */
export function shownWindows(all: Windows[]): Placed[] {
  const titles = new Map(all.map((one) => [one.pause, one.title]));
  const parties = new Map<string, Party[]>(all.map((one) => [one.pause, one.parties]));
  const found = new Map<string, Placed>();
  for (const one of all) {
    for (const held of one.windows) {
      const shown = stateOf(held.state, parties.get(held.pause) ?? one.parties);
      found.set(`${held.pause} ${held.start}`, { ...held, title: titles.get(held.pause) ?? held.pause, shown });
    }
  }
  return [...found.values()].sort((a, b) => a.start.localeCompare(b.start));
}

export function Calendar({ answer, month, asOf }: { answer: Answer<Told>; month: string; asOf: string }) {
  const move = (more: number) => ask({ month: more === 0 ? null : plusMonths(month, more) });
  const [before, after] = direction.value === 'rtl' ? ['→', '←'] : ['←', '→'];
  return (
    <section aria-labelledby="calendar">
      <div class="view-head">
        <h2 id="calendar">{dayName(`${month}-01`, { month: 'long', year: 'numeric' })}</h2>
        <div class="month-do">
          <button type="button" class="second" aria-label={say().before} title={say().before} onClick={() => move(-1)}>
            {before}
          </button>
          <button type="button" class="second" onClick={() => move(0)} disabled={month === asOf.slice(0, 7)}>
            {say().toNow}
          </button>
          <button type="button" class="second" aria-label={say().after} title={say().after} onClick={() => move(1)}>
            {after}
          </button>
          {may('export.read') && (
            <a class="month-ics" href={address('/api/v1/pauses.ics')}>
              {say().ics}
            </a>
          )}
        </div>
      </div>
      <Shown answer={answer} lines={6}>
        {({ windows, missing }) => (
          <>
            <Missing codes={missing} />
            <Month all={windows} missing={missing} month={month} asOf={asOf} />
          </>
        )}
      </Shown>
    </section>
  );
}

function Month({ all, missing, month, asOf }: { all: Windows[]; missing: string[]; month: string; asOf: string }) {
  const windows = shownWindows(all);
  const weeks = weeksOf(month, FIRST_DAY[language.value]);
  const touching = windows.filter((held) => {
    const [first, last] = daysOf(held);
    return first.slice(0, 7) <= month && last.slice(0, 7) >= month;
  });
  return (
    <>
      <div class="month">
        <div class="month-week month-names" aria-hidden="true">
          {weeks[0]?.map((day) => (
            <span key={day}>{dayName(day, { weekday: 'short' })}</span>
          ))}
        </div>
        {weeks.map((week) => (
          <Week key={week[0]} week={week} windows={windows} month={month} asOf={asOf} />
        ))}
      </div>
      <DayList windows={windows} month={month} />
      {touching.length === 0 && missing.length === 0 && <Empty title={say().noneInMonth} />}
      <Zones all={all} />
      <Unplaced all={all} />
    </>
  );
}

/** Pauses that could not be asked for: what is shown is not all there is. */
export function Missing({ codes }: { codes: string[] }) {
  if (codes.length === 0) return null;
  return (
    <p class="stale" role="status">
      {plural(codes.length, say().missing)}{' '}
      {codes.slice(0, 10).map((code) => (
        <span key={code}>
          <a href={to('pauses', code)}>
            <bdi>{code}</bdi>
          </a>{' '}
        </span>
      ))}
      {codes.length > 10 && '… '}
      <button type="button" class="plain" onClick={() => (changes.value += 1)}>
        {say().askAgain}
      </button>
    </p>
  );
}

function Week({ week, windows, month, asOf }: { week: string[]; windows: Placed[]; month: string; asOf: string }) {
  return (
    <div class="month-week">
      {week.map((day, column) => (
        <span
          key={day}
          class={`month-day${day.startsWith(month) ? '' : ' beside'}${day === asOf ? ' today' : ''}`}
          style={{ gridColumn: column + 1 }}
          aria-current={day === asOf ? 'date' : undefined}
        >
          <span class="unseen">{dayName(day, { weekday: 'long', day: 'numeric', month: 'long' })}</span>
          <span aria-hidden="true">{Number(day.slice(8))}</span>
        </span>
      ))}
      {barsOf(week, windows).map(({ held, from, to: until, begins, ends, row }) => (
        <a
          key={`${held.pause} ${held.start}`}
          class={`pause-bar state-${held.shown}${begins ? ' begins' : ''}${ends ? ' ends' : ''}`}
          style={{ gridColumn: `${from + 1} / ${until + 2}`, gridRow: row + 2 }}
          href={to('pauses', held.pause)}
          title={`${held.title}${colon()}${word('state', held.shown)}. ${localMoment(held.local_start)} – ${localMoment(held.local_end)}`}
        >
          <strong>{word('state', held.shown)}</strong>
          {begins && ` ${clock(held.local_start)}`} <span dir="auto">{held.title}</span>
        </a>
      ))}
    </div>
  );
}

/** What a phone shows instead of the grid. */
function DayList({ windows, month }: { windows: Placed[]; month: string }) {
  const all = throughout(month, windows);
  const line = (held: Placed, what: string) => (
    <li key={`${held.pause} ${held.start} ${what}`}>
      <span class={`pause-swatch state-${held.shown}`} aria-hidden="true" />{' '}
      <a href={to('pauses', held.pause)} dir="auto">
        {held.title}
      </a>
      {' · '}
      {word('state', held.shown)}
      {what && ` · ${what}`}
    </li>
  );
  return (
    <div class="month-list">
      {all.length > 0 && (
        <>
          <h3>{say().allMonth}</h3>
          <ul>{all.map((held) => line(held, ''))}</ul>
        </>
      )}
      {happenings(month, windows).map(({ day, begins, ends }) => (
        <div key={day}>
          <h3>{dayName(day, { weekday: 'long', day: 'numeric', month: 'long' })}</h3>
          <ul>
            {begins.map((held) => line(held, fill(say().begins, { at: clock(held.local_start) })))}
            {ends.map((held) => line(held, fill(say().ends, { at: localMoment(held.local_end) })))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** By which clock the days and times are meant. */
export function Zones({ all }: { all: Windows[] }) {
  const told = new Set(all.filter((one) => !one.flags.includes('time_zone_assumed')).map((one) => one.time_zone));
  return (
    <p class="note">
      {told.size > 0 && fill(say().zone, { zone: [...told].map(zoneName).join(listMark()) })} {told.size === 0 && say().zoneUnknown}
    </p>
  );
}

/** Pauses that no calendar can show. */
function Unplaced({ all }: { all: Windows[] }) {
  const found = all.filter((one) => one.status === 'no_start');
  if (found.length === 0) return null;
  return (
    <details class="unplaced" open={found.length <= 6}>
      <summary>
        {say().unplaced} ({found.length})
      </summary>
      <ul>
        {found.map((one) => (
          <li key={one.pause}>
            <span class={`pause-swatch state-${stateOf(one.state, one.parties)}`} aria-hidden="true" />{' '}
            <a href={to('pauses', one.pause)} dir="auto">
              {one.title ?? one.pause}
            </a>
            {' · '}
            {word('state', stateOf(one.state, one.parties))}
          </li>
        ))}
      </ul>
    </details>
  );
}
