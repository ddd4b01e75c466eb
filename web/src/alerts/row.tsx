// One alert: how grave, what, where, since when, by whose word, and the numbers under it.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { to } from '../route';
import { colon, day, fill, moment } from '../tongue';
import { ActOn } from './act';
import { readable } from './numbers';
import { say } from './say';
import { Quiet } from './silences';
import { arrive } from './focus';
import { type Alert, identity } from './types';
import { word } from './words';
import { person } from '../me';

export interface Showing {
  alert: Alert;
  name: (code: string) => string;
  fresh?: boolean;
  /** Is it the page of this alert alone? */
  alone?: boolean;
}

export function Mark({ severity }: { severity: string }) {
  return <span class={`mark ${severity}`}>{word('severity', severity)}</span>;
}

export function Areas({ codes, name }: { codes: string[]; name: (code: string) => string }) {
  return (
    <>
      {codes.map((code, at) => (
        <span key={code}>
          {at > 0 && ' · '}
          <a href={to('areas', code)}>
            <bdi>{name(code)}</bdi>
          </a>
        </span>
      ))}
    </>
  );
}

export function AlertRow({ alert, name, fresh = false, alone = false }: Showing) {
  const id = `alert-${identity(alert)}`;
  const { life } = alert;
  const place = useRef<HTMLElement>(null);
  useEffect(() => arrive(place.current), []);
  return (
    <article ref={place} class={fresh ? 'alert fresh' : 'alert'} id={id} tabIndex={-1} aria-labelledby={`${id}-text`}>
      <div class="alert-mark">
        <Mark severity={alert.severity} />
        {fresh && <strong class="alert-new">{say().fresh}</strong>}
      </div>
      <div class="alert-body">
        <p class="alert-text" id={`${id}-text`} dir="auto">
          {alert.text}
        </p>
        <p class="alert-about">
          <span>{word('rule', alert.rule)}</span>
          {alert.areas.length > 0 && (
            <span>
              <Areas codes={alert.areas} name={name} />
            </span>
          )}
          {alert.since && <span>{fill(say().since, { day: day(alert.since) })}</span>}
          {life && !alone && <a href={to('alerts', life.id)}>{say().life}</a>}
        </p>
        <Standing alert={alert} />
        <Sources of={alert.cited} />
        <details open={alone}>
          <summary>{say().rests}</summary>
          <Under alert={alert} />
        </details>
        {life && <ActOn alert={alert} focus={id} />}
      </div>
    </article>
  );
}

/** The code of what keeps it quiet. */
const quietOf = (life: Alert['life']): string | null => life?.silenced_by ?? life?.muted_by ?? null;

function Standing({ alert: { life, severity } }: { alert: Alert }) {
  if (!life) return null;
  const quiet = quietOf(life);
  const { acknowledged, gravest, resolved_at } = life;
  if (gravest === severity && !acknowledged && !quiet && !resolved_at) return null;
  return (
    <p class="alert-standing">
      {gravest !== severity && <span>{fill(say().gravest, { severity: word('severity', gravest) })}</span>}
      {acknowledged && (
        <span>
          <bdi>{fill(say().acked, { by: acknowledged.by ? person(acknowledged.by) : say().unknown })}</bdi>
          {acknowledged.note && (
            <>
              {colon()}<bdi>{acknowledged.note}</bdi>
            </>
          )}
        </span>
      )}
      {life.silenced_by ? <Quiet code={life.silenced_by} /> : quiet && <a href={to('alerts', null, { show: 'silences' })}>{say().silencedBy}</a>}
      {resolved_at && <span>{fill(say().over, { at: moment(resolved_at) })}</span>}
    </p>
  );
}

/** Who says so. */
function Sources({ of }: { of: Alert['cited'] }) {
  if (of.length === 0) return null;
  return (
    <p class="alert-sources">
      <span>{say().sources}{colon()}</span>
      <Commas>
        {of.map(({ code, name, url }) => (
          <bdi key={code}>
            {url ? (
              <a href={url} rel="noreferrer" target="_blank">
                {name}
              </a>
            ) : (
              name
            )}
          </bdi>
        ))}
      </Commas>
    </p>
  );
}

/** The numbers and the records that an alert rests on. */
function Under({ alert }: { alert: Alert }) {
  return (
    <dl class="under">
      {readable(alert.numbers).map((line) => (
        <Pair key={line.name} name={line.label}>
          {line.text === null ? <span class="unknown">{say().unknown}</span> : <bdi>{line.text}</bdi>}
        </Pair>
      ))}
      {quietOf(alert.life) && (
        <Pair name={say().silencedBy}>
          <code dir="ltr">{quietOf(alert.life)}</code>
        </Pair>
      )}
      {alert.life && <Pair name={word('step', 'raised')}>{moment(alert.life.raised_at)}</Pair>}
      {alert.records.length > 0 && (
        <Pair name={say().records}>
          <Commas>
            {alert.records.map((record) => (
              <RecordName key={`${record.kind}/${record.code}`} {...record} />
            ))}
          </Commas>
        </Pair>
      )}
    </dl>
  );
}

function RecordName({ kind, code }: { kind: string; code: string }) {
  const view = ({ area: 'areas', convoy: 'convoys', pause: 'pauses' } as const)[kind];
  const shown = <code dir="ltr">{code}</code>;
  return view ? <a href={to(view, code)}>{shown}</a> : shown;
}

function Pair({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Commas({ children }: { children: ComponentChildren[] }) {
  return <>{children.flatMap((child, at) => (at > 0 ? [' · ', child] : [child]))}</>;
}
