// Exports opened by DuckDB, which shares no code with their writers: the same rows from CSV and Parquet, whatever the sentences hold.
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCodebook } from '../../extractors/index.js';
import { exportTable } from '../../src/export/index.js';
import { type ExportStudy, hardSentences, makeExportStudy } from './study.js';

let study: ExportStudy;
let ask: (sql: string) => Promise<Record<string, unknown>[]>;
let close: () => void;

beforeAll(async () => {
  study = await makeExportStudy();
  const query = { counties: ['990101', '990102'], indicators: ['school_count'] };
  for (const name of ['figures.csv', 'figures.parquet'])
    await exportTable(study.corpus, query, loadCodebook('education'), join(study.folder, name));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  close = () => connection.closeSync();
});
afterAll(async () => {
  close();
  await study.remove();
});

describe('DuckDB', () => {
  it('reads Parquet with numbers as numbers and nothing as null', async () => {
    const file = join(study.folder, 'figures.parquet');
    const rows = await ask(`select county_code, value, value_status, sentence from '${file}'`);
    expect(rows.map(({ county_code, value }) => [county_code, value])).toEqual([
      ...[12, 13, 14, 15, 16, 30].map((value) => ['990101', value]),
      ['990102', null],
    ]);
    expect(rows.slice(0, 5).map(({ sentence }) => sentence)).toEqual(hardSentences);
    expect(await ask(`select sum(value) as sum, typeof(any_value(value)) as type from '${file}'`)).toEqual([
      { sum: 100, type: 'DOUBLE' },
    ]);
  });

  it('reads CSV with its byte order mark, quotes and line breaks as the same rows', async () => {
    const columns = 'county_code, indicator, value_status, period_from, sentence';
    const csv = `read_csv('${join(study.folder, 'figures.csv')}', header = true, all_varchar = true, quote = '"', escape = '"')`;
    const parquet = `'${join(study.folder, 'figures.parquet')}'`;
    // The guard of formulas is the one difference: an apostrophe before the sentence that begins with =.
    const rows = await ask(`select ${columns} from ${csv}`);
    const expected = (await ask(`select ${columns} from ${parquet}`)).map((row) => ({
      ...row,
      sentence: row.sentence === hardSentences[0] ? `'${row.sentence}` : row.sentence,
    }));
    expect(rows).toHaveLength(7);
    expect(rows).toEqual(expected);
  });
});
