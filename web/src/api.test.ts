// Posts: done once, by whom is shown, and an answer that breaks is no answer.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Offline, Refusal, get, isOwed, line, post } from './api';
import { me, type Me } from './me';

const coordinator = { id: 'usr_1', role: 'coordinator', level: 'confidential', organisation: null, now: '2016-07-26T00:00:00Z', may: [] } as unknown as Me;
let answers: Record<string, () => Response | Promise<Response>>;
let sent: { url: string; key: string | null }[];

beforeEach(() => {
  sent = [];
  me.value = coordinator;
  answers = { '/api/v1/me': () => Response.json(coordinator) };
  vi.stubGlobal('fetch', (url: string, options: RequestInit) => {
    if (options.method === 'POST') sent.push({ url, key: new Headers(options.headers).get('Idempotency-Key') });
    const answer = answers[url];
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('no line'));
  });
});
afterEach(() => vi.unstubAllGlobals());

test('the same content has the same key until it is answered, and another one after that', async () => {
  await expect(post('/x', { a: 1 })).rejects.toBeInstanceOf(Offline);
  answers['/x'] = () => new Response('{"cut', { status: 201 });
  await expect(post('/x', { a: 1 })).rejects.toBeInstanceOf(Offline);
  answers['/x'] = () => Response.json({});
  await post('/x', { a: 2 });
  await post('/x', { a: 1 });
  await post('/x', { a: 1 });
  const [first, cut, other, again, next] = sent.map(({ key }) => key);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect([cut, again]).toEqual([first, first]);
  expect(new Set([first, other, next]).size).toBe(3);
});

test('nothing is sent under the login of somebody else than is shown', async () => {
  answers['/api/v1/me'] = () => Response.json({ ...coordinator, id: 'usr_2' });
  answers['/x'] = () => Response.json({});
  await expect(post('/x', {})).rejects.toMatchObject({ code: 'other_reader' } satisfies Partial<Refusal>);
  expect(sent).toEqual([]);
  expect(me.value?.id).toBe('usr_2');
});

test('an answer that breaks on its way says that the line is down', async () => {
  answers['/y'] = () => new Response('{"data": [');
  await expect(get('/y')).rejects.toBeInstanceOf(Offline);
  expect(line.value).toBe('down');
});

test('only this page knows a key that it made itself until an answer came; of others it is told elsewhere', async () => {
  await expect(post('/z', { a: 1 }, { 'Idempotency-Key': 'kept' })).rejects.toBeInstanceOf(Offline);
  expect([isOwed(), sent[0]?.key]).toEqual([false, 'kept']);
  await expect(post('/z', { a: 1 })).rejects.toBeInstanceOf(Offline);
  expect(isOwed()).toBe(true);
  answers['/z'] = () => Response.json({});
  await post('/z', { a: 1 });
  expect(isOwed()).toBe(false);
});
