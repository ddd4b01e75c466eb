// Forms under the hands of somebody with a keyboard: what is known is checked at once, and the keyboard is never lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, start, until } from './room.mjs';

let room;
before(async () => (room = await start()));
after(() => room?.stop());

const isOfLine = (line) => /Failed to load resource|ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(line);

/** What has the keyboard, as it is read; nothing where it was lost. */
const focused = (page) =>
  page.evaluate(() => {
    const { activeElement: held, body } = document;
    if (held === body) return null;
    return (held.labels?.[0]?.innerText || held.getAttribute('aria-label') || held.innerText).replaceAll('\n', ' ');
  });

async function form(page, code, area = 'SY-DARAYA') {
  await page.getByLabel('How it travels').selectOption('cross_line');
  await page.getByLabel('Date').fill('2016-07-26');
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByLabel('Areas').fill(area);
  await page.keyboard.press('Enter');
}

async function opened(path) {
  const page = await room.open(path, { as: 'coordinator' });
  page.expected = isOfLine;
  await settled(page);
  // The list of areas is there: it offers what is typed.
  if (path.includes('post')) {
    await page.getByLabel('Areas').fill('Dara');
    await page.getByRole('option', { name: 'Darayya' }).waitFor();
    await page.getByLabel('Areas').fill('');
  }
  return page;
}

test('after a convoy was sent the keyboard is where it says what came of it', async () => {
  const page = await opened('#/convoys?show=post');
  await form(page, 'no code!');
  await page.getByRole('button', { name: 'Send' }).press('Enter');
  await page.locator('[aria-invalid="true"]').waitFor();
  await until(async () => (await focused(page)) === 'Code');
  await page.getByLabel('Code', { exact: true }).fill('CV-KEYS-1');
  await page.getByRole('button', { name: 'Send again' }).press('Enter');
  await page.getByText('Taken: CV-KEYS-1').waitFor();
  await until(async () => /Taken: CV-KEYS-1/.test(await focused(page)));

  await page.goto(`${room.address}/?language=en#/convoys?show=post`);
  await settled(page);
  await form(page, 'CV-KEYS-2');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Send' }).press('Enter');
  await page.getByText('Kept here and on its way').waitFor();
  await until(async () => /^Kept here and on its way.*while a page of Passage is open/.test(await focused(page)));
  await page.finish();
});

test('a silence that is opened by a key has the keyboard', async () => {
  const page = await opened('#/alerts');
  await page.getByRole('button', { name: 'Silence', exact: true }).first().press('Enter');
  await page.locator('form.alert-form').waitFor();
  await until(async () => /^Rule/.test(await focused(page)));
  await page.finish();
});

test('an area that is not on record is refused beside its field, also without a line', async () => {
  const page = await opened('#/convoys?show=post');
  // Arrow and Enter take what is offered.
  await page.getByLabel('Areas').pressSequentially('Dara');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take Darayya away' }).waitFor();
  await page.context().setOffline(true);
  await form(page, 'CV-KEYS-3', 'Nowhere');
  await page.getByText('“Nowhere” is no code or name on record').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Take Nowhere away' }).count(), 0);
  await page.getByRole('button', { name: 'Send' }).press('Enter');
  await until(async () => (await focused(page)) === 'Areas');
  assert.equal(await page.getByText('Kept here and on its way').count(), 0);
  await page.getByLabel('Areas').fill('');
  await page.getByRole('button', { name: 'Send' }).press('Enter');
  await page.getByText('Kept here and on its way').waitFor();
  await page.finish();
});

test('where the list of areas never came the form says that it cannot check them', async () => {
  const page = await room.open('#/convoys', { as: 'coordinator' });
  page.expected = isOfLine;
  await settled(page);
  await page.route('**/api/v1/areas*', (route) => route.abort());
  await page.reload();
  await page.getByRole('link', { name: 'Post a convoy' }).click();
  await page.getByText('cannot be checked now').first().waitFor();
  await page.getByLabel('Areas').fill('SY-DARAYA');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take SY-DARAYA away' }).waitFor();
  await page.finish();
});

test('an alert that was taken on and then silenced says both, and is not offered another silence', async () => {
  const page = await opened('#/alerts');
  await page.getByRole('button', { name: 'Acknowledge' }).first().waitFor();
  const { body } = await room.ask('/api/v1/alerts');
  const { life } = body.data[0];
  const row = page.locator(`[id="alert-${life.id}"]`);
  await row.getByRole('button', { name: 'Acknowledge' }).click();
  await row.locator('form.alert-form button[type="submit"]').click();
  await row.getByText('Acknowledged by Demo coordinator').waitFor();
  await row.getByRole('button', { name: 'Silence', exact: true }).click();
  await row.getByLabel('Reason').fill('the hub is at it');
  await row.getByRole('button', { name: 'Keep quiet' }).click();
  await row.getByText('the hub is at it').waitFor();
  const told = (await row.locator('.alert-standing').innerText()).replaceAll('\n', ' ');
  assert.match(told, /Acknowledged by Demo coordinator.*Kept quiet by a silence SI-\w+\W+Ends: 28 Jul 2016, 23:59 UTC\W+Why: the hub is at it/);
  assert.equal(await row.getByRole('button', { name: 'Silence', exact: true }).count(), 0);
  await row.screenshot({ path: process.env.SHOT ?? '/dev/null', type: 'png' });
  await page.finish();
});
