// Sources on the command line: a site becomes a file that crawls it, and a check says which files still fit their sites.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSource, sourceYaml } from '../../crawlers/index.js';
import { type TestServer, testServer } from '../helpers/server.js';
import { xianjian } from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-sources-'));
const at = (name: string) => join(folder, name);
const rows = (from: number, to: number) =>
  `<ul class="news">${Array.from({ length: to - from + 1 }, (_, k) => `<li><a href="/zwgk/art_${from + k}.html">青禾县教育局公布第${from + k}批学校建设进展</a><span>2031-05-1${k}</span></li>`).join('')}</ul>`;

let trs = true;
const pages: Record<string, () => string> = {
  '/robots.txt': () => 'User-agent: *\nDisallow: /secret/\nCrawl-delay: 7\n',
  '/dt/index.html': () =>
    `<html><body>${rows(1, 6)}${trs ? '<script>createPageHTML(2, 0, "index", "html");</script>' : ''}</body></html>`,
  '/dt/index_1.html': () => `<html><body>${rows(7, 9)}</body></html>`,
  '/': () =>
    '<html><body><div class="nav"><a href="/dt/">教育动态</a><a href="/about/">关于我们</a></div><p>欢迎</p></body></html>',
};

let server: TestServer;
beforeAll(async () => {
  server = await testServer(({ url }) => {
    const page = pages[url];
    if (url.startsWith('/zwgk/')) return { body: `<h1>进展</h1><p>${'学校建设进展顺利。'.repeat(20)}${url}</p>` };
    return page ? { body: page() } : { status: 404, body: '<h1>404</h1>' };
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (path: string, file: string, ...more: string[]) =>
  xianjian(['sources', 'add', `${server.url}${path}`, '-o', at(file), '--allow-private', ...more]);
const check = (...files: string[]) => xianjian(['sources', 'check', ...files.map(at), '--allow-private']);

describe('sources add', () => {
  it('writes place, start, family and the delay that the site asks for; a crawl of the file brings its articles', async () => {
    const seen = await add('/dt/index.html', 'list.yaml', '--place', '乳山');
    expect(seen.code, seen.stderr).toBe(0);
    expect(seen.stderr).toMatch(/ok 200, family trs, 6 .*items/);
    expect(loadSource(at('list.yaml'))).toMatchObject({
      place: '371083',
      start: [`${server.url}/dt/index.html`],
      family: 'trs',
      delay: 7,
    });
    // The line of a schedule can be taken as it stands.
    const scheduled = readFileSync(at('list.yaml'), 'utf8').replace(/^# (?=schedule: )/m, '');
    writeFileSync(at('scheduled.yaml'), scheduled);
    expect(loadSource(at('scheduled.yaml')).schedule).toBe('30 2 * * 1');
    const crawled = await xianjian([
      'crawl',
      '--source',
      at('list.yaml'),
      '--allow-private',
      '--no-delay',
      '--db',
      at('a.sqlite'),
    ]);
    expect(crawled.stderr).toMatch(/complete, 9 articles/);
  });

  it('a home page without a list gets words to follow, the usual or the named', async () => {
    expect(await add('/', 'home.yaml')).toMatchObject({ code: 0 });
    const { family, topics, place } = loadSource(at('home.yaml'));
    expect({ family, place }).toEqual({ family: undefined, place: null });
    expect(topics).toContain('教育');
    await add('/', 'named.yaml', '--topics', '动态,公开');
    expect(loadSource(at('named.yaml')).topics).toEqual(['动态', '公开']);
  });

  it.each([
    ['/nowhere.html', /gone 404.*\n.*Nothing was written/],
    ['/secret/list.html', /not asked.*\n.*Nothing was written/],
  ])('%s gives no file', async (path, words) => {
    const seen = await add(path, 'none.yaml');
    expect(seen.code).toBe(1);
    expect(seen.stderr).toMatch(words);
    expect(existsSync(at('none.yaml'))).toBe(false);
  });

  it('a file that is there stays as it is', async () => {
    writeFileSync(at('mine.yaml'), 'id: mine\n');
    expect(await add('/dt/index.html', 'mine.yaml')).toMatchObject({ code: 2 });
    expect(readFileSync(at('mine.yaml'), 'utf8')).toBe('id: mine\n');
  });

  it.each([
    [['sources', 'add']],
    [['sources', 'add', 'ftp://a.example/']],
    [['sources', 'add', 'http://a.example/', 'http://b.example/']],
    [['sources', 'drop', 'x']],
    [['sources', 'toString']],
    [['sources', 'check', 'no-such-source']],
    [['sources', 'add', 'http://127.0.0.1:9/', '-o', '/nowhere/x.yaml', '--place', '没有县']],
  ])('wrong usage: %j', async (words) => {
    const seen = await xianjian(words);
    expect(seen.code).toBe(2);
    expect(seen.stderr).toMatch(/error: .*\n.+/);
  });
});

describe('sources check', () => {
  it('one line each; a list of another family, a page that is gone and a wrong file fail, the others go on', async () => {
    await add('/dt/index.html', 'good.yaml');
    const good = readFileSync(at('good.yaml'), 'utf8');
    writeFileSync(at('moved.yaml'), good.replace('/dt/index.html', '/gone.html'));
    writeFileSync(at('wrong.yaml'), `${good}colour: red\n`);
    const all = await check('good.yaml', 'home.yaml');
    expect(all.code, all.stdout).toBe(0);
    expect(all.stdout.trim().split('\n')).toHaveLength(2);
    const some = await check('moved.yaml', 'wrong.yaml', 'good.yaml');
    expect(some.code).toBe(3);
    expect(some.stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/FAILED .*gone 404/),
      expect.stringMatching(/wrong\.yaml .*FAILED .*colour/),
      expect.stringMatching(/ ok .*ok 200, family trs, 6 .*items/),
    ]);
    trs = false;
    const changed = await check('good.yaml');
    trs = true;
    expect(changed.code).toBe(1);
    expect(changed.stdout).toMatch(/FAILED .*family links, .*its file says family trs/);
  });
});

describe('sources list', () => {
  it('names every shipped source with its county', async () => {
    const seen = await xianjian(['sources', 'list']);
    expect(seen.code).toBe(0);
    expect(seen.stdout).toMatch(/^rushan +371083 乳山市 /m);
    expect(seen.stdout.trim().split('\n')).toHaveLength(5);
  });
});

describe('the text of a source file', () => {
  it('is read back as it was, whatever stands in it', () => {
    const source = {
      id: 'one',
      name: 'a: "b" # c\n- d 年',
      place: '010101',
      start: ["http://one.example/?q='a'&b=%C4%EA#x: y"],
      topics: ['yes', '12', '- a'],
      delay: 0.5,
    };
    writeFileSync(at('back.yaml'), sourceYaml(source, ['words\nid: two\u2028x']));
    expect(loadSource(at('back.yaml'))).toEqual(source);
  });
});
