// In a real browser, under the real policies: from a record to its sentence marked in the archived page, the same without scripts, and
// nothing from elsewhere asked for. What axe-core finds on these pages: test/web/pages/browser.test.ts.
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executable, launch, type ServedApp, serveFor } from '../../helpers/chromium.js';
import { hostilePage } from './hostile.js';
import { type EvidenceStudy, makeEvidenceStudy, type RecordRow, recordsOf } from './study.js';

describe.skipIf(executable === null)('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let server: ServedApp;
  let base: string;
  let study: EvidenceStudy;
  let row: RecordRow;

  beforeAll(async () => {
    [study, browser] = await Promise.all([makeEvidenceStudy(), launch()]);
    await study.add('https://site.example/hostile.html', hostilePage('http://evil.example'));
    row = (await recordsOf(study.corpus)).find(({ quote }) => quote === '47所')!;
    server = await serveFor(browser, study.app);
    base = server.base;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await study?.remove();
  });

  const open = (...given: Parameters<ServedApp['open']>) => server.open(...given);

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
    const citation = await page.locator('.copyable pre').first().textContent();
    expect(citation).toContain('[EB/OL]');
    await expect.poll(() => page.evaluate<string>('navigator.clipboard.readText()')).toBe(citation);
    await close();
  });

  it('a mark of a chart opens its record beside the chart', async () => {
    const { page, complaints, close } = await open('/compare?view=charts');
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
    const { page, close } = await open('/compare?view=charts', { javaScriptEnabled: false });
    const link = page.locator('svg.chart a').first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/record\//);
    await close();
  });
});
