// The view of plans: what is asked for, who would get what, and plans that were kept with what came of them.
import { useEffect, useState } from 'preact/hooks';
import { Offline, Refusal, post, worded } from '../api';
import { clocks, isNow } from '../clocks';
import { may, today } from '../me';
import { WithNames } from '../pauses/names';
import { route } from '../route';
import { day, fill, language } from '../tongue';
import { Allocation } from './allocation';
import type { Allocated } from './answers';
import { Ask } from './ask';
import { KeptPlan, KeptPlans } from './kept';
import './plan.css';
import { type Asked, bodyOf } from './request';
import { SavePlan } from './save';
import { type Ground, groundOf, outdated } from './stands';
import { say } from './words';

export function Plan() {
  const { code } = route.value;
  return <WithNames>{code === null ? <Compose /> : <KeptPlan key={code} code={code} />}</WithNames>;
}

/** An answer with all that it rests on, so that it is not taken for the answer to something else. */
interface Worked {
  ground: Ground;
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
  const now = groundOf(asked);
  const ask = async () => {
    setAsking(true);
    try {
      const plan = await post<Allocated>(worded('/api/v1/plans'), bodyOf(asked));
      setWorked({ ground: now, plan });
      setFault(null);
    } catch (no) {
      if (!(no instanceof Refusal || no instanceof Offline)) throw no;
      setFault(no);
      if (no instanceof Refusal) setWorked(null);
    } finally {
      setAsking(false);
    }
  };
  const old = worked && outdated(worked.ground, now);
  // In another language its sentences are asked for anew.
  useEffect(() => {
    if (worked && old === null) void ask();
  }, [language.value]);
  return (
    <>
      <h1>{say().title}</h1>
      <p class="quiet">{say().lead}</p>
      <Ask asked={asked} fault={fault} asking={asking} onChange={(more) => setAsked((old) => ({ ...old, ...more }))} onAsk={() => void ask()} />
      <div aria-live="polite">
        {worked && old !== 'reader' && (
          <section class={asking ? 'shown asking' : 'shown'} aria-busy={asking} aria-labelledby="result">
            <h2 id="result">{say().result}</h2>
            {old && <p class="stale">{whyOld(old, worked.ground)}</p>}
            <Allocation plan={worked.plan} days={worked.ground.asked.rows.map(({ at }) => at)} />
            {may('plan.save') && old === null && (isNow() ? <SavePlan asked={worked.ground.asked} /> : <p class="note">{say().pastSave}</p>)}
          </section>
        )}
      </div>
      <KeptPlans />
    </>
  );
}

function whyOld(old: 'clocks' | 'form' | 'changes', then: Ground): string {
  if (old === 'form') return say().stale;
  if (old === 'changes') return say().staleRecords;
  return fill(say().staleClocks, { as_of: day(then.as_of ?? then.today), known_at: day(then.known_at ?? then.today) });
}
