// What a plan is asked for: areas, days, loads. What is wrong stands beside the fields, all at once.
import { useEffect, useState } from 'preact/hooks';
import { Offline, Refusal, address, get, useAnswer } from '../api';
import { clocks } from '../clocks';
import type { Windows } from '../pauses/answers';
import { Field, FormFault, Wrong, wrongAt } from '../field';
import { useNames } from '../pauses/names';
import { usePauses } from '../pauses/held';
import { bodyOf as throughBody, askThrough } from '../pauses/throughput';
import { today } from '../me';
import { to } from '../route';
import { Fault, Shown } from '../state';
import { fill, plural } from '../tongue';
import type { Outlooked } from './answers';
import { type Schemes, cutOff, matches } from './choose';
import { type Asked, type Row, rowsOf } from './request';
import { people, say } from './words';

interface Asking {
  asked: Asked;
  fault: unknown;
  asking: boolean;
  onChange: (more: Partial<Asked>) => void;
  onAsk: () => void;
}

export function Ask({ asked, fault, asking, onChange, onAsk }: Asking) {
  const pointers = [
    '/areas',
    '/date',
    '/horizon_days',
    '/payload_tonnes',
    '/windows',
    ...asked.areas.flatMap((_, index) => [`/areas/${index}`, `/areas/${index}/area`]),
    ...asked.rows.flatMap((_, index) => [`/windows/${index}`, `/windows/${index}/at`, `/windows/${index}/loads`, `/windows/${index}/pause`]),
  ];
  return (
    <form
      class="plan-ask"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <Areas asked={asked} fault={fault} onChange={onChange} />
      <div class="plan-rest">
        <div class="row">
          <Field name={say().date} pointer="/date" fault={fault}>
            {(attributes) => <input {...attributes} type="date" value={asked.date} onInput={(event) => onChange({ date: event.currentTarget.value })} />}
          </Field>
          <Field name={say().horizon} pointer="/horizon_days" fault={fault} help={say().horizonHelp}>
            {(attributes) => (
              <input {...attributes} type="number" min={1} step="any" inputMode="decimal" value={asked.horizon} onInput={(event) => onChange({ horizon: event.currentTarget.value })} />
            )}
          </Field>
          <Field name={say().payload} pointer="/payload_tonnes" fault={fault} help={say().payloadHelp}>
            {(attributes) => (
              <input {...attributes} type="number" min={0} step="any" inputMode="decimal" value={asked.payload} onInput={(event) => onChange({ payload: event.currentTarget.value })} />
            )}
          </Field>
        </div>
        <Rows rows={asked.rows} fault={fault} onChange={(rows) => onChange({ rows })} />
        <FillFromPause onFill={(rows) => onChange({ rows })} />
        <FormFault fault={fault} pointers={pointers} refused={say().refused} />
        <p class="do">
          <button type="submit" disabled={asking}>
            {asking ? say().asking : say().ask}
          </button>
        </p>
      </div>
    </form>
  );
}

function Areas({ asked, fault, onChange }: Pick<Asking, 'asked' | 'fault' | 'onChange'>) {
  const names = useNames();
  const [search, setSearch] = useState('');
  const [preset, setPreset] = useState(false);
  const outlook = useAnswer<{ data: Outlooked[] }>(address('/api/v1/outlook'));
  const totals = useAnswer<Schemes>(address('/api/v1/totals'));
  const suggested = outlook.data && totals.data ? cutOff(totals.data, outlook.data.data) : null;
  useEffect(() => {
    // Once, as long as nobody has chosen.
    if (preset || suggested === null) return;
    setPreset(true);
    if (asked.areas.length === 0) onChange({ areas: suggested });
  }, [suggested === null]);
  const toggle = (area: string, on: boolean) => onChange({ areas: on ? [...asked.areas, area] : asked.areas.filter((one) => one !== area) });
  const wrongOf = (area: string) => {
    const index = asked.areas.indexOf(area);
    return index < 0 ? [] : [...wrongAt(fault, `/areas/${index}`), ...wrongAt(fault, `/areas/${index}/area`)];
  };
  return (
    <fieldset class="plan-areas">
      <legend>{say().areas}</legend>
      <p class="quiet">
        {plural(asked.areas.length, say().chosen)}
        {asked.areas.length > 0 && (
          <>
            {' · '}
            <button type="button" class="plain" onClick={() => onChange({ areas: [] })}>
              {say().clear}
            </button>
          </>
        )}
      </p>
      <Wrong problems={wrongAt(fault, '/areas')} />
      <input type="search" aria-label={say().search} placeholder={say().search} value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
      <Shown answer={outlook} lines={6}>
        {({ data }) => {
          const isChosen = (area: string) => asked.areas.includes(area);
          const found = data.filter(({ area, name }) => matches(search, name, names.area(area), area));
          const first = suggested ?? [];
          const ordered = [...found].sort((a, b) => Number(first.includes(b.area)) - Number(first.includes(a.area)));
          return (
            <>
              <ul class="plan-choices">
                {ordered.map(({ area, population }) => (
                  <li key={area}>
                    <label class="check">
                      <input type="checkbox" checked={isChosen(area)} onChange={(event) => toggle(area, event.currentTarget.checked)} />
                      <span>
                        <bdi>{names.area(area)}</bdi>
                        <span class="under">
                          {people(population)}
                          {first.includes(area) && ` · ${say().preselected}`}
                        </span>
                      </span>
                    </label>
                    <Wrong problems={wrongOf(area)} />
                  </li>
                ))}
              </ul>
              {ordered.length === 0 && <p class="quiet">{say().none}</p>}
            </>
          );
        }}
      </Shown>
      <p class="help">{say().preset}</p>
    </fieldset>
  );
}

function Rows({ rows, fault, onChange }: { rows: Row[]; fault: unknown; onChange: (rows: Row[]) => void }) {
  const set = (index: number, more: Partial<Row>) => onChange(rows.map((row, at) => (at === index ? { ...row, ...more } : row)));
  return (
    <fieldset>
      <legend>{say().windows}</legend>
      <Wrong problems={wrongAt(fault, '/windows')} />
      {rows.map((row, index) => (
        <div class="plan-row" key={index}>
          <Field name={say().at} pointer={`/windows/${index}/at`} fault={fault}>
            {(attributes) => <input {...attributes} type="date" value={row.at} onInput={(event) => set(index, { at: event.currentTarget.value })} />}
          </Field>
          <Field name={say().loads} pointer={`/windows/${index}/loads`} fault={fault}>
            {(attributes) => (
              <input {...attributes} type="number" min={0} step="any" inputMode="numeric" value={row.loads} onInput={(event) => set(index, { loads: event.currentTarget.value })} />
            )}
          </Field>
          <button type="button" class="second" aria-label={fill(say().remove, { n: index + 1 })} title={fill(say().remove, { n: index + 1 })} onClick={() => onChange(rows.filter((_, at) => at !== index))}>
            −
          </button>
          <Wrong problems={[...wrongAt(fault, `/windows/${index}`), ...wrongAt(fault, `/windows/${index}/pause`)]} />
        </div>
      ))}
      <button type="button" class="second" onClick={() => onChange([...rows, { at: '', loads: '', pause: null }])}>
        {say().add}
      </button>
    </fieldset>
  );
}

/** Rows with what a pause on record would let through. */
function FillFromPause({ onFill }: { onFill: (rows: Row[]) => void }) {
  const answer = usePauses();
  const pauses = answer.data?.data ?? [];
  const [code, setCode] = useState('');
  const [state, setState] = useState<'idle' | 'asking' | 'filled' | 'nothing'>('idle');
  const [fault, setFault] = useState<Refusal | Offline | null>(null);
  const pause = pauses.find((one) => one.code === code);
  const run = async () => {
    if (!pause) return;
    setState('asking');
    setFault(null);
    try {
      const windows = await get<Windows>(address(`/api/v1/pauses/${encodeURIComponent(pause.code)}/windows`, { from: pause.start?.slice(0, 10) }));
      const subject = { record: pause, zone: windows.time_zone, first: windows.windows[0]?.local_start ?? null, asOf: clocks().as_of ?? windows.as_of.slice(0, 10) ?? today() };
      const through = await askThrough(pause.code, throughBody(subject, {}, { start: null, hours: null, every: null }));
      const rows = rowsOf(through.windows, pause.code);
      if (rows.length > 0) onFill(rows);
      setState(rows.length > 0 ? 'filled' : 'nothing');
    } catch (no) {
      if (!(no instanceof Refusal || no instanceof Offline)) throw no;
      setFault(no);
      setState('idle');
    }
  };
  if (answer.data === null && answer.fault) return <Fault fault={answer.fault} />;
  if (pauses.length === 0) return null;
  return (
    <div class="plan-fill">
      <label>
        {say().fill}
        <select value={code} onChange={(event) => (setCode(event.currentTarget.value), setState('idle'))}>
          <option value="">{say().choosePause}</option>
          {pauses.map(({ code: one, title }) => (
            <option key={one} value={one}>
              {title ?? one}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="second" disabled={!pause || state === 'asking'} onClick={() => void run()}>
        {say().fillDo}
      </button>
      <p class="help" role="status">
        {state === 'nothing' && say().fillNothing}
        {state === 'filled' && pause && (
          <>
            {fill(say().filled, { pause: pause.title ?? pause.code })} {say().filledAssumed} <a href={to('pauses', pause.code)}>{say().seePause}</a>
          </>
        )}
      </p>
      {fault && <Fault fault={fault} />}
    </div>
  );
}
