// Strangers' texts (markup, scripts, escapes, marks of direction, formulas, SQL, paths, header lines) in every field of a corpus and of its
// codebook, looked at through every face: terminal, pages, API, files, logs, names of files and web archives.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { read as readWorkbook } from '@e965/xlsx';
import { load } from 'cheerio';
import type { Element } from 'domhandler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCodebook } from '../../extractors/index.js';
import { main } from '../../src/cli/main.js';
import { processOutput } from '../../src/cli/output.js';
import { tableSources } from '../../src/web/api/sources.js';
import { webApp } from '../../src/web/app.js';
import { parseCsv } from '../export/study.js';
import { testServer } from '../helpers/server.js';
import { zipOf } from '../helpers/zip.js';
import { active, type HostileStudy, makeHostileStudy, markOf, payloadNames, payloads } from './strangers.js';

let study: HostileStudy;
beforeAll(async () => {
  study = await makeHostileStudy();
});
afterAll(() => study.remove());

interface Terminal {
  code: number;
  /** What the terminal of a person, 100 columns wide, was sent. */
  text: string;
  stdout: string;
}

/** Runs a command as on a terminal, through the same output as the program's. */
async function onTerminal(words: readonly string[], folder = study.folder): Promise<Terminal> {
  let text = '';
  let stdout = '';
  const write = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const data = (chunk: unknown) => {
    stdout += String(chunk);
    return write(chunk);
  };
  const streams = { stdout: { write: data, isTTY: true, columns: 100 }, stderr: { write, isTTY: true } };
  const out = processOutput({ TERM: 'xterm', LANG: 'zh_CN.UTF-8' }, streams as never);
  const code = await main(words, out, new AbortController().signal, { folder, environment: {} });
  return { code, text, stdout };
}

/** What commands themselves send besides letters: their colours, and the clearing of a line of progress. */
const withoutOwn = (text: string): string => text.replace(/\u001b\[(?:0|1|1;4|22|33|39)m|\r\u001b\[K|\r(?=\n)/g, '');

const dbOf = (): string[] => ['--db', study.database];
const withCodebook = (): string[] => [...dbOf(), '--codebook', study.codebook];
const marksIn = (text: string): string[] => payloadNames.filter((name) => text.includes(markOf(payloads[name])));

describe('on a terminal', () => {
  const last = payloadNames.length;
  const commands: [words: string[], options: () => string[], shown: number][] = [
    [['find', '新建学校'], dbOf, last],
    [['find', '新建学校', '--json'], dbOf, last],
    [['compare', '--period', '2010..2030'], withCodebook, 0],
    [['compare', '--csv'], withCodebook, 1],
    [['practices'], withCodebook, 0],
    [['changes', '990101'], withCodebook, 0],
    [['terms'], dbOf, 0],
    [['audit', '--all'], withCodebook, 0],
    [['review', '--skipped'], withCodebook, 0],
    [['review', 'log'], withCodebook, 1],
    [['review', 'precision'], withCodebook, 0],
    [['export', '--format', 'csv', '--every'], withCodebook, last],
    [['export', '--format', 'jsonl', '--table', 'documents'], withCodebook, last],
    [['sql', 'select title, publisher from document'], dbOf, last],
    [['sql', "select ';' || title from document", '--csv'], dbOf, last],
    [['sql', `select '${payloads.escape}' from nothing`], dbOf, 1],
    [['runs'], dbOf, 0],
    [['doctor'], dbOf, 0],
    [['codebook', 'check'], () => [], 0],
    [['show', payloads.escape], dbOf, 1],
    [['read', payloads.escape], () => [], 1],
    [['compare', '--county', payloads.escape], dbOf, 1],
    [['inspect', payloads.escape], () => [], 1],
    [['import', payloads.escape], dbOf, 1],
    [['export', '-o', `${payloads.escape}/x.csv`], dbOf, 1],
    [[payloads.escape], () => [], 1],
  ];

  it.each(commands)('%j sends no control and no mark of direction', async (words, options, shown) => {
    const { text } = await onTerminal([...words, ...options()]);
    expect(text).not.toBe('');
    expect(withoutOwn(text).match(active)?.[0] ?? null).toBeNull();
    expect(marksIn(text).length).toBeGreaterThanOrEqual(shown);
  });

  it('shows each record and document in letters', async () => {
    for (const [index, name] of payloadNames.entries()) {
      for (const id of [
        `${index + 1}-001`,
        `${index + 1}-002`,
        `${index + 1}-p01`,
        `${index + 1}-c01`,
        `${index + 1}`,
      ]) {
        const { code, text } = await onTerminal(['show', id, ...dbOf()]);
        expect(code, id).toBe(0);
        expect(withoutOwn(text).match(active)?.[0] ?? null, id).toBeNull();
        expect(text, id).toContain(markOf(payloads[name]));
      }
    }
  });

  it('reads, imports, extracts and crawls pages of bad will in letters', async () => {
    const body = Object.values(payloads)
      .map((each) => `<p>${each.replaceAll('<', '&lt;').replace(/[\0\r\n]/g, ' ')}全县新建学校12所。</p>`)
      .join('');
    const page = `<!doctype html><meta charset="utf-8"><title>${payloads.direction}毒通知</title><h1>${payloads.escape.replace('\0', '')}关于学校的通知</h1><div class="content">${body}<a href="http://a.example/x.pdf">${payloads.direction}.pdf</a></div>`;
    const file = join(study.folder, `毒\u001b[2J\u202e.html`);
    writeFileSync(file, page);
    const database = join(study.folder, 'other.sqlite');
    const server = await testServer(({ url }) => {
      if (url === '/robots.txt') return { body: `User-agent: *\nDisallow: /毒\u001b[31m\n` };
      if (url.startsWith('/1')) return { headers: { 'content-type': 'text/html; charset=utf-8' }, body: page };
      return url === '/list.html'
        ? {
            body: `<meta charset="utf-8"><ul>${[10, 11, 12].map((n) => `<li><a href="/${n}.html">${payloads.escape.replace('\0', '')}关于学校的通知${n}</a><span>2024-05-0${n - 9}</span></li>`).join('')}</ul>`,
          }
        : { status: 404, body: payloads.escape };
    });
    try {
      for (const words of [
        ['read', file],
        ['extract', file, '--jsonl'],
        ['import', file, '--db', database],
        ['import', file, '--db', database],
        ['inspect', `${server.url}/list.html`, '--allow-private'],
        ['inspect', `${server.url}/10.html`, '--allow-private'],
        ['crawl', `${server.url}/list.html`, '--allow-private', '--no-delay', '--place', '990101', '--db', database],
        ['find', '新建学校', '--db', database],
        ['runs', '--db', database],
      ]) {
        const { text } = await onTerminal(words);
        expect(withoutOwn(text).match(active)?.[0] ?? null, words.join(' ')).toBeNull();
        expect(text.length, words.join(' ')).toBeGreaterThan(20);
      }
      expect((await onTerminal(['find', '新建学校', '--db', database])).text).toContain('毒');
    } finally {
      await server.close();
    }
  });
});

/** What of a page could run, load from elsewhere or send there. */
function dangerIn(html: string): string[] {
  const $ = load(html);
  const found: string[] = [];
  for (const element of $('*').toArray() as Element[]) {
    const name = element.tagName;
    if (
      ['iframe', 'object', 'embed', 'base', 'svg:script', 'foreignobject'].includes(name) &&
      !$(element).attr('src')?.startsWith('/snapshot/')
    )
      found.push(name);
    if (name === 'script' && !$(element).attr('src')?.startsWith('/static/')) found.push('script');
    for (const [key, value] of Object.entries(element.attribs)) {
      if (/^on/i.test(key) || key === 'srcdoc') found.push(`${name} ${key}`);
      if (/^(?:href|src|action|formaction|xlink:href)$/i.test(key) && /^\s*(?:javascript|data|vbscript):/i.test(value))
        if (!(name === 'img' && value.startsWith('data:image/'))) found.push(`${name} ${key}=${value}`);
      if (/^(?:src|action)$/.test(key) && /^(?:https?:)?\/\//.test(value)) found.push(`${name} ${key}=${value}`);
    }
  }
  return found;
}

describe('on the web', () => {
  const paths = [
    '/',
    '/compare',
    '/compare?view=practices',
    '/compare?view=charts',
    '/search?q=新建学校',
    '/search?document=1',
    '/c',
    '/c/990101',
    '/c/990102',
    '/data',
    '/data?view=practices',
    '/data?view=standards',
    '/data?view=schema',
    '/data?view=export',
    '/status',
    '/review',
    '/record/1-001',
    '/record/2-001',
    '/record/3-002',
    '/record/4-p01',
    '/record/5-c01',
    '/api',
    `/data?view=sql&sql=${encodeURIComponent('select title, publisher from document')}`,
    ...[1, 2, 3, 4, 10].map((id) => `/snapshot/${id}`),
    ...[1, 2, 3, 4, 10].map((id) => `/snapshot/${id}/page`),
    ...Object.values(payloads).flatMap((payload) => [
      `/search?q=${encodeURIComponent(payload)}`,
      `/c/${encodeURIComponent(payload)}`,
      `/record/${encodeURIComponent(payload)}`,
      `/compare?county=${encodeURIComponent(payload)}`,
      `/compare?period=${encodeURIComponent(payload)}&lang=${encodeURIComponent(payload)}`,
      `/data?view=sql&sql=${encodeURIComponent(payload)}`,
      `/${encodeURIComponent(payload)}`,
      `/static/${encodeURIComponent(payload)}`,
      `/review?why=${encodeURIComponent(payload)}`,
    ]),
  ];
  const app = () => webApp({ corpus: study.corpus, codebook: loadCodebook(study.codebook) });

  it('no page runs, loads or hides anything', async () => {
    const web = app();
    let seen = '';
    for (const path of paths)
      for (const lang of /%|lang=/.test(path) ? ['zh'] : ['zh', 'en']) {
        const answer = await web.request(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        const text = await answer.text();
        expect(answer.status, path).toBeLessThan(500);
        expect(answer.headers.get('content-security-policy'), path).toContain("default-src 'none'");
        expect(answer.headers.get('x-evil'), path).toBeNull();
        if (!/html/.test(answer.headers.get('content-type') ?? '')) continue;
        expect(dangerIn(text), path).toEqual([]);
        expect(text.match(active)?.[0] ?? null, path).toBeNull();
        seen += text;
      }
    expect(marksIn(seen)).toEqual(payloadNames);
  });

  it('drawings hold no script', async () => {
    const web = app();
    for (const name of ['strip', 'multiples', 'series', 'practices']) {
      const answer = await web.request(`/charts/${name}.svg?indicator=school_count&county=990101,990102`);
      const text = await answer.text();
      expect(answer.status, `${name} ${text}`).toBe(200);
      expect(text).toContain('<svg');
      expect(dangerIn(text)).toEqual([]);
      expect(text.match(active)?.[0] ?? null).toBeNull();
    }
  });

  it('the API answers JSON and files that a browser does not take for a page', async () => {
    const web = app();
    let seen = '';
    for (const { name: table } of tableSources.filter(({ name }) => name !== 'find' && name !== 'changes'))
      for (const format of ['json', 'csv', 'jsonl', 'xlsx']) {
        const answer = await web.request(`/api/v1/${table}.${format}${table === 'figures' ? '?every=1' : ''}`);
        expect(answer.status, `${table}.${format}`).toBe(200);
        expect(answer.headers.get('content-type')).not.toContain('html');
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        if (format === 'json') seen += JSON.stringify(JSON.parse(await answer.text()));
      }
    expect(marksIn(seen)).toEqual(payloadNames);
  });
});

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
