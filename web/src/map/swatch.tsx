// A grade as a small sign with its hatch, and the mark of a convoy on its way: in legends, lists and tables. Has no part of the map in it.
import { useId } from 'preact/hooks';
import { type Grade, HATCHES, HATCH_TILE } from './grades';
import './swatch.css';

/** The sign of a grade; it says nothing by itself to who reads by ear, so a word stands beside it. */
export function Swatch({ grade, size = 16 }: { grade: Grade | null; size?: number }) {
  const id = useId();
  const strokes = grade === null ? '' : HATCHES[grade];
  return (
    <svg class="swatch" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {strokes && (
        <pattern id={id} width={HATCH_TILE} height={HATCH_TILE} patternUnits="userSpaceOnUse">
          <path d={strokes} class={`hatch hatch-${grade}`} />
        </pattern>
      )}
      <rect x="1" y="1" width="14" height="14" rx="2" class={grade === null ? 'grade-unknown' : `grade-${grade}`} />
      {strokes && <rect x="1" y="1" width="14" height="14" rx="2" fill={`url(#${id})`} />}
    </svg>
  );
}

/** The mark of a convoy on its way, as the map has it: a ring, and an arrow to it. */
export function Way({ size = 16 }: { size?: number }) {
  return (
    <svg class="swatch way" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="10.5" r="4.2" />
      <path d="M8 6.3L3.8 0h8.4Z" />
    </svg>
  );
}
