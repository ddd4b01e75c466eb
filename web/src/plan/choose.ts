// Which areas a plan begins with: those that are cut off.
import type { Outlooked } from './answers';

/** What totals say of the schemes: which areas each counts as besieged. */
export interface Schemes {
  schemes: { besieged: { area_codes: string[] } }[];
}

/** Areas that some scheme counts as besieged, those whose food is about to run out first. */
export function cutOff({ schemes }: Schemes, outlooks: Outlooked[]): string[] {
  const known = new Set(outlooks.map(({ area }) => area));
  const hungry = outlooks.filter(({ severity }) => severity === 'critical' || severity === 'high').map(({ area }) => area);
  const besieged = schemes.flatMap(({ besieged }) => besieged.area_codes);
  return [...new Set([...hungry, ...besieged])].filter((area) => known.has(area));
}

/** Whether a name or a code has what was searched for; marks above letters do not count. */
export function matches(search: string, ...texts: string[]): boolean {
  const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const wanted = plain(search.trim());
  return texts.some((text) => plain(text).includes(wanted));
}
