// What every page passes: headers, hosts, origins, tokens, language and theme, errors with their cure, static files.
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../db/corpus.js';
import { loadCodebook } from '../../extractors/index.js';
import { CorpusError } from '../../src/model/errors.js';
import { alike } from '../../src/model/language.js';
import { type WebOptions, webApp } from '../../src/web/app.js';
import type { WebEnv } from '../../src/web/context.js';
import { page } from '../../src/web/layout.js';
import { asset } from '../../src/web/static-files.js';

const codebook = loadCodebook('education');

function appWith(options: Partial<WebOptions> = {}) {
  const app = webApp({ corpus: { address: '/data/study.sqlite' } as Corpus, codebook, ...options });
  const probe = new Hono<WebEnv>();
  probe.get('/probe', (c) => page(c, { title: '<b>' }, ['\u202edlrow', '<script>alert(1)</script>']));
  probe.post('/probe', (c) => c.text('written'));
  probe.get('/broken', () => {
    throw new Error('a fault');
  });
  app.route('/', probe);
  return app;
}

describe('every page', () => {
  it('forbids scripts and styles but the own, frames of others, and guessing of types', async () => {
    const { headers } = await appWith().request('/probe');
    const policy = headers.get('Content-Security-Policy')!;
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
  });

  it('shows stored markup as text and no control that turns the direction of writing', async () => {
    const text = await (await appWith().request('/probe')).text();
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/<script>|\u202e/);
    expect(text).toContain('<title>&lt;b&gt; · 县鉴</title>');
  });

  it('speaks Chinese unless the address, the cookie or the browser asks for English', async () => {
    const language = async (path: string, headers = {}) =>
      /<html lang="([^"]+)"/.exec(await (await appWith().request(path, { headers })).text())![1];
    expect(await language('/probe')).toBe('zh-CN');
    expect(await language('/probe', { 'Accept-Language': 'de, en;q=0.5' })).toBe('en');
    expect(await language('/probe', { 'Accept-Language': 'en, zh;q=0.5' })).toBe('zh-CN');
    expect(await language('/probe', { Cookie: 'lang=en' })).toBe('en');
    expect(await language('/probe?lang=zh', { Cookie: 'lang=en' })).toBe('zh-CN');
    expect(await language('/probe?lang=fr')).toBe('zh-CN');
  });

  it('keeps the theme in a cookie', async () => {
    const set = await appWith().request('/probe?theme=dark');
    expect(set.headers.get('Set-Cookie')).toMatch(/theme=dark;.*SameSite=Lax/);
    const kept = await appWith().request('/probe', { headers: { Cookie: 'theme=dark' } });
    expect(await kept.text()).toContain('data-theme="dark"');
  });

  it('gives the content alone as a fragment', async () => {
    const text = await (await appWith().request('/probe?fragment=1')).text();
    expect(text).toMatch(/^<article class="fragment">/);
    expect(text).not.toContain('<nav');
  });
});

describe('errors', () => {
  it('says of a path that is none what to do', async () => {
    const answer = await appWith().request('/nowhere?lang=en');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/There is no such page.*Back to the overview/s);
  });

  it('says of a corpus that cannot be opened what to do, and is well when it can be', async () => {
    let isThere = false;
    const app = appWith({
      corpus: async () => {
        if (isThere) return { address: 'a.sqlite' } as Corpus;
        throw new CorpusError(
          'E_CORPUS_NEWER',
          alike('/a.sqlite was written by <a newer version>'),
          alike('Install that version.'),
        );
      },
    });
    const answer = await app.request('/probe');
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(text).toMatch(/更新版本.*请安装那个版本.*&lt;a newer version&gt;.*E_CORPUS_NEWER/s);
    expect((await app.request(asset('style.css'))).status).toBe(200);
    isThere = true;
    expect((await app.request('/probe')).status).toBe(200);
  });

  it('gives a fault of the program a number that stands in the log too, and none of its words', async () => {
    const log: string[] = [];
    const answer = await appWith({ log: (text) => log.push(text) }).request('/broken');
    expect(answer.status).toBe(500);
    const text = await answer.text();
    const number = /<code>([0-9a-f]{8})<\/code>/.exec(text)![1]!;
    expect(log.join()).toMatch(new RegExp(`${number} GET /broken: Error: a fault`));
    expect(text).not.toContain('a fault');
  });
});

describe('who may ask', () => {
  const status = async (url: string, init: RequestInit = {}, options: Partial<WebOptions> = {}) =>
    (await appWith(options).request(url, init)).status;

  it('answers for loopback alone, unless told otherwise', async () => {
    expect(await status('http://127.0.0.1:4170/probe')).toBe(200);
    expect(await status('http://localhost:4170/probe')).toBe(200);
    expect(await status('http://[::1]:4170/probe')).toBe(200);
    expect(await status('http://evil.example/probe')).toBe(421);
    expect(await status('http://127.0.0.1.evil.example/probe')).toBe(421);
    expect(await status('http://192.168.1.7/probe')).toBe(421);
    expect(await status('http://192.168.1.7/probe', {}, { host: '0.0.0.0' })).toBe(200);
    expect(await status('http://evil.example/probe', {}, { host: '0.0.0.0' })).toBe(421);
    expect(await status('http://study.example/probe', {}, { host: 'study.example' })).toBe(200);
  });

  it('takes no address that is longer than a server takes', async () => {
    const address = (length: number) =>
      `http://localhost/probe?${'&'.repeat(length - 'http://localhost/probe?'.length)}`;
    expect(await status(address(16_384))).toBe(200);
    expect(await status(address(16_385))).toBe(414);
  });

  it('refuses to write for a page of another site', async () => {
    const post = (headers: Record<string, string>) => status('http://localhost/probe', { method: 'POST', headers });
    expect(await post({ Origin: 'http://localhost' })).toBe(200);
    expect(await post({})).toBe(200);
    expect(await post({ Origin: 'http://evil.example' })).toBe(403);
    expect(await post({ Origin: 'null' })).toBe(403);
    expect(await post({ Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
    expect(await post({ Origin: 'http://localhost:9999' })).toBe(403);
    expect(await post({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
  });

  it('demands the token for writing where there is one, from the cookie or as a bearer', async () => {
    const post = (headers: Record<string, string>) =>
      status('http://localhost/probe', { method: 'POST', headers }, { token: 'right' });
    expect(await post({})).toBe(403);
    expect(await post({ Cookie: 'token=wrong' })).toBe(403);
    expect(await post({ Cookie: 'token=right' })).toBe(200);
    expect(await post({ Authorization: 'Bearer right' })).toBe(200);
    expect(await status('http://localhost/probe', {}, { token: 'right' })).toBe(200);
  });

  it('takes the token from the address into a cookie that no script reads', async () => {
    const app = appWith({ token: 'right' });
    const answer = await app.request('/probe?a=1&token=right');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('Location')).toBe('/probe?a=1');
    expect(answer.headers.get('Set-Cookie')).toMatch(/token=right;.*HttpOnly; SameSite=Strict/);
    expect((await app.request('/probe?token=wrong')).headers.get('Set-Cookie')).toBeNull();
  });
});

describe('static files', () => {
  it('are kept for good under the name with their hash, and not under another', async () => {
    const app = appWith();
    const exact = await app.request(asset('style.css'));
    expect(exact.headers.get('Cache-Control')).toMatch(/immutable/);
    expect(exact.headers.get('Content-Type')).toBe('text/css; charset=utf-8');
    const other = await app.request('/static/style.000000000000.css');
    expect(other.status).toBe(200);
    expect(other.headers.get('Cache-Control')).toBe('no-cache');
    expect((await app.request('/static/package.json')).status).toBe(404);
    expect((await app.request('/static/..%2f..%2f..%2fpackage.json')).status).toBe(404);
  });

  it('ask for nothing from elsewhere', async () => {
    const app = appWith();
    for (const name of ['style.css', 'main.js'])
      expect(await (await app.request(asset(name))).text()).not.toMatch(/@import|url\(\s*['"]?(?:https?:)?\/\//);
  });
});
