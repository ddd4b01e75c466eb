// What is drawn by script is drawn anew for paper: light, and as wide as paper is. The browser waits for nothing but the listeners.
import { signal } from '@preact/signals';
import { painted } from './theme';

/** As wide as text on A4 with margins of 15 mm, pixels; drawings are stretched to the paper there is. */
export const PAPER = 680;

/** Whether the page is drawn for paper at the moment. */
export const onPaper = signal(false);

export function beginPaper(): void {
  const root = document.documentElement;
  let before: string | undefined;
  addEventListener('beforeprint', () => {
    if (onPaper.value) return;
    before = root.dataset.theme;
    root.dataset.theme = 'light';
    onPaper.value = true;
    painted.value += 1;
  });
  addEventListener('afterprint', () => {
    if (!onPaper.value) return;
    if (before === undefined) delete root.dataset.theme;
    else root.dataset.theme = before;
    onPaper.value = false;
    painted.value += 1;
  });
}
