// Asking the program. Everything that the page shows came from here, with the rights of whoever reads.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { clocks } from './clocks';
import { sameReader } from './me';
import { type Patience, listened, patience, watch } from './silence';
import { language } from './tongue';

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
export class Offline extends Error {
  /** `wasSent`: of what was to be done it is not known whether it was. */
  constructor(readonly wasSent = false) {
    super();
  }
}

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

/** The address of a question whose answer has sentences: they come in the language that is read. */
export const worded = (path: string, params: Params = {}): string => address(path, { ...params, language: language.value });

/** Something came of the program, or nothing did. */
export function hasLine(isUp: boolean): void {
  line.value = isUp ? 'up' : 'down';
}

/** Asks. Throws {@link Refusal} or {@link Offline}; a line that hangs is one that is down. */
export async function request(url: string, options: RequestInit = {}, most: Patience = patience(options)): Promise<Response> {
  const stop = new AbortController();
  const giveUp = () => {
    stop.abort();
  };
  const watched = watch(most, giveUp);
  options.signal?.addEventListener('abort', giveUp);
  let response: Response;
  try {
    options.signal?.throwIfAborted();
    response = listened(await fetch(url, { credentials: 'same-origin', ...options, signal: stop.signal }), watched);
  } catch (fault) {
    watched.over();
    throw broken(fault, options);
  }
  hasLine(true);
  if (!response.ok) throw await refusal(response);
  return response;
}

/** What a request that broke is: given up by who asked, else a line that is down. */
function broken(fault: unknown, { signal }: RequestInit): unknown {
  if (signal?.aborted) return fault;
  hasLine(false);
  return new Offline();
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

/** Asks, and reads the answer. One that breaks on its way is no answer: it is as if the line was down. */
export async function answerTo<T>(url: string, options: RequestInit): Promise<T> {
  const response = await request(url, options);
  try {
    return (await response.json()) as T;
  } catch (fault) {
    throw broken(fault, options);
  }
}

export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  return answerTo<T>(url, { signal: signal ?? null });
}

/** What a post says, as far as it tells one from another: files by their names, sizes and times. */
function contentOf(url: string, body: unknown): string {
  if (!(body instanceof FormData)) return `${url} ${JSON.stringify(body)}`;
  const parts = [...body.entries()].map(([name, value]) => (typeof value === 'string' ? [name, value] : [name, value.name, value.size, value.lastModified]));
  return `${url} ${JSON.stringify(parts)}`;
}

/** A key under which the same is done once. `randomUUID` is missing where the page is not over TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The keys of posts of which it is not known what came of them. */
const unanswered = new Map<string, string>();

/** Is there something of which only this page knows under which key it was sent? */
export const isOwed = (): boolean => unanswered.size > 0;

/**
 * Posts JSON, or a form with files, as the reader who is shown: nobody else's login sends it. Sent again after a line that
 * broke, the same content has the same key, and is done once. `If-Match` goes in `headers`, and a key of one's own.
 */
export async function post<T>(url: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  await sameReader();
  const content = contentOf(url, body);
  const own = headers['Idempotency-Key'];
  const key = own ?? unanswered.get(content) ?? newKey();
  if (!own) unanswered.set(content, key);
  const sent = body instanceof FormData ? body : JSON.stringify(body);
  const type: Record<string, string> = body instanceof FormData ? {} : { 'Content-Type': 'application/json' };
  try {
    const answer = await answerTo<T>(url, { method: 'POST', body: sent, headers: { 'Idempotency-Key': key, ...type, ...headers } });
    unanswered.delete(content);
    return answer;
  } catch (fault) {
    // A no is an answer: what is mended and sent again is another thing.
    if (fault instanceof Refusal && fault.status < 500) unanswered.delete(content);
    throw fault instanceof Offline ? new Offline(true) : fault;
  }
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

/** Questions that are under way, each since so many changes: the same one is asked once, but anew after a change. */
const underWay = new Map<string, Promise<unknown>>();

function asked<T>(url: string): Promise<T> {
  const question = `${changes.peek()} ${url}`;
  const before = underWay.get(question) as Promise<T> | undefined;
  if (before) return before;
  const answer = get<T>(url).finally(() => underWay.delete(question));
  underWay.set(question, answer);
  return answer;
}

/** How long the answer to the question before stands, dimmed, while a new one is on its way, milliseconds. */
const STANDS_MS = 600;

interface Held<T> extends Answer<T> {
  url: string | null;
}

/**
 * The answer to a question, kept up to date. `null` asks nothing. What is shown always answers the question that is asked:
 * the answer to the one before stands for a moment while the new one loads, and never after it failed.
 */
export function useAnswer<T>(url: string | null): Answer<T> {
  return useAsked(url, asked<T>);
}

function useAsked<T>(url: string | null, ask: (url: string) => Promise<T>): Answer<T> {
  const known = url === null ? undefined : answered.get(url);
  const own = { url, data: (known?.data as T | undefined) ?? null, at: known?.at ?? null, fault: null };
  const [held, set] = useState<Held<T>>({ ...own, loading: url !== null });
  const turn = changes.value;
  useEffect(() => {
    if (url === null) {
      set({ url, data: null, fault: null, loading: false, at: null });
      return;
    }
    let isOver = false;
    const before = answered.get(url);
    if (before) set({ url, data: before.data as T, at: before.at, fault: null, loading: true });
    const late = setTimeout(() => {
      if (!isOver && !answered.has(url)) set({ url, data: null, fault: null, loading: true, at: null });
    }, STANDS_MS);
    ask(url)
      .then((data) => {
        // What was asked before a change is not noted after it.
        if (isOver && changes.peek() !== turn) return;
        const at = note(url, data);
        if (!isOver) set({ url, data, fault: null, loading: false, at });
      })
      .catch((fault: unknown) => {
        if (!(fault instanceof Refusal || fault instanceof Offline)) throw fault;
        // A no leaves nothing to show; a line that is down leaves what was answered to this very question.
        const kept = fault instanceof Offline ? answered.get(url) : undefined;
        if (!isOver) set({ url, data: (kept?.data as T | undefined) ?? null, at: kept?.at ?? null, fault, loading: false });
      })
      .finally(() => clearTimeout(late));
    return () => {
      isOver = true;
      clearTimeout(late);
    };
  }, [url, turn]);
  if (held.url === url) return held;
  return own.data !== null ? { ...own, loading: true } : { data: held.data, at: held.at, fault: null, loading: url !== null };
}

/** A list with every row of it. */
export interface Whole<T> {
  data: T[];
  total: number;
}

/** The most rows of a page. */
const PAGE = 1_000;

/** Every row of a list, page after page, kept up to date as {@link useAnswer}. `null` asks nothing. */
export function useAll<T>(path: string | null, params: Params = {}): Answer<Whole<T>> {
  return useAsked<Whole<T>>(path && address(path, { limit: PAGE, ...params }), wholeOf<T>);
}

async function wholeOf<T>(first: string): Promise<Whole<T>> {
  const data: T[] = [];
  let url: string | null = first;
  while (url) {
    const page: { data: T[]; next?: string | null } = await asked(url);
    data.push(...page.data);
    url = page.next ? `${first}&cursor=${encodeURIComponent(page.next)}` : null;
  }
  return { data, total: data.length };
}
