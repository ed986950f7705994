// Strangers' texts in every field of a corpus and of its codebook, looked at in files (tables, workbooks, reports, packages, web archives),
// names of files, logs and the database. On terminal and web: injection.test.ts.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { read as readWorkbook } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../export/study.js';
import { testServer } from '../helpers/server.js';
import { zipOf } from '../helpers/zip.js';
import { dangerIn, marksIn, onTerminal as terminal, withoutOwn } from './faces.js';
import { active, type HostileStudy, makeHostileStudy, payloadNames, payloads } from './strangers.js';

let study: HostileStudy;
beforeAll(async () => {
  study = await makeHostileStudy();
});
afterAll(() => study.remove());

const onTerminal = (words: readonly string[]) => terminal(words, study.folder);
const dbOf = (): string[] => ['--db', study.database];
const withCodebook = (): string[] => [...dbOf(), '--codebook', study.codebook];

describe('in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-hostile-files-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const tables = ['figures', 'practices', 'citations', 'documents', 'cells'];

  it.each(tables)(
    '%s: no cell of CSV or workbook is a formula, no row breaks, no link leads to a script',
    async (table) => {
      const every = table === 'figures' ? ['--every'] : [];
      for (const ending of ['csv', 'jsonl', 'xlsx']) {
        const words = [
          'export',
          '-o',
          join(folder, `${table}.${ending}`),
          '--table',
          table,
          ...every,
          ...withCodebook(),
        ];
        expect((await onTerminal(words)).code).toBe(0);
      }
      const [head = [], ...rows] = parseCsv(readFileSync(join(folder, `${table}.csv`), 'utf8').replace(/^\ufeff/, ''));
      const lines = readFileSync(join(folder, `${table}.jsonl`), 'utf8')
        .trimEnd()
        .split('\n');
      expect(rows.length).toBe(lines.length);
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) {
        expect(row).toHaveLength(head.length);
        for (const cell of row)
          if (!/^-?[\d.]+(?:e[+-]\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/);
      }
      expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual(lines.map(() => head));
      const book = readWorkbook(readFileSync(join(folder, `${table}.xlsx`)), { cellFormula: true });
      for (const sheet of Object.values(book.Sheets))
        for (const [at, cell] of Object.entries(sheet))
          if (!at.startsWith('!')) {
            expect(cell.f, at).toBeUndefined();
            if (cell.l) expect(cell.l.Target, at).toMatch(/^https?:\/\//);
          }
    },
  );

  it('a report runs and loads nothing', async () => {
    expect((await onTerminal(['report', '-o', join(folder, 'report.html'), ...withCodebook()])).code).toBe(0);
    const text = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(dangerIn(text)).toEqual([]);
    expect(text.match(active)?.[0] ?? null).toBeNull();
    expect(marksIn(text).length).toBeGreaterThan(0);
  });

  it('a package has the names of its tables and no other', async () => {
    expect((await onTerminal(['export', '--package', join(folder, 'package'), ...withCodebook()])).code).toBe(0);
    expect(readdirSync(join(folder, 'package')).sort()).toEqual(
      [
        'cells.csv',
        'citations.csv',
        'datapackage.json',
        'documents.csv',
        'figures.csv',
        'indicators.csv',
        'practices.csv',
        'standards.csv',
      ].sort(),
    );
    JSON.parse(readFileSync(join(folder, 'package', 'datapackage.json'), 'utf8'));
  });

  it('a web archive: no word ends a header line', async () => {
    const path = join(folder, 'pages.warc.gz');
    expect((await onTerminal(['export', '--warc', path, ...dbOf()])).code).toBe(0);
    const text = gunzipSync(readFileSync(path)).toString('utf8');
    expect(text).not.toMatch(/^X-Evil:/m);
    expect(text).toContain('Xianjian-Anchor');
    const database = join(folder, 'back.sqlite');
    expect((await onTerminal(['import', path, '--db', database])).code).toBe(0);
    const { stdout } = await onTerminal(['sql', 'select count(*) as n from snapshot', '--csv', '--db', database]);
    const before = await study.corpus.counts();
    expect(Number(stdout.split(/\r?\n/)[1])).toBe(before.snapshots);
  });

  it('an archive of files writes none of them outside the corpus', async () => {
    const inside = (name: string) => ({ name, data: Buffer.from('全县新建学校12所。') });
    const zip = zipOf([inside('../../../../毒evil.txt'), inside('/tmp/毒evil.txt'), inside('a\\..\\毒evil.txt')]);
    const file = join(folder, 'names.zip');
    writeFileSync(file, zip);
    const before = readdirSync(folder).sort();
    const { text } = await onTerminal(['import', file, '--db', join(study.folder, 'zip.sqlite')]);
    expect(withoutOwn(text).match(active)?.[0] ?? null).toBeNull();
    expect(readdirSync(folder).sort()).toEqual(before);
    expect(existsSync('/tmp/毒evil.txt')).toBe(false);
  });
});

describe('in a log', () => {
  it('each event is one line of JSON, whatever a page says', async () => {
    const log = join(study.folder, 'log.jsonl');
    const server = await testServer(({ url }) =>
      url === '/robots.txt'
        ? { body: `User-agent: *\nDisallow: /毒\u001b[2J` }
        : url === '/list.html'
          ? {
              body: `<ul>${[1, 2, 3].map((n) => `<li><a href="/${encodeURIComponent(payloads.header)}/${n}.html">示例县第${n}所学校${payloads.direction}</a><span>2031-03-04</span></li>`).join('')}</ul>`,
            }
          : { status: 404, body: payloads.markup },
    );
    const words = [
      'crawl',
      `${server.url}/list.html`,
      '--allow-private',
      '--no-delay',
      '--place',
      '990101',
      '--log',
      log,
    ];
    await onTerminal([...words, '--db', join(study.folder, 'log.sqlite')]);
    await server.close();
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      expect(() => JSON.parse(line)).not.toThrow();
      expect(line.match(active)?.[0] ?? null).toBeNull();
    }
  });
});

describe('in the database', () => {
  it('every text stands there as it was written, and every table is still there', async () => {
    const { rows } = await study.corpus.query('select title from document order by id', 100);
    expect(rows.map(([title]) => title)).toEqual(Object.values(payloads));
    const { rows: tables } = await study.corpus.query(`select name from sqlite_master where name = 'figure'`, 10);
    expect(tables).toEqual([['figure']]);
  });

  it('words of a search are words', async () => {
    for (const name of payloadNames) {
      const { code } = await onTerminal(['find', payloads[name], '--json', ...dbOf()]);
      expect(code).toBe(0);
    }
    expect((await study.corpus.counts()).figures).toBe(2 * payloadNames.length);
  });
});
