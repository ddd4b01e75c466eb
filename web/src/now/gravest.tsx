// The gravest alerts, and the way to all of them.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Answer, Refusal, address, useAnswer } from '../api';
import { to } from '../route';
import { Empty } from '../state';
import { fill, language, number } from '../tongue';
import type { Alert, Alerts } from './model';
import { say, word } from './say';

const SHOWN = 6;
const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** Does the program say alerts in other languages? Older ones refuse to be asked. */
const translates = signal(true);

export function useAlerts(): Answer<Alerts> {
  const inOther = translates.value && language.value !== 'en';
  const answer = useAnswer<Alerts>(address('/api/v1/alerts', inOther ? { language: language.value } : {}));
  const refused = inOther && answer.fault instanceof Refusal && [400, 422].includes(answer.fault.status);
  useEffect(() => {
    if (refused) translates.value = false;
  }, [refused]);
  return refused ? { ...answer, fault: null, loading: true } : answer;
}

export function Gravest({ alerts }: { alerts: Alerts }) {
  if (alerts.total === 0) return <Empty title={say().noAlerts}>{say().noAlertsMore}</Empty>;
  const each = SEVERITIES.filter((severity) => alerts.by_severity[severity]).map((severity) => `${word('severities', severity)} ${number(alerts.by_severity[severity] ?? 0)}`);
  return (
    <>
      <ul class="now-alerts">
        {alerts.data.slice(0, SHOWN).map((alert) => (
          <Line key={alert.key} alert={alert} />
        ))}
      </ul>
      <p class="now-small">
        <a href={to('alerts')}>{fill(say().allAlerts, { n: number(alerts.total) })}</a>: {each.join(say().between)}
      </p>
    </>
  );
}

function Line({ alert }: { alert: Alert }) {
  const area = alert.areas[0];
  const sources = alert.cited?.map(({ name, code }) => name ?? code) ?? alert.sources;
  const english = !translates.value || language.value === 'en';
  return (
    <li>
      <span class={`mark ${alert.severity}`}>{word('severities', alert.severity)}</span>
      <div>
        <a href={area ? to('areas', area) : to('alerts')} dir="auto" lang={english ? 'en' : undefined}>
          {alert.text}
        </a>
        <p class="now-small">
          <bdi>{sources.slice(0, 2).join(' · ')}</bdi>
          {sources.length > 2 && ` +${number(sources.length - 2)}`}
        </p>
      </div>
    </li>
  );
}
