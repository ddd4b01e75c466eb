// The ground of the map, without any line to the outside: countries of Natural Earth, shipped with the page.
import type { Feature, FeatureCollection, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import countriesUrl from 'world-atlas/countries-50m.json?url';

export interface Frame {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** What holds all points, and so many degrees around. */
export function frameOf(points: { lon: number; lat: number }[], around: number): Frame {
  const lons = points.map(({ lon }) => lon);
  const lats = points.map(({ lat }) => lat);
  return {
    west: Math.min(...lons) - around,
    east: Math.max(...lons) + around,
    south: Math.max(-85, Math.min(...lats) - around),
    north: Math.min(85, Math.max(...lats) + around),
  };
}

/** Whether any part of a country may lie within a frame, by the corners of its rings. */
export function touches(country: Feature, frame: Frame): boolean {
  const { geometry } = country;
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return false;
  const polygons: Position[][][] = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some(([ring = []]) => {
    const box = frameOf(ring.map(([lon = 0, lat = 0]) => ({ lon, lat })), 0);
    return box.west <= frame.east && box.east >= frame.west && box.south <= frame.north && box.north >= frame.south;
  });
}

/** The countries within a frame. */
export async function countries(frame: Frame, signal: AbortSignal): Promise<FeatureCollection> {
  const response = await fetch(countriesUrl, { signal });
  if (!response.ok) throw new Error(`countries: ${response.status}`);
  const topology = (await response.json()) as Topology<{ countries: GeometryCollection }>;
  const all = feature(topology, topology.objects.countries);
  return { type: 'FeatureCollection', features: all.features.filter((country) => touches(country, frame)) };
}

/** Who drew the boundaries, each once. */
export function sourcesOf(boundaries: FeatureCollection | null): string[] {
  const named = boundaries?.features.map(({ properties }) => properties?.source as unknown) ?? [];
  return [...new Set(named.filter((source) => typeof source === 'string' && source !== ''))] as string[];
}
