// Plans that were kept, and the page of one: what was planned beside what then came.
import { useState } from 'preact/hooks';
import { address, worded, useAll, useAnswer } from '../api';
import { type Estimate, counted, reckoned, share, spoken } from '../estimate';
import { Figure } from '../figure';
import { useNames } from '../pauses/names';
import { english } from '../pauses/words';
import { to } from '../route';
import { Empty, Shown } from '../state';
import { colon, day, fill, number, percent, plural } from '../tongue';
import { ByWindow, Coverage, PlanMap, ServedLine, Silent } from './allocation';
import type { Kept, Outcome } from './answers';
import { apart, byDay, keptFor, worstFirst } from './shares';
import { say } from './words';

export function KeptPlans() {
  const answer = useAll<Kept>('/api/v1/plans');
  return (
    <section aria-labelledby="kept">
      <h2 id="kept">{say().kept}</h2>
      <Shown answer={answer}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={say().noKept}>{say().noKeptMore}</Empty>
          ) : (
            <div class="scroll" tabIndex={0}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{say().name}</th>
                    <th scope="col">{say().date}</th>
                    <th scope="col" class="number">
                      {say().horizon}
                    </th>
                    <th scope="col" class="number">
                      {say().minimum}
                    </th>
                    <th scope="col" class="number">
                      {say().unmetAll}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {data.map((plan) => (
                    <tr key={plan.code}>
                      <th scope="row">
                        <a href={to('plan', plan.code)} dir="auto">
                          {plan.title ?? plan.code}
                        </a>
                      </th>
                      <td>{day(plan.date)}</td>
                      <td class="number">{number(plan.horizon_days)}</td>
                      <td class="number"><Planning share={plan.minimum_coverage} /></td>
                      <td class="number">{plan.unmet_person_days === null ? <span class="unknown">{say().unknown}</span> : number(plan.unmet_person_days)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
    </section>
  );
}

export function KeptPlan({ code }: { code: string }) {
  const path = `/api/v1/plans/${encodeURIComponent(code)}`;
  const plan = useAnswer<Kept>(address(path));
  const outcome = useAnswer<Outcome>(plan.data ? worded(`${path}/outcome`) : null);
  if (plan.fault && 'status' in plan.fault && plan.fault.status === 404) {
    return (
      <Empty title={say().notFound}>
        <a href={to('plan')}>{say().back}</a>
      </Empty>
    );
  }
  return (
    <>
      <p>
        <a href={to('plan')}>{say().back}</a>
      </p>
      <Shown answer={plan}>
        {(kept) => (
          <>
            <h1 dir="auto">{kept.title ?? kept.code}</h1>
            <p class="quiet">
              {day(kept.date)} · {fill(say().days, { n: number(kept.horizon_days) })} · <code>{kept.code}</code>
            </p>
            {kept.note && <p dir="auto">{kept.note}</p>}
            <Planned plan={kept} />
          </>
        )}
      </Shown>
      {plan.data && (
        <section aria-labelledby="outcome">
          <h2 id="outcome">{say().outcome}</h2>
          <Shown answer={outcome}>{(came) => <Came outcome={came} />}</Shown>
        </section>
      )}
    </>
  );
}

function Planned({ plan }: { plan: Kept }) {
  const [lit, setLit] = useState<string | null>(null);
  const served = worstFirst(keptFor(plan));
  const { told, silent } = apart(served, (code) => plan.areas.find((one) => one.area === code)?.why ?? '');
  return (
    <>
      <div class="plan-where">
        <PlanMap served={served} lit={lit} onLit={setLit} />
        <ol class="served">
          {told.map((area) => (
            <ServedLine key={area.code} area={area} lit={lit} onLit={setLit} loads={plural(area.loads, say().loadsN)}>
              <Coverage served={area} />
              <p class="served-told" {...english()}>
                {plan.areas.find((one) => one.area === area.code)?.why}
              </p>
            </ServedLine>
          ))}
          <Silent all={silent} lang={english()} />
        </ol>
      </div>
      <ByWindow all={byDay(plan)} />
    </>
  );
}

const arrived = (came: Estimate) => counted(reckoned(came), say().trucksN);

/** A share that was planned: of nothing it is unknown, and for how many people it was reckoned is not told. */
const Planning = ({ share: planned }: { share: number | null }) => (planned ? <>{fill(say().about, { n: percent(planned) })}</> : <span class="unknown">{say().unknown}</span>);

function Came({ outcome }: { outcome: Outcome }) {
  const names = useNames();
  const until = day(outcome.to);
  return (
    <>
      <p class="quiet">
        {fill(say().outcomeTo, { from: day(outcome.from), to: until })} {outcome.is_over ? say().over : say().running}
      </p>
      <div class="scroll" tabIndex={0}>
        <table class="came">
          <thead>
            <tr>
              <th scope="col">{say().area}</th>
              <th scope="col" class="number">
                {say().loads}{colon()}{say().planned}
              </th>
              <th scope="col" class="number">
                {say().came}
              </th>
              <th scope="col" class="number">
                {say().personDays}{colon()}{say().planned}
              </th>
              <th scope="col" class="number">
                {say().came}
              </th>
              <th scope="col" class="number">
                {say().covered}{colon()}{say().planned}
              </th>
              <th scope="col" class="number">
                {say().came}
              </th>
            </tr>
          </thead>
          <tbody>
            {outcome.areas.map((area) => (
              <tr key={area.area}>
                <th scope="row">
                  <bdi>{names.area(area.area)}</bdi>
                  <span class="under">
                    {area.sentence}
                  </span>
                </th>
                <td class="number">{number(area.planned_loads, 1)}</td>
                <td class="number">
                  <Figure date={until}>{arrived(area.trucks_arrived)}</Figure>
                  <span class="under">{plural(area.convoys_arrived, say().convoys)}</span>
                </td>
                <td class="number">{number(area.planned_person_days)}</td>
                <td class="number">
                  <Figure date={until}>{spoken(reckoned(area.arrived_person_days), number)}</Figure>
                  {area.arrivals_of_unknown_size > 0 && <span class="under wrap">{plural(area.arrivals_of_unknown_size, say().unknownSize)}</span>}
                </td>
                <td class="number"><Planning share={area.planned_coverage} /></td>
                <td class="number">
                  <Figure date={until}>{spoken(share(area.coverage), percent)}</Figure>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
