// The server against strangers: forged hosts, pages of other sites, frames, slow and greedy clients, addresses that are huge or climb out
// of their folder, the token, and statements that want more than to read.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import type { ServerType } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webApp } from '../../src/web/app.js';
import { runSql } from '../../src/web/pages/sql.js';
import { webServer } from '../../src/web/server.js';
import { codebook, type EvidenceStudy } from './evidence/study.js';
import { makePagesStudy } from './pages/study.js';

let study: EvidenceStudy;
let server: ServerType;
let port: number;
beforeAll(async () => {
  study = await makePagesStudy();
  server = webServer(webApp({ corpus: study.corpus, codebook }));
  port = await portOf(server);
});
afterAll(async () => {
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await study.remove();
});

/** The port of loopback that a server listens on from now on. */
async function portOf(listening: ServerType): Promise<number> {
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return (listening.address() as AddressInfo).port;
}

/** Sends bytes as they are; gives all that comes back. */
async function raw(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (data) => {
    answer += data;
  });
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return answer;
}
const rawGet = (target: string, host = 'localhost', more = ''): Promise<string> =>
  raw(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

/** A request as a browser sends it, with headers that `fetch` does not let through. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = '', at = port) {
  const sent = request({ port: at, host: '127.0.0.1', path, method, headers: { host: 'localhost', ...headers } });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  let text = '';
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode as number, headers: answer.headers as Record<string, string>, text };
}

describe('a connection that is kept', () => {
  it('answers a reader who asks again six seconds later: where many ask, a turn takes that long', async () => {
    const usual = webServer(webApp({ corpus: study.corpus, codebook }));
    const socket = connect(await portOf(usual), '127.0.0.1');
    let answers = '';
    socket.setEncoding('utf8').on('data', (data) => {
      answers += data;
    });
    const count = () => answers.match(/HTTP\/1\.1 200/g)?.length ?? 0;
    const get = () => socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    get();
    await expect.poll(count).toBe(1);
    await new Promise((done) => setTimeout(done, 6000));
    get();
    await expect.poll(count).toBe(2);
    socket.destroy();
    usual.close();
  });
});

describe('the Host header', () => {
  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'evil.example:80',
    '127.0.0.1@evil.example',
    '192.168.0.10',
    '169.254.169.254',
    '[fd00::1]',
    '0.0.0.0',
  ])('%s is not answered', async (host) => {
    const answer = await rawGet('/api/v1/figures', host);
    expect([400, 421]).toContain(statusOf(answer));
    expect(answer).not.toContain('"data"');
  });

  it('is not replaced by others, and not by the address of a proxy request', async () => {
    const forged = 'X-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\nX-Host: localhost\r\n';
    expect(statusOf(await rawGet('/', 'evil.example', forged))).toBe(421);
    expect(await rawGet('http://evil.example/api/v1/figures')).not.toContain('"data"');
    expect(statusOf(await raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'))).toBe(400);
    expect(statusOf(await rawGet('/', '127.0.0.1'))).toBe(200);
  });
});

describe('a page of another site', () => {
  it('is given no leave to read, also not before it asks', async () => {
    for (const path of [
      '/',
      '/api/v1/figures',
      '/api/v1/figures.csv',
      '/snapshot/1/page',
      '/charts/strip.svg?indicator=school_count',
    ]) {
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await ask(
          path,
          { origin: 'http://evil.example', 'access-control-request-method': 'GET' },
          method,
        );
        expect(
          Object.keys(headers).filter((name) => name.startsWith('access-control-')),
          path,
        ).toEqual([]);
      }
      const { headers } = await ask(path);
      expect(headers['cross-origin-resource-policy'], path).toBe('same-origin');
    }
  });

  it.each(['image', 'script', 'iframe', 'empty', 'object'])('loads nothing as %s, but may link here', async (dest) => {
    for (const site of ['cross-site', 'same-site'])
      for (const path of ['/', '/data?view=sql&sql=select+1', '/api/v1/figures', '/static/seal.svg']) {
        const mode = dest === 'iframe' ? 'navigate' : 'no-cors';
        const about = { 'sec-fetch-site': site, 'sec-fetch-dest': dest };
        expect((await ask(path, { ...about, 'sec-fetch-mode': mode })).status, `${site} ${path}`).toBe(403);
        const link = { 'sec-fetch-site': site, 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };
        expect((await ask(path, link)).status).toBe(200);
        const own = { ...about, 'sec-fetch-mode': mode, 'sec-fetch-site': 'same-origin' };
        expect((await ask(path, own)).status).toBe(200);
      }
  });

  it('shows no page of ours in a frame', async () => {
    for (const path of [
      '/',
      '/compare',
      '/search',
      '/c/990101',
      '/data',
      '/status',
      '/review',
      '/record/1-001',
      '/snapshot/1',
    ])
      expect((await ask(path)).headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
    expect((await ask('/snapshot/1/page')).headers['content-security-policy']).toContain("frame-ancestors 'self'");
  });

  it('writes nothing, by form or by script', async () => {
    const before = await study.corpus.decisions();
    const body = 'action=accept&figure=1-001&reviewer=evil';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: `http://localhost:${port + 1}` },
    ] as Record<string, string>[])
      expect((await ask('/review', { ...form, ...headers }, 'POST', body)).status).toBe(403);
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await ask('/review', { origin: 'http://evil.example' }, method)).status).toBe(403);
    expect(await study.corpus.decisions()).toEqual(before);
  });

  it('a reading address changes nothing, whatever stands in it', async () => {
    const before = await study.corpus.decisions();
    expect(
      (await ask('/review?action=accept&figure=1-001&reviewer=evil&_method=POST', { 'x-http-method-override': 'POST' }))
        .status,
    ).toBe(200);
    expect(await study.corpus.decisions()).toEqual(before);
  });
});

describe('slow and greedy clients', () => {
  it('200 that never end their head, or their body, are cut off, and the others are answered meanwhile', async () => {
    // Sooner than usual, and long enough for those who do not dawdle.
    const strict = webServer(webApp({ corpus: study.corpus, codebook }), {
      headersTimeout: 5000,
      requestTimeout: 6000,
      connectionsCheckingInterval: 100,
      maxHeaderSize: 32 * 1024,
      keepAliveTimeout: 5000,
    });
    const at = await portOf(strict);
    const status = async () => (await ask('/status', {}, 'GET', '', at)).status;
    const slow: Socket[] = [];
    for (let n = 0; n < 200; n++) {
      const socket = connect(at, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      const head =
        n % 2 === 0
          ? 'GET / HTTP/1.1\r\nHost: localhost\r\nX-A: '
          : 'POST /review HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\na';
      socket.write(head);
      slow.push(socket);
    }
    const drip = setInterval(() => {
      for (const socket of slow) if (!socket.destroyed) socket.write('a');
    }, 100);
    const closed = Promise.all(slow.map((socket) => (socket.closed ? null : once(socket, 'close'))));
    expect(await status()).toBe(200);
    await closed;
    clearInterval(drip);
    expect(await status()).toBe(200);
    strict.close();
  });

  it('a body of many megabytes is refused', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status } = await ask('/review', form, 'POST', `action=accept&figure=${'a'.repeat(200_000)}`);
    expect(status).toBe(413);
  });

  it.each<[string, string]>([
    ['20,000 counties', `/api/v1/figures?county=${Array(5000).fill('1').join(',')}`],
    ['one name of 20,000 letters', `/compare?county=${'x'.repeat(20_000)}`],
    ['the same parameter 1,500 times', `/compare?${'county=990101&'.repeat(1500)}`],
    ['1,000 words', `/search?q=${'a%20'.repeat(1000)}`],
    ['a word of 9,000 letters', `/search?q=${'a'.repeat(9000)}`],
    ['half escapes', '/search?q=%E5%A5&lang=%'],
    ['a period that goes on', `/compare?period=${'2020..'.repeat(3000)}`],
    ['numbers beyond numbers', '/search?document=9999999999999999999999&offset=1e999'],
    ['brackets in brackets', `/api/v1/figures?county=${'%5B'.repeat(5000)}`],
    ['a path of 10,000 parts', `/${'a/'.repeat(10_000)}`],
    ['an offset without end', '/api/v1/figures?offset=9007199254740993&limit=10000'],
    ['a record id of 20,000 digits', `/record/${'9'.repeat(20_000)}-001`],
  ])('%s: answered at once, and not as a fault', async (_, path) => {
    const begun = process.cpuUsage();
    const status = statusOf(await rawGet(path));
    const { user, system } = process.cpuUsage(begun);
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
    // Processor time of the server, whatever else the machine does.
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  it('an address beyond 32 KB is refused with 431', async () => {
    expect(statusOf(await rawGet(`/search?q=${'a'.repeat(40_000)}`))).toBe(431);
  });
});

describe('static files', () => {
  it.each([
    '/static/../../../package.json',
    '/static/..%2f..%2f..%2fpackage.json',
    '/static/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/static/..\\..\\..\\package.json',
    '/static/..%5c..%5cpackage.json',
    '/static/....//....//package.json',
    '/static//etc/passwd',
    '/static/%2fetc%2fpasswd',
    '/static/main.js%00.html',
    '/static/__proto__',
    '/static/constructor',
    '//etc/passwd',
    '/../../../../etc/passwd',
    '/snapshot/1/../../../package.json',
    '/snapshot/..%2f1',
    '/charts/..%2fstrip.svg',
  ])('%s gives no file', async (target) => {
    const answer = await rawGet(target);
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).not.toMatch(/root:|"dependencies"|better-sqlite3/);
  });
});

describe('the token', () => {
  it('is compared by hash in constant time, at any length', async () => {
    const app = webApp({ corpus: study.corpus, codebook, token: 'right-token' });
    const post = async (token: string) =>
      (await app.request('http://localhost/review', { method: 'POST', headers: { Authorization: `Bearer ${token}` } }))
        .status;
    for (const token of ['', 'r', 'right-toke', 'right-tokeN', 'right-token ', 'right-token'.repeat(1000)].map((each) =>
      each.replace(/ $/, 'x'),
    ))
      expect(await post(token), token.slice(0, 20)).toBe(403);
    expect(await post('right-token')).not.toBe(403);
    const source = readFileSync(resolve(import.meta.dirname, '../../src/web/guard.ts'), 'utf8');
    expect(source).toMatch(/timingSafeEqual\(hash\(given\), hash\(token\)\)/);
    expect(source).not.toMatch(/token\s*===|===\s*options\.token/);
  });
});

describe('statements', () => {
  const forbidden = (file: string): string[] => [
    `attach database '${file}' as x`,
    `select 1; attach database '${file}' as x`,
    `explain attach database '${file}' as x`,
    `with a as (select 1) insert into figure select * from figure`,
    `vacuum into '${file}'`,
    `select load_extension('${file}')`,
    `select writefile('${file}', 'x')`,
    `select readfile('/etc/passwd')`,
    `select edit('x')`,
    `select * from pragma_database_list`,
    `select * from "pragma_database_list"`,
    `/* x */ pragma writable_schema = on`,
    `create temp table t (a)`,
    `create virtual table temp.t using csv(filename='/etc/passwd')`,
    `reindex`,
    `analyze`,
    `begin immediate`,
    `drop table figure`,
    `update figure set value = 0 returning *`,
    `delete from figure returning *`,
    `replace into figure select * from figure returning *`,
  ];

  it('that write, reach for files or look behind the tables are refused', async () => {
    const file = join(study.database, '..', 'stolen.sqlite');
    const before = await study.corpus.counts();
    for (const sql of forbidden(file))
      await expect(runSql(study.database, sql), sql).rejects.toMatchObject({ code: /^E_SQL/ });
    expect(existsSync(file)).toBe(false);
    expect(await study.corpus.counts()).toEqual(before);
  });

  it.each([
    'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n',
    'select count(*) from figure a, figure b, figure c, figure d, figure e, figure f, figure g, document h, document i',
    "select '%' || hex(zeroblob(900000000)) like '%a%a%a%a%a%a%a%a%a%a'",
    'select randomblob(900000000)',
    "select replace(hex(zeroblob(400000000)), '0', 'aaaaaaaa')",
    "select printf('%.*c', 900000000, 'x')",
    'with recursive n(i, t) as (select 1, randomblob(1000000) union all select i + 1, randomblob(1000000) from n limit 100000) select count(distinct t) from n order by 1',
  ])('%s ends in time and memory', async (sql) => {
    const begun = performance.now();
    const answer = await runSql(study.database, sql).catch((error: Error) => error);
    expect(answer === null || answer instanceof Error || answer.rows.length < 501).toBe(true);
    // What nobody ended would take hours.
    expect(performance.now() - begun).toBeLessThan(120_000);
  });
});
