// The gravest alerts, and the way to all of them.
import { type Answer, worded, useAnswer } from '../api';
import { to } from '../route';
import { Empty } from '../state';
import { fill, held, number } from '../tongue';
import type { Alert, Alerts } from './model';
import { say, word } from './say';

const SHOWN = 6;
const SEVERITIES = ['critical', 'high', 'medium', 'low'];

export const useAlerts = (): Answer<Alerts> => useAnswer<Alerts>(worded('/api/v1/alerts'));

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
  const sources = alert.cited?.map(({ name, code }) => name ?? code) ?? alert.sources;
  return (
    <li>
      <span class={`mark ${alert.severity}`}>{word('severities', alert.severity)}</span>
      <div>
        <a href={to('alerts', alert.life?.id ?? null)} dir="auto">
          {alert.text}
        </a>
        <p class="now-small">
          <bdi>{sources.slice(0, 2).join(' · ')}</bdi>
          {sources.length > 2 && ` ${held(`+${number(sources.length - 2)}`)}`}
        </p>
      </div>
    </li>
  );
}
