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

/** How far the mark of a convoy on its way reaches beyond a disc. */
export const WAY = 12;

/** A disc; how many people there are is unknown: a square on its corner. Where a convoy is on its way: a ring with an arrow to it. */
export function disc(grade: Grade | null, radius: number, sized: boolean, lit: boolean, way: boolean): ImageData {
  const middle = radius + (way ? WAY + 2 : 5);
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
  if (way) wayTo(pen, radius);
  return pixels(pen);
}

/** Drawn with a rim of the ground, so that it stands out from what lies under it also without colour. */
function wayTo(pen: CanvasRenderingContext2D, radius: number): void {
  const ring = radius + 4;
  const round = new Path2D(`M${ring} 0A${ring} ${ring} 0 1 1 ${ring}-.01Z`);
  const arrow = new Path2D(`M0-${ring}L-5.5-${ring + 8}L5.5-${ring + 8}Z`);
  pen.setLineDash([]);
  pen.strokeStyle = colour('--land');
  pen.lineWidth = 5;
  pen.stroke(round);
  pen.lineWidth = 3;
  pen.stroke(arrow);
  pen.strokeStyle = pen.fillStyle = colour('--blue');
  pen.lineWidth = 2.4;
  pen.stroke(round);
  pen.fill(arrow);
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
