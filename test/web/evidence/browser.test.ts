// In a real browser, under the real policies: from a record to its sentence marked in the archived page, the same without scripts, nothing
// from elsewhere asked for, and no fault that axe-core finds, in both languages and themes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { jsx } from 'hono/jsx';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../crawlers/index.js';
import { compare, comparePractices } from '../../../src/corpus.js';
import { ChartsView } from '../../../src/web/charts/index.js';
import { compareQueryOf } from '../../../src/web/compare-query.js';
import type { WebEnv } from '../../../src/web/context.js';
import { page as pageOf } from '../../../src/web/layout.js';
import { hostilePage } from './hostile.js';
import { codebook, type EvidenceStudy, makeEvidenceStudy, type RecordRow, recordsOf } from './study.js';

const executable = await findBrowser();
if (executable === null) console.warn('no browser: evidence and charts in Chromium are not tested');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(executable === null)('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let server: ServerType;
  let base: string;
  let study: EvidenceStudy;
  let row: RecordRow;

  beforeAll(async () => {
    study = await makeEvidenceStudy();
    await study.add('https://site.example/hostile.html', hostilePage('http://evil.example'));
    row = (await recordsOf(study.corpus)).find(({ quote }) => quote === '47所')!;
    const charts = new Hono<WebEnv>();
    charts.get('/probe', async (c) => {
      const comparison = await compare(c.var.corpus, compareQueryOf(c), codebook);
      const matrix = await comparePractices(c.var.corpus, {}, codebook);
      const options = { title: 'charts', isWide: true, styles: ['charts.css'] };
      return pageOf(c, options, [
        jsx('h1', {}, 'charts'),
        jsx('h2', {}, 'charts'),
        jsx(ChartsView, { c, comparison, matrix }),
      ]);
    });
    study.app.route('/', charts);
    server = createAdaptorServer({ fetch: study.app.fetch });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: executable!,
      args: ['--no-sandbox', '--headless=shell', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await study?.remove();
  });

  /** Opens a page; gives what it asked for and what it complained of. */
  async function open(path: string, options: BrowserContextOptions = {}, theme = 'light') {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: 'theme', value: theme, url: base }]);
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(base + path, { waitUntil: 'load' });
    return { page, asked, complaints, close: () => context.close() };
  }

  /** The passage in the frame of a page of ours. */
  async function passageIn(page: Page) {
    await page.locator('iframe.archived').scrollIntoViewIfNeeded();
    const frame = page.frameLocator('iframe.archived');
    await frame.locator('#passage').waitFor();
    return frame;
  }

  it.each([true, false])(
    'a record leads to its sentence in the archived page (scripts: %s)',
    async (javaScriptEnabled) => {
      const { page, asked, complaints, close } = await open(`/record/${row.id}`, { javaScriptEnabled });
      const frame = await passageIn(page);
      expect(await frame.locator('#passage').textContent()).toBe('47所');
      expect(await frame.locator('.good').textContent()).toContain(row.id);
      await page.locator('a.chief').click();
      await page.waitForURL(/\/snapshot\/\d+\?record=/);
      const full = await passageIn(page);
      const [mark, box] = [await full.locator('#passage').boundingBox(), await page.locator('iframe').boundingBox()];
      expect(mark!.y).toBeGreaterThan(box!.y);
      expect(mark!.y + mark!.height).toBeLessThan(box!.y + box!.height);
      expect(asked.filter((url) => !url.startsWith(base) && !url.startsWith('data:'))).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('the frame has an origin of its own and runs nothing', async () => {
    const { page, close } = await open(`/record/${row.id}`);
    await passageIn(page);
    const reach = await page.evaluate(() => {
      const frame = (globalThis as unknown as { document: { querySelector(s: string): { contentDocument: unknown } } })
        .document;
      return frame.querySelector('iframe.archived').contentDocument === null;
    });
    expect(reach).toBe(true);
    expect(await page.frameLocator('iframe.archived').locator('script, [onclick], [src], [href]').count()).toBe(0);
    await close();
  });

  it('copies a citation', async () => {
    const { page, close } = await open(`/record/${row.id}`, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('[data-copy]').first().click();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toBe(await page.locator('.copyable pre').first().textContent());
    expect(copied).toContain('[EB/OL]');
    await close();
  });

  it('a mark of a chart opens its record beside the chart', async () => {
    const { page, complaints, close } = await open('/probe');
    const link = page.locator('svg.chart a').first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.locator('.drawer .evidence').waitFor();
    const id = await link.getAttribute('data-record');
    expect(await page.locator('.drawer .evidence').getAttribute('data-record')).toBe(id);
    expect(await page.locator('.drawer .full-page').getAttribute('href')).toBe(`${base}/record/${id}`);
    expect(complaints).toEqual([]);
    await close();
  });

  it('a mark of a chart is reached by keys and leads to its record without a script', async () => {
    const { page, close } = await open('/probe', { javaScriptEnabled: false });
    const link = page.locator('svg.chart a').first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/record\//);
    await close();
  });

  const pages = (): [name: string, path: string][] => [
    ['record', `/record/${row.id}`],
    ['snapshot', `/snapshot/${row.snapshot}?record=${row.id}`],
    ['archived page', `/snapshot/${row.snapshot}/page?record=${row.id}`],
    ['gone', '/record/none'],
    ...['strip', 'multiples', 'series', 'practices'].map((kind): [string, string] => [kind, `/probe?chart=${kind}`]),
  ];

  // Colours hang on the theme alone and words on the language alone: two runs meet each of both on every page.
  it.each([
    ['zh', 'light'],
    ['en', 'dark'],
  ])('axe-core finds nothing (%s, %s)', async (language, theme) => {
    const found: string[] = [];
    const { page, close } = await open('/record/none', { bypassCSP: true }, theme);
    for (const [name, path] of pages()) {
      await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate(async () => {
        const { axe: run } = globalThis as unknown as {
          axe: { run(o: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await run.run({ iframes: false })).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3)}`,
        );
      });
      found.push(...violations.map((each) => `${name} ${each}`));
    }
    await close();
    expect(found).toEqual([]);
  });

  it.each([1440, 390])('nothing is wider than a window of %i pixels', async (width) => {
    const { page, close } = await open('/record/none', { viewport: { width, height: 900 } });
    for (const [name, path] of pages()) {
      await page.goto(base + path);
      const beyond = await page.evaluate(
        () =>
          (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document.documentElement
            .scrollWidth,
      );
      expect(beyond, name).toBeLessThanOrEqual(width);
    }
    await close();
  });
});
