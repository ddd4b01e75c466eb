// The stream of alerts and writes: when something changed, what is shown is asked for again. Says when the line is down.
import { changes, line, request } from './api';
import { isNow } from './clocks';
import { askMe } from './me';

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
      () => {
        changes.value += 1;
        void askMe().catch(() => undefined);
      },
      () => undefined,
    );
  }, PROBE_MS);
}

/** How often it is asked what time it is, and with it who reads, milliseconds. */
const TIME_MS = 60_000;
/** After so long what is shown is asked for again also where nothing was written: days go by. */
const ANEW_MS = 600_000;
/** When a stream that was refused is opened again, milliseconds. */
const REOPEN_MS = 10_000;

function beginTime(): void {
  setInterval(() => {
    if (!document.hidden) void askMe().catch(() => undefined);
  }, TIME_MS);
  setInterval(() => {
    if (!document.hidden && isNow()) changes.value += 1;
  }, ANEW_MS);
}

export function beginLive(): void {
  beginProbe();
  beginTime();
  if (typeof EventSource === 'undefined') return;
  open(
    gathered(() => {
      // In the past nothing moves.
      if (isNow()) changes.value += 1;
    }),
  );
}

function open(ask: () => void, wasDown = false): void {
  const stream = new EventSource('/api/v1/alerts/stream');
  stream.onopen = () => {
    line.value = 'up';
    if (wasDown) ask();
    wasDown = false;
  };
  stream.onerror = () => {
    wasDown = true;
    // One that broke is tried again by the browser. One that was refused is not: somebody logged out, or what stands between
    // is out of order.
    if (stream.readyState === EventSource.CONNECTING) line.value = 'down';
    else setTimeout(() => open(ask, true), REOPEN_MS);
  };
  for (const step of STEPS) {
    stream.addEventListener(step, () => {
        ask();
    });
  }
}
