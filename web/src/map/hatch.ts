// Draws the grades for the map: discs as pixels, in the colours of the page.
import { colour } from '../theme';
import { type Grade, HATCHES, HATCH_TILE } from './grades';

/** Pixels of an image for one of the page, so that hatches stay sharp. */
export const SHARP = 2;

function canvas(size: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas');
  element.width = element.height = size * SHARP;
  const pen = element.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('no canvas');
  pen.scale(SHARP, SHARP);
  return pen;
}

const pixels = (pen: CanvasRenderingContext2D) => pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height);

function hatch(pen: CanvasRenderingContext2D, grade: Grade): void {
  pen.strokeStyle = colour(grade === 4 ? '--on-grade-4' : '--ink');
  pen.lineCap = 'round';
  pen.lineWidth = grade === 1 ? 1.7 : 0.9;
  pen.stroke(new Path2D(HATCHES[grade]));
}

/** A disc; how many people there are is unknown: a square on its corner. */
export function disc(grade: Grade | null, radius: number, sized: boolean, lit: boolean): ImageData {
  const middle = radius + 5;
  const pen = canvas(2 * middle);
  pen.translate(middle, middle);
  const outline = new Path2D(sized ? `M${radius} 0A${radius} ${radius} 0 1 1 ${radius}-.01Z` : `M0-${radius}L${radius} 0L0 ${radius}L-${radius} 0Z`);
  pen.save();
  pen.clip(outline);
  pen.fillStyle = colour(grade === null ? '--raised' : `--grade-${grade}`);
  pen.fillRect(-middle, -middle, 2 * middle, 2 * middle);
  if (grade !== null) hatchAll(pen, grade, middle);
  pen.restore();
  pen.strokeStyle = colour(lit ? '--blue' : '--ink');
  pen.lineWidth = lit ? 3.5 : 1.2;
  if (grade === null && !lit) pen.setLineDash([2.5, 2.5]);
  pen.stroke(outline);
  return pixels(pen);
}

function hatchAll(pen: CanvasRenderingContext2D, grade: Grade, middle: number): void {
  const steps = Math.ceil(middle / HATCH_TILE);
  for (let x = -steps; x < steps; x++) {
    for (let y = -steps; y < steps; y++) {
      pen.save();
      pen.translate(x * HATCH_TILE, y * HATCH_TILE);
      hatch(pen, grade);
      pen.restore();
    }
  }
}
