// What was sent, what waits and what failed; trying again, and giving up with a reason.
import { useState } from 'preact/hooks';
import { address, post, useAnswer } from '../api';
import { isNow } from '../clocks';
import { may } from '../me';
import { ReasonForm } from '../reason';
import { ask, route } from '../route';
import { useSending } from '../sending';
import { Empty, Fault, Shown } from '../state';
import { fill, moment, number } from '../tongue';
import { say, word } from './say';
import type { Delivery } from './types';

const STATES = ['waiting', 'failed', 'delivered', 'dismissed'] as const;

interface Answer {
  data: Delivery[];
  by_state?: Record<string, number>;
  total: number;
}

export function Deliveries() {
  const state = STATES.find((of) => of === route.value.params.get('state')) ?? '';
  const allowed = may('delivery.read');
  const answer = useAnswer<Answer>(allowed ? address('/api/v1/deliveries', { state, limit: 200 }, false) : null);
  if (!allowed) return <Empty title={say().notAllowed} />;
  return (
    <Shown answer={answer}>
      {({ data, by_state = {} }) => (
        <>
          <label class="delivery-state">
            {say().stateField}
            <select value={state} onChange={(event) => ask({ state: event.currentTarget.value })}>
              <option value="">{say().all}</option>
              {STATES.map((of) => (
                <option key={of} value={of}>
                  {word('state', of)} ({by_state[of] === undefined ? say().unknown : number(by_state[of])})
                </option>
              ))}
            </select>
          </label>
          {data.length === 0 && <Empty title={say().noDelivery}>{say().noDeliveryMore}</Empty>}
          <ul class="made">
            {data.map((of) => (
              <One key={of.id} of={of} />
            ))}
          </ul>
        </>
      )}
    </Shown>
  );
}

function One({ of }: { of: Delivery }) {
  const { busy, fault, send } = useSending();
  const [giving, setGiving] = useState(false);
  const path = `/api/v1/deliveries/${encodeURIComponent(of.id)}`;
  const acts = of.state === 'failed' && isNow();
  return (
    <li>
      <p>
        <strong class={`delivery ${of.state}`}>{word('state', of.state)}</strong> <bdi>{of.schedule ?? say().alertTold}</bdi>{' '}
        {of.recipient && <bdi>{fill(say().forWhom, { who: of.recipient })}</bdi>} <span class="note">{word('channel', of.channel)}</span>
      </p>
      <p class="note">
        {moment(of.made_at)} · {fill(say().attempts, { n: number(of.attempts) })}
        {of.next_at && ` · ${fill(say().nextTry, { at: moment(of.next_at) })}`}
        {of.done_at && ` · ${fill(say().done, { at: moment(of.done_at) })}`}
      </p>
      {of.problem && (
        <p class="wrong" lang="en" dir="ltr">
          {of.problem}
        </p>
      )}
      {acts && !giving && (
        <p class="do">
          {may('delivery.retry') && (
            <button type="button" class="second small" disabled={busy} onClick={() => void send(() => post(`${path}/retry`, null))}>
              {say().retry}
            </button>
          )}
          {may('delivery.dismiss') && (
            <button type="button" class="plain" onClick={() => setGiving(true)}>
              {say().dismiss}
            </button>
          )}
        </p>
      )}
      {giving && <GiveUp path={path} done={() => setGiving(false)} />}
      {fault && <Fault fault={fault} />}
    </li>
  );
}

function GiveUp({ path, done }: { path: string; done: () => void }) {
  return <ReasonForm class="schedule" why={say().dismissWhy} act={say().dismiss} send={(reason) => post(`${path}/dismiss`, { reason })} done={done} />;
}
