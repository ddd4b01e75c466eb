// The view of plans: what is asked for, who would get what, and plans that were kept with what came of them.
import { useState } from 'preact/hooks';
import { Offline, Refusal, address, post } from '../api';
import { clocks, isNow } from '../clocks';
import { may, today } from '../me';
import { WithNames } from '../pauses/names';
import { route } from '../route';
import { Allocation } from './allocation';
import type { Allocated } from './answers';
import { Ask } from './ask';
import { KeptPlan, KeptPlans } from './kept';
import './plan.css';
import { type Asked, bodyOf } from './request';
import { SavePlan } from './save';
import { say } from './words';

export function Plan() {
  const { code } = route.value;
  return <WithNames>{code === null ? <Compose /> : <KeptPlan key={code} code={code} />}</WithNames>;
}

/** An answer with what it answers, so that a change of the form is not taken for answered. */
interface Worked {
  asked: Asked;
  plan: Allocated;
}

function Compose() {
  const [asked, setAsked] = useState<Asked>(() => ({
    areas: [],
    date: clocks().as_of ?? today(),
    horizon: '30',
    payload: '',
    rows: [{ at: '', loads: '', pause: null }],
  }));
  const [worked, setWorked] = useState<Worked | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    try {
      setWorked({ asked, plan: await post<Allocated>(address('/api/v1/plans'), bodyOf(asked)) });
      setFault(null);
    } catch (no) {
      if (!(no instanceof Refusal || no instanceof Offline)) throw no;
      setFault(no);
      if (no instanceof Refusal) setWorked(null);
    }
    setAsking(false);
  };
  return (
    <>
      <h1>{say().title}</h1>
      <p class="quiet">{say().lead}</p>
      <Ask asked={asked} fault={fault} asking={asking} onChange={(more) => setAsked((old) => ({ ...old, ...more }))} onAsk={() => void ask()} />
      <div aria-live="polite">
        {worked && (
          <section class={asking ? 'shown asking' : 'shown'} aria-busy={asking} aria-labelledby="result">
            <h2 id="result">{say().result}</h2>
            {worked.asked !== asked && <p class="stale">{say().stale}</p>}
            <Allocation plan={worked.plan} days={worked.asked.rows.map(({ at }) => at)} />
            {may('plan.save') && (isNow() ? <SavePlan asked={worked.asked} /> : <p class="note">{say().pastSave}</p>)}
          </section>
        )}
      </div>
      <KeptPlans />
    </>
  );
}
