// Discs and labels that would lie on each other are moved apart: the towns of Eastern Ghouta are a few kilometres apart.

export interface Disc {
  code: string;
  x: number;
  y: number;
  r: number;
}

const ROUNDS = 160;
const GAP = 3;
/** How strongly a disc is drawn home in each round. */
const HOME = 0.03;

/** The same discs, moved as little as is found so that none lies on another. The order of the answer is that of the question. */
export function nudge(discs: Disc[]): Disc[] {
  const moved = discs.map((disc) => ({ ...disc }));
  for (let round = 0; round < ROUNDS; round++) {
    // The last rounds only part what still touches.
    const pull = round < ROUNDS * 0.7 ? HOME : 0;
    moved.forEach((disc, index) => {
      const home = discs[index] as Disc;
      disc.x += (home.x - disc.x) * pull;
      disc.y += (home.y - disc.y) * pull;
    });
    if (!part(moved) && pull === 0) break;
  }
  return moved;
}

/** Pushes apart each two that touch; says whether any did. */
function part(discs: Disc[]): boolean {
  let touched = false;
  for (let a = 0; a < discs.length; a++) {
    for (let b = a + 1; b < discs.length; b++) {
      const one = discs[a] as Disc;
      const other = discs[b] as Disc;
      let dx = other.x - one.x;
      let dy = other.y - one.y;
      let apart = Math.hypot(dx, dy);
      const least = one.r + other.r + GAP;
      if (apart >= least - 0.01) continue;
      touched = true;
      if (apart < 0.5) {
        // Two at one place part in a direction of their own, always the same.
        dx = Math.cos(a * 2.4 + b);
        dy = Math.sin(a * 2.4 + b);
        apart = 1;
      }
      const push = (least - Math.hypot(other.x - one.x, other.y - one.y)) / 2 / apart;
      one.x -= dx * push;
      one.y -= dy * push;
      other.x += dx * push;
      other.y += dy * push;
    }
  }
  return touched;
}

export type Side = 'right' | 'left' | 'top' | 'bottom';
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where a label of a size stands beside a disc. */
export function labelBox(disc: Disc, side: Side, width: number, height: number): Box {
  const away = disc.r + 3;
  const left = side === 'right' ? disc.x + away : side === 'left' ? disc.x - away - width : disc.x - width / 2;
  const top = side === 'bottom' ? disc.y + away : side === 'top' ? disc.y - away - height : disc.y - height / 2;
  return { left, top, right: left + width, bottom: top + height };
}

const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const within = (box: Box, frame: Box) => box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;

/** A side for each label that has room in the frame, the first of the list first; those without room are left out. */
export function sides(discs: Disc[], size: (code: string) => { width: number; height: number }, frame: Box): Map<string, Side> {
  const taken: Box[] = discs.map(({ x, y, r }) => ({ left: x - r, top: y - r, right: x + r, bottom: y + r }));
  const found = new Map<string, Side>();
  discs.forEach((disc, index) => {
    const { width, height } = size(disc.code);
    for (const side of ['right', 'left', 'bottom', 'top'] as const) {
      const box = labelBox(disc, side, width, height);
      if (!within(box, frame) || taken.some((other, at) => at !== index && meet(box, other))) continue;
      taken.push(box);
      found.set(disc.code, side);
      break;
    }
  });
  return found;
}
