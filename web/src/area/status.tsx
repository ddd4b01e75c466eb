// What an area was called, by each scheme, on a time line; and the same as a table.
import { useRef } from 'preact/hooks';
import type { Answer } from '../api';
import { isolated, useWidth } from '../chart';
import { daysBetween, plusDays } from '../clocks';
import { Empty, Shown } from '../state';
import { day, direction, fill, format, nameOf, words } from '../tongue';
import type { GroupRecord, Listed, StatusRecord } from './kinds';
import { statusOf } from './marks';
import { Source, useCite } from '../source';
import { type Span, byScheme, spans } from './spans';
import { term } from './terms';

const say = words({
  en: { title: 'Status by each scheme', none: 'On no list', noneMore: 'No list that Passage knows names this area at this time. That does not say that the area is accessible.', table: 'As a table', scheme: 'By', status: 'Status', from: 'From', to: 'Until', goesOn: 'goes on', said: 'Said on', by: 'Besieged by', source: 'Source', label: 'Time line of what the area was called, by each scheme, up to {day}', group: '{scheme}, for the group “{group}”', never: 'A span runs from the day of the first claim to the next that says otherwise. Ticks are the days of the claims. Schemes are never put together.' },
  ar: { title: 'التصنيف حسب كل جهة', none: 'ليست على أي قائمة', noneMore: 'لا تذكر أي قائمة يعرفها Passage هذه المنطقة في هذا الوقت. ولا يعني ذلك أنه يمكن الوصول إليها.', table: 'على شكل جدول', scheme: 'حسب', status: 'التصنيف', from: 'من', to: 'إلى', goesOn: 'مستمر', said: 'قيل في', by: 'الجهة المحاصِرة', source: 'المصدر', label: 'خط زمني لتصنيف المنطقة حسب كل جهة حتى {day}', group: '{scheme}، للمجموعة «{group}»', never: 'تمتد كل فترة من يوم أول قول إلى القول التالي المخالف. والعلامات هي أيام الأقوال. لا تُجمع الجهات معاً أبداً.' },
  fr: { title: 'Statut selon chaque liste', none: 'Sur aucune liste', noneMore: 'Aucune liste connue de Passage ne nomme cette zone à ce moment. Cela ne dit pas qu’elle est accessible.', table: 'En tableau', scheme: 'Selon', status: 'Statut', from: 'Du', to: 'Au', goesOn: 'en cours', said: 'Dit le', by: 'Assiégée par', source: 'Source', label: 'Frise du statut de la zone selon chaque liste, jusqu’au {day}', group: '{scheme}, pour le groupe « {group} »', never: 'Une période va du jour de la première indication à la suivante qui dit autre chose. Les traits sont les jours des indications. Les listes ne sont jamais réunies.' },
});

interface Row {
  name: string;
  spans: Span[];
}

interface Told {
  answer: Answer<Listed<StatusRecord>>;
  ofGroups: StatusRecord[];
  groups: GroupRecord[];
  asOf: string;
}

export function StatusSection({ answer, ofGroups, groups, asOf }: Told) {
  useCite('status', [...(answer.data?.data ?? []), ...ofGroups].map((claim) => claim.source));
  return (
    <section aria-labelledby="area-status">
      <h2 id="area-status">{say().title}</h2>
      <Shown answer={answer}>
        {(found) => {
          const rows = byScheme([...found.data, ...ofGroups])
            .map((row) => {
              const group = groups.find((one) => one.code === row.group);
              const scheme = term('scheme', row.scheme);
              return { name: row.group === null ? scheme : fill(say().group, { scheme, group: nameOf(group?.names, row.group) }), spans: spans(row.claims, asOf) };
            })
            .filter((row) => row.spans.length > 0);
          if (rows.length === 0) return <Empty title={say().none}>{say().noneMore}</Empty>;
          return (
            <>
              <TimeLine rows={rows} asOf={asOf} />
              <p class="quiet">{say().never}</p>
              <Table rows={rows} />
            </>
          );
        }}
      </Shown>
    </section>
  );
}

const ROW = 58;
const TOP = 42;

function TimeLine({ rows, asOf }: { rows: Row[]; asOf: string }) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const first = rows.flatMap((row) => row.spans.map((span) => span.from)).sort()[0] ?? asOf;
  // A little room before the first day, and never less than a month.
  const from = plusDays(first, -Math.max(4, Math.round(daysBetween(first, asOf) * 0.03)));
  const start = daysBetween(from, asOf) < 30 ? plusDays(asOf, -30) : from;
  const end = plusDays(asOf, 1);
  const isRight = direction.value === 'rtl';
  const across = (at: string) => {
    const share = (daysBetween(start, at) / Math.max(1, daysBetween(start, end))) * width;
    return isRight ? width - share : share;
  };
  const height = TOP + rows.length * ROW;
  return (
    <div ref={place}>
      {width > 0 && (
        <svg class="drawn" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={fill(say().label, { day: day(asOf) })} direction="ltr">
          <defs>
            <pattern id="hatch-besieged" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line class="hatch" x1="0" y1="0" x2="0" y2="7" />
            </pattern>
            <pattern id="hatch-hard_to_reach" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
              <line class="hatch" x1="0" y1="0" x2="0" y2="9" />
            </pattern>
            <pattern id="hatch-watchlist" width="5" height="5" patternUnits="userSpaceOnUse">
              <line class="hatch" x1="0" y1="0" x2="0" y2="5" />
            </pattern>
          </defs>
          <Months start={start} end={end} across={across} height={height} width={width} />
          {rows.map((row, index) => (
            <Line key={row.name} row={row} y={TOP + index * ROW} across={across} width={width} />
          ))}
          <line class="today" x1={across(end)} x2={across(end)} y1={TOP - 4} y2={height} />
          <text class="today-word" x={across(end)} y={12} text-anchor={isRight ? 'start' : 'end'}>
            {isolated(day(asOf))}
          </text>
        </svg>
      )}
    </div>
  );
}

/** Marks of the axis: first days of months, or of weeks where there is hardly one; as many as there is room to name. */
function Months({ start, end, across, height, width }: { start: string; end: string; across: (at: string) => number; height: number; width: number }) {
  const isShort = daysBetween(start, end) < 75;
  const months: string[] = [];
  for (let at = start; isShort && at < end; at = plusDays(at, 7)) months.push(at);
  for (let at = new Date(`${start.slice(0, 7)}-01T00:00:00Z`); ; at.setUTCMonth(at.getUTCMonth() + 1)) {
    const text = at.toISOString().slice(0, 10);
    if (isShort || text >= end) break;
    if (text >= start) months.push(text);
  }
  const step = Math.max(1, Math.ceil(months.length / Math.max(1, Math.floor(width / 78))));
  return (
    <>
      {months.map((month, index) => {
        if (index % step !== 0) return null;
        const x = across(month);
        // No word is cut off at the edge.
        const isTight = x > width - 26 || x < 26;
        return (
          <g key={month}>
            <line class="rule" x1={x} x2={x} y1={TOP - 4} y2={height} />
            {!isTight && (
              <text class="faint" x={x} y={TOP - 10} text-anchor="middle">
                {isolated(format(month, { day: isShort ? 'numeric' : undefined, month: 'short', year: month.slice(5, 7) === '01' || index === 0 ? 'numeric' : undefined, timeZone: 'UTC' }))}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

function Line({ row, y, across, width }: { row: Row; y: number; across: (at: string) => number; width: number }) {
  const isRight = direction.value === 'rtl';
  return (
    <g>
      <text x={isRight ? width : 0} y={y + 12} text-anchor={isRight ? 'end' : 'start'} font-weight="600">
        {row.name}
      </text>
      {row.spans.map((span) => {
        const [left, right] = [across(span.from), across(span.to)].sort((a, b) => a - b) as [number, number];
        const known = ['besieged', 'hard_to_reach', 'watchlist', 'delisted', 'evacuated', 'accessible'].includes(span.status);
        const wide = Math.max(2, right - left);
        const word = statusOf(span);
        return (
          <g key={span.from}>
            <title>{`${word}: ${day(span.from)} – ${span.goes_on ? say().goesOn : day(plusDays(span.to, -1))}`}</title>
            <rect class={`bar fill-${known ? span.status : 'other'}`} x={left} y={y + 18} width={wide} height={14} />
            <rect x={left} y={y + 18} width={wide} height={14} fill={`url(#hatch-${span.status})`} />
            {span.claims.map((claim) => {
              const at = (claim.listed_on ?? claim.valid_from ?? span.from).slice(0, 10);
              const x = across(at < span.from ? span.from : at);
              return <line key={claim.code} class="claim" x1={x} x2={x} y1={y + 15} y2={y + 35} />;
            })}
            {wide > word.length * 6 && (
              <text class="faint" x={isRight ? right : left} y={y + 46} text-anchor={isRight ? 'end' : 'start'}>
                {word}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function Table({ rows }: { rows: Row[] }) {
  return (
    <details>
      <summary>{say().table}</summary>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">{say().scheme}</th>
            <th scope="col">{say().status}</th>
            <th scope="col">{say().from}</th>
            <th scope="col">{say().to}</th>
            <th scope="col">{say().said}</th>
            <th scope="col">{say().by}</th>
            <th scope="col">{say().source}</th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((row) =>
            row.spans.map((span) => (
              <tr key={row.name + span.from}>
                <th scope="row">{row.name}</th>
                <td data-name={say().status}>{statusOf(span)}</td>
                <td data-name={say().from}>{day(span.from)}</td>
                <td data-name={say().to}>{span.goes_on ? say().goesOn : day(plusDays(span.to, -1))}</td>
                <td data-name={say().said}>{span.claims.map((claim) => day(claim.listed_on ?? claim.valid_from ?? claim.learned_at)).join('; ')}</td>
                <td data-name={say().by}>{[...new Set(span.claims.flatMap((claim) => claim.besieged_by))].map((party) => term('party', party)).join('; ')}</td>
                <td data-name={say().source}>
                  <span>
                    <Source codes={span.claims.map((claim) => claim.source)} />
                  </span>
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </details>
  );
}
