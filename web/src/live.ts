// The stream of alerts and writes: when something changed, what is shown is asked for again. Says when the line is down.
import { Refusal, changes, hasLine, line, request } from './api';
import { isNow } from './clocks';
import { askMe } from './me';
import { silence } from './silence';

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

/** How often it is tried whether the line is back, and how long an answer is waited for, milliseconds. */
const PROBE_MS = 5_000;
const PROBE_WAITS = { all: 15_000, own: 15_000 };

let isProbing = false;

/** While the line is down nobody asks: one small question now and then does, and what is shown is asked for again. */
async function probe(): Promise<void> {
  if (line.peek() === 'up' || isProbing) return;
  isProbing = true;
  try {
    await request('/healthz', {}, PROBE_WAITS);
    changes.value += 1;
    void askMe().catch(() => undefined);
  } catch {
    // It is tried again.
  } finally {
    isProbing = false;
  }
}

function beginProbe(): void {
  setInterval(() => void probe(), PROBE_MS);
  // What the device knows of its line it tells at once.
  addEventListener('offline', () => {
    hasLine(false);
  });
  addEventListener('online', () => void probe());
}

/** How often it is asked what time it is, and with it who reads, milliseconds. */
const TIME_MS = 60_000;
/** After so long what is shown is asked for again also where nothing was written: days go by. */
const ANEW_MS = 600_000;
/** The program sends a beat every 15 s where nothing happens: a stream without three of them hangs, milliseconds. */
const SILENT_MS = 45_000;
const STREAM_WAITS = { all: SILENT_MS, own: SILENT_MS };
/** When a stream that broke is opened again, and one that was refused, milliseconds. */
const REOPEN_MS = 3_000;
const REFUSED_MS = 10_000;

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
  void follow(
    gathered(() => {
      // In the past nothing moves.
      if (isNow()) changes.value += 1;
    }),
  );
}

/**
 * Reads the stream for as long as the page is open. Not by an `EventSource`, which tells nothing of the beats: a stream
 * that hangs would look like one on which nothing happens.
 */
async function follow(ask: () => void): Promise<never> {
  for (let isFirst = true; ; isFirst = false) {
    let wasRefused = false;
    try {
      const stream = await request('/api/v1/alerts/stream', { headers: { Accept: 'text/event-stream' } }, STREAM_WAITS);
      // What happened meanwhile is not told.
      if (!isFirst) ask();
      await read(stream, ask);
    } catch (fault) {
      // Somebody logged out, or what stands between is out of order.
      wasRefused = fault instanceof Refusal;
      // One way alone may hang while others do not.
      if (!wasRefused && silence() >= SILENT_MS) hasLine(false);
    }
    await new Promise((done) => setTimeout(done, wasRefused ? REFUSED_MS : REOPEN_MS));
  }
}

/** Asks at each step that the stream tells of. */
export async function read(stream: Response, ask: () => void): Promise<void> {
  const pieces = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let piece = await pieces?.read(); piece && !piece.done; piece = await pieces?.read()) {
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop() ?? '';
    if (lines.some((line) => line.startsWith('event: ') && STEPS.includes(line.slice(7)))) ask();
  }
}
