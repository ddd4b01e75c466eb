// Which areas a plan begins with: those that the program warns of.
import type { Outlooked } from './answers';

export interface Warned {
  rule: string;
  areas: string[];
  severity: string;
}

/** Areas that an alert calls besieged, or whose food is about to run out. */
export function warned(alerts: Warned[], outlooks: Outlooked[]): string[] {
  const known = new Set(outlooks.map(({ area }) => area));
  const besieged = alerts.filter(({ rule }) => rule === 'newly_besieged').flatMap(({ areas }) => areas);
  const hungry = outlooks.filter(({ severity }) => severity === 'critical' || severity === 'high').map(({ area }) => area);
  return [...new Set([...hungry, ...besieged])].filter((area) => known.has(area));
}

/** Whether a name or a code has what was searched for; marks above letters do not count. */
export function matches(search: string, ...texts: string[]): boolean {
  const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const wanted = plain(search.trim());
  return texts.some((text) => plain(text).includes(wanted));
}
