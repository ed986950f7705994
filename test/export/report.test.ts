// The report: everything in one file, nothing from elsewhere, nothing stored that becomes markup, every link with its target.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCodebook } from '../../extractors/index.js';
import { html } from '../../src/export/html.js';
import { writeReport } from '../../src/export/report.js';
import { type ExportStudy, makeExportStudy } from './study.js';

const codebook = loadCodebook('education');
let study: ExportStudy;
let source: string;
beforeAll(async () => {
  study = await makeExportStudy();
  const path = join(study.folder, '报告.html');
  await writeReport(study.corpus, { counties: ['990101', '990102'], period: '2021' }, codebook, path);
  source = readFileSync(path, 'utf8');
});
afterAll(() => study.remove());

describe('a report', () => {
  it('shows the value with period and status, its sentence and source, and why the other county has none', () => {
    const $ = load(source);
    const cells = $('section').first().find('tbody tr').first().find('td');
    expect(cells.eq(0).text()).toMatch(/14所.*2021 实际/s);
    expect(cells.eq(1).text()).toContain('未提及 not mentioned');
    const evidence = $($('tbody a').first().attr('href')!);
    expect(evidence.text()).toContain('<script>alert(1)</script>&amp;');
    expect(evidence.text()).toMatch(/-1\+1 990101年报，2024-02-28/);
    expect(evidence.find('a').attr('href')).toBe('http://one.example/a?x=1&y=2');
  });

  it('says its filter, date, version and number of rows', () => {
    expect(load(source)('dl').text()).toMatch(/period: 2021.*行数 rows1.*20\d\d-\d\d-\d\dT.*xianjian \d/s);
  });

  it('runs and loads nothing', () => {
    const $ = load(source);
    expect($('script, link, img, iframe, object, base, form, [onclick], [onload], [src]')).toHaveLength(0);
    expect($('style').text()).not.toMatch(/url\(|@import|@font-face/);
    expect($('meta[http-equiv=Content-Security-Policy]').attr('content')).toContain("default-src 'none'");
    expect($('html').attr('lang')).toBe('zh-CN');
  });

  it('has a target for each of its own links', () => {
    const $ = load(source);
    const broken = $('a[href^="#"]')
      .map((_, link) => $(link).attr('href')!)
      .get()
      .filter((href) => $(`[id="${href.slice(1)}"]`).length !== 1);
    expect(broken).toEqual([]);
    expect($('a[href^="#"]').length).toBeGreaterThan(3);
  });

  it('is not written where nothing fits', async () => {
    const path = join(study.folder, 'none.html');
    expect(await writeReport(study.corpus, { counties: ['990102'], period: '2021' }, codebook, path)).toBeNull();
  });
});

describe('html', () => {
  it('escapes texts and keeps its own markup', () => {
    const inner = html`<b>${'<'}</b>`;
    expect(html`<p title="${'"\''}">${[inner, 'a&b', 3, null]}\u202e</p>`.text).toBe(
      '<p title="&quot;&#39;"><b>&lt;</b>a&amp;b3\u202e</p>',
    );
    expect(html`${'\u202e\u0000'}`.text).toBe('\ufffd\ufffd');
  });
});
