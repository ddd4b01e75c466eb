// Draws areas with MapLibre: the ground, discs by grade and people, and names that do not lie on each other.
import type { FeatureCollection } from 'geojson';
import { type GeoJSONSource, type LngLatBoundsLike, Map as Chart, NavigationControl, type StyleSpecification, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { PAPER } from '../paper';
import { colour } from '../theme';
import { type Frame, countries, frameOf } from './base';
import { type Grade, radiusOf } from './grades';
import { SHARP, WAY, disc } from './hatch';
import { Labels } from './labels';
import { nudge } from './nudge';

export interface MapArea {
  code: string;
  name: string;
  lon: number;
  lat: number;
  /** How many people; `null` is unknown and drawn as such. */
  people: number | null;
  grade: Grade | null;
  /** The value behind the grade, in words. */
  label: string;
  /** How many convoys are on their way to it: marked where it is, as nobody is told where they are. */
  onTheWay?: number;
}

export interface Ground {
  tileUrl: string | null;
  boundaries: Promise<FeatureCollection | null>;
}

/** What the drawing tells. */
export interface Told {
  onPick: (code: string) => void;
  onLit: (code: string | null) => void;
  /** A part of the map did not come: it stays empty, and has to be made again. */
  onTorn: () => void;
}

setWorkerUrl(workerUrl);

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };
/** Colours of the ground, by layer. */
const PAINTED = [
  ['sea', 'background-color', '--sea'],
  ['land', 'fill-color', '--land'],
  ['coast', 'line-color', '--border'],
  ['units', 'line-color', '--border'],
  ['leads', 'line-color', '--edge'],
  ['homes', 'circle-color', '--edge'],
] as const;

function style(tileUrl: string | null): StyleSpecification {
  const empty = () => ({ type: 'geojson' as const, data: NOTHING });
  return {
    version: 8,
    // Colours change at once: paper does not wait.
    transition: { duration: 0, delay: 0 },
    sources: {
      land: empty(),
      units: empty(),
      leads: empty(),
      areas: empty(),
      ...(tileUrl ? { tiles: { type: 'raster' as const, tiles: [tileUrl], tileSize: 256 } } : {}),
    },
    layers: [
      { id: 'sea', type: 'background' },
      { id: 'land', type: 'fill', source: 'land' },
      { id: 'coast', type: 'line', source: 'land', paint: { 'line-width': 1.1 } },
      ...(tileUrl ? [{ id: 'tiles', type: 'raster' as const, source: 'tiles', paint: { 'raster-opacity': 0.75 } }] : []),
      { id: 'units', type: 'line', source: 'units', paint: { 'line-width': 0.7, 'line-dasharray': [3, 2] } },
      { id: 'leads', type: 'line', source: 'leads', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-width': 0.8 } },
      { id: 'homes', type: 'circle', source: 'leads', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 2 } },
      {
        id: 'areas',
        type: 'symbol',
        source: 'areas',
        layout: { 'icon-image': ['get', 'image'], 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'symbol-sort-key': ['get', 'order'] },
      },
    ],
  };
}

export class Drawing {
  private readonly chart: Chart;
  private readonly labels: Labels;
  private readonly stop = new AbortController();
  /** How each image that was used is drawn. */
  private readonly images = new Map<string, () => ImageData>();
  private areas: MapArea[] = [];
  private lit: string | null = null;
  private ready = false;
  private framed = '';
  private picture: HTMLCanvasElement | null = null;

  constructor(place: HTMLElement, ground: Ground, words: Record<string, string>, { onPick, onLit, onTorn }: Told) {
    this.chart = new Chart({
      container: place,
      style: style(ground.tileUrl),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxZoom: 13,
      cooperativeGestures: true,
      locale: words,
      // Without this the map is blank on paper.
      canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
      center: [38, 35],
      zoom: 5,
      fadeDuration: 0,
    });
    this.chart.touchZoomRotate.disableRotation();
    this.chart.keyboard.disableRotation();
    this.chart.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.labels = new Labels(this.chart);
    const chart = this.chart;
    chart.on('error', ({ error }) => {
      if (error.message.startsWith('Worker failed to load')) onTorn();
      else console.error(error);
    });
    chart.on('load', () => {
      this.ready = true;
      this.paint();
      this.draw();
      void ground.boundaries.then((units) => units && this.put('units', units));
    });
    for (const event of ['moveend', 'resize'] as const) chart.on(event, () => this.draw());
    chart.on('click', 'areas', (event) => {
      const code = event.features?.[0]?.properties.code as string | undefined;
      if (code) onPick(code);
    });
    chart.on('mousemove', 'areas', (event) => {
      chart.getCanvas().style.cursor = 'pointer';
      onLit((event.features?.[0]?.properties.code as string | undefined) ?? null);
    });
    chart.on('mouseleave', 'areas', () => {
      chart.getCanvas().style.cursor = '';
      onLit(null);
    });
  }

  /** Shows other areas, or lights another one up. */
  show(areas: MapArea[], lit: string | null): void {
    this.areas = areas;
    this.lit = lit;
    const places = areas.map(({ lon, lat }) => `${lon},${lat}`).join(' ');
    if (places !== this.framed && areas.length > 0) {
      this.framed = places;
      this.frame(frameOf(areas, 0));
    }
    this.draw();
  }

  private frame({ west, south, east, north }: Frame): void {
    const bounds: LngLatBoundsLike = [west, south, east, north];
    this.chart.fitBounds(bounds, { padding: { top: 30, bottom: 30, left: 56, right: 56 }, maxZoom: 10, animate: false });
    countries(frameOf(this.areas, 12), this.stop.signal)
      .then((land) => this.put('land', land))
      .catch(() => {
        // Without the ground the areas still stand where they are.
      });
  }

  private put(source: string, data: FeatureCollection): void {
    if (this.stop.signal.aborted) return;
    const set = () => this.chart.getSource<GeoJSONSource>(source)?.setData(data);
    if (this.ready) set();
    else this.chart.once('load', set);
  }

  /** Takes the colours of the page again. */
  paint(): void {
    if (!this.ready) return;
    for (const [layer, property, name] of PAINTED) this.chart.setPaintProperty(layer, property, colour(name));
    for (const [name, draw] of this.images) this.chart.updateImage(name, draw());
  }

  /**
   * A picture of the map stands before it while it is printed: browsers print the last frame that was on the screen, in its
   * colours. It keeps its size, and is made smaller as a whole where paper is narrower.
   */
  toPaper(): void {
    if (!this.ready || this.picture) return;
    this.paint();
    this.chart.setPixelRatio(Math.max(SHARP, devicePixelRatio));
    this.chart.redraw();
    const drawn = this.chart.getCanvas();
    const picture = document.createElement('canvas');
    picture.className = 'map-picture';
    picture.width = drawn.width;
    picture.height = drawn.height;
    picture.getContext('2d')?.drawImage(drawn, 0, 0);
    drawn.after(picture);
    this.picture = picture;
    const place = this.chart.getContainer();
    const { clientWidth: width, clientHeight: height } = place;
    place.style.width = `${width}px`;
    place.style.height = `${height}px`;
    if (width > PAPER) place.style.zoom = String(PAPER / width);
  }

  offPaper(): void {
    if (!this.picture) return;
    this.picture.remove();
    this.picture = null;
    const { style } = this.chart.getContainer();
    style.width = style.height = style.zoom = '';
    this.chart.setPixelRatio(devicePixelRatio);
    this.paint();
  }

  private draw(): void {
    if (!this.ready) return;
    const points = this.areas.map(({ code, lon, lat, people, onTheWay }) => {
      const { x, y } = this.chart.project([lon, lat]);
      return { code, x, y, r: radiusOf(people) + (onTheWay ? WAY : 0) };
    });
    const moved = nudge(points);
    const areas: FeatureCollection = { type: 'FeatureCollection', features: [] };
    const leads: FeatureCollection = { type: 'FeatureCollection', features: [] };
    this.areas.forEach((area, index) => {
      const at = moved[index];
      if (!at) return;
      const lit = area.code === this.lit;
      const image = this.image(area, lit);
      const { lng, lat } = this.chart.unproject([at.x, at.y]);
      const coordinates = [lng, lat];
      areas.features.push({ type: 'Feature', geometry: { type: 'Point', coordinates }, properties: { code: area.code, image, order: lit ? 1 : 0 } });
      const from = points[index];
      if (!from || Math.hypot(at.x - from.x, at.y - from.y) < 4) return;
      const origin = [area.lon, area.lat];
      leads.features.push({ type: 'Feature', geometry: { type: 'LineString', coordinates: [origin, coordinates] }, properties: {} });
      leads.features.push({ type: 'Feature', geometry: { type: 'Point', coordinates: origin }, properties: {} });
    });
    this.put('areas', areas);
    this.put('leads', leads);
    this.labels.show(this.areas, moved, this.lit);
  }

  /** The name of the image of an area; it is drawn when it is first needed. */
  private image(area: MapArea, lit: boolean): string {
    const radius = radiusOf(area.people);
    const way = (area.onTheWay ?? 0) > 0;
    const name = `${area.grade ?? 'unknown'}-${radius}-${area.people !== null}-${lit}-${way}`;
    if (!this.images.has(name)) {
      const draw = () => disc(area.grade, radius, area.people !== null, lit, way);
      this.images.set(name, draw);
      this.chart.addImage(name, draw(), { pixelRatio: SHARP });
    }
    return name;
  }

  remove(): void {
    this.stop.abort();
    this.labels.remove();
    this.chart.remove();
  }
}
