// The funnel: what was asked for, approved, loaded, taken off and delivered, in sum and by month, area, party or reason.
import { address, useAnswer } from '../api';
import { Figure } from '../figure';
import { ask, route, to } from '../route';
import { Empty, Shown } from '../state';
import { type Forms, colon, day, either, fill, format, number, percent, plural, words } from '../tongue';
import { Withheld } from '../withheld';
import { Bars, CellBar, measureName, stepName } from './bars';
import { useNames } from './data';
import { Choice, Typed } from './inputs';
import { name } from './names';
import { type Group, type Measure, type Totals, isTold, length, measures } from './steps';

const own = words({
  en: { by: 'By', month: 'month', area: 'area', authority: 'party', reason: 'reason', commodity: 'commodity', measure: 'What is counted', where: 'Area', mode: 'How it travels', any: 'all', from: 'From', to: 'To', total: 'All together', counted: { one: 'One convoy counted', other: '{n} convoys counted' } as Forms, stages: 'on the road {road}, stopped on the way {stopped}, refused {refused}', empty: 'Nothing to show', emptyMore: 'No convoy of this choice was known at this time.', noGroup: 'not told', removals: 'Times goods were taken off', unknown: 'of unknown quantity', kg: 'Taken off, kg', convoys: 'Convoys', who: 'Who took goods off convoys', why: 'Why goods were taken off, as reported', lacks: '+2 ? means: two more, of which no figure is known.', doubts: 'Doubts' , reached: 'People reached'},
  ar: { by: 'حسب', month: 'الشهر', area: 'المنطقة', authority: 'الطرف', reason: 'السبب', commodity: 'المادة', measure: 'ما يُحسب', where: 'المنطقة', mode: 'طريقة السير', any: 'الكل', from: 'من', to: 'إلى', total: 'المجموع', counted: { one: 'قافلة واحدة محسوبة', two: 'قافلتان محسوبتان', few: '{n} قوافل محسوبة', other: '{n} قافلة محسوبة' }, stages: 'على الطريق {road}، أُوقفت في الطريق {stopped}، مرفوضة {refused}', empty: 'لا شيء للعرض', emptyMore: 'لم تُعرف في هذا الوقت قافلة بهذا الاختيار.', noGroup: 'غير مذكور', removals: 'عدد مرات نزع المواد', unknown: 'بكمية غير معروفة', kg: 'المنزوع، كغ', convoys: 'القوافل', who: 'من نزع مواد من القوافل', why: 'سبب نزع المواد كما أُبلغ', lacks: '\u2066+2 ?\u2069 تعني: اثنان آخران لا يُعرف لهما رقم.', doubts: 'شكوك', reached: 'من وصلت إليهم' },
  fr: { by: 'Par', month: 'mois', area: 'zone', authority: 'partie', reason: 'raison', commodity: 'produit', measure: 'Ce qui est compté', where: 'Zone', mode: 'Mode', any: 'tous', from: 'Du', to: 'Au', total: 'Ensemble', counted: { one: 'Un convoi compté', other: '{n} convois comptés' }, stages: 'en route {road}, interrompus en route {stopped}, refusés {refused}', empty: 'Rien à montrer', emptyMore: 'Aucun convoi de ce choix n’était connu à ce moment.', noGroup: 'non dit', removals: 'Nombre de retraits', unknown: 'de quantité inconnue', kg: 'Retiré, kg', convoys: 'Convois', who: 'Qui a retiré des biens des convois', why: 'Pourquoi des biens ont été retirés, selon les rapports', lacks: '+2 ? signifie : deux de plus, dont aucun chiffre n’est connu.', doubts: 'Doutes', reached: 'Personnes atteintes' },
});

interface Answered {
  as_of: string;
  by: string;
  data: Group[];
  totals: Totals;
  flags: string[];
}

const BY = ['month', 'area', 'authority', 'reason', 'commodity'] as const;
const FILTERS = ['area', 'mode', 'from', 'to'] as const;
const MODES = ['cross_line', 'cross_border', 'airdrop', 'airlift', 'local_distribution'];

export function Funnel() {
  const { params } = route.value;
  const of = (filter: string) => params.get(filter) ?? '';
  const by = BY.find((one) => one === of('by')) ?? 'month';
  const asked = Object.fromEntries(FILTERS.map((filter) => [filter, of(filter)]));
  const answer = useAnswer<Answered>(address('/api/v1/funnel', { ...asked, by }));
  const areas = useNames('areas');
  const set = (filter: string) => (value: string) => ask({ [filter]: value || null });
  const any = { value: '', label: own().any };
  return (
    <>
      <form class="filters convoy-filters" onSubmit={(event) => event.preventDefault()}>
        <Choice label={own().by} value={by} onInput={set('by')} options={BY.map((one) => ({ value: one, label: own()[one] }))} />
        <Choice label={own().where} value={of('area')} onInput={set('area')} options={[any, ...areas.list.map((area) => ({ value: area.code, label: area.name }))]} />
        <Choice label={own().mode} value={of('mode')} onInput={set('mode')} options={[any, ...MODES.map((mode) => ({ value: mode, label: name(mode) }))]} />
        <Typed label={own().from} value={of('from')} onInput={set('from')} type="date" />
        <Typed label={own().to} value={of('to')} onInput={set('to')} type="date" />
      </form>
      <Shown answer={answer} lines={8}>
        {(found) => <Found found={found} areaName={areas.of} />}
      </Shown>
    </>
  );
}

function Found({ found, areaName }: { found: Answered; areaName: (code: string) => string }) {
  const { totals } = found;
  const offered = measures(totals).filter(isTold);
  const chosen = offered.find((measure) => measure.id === route.value.params.get('measure')) ?? offered.find((measure) => measure.of === 'trucks') ?? offered[0];
  if (!chosen || totals.convoys.total === 0) {
    return (
      <>
        <Empty title={own().empty}>{own().emptyMore}</Empty>
        <Withheld />
      </>
    );
  }
  const { on_the_road: road = 0, stopped = 0, refused = 0 } = totals.convoys_by_stage;
  const isRemoval = found.by === 'authority' || found.by === 'reason';
  return (
    <>
      <section class="funnel-all">
        <div class="funnel-head">
          <h2>{own().total}</h2>
          <Choice label={own().measure} value={chosen.id} onInput={(id) => ask({ measure: id })} options={offered.map((measure) => ({ value: measure.id, label: measureName(measure) }))} />
        </div>
        <Bars measure={chosen} date={day(found.as_of)} sources={totals.sources.named.map((source) => source.code)} />
        <p class="note">
          {plural(totals.convoys.total, own().counted)} · {fill(own().stages, { road: number(road), stopped: number(stopped), refused: number(refused) })}
        </p>
        <Withheld />
        {found.flags.length > 0 && (
          <p class="note">
            {own().doubts}{colon()}{found.flags.map(name).join(either())}
          </p>
        )}
      </section>
      {isRemoval ? <Taken found={found} /> : <Groups found={found} chosen={chosen} areaName={areaName} />}
    </>
  );
}

/** What a group is called: a month in words, an area by its name. */
function groupName({ group, name: called }: Group, by: string, areaName: (code: string) => string): string {
  if (group === null) return own().noGroup;
  if (by === 'month') return format(`${group}-01T00:00:00Z`, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  if (by === 'area') return areaName(group);
  return called ?? name(group);
}

function Groups({ found, chosen, areaName }: { found: Answered; chosen: Measure; areaName: (code: string) => string }) {
  const rows = found.data.flatMap((group) => {
    const measure = measures(group).find((one) => one.id === chosen.id);
    return measure ? [{ group, measure }] : [];
  });
  const most = Math.max(...rows.flatMap(({ measure }) => measure.bars.map((bar) => length(bar.estimate) ?? 0)));
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{fill('{by} {what}', { by: own().by, what: own()[found.by as 'month'] })}</h2>
      <div class="scroll" tabIndex={0}>
        <table class="funnel-groups">
          <caption>
            {measureName(chosen)}. {own().lacks}
          </caption>
          <thead>
            <tr>
              <th>{own()[found.by as 'month']}</th>
              {chosen.bars.map((bar) => (
                <th key={bar.step} class="number">
                  {stepName(bar.step)}
                </th>
              ))}
              <th class="number">%</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ group, measure }) => {
              const last = measure.bars.at(-1);
              return (
                <tr key={group.group}>
                  <th scope="row">{found.by === 'area' && group.group ? <a href={to('areas', group.group)}>{groupName(group, found.by, areaName)}</a> : groupName(group, found.by, areaName)}</th>
                  {measure.bars.map((bar) => (
                    <td key={bar.step} class="number">
                      <CellBar bar={bar} most={most} measure={measure} date={day(found.as_of)} sources={group.sources?.named.map((source) => source.code)} />
                    </td>
                  ))}
                  <td class="number">{last?.share === null || !last ? '' : percent(last.share)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Taken({ found }: { found: Answered }) {
  return (
    <section>
      <h2>{found.by === 'authority' ? own().who : own().why}</h2>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th>{own()[found.by as 'authority']}</th>
              <th class="number">{own().removals}</th>
              <th class="number">{own().unknown}</th>
              <th>{own().kg}</th>
              <th>{own().convoys}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((group) => (
              <tr key={group.group}>
                <th scope="row">{groupName(group, found.by, (code) => code)}</th>
                <td class="number">{number(group.removals ?? 0)}</td>
                <td class="number">{number(group.of_unknown_quantity ?? 0)}</td>
                <td>
                  {(group.removed_kg ?? []).map((of) => (
                    <div key={of.sector}>
                      {name(of.sector)}{' '}
                      <Figure date={day(found.as_of)} sources={group.sources?.named.map((source) => source.code)}>
                        {of.removed === null ? null : number(of.removed)}
                      </Figure>
                    </div>
                  ))}
                </td>
                <td>
                  {(group.convoys?.named ?? []).map(({ code }) => (
                    <div key={code}>
                      <a href={to('convoys', code)} dir="ltr">
                        {code}
                      </a>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
