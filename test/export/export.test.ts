// Exports, each opened by another reader than the one that wrote it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCodebook } from '../../extractors/index.js';
import { comparisonCsv } from '../../src/cli/compare-files.js';
import { compare } from '../../src/corpus.js';
import { csvLine } from '../../src/export/csv.js';
import { writeFileWhole } from '../../src/export/file.js';
import { exportTable } from '../../src/export/index.js';
import { exportPackage } from '../../src/export/package.js';
import { tableNames } from '../../src/export/table.js';
import { csvObjects, type ExportStudy, hardSentences, makeExportStudy, parseCsv } from './study.js';

const codebook = loadCodebook('education');
let study: ExportStudy;
beforeAll(async () => {
  study = await makeExportStudy();
});
afterAll(() => study.remove());

const query = { counties: ['990101', '990102'], indicators: ['school_count'] };
const inFolder = (name: string) => join(study.folder, name);
const text = (path: string) => readFileSync(path, 'utf8');
const exportTo = (name: string, options = {}) => exportTable(study.corpus, query, codebook, inFolder(name), options);

describe('figures as CSV', () => {
  it('have one row a figure and one a missing cell, with document and evidence', async () => {
    const report = await exportTo('县.csv');
    const rows = csvObjects(text(inFolder('县.csv')));
    expect(report.rows).toBe(7);
    expect(rows.map((row) => [row.county_code, row.value_status, row.value, row.status, row.chosen])).toEqual([
      ['990101', 'value', '12', 'actual', 'false'],
      ['990101', 'value', '13', 'actual', 'false'],
      ['990101', 'value', '14', 'actual', 'false'],
      ['990101', 'value', '15', 'actual', 'false'],
      ['990101', 'value', '16', 'actual', 'true'],
      ['990101', 'value', '30', 'target', 'false'],
      ['990102', 'not_mentioned', '', '', 'false'],
    ]);
    expect(rows[4]).toMatchObject({
      indicator: 'school_count',
      stage: 'primary',
      choice: 'period',
      chosen_stages: 'primary',
      publisher: '示例县教育局',
      document_number: '示教〔2024〕1号',
      published: '2024-03-01',
      signed: '2024-02-28',
      document_date: '2024-02-28',
      url: 'http://one.example/a?x=1&y=2',
      fetched_at: '2026-03-01T08:00:00.000Z',
      sha256: createHash('sha256').update('one').digest('hex'),
      rules: 'count; numeral',
      confidence: '0.9',
    });
  });

  it('keep every sentence, and run none as a formula', async () => {
    await exportTo('hard.csv');
    const rows = csvObjects(text(inFolder('hard.csv')));
    expect(rows.slice(0, 5).map((row) => row.sentence)).toEqual([`'${hardSentences[0]}`, ...hardSentences.slice(1)]);
    expect(rows[0]!.document_title).toBe("'-1+1 990101年报");
  });

  it('open with a byte order mark unless it is not wanted', async () => {
    await exportTo('with.csv');
    await exportTo('without.csv', { bom: false });
    expect(text(inFolder('with.csv'))).toBe(`\ufeff${text(inFolder('without.csv'))}`);
  });

  it('say beside them what they hold', async () => {
    await exportTo('said.csv');
    const said = JSON.parse(text(inFolder('said.csv.dataresource.json')));
    expect(said).toMatchObject({
      path: 'said.csv',
      rows: 7,
      filter: query,
      createdBy: expect.stringMatching(/^xianjian \d+\.\d+\.\d+/),
      exportedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/),
      hash: `sha256:${createHash('sha256')
        .update(readFileSync(inFolder('said.csv')))
        .digest('hex')}`,
    });
    const [head] = parseCsv(text(inFolder('said.csv')).replace(/^\ufeff/, ''));
    expect(said.schema.fields.map((field: { name: string }) => field.name)).toEqual(head);
  });

  it('take Chinese heads, and both', async () => {
    await exportTo('zh.csv', { headers: 'zh' });
    await exportTo('both.csv', { headers: 'both' });
    expect(text(inFolder('zh.csv'))).toMatch(/^\ufeff县区代码,县区,指标代码,指标,/);
    expect(text(inFolder('both.csv'))).toMatch(/^\ufeff县区代码 county_code,/);
  });

  it('are read back as they were, whatever they hold', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a,b', '"', 'x\r\ny', '', '县'));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), (values) => {
        const [row] = parseCsv(csvLine(values));
        const expected = values.map((each) => (/^[=+\-@＝＋－＠\t\r\n]/.test(each) ? `'${each}` : each));
        expect(row).toEqual(expected);
      }),
    );
  });
});

describe('filters', () => {
  const rowsFor = async (asked: object) => {
    const report = await exportTable(study.corpus, { ...query, ...asked }, codebook, inFolder('filter.csv'));
    return report.rows === 0 ? [] : csvObjects(text(inFolder('filter.csv')));
  };

  it('choose figures by period, status and stage, as the comparison does', async () => {
    const values = async (asked: object) =>
      (await rowsFor({ ...asked, counties: ['990101'] })).map((row) => row.value || row.value_status);
    expect(await values({ period: '2020..2021' })).toEqual(['13', '14']);
    expect(await values({ statuses: ['target'] })).toEqual(['30']);
    expect(await values({ stages: ['junior'] })).toEqual(['not_comparable']);
    expect(await values({ period: '2001' })).toEqual(['not_comparable']);
  });

  it('keep figures without an indicator out unless every figure is asked for', async () => {
    const rowsOf = async (every: boolean) => {
      await exportTable(study.corpus, { counties: ['990101'] }, codebook, inFolder('every.csv'), { every });
      return csvObjects(text(inFolder('every.csv'))).filter((row) => row.subject === '树木').length;
    };
    expect([await rowsOf(false), await rowsOf(true)]).toEqual([0, 1]);
  });

  it('name what is unknown, and leave no file', async () => {
    await expect(
      exportTable(study.corpus, { indicators: ['school_countt'] }, codebook, inFolder('no.csv')),
    ).rejects.toMatchObject({ code: 'E_INDICATOR', exitCode: 2 });
    await expect(exportTo('no.doc')).rejects.toMatchObject({ code: 'E_EXPORT_FORMAT' });
    expect(readdirSync(study.folder).filter((name) => /no\.|partial/.test(name))).toEqual([]);
  });
});

describe('other formats hold the same rows', () => {
  const jsonRows = async () => {
    await exportTo('figures.jsonl');
    return text(inFolder('figures.jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('JSON Lines', async () => {
    const rows = await jsonRows();
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatchObject({ value: 12, chosen: false, sentence: hardSentences[0], value_max: null });
    expect(rows[6]).toMatchObject({ value: null, value_status: 'not_mentioned' });
  });

  it('Parquet', async () => {
    await exportTo('figures.parquet');
    const file = await asyncBufferFromFile(inFolder('figures.parquet'));
    expect(await parquetReadObjects({ file })).toEqual(await jsonRows());
    const { key_value_metadata, created_by } = await parquetMetadataAsync(file);
    const said = Object.fromEntries(key_value_metadata!.map(({ key, value }) => [key, value]));
    expect(said).toMatchObject({ rows: '7', filter: JSON.stringify(query), codebook: 'education' });
    expect(created_by).toMatch(/^xianjian /);
  });

  it('a workbook that prints on A4 landscape with its head and first columns on every page', async () => {
    await exportTo('print.xlsx');
    const book = read(readFileSync(inFolder('print.xlsx')), { bookFiles: true });
    const titles = book.Workbook!.Names!.filter(({ Name }) => Name === '_xlnm.Print_Titles');
    expect(titles.map(({ Sheet, Ref }) => [Sheet, Ref])).toEqual([
      [0, "'数据'!$A:$B,'数据'!$1:$1"],
      [1, expect.stringContaining("'说明'!$1:$1")],
      [2, expect.stringContaining("'数据字典'!$1:$1")],
      [3, "'来源'!$A:$A,'来源'!$1:$1"],
    ]);
    const { files } = book as unknown as { files: Record<string, { content: Uint8Array }> };
    for (const number of [1, 2, 3, 4]) {
      const xml = Buffer.from(files[`xl/worksheets/sheet${number}.xml`]!.content).toString();
      expect(xml).toMatch(/<pageSetup paperSize="9" fitToWidth="\d+" fitToHeight="0"[^>]* orientation="landscape"\/>/);
      expect(xml.indexOf('<sheetPr>')).toBeLessThan(xml.indexOf('<sheetViews>'));
    }
  });

  it('a workbook, with codes as text, links and frozen heads', async () => {
    await exportTo('figures.xlsx', { headers: 'en' });
    const book = read(readFileSync(inFolder('figures.xlsx')), { cellStyles: true });
    expect(book.SheetNames).toEqual(['数据', '说明', '数据字典', '来源']);
    const rows = utils.sheet_to_json<Record<string, unknown>>(book.Sheets.数据!, { defval: null });
    const expected = await jsonRows();
    expect(rows.map((row) => [row.county_code, row.value, row.value_status])).toEqual(
      expected.map((row) => [row.county_code, row.value, row.value_status]),
    );
    expect(rows.slice(0, 3).map((row) => row.sentence)).toEqual(hardSentences.slice(0, 3));
    expect(rows[4]!.sentence).toMatch(/^constructor ?$/);
    const sheet = book.Sheets.数据!;
    expect(sheet.A2).toMatchObject({ t: 's', v: '990101' });
    const letters = utils.encode_col(Object.keys(expected[0]!).indexOf('url'));
    expect(sheet[`${letters}2`].l.Target).toBe('http://one.example/a?x=1&y=2');
    const notes = utils.sheet_to_csv(book.Sheets.说明!);
    for (const word of ['990101', 'school_count', 'xianjian', 'not_mentioned']) expect(notes).toContain(word);
    expect(utils.sheet_to_json(book.Sheets.来源!)).toHaveLength(1);
  });

  it('every table in every format', async () => {
    for (const table of tableNames) {
      const counts = new Set<number>();
      for (const format of ['csv', 'jsonl', 'xlsx', 'parquet']) {
        const { rows } = await exportTable(
          study.corpus,
          { counties: ['990101'] },
          codebook,
          inFolder(`all.${format}`),
          { table },
        );
        counts.add(rows);
      }
      expect([...counts], table).toHaveLength(1);
      const file = await asyncBufferFromFile(inFolder('all.parquet'));
      expect(await parquetReadObjects({ file })).toEqual(
        text(inFolder('all.jsonl'))
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
    }
  });

  it('the table of cells is the comparison as its own CSV has it', async () => {
    await exportTable(study.corpus, query, codebook, inFolder('cells.csv'), { table: 'cells', bom: false });
    expect(text(inFolder('cells.csv'))).toBe(comparisonCsv(await compare(study.corpus, query, codebook)));
  });
});

describe('a data package', () => {
  it('holds every table as described, with hashes, words and reasons', async () => {
    const { path, rows } = await exportPackage(study.corpus, query, codebook, inFolder('数据包'));
    const descriptor = JSON.parse(text(join(path, 'datapackage.json')));
    expect(descriptor).toMatchObject({
      $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
      filter: query,
      rows,
      sources: [{ title: 'one.example', path: 'http://one.example' }],
    });
    expect(readdirSync(path).sort()).toEqual(
      ['datapackage.json', ...descriptor.resources.map((each: { path: string }) => each.path)].sort(),
    );
    for (const resource of descriptor.resources) {
      const bytes = readFileSync(join(path, resource.path));
      const [head, ...lines] = parseCsv(bytes.toString('utf8'));
      expect(resource.hash).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
      expect(resource.bytes).toBe(bytes.length);
      expect(resource.rows).toBe(lines.length);
      expect(resource.schema.fields.map((field: { name: string }) => field.name)).toEqual(head);
      for (const field of resource.schema.fields) {
        const known = field.categories?.map((each: { value: string }) => each.value);
        const column = head!.indexOf(field.name);
        if (known) for (const line of lines) expect([...known, '']).toContain(line[column]);
      }
    }
    const figures = descriptor.resources.find((each: { name: string }) => each.name === 'figures');
    const value = figures.schema.fields.find((field: { name: string }) => field.name === 'value');
    expect(value.missingValues.map((each: { value: string }) => each.value)).toContain('not_crawled');
  });

  it('goes into no folder that holds something', async () => {
    await expect(exportPackage(study.corpus, query, codebook, study.folder)).rejects.toMatchObject({
      code: 'E_EXPORT_FILE',
    });
  });
});

describe('a file that cannot be finished', () => {
  it('leaves the older one and nothing else', async () => {
    const path = inFolder('older.csv');
    writeFileSync(path, 'older');
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    await expect(
      writeFileWhole(path, async (file) => {
        file.write('half');
        throw full;
      }),
    ).rejects.toMatchObject({ code: 'E_EXPORT_FULL', exitCode: 1 });
    expect(text(path)).toBe('older');
    expect(readdirSync(study.folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('is not begun where there is no folder', async () => {
    await expect(exportTo('none/x.csv')).rejects.toMatchObject({ code: 'E_EXPORT_FILE', exitCode: 2 });
  });

  it('is given up where the user stops', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(exportTo('stopped.csv', { signal: stop.signal })).rejects.toMatchObject({ exitCode: 130 });
    expect(existsSync(inFolder('stopped.csv'))).toBe(false);
  });
});
