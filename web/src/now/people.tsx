// Counts of people of whole lists and of named areas, with what stands behind them.
import { reckoned, spoken } from '../estimate';
import { Figure } from '../figure';
import { extremes, sourcesOf } from '../people';
import { day, fill, number, plural } from '../tongue';
import { type Count, type Standing } from './model';
import { doubts, say } from './say';

/** Which areas a sum is of, and how many have no figure. */
export function namedOf({ areas_with_figure: has, areas_without_figure: lacks }: Standing): string {
  return plural(has, say().named) + (lacks > 0 ? plural(lacks, say().namedLack) : '');
}

/** That other counts of the same list say something else, and from what to what. It is not the range of the one that is told. */
export function othersOf({ claims }: Count): string | null {
  const ends = extremes(claims);
  const first = claims.map(({ date }) => date).filter((date) => date !== null).sort()[0];
  return ends && first ? fill(say().countsDiffer, { day: day(first), low: number(ends.low), high: number(ends.high) }) : null;
}

/** Doubts of what is known of single areas, which are none of the count of a whole list. */
const OF_AREAS = ['areas_without_figure', 'sources_differ'];

/** A count of people, as one scheme gives it. */
export function CountFigure({ count, class: kind = '' }: { count: Count; class?: string }) {
  const { people, whole, standing, claims, sources, date } = count;
  const others = othersOf(count);
  return (
    <Figure
      class={kind}
      date={date && (whole ? day(date) : fill(say().newestBy, { day: day(date) }))}
      sources={whole ? sourcesOf(claims.slice(0, 1)) : sources}
      method={whole ? say().published : namedOf(standing)}
      flags={doubts(whole ? standing.flags.filter((flag) => !OF_AREAS.includes(flag)) : standing.flags)}
      more={others && <span class="behind-line">{others}</span>}
    >
      {spoken(whole ? people : reckoned(people), number)}
    </Figure>
  );
}
