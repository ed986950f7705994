// Articles over several pages, visit counters and the contact, through crawl and reading together, on a small site of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sourceFromUrl } from '../crawlers/index.js';
import type { Corpus, StoredDocument } from '../db/corpus.js';
import { openCorpus } from '../db/open.js';
import { compileCodebook, loadCodebook } from '../extractors/index.js';
import { crawlAndRead } from '../src/pipeline.js';
import { type TestServer, testServer } from './helpers/server.js';
import { xianjian } from './helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-parts-'));
const codebook = compileCodebook(loadCodebook('education'));
let server: TestServer | null = null;
let corpus: Corpus | null = null;
afterAll(async () => {
  await corpus?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const kept: string[] = [];

const links = (own: number): string =>
  [1, 2, 3].map((n) => (n === own ? `<b>${n}</b>` : `<a href="t_${n}.html">${n}</a>`.replace('t_1', 't'))).join(' ') +
  (own < 3 ? ` <a href="t_${own + 1}.html">下一页</a>` : '');

const sentence = ['新建学校11所。', '新建学校12所。', '新建学校13所。'];
const part = (own: number, visits: number): string => `<html><head><title>青禾县教育工作总结</title></head><body>
<h1>青禾县教育工作总结</h1>${own === 1 ? `<p>发布时间:2031-03-04 浏览次数:${visits}</p>` : `<p>浏览次数:${visits}</p>`}
<div class="content"><p>2030年,青禾县${sentence[own - 1]}</p><p>${'各学校把各项任务落到了实处,办学条件持续改善。'.repeat(8)}</p></div>
<div class="page">${links(own)}</div><div>访问 ${visits} 次</div></body></html>`;

const crawlOnce = (url: string) =>
  crawlAndRead({ ...sourceFromUrl(url, { place: '371083' }), browser: 'never' }, corpus!, {
    allowPrivate: true,
    noDelay: true,
    onEvent: (event) => {
      if (event.type === 'outcome') kept.push(`${new URL(event.page.finalUrl).pathname} ${event.page.outcome}`);
    },
    contact: 'study@example.org',
    codebook,
  });

const list =
  '<html><body><ul><li><a href="/a/t.html">青禾县教育工作总结</a><span>2031-03-04</span></li></ul></body></html>';

describe('an article on three pages', () => {
  it('is fetched to its end once, its parts belong to its first page, and a counter makes no new version', async () => {
    let visits = 0;
    server = await testServer(({ url }) => {
      const own = { '/a/t.html': 1, '/a/t_2.html': 2, '/a/t_3.html': 3 }[url];
      if (url === '/list.html') return { body: list };
      if (own === undefined) return { status: 404, body: 'not there' };
      visits += 1;
      return { body: part(own, visits) };
    });
    corpus = await openCorpus(join(folder, 'parts.sqlite'), { create: true });
    const first = await crawlOnce(`${server.url}/list.html`);
    expect(first.crawl).toMatchObject({ end: 'complete', articles: 1, furtherPages: 2 });
    expect(first.reading).toMatchObject({ documents: 1, furtherPages: 2 });
    expect(await corpus.readings()).toMatchObject([{ place: '371083', documents: 1 }]);
    const asked = server.requests.map((request) => request.url).filter((url) => url.startsWith('/a/'));
    expect(asked).toEqual(['/a/t.html', '/a/t_2.html', '/a/t_3.html']);
    const documents = await corpus.documents();
    const at = (name: string): StoredDocument => documents.find((document) => document.url.endsWith(name))!;
    expect(documents).toHaveLength(3);
    expect(['/t_2.html', '/t_3.html'].map((name) => at(name).attachedTo)).toEqual([at('/t.html').id, at('/t.html').id]);
    expect(at('/t_3.html')).toMatchObject({ publishedIso: '2031-03-04', repeats: null });
    expect(sentence.map((words, n) => at(n === 0 ? '/t.html' : `/t_${n + 1}.html`).text.includes(words))).toEqual([
      true,
      true,
      true,
    ]);
    expect(server.requests[0]!.headers['user-agent']).toContain('study@example.org');

    kept.length = 0;
    const second = await crawlOnce(`${server.url}/list.html`);
    expect(second.crawl).toMatchObject({ end: 'complete', articles: 1, furtherPages: 2 });
    expect(kept.splice(0)).toEqual(['/list.html same', '/a/t.html same', '/a/t_2.html same', '/a/t_3.html same']);
    expect(await corpus.documents()).toHaveLength(3);
  });
});

describe('a quantity that every page of an article tells again', () => {
  const told = '2030年,青禾县新增学位600个。';
  const repeating = (own: number): string => `<html><head><title>青禾县学位建设情况</title></head><body>
<h1>青禾县学位建设情况</h1><p>发布时间:2031-03-04</p><div class="content"><p>${told}</p>
<p>${`这是情况的第${own}部分,各学校把各项任务落到了实处。`.repeat(8 + own)}</p></div>
<div class="page">${links(own)}</div></body></html>`;

  it('is one cell with that value, no sum and no conflict', async () => {
    const site = await testServer(({ url }) => {
      const own = { '/a/t.html': 1, '/a/t_2.html': 2, '/a/t_3.html': 3 }[url];
      if (url === '/list.html') return { body: list };
      return own === undefined ? { status: 404, body: 'not there' } : { body: repeating(own) };
    });
    const database = join(folder, 'repeating.sqlite');
    try {
      const words = ['--place', '371083', '--allow-private', '--no-delay', '--db', database];
      const crawled = await xianjian(['crawl', `${site.url}/list.html`, ...words]);
      expect(crawled.stderr).toContain('complete, 1 article (2 further pages of theirs)');
      expect(crawled.stderr).toContain('read: 1 document (2 further pages of theirs)');
    } finally {
      await site.close();
    }
    const compared = await xianjian(['compare', '--indicator', 'new_school_places', '--json', '--db', database]);
    const { rows } = JSON.parse(compared.stdout) as { rows: { cells: { chosen: { value: number } | null }[] }[] };
    expect(rows.flatMap(({ cells }) => cells.flatMap(({ chosen }) => chosen?.value ?? []))).toEqual([600]);
    const audited = await xianjian(['audit', '--json', '--db', database]);
    const { findings } = JSON.parse(audited.stdout) as { findings: { verdict: string }[] };
    expect(findings).toBeInstanceOf(Array);
    expect(findings.filter(({ verdict }) => verdict === 'conflicts')).toEqual([]);
  });
});
