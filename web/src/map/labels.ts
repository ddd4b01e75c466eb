// Names on the map as text of the page: no letters are fetched, and each script is set as elsewhere.
import { type Map as Chart, Marker } from 'maplibre-gl';
import type { MapArea } from './draw';
import { type Box, type Disc, sides } from './nudge';

const ANCHORS = { right: 'left', left: 'right', top: 'bottom', bottom: 'top' } as const;

export class Labels {
  private markers = new Map<string, { marker: Marker; element: HTMLElement; side: string }>();

  constructor(private readonly chart: Chart) {}

  /** Sets names beside their discs, the first area first; the one that is lit is always named, with its value. */
  show(areas: MapArea[], discs: Disc[], lit: string | null): void {
    const texts = new Map(areas.map((area) => [area.code, area.code === lit ? `${area.name}: ${area.label}` : area.name]));
    // The lit one takes its place before the others.
    const order = [...discs].sort((a, b) => Number(b.code === lit) - Number(a.code === lit));
    for (const { code } of order) this.element(code, texts.get(code) ?? code, code === lit);
    const frame = this.frame();
    const seen = order.filter(({ x, y }) => x >= 0 && y >= 0 && x <= frame.right && y <= frame.bottom);
    const found = sides(seen, (code) => {
      const element = this.markers.get(code)?.element;
      return { width: (element?.offsetWidth ?? 60) + 2, height: (element?.offsetHeight ?? 16) - 2 };
    }, frame);
    for (const disc of order) this.place(disc, found.get(disc.code) ?? (disc.code === lit ? 'right' : null));
    for (const [code, { marker }] of this.markers) {
      if (texts.has(code)) continue;
      marker.remove();
      this.markers.delete(code);
    }
  }

  private frame(): Box {
    const { clientWidth, clientHeight } = this.chart.getContainer();
    return { left: 0, top: 0, right: clientWidth, bottom: clientHeight };
  }

  private element(code: string, text: string, lit: boolean): void {
    let held = this.markers.get(code);
    if (!held) {
      const element = document.createElement('span');
      // The list says the same to who reads by ear.
      element.setAttribute('aria-hidden', 'true');
      element.dir = 'auto';
      const marker = new Marker({ element }).setLngLat([0, 0]).addTo(this.chart);
      held = { marker, element, side: '' };
      this.markers.set(code, held);
    }
    held.element.textContent = text;
    held.element.classList.add('map-name');
    held.element.classList.toggle('lit', lit);
  }

  private place(disc: Disc, side: keyof typeof ANCHORS | null): void {
    const held = this.markers.get(disc.code);
    if (!held) return;
    held.element.classList.toggle('no-room', side === null);
    if (side === null) {
      held.marker.setLngLat(this.chart.unproject([disc.x, disc.y]));
      return;
    }
    const away = disc.r + 3;
    const offset: [number, number] = [side === 'right' ? away : side === 'left' ? -away : 0, side === 'bottom' ? away : side === 'top' ? -away : 0];
    if (held.side !== side) {
      // The anchor of a marker cannot be changed.
      held.marker.remove();
      held.marker = new Marker({ element: held.element, anchor: ANCHORS[side] });
      held.marker.setLngLat(this.chart.unproject([disc.x, disc.y])).addTo(this.chart);
      held.side = side;
    }
    held.marker.setOffset(offset).setLngLat(this.chart.unproject([disc.x, disc.y]));
  }

  remove(): void {
    for (const { marker } of this.markers.values()) marker.remove();
    this.markers.clear();
  }
}
