// What an area is called, as marks: a shape that is filled and hatched by how hard it is cut off, and the word.
import { Figure } from '../figure';
import { day } from '../tongue';
import type { StatusRecord } from './kinds';
import { dayOf } from './spans';
import { behind } from '../source';
import { term } from './terms';

/** One line for each scheme; they are never put together. */
export function StatusMarks({ claims }: { claims: StatusRecord[] }) {
  return (
    <ul class="status-marks">
      {claims.map((claim) => (
        <li key={claim.code}>
          <span class={`tint ${claim.status}`} aria-hidden="true" />
          <Figure date={dayOf(claim) && day(dayOf(claim))} more={behind([claim.source])}>
            {statusOf(claim)}
          </Figure>{' '}
          <span class="quiet nowrap">{term('scheme', claim.scheme)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The word for a status, with the tier where the scheme has such. */
export function statusOf({ status, tier }: { status: string; tier: number | null }): string {
  return tier === null ? term('status', status) : `${term('status', status)} · ${term('tier', 'tier')} ${tier}`;
}
