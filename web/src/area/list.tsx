// All areas: found by name or code, kept to a status or a scheme, the most urgent first.
import { type Answer, address, useAll, useAnswer } from '../api';
import { clocks } from '../clocks';
import { daysLeft } from '../days';
import { share, spoken } from '../estimate';
import { Figure } from '../figure';
import { today } from '../me';
import { peopleOf } from '../people';
import { PeopleFigure } from '../people-figure';
import { ask, route, to } from '../route';
import { Empty, Shown } from '../state';
import { type Forms, day, fill, listMark, nameOf, percent, plural, words } from '../tongue';
import type { AreaRecord, Coverage, Listed, OutlookRow, StatusRecord } from './kinds';
import { matches } from './match';
import { type Row, join } from './rows';
import { StatusMarks } from './marks';
import { behind, SourcePanel } from '../source';
import { Withheld } from '../withheld';
import { term } from './terms';

const say = words({
  en: {
    title: 'Areas', search: 'Name or code', scheme: 'By whose list', status: 'Status', any: 'any', area: 'Area', admin: 'Admin unit', people: 'People', food: 'Food lasts, days', coverage: 'Food need met, 30 days', last: 'Last delivery known',
    count: { one: '{n} area', other: '{n} areas' } as Forms, none: 'No area matches', noneMore: 'Try part of a name, in Latin or Arabic letters, or take the filters away.', clear: 'Show all', notListed: 'on no list',
    daysAgo: { one: '{n} day ago', other: '{n} days ago' } as Forms, noDelivery: 'none known', earliest: 'no count; not before {day}', order: 'The most urgent first: by how soon known food ends, then who is cut off and how long nothing is known to have come.', dates: 'Ends between {early} and {late}', early: 'Ends on {early} at the earliest', noAreas: 'No area is on record', noAreasMore: 'At this time nothing was known yet. Move the clocks, or import data.',
  },
  ar: {
    title: 'المناطق', search: 'الاسم أو الرمز', scheme: 'حسب قائمة', status: 'التصنيف', any: 'الكل', area: 'المنطقة', admin: 'الوحدة الإدارية', people: 'السكان', food: 'أيام الغذاء المتبقية', coverage: 'تغطية الحاجة الغذائية، 30 يوماً', last: 'آخر تسليم معروف',
    count: { one: 'منطقة واحدة', two: 'منطقتان', few: '{n} مناطق', many: '{n} منطقة', other: '{n} منطقة' }, none: 'لا منطقة مطابقة', noneMore: 'جرّب جزءاً من الاسم بالحروف العربية أو اللاتينية، أو أزل عوامل التصفية.', clear: 'عرض الكل', notListed: 'ليست على أي قائمة',
    daysAgo: { one: 'منذ يوم', two: 'منذ يومين', few: 'منذ {n} أيام', many: 'منذ {n} يوماً', other: 'منذ {n} يوم' }, noDelivery: 'لا شيء معروف', earliest: 'لا إحصاء؛ ليس قبل {day}', order: 'الأكثر إلحاحاً أولاً: حسب قرب نفاد الغذاء المعروف، ثم المناطق المقطوعة ومدة عدم وصول شيء معروف إليها.', dates: 'ينفد بين {early} و{late}', early: 'ينفد في {early} بأبكر تقدير', noAreas: 'لا منطقة مسجلة', noAreasMore: 'لم يكن شيء معروفاً في هذا الوقت. حرّك الزمن أو استورد بيانات.',
  },
  fr: {
    title: 'Zones', search: 'Nom ou code', scheme: 'Selon la liste de', status: 'Statut', any: 'tous', area: 'Zone', admin: 'Unité administrative', people: 'Population', food: 'Vivres restants, jours', coverage: 'Besoin alimentaire couvert, 30 jours', last: 'Dernière livraison connue',
    count: { one: '{n} zone', other: '{n} zones' }, none: 'Aucune zone ne correspond', noneMore: 'Essayez une partie du nom, en lettres latines ou arabes, ou enlevez les filtres.', clear: 'Tout afficher', notListed: 'sur aucune liste',
    daysAgo: { one: 'il y a {n} jour', other: 'il y a {n} jours' }, noDelivery: 'aucune connue', earliest: 'non compté ; pas avant le {day}', order: 'Les plus urgentes d’abord : selon la fin proche des vivres connus, puis les zones coupées et le temps depuis la dernière arrivée connue.', dates: 'Épuisés entre le {early} et le {late}', early: 'Épuisés le {early} au plus tôt', noAreas: 'Aucune zone enregistrée', noAreasMore: 'À ce moment rien n’était encore su. Déplacez le temps, ou importez des données.',
  },
});

const SCHEMES = ['un', 'siege_watch', 'press', 'own'];
const STATUSES = ['besieged', 'hard_to_reach', 'watchlist', 'accessible', 'evacuated', 'delisted'];

export function AreaList() {
  const areas = useAll<AreaRecord>('/api/v1/areas', { expand: 'all' });
  const statuses = useAll<StatusRecord>('/api/v1/statuses', { expand: 'all' });
  const outlooks = useAnswer<Listed<OutlookRow> & { as_of: string }>(address('/api/v1/outlook'));
  const coverages = useAnswer<Coverage & { as_of: string }>(address('/api/v1/coverage'));
  const asOf = clocks().as_of ?? (outlooks.data ?? coverages.data)?.as_of.slice(0, 10) ?? today();
  return (
    <>
      <div class="view-head">
        <h1>{say().title}</h1>
      </div>
      <Filters />
      <Withheld />
      <Shown answer={areas} lines={8}>
        {(found) => {
          const rows = join(found.data, statuses.data?.data ?? [], outlooks.data?.data ?? [], coverages.data?.data ?? [], asOf);
          return found.data.length === 0 ? (
            <Empty title={say().noAreas}>{say().noAreasMore}</Empty>
          ) : (
            <>
              {[statuses, outlooks, coverages].map((answer, index) => answer.fault && <Shown key={index} answer={answer as Answer<unknown>}>{() => null}</Shown>)}
              <Found rows={rows} isListed={statuses.data !== null} />
            </>
          );
        }}
      </Shown>
      <SourcePanel />
    </>
  );
}

function Filters() {
  const params = route.value.params;
  const choice = (name: 'scheme' | 'status', all: string[]) => (
    <div>
      <label for={`area-${name}`}>{say()[name]}</label>
      <select id={`area-${name}`} value={params.get(name) ?? ''} onChange={(event) => ask({ [name]: event.currentTarget.value || null })}>
        <option value="">{say().any}</option>
        {all.map((word) => (
          <option key={word} value={word}>
            {term(name, word)}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <search class="filters">
      <div>
        <label for="area-search">{say().search}</label>
        <input id="area-search" type="search" dir="auto" value={params.get('search') ?? ''} onInput={(event) => ask({ search: event.currentTarget.value || null })} />
      </div>
      {choice('scheme', SCHEMES)}
      {choice('status', STATUSES)}
    </search>
  );
}

/** While there is no answer on the lists, nobody is said to be on none, and none is kept to. */
function Found({ rows, isListed }: { rows: Row[]; isListed: boolean }) {
  const params = route.value.params;
  const [search, scheme, status] = ['search', 'scheme', 'status'].map((name) => params.get(name) ?? '');
  const wanted = (row: Row) => {
    const claims = row.statuses.filter((claim) => (!scheme || claim.scheme === scheme) && (!status || claim.status === status));
    return matches(row.area, search ?? '') && ((!scheme && !status) || claims.length > 0);
  };
  if (!isListed && (scheme || status)) return null;
  const shown = rows.filter(wanted);
  if (shown.length === 0) {
    return (
      <Empty title={say().none}>
        {say().noneMore}{' '}
        <button type="button" class="plain" onClick={() => ask({ search: null, scheme: null, status: null })}>
          {say().clear}
        </button>
      </Empty>
    );
  }
  return (
    <>
      <p class="quiet" role="status">
        {plural(shown.length, say().count)}. {say().order}
      </p>
      <table class="area-list stack">
        <thead>
          <tr>
            <th scope="col">{say().area}</th>
            <th scope="col">{say().status}</th>
            <th scope="col" class="number">{say().people}</th>
            <th scope="col" class="number">{say().food}</th>
            <th scope="col" class="number">{say().coverage}</th>
            <th scope="col">{say().last}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <AreaRow key={row.area.code} row={row} isListed={isListed} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function AreaRow({ row, isListed }: { row: Row; isListed: boolean }) {
  const { area, coverage, outlook } = row;
  const units = [area.admin2_name, area.admin1_name].filter((name, index, all) => name && all.indexOf(name) === index);
  return (
    <tr>
      <th scope="row">
        <a href={to('areas', area.code)}>{nameOf(area.names, area.code)}</a>
        <span class="under">
          <bdi>{area.code}</bdi>
          {units.length > 0 && ' · '}
          {units.length > 0 && <bdi>{units.join(listMark())}</bdi>}
        </span>
      </th>
      <td data-name={say().status}>{row.statuses.length > 0 ? <StatusMarks claims={row.statuses} /> : isListed && <span class="quiet">{say().notListed}</span>}</td>
      <td class="number" data-name={say().people}>
        {(outlook ?? coverage) && <PeopleFigure {...peopleOf(outlook?.population, coverage?.population)} />}
      </td>
      <td class="number lasts" data-name={say().food}>{outlook && <Food outlook={outlook} />}</td>
      <td class="number" data-name={say().coverage}>
        {coverage && (
          <Figure flags={coverage.status === 'ok' ? [] : [term('flag', coverage.status)]} more={behind(coverage.sources)}>
            {coverage.population === null ? null : spoken(share(coverage.coverage), percent)}
          </Figure>
        )}
      </td>
      <td data-name={say().last}>
        {coverage?.last_delivery ? (
          <>
            <span class="nowrap">{day(coverage.last_delivery)}</span>
            {coverage.days_since_last_delivery !== null && <span class="under">{plural(coverage.days_since_last_delivery, say().daysAgo)}</span>}
          </>
        ) : (
          coverage && <span class="quiet">{say().noDelivery}</span>
        )}
      </td>
    </tr>
  );
}

function Food({ outlook }: { outlook: OutlookRow }) {
  const { p10, p90 } = outlook.runs_out_on;
  const shown = daysLeft(outlook.days_left, outlook.horizon_days);
  const dates = p10 && p90 ? fill(say().dates, { early: day(p10), late: day(p90) }) : p10 && fill(say().early, { early: day(p10) });
  const doubt = outlook.not_before !== null && shown === null ? fill(say().earliest, { day: day(outlook.not_before) }) : '';
  return (
    <Figure range={dates} flags={[doubt, ...outlook.flags.map((flag) => term('flag', flag))].filter(Boolean)}>
      {shown}
    </Figure>
  );
}
