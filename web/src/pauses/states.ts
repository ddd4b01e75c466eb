// How a pause stands, and for how long parties have not answered.
import { daysBetween } from '../clocks';
import type { PauseRecord, Party, Windows } from './answers';

/** States of a party that said yes, whatever came then. */
const YES = ['agreed', 'in_effect', 'honoured', 'violated'];
/** States in which no yes and no no is known. */
const SILENT = ['requested', 'expired'];

/**
 * The state of a pause or of one of its windows. The program gives that of the weakest party; where others have
 * agreed already, it is partly agreed.
 */
export function stateOf(state: string, parties: Party[]): string {
  if (state !== 'requested') return state;
  return parties.some((party) => party.must_agree && YES.includes(party.state ?? '')) ? 'partly_agreed' : state;
}

/** Does an answer of this party stand out? */
export const isSilent = (party: Party): boolean => party.must_agree && SILENT.includes(party.state ?? '');

/** For how many days a party has not answered; `null` where nobody tells when it was asked. */
export function daysUnanswered(pause: Pick<PauseRecord, 'announced_on'>, windows: Pick<Windows, 'as_of'>, party: Party): number | null {
  if (!isSilent(party) || pause.announced_on === null) return null;
  return Math.max(0, daysBetween(pause.announced_on.slice(0, 10), windows.as_of.slice(0, 10)));
}
