// Where the reader is: `#/areas/SY-DARAYA?as_of=2016-05-01`. The address says all, so that it can be sent to others.
import { signal } from '@preact/signals';

export const VIEWS = ['now', 'areas', 'convoys', 'pauses', 'plan', 'alerts', 'reports', 'data'] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  view: View;
  /** What is looked at within the view, as the code of an area. */
  code: string | null;
  /** Everything behind the question mark. */
  params: URLSearchParams;
}

/** Reads the part of an address behind `#`; what is no view is the first one. */
export function read(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [view, code] = path.split('/', 2).map(plain);
  const known = VIEWS.find((name) => name === view);
  return { view: known ?? 'now', code: known && code ? code : null, params: new URLSearchParams(query) };
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a route, with the clocks that it carries. */
export function write({ view, code, params }: Route): string {
  const query = params.toString();
  return `#/${view}${code ? `/${encodeURIComponent(code)}` : ''}${query ? `?${query}` : ''}`;
}

export const route = signal<Route>({ view: 'now', code: null, params: new URLSearchParams() });

/** The address of a view; the clocks stay as they are set, whatever else was asked is left behind. */
export function to(view: View, code: string | null = null, more: Record<string, string> = {}): string {
  const params = new URLSearchParams(more);
  for (const clock of ['as_of', 'known_at']) {
    const at = route.value.params.get(clock);
    if (at && !params.has(clock)) params.set(clock, at);
  }
  return write({ view, code, params });
}

/** Changes what stands behind the question mark. `null` takes it away. Nothing is added to the history. */
export function ask(changes: Record<string, string | null>): void {
  const params = new URLSearchParams(route.value.params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') params.delete(name);
    else params.set(name, value);
  }
  history.replaceState(null, '', write({ ...route.value, params }));
  route.value = { ...route.value, params };
}

/** Goes to an address of this page. */
export function go(hash: string): void {
  location.hash = hash;
}

export function beginRoute(): void {
  const follow = () => {
    route.value = read(location.hash);
  };
  addEventListener('hashchange', follow);
  follow();
}
