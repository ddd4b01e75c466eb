// The list of all convoys: filtered, sorted, page by page, and the same as a file.
import { useEffect, useState } from 'preact/hooks';
import { address, useAnswer } from '../api';
import { type Given, spoken } from '../estimate';
import { Figure } from '../figure';
import { AsFile } from '../files';
import { ask, route, to } from '../route';
import { Empty, Shown } from '../state';
import { type Forms, day, fill, number, plural, words } from '../tongue';
import { MOST, type Page, type Row, listed, useNames } from './data';
import { Choice, Typed } from './inputs';
import { name } from './names';
import { say } from './say';
import { STAGES } from './stages';

const own = words({
  en: { area: 'Area', stage: 'Stage', mode: 'How it travels', from: 'From', to: 'To', text: 'Code or place', sort: 'Order', any: 'all', newest: 'newest first', oldest: 'oldest first', code: 'by code', changed: 'changed last first', date: 'Date', convoy: 'Convoy', trucks: 'Trucks', targeted: 'People it was for', reached: 'People reached', found: { one: '{n} convoy', other: '{n} convoys' } as Forms, page: '{from} to {to} of {n}', back: 'Back', on: 'Next', textNote: 'Searched among the newest {n}; files do not know this filter.', nothing: 'No convoy matches', nothingMore: 'Take away a filter, or look at another time.', clear: 'Take all filters away' },
  ar: { area: 'المنطقة', stage: 'المرحلة', mode: 'طريقة السير', from: 'من', to: 'إلى', text: 'الرمز أو المكان', sort: 'الترتيب', any: 'الكل', newest: 'الأحدث أولاً', oldest: 'الأقدم أولاً', code: 'حسب الرمز', changed: 'آخر ما تغيّر أولاً', date: 'التاريخ', convoy: 'القافلة', trucks: 'الشاحنات', targeted: 'المستهدفون', reached: 'من وصلت إليهم', found: { one: 'قافلة واحدة', two: 'قافلتان', few: '{n} قوافل', other: '{n} قافلة' }, page: '{from} إلى {to} من {n}', back: 'السابق', on: 'التالي', textNote: 'البحث ضمن أحدث {n}؛ الملفات لا تراعي هذا المرشّح.', nothing: 'لا قافلة تطابق', nothingMore: 'أزل أحد المرشّحات أو انظر إلى وقت آخر.', clear: 'أزل كل المرشّحات' },
  fr: { area: 'Zone', stage: 'Étape', mode: 'Mode', from: 'Du', to: 'Au', text: 'Code ou lieu', sort: 'Ordre', any: 'tous', newest: 'les plus récents', oldest: 'les plus anciens', code: 'par code', changed: 'modifiés récemment', date: 'Date', convoy: 'Convoi', trucks: 'Camions', targeted: 'Personnes visées', reached: 'Personnes atteintes', found: { one: '{n} convoi', other: '{n} convois' }, page: '{from} à {to} sur {n}', back: 'Précédent', on: 'Suivant', textNote: 'Recherché parmi les {n} plus récents ; les fichiers ignorent ce filtre.', nothing: 'Aucun convoi ne correspond', nothingMore: 'Retirez un filtre, ou regardez un autre moment.', clear: 'Retirer tous les filtres' },
});

const FILTERS = ['area', 'stage', 'mode', 'from', 'to'] as const;
const MODES = ['cross_line', 'cross_border', 'airdrop', 'airlift', 'local_distribution'];
const PAGE = 50;

/** What stands in the address, as the program understands it. */
function asked(): Record<string, string> {
  const { params } = route.value;
  const set = FILTERS.flatMap((filter) => (params.get(filter) ? [[filter, params.get(filter) as string]] : []));
  return { ...Object.fromEntries(set), sort: params.get('sort') || '-date' };
}

export function Table() {
  const text = (route.value.params.get('text') ?? '').trim().toLowerCase();
  const params = asked();
  const question = JSON.stringify(params);
  // Where pages began: back is one that was seen before.
  const [cursors, setCursors] = useState<string[]>([]);
  useEffect(() => setCursors([]), [question, text]);
  const areas = useNames('areas');
  const cursor = cursors.at(-1) ?? null;
  const answer = useAnswer<Page<Row>>(address('/api/v1/convoys', text ? { ...params, limit: MOST } : { ...params, limit: PAGE, cursor }));
  const matches = (row: Row) => [row.code, ...row.areas, ...row.areas.map(areas.of)].some((word) => word.toLowerCase().includes(text));
  return (
    <>
      <Filters areas={areas.list} />
      <Shown answer={answer} lines={8}>
        {({ data, next, total }) => {
          const rows = text ? data.filter(matches) : data;
          const first = cursors.length * PAGE;
          return rows.length === 0 ? (
            <Empty title={own().nothing}>{own().nothingMore}</Empty>
          ) : (
            <>
              <div class="list-head">
                <p class="quiet">
                  {plural(text ? rows.length : total, own().found)}
                  {text && data.length < total && ` · ${fill(own().textNote, { n: number(MOST) })}`}
                </p>
                <AsFile path="/api/v1/convoys" params={{ ...params, limit: 'all' }} />
              </div>
              <Rows rows={rows} areaName={areas.of} />
              {!text && total > PAGE && (
                <div class="do pages">
                  <button type="button" class="second" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
                    {own().back}
                  </button>
                  <span class="quiet">{fill(own().page, { from: number(first + 1), to: number(first + rows.length), n: number(total) })}</span>
                  <button type="button" class="second" disabled={next === null} onClick={() => next && setCursors([...cursors, next])}>
                    {own().on}
                  </button>
                </div>
              )}
            </>
          );
        }}
      </Shown>
    </>
  );
}

function Filters({ areas }: { areas: { code: string; name: string }[] }) {
  const { params } = route.value;
  const of = (filter: string) => params.get(filter) ?? '';
  const set = (filter: string) => (value: string) => ask({ [filter]: value || null });
  const any = { value: '', label: own().any };
  const some = [...FILTERS, 'text'].some((filter) => of(filter));
  return (
    <form class="filters convoy-filters" onSubmit={(event) => event.preventDefault()}>
      <Typed label={own().text} value={of('text')} onInput={set('text')} type="search" />
      <Choice label={own().area} value={of('area')} onInput={set('area')} options={[any, ...areas.map(({ code, name: called }) => ({ value: code, label: called }))]} />
      <Choice label={own().stage} value={of('stage')} onInput={set('stage')} options={[any, ...STAGES.map((stage) => ({ value: stage, label: name(stage) }))]} />
      <Choice label={own().mode} value={of('mode')} onInput={set('mode')} options={[any, ...MODES.map((mode) => ({ value: mode, label: name(mode) }))]} />
      <Typed label={own().from} value={of('from')} onInput={set('from')} type="date" />
      <Typed label={own().to} value={of('to')} onInput={set('to')} type="date" />
      <Choice
        label={own().sort}
        value={of('sort') || '-date'}
        onInput={set('sort')}
        options={[
          { value: '-date', label: own().newest },
          { value: 'date', label: own().oldest },
          { value: 'code', label: own().code },
          { value: '-version', label: own().changed },
        ]}
      />
      {some && (
        <button type="button" class="plain" onClick={() => ask(Object.fromEntries([...FILTERS, 'text'].map((filter) => [filter, null])))}>
          {own().clear}
        </button>
      )}
    </form>
  );
}

function Rows({ rows, areaName }: { rows: Row[]; areaName: (code: string) => string }) {
  const figure = (row: Row, value: Given) => (
    <Figure date={row.date && day(row.date)} method={say().central} more={<span class="behind-line">{say().where}</span>}>
      {spoken(value)}
    </Figure>
  );
  return (
    <div class="scroll" tabIndex={0}>
      <table class="restack">
        <thead>
          <tr>
            <th>{own().convoy}</th>
            <th>{own().date}</th>
            <th>{own().area}</th>
            <th>{own().stage}</th>
            <th>{own().mode}</th>
            <th class="number">{own().trucks}</th>
            <th class="number">{own().targeted}</th>
            <th class="number">{own().reached}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row">
                <a href={to('convoys', row.code)} dir="ltr">
                  {row.code}
                </a>
              </th>
              <td class="nowrap">{row.date ? day(row.date) : <span class="unknown">{say().unknown}</span>}</td>
              <td>{row.withheld ? <span class="unknown">{say().withheld}</span> : listed(row.areas.map(areaName))}</td>
              <td class="nowrap">{row.stage ? name(row.stage) : ''}</td>
              <td>{row.mode ? name(row.mode) : ''}</td>
              <td class="number" data-name={own().trucks}>
                {figure(row, row.trucks)}
              </td>
              <td class="number" data-name={own().targeted}>
                {figure(row, row.people_targeted)}
              </td>
              <td class="number" data-name={own().reached}>
                {figure(row, row.people_reached)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
