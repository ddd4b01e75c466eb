// What happened in an area and what is agreed on it: alerts, pauses, incidents, requests for access, facilities.
import type { ComponentChildren } from 'preact';
import { type Answer, useAll } from '../api';
import { isNow } from '../clocks';
import { to } from '../route';
import { Shown } from '../state';
import { day, fill, moment, nameOf, number, words } from '../tongue';
import { isUnknown, spread } from './amount';
import type { AlertRow, Amount, FacilityRecord, IncidentRecord, Listed, PauseRecord, Recorded, RequestRecord } from './kinds';
import { Source, useCite } from '../source';
import { term } from './terms';

const say = words({
  en: {
    alerts: 'Alerts', noAlerts: 'No alert stands for this area.', alertsPast: 'As they would have been told on that day.', pauses: 'Pauses', noPauses: 'No pause that touches this area is on record.', incidents: 'Incidents', noIncidents: 'No incident in this area is on record.', access: 'Requests for access', noAccess: 'No request for this area is on record.',
    facilities: 'Facilities', noFacilities: 'No facility of this area is on record, or none that you may see.', killed: 'killed: {n}', injured: 'injured: {n}', hours: '{n} hours', asked: 'asked by', announced: 'announced {day}', from: 'from {at}', until: 'until {at}', noStart: 'beginning not known', of: 'asked of',
    requested: 'people asked for: {n}', approved: 'people approved: {n}', answered: 'answered {day}', attributed: 'attributed by the source to', undated: 'no date', position: 'at {lat}, {lon}', noPosition: 'position not given', asOf: 'as of {day}', unknownWorks: 'whether it works is not known', since: 'since {day}', reported: 'reported',
  },
  ar: {
    alerts: 'التنبيهات', noAlerts: 'لا تنبيه قائماً لهذه المنطقة.', alertsPast: 'كما كانت ستُبلَّغ في ذلك اليوم.', pauses: 'الهدن', noPauses: 'لا هدنة مسجلة تخص هذه المنطقة.', incidents: 'الحوادث', noIncidents: 'لا حادث مسجلاً في هذه المنطقة.', access: 'طلبات الوصول', noAccess: 'لا طلب مسجلاً لهذه المنطقة.',
    facilities: 'المرافق', noFacilities: 'لا مرفق مسجلاً في هذه المنطقة، أو لا مرفق يُسمح لك برؤيته.', killed: 'القتلى: {n}', injured: 'المصابون: {n}', hours: '{n} ساعة', asked: 'طلبها', announced: 'أُعلنت في {day}', from: 'من {at}', until: 'حتى {at}', noStart: 'البداية غير معروفة', of: 'الجهة المطلوب منها',
    requested: 'عدد الأشخاص المطلوب: {n}', approved: 'عدد الأشخاص الموافق عليه: {n}', answered: 'الرد في {day}', attributed: 'ينسبه المصدر إلى', undated: 'بلا تاريخ', position: 'عند {lat}، {lon}', noPosition: 'الموقع غير مذكور', asOf: 'حتى {day}', unknownWorks: 'لا يُعرف إن كان يعمل', since: 'منذ {day}', reported: 'أُفيد عنه',
  },
  fr: {
    alerts: 'Alertes', noAlerts: 'Aucune alerte en cours pour cette zone.', alertsPast: 'Telles qu’elles auraient été dites ce jour-là.', pauses: 'Pauses', noPauses: 'Aucune pause touchant cette zone n’est enregistrée.', incidents: 'Incidents', noIncidents: 'Aucun incident dans cette zone n’est enregistré.', access: 'Demandes d’accès', noAccess: 'Aucune demande pour cette zone n’est enregistrée.',
    facilities: 'Installations', noFacilities: 'Aucune installation de cette zone n’est enregistrée, ou aucune que vous puissiez voir.', killed: 'tués : {n}', injured: 'blessés : {n}', hours: '{n} heures', asked: 'demandée par', announced: 'annoncée le {day}', from: 'du {at}', until: 'au {at}', noStart: 'début non connu', of: 'demandé à',
    requested: 'personnes demandées : {n}', approved: 'personnes approuvées : {n}', answered: 'réponse le {day}', attributed: 'attribué par la source à', undated: 'sans date', position: 'à {lat}, {lon}', noPosition: 'position non donnée', asOf: 'au {day}', unknownWorks: 'on ne sait si elle fonctionne', since: 'depuis le {day}', reported: 'rapporté',
  },
});

function useRecords<T extends Recorded>(kind: string, code: string): Answer<Listed<T>> {
  const answer = useAll<T>(`/api/v1/${kind}`, { area: code, expand: 'all', sort: '-date' });
  useCite(kind, (answer.data?.data ?? []).map((record) => record.source));
  return answer;
}

interface Listing<T> {
  id: string;
  title: string;
  none: string;
  note?: string | null;
  answer: Answer<Listed<T>>;
  row: (record: T) => ComponentChildren;
}

/** A section that lists records; a short sentence where there is none. */
export function Section<T>({ id, title, none, note = null, answer, row }: Listing<T>) {
  return (
    <section aria-labelledby={`area-${id}`}>
      <h2 id={`area-${id}`}>{title}</h2>
      {note && <p class="quiet">{note}</p>}
      <Shown answer={answer} lines={2}>
        {(found) => (found.data.length === 0 ? <p class="quiet">{none}</p> : <ul class="happened">{found.data.map(row)}</ul>)}
      </Shown>
    </section>
  );
}

export function Happened({ when, code, children, under }: { when: string | null; code: string; children: ComponentChildren; under: ComponentChildren }) {
  return (
    <li key={code}>
      <span class="when">{when === null ? say().undated : day(when)}</span>
      <div>
        <p>{children}</p>
        <span class="under">{under}</span>
      </div>
    </li>
  );
}

/** Parts with a dot between them; what is empty is left out. */
export function Parts({ of }: { of: ComponentChildren[] }) {
  const told = of.filter((part) => part !== null && part !== '' && part !== undefined && part !== false);
  return (
    <>
      {told.map((part, index) => (
        <span key={index}>
          {index > 0 && ' · '}
          {part}
        </span>
      ))}
    </>
  );
}

export function Alerts({ answer }: { answer: Answer<Listed<AlertRow>> }) {
  useCite('alerts', (answer.data?.data ?? []).flatMap((alert) => alert.sources));
  const row = (alert: AlertRow) => (
    <li key={alert.key}>
      <span class={`mark ${alert.severity}`}>{term('severity', alert.severity)}</span>
      <div>
        <p>
          <strong>{term('rule', alert.rule)}</strong>
        </p>
        <p dir="auto">{alert.text}</p>
        <span class="under">
          <Parts of={[alert.since && fill(say().since, { day: day(alert.since) }), <Source key="source" codes={alert.sources} />]} />
        </span>
      </div>
    </li>
  );
  return <Section id="alerts" title={say().alerts} note={isNow() ? null : say().alertsPast} none={say().noAlerts} answer={answer} row={row} />;
}

export function Pauses({ code }: { code: string }) {
  const row = (pause: PauseRecord) => (
    <Happened
      key={pause.code}
      code={pause.code}
      when={pause.announced_on ?? pause.start}
      under={
        <Parts
          of={[
            pause.start ? fill(say().from, { at: moment(pause.start) }) : say().noStart,
            pause.end && fill(say().until, { at: moment(pause.end) }),
            pause.duration_hours !== null && fill(say().hours, { n: number(pause.duration_hours) }),
            pause.asked_by && (
              <>
                {say().asked} <bdi>{pause.asked_by}</bdi>
              </>
            ),
            <Source key="source" codes={[pause.source]} />,
          ]}
        />
      }
    >
      <a href={to('pauses', pause.code)} dir="auto">
        {pause.title ?? pause.code}
      </a>{' '}
      <span class="tag">{term('pause', pause.pause_type)}</span>
    </Happened>
  );
  return <Section id="pauses" title={say().pauses} none={say().noPauses} answer={useRecords<PauseRecord>('pauses', code)} row={row} />;
}

const people = (text: string, amount: Amount | null) => !isUnknown(amount) && fill(text, { n: spread(amount) ?? '' });

export function Incidents({ code }: { code: string }) {
  const row = (incident: IncidentRecord) => (
    <Happened
      key={incident.code}
      code={incident.code}
      when={incident.date}
      under={
        <Parts
          of={[
            people(say().killed, incident.killed),
            people(say().injured, incident.injured),
            incident.attributed_to && (
              <>
                {say().attributed} <bdi>{incident.attributed_to}</bdi>
              </>
            ),
            <Source key="source" codes={[incident.source]} />,
          ]}
        />
      }
    >
      <bdi>{incident.title ?? term('incident', incident.incident_type)}</bdi> <span class="tag">{term('incident', incident.incident_type)}</span>
    </Happened>
  );
  return <Section id="incidents" title={say().incidents} none={say().noIncidents} answer={useRecords<IncidentRecord>('incidents', code)} row={row} />;
}

export function Access({ code }: { code: string }) {
  const row = (asked: RequestRecord) => (
    <Happened
      key={asked.code}
      code={asked.code}
      when={asked.requested_on ?? asked.reported_on}
      under={
        <Parts
          of={[
            asked.authority && `${say().of} ${term('party', asked.authority)}`,
            asked.answered_on && fill(say().answered, { day: day(asked.answered_on) }),
            people(say().requested, asked.people_requested),
            people(say().approved, asked.people_approved),
            <Source key="source" codes={[asked.source]} />,
          ]}
        />
      }
    >
      <bdi>{asked.title ?? asked.code}</bdi> {asked.answer && <span class="tag">{term('answer', asked.answer)}</span>}
    </Happened>
  );
  return <Section id="access" title={say().access} none={say().noAccess} answer={useRecords<RequestRecord>('access_requests', code)} row={row} />;
}

export function Facilities({ code }: { code: string }) {
  const row = (facility: FacilityRecord) => (
    <Happened
      key={facility.code}
      code={facility.code}
      when={facility.as_of}
      under={
        <Parts
          of={[
            facility.functioning ? term('works', facility.functioning) : say().unknownWorks,
            facility.position ? fill(say().position, { lat: number(facility.position.lat, 4), lon: number(facility.position.lon, 4) }) : say().noPosition,
            <Source key="source" codes={[facility.source]} />,
          ]}
        />
      }
    >
      <bdi>{nameOf(facility.names, facility.code)}</bdi> <span class="tag">{term('facility', facility.facility_type)}</span>
    </Happened>
  );
  return <Section id="facilities" title={say().facilities} none={say().noFacilities} answer={useRecords<FacilityRecord>('facilities', code)} row={row} />;
}
