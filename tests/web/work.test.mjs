// A coordinator at work: what is posted, moved, taken on, asked and imported on the page is what the program then has.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { settled, start, until } from './room.mjs';

let room;
before(async () => (room = await start()));
after(() => room?.stop());

/** Fills in the form of a convoy to Darayya. */
async function fillConvoy(page, { code, trucks, people }) {
  await page.getByLabel('How it travels').selectOption('cross_line');
  await page.getByLabel('Date').fill('2016-07-26');
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByLabel('Areas').fill('SY-DARAYA');
  await page.keyboard.press('Enter');
  await page.getByLabel('Trucks').fill(String(trucks));
  await page.getByLabel('People it is for').fill(String(people));
}

test('a convoy that is posted by the form is on the board, on the page of its area and in the figures', async () => {
  const page = await room.open('#/convoys?show=post', { as: 'coordinator' });
  await settled(page);
  await fillConvoy(page, { code: 'CV-ROOM-1', trucks: '8–10', people: 4000 });
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('link', { name: 'CV-ROOM-1' }).first().waitFor();
  const kept = await room.ask('/api/v1/convoys/CV-ROOM-1');
  assert.equal(kept.status, 200);
  assert.deepEqual([kept.body.drops[0].areas, kept.body.trucks, kept.body.stage], [['SY-DARAYA'], { low: 8, best: null, high: 10 }, 'planned']);

  await page.goto(`${room.address}/#/convoys`);
  await page.getByText('CV-ROOM-1').waitFor();
  // It sets out: moved on its own page.
  await page.goto(`${room.address}/#/convoys/CV-ROOM-1`);
  for (const stage of ['approved', 'loaded', 'departed']) {
    await page.getByLabel('It is now').selectOption(stage);
    await page.getByRole('button', { name: 'Send' }).click();
    await until(async () => (await room.ask('/api/v1/convoys/CV-ROOM-1')).body.stage === stage);
  }
  // And the first view tells of it, under what is on the road, as a range; its map shows where it goes.
  await page.goto(`${room.address}/#/now`);
  await page.getByRole('main').getByText('8–10 trucks').first().waitFor();
  await page.locator('canvas').first().waitFor();
  await page.getByText('1 convoy on its way').first().waitFor({ state: 'attached' });
  await page.goto(`${room.address}/#/areas/SY-DARAYA`);
  await page.getByText('CV-ROOM-1').first().waitFor();
  await page.finish();
});

test('a convoy is kept while the line is down and sent once when it is back, also after a reload', async () => {
  const page = await room.open('#/convoys?show=post', { as: 'coordinator' });
  page.expected = (line) => /Failed to load resource|ERR_INTERNET_DISCONNECTED/.test(line);
  await settled(page);
  await fillConvoy(page, { code: 'CV-ROOM-2', trucks: 3, people: 900 });
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText(/waiting|Kept here/i).first().waitFor();
  assert.equal((await room.ask('/api/v1/convoys/CV-ROOM-2')).status, 404);
  await page.context().setOffline(false);
  await page.reload();
  await until(async () => (await room.ask('/api/v1/convoys?code=CV-ROOM-2')).body.total === 1);
  const history = await room.ask('/api/v1/convoys/CV-ROOM-2/history');
  assert.equal(history.body.total, 1, JSON.stringify(history));
  await page.finish();
});

test('what is wrong with a convoy stands beside its fields and nothing is kept', async () => {
  const page = await room.open('#/convoys?show=post', { as: 'coordinator' });
  page.expected = (line) => /422/.test(line);
  await settled(page);
  await fillConvoy(page, { code: 'CV-ROOM-3', trucks: 4, people: 10 });
  await page.getByLabel('Code', { exact: true }).fill('no code!');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
  assert.equal((await room.ask('/api/v1/convoys?code=CV-ROOM-3')).body.total, 0);
  await page.finish();
});

test('as the clocks move, the page shows what was so and what was known then', async () => {
  const page = await room.open('#/now');
  await settled(page);
  const now = await page.innerText('main');
  await page.getByRole('button', { name: /^Now/ }).click();
  const day = page.getByLabel('True on: What was the case on this day');
  await day.fill('2016-03-01');
  await day.dispatchEvent('change');
  await page.waitForFunction(() => location.hash.includes('as_of=2016-03-01') && location.hash.includes('known_at=2016-03-01'));
  await settled(page);
  const then = await page.innerText('main');
  assert.notEqual(then, now);
  const totals = await room.ask('/api/v1/totals?as_of=2016-03-01&known_at=2016-03-01');
  const un = totals.body.schemes.find(({ scheme }) => scheme === 'un').besieged.list_total.people.best;
  assert.ok(then.includes(un.toLocaleString('en-GB')), `${un} in ${then.slice(0, 300)}`);
  // Nothing that writes is offered in the past.
  await page.goto(`${room.address}/#/convoys?as_of=2016-03-01&show=post`);
  await settled(page);
  assert.equal(await page.getByRole('button', { name: 'Send' }).count(), 0);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await page.waitForFunction(() => !location.hash.includes('as_of'));
  await page.finish();
});

/** Writes a convoy of a range of trucks as a coordinator. */
async function postRange(code, more) {
  const drops = [{ areas: ['SY-DARAYA'], trucks: { low: 6, high: 9 }, people_targeted: { low: 3000, high: 4000 } }];
  const answer = await room.ask('/api/v1/convoys', { method: 'POST', body: JSON.stringify({ code, mode: 'cross_line', date: '2016-07-25', source: 'eg160721', drops, ...more }) });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
}

test('a range is told by its ends, and never by a middle that nobody gave', async () => {
  await postRange('CV-ROOM-RANGE', { events: [{ stage: 'loaded', at: '2016-07-25', source: 'eg160721' }] });
  const page = await room.open('#/convoys/CV-ROOM-RANGE', { as: 'coordinator' });
  await settled(page);
  const cover = await page.innerText('table.cover');
  assert.match(cover, /Trucks\s+6–9/);
  assert.match(cover, /People it was for\s+3,000–4,000/);
  assert.match(cover, /People fed per truck\s+333–667/);
  const bars = await page.innerText('.own-funnel');
  for (const step of ['Asked for', 'Approved', 'Loaded']) assert.match(bars, new RegExp(`${step}\\s+6–9`));
  await page.finish();
});

test('the headline says whose count of which day it is, and that other counts of the same list differ', async () => {
  const page = await room.open('#/now');
  await settled(page);
  const totals = await room.ask('/api/v1/totals', { role: 'viewer' });
  const { list_total: total } = totals.body.schemes.find(({ scheme }) => scheme === 'un').besieged;
  const counts = total.claims.map(({ people }) => people.best);
  const told = await page.innerText('h1');
  assert.match(told, /590,000 people are besieged by the count of the United Nations of 21 Jul 2016/);
  assert.ok(told.includes(`differ: from ${Math.min(...counts).toLocaleString('en-GB')} to ${Math.max(...counts).toLocaleString('en-GB')}`), told);
  // Nothing that can be opened is empty.
  for (const figure of await page.locator('table.now-areas tr:nth-child(-n+4) button.figure').all()) {
    // What scrolls closes what is open: the page must have come to rest before.
    await figure.scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await figure.click();
    assert.notEqual((await page.locator('.behind').first().innerText()).trim(), '');
    await page.keyboard.press('Escape');
  }
  await page.finish();
});

test('who is not shown a convoy is told that sums leave it out', async () => {
  await postRange('CV-ROOM-HIDDEN', { sensitivity: 'internal', date: '2016-07-28' });
  const alerts = await room.ask('/api/v1/alerts', { role: 'viewer' });
  const [note] = alerts.body.notes;
  assert.match(note, /not counted here/);
  const page = await room.open('#/now');
  for (const view of ['now', 'convoys?show=funnel', 'areas']) {
    await page.goto(`${room.address}/#/${view}`);
    await page.getByText(note).waitFor();
  }
  await page.goto(`${room.address}/#/convoys`);
  await page.locator('li', { hasText: 'CV-ROOM-HIDDEN' }).getByText('planned, under way or closed only lately').waitFor();
  await page.finish();
});

test('a day in the address that cannot be shown is named, and today is shown', async () => {
  const page = await room.open('#/now?as_of=2017-03-01');
  await page.getByRole('alert').getByText('The address asks for 2017-03-01').waitFor();
  await page.goto(`${room.address}/#/now?as_of=2016-99-99`);
  await page.getByRole('alert').getByText('26 Jul 2016 is shown instead').waitFor();
  await page.goto(`${room.address}/#/now?as_of=2016-03-01`);
  await page.getByRole('button', { name: 'Back to now' }).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  await page.finish();
});

test('an alert that is taken on is taken on for everybody', async () => {
  const page = await room.open('#/alerts', { as: 'coordinator' });
  await settled(page);
  const first = page.getByRole('button', { name: 'Acknowledge' }).first();
  await first.waitFor();
  await first.click();
  await page.getByLabel('What is done about it').fill('the hub was asked');
  await page.locator('form.alert-form button[type="submit"]').click();
  await page.getByText(/Acknowledged by Demo coordinator/).first().waitFor();
  const taken = await room.ask('/api/v1/alerts?state=acknowledged');
  assert.equal(taken.body.total, 1);
  assert.equal(taken.body.data[0].life.acknowledged.note, 'the hub was asked');
  await page.finish();
});

test('what a pause would deliver is what the program answers, wherever the sliders stand', async () => {
  const page = await room.open('#/pauses/PA-2016-07-25-OBRIEN');
  await settled(page);
  const asked = [];
  page.on('response', async (response) => {
    if (response.url().includes('/throughput') && response.ok()) asked.push(await response.json());
  });
  for (const [lever, value] of [['Docks for offloading', 8], ['Trucks', 12]]) {
    const before = asked.length;
    await page.getByRole('spinbutton', { name: lever }).or(page.getByRole('textbox', { name: lever })).first().fill(String(value));
    await page.keyboard.press('Tab');
    const begun = Date.now();
    while (asked.length === before && Date.now() - begun < 20_000) await page.waitForTimeout(100);
    await settled(page);
    const answer = asked.at(-1);
    const shown = await page.innerText('.brings');
    assert.ok(answer.logistics.some(({ field, value: given }) => given === value && /docks|trucks/.test(field)), lever);
    for (const figure of [answer.loads ?? answer.summary?.loads ?? answer.total?.loads]) {
      assert.ok(figure !== undefined && shown.includes(Math.round(figure).toLocaleString('en-GB')), `${figure} in ${shown}`);
    }
    assert.match(shown, new RegExp(`What holds the trucks up: ${{ docks: 'offloading', lanes: 'the checkpoint', trucks: 'the trucks' }[answer.bottleneck] ?? ''}`));
  }
  await page.finish();
});

test('a plan shares the loads as the program does, and says why', async () => {
  const page = await room.open('#/plan');
  await settled(page);
  await page.getByLabel('Arrive on').fill('2016-07-28');
  await page.getByLabel('Loads').fill('56');
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.url().includes('/api/v1/plans') && answer.request().method() === 'POST'),
    page.getByRole('button', { name: 'Share out' }).click(),
  ]);
  const plan = await response.json();
  await page.getByText(plan.summary).waitFor();
  await page.getByText(plan.told[0].because).first().waitFor();
  await page.locator('canvas').first().waitFor();
  await page.finish();
});

/** A table of one new area, in the form that the program exports. */
async function sheetOfAreas() {
  const text = await fetch(`${room.address}/api/v1/areas.csv?code=SY-DARAYA`).then((answer) => answer.text());
  return text.replace(/^SY-DARAYA,[^,]*,/m, 'SY-ROOM,,');
}

test('a broken sheet is told row by row and nothing of it is kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'passage-sheet-'));
  const file = join(folder, 'areas.csv');
  const [names, tags, row] = (await sheetOfAreas()).trim().split('\n');
  writeFileSync(file, [names, tags, row.replace(',36.23,', ',abc,'), row.replace('SY-ROOM,', 'SY-ROOM-B,').replace(',33.46,', ',95,')].join('\n'));
  const page = await room.open('#/data', { as: 'coordinator' });
  page.expected = (line) => /422/.test(line);
  await settled(page);
  await page.setInputFiles('input[type="file"]', file);
  await page.getByRole('button', { name: 'Try' }).click();
  await page.getByText(/Problems: \d+/).first().waitFor();
  const told = await page.innerText('main');
  assert.ok(told.includes('95') && told.includes('abc'), told);
  // To mend the sheet beside it, as a file.
  const list = await page.locator('.import-problems .as-file').getByRole('link', { name: 'CSV' }).getAttribute('href');
  const rows = await page.evaluate(async (at) => (await fetch(at)).text(), list);
  assert.ok(rows.includes(',abc,') && rows.includes(',95,'), rows);
  assert.equal((await room.ask('/api/v1/areas?code=SY-ROOM')).body.total, 0);
  rmSync(folder, { recursive: true });
  await page.finish();
});

test('a sheet without faults is tried, committed and taken back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'passage-sheet-'));
  const file = join(folder, 'areas.csv');
  writeFileSync(file, await sheetOfAreas());
  const page = await room.open('#/data', { as: 'coordinator' });
  page.expected = (line) => /422|409/.test(line);
  await settled(page);
  await page.setInputFiles('input[type="file"]', file);
  await page.getByRole('button', { name: 'Try' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported.', { exact: true }).waitFor();
  assert.equal((await room.ask('/api/v1/areas?code=SY-ROOM')).body.total, 1);
  // The one that was just made, and not the history that the demo brought.
  const made = page.locator('li').filter({ hasText: 'areas.csv' }).filter({ hasNotText: 'sources.csv' });
  await made.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByLabel('Why').fill('a trial');
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText(/Undone by/).first().waitFor();
  assert.equal((await room.ask('/api/v1/areas?code=SY-ROOM')).body.total, 0);
  rmSync(folder, { recursive: true });
  await page.finish();
});

test('lists are offered to whoever may read them, and come whole', async () => {
  const offered = async (as) => {
    const page = await room.open('#/data?show=export', { as });
    // What is offered follows from who reads, which is told after the page has begun.
    await page.getByText(as ? 'Demo coordinator' : 'Log in').waitFor();
    await page.locator(`a[href="/api/v1/${as ? 'imports' : 'changes'}.csv"]`).waitFor();
    const links = await page.locator('.form-links a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    await page.finish();
    return links;
  };
  const [open, own] = [await offered(null), await offered('coordinator')];
  assert.ok(own.includes('/api/v1/imports.csv?table=problems') && own.includes('/api/v1/deliveries.csv'), 'what a coordinator may read');
  assert.ok(!open.some((link) => /v1.(imports|deliveries)\b/.test(link)) && open.includes('/api/v1/changes.csv'), 'what everybody may read');
  assert.ok(!own.some((link) => /users|tokens/.test(link)), 'what admins alone may read');
  const rows = async (path) => (await (await fetch(room.address + path)).text()).trim().split('\n').length - 2;
  assert.equal(await rows(open.find((link) => link.startsWith('/api/v1/sources.csv'))), (await room.ask('/api/v1/sources?limit=1')).body.total);
});

test('when the program is gone the page says so and keeps what it has', async () => {
  const page = await room.open('#/now');
  page.expected = (line) => /Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|Worker failed to load/.test(line);
  await settled(page);
  const before = await page.innerText('h1');
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Alerts' }).first().click();
  await page.getByText('The line to Passage is down').waitFor();
  await page.getByRole('link', { name: 'Now' }).first().click();
  assert.equal(await page.innerText('h1'), before);
  await page.finish();
});

test('play moves both clocks on by itself until it is stopped', async () => {
  const page = await room.open('#/now');
  await settled(page);
  await page.getByRole('button', { name: /^Now/ }).click();
  await page.getByRole('button', { name: 'Play' }).click();
  const days = new Set();
  const read = async () => new URLSearchParams((await page.evaluate(() => location.hash)).split('?')[1]).get('as_of');
  const begun = Date.now();
  while (days.size < 4 && Date.now() - begun < 20_000) {
    const day = await read();
    if (day) days.add(day);
    await page.waitForTimeout(200);
  }
  assert.ok(days.size >= 4, [...days].join());
  assert.deepEqual([...days], [...days].sort());
  await page.getByRole('button', { name: 'Stop' }).click();
  const stopped = await read();
  await page.waitForTimeout(2_500);
  assert.equal(await read(), stopped);
  await page.finish();
});

test('the language changes in place, and what a person chose is kept', async () => {
  const page = await room.open('#/areas');
  await settled(page);
  await page.getByLabel('Language').selectOption('ar');
  await page.getByRole('heading', { name: 'المناطق' }).waitFor();
  await page.goto(`${room.address}/#/convoys`);
  await page.reload();
  await page.getByRole('heading', { name: 'القوافل' }).first().waitFor();
  await page.finish();
});
