// A part of the page that did not come: no other is brought, and the page is loaded again when nothing is lost by it.
import { beforeEach, expect, test, vi } from 'vitest';
import { changes, line } from './api';
import { isTorn, keepPage, load, reloadWhenBack } from './load';

const reload = vi.fn();
let holds = false;
keepPage(() => holds);
let hasLine = false;

beforeEach(() => {
  reload.mockClear();
  holds = false;
  hasLine = false;
  line.value = 'up';
  isTorn.value = false;
  vi.stubGlobal('location', { reload });
  vi.stubGlobal('fetch', async () => {
    if (!hasLine) throw new TypeError('no line');
    return new Response('{}');
  });
});

const moment = () => new Promise((done) => setTimeout(done, 5));

test('after one part did not come none is brought', async () => {
  await expect(load(() => Promise.reject(new Error('no')))).rejects.toThrow();
  const bring = vi.fn();
  await expect(load(bring)).rejects.toThrow();
  expect(bring).not.toHaveBeenCalled();
  expect(isTorn.value).toBe(true);
});

test('the page is loaded again when the line is back, and not before', async () => {
  const stop = reloadWhenBack();
  await moment();
  expect([line.value, reload.mock.calls.length]).toEqual(['down', 0]);
  hasLine = true;
  line.value = 'up';
  await moment();
  expect(reload).toHaveBeenCalled();
  stop();
});

test('it stays while something would be lost with it', async () => {
  holds = hasLine = true;
  const stop = reloadWhenBack();
  await moment();
  expect(reload).not.toHaveBeenCalled();
  holds = false;
  changes.value += 1;
  await moment();
  expect(reload).toHaveBeenCalled();
  stop();
});
