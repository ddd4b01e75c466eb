// Silence on the line: one that hangs breaks nothing, so what is asked over it is given up when nothing is heard.

/** How often it is looked, milliseconds. */
const LOOK_MS = 1_000;

/** When a byte of the program last came, over whatever way. */
let heardAt = Date.now();

/** A byte came. */
export const hear = (): void => {
  heardAt = Date.now();
};

/** For how long nothing has come at all, milliseconds. */
export const silence = (): number => Date.now() - heardAt;

/** For how long it is waited, milliseconds. */
export interface Patience {
  /** While nothing comes, of this or of anything else. A slow line is busy with something else, and not silent. */
  all: number;
  /** While nothing comes of this. */
  own: number;
}

/** The program gives itself 30 s for an answer, and sends a beat over the stream every 15 s. */
export const READING: Patience = { all: 35_000, own: 120_000 };
/** Nobody likes to hear of something they sent that it is not known what became of it. */
const WRITING: Patience = { all: 60_000, own: 150_000 };
/** What is sent tells nothing while it goes: no line counts on that is slower than this, bytes in a millisecond. */
const SLOWEST = 4;

/** How long a request may take, by what it sends. */
export function patience({ method, body }: RequestInit): Patience {
  if (!method || method === 'GET' || method === 'HEAD') return READING;
  if (!(body instanceof FormData)) return WRITING;
  const bytes = [...body.values()].reduce((sum, value) => sum + (typeof value === 'string' ? value.length : value.size), 0);
  const own = WRITING.own + bytes / SLOWEST;
  return { all: own, own };
}

export interface Watch {
  heard: () => void;
  over: () => void;
}

/** Calls `giveUp` once when patience ends; `over` ends the watch. */
export function watch({ all, own }: Patience, giveUp: () => void): Watch {
  const begun = Date.now();
  let ownAt = begun;
  const timer = setInterval(() => {
    const isSilent = Math.min(silence(), Date.now() - begun) >= all;
    if (!isSilent && Date.now() - ownAt < own) return;
    clearInterval(timer);
    giveUp();
  }, LOOK_MS);
  return {
    heard: () => {
      ownAt = Date.now();
      hear();
    },
    over: () => clearInterval(timer),
  };
}

/** The same answer, of which each piece is heard; a cut of `stop` breaks it. */
export function listened(response: Response, watched: Watch): Response {
  watched.heard();
  if (!response.body) {
    watched.over();
    return response;
  }
  const pieces = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    pull: async (out) => {
      try {
        const { done, value } = await pieces.read();
        watched.heard();
        if (value) out.enqueue(value);
        if (!done) return;
        watched.over();
        out.close();
      } catch (fault) {
        watched.over();
        out.error(fault);
      }
    },
    cancel: (why) => {
      watched.over();
      return pieces.cancel(why);
    },
  });
  return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
}
