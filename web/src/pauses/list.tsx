// The list of pauses: who asked, when, for where, how it stands, who has not answered.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer } from '../api';
import { to } from '../route';
import { Figure } from '../figure';
import { Fault, Shown } from '../state';
import { colon, day, fill, listMark, number, plural } from '../tongue';
import type { PauseRecord, Party, Windows } from './answers';
import { type Told, useWindows } from './held';
import { Missing } from './month';
import { useNames } from './names';
import { daysUnanswered, isSilent, stateOf } from './states';
import { say, word } from './words';

/** How a pause stands: a shape and a word. */
export function State({ state }: { state: string }) {
  return (
    <span class="state-word">
      <span class={`pause-swatch state-${state}`} aria-hidden="true" /> {word('state', state)}
    </span>
  );
}

/** A party by its name; one that no source names is said so. */
export function PartyName({ party }: { party: Party }) {
  const names = useNames();
  return <bdi>{party.party === null ? say().unnamed : names.party(party.party)}</bdi>;
}

/** What a party answered, or for how long it has not. */
export function Answered({ pause, windows, party }: { pause: PauseRecord; windows: Windows; party: Party }) {
  const silent = isSilent(party);
  if (silent && party.answer === null) {
    const days = daysUnanswered(pause, windows, party);
    return <span class="silent">{days === null ? say().silent : days === 0 ? say().silentToday : plural(days, say().silentFor)}</span>;
  }
  return <>{party.answer === null ? word('state', party.state ?? 'requested') : word('answer', party.answer)}</>;
}

/** So many stand in the list at first: how each stands is asked for one by one. */
const FEW = 20;

/** The list; `known` has the windows of those that were `asked` for the month, of the others that are shown they are asked for here. */
export function PauseList({ pauses, known, asked }: { pauses: PauseRecord[]; known: Answer<Told>; asked: string[] }) {
  const names = useNames();
  const [most, setMost] = useState(FEW);
  const newest = [...pauses].sort((a, b) => (b.announced_on ?? '').localeCompare(a.announced_on ?? ''));
  const shown = newest.slice(0, most);
  const others = shown.filter(({ code }) => !asked.includes(code)).map(({ code }) => ({ code }));
  const rest = useWindows(others, pauses, 'list');
  const of = new Map([...(known.data?.windows ?? []), ...(rest.data?.windows ?? [])].map((one) => [one.pause, one]));
  return (
    <>
      {rest.data === null && rest.fault && <Fault fault={rest.fault} />}
      <Missing codes={rest.data?.missing ?? []} />
      <Shown answer={{ ...rest, data: of, loading: rest.loading || known.loading }}>
        {() => (
          <ol class="pauses">
            {shown.map((pause) => {
              const held = of.get(pause.code);
              return (
                <li key={pause.code}>
                  <div class="pause-line">
                    <h3>
                      <a href={to('pauses', pause.code)} dir="auto">
                        {pause.title ?? pause.code}
                      </a>
                    </h3>
                    {held && <State state={stateOf(held.state, held.parties)} />}
                  </div>
                  <p class="quiet">
                    <Figure date={pause.announced_on && day(pause.announced_on)} sources={[names.source(pause.source) ?? say().unknown]}>
                      {pause.announced_on && day(pause.announced_on)}
                    </Figure>
                    <Part>{word('type', pause.pause_type)}</Part>
                    <Part>{pause.asked_by}</Part>
                    <Part>{[...pause.areas, ...pause.area_groups].map(names.area).join(listMark()) || pause.place}</Part>
                    <Part>{pause.duration_hours !== null && fill(say().hours, { n: number(pause.duration_hours, 1) })}</Part>
                    <Part>{pause.violations.length > 0 && plural(pause.violations.length, say().broken)}</Part>
                  </p>
                  {held && <Silent pause={pause} windows={held} />}
                </li>
              );
            })}
          </ol>
        )}
      </Shown>
      {newest.length > shown.length && (
        <p class="do">
          <button type="button" class="second" onClick={() => setMost(most + FEW)}>
            {fill(say().moreOf, { n: number(shown.length), all: number(newest.length) })}
          </button>
        </p>
      )}
    </>
  );
}

function Part({ children }: { children: ComponentChildren }) {
  if (!children) return null;
  return (
    <>
      {' · '}
      <bdi>{children}</bdi>
    </>
  );
}

function Silent({ pause, windows }: { pause: PauseRecord; windows: Windows }) {
  const silent = windows.parties.filter(isSilent);
  if (silent.length === 0) return null;
  return (
    <ul class="silent-list">
      {silent.map((party, index) => (
        <li key={index}>
          <PartyName party={party} />{colon()}<Answered pause={pause} windows={windows} party={party} />
        </li>
      ))}
    </ul>
  );
}

/** A sentence of the program. */
export function Sentence({ children }: { children: string | null }) {
  return children ? <p>{children}</p> : null;
}
