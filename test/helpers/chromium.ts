// One Chromium for the tests of pages: an application served on loopback, pages that tell what they asked for and complained of, and what is
// wrong with an address in both languages and themes and in both widths, found with two loadings.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { findBrowser } from '../../crawlers/index.js';

/** Where Chromium is; null where there is none, and the tests that need it are skipped. */
export const executable = await findBrowser();
if (executable === null) console.warn('no browser: what needs Chromium is not tested');

/** Milliseconds in which a browser must do what it is told: only what hangs takes as long. */
export const patienceMs = 120_000;

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable!,
    timeout: patienceMs,
    args: ['--no-sandbox', '--headless=shell', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage'],
  });

export interface OpenPage {
  page: Page;
  /** Addresses that were asked for. */
  asked: string[];
  /** Errors and warnings of the console, faults of scripts, dialogs. */
  complaints: string[];
  close(): Promise<void>;
}

export interface ServedApp {
  base: string;
  open(path: string, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** Serves an application for a browser. */
export async function serveFor(
  browser: Browser,
  app: { fetch(request: Request): Response | Promise<Response> },
): Promise<ServedApp> {
  const server = createAdaptorServer({ fetch: (request) => app.fetch(request) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    async open(path, options = {}) {
      const context = await browser.newContext({ locale: 'zh-CN', ...options });
      context.setDefaultTimeout(patienceMs);
      const page = await context.newPage();
      const [asked, complaints]: [string[], string[]] = [[], []];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => complaints.push(`dialog ${dialog.message()}`));
      await page.goto(base + path, { waitUntil: 'load' });
      return { page, asked, complaints, close: () => context.close() };
    },
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What hangs on the words of a page, not on its colours. */
const rulesOfWords = ['html-has-lang', 'html-lang-valid', 'valid-lang', 'document-title', 'link-name', 'button-name']
  .concat(['label', 'select-name', 'image-alt', 'svg-img-alt', 'aria-command-name', 'summary-name', 'empty-heading'])
  .concat(['label-content-name-mismatch', 'frame-title', 'landmark-unique']);

async function violations(page: Page, only: readonly string[] | null): Promise<string[]> {
  // The source is evaluated from without, so that it needs no leave of the page's policy.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe);
  return page.evaluate(async (rules) => {
    const { axe: run } = globalThis as unknown as {
      axe: { run(o: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const options = rules === null ? {} : { runOnly: { type: 'rule', values: rules } };
    const found = await run.run({ iframes: false, resultTypes: ['violations'], ...options });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 3)}`);
  }, only);
}

/** Sets the theme of a page as its address would, without asking for it again. */
const setTheme = (page: Page, theme: 'light' | 'dark') =>
  page.evaluate(`document.documentElement.dataset.theme = '${theme}';
    document.querySelector('meta[name=color-scheme]')?.setAttribute('content', '${theme}')`);

/**
 * What is wrong with an address: all rules of axe-core in Chinese and light, colours in dark, names and languages in English, and
 * in both languages whatever is wider than windows of 1440 and 390 pixels.
 */
export async function faultsOf(page: Page, address: string): Promise<string[]> {
  const faults: string[] = [];
  const ask = async (lang: string) => {
    const url = new URL(address);
    url.searchParams.set('lang', lang);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(url.href, { waitUntil: 'load' });
    await setTheme(page, 'light');
  };
  const note = (about: string, found: readonly string[]) => faults.push(...found.map((each) => `${about}: ${each}`));
  const widths = async (lang: string) => {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (wide > width) note(lang, [`${wide} pixels wide in a window of ${width}`]);
    }
  };
  await ask('zh');
  note('zh light', await violations(page, null));
  await setTheme(page, 'dark');
  note('zh dark', await violations(page, ['color-contrast']));
  await widths('zh');
  await ask('en');
  note('en', await violations(page, rulesOfWords));
  await widths('en');
  return faults.map((each) => `${new URL(address).pathname}${new URL(address).search} ${each}`);
}
