// Figures of people as Now shows them: a range, or an end of one, and what stands behind it.
import type { ComponentChildren } from 'preact';
import { Figure } from '../figure';
import { day, fill, number, range } from '../tongue';
import { type Count, type Estimate, type Span, isKnown, spread } from './model';
import { doubts, say } from './say';

/** `130,000`, `110,000–150,000`, `at least 70,000`; `null` where nothing is known. */
export function spoken(span: Span | null | undefined): string | null {
  if (!isKnown(span)) return null;
  const isOpen = span.low === null || span.high === null;
  return isOpen && span.best !== null ? number(span.best) : range(span.low, span.high);
}

/** The range of a span, where it says more than the span itself. */
export function rangeOf(span: Span | null): string | undefined {
  return span && span.low !== null && span.high !== null && span.low !== span.high ? range(span.low, span.high) : undefined;
}

const distinct = (names: string[]): string[] => [...new Set(names)];

/** A count of besieged people, as one scheme gives it. */
export function CountFigure({ count, class: kind = '' }: { count: Count; class?: string }) {
  const { people, whole, standing, claims, date } = count;
  const more = { n: number(standing.areas_with_figure), more: number(standing.areas_without_figure) };
  return (
    <Figure
      class={kind}
      range={rangeOf(whole ? spread(claims) : people)}
      date={date && day(date)}
      sources={whole ? distinct(claims.map(({ estimated_by, source }) => (estimated_by ? `${estimated_by} (${source})` : source))) : standing.sources}
      method={whole ? say().published : fill(say().named, more)}
      flags={doubts(standing.flags)}
    >
      {spoken(people)}
    </Figure>
  );
}

/** People of an area by what was estimated. */
export function PeopleFigure({ estimate, children }: { estimate: Estimate | null | undefined; children: ComponentChildren }) {
  if (!estimate) return <Figure>{children}</Figure>;
  const sources = estimate.claims.map(({ estimated_by, source }) => (estimated_by ? `${estimated_by} (${source})` : source));
  return (
    <Figure range={rangeOf(spread(estimate.claims))} date={estimate.date && day(estimate.date)} sources={distinct(sources)}>
      {children}
    </Figure>
  );
}
