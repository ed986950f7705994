// The pages in a real browser: from the overview to a sentence by mouse, by keys and without scripts; a shared address; language and theme;
// nothing from elsewhere; no fault that axe-core finds; nothing wider than the window.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../crawlers/index.js';
import type { EvidenceStudy } from '../evidence/study.js';
import { makePagesStudy } from './study.js';

const executable = await findBrowser();
if (executable === null) console.warn('no browser: the pages in Chromium are not tested');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const everyPage = [
  '/',
  '/compare',
  '/compare?view=practices',
  '/compare?view=charts',
  '/compare?period=1999',
  '/search',
  '/search?q=小学',
  '/search?q=无此词',
  '/search?document=1',
  '/c',
  '/c/990101',
  '/data',
  '/data?view=practices',
  '/data?view=standards',
  '/data?view=schema',
  '/data?view=sql&sql=select+1',
  '/data?view=sql&sql=delete',
  '/data?view=export',
  '/status',
];

describe.skipIf(executable === null)('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let server: ServerType;
  let base: string;
  let study: EvidenceStudy;

  beforeAll(async () => {
    study = await makePagesStudy();
    server = createAdaptorServer({ fetch: study.app.fetch });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: executable!,
      args: ['--no-sandbox', '--headless=shell', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await study?.remove();
  });

  async function open(path: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ locale: 'zh-CN', ...options });
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(`dialog ${dialog.message()}`));
    await page.goto(base + path, { waitUntil: 'load' });
    return { page, asked, complaints, close: () => context.close() };
  }

  const passageIn = async (page: Page): Promise<string | null> => {
    await page.locator('iframe.archived').scrollIntoViewIfNeeded();
    const passage = page.frameLocator('iframe.archived').locator('#passage');
    await passage.waitFor();
    return passage.textContent();
  };

  it('by mouse: overview, compare, a cell, its sentence, the archived page', async () => {
    const { page, asked, complaints, close } = await open('/');
    await page.locator('nav a[href="/compare"]').click();
    await page.waitForURL(/\/compare/);
    const cell = page.locator('table.matrix td a', { hasText: '47所' });
    await cell.click();
    await page.locator('.drawer .sentence').waitFor();
    expect(await page.locator('.drawer .sentence').textContent()).toContain('全县共有小学47所');
    expect(new URL(page.url()).pathname).toBe('/compare');
    expect(await passageIn(page)).toBe('47所');
    await page.keyboard.press('Escape');
    expect(await page.locator('.drawer').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('47所');
    expect(asked.filter((url) => !url.startsWith(base) && !url.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('by keys only: overview, compare, along the cells, the drawer follows', async () => {
    const { page, close } = await open('/');
    const tabTo = async (wanted: string) => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(wanted)})`)) return;
      }
      throw new Error(`${wanted} is not reached by Tab`);
    };
    await tabTo('nav a[href="/compare"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/compare/);
    await tabTo('table.matrix td a[data-record]');
    const first = await page.evaluate<string>('document.activeElement.dataset.record');
    await page.keyboard.press('Enter');
    await page.locator(`.drawer [data-record="${first}"]`).first().waitFor();
    await page.keyboard.press('ArrowDown');
    const second = await page.evaluate<string>('document.activeElement.dataset.record');
    expect(second).not.toBe(first);
    await page.locator(`.drawer .evidence[data-record="${second}"]`).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.dataset.record')).toBe(second);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
    await close();
  });

  it('without scripts: overview, compare, a cell, its page', async () => {
    const { page, close } = await open('/', { javaScriptEnabled: false });
    await page.locator('nav a[href="/compare"]').click();
    await page.locator('input[name="county"]').fill('990101');
    await page.locator('form.filters button').click();
    await page.waitForURL(/county=990101/);
    await page.locator('table.matrix td a', { hasText: '47所' }).click();
    await page.waitForURL(/\/record\//);
    expect(await page.locator('.sentence').textContent()).toContain('全县共有小学47所');
    await close();
  });

  it('a choice asks at once, and the address, opened fresh, shows the same', async () => {
    const { page, close } = await open('/compare');
    await page.locator('select[name="stage"]').selectOption('primary');
    await page.waitForURL(/stage=primary/);
    expect(page.url()).toBe(`${base}/compare?stage=primary`);
    const here = await page.locator('table.matrix').textContent();
    const fresh = await open('/compare?stage=primary');
    expect(await fresh.page.locator('table.matrix').textContent()).toBe(here);
    expect(here).not.toContain('18所');
    await fresh.close();
    await close();
  });

  it('language and theme are switched and kept', async () => {
    const { page, close } = await open('/compare?county=990101');
    expect(await page.locator('h1').textContent()).toBe('对比');
    await page.locator('a.tongue').click();
    await page.waitForURL(/lang=en/);
    expect(await page.locator('h1').textContent()).toBe('Compare');
    await page.locator('[data-theme-switch="dark"]').click();
    await page.waitForURL(/theme=dark/);
    await page.goto(`${base}/status`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await close();
  });

  // Colours hang on the theme alone and words on the language alone: two runs meet each of both on every page.
  it.each([
    ['zh', 'light'],
    ['en', 'dark'],
  ])(
    'axe-core finds nothing (%s, %s)',
    async (language, theme) => {
      const found: string[] = [];
      const { page, close } = await open(`/status?theme=${theme}&lang=${language}`, { bypassCSP: true });
      for (const path of everyPage) {
        await page.goto(base + path);
        expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
        await page.addScriptTag({ content: axe });
        const violations = await page.evaluate(async () => {
          const { axe: run } = globalThis as unknown as {
            axe: { run(o: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          return (await run.run({ iframes: false })).violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 2)}`,
          );
        });
        found.push(...violations.map((each) => `${path} ${each}`));
      }
      await close();
      expect(found).toEqual([]);
    },
    120_000,
  );

  it.each([1440, 390])('nothing is wider than a window of %i pixels', async (width) => {
    const { page, complaints, close } = await open('/', { viewport: { width, height: 900 } });
    for (const path of everyPage) {
      await page.goto(base + path);
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(width);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});
