// Asking the program. Everything that the page shows came from here, with the rights of whoever reads.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { clocks } from './clocks';

/** One thing that is wrong with what was sent: where, and what is allowed. */
export interface Problem {
  pointer: string;
  detail: string;
}

/** An answer that is a no: `application/problem+json`. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly problems: Problem[],
    /** The whole of it, for what only some refusals tell. */
    readonly body: unknown,
  ) {
    super(detail);
  }
}

/** No answer came: the line is down, or the program is. */
export class Offline extends Error {}

/** Is the program there? Set by every request and by the stream of alerts. */
export const line = signal<'up' | 'down'>('up');

export type Params = Record<string, string | number | boolean | null | undefined>;

/** The address of a question, with the two clocks where it has them. */
export function address(path: string, params: Params = {}, timed = true): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(timed ? { ...clocks(), ...params } : params)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Asks, and reads the answer. Throws {@link Refusal} or {@link Offline}. */
export async function request(url: string, options: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...options });
  } catch (fault) {
    if (options.signal?.aborted) throw fault;
    line.value = 'down';
    throw new Offline();
  }
  line.value = 'up';
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => null)) as {
    code?: string;
    detail?: string;
    title?: string;
    errors?: Problem[];
  } | null;
  const detail = body?.detail ?? body?.title ?? `${response.status} ${response.statusText}`;
  return new Refusal(response.status, body?.code ?? '', detail, body?.errors ?? [], body);
}

export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  return (await request(url, { signal: signal ?? null })).json() as Promise<T>;
}

/** Posts JSON, or a form with files. `If-Match` and `Idempotency-Key` go in `headers`. */
export async function post<T>(url: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  const sent = body instanceof FormData ? body : JSON.stringify(body);
  const type: Record<string, string> = body instanceof FormData ? {} : { 'Content-Type': 'application/json' };
  return (await request(url, { method: 'POST', body: sent, headers: { ...type, ...headers } })).json() as Promise<T>;
}

/** What is known of a question: nothing yet, an answer (perhaps an old one while a newer is asked for), or a no. */
export interface Answer<T> {
  data: T | null;
  fault: Refusal | Offline | null;
  loading: boolean;
  /** When the answer came, milliseconds since 1970 by this device. */
  at: number | null;
}

/** Counted up when something was written, or a change was told of: what is shown is asked for again. */
export const changes = signal(0);

const answered = new Map<string, { data: unknown; at: number }>();
const MOST_KEPT = 60;

function note(url: string, data: unknown): number {
  const at = Date.now();
  answered.delete(url);
  answered.set(url, { data, at });
  for (const oldest of answered.keys()) {
    if (answered.size <= MOST_KEPT) break;
    answered.delete(oldest);
  }
  return at;
}

/** Forgets all answers: another reader has other rights. */
export function forget(): void {
  answered.clear();
  changes.value += 1;
}

/**
 * The answer to a question, kept up to date. `null` asks nothing. While a new question is under way, the answer to the
 * last one stays, marked as loading.
 */
export function useAnswer<T>(url: string | null): Answer<T> {
  const before = url === null ? undefined : answered.get(url);
  const [answer, set] = useState<Answer<T> & { url: string | null }>({
    url,
    data: (before?.data as T) ?? null,
    fault: null,
    loading: url !== null,
    at: before?.at ?? null,
  });
  const turn = changes.value;
  useEffect(() => {
    if (url === null) {
      set({ url, data: null, fault: null, loading: false, at: null });
      return;
    }
    const stop = new AbortController();
    const had = answered.get(url);
    set((old) => ({ ...old, url, loading: true, fault: null, ...(had ? { data: had.data as T, at: had.at } : {}) }));
    get<T>(url, stop.signal)
      .then((data) => set({ url, data, fault: null, loading: false, at: note(url, data) }))
      .catch((fault: unknown) => {
        if (stop.signal.aborted) return;
        if (!(fault instanceof Refusal || fault instanceof Offline)) throw fault;
        // A no leaves nothing to show; a line that is down leaves what there was.
        set((old) => ({ ...old, url, fault, loading: false, ...(fault instanceof Refusal ? { data: null } : {}) }));
      });
    return () => stop.abort();
  }, [url, turn]);
  // The answer to another question is not shown as if it were the answer to this one, except while that is loading.
  if (answer.url !== url) {
    return { data: (before?.data as T) ?? answer.data, fault: null, loading: url !== null, at: before?.at ?? answer.at };
  }
  return answer;
}

/** Every row of a list, page after page. */
export async function all<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: T[]; next?: string | null } = await get(address(path, { ...params, cursor }), signal);
    rows.push(...page.data);
    cursor = page.next ?? null;
  } while (cursor);
  return rows;
}
