// A crawled site leaves as a web archive and comes back as the same documents and figures; archives of other crawlers come in with
// what gives no page counted, and damage named.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { gzipped, ok, record, response } from '../archive/warc.js';
import { type TestServer, testServer } from '../helpers/server.js';
import { xianjian } from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-warc-'));
const at = (name: string) => join(folder, name);

const article = (title: string, body: string) =>
  `<html><head><title>${title}</title></head><body><h1>${title}</h1><div>发布时间：2024-03-05</div><div class="content">${body}</div></body></html>`;
const report = (schools: number) =>
  article(
    `全县新建学校${schools}所`,
    `<p>2023年，全县新建学校${schools}所，新增学位${schools * 400}个，投入资金1.2亿元。</p><p>各学校要做好春季开学的准备工作，办好人民满意的教育。</p>`,
  );
let second = report(5);
const pages: Record<string, () => string> = {
  '/list.html': () =>
    `<ul class="list">${['a', 'b', 'c', 'gone']
      .map(
        (name, k) =>
          `<li><a href="/2024/${name}.html">某县教育局${name}号工作情况通报</a><span>2024-03-0${k + 1}</span></li>`,
      )
      .join('')}</ul>`,
  '/2024/a.html': () => report(3),
  '/2024/b.html': () => second,
  '/2024/c.html': () =>
    article(
      '关于印发办法的通知',
      '<p>各学校：现将办法印发给你们。</p><p><a href="/files/plan.txt.doc">附件：工作方案.doc</a></p>',
    ),
  '/files/plan.txt.doc': () => '工作方案\n\n到2025年，全县新建幼儿园7所，义务教育巩固率达到98%以上。',
};

let server: TestServer;
beforeAll(async () => {
  server = await testServer(({ url }) => {
    const page = pages[url];
    return page ? { body: page(), headers: { 'x-note': 'a' } } : { status: 404, body: '<h1>404</h1>' };
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const crawl = (database: string) =>
  xianjian([
    'crawl',
    `${server.url}/list.html`,
    '--place',
    '371083',
    '--allow-private',
    '--no-delay',
    '--db',
    at(database),
  ]);
const importInto = (database: string, file: string, ...more: string[]) =>
  xianjian(['import', at(file), '--db', at(database), ...more]);

/** What a corpus holds, numbers of rows left out. */
async function holds(database: string) {
  const corpus = await openCorpus(at(database), { readOnly: true });
  try {
    const documents = await corpus.documents();
    const urls = new Map(documents.map((document) => [document.id, document.url]));
    return {
      documents: documents
        .map(({ url, kind, title, text, place, publishedIso, repeats, attachedTo, fetchedAt, sha256 }) => ({
          url,
          kind,
          title,
          text,
          place,
          publishedIso,
          repeats: repeats && urls.get(repeats),
          attachedTo: attachedTo && urls.get(attachedTo),
          fetchedAt,
          sha256,
        }))
        .sort((a, b) => (a.url < b.url ? -1 : 1)),
      figures: (await corpus.figures({ withIndicator: false }))
        .map(({ url, quote, value, unit, sentence, place, textStart }) => ({
          url,
          quote,
          value,
          unit,
          sentence,
          place,
          textStart,
        }))
        .sort((a, b) => (a.url === b.url ? a.textStart - b.textStart : a.url < b.url ? -1 : 1)),
    };
  } finally {
    await corpus.close();
  }
}

describe('export --warc and import', () => {
  beforeAll(async () => {
    await crawl('first.sqlite');
    second = report(6);
    await crawl('first.sqlite');
  });

  it.each(['pages.warc.gz', 'pages.warc'])('%s: the same documents and figures', async (file) => {
    const written = await xianjian(['export', '--warc', at(file), '--db', at('first.sqlite')]);
    expect(written.code, written.stderr).toBe(0);
    const seen = await importInto(`back-${file}.sqlite`, file);
    expect(seen.code, seen.stderr).toBe(0);
    expect(seen.stderr).toMatch(/left out: .*revisits/);
    expect(seen.stderr).toMatch(/HTTP errors|challenge and error pages/);
    const [there, back] = [await holds('first.sqlite'), await holds(`back-${file}.sqlite`)];
    expect(there.documents.map((document) => document.kind).sort()).toEqual([
      'article',
      'article',
      'article',
      'attachment',
    ]);
    expect(there.figures.map((figure) => figure.value)).toEqual(expect.arrayContaining([3, 6, 7, 0.98]));
    expect(back).toEqual(there);
  });

  it('twice changes nothing', async () => {
    const before = await holds('back-pages.warc.sqlite');
    const seen = await importInto('back-pages.warc.sqlite', 'pages.warc');
    expect(seen).toMatchObject({ code: 0 });
    expect(seen.stderr).toMatch(/0 pages added, \d+ already in the corpus/);
    expect(await holds('back-pages.warc.sqlite')).toEqual(before);
  });

  it('an older version that comes in late does not take the place of the newer one', async () => {
    const old = response('http://a.example/x', ok, report(2), { 'WARC-Date': '2020-01-01T00:00:00Z' });
    const young = response('http://a.example/x', ok, report(9), { 'WARC-Date': '2023-01-01T00:00:00Z' });
    writeFileSync(at('versions.warc'), Buffer.concat([young, old]));
    await importInto('versions.sqlite', 'versions.warc', '--place', '371083');
    const { documents } = await holds('versions.sqlite');
    expect(documents).toMatchObject([
      { title: '全县新建学校9所', fetchedAt: '2023-01-01T00:00:00.000Z', place: '371083' },
    ]);
  });

  it('files that were imported come back under their paths', async () => {
    writeFileSync(at('年报.txt'), '全县教育工作情况\n\n2023年，全县新建学校4所。');
    await importInto('files.sqlite', '年报.txt', '--place', '371083', '--date', '2024-01-02');
    await xianjian(['export', '--warc', at('files.warc.gz'), '--db', at('files.sqlite')]);
    expect(await importInto('files-back.sqlite', 'files.warc.gz')).toMatchObject({ code: 0 });
    expect((await holds('files.sqlite')).documents).toMatchObject([
      { url: at('年报.txt'), publishedIso: '2024-01-02' },
    ]);
    expect(await holds('files-back.sqlite')).toEqual(await holds('files.sqlite'));
  });

  it('a file that cannot be written, and none', async () => {
    const seen = await xianjian(['export', '--warc', at('nowhere/pages.warc.gz'), '--db', at('first.sqlite')]);
    expect(seen.code).toBe(2);
    expect(seen.stderr).toContain(`there is no folder ${at('nowhere')}`);
    expect(await xianjian(['export', '--db', at('first.sqlite')])).toMatchObject({ code: 2 });
  });
});

describe('archives of other crawlers', () => {
  const encoded = (name: string, body: Uint8Array, encoding: string) =>
    response(`http://a.example/${name}`, [...ok, `Content-Encoding: ${encoding}`], body);

  it('content encodings undone, the rest counted', async () => {
    writeFileSync(
      at('other.warc.gz'),
      gzipped(
        record({ 'WARC-Type': 'warcinfo' }, 'software: other/1\r\n'),
        encoded('gzip', gzipSync(report(2)), 'gzip'),
        encoded('br', brotliCompressSync(report(4)), 'br'),
        encoded('undone', Buffer.from(report(8)), 'br'),
        encoded('broken', gzipSync(report(9)).subarray(0, 200), 'gzip'),
        response('http://a.example/gone', ['HTTP/1.1 404 Not Found'], 'gone'),
        record({ 'WARC-Type': 'revisit', 'WARC-Target-URI': 'http://a.example/gzip' }, ''),
      ),
    );
    const seen = await importInto('other.sqlite', 'other.warc.gz', '--place', '371083');
    expect(seen.code).toBe(3);
    expect(seen.stderr).toMatch(/3 pages added/);
    expect(seen.stderr).toMatch(/http:\/\/a\.example\/broken: gzip body is broken/);
    expect(seen.stderr).toMatch(/left out: 1 HTTP errors, 1 revisits/);
    const { documents } = await holds('other.sqlite');
    expect(documents.map(({ title, place, fetchedAt }) => ({ title, place, fetchedAt }))).toEqual(
      [4, 2, 8].map((schools) => ({
        title: `全县新建学校${schools}所`,
        place: '371083',
        fetchedAt: '2021-05-06T07:08:09.000Z',
      })),
    );
  });

  it('a damaged archive: what is whole is there, the place is named, exit 3', async () => {
    const bytes = readFileSync(at('other.warc.gz'));
    writeFileSync(at('cut.warc.gz'), bytes.subarray(0, bytes.length - 300));
    const seen = await importInto('cut.sqlite', 'cut.warc.gz');
    expect(seen.code).toBe(3);
    expect(seen.stderr).toMatch(/cut\.warc\.gz: damaged at byte \d+ \(.*cut.*\), nothing follows/);
    expect((await holds('cut.sqlite')).documents.length).toBeGreaterThan(0);
  });

  it('nothing but damage fails; one address for a whole archive is wrong usage', async () => {
    writeFileSync(at('nothing.warc'), 'WARC/1.0\r\nWARC-Type: response\r\n');
    expect(await importInto('nothing.sqlite', 'nothing.warc')).toMatchObject({ code: 1 });
    expect(await importInto('nothing.sqlite', 'other.warc.gz', '--url', 'http://a.example/')).toMatchObject({
      code: 2,
    });
  });

  it('names of bad will stay on their line', async () => {
    const name = 'a\nerror: all is lost\u001b[2J.warc';
    writeFileSync(at(name), Buffer.from('WARC/1.0\r\nWARC-Type: response\r\n'));
    const seen = await importInto('names.sqlite', name);
    expect(seen.stderr).not.toMatch(/^error: all is lost|\u001b/m);
  });
});
