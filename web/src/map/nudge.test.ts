import { expect, test } from 'vitest';
import { type Disc, labelBox, nudge, sides } from './nudge';

const disc = (code: string, x: number, y: number, r = 8): Disc => ({ code, x, y, r });
const apart = (a: Disc, b: Disc) => Math.hypot(a.x - b.x, a.y - b.y);
const FRAME = { left: 0, top: 0, right: 400, bottom: 400 };
const size = () => ({ width: 50, height: 12 });

test('discs that do not touch stay where they are', () => {
  const home = [disc('a', 0, 0), disc('b', 100, 0)];
  expect(nudge(home)).toEqual(home);
});

test('the towns of a crowded enclave lie beside each other, not on each other', () => {
  const home = Array.from({ length: 16 }, (_, index) => disc(String(index), 200 + (index % 4), 200 + Math.floor(index / 4)));
  const moved = nudge(home);
  moved.forEach((a, index) => moved.slice(index + 1).forEach((b) => expect(apart(a, b)).toBeGreaterThan(a.r + b.r - 0.5)));
  moved.forEach((a, index) => expect(apart(a, home[index] as Disc)).toBeLessThan(80));
});

test('two at the very same place part, and always in the same way', () => {
  const home = [disc('a', 5, 5), disc('b', 5, 5)];
  const [a, b] = nudge(home) as [Disc, Disc];
  expect(apart(a, b)).toBeGreaterThan(16);
  expect(nudge(home)).toEqual([a, b]);
});

test('a label stands at the right, and at the left where the right leaves the map', () => {
  expect(sides([disc('a', 100, 100)], size, FRAME).get('a')).toBe('right');
  expect(sides([disc('a', 380, 100)], size, FRAME).get('a')).toBe('left');
});

test('no label lies on another or on a disc, and those without room are left out', () => {
  const crowd = [0, 1, 2, 3, 4, 5].flatMap((row) => [0, 1, 2].map((column) => disc(`${row}${column}`, 180 + column * 18, 180 + row * 18)));
  const found = sides(crowd, size, FRAME);
  expect(found.size).toBeGreaterThan(2);
  expect(found.size).toBeLessThan(crowd.length);
  const boxes = crowd.filter(({ code }) => found.has(code)).map((one) => labelBox(one, found.get(one.code) ?? 'right', 50, 12));
  boxes.forEach((a, index) =>
    boxes.slice(index + 1).forEach((b) => expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false)),
  );
});
