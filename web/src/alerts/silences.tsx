// Silences that run: of what, until when, why; ending one now; beginning one.
import { useState } from 'preact/hooks';
import { address, post, useAnswer } from '../api';
import { isNow } from '../clocks';
import { may, today } from '../me';
import { to } from '../route';
import { Empty, Fault, Shown } from '../state';
import { colon, either, fill, format } from '../tongue';
import { SilenceForm } from './act';
import { useAreaNames } from './ask';
import { say } from './say';
import { useSending } from '../sending';
import { word } from './words';

export interface Silence {
  code: string;
  areas: string[] | null;
  pcode: string | null;
  rules: string[] | null;
  severity: string | null;
  pause: string | null;
  from: string;
  until: string | null;
  reason: string;
}

export const useSilences = () => useAnswer<{ data: Silence[] }>(address('/api/v1/silences', { limit: 200 }));

export function Silences() {
  const answer = useSilences();
  const { name } = useAreaNames();
  return (
    <>
      <Shown answer={answer}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={say().noSilence}>{say().noSilenceMore}</Empty>
          ) : (
            <ul class="silences">
              {data.map((of) => (
                <Runs key={of.code} of={of} name={name} />
              ))}
            </ul>
          )
        }
      </Shown>
      {may('silence.set') && (
        <section>
          <h2>{say().silenceTitle}</h2>
          {isNow() ? <SilenceForm /> : <p class="note">{say().writePast}</p>}
        </section>
      )}
    </>
  );
}

function Runs({ of, name }: { of: Silence; name: (code: string) => string }) {
  const [sure, setSure] = useState(false);
  const { busy, fault, send } = useSending();
  const over = of.until !== null && of.until.slice(0, 10) < today();
  const end = () => send(() => post(`/api/v1/silences/${encodeURIComponent(of.code)}/withdraw`, { reason: say().endSure }));
  const what = [
    of.rules?.map((rule) => word('rule', rule)).join(' · ') ?? say().allRules,
    of.areas?.map(name).join(' · ') ?? of.pcode ?? say().allAreas,
    of.severity && `${say().upTo}${colon()}${word('severity', of.severity)}`,
  ].filter(Boolean);
  return (
    <li title={of.code}>
      <p class="alert-text">{what.join(either())}</p>
      <p class="alert-about">
        <span>
          {over ? say().ended : say().ends}{colon()}{endOf(of)}
        </span>
        <span dir="auto">
          {say().why}{colon()}{of.reason}
        </span>
      </p>
      {may('silence.set') && isNow() && !over && (
        <p class="do alert-do">
          <button type="button" class="second" disabled={busy} onClick={() => (sure ? void end() : setSure(true))}>
            {sure ? say().endSure : say().end}
          </button>
          {sure && (
            <button type="button" class="plain" onClick={() => setSure(false)}>
              {say().cancel}
            </button>
          )}
        </p>
      )}
      {fault && <Fault fault={fault} />}
    </li>
  );
}

const endOf = ({ until, pause }: Silence): string => (until ? instant(until) : fill(say().pause, { pause: pause ?? '' }));

/** A silence in a line: its code, until when, and why, as far as the reader may know of it. */
export function Quiet({ code }: { code: string }) {
  const silence = useSilences().data?.data.find((one) => one.code === code);
  return (
    <>
      <span>
        <a href={to('alerts', null, { show: 'silences' })}>{say().silencedBy}</a> <code dir="ltr">{code}</code>
      </span>
      {silence && (
        <span>
          {say().ends}{colon()}<bdi>{endOf(silence)}</bdi>
        </span>
      )}
      {silence && (
        <span>
          {say().why}{colon()}<bdi>{silence.reason}</bdi>
        </span>
      )}
    </>
  );
}

/** A day, and the time where one was given. */
function instant(at: string): string {
  const time = at.includes('T') ? ({ hour: '2-digit', minute: '2-digit' } as const) : {};
  return `${format(at, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC', ...time })}${at.includes('T') ? ' UTC' : ''}`;
}
