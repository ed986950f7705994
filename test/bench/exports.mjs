// Time and memory of exporting a generated corpus: 3,000 invented-by-number counties, a million figures by default. Run after
// `npm run build`: node test/bench/exports.mjs [FIGURES], or with a corpus that is there, such as that of corpus.mjs: exports.mjs --db FILE
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { openCorpus } from '../../dist/db/open.js';
import { allPlaces, loadCodebook } from '../../dist/extractors/index.js';

const program = resolve(import.meta.dirname, '../../dist/src/cli/main.js');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { db: { type: 'string' } } });
const figures = Number(positionals[0] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'xianjian-bench-'));
const file = values.db ? resolve(values.db) : join(folder, 'corpus.sqlite');

/** Rows straight into the tables: what is measured is reading, no extraction. */
async function generate() {
  await (await openCorpus(file, { create: true })).close();
  const db = new Database(file);
  db.pragma('synchronous = off');
  const counties = allPlaces()
    .filter((place) => place.level === 'county')
    .slice(0, 3000);
  const indicators = loadCodebook('education').indicators;
  const columns = (table) => db.pragma(`table_info(${table})`).map(({ name }) => name);
  const insert = (table) => {
    const names = columns(table);
    const statement = db.prepare(`insert into ${table} (${names}) values (${names.map((name) => `@${name}`)})`);
    const empty = Object.fromEntries(names.map((name) => [name, null]));
    return (row) => statement.run({ ...empty, ...row });
  };
  const [snapshot, document, figure, body] = ['snapshot', 'document', 'figure', 'body'].map(insert);
  const perDocument = 10;
  db.transaction(() => {
    body({ sha256: 'a'.repeat(64), encoding: 'identity', size: 1, bytes: Buffer.from('a') });
    for (let number = 1; number * perDocument <= figures; number++) {
      const place = counties[number % counties.length].code;
      const url = `http://www.county${place}.example/art/${number}.html`;
      const fetched = '2026-03-01T08:00:00.000Z';
      snapshot({
        id: number,
        kind: 'article',
        url,
        form: '',
        final_url: url,
        fetched_at: fetched,
        outcome: 'ok',
        headers: '{}',
        sha256: 'a'.repeat(64),
        settings: '{}',
        depth: 0,
      });
      document({
        id: number,
        snapshot: number,
        part: '',
        parts: 1,
        url,
        origin: url,
        title: `第${number}份工作情况报告`,
        published_iso: `20${10 + (number % 15)}-05-21`,
        genre: 'work_report',
        text: '正文',
        ...Object.fromEntries(
          ['addressees', 'blocks', 'mends', 'unmended', 'notes', 'attachments', 'way_back'].map((name) => [name, '[]']),
        ),
        broken: '{}',
        format: 'html',
        encoding: 'utf-8',
        script: 'simplified',
        place,
        place_reason: 'generated',
        extractor: 'bench',
        codebook: 'education',
        simhash: '0'.repeat(16),
        length: 2,
        band_0: 0,
        band_1: 0,
        band_2: 0,
        band_3: 0,
      });
      for (let index = 1; index <= perDocument; index++) {
        const indicator = indicators[(number * 7 + index) % indicators.length];
        const year = `20${10 + ((number + index) % 15)}`;
        figure({
          id: `${number}-${String(index).padStart(3, '0')}`,
          document: number,
          quote: `${index}万元`,
          sentence: `${year}年，第${number}号文件所说的第${index}个数是${index}万元，比上年有所增长，用于改善办学条件。`,
          text_start: index,
          text_end: index + 1,
          original_start: index,
          original_end: index + 1,
          dimension: [indicator.dimension].flat()[0],
          value: number * index,
          unit: indicator.unit,
          bound: 'exact',
          per: '[]',
          subject: indicator.zh,
          stage: JSON.stringify([indicator.stages[number % indicator.stages.length]]),
          period_from: year,
          period_to: year,
          accrual: 'stock',
          status: number % 5 === 0 ? 'target' : 'actual',
          salience: 'core',
          place,
          indicator: indicator.id,
          rules: '["numeral: arabic","unit: money"]',
          confidence: 0.9,
        });
      }
    }
  })();
  db.close();
}

function measure(format) {
  const target = join(folder, `out.${format}`);
  const start = performance.now();
  const words = [program, 'export', '--every', '--db', file, '-o', target];
  const memory = '/usr/bin/time';
  const run = existsSync(memory) ? [memory, ['-f', '%M', process.execPath, ...words]] : [process.execPath, words];
  const said = execFileSync('sh', ['-c', 'exec "$@" 2>&1', 'sh', run[0], ...run[1]])
    .toString()
    .trim()
    .split('\n');
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const peak = existsSync(memory) ? `${Math.round(Number(said.pop()) / 1024)} MB at most` : '';
  const rows = said.find((line) => / rows of /.test(line));
  console.log(
    `${format}: ${rows?.split(' ')[0]} rows, ${seconds} s, ${peak}, ${Math.round(statSync(target).size / 1e6)} MB file`,
  );
}

try {
  if (!values.db) await generate();
  for (const format of ['csv', 'jsonl', 'parquet']) measure(format);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
