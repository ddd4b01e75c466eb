// A line that breaks, and one that hangs: it is said, and what is shown comes back by itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, start } from './room.mjs';

let room;
before(async () => (room = await start()));
after(() => room?.stop());

// The map tells of a part that did not come in a place where nobody can listen, beside the one where the page does.
const isOfLine = (line) => /Failed to load resource|ERR_|Failed to fetch|Outdated|preload|Worker failed to load/.test(line);

test('a view that could not be fetched comes by itself when the line is back', async () => {
  const page = await room.open('#/now');
  page.expected = isOfLine;
  await settled(page);
  await page.context().setOffline(true);
  await page.locator('.line-down').waitFor();
  await page.evaluate(() => (location.hash = '#/plan?as_of=2016-05-01'));
  await page.getByText('This view could not be loaded').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: 'Plan' }).first().waitFor();
  assert.equal(await page.evaluate(() => location.hash), '#/plan?as_of=2016-05-01');
  await page.finish();
});

test('a program that hangs is told of as a line that is down', async () => {
  const page = await room.open('#/now');
  page.expected = isOfLine;
  await settled(page);
  room.hang(true);
  try {
    // Nobody does anything: three beats of the stream are missing by then.
    await page.locator('.line-down').waitFor({ timeout: 55_000 });
  } finally {
    room.hang(false);
  }
  await page.locator('.line-down').waitFor({ state: 'detached' });
  await settled(page);
  assert.equal(await page.locator('main .fault').count(), 0);
  await page.finish();
});

test('a view that is asked for while the program hangs says so, before and after the line is down', async () => {
  const page = await room.open('#/now');
  page.expected = isOfLine;
  await settled(page);
  // The views are fetched by then, and the areas were looked at: what was told stands with its hour.
  await page.waitForTimeout(7_000);
  await page.goto(`${room.address}/?language=en#/areas`);
  await settled(page);
  room.hang(true);
  try {
    await page.evaluate(() => (location.hash = '#/pauses'));
    await page.locator('main .loading').first().waitFor();
    await page.getByText('No answer has come for').first().waitFor({ timeout: 12_000 });
    assert.equal(await page.locator('main .loading-line').count(), 0);
    await page.getByRole('button', { name: 'Try again' }).first().waitFor();
    await page.locator('.line-down').waitFor({ timeout: 55_000 });
    await page.getByText('No line to Passage').first().waitFor({ timeout: 2_000 });
    await page.evaluate(() => (location.hash = '#/areas'));
    await page.getByText('The line is down: this is as it was at').first().waitFor({ timeout: 2_000 });
  } finally {
    room.hang(false);
  }
  await page.locator('.line-down').waitFor({ state: 'detached' });
  await settled(page);
  assert.equal(await page.locator('main .fault, main .stale').count(), 0);
  await page.finish();
});

test('a map of which a part did not come is made again when there is a line', async () => {
  const page = await room.open('#/alerts');
  page.expected = isOfLine;
  await settled(page);
  let broken = 0;
  const worker = /maplibre-gl-worker/;
  await page.route(worker, (route) => {
    broken += 1;
    return route.abort('connectionreset');
  });
  await page.evaluate(() => (location.hash = '#/now'));
  while (broken === 0) await page.waitForTimeout(50);
  await page.locator('.map-canvas canvas').first().waitFor();
  assert.equal(await page.locator('.map-name').count(), 0);
  await page.unroute(worker);
  await page.locator('.map-name:not(.no-room)').first().waitFor();
  await page.finish();
});
