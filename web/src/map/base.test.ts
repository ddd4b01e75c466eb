import type { Feature } from 'geojson';
import { expect, test } from 'vitest';
import { frameOf, sourcesOf, touches } from './base';

const square = (west: number, south: number): Feature => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Polygon', coordinates: [[[west, south], [west + 1, south], [west + 1, south + 1], [west, south]]] },
});

test('the frame holds all points and what is asked around them', () => {
  expect(frameOf([{ lon: 36, lat: 33 }, { lon: 40, lat: 36 }], 2)).toEqual({ west: 34, south: 31, east: 42, north: 38 });
});

test('only countries that may lie in the frame are drawn', () => {
  const frame = frameOf([{ lon: 36, lat: 33 }], 1);
  expect(touches(square(36.5, 33), frame)).toBe(true);
  expect(touches(square(60, 33), frame)).toBe(false);
  expect(touches({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [36, 33] } }, frame)).toBe(false);
});

test('who drew the boundaries is named once, and nobody where no file says who', () => {
  const unit = (source: string | null) => ({ type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates: [0, 0] }, properties: { source } });
  const all = (...sources: (string | null)[]) => sourcesOf({ type: 'FeatureCollection', features: sources.map(unit) });
  expect(all('OCHA', 'OCHA', null, 'a ministry')).toEqual(['OCHA', 'a ministry']);
  expect([all(null), sourcesOf(null)]).toEqual([[], []]);
});
