// The view of pauses: a calendar of the place, who asked and who answered, the scorecard, and what a pause would deliver.
import { useState } from 'preact/hooks';
import { worded, useAnswer } from '../api';
import { clocks, plusDays } from '../clocks';
import { today } from '../me';
import { route } from '../route';
import { Empty, Shown } from '../state';
import { language } from '../tongue';
import type { PauseRecord, Windows } from './answers';
import { FIRST_DAY, weeksOf } from './calendar';
import { Deliver } from './deliver';
import { hasBeginning, mayTouch, usePauses, useWindows } from './held';
import { say as sayLevers } from './lever-words';
import { PauseList } from './list';
import { Calendar, monthOf } from './month';
import { WithNames } from './names';
import { PausePage } from './pause';
import { AccessScorecard } from './scorecard';
import { say } from './words';
import './pauses.css';

export function Pauses() {
  const { code } = route.value;
  return <WithNames>{code === null ? <All /> : <PausePage key={code} code={code} />}</WithNames>;
}

function All() {
  const asOf = clocks().as_of ?? today();
  const month = monthOf(asOf);
  const days = weeksOf(month, FIRST_DAY[language.value]).flat();
  const pauses = usePauses();
  const all = pauses.data?.data ?? null;
  // A day more on both sides: the days of the place are not those of UTC.
  const [from, to] = [plusDays(days[0] ?? asOf, -1), plusDays(days[days.length - 1] ?? asOf, 1)];
  const inMonth = all?.flatMap((pause) => (!hasBeginning(pause) ? [{ code: pause.code }] : mayTouch(pause, from, to) ? [{ code: pause.code, from, to }] : [])) ?? null;
  const windows = useWindows(inMonth, all ?? [], `month ${from} ${to}`);
  return (
    <>
      <h1>{say().title}</h1>
      <Shown answer={pauses}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={say().nonePauses}>{say().noneMore}</Empty>
          ) : (
            <>
              <Calendar answer={windows} month={month} asOf={asOf} />
              <section aria-labelledby="list">
                <h2 id="list">{say().list}</h2>
                <PauseList pauses={data} known={windows} asked={inMonth?.map(({ code }) => code) ?? []} />
              </section>
              <Ask pauses={data} />
            </>
          )
        }
      </Shown>
      <AccessScorecard />
    </>
  );
}

/** What a pause would deliver, for the newest first: it is the one that is negotiated. */
function Ask({ pauses }: { pauses: PauseRecord[] }) {
  const [chosen, choose] = useState<string | null>(null);
  const newest = [...pauses].sort((a, b) => (b.announced_on ?? '').localeCompare(a.announced_on ?? ''));
  // One that says how long it is can be answered without a guess.
  const first = newest.find((pause) => pause.duration_hours !== null) ?? newest[0];
  const pause = newest.find(({ code }) => code === chosen) ?? first;
  return (
    <section aria-labelledby="deliver">
      <h2 id="deliver">{say().deliver}</h2>
      {pause === undefined ? (
        <Empty title={sayLevers().none}>{sayLevers().noneMore}</Empty>
      ) : (
        <>
          <label class="which">
            {sayLevers().which}
            <select value={pause.code} onChange={(event) => choose(event.currentTarget.value)}>
              {newest.map(({ code, title }) => (
                <option key={code} value={code}>
                  {title ?? code}
                </option>
              ))}
            </select>
          </label>
          <DeliverFor key={pause.code} pause={pause} />
        </>
      )}
    </section>
  );
}

function DeliverFor({ pause }: { pause: PauseRecord }) {
  const from = pause.start?.slice(0, 10);
  const windows = useAnswer<Windows>(worded(`/api/v1/pauses/${encodeURIComponent(pause.code)}/windows`, { from }));
  return <Shown answer={windows}>{(held) => held.pause === pause.code && <Deliver record={pause} windows={held} />}</Shown>;
}
