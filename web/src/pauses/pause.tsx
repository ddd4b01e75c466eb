// The page of one pause: what it is, who answered what, when it holds, where it was broken, what it would bring.
import type { ComponentChildren } from 'preact';
import { type Answer, address, worded, useAnswer } from '../api';
import { spoken } from '../estimate';
import { Figure } from '../figure';
import { to } from '../route';
import { Empty, Loading, Shown } from '../state';
import { colon, day, fill, listMark, moment, number, plural } from '../tongue';
import type { PauseRecord, Windows } from './answers';
import { Deliver } from './deliver';
import { flagWord } from './flags';
import { Forms } from './forms';
import { Answered, PartyName, Sentence, State } from './list';
import { Zones, localMoment } from './month';
import { useNames } from './names';
import { stateOf } from './states';
import { say, word } from './words';

/** When something was: a day as a day, an instant with its time. */
export const at = (text: string | null) => (text === null ? null : text.length > 10 ? moment(text) : day(text));

export function PausePage({ code }: { code: string }) {
  const path = `/api/v1/pauses/${encodeURIComponent(code)}`;
  const record = useAnswer<PauseRecord>(address(path));
  // Windows are told from a day on: of a pause with a beginning, from there.
  const from = record.data?.start?.slice(0, 10);
  const windows = useAnswer<Windows>(record.data?.code === code ? worded(`${path}/windows`, { from }) : null);
  if (record.fault && 'status' in record.fault && record.fault.status === 404) {
    return (
      <Empty title={say().notFound}>
        <a href={to('pauses')}>{say().back}</a>
      </Empty>
    );
  }
  return <Shown answer={record}>{(pause) => (pause.code === code ? <Page pause={pause} windows={windows} /> : <Loading />)}</Shown>;
}

function Page({ pause, windows }: { pause: PauseRecord; windows: Answer<Windows> }) {
  const held = windows.data?.pause === pause.code ? windows.data : null;
  return (
    <>
      <p>
        <a href={to('pauses')}>{say().back}</a>
      </p>
      <div class="view-head">
        <h1 dir="auto">{pause.title ?? pause.code}</h1>
        {held && <State state={stateOf(held.state, held.parties)} />}
      </div>
      <Shown answer={{ ...windows, data: held }}>
        {(told) => (
          <>
            <Sentence>{told.sentence}</Sentence>
            <Facts pause={pause} />
            <Parties pause={pause} windows={told} />
            <WindowTable windows={told} />
          </>
        )}
      </Shown>
      <Violations pause={pause} />
      <Forms pause={pause} zone={held?.time_zone ?? 'UTC'} />
      {held && (
        <section aria-labelledby="deliver">
          <h2 id="deliver">{say().deliver}</h2>
          <Deliver key={pause.code} record={pause} windows={held} />
        </section>
      )}
      <Accounts pause={pause} />
    </>
  );
}

function Facts({ pause }: { pause: PauseRecord }) {
  const names = useNames();
  const holds = [pause.start, pause.end].map((text, index) => {
    const clock = index === 0 ? pause.start_local : pause.end_local;
    return text === null ? say().unknown : `${at(text)}${clock ? ` ${clock}` : ''}`;
  });
  const facts: [string, ComponentChildren][] = [
    [say().asked, pause.asked_by],
    [say().askedOf, pause.asked_of],
    [say().when, at(pause.announced_on) ?? say().unknown],
    [say().where, [...pause.areas, ...pause.area_groups].map(names.area).join(listMark()) || pause.place],
    [say().kind, word('type', pause.pause_type)],
    [say().holds, pause.start === null && pause.end === null ? say().unknown : holds.join(' – ')],
    [say().length, pause.duration_hours === null ? null : fill(say().hours, { n: number(pause.duration_hours, 1) })],
    [say().again, pause.every_days === null ? pause.recurrence : fill(say().everyDays, { n: number(pause.every_days) })],
    [say().extends, pause.extends && <a href={to('pauses', pause.extends)}>{pause.extends}</a>],
    [say().source, names.source(pause.source)],
    [say().note, pause.note],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Parties({ pause, windows }: { pause: PauseRecord; windows: Windows }) {
  const names = useNames();
  return (
    <section aria-labelledby="parties">
      <h2 id="parties">{say().parties}</h2>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {[say().party, say().askedOn, say().answer, say().date, say().source].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {windows.parties.map((party, index) => (
              <tr key={index}>
                <th scope="row">
                  <PartyName party={party} />
                  {!party.must_agree && <span class="under">{say().mustNot}</span>}
                </th>
                <td>{at(pause.announced_on) ?? <span class="unknown">{say().unknown}</span>}</td>
                <td>
                  <Answered pause={pause} windows={windows} party={party} />
                  {party.conditions && (
                    <span class="under">
                      {say().conditions}{colon()}<bdi>{party.conditions}</bdi>
                    </span>
                  )}
                </td>
                <td>{at(party.since)}</td>
                <td>
                  <bdi>{names.source(party.source)}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function WindowTable({ windows }: { windows: Windows }) {
  const names = useNames();
  return (
    <section aria-labelledby="windows">
      <h2 id="windows">{say().windows}</h2>
      {windows.windows.length === 0 ? (
        <p class="quiet">{say().noWindows}</p>
      ) : (
        <div class="scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say().begin}</th>
                <th scope="col">{say().end}</th>
                <th scope="col" class="number">
                  {say().length}
                </th>
                <th scope="col">{say().state}</th>
              </tr>
            </thead>
            <tbody>
              {windows.windows.map((held) => (
                <tr key={`${held.pause} ${held.start}`}>
                  <td class="nowrap">{localMoment(held.local_start)}</td>
                  <td class="nowrap">{localMoment(held.local_end)}</td>
                  <td class="number">
                    <Figure sources={windows.sources.map((code) => names.source(code) ?? code)} flags={windows.flags.map(flagWord)}>
                      {fill(say().hours, { n: number(held.hours, 1) })}
                    </Figure>
                  </td>
                  <td>
                    <State state={stateOf(held.state, windows.parties)} />
                    {held.violations.count > 0 && <span class="under">{plural(held.violations.count, say().broken)}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Zones all={[windows]} />
      {windows.notes.length > 0 && (
        <ul class="quiet notes">
          {windows.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Violations({ pause }: { pause: PauseRecord }) {
  const names = useNames();
  return (
    <section aria-labelledby="violations">
      <h2 id="violations">{say().violations}</h2>
      {pause.violations.length === 0 && <p class="quiet">{say().noViolations}</p>}
      <ul class="told">
        {pause.violations.map((violation, index) => (
          <li key={index}>
            <strong>{at(violation.at)}</strong> <bdi>{violation.note}</bdi>
            <span class="under">
              {[
                violation.attributed_to && `${say().byWhom}${colon()}${violation.attributed_to}`,
                spoken(violation.killed) && `${say().killed}${colon()}${spoken(violation.killed)}`,
                spoken(violation.injured) && `${say().injured}${colon()}${spoken(violation.injured)}`,
                violation.terminal && say().endedIt,
                `${say().source}${colon()}${names.source(violation.source) ?? say().unknown}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Accounts({ pause }: { pause: PauseRecord }) {
  const names = useNames();
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">{say().accounts}</h2>
      {pause.accounts.length === 0 && <p class="quiet">{say().noAccounts}</p>}
      <ul class="told">
        {pause.accounts.map((account, index) => (
          <li key={index}>
            <q dir="auto">{account.quote}</q>
            <span class="under">
              <bdi>{[names.source(account.source), account.asked_by, at(account.announced_on)].filter(Boolean).join(' · ')}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
