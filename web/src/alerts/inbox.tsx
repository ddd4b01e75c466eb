// What needs attention: the gravest first, by state, narrowed by severity, rule, area and state.
import { useRef } from 'preact/hooks';
import { isNow } from '../clocks';
import { ask, route } from '../route';
import { Empty, Shown } from '../state';
import { fill, number } from '../tongue';
import { useAreaNames, useTold } from './ask';
import { AlertRow } from './row';
import { say } from './say';
import { type Alert, type Inbox as Answer, type Pick, SEVERITIES, STATES, counts, grouped, identity, picked } from './types';
import { word } from './words';

function pick(): Pick {
  const read = (name: string) => route.value.params.get(name) ?? '';
  return { severity: read('severity'), rule: read('rule'), area: read('area'), state: read('state') };
}

/** Which alerts came since the view was opened; a look at another time begins anew. */
function useFresh(answer: Answer | null): (alert: Alert) => boolean {
  const seen = useRef<{ now: boolean; known: Set<string> } | null>(null);
  const now = isNow();
  if (answer && seen.current?.now !== now) seen.current = { now, known: new Set(answer.data.map(identity)) };
  return (alert) => now && seen.current !== null && !seen.current.known.has(identity(alert));
}

export function Inbox() {
  const told = useTold<Answer>('/api/v1/alerts');
  const { name } = useAreaNames();
  const isFresh = useFresh(told.loading ? null : told.data);
  return (
    <>
      {!isNow() && <p class="note">{say().pastNote}</p>}
      <Shown answer={told} lines={6}>
        {(answer) => {
          if (answer.data.length === 0) return <Empty title={say().none}>{say().noneMore}</Empty>;
          const found = picked(answer.data, pick());
          return (
            <>
              <Filters answer={answer} name={name} />
              <p class="note" role="status">
                {fill(say().shown, { n: number(found.length), total: number(answer.total) })}
              </p>
              {answer.notes.map((note) => (
                <p key={note} class="note" dir="auto">
                  {note}
                </p>
              ))}
              {found.length === 0 && <Nothing />}
              {grouped(found).map((group) => (
                <section key={group.state ?? 'past'} class="alert-group">
                  {group.state && <h2>{word('state', group.state)}</h2>}
                  {group.alerts.map((alert) => (
                    <AlertRow key={identity(alert)} alert={alert} name={name} fresh={isFresh(alert)} />
                  ))}
                </section>
              ))}
            </>
          );
        }}
      </Shown>
    </>
  );
}

function Nothing() {
  return (
    <>
      <Empty title={say().noneHere} />
      <button type="button" class="second" onClick={() => ask({ severity: null, rule: null, area: null, state: null })}>
        {say().clear}
      </button>
    </>
  );
}

type Option = [value: string, label: string, count: number];

function Filters({ answer, name }: { answer: Answer; name: (code: string) => string }) {
  const byLabel = (one: Option, other: Option) => one[1].localeCompare(other[1]);
  const severities = SEVERITIES.map((of): Option => [of, word('severity', of), answer.by_severity[of] ?? 0]);
  const rules = counts(answer.data.map((alert) => alert.rule)).map(([of, count]): Option => [of, word('rule', of), count]);
  const areas = counts(answer.data.flatMap((alert) => alert.areas)).map(([of, count]): Option => [of, name(of), count]);
  const states = STATES.map((of): Option => [of, word('state', of), answer.by_state[of] ?? 0]);
  return (
    <div class="filters">
      <Filter of="severity" label={say().severity} options={severities} />
      <Filter of="rule" label={say().rule} options={rules.sort(byLabel)} />
      <Filter of="area" label={say().area} options={areas.sort(byLabel)} />
      {isNow() && <Filter of="state" label={say().state} options={states} />}
    </div>
  );
}

function Filter({ of, label, options }: { of: keyof Pick; label: string; options: Option[] }) {
  return (
    <label>
      {label}
      <select value={pick()[of]} onChange={(event) => ask({ [of]: event.currentTarget.value })}>
        <option value="">{say().any}</option>
        {options.map(([value, text, count]) => (
          <option key={value} value={value}>
            {text} ({number(count)})
          </option>
        ))}
      </select>
    </label>
  );
}
