// A value of another period than was asked: never there unasked, and where `fill` asks for it, marked with its own period on every face.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import { load } from 'cheerio';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCodebook } from '../extractors/index.js';
import { exportTable } from '../src/export/index.js';
import { writeReport } from '../src/export/report.js';
import { tools } from '../src/mcp/tools.js';
import type { CompareQuery } from '../src/model/cell.js';
import { webApp } from '../src/web/app.js';
import { csvObjects, type ExportStudy, makeExportStudy } from './export/study.js';
import { xianjian } from './helpers/terminal.js';

const codebook = loadCodebook('education');
let study: ExportStudy;
beforeAll(async () => {
  study = await makeExportStudy();
});
afterAll(() => study.remove());

/** County 990101 has the value 16 of 2023 and none of 2024; 990102 has none at all. */
const asked: CompareQuery = { counties: ['990101', '990102'], indicators: ['school_count'], period: '2024' };
const filled: CompareQuery = { ...asked, fill: 'nearest' };
const parameters = 'county=990101,990102&indicator=school_count&period=2024';

/** What a table says of its rows. */
type Row = Record<string, unknown>;
const essence = (rows: Row[]) =>
  rows.map((row) => [row.county_code, row.value_status, Number(row.value || Number.NaN), row.period_to || null]);
const expected = [
  ['990101', 'other_period', 16, '2023'],
  ['990102', 'not_mentioned', Number.NaN, null],
];

async function exported(name: string, query: CompareQuery, table: 'figures' | 'cells'): Promise<string> {
  const path = join(study.folder, `${table}-${query.fill ?? 'unfilled'}-${name}`);
  await exportTable(study.corpus, query, codebook, path, { table });
  return path;
}

describe.each(['figures', 'cells'] as const)('a table of %s', (table) => {
  it('marks a filled value with its own period in CSV', async () => {
    expect(essence(csvObjects(readFileSync(await exported('a.csv', filled, table), 'utf8')))).toEqual(expected);
  });

  it('in JSON lines', async () => {
    const lines = readFileSync(await exported('a.jsonl', filled, table), 'utf8')
      .trim()
      .split('\n');
    expect(essence(lines.map((line) => JSON.parse(line)).filter((row) => 'county_code' in row))).toEqual(expected);
  });

  it('in Parquet', async () => {
    const file = await asyncBufferFromFile(await exported('a.parquet', filled, table));
    expect(essence(await parquetReadObjects({ file }))).toEqual(expected);
  });

  it('in a workbook, which says what was asked', async () => {
    const book = read(readFileSync(await exported('a.xlsx', filled, table)));
    const [head, ...rows] = utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 });
    const of = (name: string) => head!.findIndex((column) => column.split(/\s/)[0] === name);
    expect(rows.map((row) => [row[of('县区代码')], row[of('值状态')], row[of('值')], row[of('时期止')]])).toEqual([
      ['990101', 'other_period', 16, '2023'],
      ['990102', 'not_mentioned', undefined, undefined],
    ]);
    expect(JSON.stringify(utils.sheet_to_json(book.Sheets.说明!, { header: 1 }))).toContain('nearest');
  });

  it('fills nothing unasked', async () => {
    const path = await exported('b.csv', asked, table);
    const rows = existsSync(path) ? csvObjects(readFileSync(path, 'utf8')) : [];
    expect(rows.map((row) => [row.county_code, row.value_status, row.value])).toEqual([
      ['990101', 'not_comparable', ''],
      ['990102', 'not_mentioned', ''],
    ]);
  });
});

describe('a comparison', () => {
  it('marks it in the terminal', async () => {
    const words = ['compare', '--db', study.database, '--county', '990101,990102', '--indicator', 'school_count'];
    const told = await xianjian([...words, '--period', '2024', '--fill', 'nearest'], { width: 100, language: 'zh' });
    expect(told.code).toBe(0);
    expect(told.stdout).toContain('16');
    expect(told.stdout).toContain('2023');
    expect(told.stdout).toContain('≠ 非所问时期');
    const unfilled = await xianjian([...words, '--period', '2024'], { width: 100, language: 'zh' });
    expect(unfilled.stdout).not.toContain('≠');
    expect(unfilled.stdout).not.toMatch(/\b16\b/);
  });

  it('marks it in the answer of the API', async () => {
    const app = webApp({ corpus: study.corpus, codebook });
    for (const [fill, status] of [
      ['&fill=nearest', 'other_period'],
      ['', 'not_comparable'],
    ]) {
      const answer = await app.request(`/api/v1/compare.csv?${parameters}${fill}`);
      expect(csvObjects(await answer.text()).map((row) => row.value_status)).toEqual([status, 'not_mentioned']);
    }
  });

  it('marks it on the page and in its charts, and keeps the condition in files and chips', async () => {
    const app = webApp({ corpus: study.corpus, codebook });
    const page = async (query: string) => load(await (await app.request(`/compare?${parameters}${query}`)).text());
    const $ = await page('&fill=nearest');
    expect($('td.cell').first().text()).toMatch(/^16.*2023 实际\s*≠ 非所问时期/s);
    expect($('select[name=fill] option[selected]').attr('value')).toBe('nearest');
    expect($('.chips').text()).toContain('nearest');
    for (const link of $('a[href^="/api/v1/compare."]').get())
      expect($(link).attr('href'), $(link).text()).toContain('fill=nearest');
    expect((await page('')).text()).not.toContain('≠ 非所问时期');
    expect((await page('&fill=nearest&view=charts'))('main').text()).toContain('≠ 非所问时期');
  });

  it('marks it in a report', async () => {
    const path = join(study.folder, 'report.html');
    await writeReport(study.corpus, filled, codebook, path);
    const $ = load(readFileSync(path, 'utf8'));
    expect($('td').first().text()).toMatch(/^16.*2023 实际≠ 非所问时期/s);
    expect($('.note').text()).toContain('fill: nearest');
  });

  it('marks it for an assistant', async () => {
    const compare = tools.find(({ name }) => name === 'compare')!;
    const ask = async (query: CompareQuery) => compare.ask(study.corpus, codebook, compare.input.parse(query) as never);
    expect(essence((await ask(filled)).results.map((row) => ({ ...row, period_to: row.period })))).toEqual(expected);
    expect((await ask(asked)).results.map((row) => row.value_status)).toEqual(['not_comparable', 'not_mentioned']);
    expect((await ask(filled)).note).toContain('other_period');
  });
});
