// The pages in a real browser: from the overview to a sentence by mouse, by keys and without scripts; a shared address; a file; language and
// theme; nothing from elsewhere; no fault that axe-core finds; nothing wider than the window.
import { readFileSync } from 'node:fs';
import XLSX from '@e965/xlsx';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executable, faultsOf, launch, type OpenPage, type ServedApp, serveFor } from '../../helpers/chromium.js';
import { type EvidenceStudy, type RecordRow, recordsOf } from '../evidence/study.js';
import { makePagesStudy } from './study.js';

/** Addresses of every kind of page; of a record `{record}` and its page `{snapshot}`. */
const everyPage = [
  '/',
  '/compare',
  '/compare?view=practices',
  '/compare?view=charts',
  '/compare?view=charts&chart=multiples',
  '/compare?view=charts&chart=series',
  '/compare?view=charts&chart=practices',
  '/compare?period=1999',
  '/compare?county=无此县',
  '/search',
  '/search?q=小学',
  '/search?q=无此词',
  '/search?document=1',
  '/c',
  '/c/990101',
  '/review',
  '/data',
  '/data?view=practices',
  '/data?view=standards',
  '/data?view=schema',
  '/data?view=sql&sql=select+1',
  '/data?view=sql&sql=delete',
  '/data?view=export',
  '/status',
  '/api',
  '/record/{record}',
  '/record/none',
  '/snapshot/{snapshot}?record={record}',
  '/snapshot/{snapshot}/page?record={record}',
  '/nowhere',
];

describe.skipIf(executable === null)('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let server: ServedApp;
  let base: string;
  let study: EvidenceStudy;
  let row: RecordRow;

  beforeAll(async () => {
    [study, browser] = await Promise.all([makePagesStudy(), launch()]);
    server = await serveFor(browser, study.app);
    base = server.base;
    row = (await recordsOf(study.corpus)).find(({ quote }) => quote === '47所')!;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await study?.remove();
  });

  const open = (...given: Parameters<ServedApp['open']>): Promise<OpenPage> => server.open(...given);

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

  it('g and a letter lead to a page, ? to the keys; while words are typed neither does', async () => {
    const { page, close } = await open('/');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.waitForURL(`${base}/compare`);
    await page.locator('input[name="county"]').pressSequentially('gs?');
    expect(await page.locator('input[name="county"]').inputValue()).toBe('gs?');
    expect(page.url()).toBe(`${base}/compare`);
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('?');
    await page.waitForURL(`${base}/status#keys`);
    await close();
  });

  it('gives the rows on screen as a workbook', async () => {
    const { page, close } = await open('/compare?county=990101,990102&indicator=school_count');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[href^="/api/v1/compare.xlsx"]').click(),
    ]);
    const book = XLSX.read(readFileSync(await download.path()));
    const rows = book.SheetNames.flatMap((name) =>
      XLSX.utils.sheet_to_json<unknown[]>(book.Sheets[name]!, { header: 1 }).map((cells) => JSON.stringify(cells)),
    );
    const shown = await page
      .locator('table.matrix td a[data-record]')
      .evaluateAll((links) => links.map((link) => (link as unknown as { dataset: { record: string } }).dataset.record));
    expect(shown.length).toBeGreaterThan(2);
    for (const id of shown)
      expect(
        rows.some((cells) => cells.includes(`"${id}"`)),
        id,
      ).toBe(true);
    await close();
  });

  it('the drawer makes no window wider', async () => {
    const { page, close } = await open('/compare', { viewport: { width: 390, height: 844 } });
    await page.locator('table.matrix td a', { hasText: '47所' }).click();
    await page.locator('.drawer .sentence').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(
      await page.evaluate(
        '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector(".drawer"))',
      ),
    ).toBe(0);
    await close();
  });

  describe('nothing is wrong in both languages, themes and widths', () => {
    let checked: OpenPage;
    beforeAll(async () => {
      // An archived page is in a sandbox that lets no script run, axe-core's neither.
      checked = await open('/status', { bypassCSP: true });
    });
    afterAll(() => checked?.close());
    it.each(everyPage)('%s', async (path) => {
      const address = base + path.replaceAll('{record}', row.id).replaceAll('{snapshot}', String(row.snapshot));
      checked.complaints.length = 0;
      expect(await faultsOf(checked.page, address)).toEqual([]);
      // A page that answers with an error is noted by the console too.
      expect(checked.complaints.filter((each) => !/status of (?:400|404)/.test(each))).toEqual([]);
    });
  });
});
