// A program with the history of Syria in it, and a browser that looks at it and keeps a list of all that went wrong.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const { PROGRAM, CHROMIUM } = process.env;

// What the browser asks of hosts elsewhere by itself is turned off, so that what is left are the requests of the page.
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
];

/** Starts the demo in a folder of its own, whose people and tokens it tells. */
export async function start() {
  const data = mkdtempSync(join(tmpdir(), 'passage-room-'));
  const program = spawn(PROGRAM, ['demo', '--data', data, '--listen', '127.0.0.1:0', '--json'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ready = await firstLine(program);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const room = new Room(ready, browser);
  /** Stops the program without ending it, and lets it go on. */
  room.hang = (isSo) => program.kill(isSo ? 'SIGSTOP' : 'SIGCONT');
  room.stop = async () => {
    await browser.close();
    program.kill('SIGTERM');
    await new Promise((done) => program.once('exit', done));
    rmSync(data, { recursive: true, force: true });
  };
  return room;
}

async function firstLine(program) {
  for await (const line of createInterface({ input: program.stdout })) {
    if (line.startsWith('{')) return JSON.parse(line);
  }
  throw new Error('the program did not start');
}

class Room {
  constructor(ready, browser) {
    this.address = ready.listening;
    this.tokens = ready.tokens;
    this.logins = ready.logins;
    this.browser = browser;
  }

  /** Asks the API itself, to hold the page against it. */
  async ask(path, options = {}) {
    const token = this.tokens[options.role ?? 'coordinator'];
    const response = await fetch(this.address + path, {
      ...options,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...options.headers },
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  }

  /**
   * Opens the page with a new profile. `wrong` gathers console errors and requests to elsewhere; `close` fails if there
   * were any that were not expected.
   */
  async open(hash = '', { width = 1280, height = 900, language = 'en', as = null, scheme = 'light' } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.wrong = [];
    page.expected = () => false;
    page.on('console', (message) => message.type() === 'error' && page.wrong.push(message.text()));
    page.on('pageerror', (fault) => page.wrong.push(fault.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.address) && !/^(data|blob):/.test(url)) page.wrong.push(`asked ${url}`);
    });
    page.finish = async () => {
      const wrong = page.wrong.filter((line) => !page.expected(line));
      await context.close();
      assert.deepEqual(wrong, []);
    };
    if (as) await this.#logIn(page, as);
    await page.goto(`${this.address}/?language=${language}${hash}`);
    await page.waitForSelector('main');
    return page;
  }

  async #logIn(page, login) {
    await page.goto(`${this.address}/login`);
    await page.fill('input[name="login"]', login);
    await page.fill('input[name="password"]', this.logins[login]);
    await Promise.all([page.waitForURL(`${this.address}/`), page.click('button')]);
  }
}

/** Waits until nothing on the page is loading. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('main') && !document.querySelector('main .loading, main .asking'));
}

/** Waits until the program has come so far. */
export async function until(isSo, mostMs = 30_000) {
  const begun = Date.now();
  while (!(await isSo())) {
    assert.ok(Date.now() - begun < mostMs, `not so after ${mostMs} ms: ${isSo}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** What axe finds that is serious, as lines to read. */
export async function barriers(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`));
}

/** By how many pixels the page is wider than its window. */
export const overhang = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
