// The stream of alerts and writes: when something changed, what is shown is asked for again. Says when the line is down.
import { signal } from '@preact/signals';
import { changes, line, request } from './api';
import { isNow } from './clocks';

/** When the program was last heard, milliseconds since 1970 by this device. */
export const heard = signal<number | null>(null);

const QUIET_MS = 1_500;
/** The steps of an alert's life, each an event of the stream; and that a record was written. */
const STEPS = ['written', 'raised', 'updated', 'acknowledged', 'silenced', 'unsilenced', 'resolved'];

/** Several changes at once are one reason to ask; ever more of them do not put it off. */
export function gathered(act: () => void, wait = QUIET_MS): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      act();
    }, wait);
  };
}

/** How often it is tried whether the line is back, milliseconds. */
const PROBE_MS = 5_000;

/** While the line is down nobody asks: one small question now and then does, and what is shown is asked for again. */
function beginProbe(): void {
  setInterval(() => {
    if (line.value === 'up') return;
    void request('/healthz').then(
      () => (changes.value += 1),
      () => undefined,
    );
  }, PROBE_MS);
}

export function beginLive(): void {
  beginProbe();
  if (typeof EventSource === 'undefined') return;
  const ask = gathered(() => {
    // In the past nothing moves.
    if (isNow()) changes.value += 1;
  });
  let wasDown = false;
  const stream = new EventSource('/api/v1/alerts/stream');
  stream.onopen = () => {
    heard.value = Date.now();
    line.value = 'up';
    if (wasDown) ask();
    wasDown = false;
  };
  stream.onerror = () => {
    wasDown = true;
    // A refused stream is closed; one that broke is tried again by the browser.
    if (stream.readyState === EventSource.CONNECTING) line.value = 'down';
  };
  for (const step of STEPS) {
    stream.addEventListener(step, () => {
      heard.value = Date.now();
      ask();
    });
  }
}
