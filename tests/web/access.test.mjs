// Every view, in every language, light and dark, on a desk and on a phone: nobody is shut out, nothing is asked of others.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { barriers, overhang, settled, start } from './room.mjs';

const VIEWS = ['now', 'areas', 'areas/SY-EAST-ALEPPO', 'convoys', 'convoys/CV-2016-07-26-TAL', 'pauses', 'plan', 'alerts', 'reports', 'data'];

let room;
before(async () => (room = await start()));
after(() => room?.stop());

for (const view of VIEWS) {
  test(`${view} has no serious barrier, no error and no request to elsewhere`, async () => {
    const page = await room.open(`#/${view}`);
    await settled(page);
    assert.deepEqual(await barriers(page), []);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await barriers(page), [], 'in the dark');
    await page.finish();
  });

  test(`${view} reads from right to left in Arabic and fits a phone`, async () => {
    const page = await room.open(`#/${view}`, { width: 360, height: 740, language: 'ar' });
    await settled(page);
    assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
    assert.ok((await overhang(page)) <= 0, `${await overhang(page)} px too wide`);
    const text = await page.innerText('main');
    assert.match(text, /[\u0600-\u06ff]/);
    assert.deepEqual(await barriers(page), []);
    await page.finish();
  });
}

test('a keyboard reaches the content first and every view after it', async () => {
  const page = await room.open('#/now');
  await settled(page);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await page.focus('nav a:nth-of-type(2)');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/areas'));
  await page.finish();
});

test('the first view is small', async (told) => {
  // What a line of 256 kbit/s carries in about five seconds.
  const MOST_BYTES = 150 * 1024;
  const page = await room.open('about:blank');
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  const names = new Map();
  let bytes = 0;
  client.on('Network.requestWillBeSent', ({ requestId, request }) => names.set(requestId, request.url));
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    // The map comes after, and is not waited for.
    if (!/map|maplibre|worker|countries|geojson/i.test(names.get(requestId) ?? '')) bytes += encodedDataLength;
  });
  await page.goto(`${room.address}/#/now`);
  await settled(page);
  told.diagnostic(`${bytes} bytes`);
  assert.ok(bytes > 10_000 && bytes <= MOST_BYTES, `${bytes} bytes`);
  await page.finish();
});
