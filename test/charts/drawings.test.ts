// The drawings themselves: every mark is a link with words, standards are lines, a missing county is a word and no mark, a gap is a gap, and
// nothing stored becomes markup. Read back by a parser of XML.
import { type CheerioAPI, load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { loadCodebook } from '../../extractors/index.js';
import { fitting, hues, symbolPath, widthOf, wrapped } from '../../src/charts/drawing.js';
import {
  chartRows,
  DotStrip,
  type DrawOptions,
  Multiple,
  PracticeHeat,
  SmallMultiples,
  TimeSeries,
} from '../../src/charts/index.js';
import { comparisonOf, figure } from './comparison.js';

const options: DrawOptions = { language: 'zh', base: '' };
const xml = (drawing: unknown): CheerioAPI => load(String(drawing), { xml: true });
const rowOf = (...given: Parameters<typeof comparisonOf>) => chartRows(comparisonOf(...given), 'zh')[0]!;

const period = (at: string) => ({ period: { from: at, to: at } });
const dots = ($: CheerioAPI) =>
  $('a circle')
    .toArray()
    .map((dot) => Number($(dot).attr('cx')));

describe('a dot strip', () => {
  const row = rowOf([
    [figure({ id: '1-001', value: 10, ...period('2023') })],
    [],
    [figure({ id: '3-001', value: 20, bound: 'at_least' })],
    [figure({ id: '4-001', value: 15, status: 'target', valueMax: 18 })],
  ]);
  const $ = xml(DotStrip({ row, options }));

  it('draws a point for each county that has one, greater values further right', () => {
    const [a, c, d] = dots($);
    expect(dots($)).toHaveLength(3);
    expect(a!).toBeLessThan(d!);
    expect(d!).toBeLessThan(c!);
  });

  it('links each mark to its record, with county, value, time and sentence as words', () => {
    expect(
      $('a')
        .toArray()
        .map((link) => $(link).attr('href')),
    ).toEqual(['/record/1-001', '/record/3-001', '/record/4-001']);
    expect($('a').first().attr('aria-label')).toBe('990101 10所，2023 实际。全县有小学12所。');
    expect($('a > title').first().text()).toBe($('a').first().attr('aria-label'));
  });

  it('keeps the row of a county without a value, with the reason and no mark', () => {
    const labels = $('text')
      .toArray()
      .map((text) => $(text).text());
    expect(labels).toEqual(expect.arrayContaining(['990101', '990102', '990103', '990104', '未提及']));
  });

  it('tells target from reached and open bounds by shape', () => {
    const fills = $('a circle')
      .toArray()
      .map((dot) => $(dot).attr('fill'));
    expect(fills[0]).toBe(fills[1]);
    expect(fills[2]).toBe('#ffffff');
    expect($('a').eq(0).find('path')).toHaveLength(0);
    expect($('a').eq(1).find('path')).toHaveLength(1);
    expect($('a').eq(2).find('line')).toHaveLength(1);
  });

  it('draws a goal beside what was reached, as an outline', () => {
    const row = rowOf([
      [figure({ id: '1', value: 10 }), figure({ id: '2', value: 16, status: 'target', ...period('2025') })],
    ]);
    const drawn = xml(DotStrip({ row, options }));
    const fills = drawn('a circle')
      .toArray()
      .map((dot) => [drawn(dot).parent().attr('data-record'), drawn(dot).attr('fill')]);
    expect(fills).toEqual([
      ['2', '#ffffff'],
      ['1', expect.not.stringContaining('#ffffff')],
    ]);
    expect(row.drawn).toBe(1);
  });

  it('draws rivals both, joined, and marks them', () => {
    const both = xml(
      DotStrip({
        row: rowOf([
          [figure({ id: '1', value: 10, ...period('2023') }), figure({ id: '2', value: 14, ...period('2023') })],
        ]),
        options,
      }),
    );
    expect(dots(both)).toHaveLength(2);
    expect(both('text').text()).toContain('‼');
    const [low, high] = dots(both).sort((x, y) => x - y);
    const joins = both('line')
      .toArray()
      .filter((line) => Number(both(line).attr('x1')) === low && Number(both(line).attr('x2')) === high);
    expect(joins).toHaveLength(1);
  });

  it('draws an official standard as a dashed line with its document, and says that it is one for schools', () => {
    const codebook = loadCodebook('education');
    const standard = codebook.standards.find(({ appliesTo, stage }) => appliesTo === 'school' && stage === 'primary')!;
    const indicator = codebook.indicators.find(({ id }) => id === standard.indicator)!;
    const own = figure({
      indicator: indicator.id,
      dimension: [indicator.dimension].flat()[0]!,
      unit: standard.unit,
      value: standard.value * 2,
      documentDate: '2024-01-01',
    });
    const drawn = xml(DotStrip({ row: rowOf([[own]], { indicator, stage: 'primary' }), options }));
    const line = drawn('line[stroke-dasharray] > title').first();
    expect(line.text()).toContain(standard.number);
    const at = Number(line.parent().attr('x1'));
    expect(at).toBeLessThan(dots(drawn)[0]!);
    expect(drawn('text').text()).toContain('县均值仅供参考');
  });

  it('keeps the axis of all counties where only some are drawn', () => {
    const part = xml(DotStrip({ row, options: { ...options, window: { from: 0, count: 1 } } }));
    expect(dots(part)).toEqual(dots($).slice(0, 1));
    expect(part('text').text()).not.toContain('990102');
  });

  it('shows stored markup as text', () => {
    const hard = rowOf([[figure({ sentence: '<script>alert(1)</script>"\'&', unit: '所', id: '1"><x>' })]]);
    const text = String(DotStrip({ row: { ...hard, title: '<b>"' }, options }));
    expect(text).not.toMatch(/<script|<x>|<b>/);
    const parsed = load(text, { xml: true });
    expect(parsed('a > title').text()).toContain('<script>alert(1)</script>"\'&');
    expect(parsed('svg').attr('aria-label')).toBe('<b>"');
  });

  it('leads where its owner says, or nowhere', () => {
    const link = (hrefOf: (id: string) => string | null) =>
      xml(DotStrip({ row, options: { ...options, base: null, hrefOf } }))('a')
        .toArray()
        .map((each) => each.attribs.href);
    expect(link((id) => (id === '1-001' ? '#f1' : null))).toEqual(['#f1']);
    expect(link(() => null)).toEqual([]);
  });
});

describe('a drawing for a file', () => {
  const row = rowOf([[figure()]]);
  const caption = { title: '学校数（小学）', source: ['来源：某库；2026-11-25 制图。', '条件：无'] };
  const $ = xml(DotStrip({ row, options: { ...options, base: 'http://localhost:4170', caption } }));

  it('carries title, source and date, and links that are whole addresses', () => {
    expect($('svg > title').text()).toBe('学校数（小学）');
    const text = $('text').text();
    for (const part of [caption.title, ...caption.source]) expect(text).toContain(part);
    expect($('a').attr('href')).toBe('http://localhost:4170/record/1-001');
  });

  it('needs no style sheet: colours stand on the marks, the ground is white', () => {
    expect($('style, script, image, foreignObject')).toHaveLength(0);
    expect($('rect').first().attr('fill')).toBe('#ffffff');
    expect($('a circle').attr('fill')).toMatch(/^#/);
  });
});

describe('a time series', () => {
  const years = (...told: [string, number][]) =>
    told.map(([at, value], i) => figure({ id: `1-00${i}`, value, subject: `小学${i}`, ...period(at) }));

  it('breaks where a year is not told', () => {
    const $ = xml(TimeSeries({ row: rowOf([years(['2018', 10], ['2019', 12], ['2021', 11], ['2022', 9])]), options }));
    const path = $('path[fill=none]').attr('d')!;
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.match(/L/g)).toHaveLength(2);
    expect($('a')).toHaveLength(4);
  });

  it('joins no two years that are apart: single years are marks alone', () => {
    const $ = xml(TimeSeries({ row: rowOf([years(['2016', 10], ['2020', 12])]), options }));
    expect($('path[fill=none]').attr('d')).not.toMatch(/L/);
    expect($('a')).toHaveLength(2);
  });

  it('keeps in its legend a county that has nothing, with the reason', () => {
    const $ = xml(TimeSeries({ row: rowOf([years(['2018', 10]), [], [figure({ value: 3 })]]), options }));
    expect($('text').text()).toContain('990102 未提及');
    expect($('text').text()).toContain('990103 时期不明');
  });

  it('tells counties apart by shape and dash, not by colour alone', () => {
    const shapes = hues.map((_, i) => symbolPath(i, 9));
    expect(new Set(shapes).size).toBe(hues.length);
    const $ = xml(TimeSeries({ row: rowOf(hues.map(() => years(['2018', 10], ['2019', 12]))), options }));
    const lines = $('path[fill=none]')
      .toArray()
      .map((line) => `${$(line).attr('stroke-dasharray') ?? ''}`);
    expect(new Set(lines).size).toBe(hues.length);
  });

  it('says how many counties it leaves to the table', () => {
    const $ = xml(TimeSeries({ row: rowOf([...hues, 1, 2].map(() => years(['2018', 10]))), options }));
    expect($('text').text()).toContain('另有 2 个县区');
  });

  it('is none where nothing has a time', () => {
    expect(TimeSeries({ row: rowOf([[figure()]]), options })).toBeNull();
  });
});

describe('small multiples', () => {
  const row = rowOf([[figure()], []]);

  it('have all counties in each panel, and a mark only where there is a value', () => {
    const $ = xml(SmallMultiples({ rows: [row, row, row, row], options, label: '小图阵' }));
    expect($('a')).toHaveLength(4);
    expect($('text').filter((_, text) => $(text).text() === '990102')).toHaveLength(4);
    expect($('text').filter((_, text) => $(text).text() === '未提及')).toHaveLength(4);
    expect($('text').text()).toContain('1/2');
  });

  it('are panels by themselves too', () => {
    expect(xml(Multiple({ row, options }))('a')).toHaveLength(1);
  });
});

describe('the heat table of practices', () => {
  const cell = (status: 'done' | 'piloted' | 'planned' | 'mentioned', id: string, documents = 1) => ({
    status,
    word: status,
    documents,
    id,
    sentence: '开展课后服务。',
  });
  const table = {
    title: '做法',
    counties: [
      { code: '990101', name: '示例甲县' },
      { code: '990102', name: '示例乙县' },
    ],
    missing: '未提及',
    legend: [{ status: 'done' as const, word: '已实施' }],
    rows: [
      { title: '课后服务', cells: [cell('done', '1-p01', 3), null] },
      { title: '集团化办学', cells: [cell('planned', '1-p02'), cell('piloted', '2-p01')] },
    ],
  };
  const $ = xml(PracticeHeat({ table, options }));

  it('links each report, says how many documents, and keeps a cell that has none', () => {
    expect(
      $('a')
        .toArray()
        .map((link) => $(link).attr('href')),
    ).toEqual(['/record/1-p01', '/record/1-p02', '/record/2-p01']);
    expect($('a').first().attr('aria-label')).toBe('示例甲县 课后服务 done ×3。开展课后服务。');
    expect($('g > title').text()).toContain('示例乙县 课后服务 未提及');
  });

  it('tells statuses apart by shape', () => {
    const shape = (i: number) =>
      String(
        $('a')
          .eq(i)
          .find('rect, path')
          .slice(1)
          .toArray()
          .map((node) => [node.name, node.attribs.fill, node.attribs['stroke-dasharray'] ?? '']),
      );
    expect(new Set([shape(0), shape(1), shape(2)]).size).toBe(3);
  });

  it('turns the names of many counties', () => {
    const counties = Array.from({ length: 12 }, (_, i) => ({ code: String(990101 + i), name: `示例${i}县` }));
    const many = { ...table, counties, rows: table.rows.map((row) => ({ ...row, cells: counties.map(() => null) })) };
    expect(String(PracticeHeat({ table: many, options }))).toContain('rotate(-55)');
  });
});

describe('texts in drawings', () => {
  it('keep their width', () => {
    for (const text of ['生均公用经费标准（小学）', 'operating grant per pupil', '']) {
      expect(widthOf(fitting(text, 60, 12), 12)).toBeLessThanOrEqual(60);
      for (const line of wrapped(text, 60, 12)) expect(widthOf(line.trimEnd(), 12)).toBeLessThanOrEqual(60);
      expect(wrapped(text, 60, 12).join('')).toBe(text);
    }
    expect(fitting('短', 60, 12)).toBe('短');
    expect(wrapped('each county’s own figures', 100, 12)).toEqual(['each county’s ', 'own figures']);
  });
});
