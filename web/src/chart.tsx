// A chart on a time axis: as wide as its place, in the colours of style.css, drawn anew when these or the language change.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { PAPER, onPaper } from './paper';
import { colour, painted } from './theme';
import { direction, language } from './tongue';

/** How wide an element is, pixels; 0 before it is known. For paper, what is drawn is as wide as that. */
export function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(element);
    setWidth(Math.floor(element.clientWidth));
    return () => watch.disconnect();
  }, []);
  return onPaper.value ? PAPER : width;
}

/** The variables of style.css that charts are drawn with. */
const NAMES = ['paper', 'raised', 'ink', 'quiet', 'line', 'edge', 'blue', 'blue-soft', 'grade-0', 'grade-1', 'grade-2', 'grade-3', 'grade-4', 'grade-5', 'warn'] as const;
export type Colours = Record<(typeof NAMES)[number], string>;

function colours(): Colours {
  return Object.fromEntries(NAMES.map((name) => [name, colour(`--${name}`)])) as Colours;
}

/** A text that keeps its own direction within a drawing, which has none. */
export const isolated = (text: string): string => `\u2068${text}\u2069`;

export const FONT = '12px system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif';

interface Charted {
  /** What is drawn, as a sentence for those who do not see it; the figures stand in a table beside it. */
  label: string;
  data: uPlot.AlignedData;
  height?: number;
  /** How it is drawn, but for its size; asked again when colours change. */
  options: (colours: Colours, isRightToLeft: boolean) => Omit<uPlot.Options, 'width' | 'height'>;
}

export function Chart({ label, data, height = 260, options }: Charted) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const width = useWidth(place);
  const paint = painted.value;
  const tongue = language.value;
  // Not in an effect of later: paper does not wait for it.
  useLayoutEffect(() => {
    if (!place.current || width === 0) return;
    const drawn = options(colours(), direction.value === 'rtl');
    chart.current = new uPlot({ ...drawn, width, height }, data, place.current);
    return () => {
      chart.current?.destroy();
      chart.current = null;
    };
  }, [data, width, height, paint, tongue]);
  return <div ref={place} class="chart" role="img" aria-label={label} dir="ltr" />;
}
