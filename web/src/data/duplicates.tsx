// Records that may tell of the same thing: in what they are alike, and joining them.
import { useState } from 'preact/hooks';
import { address, post, useAnswer } from '../api';
import { isNow } from '../clocks';
import { may } from '../me';
import { ReasonForm } from '../reason';
import { ask, route, to } from '../route';
import { Empty, Shown } from '../state';
import { colon, listMark, number } from '../tongue';
import { say } from './say';
import { kindName, word } from './words';

const KINDS = ['convoy', 'population', 'source', 'area'] as const;
/** Counts are never joined: each keeps its source. */
const JOINED: Record<string, string> = { convoy: 'convoys', source: 'sources', area: 'areas' };

interface Pair {
  one: string;
  other: string;
  reasons: string[];
  score: number;
}

export function Duplicates() {
  const asked = route.value.params.get('kind');
  const kind = KINDS.find((of) => of === asked) ?? 'convoy';
  const answer = useAnswer<{ data: Pair[]; total: number }>(address('/api/v1/duplicates', { kind, limit: 200 }));
  return (
    <>
      <p class="note">{say().duplicatesIntro}</p>
      <label class="duplicate-kind">
        {say().kind}
        <select value={kind} onChange={(event) => ask({ kind: event.currentTarget.value })}>
          {KINDS.map((of) => (
            <option key={of} value={of}>
              {kindName(of)}
            </option>
          ))}
        </select>
      </label>
      <Shown answer={answer}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={say().noDuplicates}>{say().noDuplicatesMore}</Empty>
          ) : (
            <ul class="imports">
              {data.map((pair) => (
                <Alike key={`${pair.one}/${pair.other}`} pair={pair} kind={kind} />
              ))}
            </ul>
          )
        }
      </Shown>
    </>
  );
}

function Named({ code, kind }: { code: string; kind: string }) {
  const view = ({ convoy: 'convoys', area: 'areas' } as const)[kind];
  const shown = <code dir="ltr">{code}</code>;
  return view ? <a href={to(view, code)}>{shown}</a> : shown;
}

function Alike({ pair, kind }: { pair: Pair; kind: string }) {
  const [open, setOpen] = useState(false);
  const list = JOINED[kind];
  return (
    <li>
      <p>
        <Named code={pair.one} kind={kind} /> · <Named code={pair.other} kind={kind} />
      </p>
      <p class="note">
        {say().alike}{colon()}{pair.reasons.map((reason) => word('reason', reason)).join(listMark())} · {say().score} {number(pair.score, 2)}
      </p>
      {list && may('record.merge') && isNow() && !open && (
        <button type="button" class="second small" onClick={() => setOpen(true)}>
          {say().merge}
        </button>
      )}
      {list && open && <Join pair={pair} list={list} done={() => setOpen(false)} />}
    </li>
  );
}

function Join({ pair, list, done }: { pair: Pair; list: string; done: () => void }) {
  const [stays, setStays] = useState(pair.one);
  const gone = stays === pair.one ? pair.other : pair.one;
  const merge = (reason: string) => post(`/api/v1/${list}/${encodeURIComponent(gone)}/merge`, { into: stays, reason });
  return (
    <ReasonForm class="undo" why={say().mergeReason} act={say().mergeDo} send={merge} done={done}>
      <fieldset class="question">
        <legend>{say().keep}</legend>
        {[pair.one, pair.other].map((code) => (
          <label key={code} class="check">
            <input type="radio" name={`${pair.one}/${pair.other}`} checked={stays === code} onChange={() => setStays(code)} /> <code dir="ltr">{code}</code>
          </label>
        ))}
      </fieldset>
    </ReasonForm>
  );
}
