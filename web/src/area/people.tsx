// Who counted the people, and how far the counts lie from one another: one line for each, the newest first.
import type { Answer } from '../api';
import { Figure } from '../figure';
import { Empty, Shown } from '../state';
import { type Forms, day, direction, fill, nameOf, number, percent, plural, words } from '../tongue';
import { isUnknown, spread } from './amount';
import { type Counted, STALE_DAYS, between, counted, marks } from './claims';
import type { Amount, CoverageRow, GroupRecord, Listed, Outlook, PopulationRecord } from './kinds';
import { behind, Source, useCite } from '../source';
import { term } from './terms';

const say = words({
  en: {
    title: 'People, by each count', none: 'Nobody is known to have counted the people', noneMore: 'Without a count it cannot be told how long food lasts or what is missing.', used: 'used', old: { one: '{n} day old', other: '{n} days old' } as Forms, part: 'not everybody',
    spread: 'The counts lie between {low} and {high}.', use: 'Reckoned with: {people}.', differ: 'The sources differ by {share}.', groups: 'Counts of a group that this area is in', groupsMore: 'They are never split among the areas.', oldMore: 'A count is marked as old after {n} days.', of: 'of',
  },
  ar: {
    title: 'السكان حسب كل تقدير', none: 'لا يُعرف أن أحداً أحصى السكان', noneMore: 'من دون تقدير لا يمكن معرفة مدة كفاية الغذاء ولا النقص.', used: 'مستعمل', old: { one: 'عمره يوم', two: 'عمره يومان', few: 'عمره {n} أيام', many: 'عمره {n} يوماً', other: 'عمره {n} يوم' }, part: 'ليس الجميع',
    spread: 'تقع التقديرات بين {low} و{high}.', use: 'المعتمد في الحساب: {people}.', differ: 'تتباين المصادر بنسبة {share}.', groups: 'تقديرات لمجموعة تضم هذه المنطقة', groupsMore: 'لا تُقسم على المناطق أبداً.', oldMore: 'يُعدّ التقدير قديماً بعد {n} يوماً.', of: 'لـ',
  },
  fr: {
    title: 'Population, selon chaque décompte', none: 'Personne, à notre connaissance, n’a compté la population', noneMore: 'Sans décompte, on ne peut dire combien durent les vivres ni ce qui manque.', used: 'utilisé', old: { one: 'vieux de {n} jour', other: 'vieux de {n} jours' }, part: 'pas tout le monde',
    spread: 'Les décomptes vont de {low} à {high}.', use: 'Pris pour le calcul : {people}.', differ: 'Les sources diffèrent de {share}.', groups: 'Décomptes d’un groupe dont la zone fait partie', groupsMore: 'Ils ne sont jamais répartis entre les zones.', oldMore: 'Un décompte est marqué ancien après {n} jours.', of: 'de',
  },
});

interface Told {
  answer: Answer<Listed<PopulationRecord>>;
  ofGroups: PopulationRecord[];
  groups: GroupRecord[];
  outlook: Outlook | null;
  coverage: CoverageRow | null;
  asOf: string;
}

export function People({ answer, ofGroups, groups, outlook, coverage, asOf }: Told) {
  useCite('people', [...(answer.data?.data ?? []), ...ofGroups].map((claim) => claim.source));
  return (
    <section aria-labelledby="area-people">
      <h2 id="area-people">{say().title}</h2>
      <Shown answer={answer}>
        {(found) => {
          const rows = counted(found.data, outlook?.population ?? null, asOf);
          return rows.length === 0 ? <Empty title={say().none}>{say().noneMore}</Empty> : <Claims rows={rows} used={outlook?.population ?? null} coverage={coverage} />;
        }}
      </Shown>
      {ofGroups.length > 0 && (
        <>
          <h3>{say().groups}</h3>
          <p class="quiet">{say().groupsMore}</p>
          <ul class="happened">
            {counted(ofGroups, null, asOf).map((row) => (
              <li key={row.code}>
                <span class="when">{day(row.date)}</span>
                <p>
                  <ClaimFigure row={row} /> {term('metric', row.metric)}, <bdi>{nameOf(groups.find((group) => group.code === row.area_group)?.names, row.area_group ?? '')}</bdi>
                  {row.stale && <Tag kind="old">{plural(row.age_days, say().old)}</Tag>}
                  <span class="under">
                    <bdi>{row.estimated_by}</bdi> <Source codes={[row.source]} />
                  </span>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Claims({ rows, used, coverage }: { rows: Counted[]; used: Amount | null; coverage: CoverageRow | null }) {
  // Who counted only a part of the people says nothing of how many there are.
  const ends = between(rows.filter(({ everybody }) => everybody));
  const axis = marks(between(rows)?.high ?? 0);
  const most = axis.at(-1) || 1;
  const population = coverage?.population;
  return (
    <>
      <p>
        {ends && ends.low !== ends.high && fill(say().spread, { low: number(ends.low), high: number(ends.high) })} {!isUnknown(used) && fill(say().use, { people: spread(used) ?? '' })}{' '}
        {population?.sources_differ && population.spread !== null && fill(say().differ, { share: percent(population.spread) })} <span class="quiet">{fill(say().oldMore, { n: STALE_DAYS })}</span>
      </p>
      <ol class="claims">
        <li class="axis" aria-hidden="true">
          <span />
          <svg>
            {axis.map((value, index) => (
              <text key={value} x={across(value, most)} y={20} text-anchor={anchor(index, axis.length)}>
                {number(value)}
              </text>
            ))}
          </svg>
        </li>
        {rows.map((row) => (
          <li key={row.code} class={`${row.used ? 'is-used ' : ''}${row.stale ? 'is-old ' : ''}${row.everybody ? '' : 'part'}`}>
            <div class="who">
              <ClaimFigure row={row} /> <span>{term('metric', row.metric)}</span>
              {row.used && <Tag kind="used">{say().used}</Tag>}
              {row.stale && <Tag kind="old">{plural(row.age_days, say().old)}</Tag>}
              {!row.everybody && <Tag>{say().part}</Tag>}
              <span class="under">
                {day(row.date)} · <bdi>{row.estimated_by ?? term('scheme', row.scheme)}</bdi> · <Source codes={[row.source]} />
              </span>
            </div>
            <Strip row={row} axis={axis} most={most} used={used} />
          </li>
        ))}
      </ol>
    </>
  );
}

function ClaimFigure({ row }: { row: Counted }) {
  return (
    <Figure
      date={day(row.date)}
      method={row.estimated_by}
      more={
        <>
          {behind([row.source])}
          {row.quote && (
            <span class="behind-line">
              <q dir="auto">{row.quote}</q>
            </span>
          )}
        </>
      }
    >
      {isUnknown(row.people) ? null : <strong class="nowrap">{spread(row.people)}</strong>}
    </Figure>
  );
}

function Tag({ kind = '', children }: { kind?: string; children: string }) {
  return <span class={`tag ${kind}`}>{children}</span>;
}

/** How far along the line a value stands; from the side where reading begins. */
function across(value: number, most: number): string {
  const share = (value / most) * 100;
  return `${direction.value === 'rtl' ? 100 - share : share}%`;
}

function anchor(index: number, count: number): 'start' | 'middle' | 'end' {
  const place = index === 0 ? 'start' : index === count - 1 ? 'end' : 'middle';
  // Text within an svg that runs from right to left begins at the right.
  return place;
}

function Strip({ row, axis, most, used }: { row: Counted; axis: number[]; most: number; used: Amount | null }) {
  const { low, best, high } = row.people ?? { low: null, best: null, high: null };
  const from = low ?? best;
  const to = high ?? best;
  const [left, right] = [used?.low ?? used?.best, used?.high ?? used?.best];
  return (
    <svg aria-hidden="true" focusable="false">
      {left != null && right != null && right > left && (
        <rect class="used-band" x={across(direction.value === 'rtl' ? right : left, most)} y={0} width={`${((right - left) / most) * 100}%`} height={26} />
      )}
      {axis.map((value) => (
        <line key={value} class="strip" x1={across(value, most)} x2={across(value, most)} y1={0} y2={26} />
      ))}
      {from !== null && to !== null && from !== to && <line class="span" x1={across(from, most)} x2={across(to, most)} y1={13} y2={13} />}
      {low !== null && best === null && high === null && <line class="open" x1={across(low, most)} x2={across(most, most)} y1={13} y2={13} />}
      {high !== null && best === null && low === null && <line class="open" x1={across(0, most)} x2={across(high, most)} y1={13} y2={13} />}
      {[low, high].map((end, index) => end !== null && <line key={index} class="span" x1={across(end, most)} x2={across(end, most)} y1={7} y2={19} />)}
      {best !== null && <circle class="dot" cx={across(best, most)} cy={13} r={5} />}
    </svg>
  );
}
