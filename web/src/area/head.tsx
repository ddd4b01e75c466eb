// The head of the page of an area: its name, where it lies, and what is known in a few sentences.
import { address, useAnswer } from '../api';
import { daysLeft, isForeseen, unforeseen } from '../days';
import { Figure } from '../figure';
import { peopleOf } from '../people';
import { PeopleFigure, nobody } from '../people-figure';
import { to } from '../route';
import { type Forms, day, either, fill, language, listMark, nameOf, number, plural, words } from '../tongue';
import type { AlertRow, AreaRecord, CoverageRow, Outlook, StatusRecord } from './kinds';
import { statusOf } from './marks';
import { behind, useCite } from '../source';
import { byScheme, dayOf, holding } from './spans';
import { term } from './terms';

const say = words({
  en: {
    status: 'Status: ', noStatus: 'No list that Passage knows names this area at this time.', people: 'People: ', counted: { one: ', count of ', other: ', counts of ' } as Forms, 
    food: 'Days that the known food lasts: ', between: ', until {middle} (between {early} and {late})', open: ', most likely until {middle} ({early} at the earliest)', early: ' ({early} at the earliest)', out: 'Of the known food probably nothing is left.',
   
    convoys: 'Its convoys', alerts: 'Alerts', partOf: 'part of', also: 'also',
  },
  ar: {
    status: 'التصنيف: ', noStatus: 'لا تذكر أي قائمة يعرفها Passage هذه المنطقة في هذا الوقت.', people: 'السكان: ', counted: { other: '، حسب ' }, 
    food: 'الأيام التي يكفيها الغذاء المعروف: ', between: '، حتى {middle} (بين {early} و{late})', open: '، والأرجح حتى {middle} (وبأبكر تقدير {early})', early: ' (وبأبكر تقدير {early})', out: 'على الأرجح لم يبق شيء من الغذاء المعروف.',
   
    convoys: 'قوافلها', alerts: 'التنبيهات', partOf: 'جزء من', also: 'تُسمى أيضاً',
  },
  fr: {
    status: 'Statut : ', noStatus: 'Aucune liste connue de Passage ne nomme cette zone à ce moment.', people: 'Population : ', counted: { one: ', décompte de ', other: ', décomptes de ' }, 
    food: 'Jours que durent les vivres connus : ', between: ', jusqu’au {middle} (entre le {early} et le {late})', open: ', le plus probable jusqu’au {middle} (le {early} au plus tôt)', early: ' (le {early} au plus tôt)', out: 'Des vivres connus, il ne reste probablement rien.',
   
    convoys: 'Ses convois', alerts: 'Alertes', partOf: 'partie de', also: 'aussi',
  },
});

interface Told {
  area: AreaRecord;
  statuses: StatusRecord[] | null;
  outlook: Outlook | null;
  /** `undefined` while there is no answer. */
  coverage: CoverageRow | null | undefined;
  alerts: AlertRow[] | null;
  asOf: string;
}

export function Head({ area, statuses, outlook, coverage, alerts, asOf }: Told) {
  const name = nameOf(area.names, area.code);
  const others = Object.entries(area.names).filter(([tag, other]) => tag !== language.value && other !== name);
  useCite('head', [area.source]);
  const units = [
    [area.admin1_name, area.admin1_pcode],
    [area.admin2_name, area.admin2_pcode],
  ].filter(([unit, pcode]) => unit ?? pcode);
  return (
    <header>
      <div class="area-name">
        <h1>{name}</h1>
        {others.map(([tag, other]) => (
          <span key={tag} class="other" lang={tag} dir="auto">
            {other}
          </span>
        ))}
      </div>
      <p class="quiet">
        <code>{area.code}</code>
        {units.map(([unit, pcode]) => (
          <span key={pcode}>
            {' · '}
            <bdi>
              {unit} {pcode && <code>{pcode}</code>}
            </bdi>
          </span>
        ))}
        {area.part_of && (
          <>
            {' · '}
            {say().partOf} <Whole code={area.part_of} />
          </>
        )}
        {area.aliases.length > 0 && (
          <>
            {' · '}
            {say().also} <bdi>{area.aliases.join(listMark())}</bdi>
          </>
        )}
      </p>
      <p class="lede">
        {statuses && <Statuses statuses={statuses} asOf={asOf} />} {outlook && <Counted outlook={outlook} coverage={coverage} />} {outlook && <Food outlook={outlook} />}
      </p>
      <p class="ways">
        <a href={to('convoys', null, { area: area.code })}>{say().convoys}</a>
        <AlertsOf alerts={alerts} />
      </p>
    </header>
  );
}

/** The area that it is a part of, by its name. */
function Whole({ code }: { code: string }) {
  const { data } = useAnswer<AreaRecord>(address(`/api/v1/areas/${encodeURIComponent(code)}`));
  return (
    <a href={to('areas', code)}>
      <bdi>{nameOf(data?.names, code)}</bdi>
    </a>
  );
}

/** How many alerts stand, by how grave they are, and the way to them. */
function AlertsOf({ alerts }: { alerts: AlertRow[] | null }) {
  if (!alerts || alerts.length === 0) return null;
  const show = () => document.getElementById('area-alerts')?.scrollIntoView();
  return (
    <>
      <button type="button" class="plain" onClick={show}>
        {say().alerts}
      </button>
      {['critical', 'high', 'medium', 'low'].map((severity) => {
        const count = alerts.filter((alert) => alert.severity === severity).length;
        return (
          count > 0 && (
            <span key={severity} class={`mark ${severity}`}>
              {number(count)} {term('severity', severity)}
            </span>
          )
        );
      })}
    </>
  );
}

function Statuses({ statuses, asOf }: { statuses: StatusRecord[]; asOf: string }) {
  const held = byScheme(statuses).flatMap((row) => holding(row.claims, asOf) ?? []);
  if (held.length === 0) return <>{say().noStatus}</>;
  return (
    <>
      {say().status}
      {held.map((claim, index) => (
        <span key={claim.code}>
          {index > 0 && (language.value === 'ar' ? '؛ ' : '; ')}
          <Figure date={dayOf(claim) && day(dayOf(claim))} more={behind([claim.source])}>
            {statusOf(claim)}
          </Figure>{' '}
          <span class="quiet">({[term('scheme', claim.scheme), dayOf(claim) && day(dayOf(claim))].filter(Boolean).join(listMark())})</span>
        </span>
      ))}
      .
    </>
  );
}

function Counted({ outlook, coverage }: { outlook: Outlook; coverage: CoverageRow | null | undefined }) {
  const told = peopleOf(outlook.population, coverage?.population);
  if (told.people === null) return coverage === undefined ? null : <>{nobody()}</>;
  return (
    <>
      {say().people}
      <PeopleFigure {...told} />
      {told.claims.length > 0 && (
        <>
          {plural(told.claims.length, say().counted)}
          <bdi>{told.claims.map((claim) => [claim.estimated_by ?? claim.source, claim.date && day(claim.date)].filter(Boolean).join(listMark())).join(either())}</bdi>
        </>
      )}
      .
    </>
  );
}

/** The calendar days of the run-out, as far as they are within the days looked ahead. */
function datesOf({ p10, p50, p90 }: Outlook['runs_out_on']): string {
  const days = { early: p10 ? day(p10) : '', middle: p50 ? day(p50) : '', late: p90 ? day(p90) : '' };
  if (!p10) return '';
  return fill(p50 && p90 ? say().between : p50 ? say().open : say().early, days);
}

function Food({ outlook }: { outlook: Outlook }) {
  const { days_left: left, runs_out_on: out, status } = outlook;
  if (!isForeseen(left)) return <>{unforeseen(status)}</>;
  const codes = outlook.inputs.filter((input) => input.used).map((input) => input.source);
  return (
    <>
      {status === 'already_out' && `${say().out} `}
      {say().food}
      <Figure date={day(outlook.as_of)} flags={outlook.flags.map((flag) => term('flag', flag))} more={behind(codes)}>
        {daysLeft(left, outlook.horizon_days)}
      </Figure>
      {datesOf(out)}.
    </>
  );
}
