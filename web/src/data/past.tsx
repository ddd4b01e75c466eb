// What was imported and tried so far: who, when, what came of it; taken back in one step.
import { useState } from 'preact/hooks';
import { address, post, useAnswer } from '../api';
import { isNow } from '../clocks';
import { may, person } from '../me';
import { ReasonForm } from '../reason';
import { Empty, Shown } from '../state';
import { fill, listMark, moment, number } from '../tongue';
import { useFollowed } from './importing';
import { type Import, touched } from './imports';
import { Outcome, Progress } from './outcome';
import { say } from './say';
import { kindName, word } from './words';

const STEP = 20;

export function PastImports() {
  const [limit, setLimit] = useState(STEP);
  const answer = useAnswer<{ data: Import[]; total: number }>(address('/api/v1/imports', { limit }, false));
  return (
    <section>
      <h2>{say().past}</h2>
      <Shown answer={answer} lines={4}>
        {({ data, total }) =>
          data.length === 0 ? (
            <Empty title={say().none}>{say().noneMore}</Empty>
          ) : (
            <>
              <ul class="imports">
                {data.map((one) => (
                  <One key={one.id} given={one} />
                ))}
              </ul>
              {data.length < total && (
                <button type="button" class="second" onClick={() => setLimit(limit + STEP)}>
                  {say().loadMore}
                </button>
              )}
            </>
          )
        }
      </Shown>
    </section>
  );
}

function One({ given }: { given: Import }) {
  const [newer, setNewer] = useState<Import | null>(null);
  const [undoing, setUndoing] = useState(false);
  const one = newer && given.state === 'running' ? newer : given;
  useFollowed(one, setNewer);
  const names = one.received.map(({ file }) => file).join(listMark());
  const mayUndo = one.state === 'committed' && may('import.undo') && isNow() && touched(one.files).length > 0;
  return (
    <li>
      <p class="import-head">
        <strong class={`import-state ${one.state}`}>{word('state', one.state)}</strong> <span>{moment(one.begun_at)}</span> <bdi>{fill(say().by, { who: person(one.by) })}</bdi>
      </p>
      {names && (
        <p class="import-names">
          <bdi>{names}</bdi>
        </p>
      )}
      <p class="note">{brief(one)}</p>
      {one.state === 'running' && <Progress of={one} />}
      {one.undone && <p class="note">{fill(say().undoneBy, { who: person(one.undone.by), at: moment(one.undone.at), reason: one.undone.reason })}</p>}
      <details>
        <summary>{say().show}</summary>
        <Outcome of={one} />
      </details>
      {mayUndo && !undoing && (
        <p class="do">
          <button type="button" class="second small" onClick={() => setUndoing(true)}>
            {say().undo}
          </button>
        </p>
      )}
      {mayUndo && undoing && <Undo of={one} done={() => setUndoing(false)} />}
    </li>
  );
}

/** What came and changed, kind by kind; kinds are never added up. */
function brief({ files, problems, more }: Import): string {
  const parts = touched(files).flatMap((count) => [
    count.new > 0 && fill(say().newOf, { kind: kindName(count.kind), n: number(count.new) }),
    count.changed > 0 && fill(say().changedOf, { kind: kindName(count.kind), n: number(count.changed) }),
  ]);
  const wrong = problems.length + more;
  return [...parts, wrong > 0 && fill(say().problems, { n: number(wrong) })].filter(Boolean).join(' · ');
}

function Undo({ of, done }: { of: Import; done: () => void }) {
  const undo = (reason: string) => post(`/api/v1/imports/${encodeURIComponent(of.id)}/undo`, { reason });
  return (
    <ReasonForm class="undo" why={say().undoWhy} act={say().undoDo} send={undo} done={done}>
      <p>{say().undoAsk}</p>
      <ul>
        {touched(of.files).flatMap((count) => [
          count.new > 0 && <li key={`${count.kind}/${count.file}/new`}>{fill(say().undoNew, { kind: kindName(count.kind), n: number(count.new) })}</li>,
          count.changed > 0 && <li key={`${count.kind}/${count.file}/changed`}>{fill(say().undoChanged, { kind: kindName(count.kind), n: number(count.changed) })}</li>,
        ])}
      </ul>
    </ReasonForm>
  );
}
