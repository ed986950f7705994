// Strangers' texts (markup, scripts, escapes, marks of direction, formulas, SQL, paths, header lines) in every field of a corpus and of its
// codebook, looked at on a terminal and on the web.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCodebook } from '../../extractors/index.js';
import { tableSources } from '../../src/web/api/sources.js';
import { webApp } from '../../src/web/app.js';
import { testServer } from '../helpers/server.js';
import { dangerIn, marksIn, onTerminal as terminal, withoutOwn } from './faces.js';
import { active, type HostileStudy, makeHostileStudy, markOf, payloadNames, payloads } from './strangers.js';

let study: HostileStudy;
beforeAll(async () => {
  study = await makeHostileStudy();
});
afterAll(() => study.remove());

const onTerminal = (words: readonly string[]) => terminal(words, study.folder);
const dbOf = (): string[] => ['--db', study.database];
const withCodebook = (): string[] => [...dbOf(), '--codebook', study.codebook];

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
