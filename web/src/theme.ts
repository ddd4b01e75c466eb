// Light, dark for night shifts, or as the device is set.
import { effect, signal } from '@preact/signals';
import { keep, kept } from './tongue';

export type Theme = 'device' | 'light' | 'dark';
const KEPT = 'passage.theme';

export const theme = signal<Theme>('device');
/** Counted up when colours change, for what is drawn by script. */
export const painted = signal(0);

export function beginTheme(): void {
  const before = kept(KEPT);
  if (before === 'light' || before === 'dark') theme.value = before;
  effect(() => {
    const root = document.documentElement;
    if (theme.value === 'device') delete root.dataset.theme;
    else root.dataset.theme = theme.value;
    keep(KEPT, theme.value);
    painted.value = painted.peek() + 1;
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => (painted.value += 1));
}

/** The value of a colour of style.css, for canvas and map: `colour('--ink')`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
