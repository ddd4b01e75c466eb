// A map of areas, graded and hatched, with the same areas as a list beside it. Stands alone: the views load it when they are drawn.
import type { FeatureCollection } from 'geojson';
import 'maplibre-gl/dist/maplibre-gl.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { address, get, line } from '../api';
import { me } from '../me';
import { onPaper } from '../paper';
import { painted } from '../theme';
import { fill, language, words } from '../tongue';
import { sourcesOf } from './base';
import { Drawing, type MapArea } from './draw';
import { GRADES } from './grades';
import './map.css';
import { Swatch, Way } from './swatch';

export type { MapArea } from './draw';

const say = words({
  en: {
    map: 'Map of the areas',
    list: 'Areas on the map',
    none: 'This device cannot draw the map (WebGL is missing). The list says the same.',
    ground: 'Natural Earth',
    units: 'Boundaries: {who}',
    tiles: 'Tiles from {host}',
    unknown: 'unknown',
    size: 'Size: people. A square on its corner: number unknown.',
    way: 'a convoy is on its way there; where it is, is not shown',
    moved: 'Places close to each other are moved apart; a line leads to where they are.',
    in: 'Zoom in',
    out: 'Zoom out',
    ctrl: 'Hold Ctrl and scroll to zoom the map',
    command: 'Hold ⌘ and scroll to zoom the map',
    fingers: 'Move the map with two fingers',
  },
  ar: {
    map: 'خريطة المناطق',
    list: 'المناطق على الخريطة',
    none: 'لا يستطيع هذا الجهاز رسم الخريطة (WebGL غير متوفر). القائمة تقول الشيء نفسه.',
    ground: 'Natural Earth',
    units: 'الحدود الإدارية: {who}',
    tiles: 'الخريطة الأساس من {host}',
    unknown: 'غير معروف',
    size: 'الحجم: عدد السكان. المعيّن: العدد غير معروف.',
    way: 'قافلة في الطريق إلى هناك؛ لا يُعرض أين هي',
    moved: 'أُبعدت الأماكن المتقاربة بعضها عن بعض؛ وخطٌّ يصلها بمواقعها.',
    in: 'تكبير',
    out: 'تصغير',
    ctrl: 'اضغط Ctrl مع التمرير لتكبير الخريطة',
    command: 'اضغط ⌘ مع التمرير لتكبير الخريطة',
    fingers: 'حرّك الخريطة بإصبعين',
  },
  fr: {
    map: 'Carte des zones',
    list: 'Zones sur la carte',
    none: 'Cet appareil ne peut pas dessiner la carte (WebGL manque). La liste dit la même chose.',
    ground: 'Natural Earth',
    units: 'Limites administratives : {who}',
    tiles: 'Fond de carte de {host}',
    unknown: 'inconnu',
    size: 'Taille : nombre de personnes. Carré sur la pointe : nombre inconnu.',
    way: 'un convoi est en route vers ce lieu ; sa position n’est pas montrée',
    moved: 'Les lieux trop proches sont écartés ; un trait mène à leur place.',
    in: 'Agrandir',
    out: 'Réduire',
    ctrl: 'Maintenez Ctrl et faites défiler pour zoomer',
    command: 'Maintenez ⌘ et faites défiler pour zoomer',
    fingers: 'Déplacez la carte avec deux doigts',
  },
});

export interface AreaMapProps {
  /** The most urgent first: where there is no room, the first keep their names. */
  areas: MapArea[];
  /** What each grade from 0 to 5 means; `null` leaves a grade out. */
  legend: (string | null)[];
  /** What is graded, as the head of the legend. */
  title: string;
  onPick: (code: string) => void;
  /** An area to light up from outside, such as the line of a table that has the focus. */
  lit?: string | null;
  /** Told when the pointer is on an area, `null` when it left. */
  onLit?: (code: string | null) => void;
  /** The list beside the map; leave it out only where the same areas stand beside it already. */
  list?: boolean;
}

/** Units that are drawn beneath the areas: those below the country, and those below them. */
const LEVELS = '1,2';
/** A map of which a part did not come is made again so long after there is a line, milliseconds. */
const PAUSE_MS = 3_000;

/** Whether this device draws with WebGL. */
function drawable(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

export function AreaMap(props: AreaMapProps) {
  const [own, setOwn] = useState<string | null>(null);
  const [works, setWorks] = useState(true);
  const lit = props.lit ?? own;
  const light = (code: string | null) => {
    setOwn(code);
    props.onLit?.(code);
  };
  return (
    <figure class={props.list === false ? 'map alone' : 'map'}>
      {works ? (
        // Words of the map are set when it is made.
        <Canvas key={language.value} {...props} lit={lit} onLit={light} onFail={() => setWorks(false)} />
      ) : (
        <p class="state" role="status">
          {say().none}
        </p>
      )}
      {props.list !== false && (
        <ul class="map-list" aria-label={say().list}>
          {props.areas.map((area) => (
            <li key={area.code}>
              <button
                type="button"
                class={area.code === lit ? 'lit' : ''}
                onClick={() => props.onPick(area.code)}
                onFocus={() => light(area.code)}
                onBlur={() => light(null)}
                onMouseEnter={() => light(area.code)}
                onMouseLeave={() => light(null)}
              >
                <Swatch grade={area.grade} /> {!!area.onTheWay && <Way />} <bdi>{area.name}</bdi> <span class="map-value">{area.label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {(works || props.list !== false) && <Legend {...props} />}
    </figure>
  );
}

function Canvas({ areas, onPick, lit, onLit, onFail }: AreaMapProps & { lit: string | null; onLit: (code: string | null) => void; onFail: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const calls = useRef({ onPick, onLit });
  calls.current = { onPick, onLit };
  const tileUrl = me.value?.tile_url ?? null;
  const [drawers, setDrawers] = useState<string[]>([]);
  const [tries, setTries] = useState(0);
  const [isTorn, setTorn] = useState(false);
  const hasLine = line.value === 'up';
  useEffect(() => {
    if (!isTorn || !hasLine) return;
    const timer = setTimeout(() => {
      setTorn(false);
      setTries((before) => before + 1);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [isTorn, hasLine]);
  useEffect(() => {
    if (!place.current) return;
    const boundaries = get<FeatureCollection>(address('/api/v1/boundaries.geojson', { level: LEVELS, limit: 'all' }, false)).then(
      (found) => (found.features.length > 0 ? found : null),
      () => null,
    );
    void boundaries.then((found) => setDrawers(sourcesOf(found)));
    try {
      if (!drawable()) throw new Error('no WebGL');
      drawing.current = new Drawing(place.current, { tileUrl, boundaries }, controls(), {
        onPick: (code) => calls.current.onPick(code),
        onLit: (code) => calls.current.onLit(code),
        onTorn: () => setTorn(true),
      });
    } catch {
      onFail();
      return;
    }
    return () => {
      drawing.current?.remove();
      drawing.current = null;
    };
  }, [tileUrl, tries]);
  useEffect(() => drawing.current?.show(areas, lit), [areas, lit, tileUrl, tries]);
  const coloured = painted.value;
  const isForPaper = onPaper.value;
  // Not in an effect of later: paper does not wait for it.
  useLayoutEffect(() => (isForPaper ? drawing.current?.toPaper() : drawing.current?.offPaper()), [isForPaper]);
  useEffect(() => drawing.current?.paint(), [coloured]);
  return (
    <div class="map-frame">
      <div class="map-canvas" ref={place} dir="ltr" />
      <p class="map-note" dir="auto">
        {say().ground}
        {drawers.length > 0 && ` · ${fill(say().units, { who: drawers.join('; ') })}`}
        {tileUrl && ` · ${fill(say().tiles, { host: hostOf(tileUrl) })}`}
      </p>
    </div>
  );
}

const controls = () => ({
  'NavigationControl.ZoomIn': say().in,
  'NavigationControl.ZoomOut': say().out,
  'CooperativeGesturesHandler.WindowsHelpText': say().ctrl,
  'CooperativeGesturesHandler.MacHelpText': say().command,
  'CooperativeGesturesHandler.MobileHelpText': say().fingers,
  'Map.Title': say().map,
});

/** The host of the address of tiles, which has places for numbers in it. */
export function hostOf(tileUrl: string): string {
  return tileUrl.replace(/^[a-z]+:\/\//i, '').split('/')[0] ?? tileUrl;
}

function Legend({ title, legend, areas }: AreaMapProps) {
  return (
    <figcaption class="map-legend">
      <p class="map-legend-title">{title}</p>
      <ul>
        {[...GRADES].reverse().map((grade) => legend[grade] && (
          <li key={grade}>
            <Swatch grade={grade} /> {legend[grade]}
          </li>
        ))}
        <li>
          <Swatch grade={null} /> {say().unknown}
        </li>
        {areas.some(({ onTheWay }) => onTheWay) && (
          <li>
            <Way /> {say().way}
          </li>
        )}
      </ul>
      <p class="note">
        {say().size} {say().moved}
      </p>
    </figcaption>
  );
}
