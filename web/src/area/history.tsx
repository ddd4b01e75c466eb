// Who wrote what when: the versions of the area and of the claims about it, with what changed.
import { useSignal } from '@preact/signals';
import { address, useAnswer } from '../api';
import { AsFile } from '../files';
import { Shown } from '../state';
import { colon, day, either, fill, listMark, moment, number, words } from '../tongue';
import type { Listed, PopulationRecord, StatusRecord, VersionRow } from './kinds';
import { statusOf } from './marks';
import { spread } from './amount';
import { term } from './terms';
import { person } from '../me';

const say = words({
  en: { title: 'History', more: 'Every version of what is shown here, with who wrote it, when, and what changed.', area: 'The area itself', statuses: 'Claims of its status', populations: 'Counts of its people', version: 'Version {n}', by: 'by', learned: 'known since {at}', recorded: 'written {at}', always: 'taken as known from the beginning', field: 'Field', from: 'Before', to: 'After', reason: 'Reason', none: 'There is no record yet.', withdrawn: 'taken back' },
  ar: { title: 'السجل الزمني', more: 'كل نسخة مما يظهر هنا: من كتبها ومتى وما الذي تغيّر.', area: 'المنطقة نفسها', statuses: 'الأقوال عن تصنيفها', populations: 'تقديرات سكانها', version: 'النسخة {n}', by: 'كتبه', learned: 'معروف منذ {at}', recorded: 'كُتب في {at}', always: 'يُعدّ معروفاً من البداية', field: 'الحقل', from: 'قبل', to: 'بعد', reason: 'السبب', none: 'لا سجل بعد.', withdrawn: 'سُحب' },
  fr: { title: 'Historique', more: 'Chaque version de ce qui est montré ici : qui l’a écrite, quand, et ce qui a changé.', area: 'La zone elle-même', statuses: 'Indications de son statut', populations: 'Décomptes de sa population', version: 'Version {n}', by: 'par', learned: 'su depuis le {at}', recorded: 'écrit le {at}', always: 'tenu pour su dès le début', field: 'Champ', from: 'Avant', to: 'Après', reason: 'Motif', none: 'Il n’y a encore aucun enregistrement.', withdrawn: 'retiré' },
});

interface Told {
  code: string;
  statuses: StatusRecord[];
  populations: PopulationRecord[];
}

export function History({ code, statuses, populations }: Told) {
  return (
    <section aria-labelledby="area-history">
      <h2 id="area-history">{say().title}</h2>
      <p class="quiet">{say().more}</p>
      <Versions kind="areas" code={code} title={say().area} />
      <h3>{say().statuses}</h3>
      {statuses.length === 0 && <p class="quiet">{say().none}</p>}
      {statuses.map((claim) => (
        <Versions key={claim.code} kind="statuses" code={claim.code} title={`${term('scheme', claim.scheme)}${colon()}${statusOf(claim)}${listMark()}${day(claim.listed_on ?? claim.valid_from ?? claim.learned_at)}`} />
      ))}
      <h3>{say().populations}</h3>
      {populations.length === 0 && <p class="quiet">{say().none}</p>}
      {populations.map((claim) => (
        <Versions key={claim.code} kind="populations" code={claim.code} title={`${spread(claim.people) ?? '?'}${listMark()}${term('metric', claim.metric)}${listMark()}${day(claim.date)}`} />
      ))}
    </section>
  );
}

/** The versions of one record, asked for when they are opened. */
function Versions({ kind, code, title }: { kind: string; code: string; title: string }) {
  const open = useSignal(false);
  return (
    <details onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>
        {title} <code class="quiet">{code}</code>
      </summary>
      {open.value && <Opened kind={kind} code={code} />}
    </details>
  );
}

function Opened({ kind, code }: { kind: string; code: string }) {
  // What was learned by a day counts here; what was true on a day does not.
  const path = `/api/v1/${kind}/${encodeURIComponent(code)}/history`;
  const answer = useAnswer<Listed<VersionRow>>(address(path, { as_of: null }));
  return (
    <Shown answer={answer} lines={2}>
      {(found) => (
        <>
          <ul class="versions">
            {found.data.map((version) => (
              <Version key={version.version} version={version} />
            ))}
          </ul>
          <AsFile path={path} params={{ as_of: null }} />
        </>
      )}
    </Shown>
  );
}

function Version({ version }: { version: VersionRow }) {
  const always = version.learned_at.startsWith('1970-01-01');
  return (
    <li>
      <strong>{fill(say().version, { n: version.version })}</strong>{listMark()}{term('action', version.action)} {version.actor && `${say().by} `}
      {version.actor && <bdi>{person(version.actor)}</bdi>}
      <span class="under">
        {always ? say().always : fill(say().learned, { at: day(version.learned_at) })} · {fill(say().recorded, { at: moment(version.recorded_at) })}
        {version.reason && (
          <>
            {' '}
            · {say().reason}{colon()}<bdi>{version.reason}</bdi>
          </>
        )}
        {version.withdrawn && ` · ${say().withdrawn}`}
      </span>
      {version.changes.length > 0 && (
        <div class="scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say().field}</th>
                <th scope="col">{say().from}</th>
                <th scope="col">{say().to}</th>
              </tr>
            </thead>
            <tbody>
              {version.changes.map((change) => (
                <tr key={change.field}>
                  <th scope="row">
                    <code>{change.field.replace(/^\//, '')}</code>
                  </th>
                  <td dir="auto">{plain(change.from)}</td>
                  <td dir="auto">{plain(change.to)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </li>
  );
}

/** From here on a number is read by its thousands: years and degrees are not. */
const LONG = 10_000;

/** A value of a record as it stands there. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map(plain).join(either());
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => `${name}${colon()}${plain(part)}`)
      .join(listMark());
  }
  return typeof value === 'number' && Math.abs(value) >= LONG ? number(value, 2) : String(value);
}
