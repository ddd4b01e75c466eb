// A line that hangs is noticed; one that is slow is not taken for one that hangs.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Offline, get, line, post } from './api';
import { read } from './live';
import { type Me, me } from './me';
import { hear, patience, watch } from './silence';

const coordinator = { id: 'usr_1', role: 'coordinator', level: 'confidential', organisation: null, now: '2016-07-26T00:00:00Z', may: [] } as unknown as Me;
type Answer = (options: RequestInit) => Response | Promise<Response>;
let answers: Record<string, Answer>;
let keys: (string | null)[];

/** No answer comes, until who asked gives up. */
const hanging: Answer = ({ signal }) =>
  new Promise((_, fail) => {
    signal?.addEventListener('abort', () => {
      fail(new DOMException('given up', 'AbortError'));
    });
  });

/** An answer of which a piece comes every so often. */
const slow = (pieces: string[], everyMs: number): Answer => ({ signal }) => {
  const start = (out: ReadableStreamDefaultController<Uint8Array>) => {
    signal?.addEventListener('abort', () => {
      out.error(new DOMException('given up', 'AbortError'));
    });
    pieces.forEach((piece, at) => setTimeout(() => {
      out.enqueue(new TextEncoder().encode(piece));
    }, (at + 1) * everyMs));
    setTimeout(() => {
      if (!signal?.aborted) out.close();
    }, (pieces.length + 1) * everyMs);
  };
  return new Response(new ReadableStream({ start }));
};

beforeEach(() => {
  vi.useFakeTimers();
  hear();
  line.value = 'up';
  me.value = coordinator;
  keys = [];
  answers = { '/api/v1/me': () => Response.json(coordinator) };
  vi.stubGlobal('fetch', async (url: string, options: RequestInit) => {
    if (options.method === 'POST') keys.push(new Headers(options.headers).get('Idempotency-Key'));
    return answers[url]?.(options);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a question without an answer is given up, and the line is down', async () => {
  answers['/x'] = hanging;
  const outcome = expect(get('/x')).rejects.toBeInstanceOf(Offline);
  await vi.advanceTimersByTimeAsync(34_000);
  expect(line.value).toBe('up');
  await vi.advanceTimersByTimeAsync(2_000);
  await outcome;
  expect(line.value).toBe('down');
});

test('an answer that comes in pieces is waited for, however long it takes; one that stops is not', async () => {
  answers['/x'] = slow(['{"a"', ':', '1', '}'], 30_000);
  const whole = get('/x');
  await vi.advanceTimersByTimeAsync(150_000);
  expect(await whole).toEqual({ a: 1 });
  answers['/y'] = slow(['{"a"', ':'], 500_000);
  const cut = expect(get('/y')).rejects.toBeInstanceOf(Offline);
  await vi.advanceTimersByTimeAsync(40_000);
  await cut;
});

test('who waits in a row behind others on a slow line is not silent', async () => {
  const given = vi.fn();
  watch({ all: 35_000, own: 120_000 }, given);
  for (let s = 0; s < 110; s += 10) {
    await vi.advanceTimersByTimeAsync(10_000);
    hear();
  }
  expect(given).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(given).toHaveBeenCalledOnce();
});

test('of what was sent and not answered it is not known whether it was done, and it keeps its key', async () => {
  answers['/x'] = hanging;
  const outcome = expect(post('/x', { a: 1 })).rejects.toMatchObject({ wasSent: true });
  await vi.advanceTimersByTimeAsync(62_000);
  await outcome;
  answers['/x'] = () => Response.json({});
  await post('/x', { a: 1 });
  expect(keys[0]).toBe(keys[1]);
});

test('files have the time that they take on a slow line', () => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(10_000_000)]), 'a.csv');
  // 256 kbit/s are 32 bytes in a millisecond.
  expect(patience({ method: 'POST', body: form }).all).toBeGreaterThan(10_000_000 / 32);
});

test('beats ask nothing, steps do, also where a piece ends in one', async () => {
  const ask = vi.fn();
  const reading = read(await slow(['retry: 3000\n: from now on\n\n', ': beat\n\n', 'event: wri', 'tten\ndata: {}\n\n', 'event: other\n\n'], 10)({}), ask);
  await vi.advanceTimersByTimeAsync(100);
  await reading;
  expect(ask).toHaveBeenCalledOnce();
});
