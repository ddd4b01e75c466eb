// Who said what of a convoy, and when: its events in order, and the accounts of the sources side by side.
import { spoken } from '../estimate';
import { Figure } from '../figure';
import { colon, day, listMark, moment, number, words } from '../tongue';
import type { Account, Estimate, Happening } from './data';
import { name } from './names';

const own = words({
  en: { events: 'What happened', noEvents: 'No event is on record: it is planned.', hours: 'hours', by: 'by', source: 'Source', accounts: 'What each source says', noAccounts: 'No account of a source is on record.', noSource: 'source not named', record_type: 'Speaks of', date: 'Date', date_end: 'Until', date_precision: 'How exact', outcome: 'How it ended', outcome_text: 'In its words', trucks: 'Trucks', people_targeted: 'People it was for', people_reached: 'People reached', cargo: 'Cargo', organisations: 'Organisations', place: 'Place', parties: 'Parties', asked_by: 'Asked by', asked_of: 'Asked of', items_removed: 'Taken off', obstructed_by: 'In the way', killed: 'Killed', injured: 'Injured', loss: 'Lost', attributed_to: 'Done by, it says', quote: 'Quote', note: 'We add' },
  ar: { events: 'ما حدث', noEvents: 'لا حدث مسجّلاً: القافلة مخطط لها.', hours: 'ساعة', by: 'من', source: 'المصدر', accounts: 'ما يقوله كل مصدر', noAccounts: 'لا رواية مسجّلة لأي مصدر.', noSource: 'المصدر غير مسمّى', record_type: 'يتحدث عن', date: 'التاريخ', date_end: 'حتى', date_precision: 'الدقة', outcome: 'كيف انتهت', outcome_text: 'بكلماته', trucks: 'الشاحنات', people_targeted: 'المستهدفون', people_reached: 'من وصلت إليهم', cargo: 'الحمولة', organisations: 'المنظمات', place: 'المكان', parties: 'الأطراف', asked_by: 'طلبها', asked_of: 'طُلبت من', items_removed: 'المنزوع', obstructed_by: 'أعاقها', killed: 'القتلى', injured: 'الجرحى', loss: 'المفقود', attributed_to: 'الفاعل بحسب المصدر', quote: 'اقتباس', note: 'نضيف' },
  fr: { events: 'Ce qui s’est passé', noEvents: 'Aucun événement enregistré : il est prévu.', hours: 'heures', by: 'par', source: 'Source', accounts: 'Ce que dit chaque source', noAccounts: 'Aucun récit de source enregistré.', noSource: 'source non nommée', record_type: 'Parle de', date: 'Date', date_end: 'Jusqu’au', date_precision: 'Précision', outcome: 'Issue', outcome_text: 'Selon ses mots', trucks: 'Camions', people_targeted: 'Personnes visées', people_reached: 'Personnes atteintes', cargo: 'Cargaison', organisations: 'Organisations', place: 'Lieu', parties: 'Parties', asked_by: 'Demandé par', asked_of: 'Demandé à', items_removed: 'Retiré', obstructed_by: 'Obstacle', killed: 'Tués', injured: 'Blessés', loss: 'Perdu', attributed_to: 'Attribué à', quote: 'Citation', note: 'Nous ajoutons' },
});

/** A day, or a day and its time where one is told. */
const when = (at: string): string => (at.length > 10 ? moment(at) : day(at));

interface Props {
  sourceName: (code: string) => string;
}

export function Events({ events, sourceName }: Props & { events: Happening[] }) {
  return (
    <section aria-labelledby="happened">
      <h2 id="happened">{own().events}</h2>
      {events.length === 0 && <p class="note">{own().noEvents}</p>}
      <ol class="events">
        {events.map((event, index) => (
          <li key={index}>
            <span class="event-when">
              {when(event.at)}
              {event.date_precision && <span class="quiet"> {name(event.date_precision)}</span>}
            </span>
            <span class="event-what">
              <b>{name(event.stage ?? event.event_type ?? 'note')}</b>
              {event.hours !== null && `${listMark()}${number(event.hours, 1)} ${own().hours}`}
              {event.place && <>{listMark()}<bdi>{event.place}</bdi></>}
              {event.by && (
                <>
                  {' '}
                  {own().by} <bdi>{event.by}</bdi>
                </>
              )}
              {event.note && (
                <span class="event-note" dir="auto">
                  {event.note}
                </span>
              )}
              {event.source && (
                <span class="quiet event-note">
                  {own().source}{colon()}<bdi>{sourceName(event.source)}</bdi>
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const FIELDS = ['record_type', 'date', 'date_end', 'date_precision', 'outcome', 'outcome_text', 'trucks', 'people_targeted', 'people_reached', 'cargo', 'items_removed', 'obstructed_by', 'organisations', 'place', 'parties', 'asked_by', 'asked_of', 'killed', 'injured', 'loss', 'attributed_to', 'quote', 'note'] as const;
const WORDS = ['record_type', 'date_precision', 'outcome'];
const DAYS = ['date', 'date_end'];

const isThere = (value: unknown): boolean => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

function Said({ field, account, sourceName }: Props & { field: string; account: Account }) {
  const value = account[field];
  if (!isThere(value)) return null;
  if (Array.isArray(value)) return <>{value.join(listMark())}</>;
  if (typeof value === 'object') {
    const estimate = value as Estimate;
    return (
      <Figure date={account.date ? when(String(account.date)) : null} sources={account.source ? [sourceName(account.source)] : []}>
        {spoken(estimate)}
      </Figure>
    );
  }
  const text = String(value);
  if (DAYS.includes(field)) return <>{when(text)}</>;
  return <bdi class={field === 'quote' ? 'quote' : undefined}>{WORDS.includes(field) ? name(text) : text}</bdi>;
}

export function Accounts({ accounts, sourceName }: Props & { accounts: Account[] }) {
  const fields = FIELDS.filter((field) => accounts.some((account) => isThere(account[field])));
  return (
    <section aria-labelledby="said">
      <h2 id="said">{own().accounts}</h2>
      {accounts.length === 0 ? (
        <p class="note">{own().noAccounts}</p>
      ) : (
        <div class="scroll" tabIndex={0}>
          <table class={`accounts of-${Math.min(accounts.length, 4)}`}>
            <thead>
              <tr>
                <td />
                {accounts.map((account, index) => (
                  <th key={index} scope="col" dir="auto">
                    {account.source ? sourceName(account.source) : own().noSource}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field}>
                  <th scope="row">{own()[field]}</th>
                  {accounts.map((account, index) => (
                    <td key={index}>
                      <Said field={field} account={account} sourceName={sourceName} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
