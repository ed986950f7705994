// Charts on the web: as files with title, source and date; as a view with a table under each drawing whose values are those of the
// comparison; and what is said where there is nothing to draw.
import { load } from 'cheerio';
import { Hono } from 'hono';
import { jsx } from 'hono/jsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../crawlers/index.js';
import { compare, comparePractices } from '../../../src/corpus.js';
import { webApp } from '../../../src/web/app.js';
import { ChartsView } from '../../../src/web/charts/index.js';
import { compareQueryOf } from '../../../src/web/compare-query.js';
import type { WebEnv } from '../../../src/web/context.js';
import { page } from '../../../src/web/layout.js';
import { type ExportStudy, makeExportStudy } from '../../export/study.js';
import { codebook } from '../evidence/study.js';

let study: ExportStudy;
let app: Hono<WebEnv>;
beforeAll(async () => {
  study = await makeExportStudy();
  app = webApp({ corpus: study.corpus, codebook });
  const probe = new Hono<WebEnv>();
  probe.get('/probe', async (c) => {
    const query = compareQueryOf(c);
    const comparison = await compare(c.var.corpus, query, codebook);
    const matrix = await comparePractices(c.var.corpus, query.counties ? { counties: query.counties } : {}, codebook);
    return page(c, { title: 'charts', styles: ['charts.css'] }, jsx(ChartsView, { c, comparison, matrix }));
  });
  app.route('/', probe);
});
afterAll(() => study.remove());

const get = async (path: string) => {
  const answer = await app.request(path);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, $: load(text) };
};

const both = 'county=990101,990102';

describe('a chart as a file', () => {
  it('is an SVG with title, source, conditions and date, under the name of the indicator', async () => {
    const { status, headers, text } = await get(`/charts/strip.svg?${both}&indicator=school_count`);
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('image/svg+xml; charset=utf-8');
    expect(headers.get('Content-Disposition')).toMatch(
      /^attachment; filename="strip\.svg"; filename\*=UTF-8''%E5%AD%A6/,
    );
    const $ = load(text, { xml: true });
    expect($('svg').attr('xmlns')).toBe('http://www.w3.org/2000/svg');
    const words = $('text').text();
    expect(words).toContain('学校数');
    expect(words).toMatch(/2 个县区中 1 个有可比的值。/);
    expect(words).toContain('corpus.sqlite');
    expect(words).toContain(new Date().toISOString().slice(0, 10));
    expect(words).toContain('counties=990101,990102; indicators=school_count');
    expect(words).toContain('未提及');
    expect($('a').first().attr('href')).toMatch(/^http:\/\/localhost\/record\/1-00\d$/);
  });

  it('shows stored text as text, and no control that turns writing', async () => {
    for (const period of ['2019', '2020', '2021', '2022']) {
      const { text } = await get(`/charts/strip.svg?${both}&period=${period}`);
      expect(text).not.toMatch(/<script|\u202e|\u0007/);
      expect(() => load(text, { xml: true })).not.toThrow();
    }
    expect((await get(`/charts/strip.svg?${both}&period=2021`)).text).toContain('&lt;script&gt;alert(1)');
  });

  it.each(['series', 'multiples', 'practices'])('is drawn as %s too', async (kind) => {
    const { status, text } = await get(`/charts/${kind}.svg?${both}&lang=en`);
    expect(status).toBe(200);
    const $ = load(text, { xml: true });
    expect($('a').length).toBeGreaterThan(0);
    expect($('text').text()).toContain('Source: xianjian corpus');
  });

  it('can be one row by its key', async () => {
    const { $ } = await get(`/probe?${both}`);
    const link = $('figcaption a').first().attr('href')!;
    expect(link).toMatch(/^\/charts\/strip\.svg\?.*row=school_count/);
    expect((await get(link)).status).toBe(200);
    expect((await get(`/charts/strip.svg?${both}&row=no.such.row`)).status).toBe(404);
  });

  it('says what to do where there is nothing to draw, or where the question is wrong', async () => {
    const none = await get('/charts/strip.svg?county=990102');
    expect(none.status).toBe(404);
    expect(none.text).toMatch(/没有这张图.*对比页/s);
    expect((await get('/charts/pie.svg')).status).toBe(404);
    expect((await get('/charts/strip.svg?stage=nonsense')).status).toBe(400);
    expect((await get('/charts/strip.svg?indicator=nonsense')).status).toBe(400);
  });
});

describe('a chart as PNG', () => {
  it('is drawn by an installed browser; without one the page says so', async () => {
    const named = process.env.XIANJIAN_CHROMIUM;
    process.env.XIANJIAN_CHROMIUM = '/no/such/browser';
    try {
      const { status, text } = await get(`/charts/strip.png?${both}&lang=en`);
      expect(status).toBe(503);
      expect(text).toMatch(/cannot make a PNG.*Download the SVG/s);
    } finally {
      if (named === undefined) delete process.env.XIANJIAN_CHROMIUM;
      else process.env.XIANJIAN_CHROMIUM = named;
    }
  });

  it('has twice the size of the drawing', async (context) => {
    if ((await findBrowser()) === null) return context.skip('no browser: PNG is not tested');
    const [svg, png] = [await get(`/charts/strip.svg?${both}`), await app.request(`/charts/strip.png?${both}`)];
    expect(png.headers.get('Content-Type')).toBe('image/png');
    const bytes = Buffer.from(await png.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    const $ = load(svg.text, { xml: true });
    expect(bytes.readUInt32BE(16)).toBe(2 * Number($('svg').attr('width')));
    expect(bytes.readUInt32BE(20)).toBe(2 * Number($('svg').attr('height')));
  });
});

describe('the view', () => {
  it('has under each drawing a table with the values of the comparison and the reasons', async () => {
    const comparison = await compare(study.corpus, { counties: ['990101', '990102'] }, codebook);
    const told = comparison.cells.flat().flatMap(({ chosen }) => (chosen ? [chosen.id] : []));
    const { $ } = await get(`/probe?${both}`);
    expect($('figure').length).toBeGreaterThan(0);
    expect($('figure table').length).toBe($('figure').length);
    const inTables = $('figure table td.number a')
      .toArray()
      .map((link) => $(link).attr('data-record'));
    const inDrawings = $('figure svg a')
      .toArray()
      .map((link) => $(link).attr('data-record'));
    expect([...inTables].sort()).toEqual([...new Set(told)].sort());
    expect(inDrawings).toEqual(expect.arrayContaining(inTables));
    expect($('figure table').first().text()).toContain('未提及');
  });

  it.each([
    ['series', 'td.number a'],
    ['multiples', 'td a'],
    ['practices', 'td a'],
  ])('shows %s with its table', async (kind, cells) => {
    const { $ } = await get(`/probe?${both}&chart=${kind}`);
    expect($('nav a[aria-current]').text()).not.toBe('点图');
    expect($('figure svg').length).toBeGreaterThan(0);
    expect($(`figure table ${cells}`).length).toBeGreaterThan(0);
    expect($('figcaption a').first().attr('href')).toMatch(new RegExp(`^/charts/${kind}\\.svg`));
  });

  it('keeps the conditions of the address in tabs and downloads', async () => {
    const { $ } = await get(`/probe?${both}&period=2019..2022&chart=series&from=0`);
    for (const link of $('.tabs a, figcaption a').toArray()) {
      expect($(link).attr('href')).toContain('period=2019..2022');
      expect($(link).attr('href')).toContain(both);
    }
  });

  it('draws at most 30 counties at a time and says so', async () => {
    const many = Array.from({ length: 99 }, (_, i) => String(990101 + i)).slice(0, 90);
    const first = await get(`/probe?county=${many.join(',')}`);
    expect(first.$('.links span').first().text()).toContain('第 1–30 个县区，共 90 个');
    expect(first.$('figure').first().find('tbody tr').length).toBe(30);
    const second = await get(first.$('.charts > p.links a').first().attr('href')!);
    expect(second.$('.links span').first().text()).toContain('第 31–60 个县区');
    expect(second.$('figure').first().find('tbody th').first().text()).toBe('990131');
  });

  it('says what is missing where there is nothing', async () => {
    expect((await get('/probe?county=990102')).$('.notice').text()).toContain('没有可画的数');
    expect((await get('/probe?county=990102&chart=series')).$('.notice').text()).toContain('年份');
    expect((await get('/probe?county=990102&chart=practices')).$('.notice').text()).toContain('做法');
  });

  it('names its colours for both themes', async () => {
    const { text } = await get(`/probe?${both}`);
    const style = await (await app.request(/href="(\/static\/charts\.[^"]+)"/.exec(text)![1]!)).text();
    const used = new Set([...text.matchAll(/class="([^"]*\bc-[^"]*)"/g)].flatMap(([, names]) => names!.split(' ')));
    for (const name of used) expect(style, name).toContain(`.${name}`);
    for (let i = 0; i < 7; i++) expect(style.match(new RegExp(`--s${i}:`, 'g'))).toHaveLength(3);
  });
});
