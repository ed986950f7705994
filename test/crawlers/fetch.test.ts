// One fetch against servers that misbehave: every ending is an outcome, bounded in time and size, and nothing is thrown.
import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Agents } from '../../crawlers/agents.js';
import { Cookies } from '../../crawlers/cookies.js';
import { type FetchContext, type FetchLimits, fetchPage, usualLimits } from '../../crawlers/fetch.js';
import type { Guard } from '../../crawlers/guard.js';
import { type TestAnswer, type TestRequest, type TestServer, testServer } from '../helpers/server.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(
  answer: (request: TestRequest, count: number) => TestAnswer,
  address?: string,
): Promise<TestServer> {
  const server = await testServer(answer, address);
  closing.push(() => server.close());
  return server;
}

function contextWith(limits: Partial<FetchLimits> = {}, guard: Guard = { allowPrivate: true }): FetchContext {
  const all = { ...usualLimits, ...limits };
  const agents = new Agents(guard, all);
  closing.push(() => agents.close());
  return {
    agents,
    guard,
    limits: all,
    tls: { legacy: false, anyCertificate: false },
    knownTls: null,
    cookies: new Cookies(),
  };
}

const get = (url: string, context: FetchContext = contextWith()) =>
  fetchPage({ url, kind: 'article', source: 's', depth: 0 }, context);

const text = '青禾县新建学校。'.repeat(50);
const bytes = Buffer.from(text);

describe('bodies', () => {
  it.each<[string, Buffer]>([
    ['gzip', gzipSync(bytes)],
    ['x-gzip', gzipSync(bytes)],
    ['deflate', deflateSync(bytes)],
    ['deflate', deflateRawSync(bytes)],
    ['br', brotliCompressSync(bytes)],
    ['gzip, br', brotliCompressSync(gzipSync(bytes))],
    ['gzip', bytes],
    ['identity', bytes],
  ])('undoes %s', async (encoding, body) => {
    const server = await serve(() => ({ headers: { 'content-encoding': encoding }, body }));
    const { page } = await get(server.url);
    expect(page.outcome).toBe('ok');
    expect(Buffer.from(page.body!).toString()).toBe(text);
    expect(page.headers['x-orig-content-encoding']).toBe(encoding);
    expect(page.headers['content-encoding']).toBeUndefined();
    expect(page.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('stops a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(40_000_000));
    const server = await serve(() => ({ headers: { 'content-encoding': 'gzip' }, body: bomb }));
    const { page } = await get(server.url, contextWith({ maxBytes: 1_000_000 }));
    expect(page).toMatchObject({ outcome: 'too_big', status: 200, body: null });
  });

  it('tells a cut gzip body and an unknown encoding', async () => {
    const server = await serve(({ url }) =>
      url === '/cut'
        ? { headers: { 'content-encoding': 'gzip' }, body: gzipSync(bytes).subarray(0, 30) }
        : { headers: { 'content-encoding': 'zstd' }, body: 'x' },
    );
    expect((await get(`${server.url}/cut`)).page.outcome).toBe('cut_short');
    expect((await get(`${server.url}/zstd`)).page.outcome).toBe('unsupported');
  });

  it('stops an endless body at its cap', async () => {
    const server = await serve(() => ({
      raw: (response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        const pour = (): void => {
          while (response.write('x'.repeat(65_536)));
          response.once('drain', pour);
        };
        pour();
      },
    }));
    const { page } = await get(server.url, contextWith({ maxBytes: 500_000 }));
    expect(page).toMatchObject({ outcome: 'too_big', body: null });
  });

  it('does not begin a body that is announced as too big', async () => {
    const server = await serve(() => ({
      raw: (response) => {
        response.writeHead(200, { 'content-length': '10000000000' });
        response.write('x');
      },
    }));
    // Whoever waits for the rest of it meets the end of their patience.
    expect((await get(server.url)).page).toMatchObject({ outcome: 'too_big' });
  });

  it('gives up one byte a second', async () => {
    const server = await serve(() => ({
      raw: (response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        const timer = setInterval(() => response.write('x'), 100);
        response.on('close', () => clearInterval(timer));
      },
    }));
    // It comes always in time for a pause, and without end.
    const { page } = await get(server.url, contextWith({ totalMs: 700 }));
    expect(page).toMatchObject({ outcome: 'timeout', reason: 'the answer took too long' });
  });

  it('tells a body that ends early', async () => {
    const server = await serve(() => ({
      raw: (response, socket) => {
        response.writeHead(200, { 'content-length': '5000' });
        response.write('<html>cut');
        setTimeout(() => socket.destroy(), 20);
      },
    }));
    expect((await get(server.url)).page).toMatchObject({ outcome: 'cut_short', status: 200, body: null });
  });

  it('tells a 200 without a body', async () => {
    const server = await serve(() => ({ body: '' }));
    expect((await get(server.url)).page).toMatchObject({ outcome: 'soft404' });
  });
});

describe('connections', () => {
  it('tells headers of a megabyte', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(1_000_000)}\r\n\r\n`));
    });
    const { page } = await withRawServer(server);
    expect(page).toMatchObject({ outcome: 'too_big', status: 0 });
  });

  it('tells an answer that is no HTTP', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('hello, this is no HTTP\r\n\r\n'));
    });
    expect((await withRawServer(server)).page.outcome).toBe('unsupported');
  });

  it('tells silence, a dropped connection, a closed port and a name that does not exist', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}));
    expect((await withRawServer(silent, { headersMs: 300, totalMs: 900 })).page.outcome).toBe('timeout');
    const dropping = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.destroy());
    });
    expect((await withRawServer(dropping)).page.outcome).toBe('unreachable');
    expect((await get('http://127.0.0.1:9/')).page).toMatchObject({ outcome: 'unreachable', status: 0 });
    const nowhere: Guard = {
      allowPrivate: true,
      resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    };
    const { page } = await get('http://no-such-county.test/', contextWith({}, nowhere));
    expect(page).toMatchObject({ outcome: 'unreachable', reason: 'the host name does not exist (ENOTFOUND)' });
  });

  /** Fetches from a server of bare sockets. */
  async function withRawServer(server: ReturnType<typeof createServer>, limits: Partial<FetchLimits> = {}) {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(done));
    });
    return get(`http://127.0.0.1:${port}/`, contextWith(limits));
  }
});

describe('status', () => {
  it.each<[number, Record<string, string>, string]>([
    [200, {}, 'ok'],
    [304, {}, 'not_modified'],
    [404, {}, 'gone'],
    [410, {}, 'gone'],
    [403, {}, 'refused'],
    [429, {}, 'rate_limited'],
    [503, { 'retry-after': '3' }, 'rate_limited'],
    [503, {}, 'server_error'],
    [500, {}, 'server_error'],
    [302, {}, 'unsupported'],
  ])('%i %o is %s', async (status, headers, outcome) => {
    const server = await serve(() => ({ status, headers, body: status === 304 ? '' : 'a page' }));
    expect((await get(server.url)).page).toMatchObject({ status, outcome });
  });

  it('reads Retry-After as seconds and as a date', async () => {
    const server = await serve(({ url }) => ({
      status: 503,
      headers: { 'retry-after': url === '/date' ? new Date(Date.now() + 20_000).toUTCString() : '3' },
    }));
    expect((await get(`${server.url}/seconds`)).retryAfter).toBe(3000);
    const byDate = (await get(`${server.url}/date`)).retryAfter!;
    expect(byDate).toBeGreaterThan(17_000);
    expect(byDate).toBeLessThanOrEqual(20_000);
  });

  it('sends the validators it is given', async () => {
    const server = await serve(({ headers }) => ({
      status: headers['if-none-match'] === '"a"' ? 304 : 200,
      body: 'x',
    }));
    const context = { ...contextWith(), validators: { etag: '"a"', lastModified: 'Tue, 04 Mar 2031 00:00:00 GMT' } };
    expect((await get(server.url, context)).page.outcome).toBe('not_modified');
    expect(server.requests[0]!.headers['if-modified-since']).toBe('Tue, 04 Mar 2031 00:00:00 GMT');
  });
});

describe('redirects', () => {
  it('are followed, with the bytes of the query as they are', async () => {
    const server = await serve(({ url }) =>
      url === '/a' ? { status: 302, headers: { location: '/b?w=%BD%CC%D3%FD' } } : { body: url },
    );
    const { page } = await get(`${server.url}/a`);
    expect(page.finalUrl).toBe(`${server.url}/b?w=%BD%CC%D3%FD`);
    expect(Buffer.from(page.body!).toString()).toBe('/b?w=%BD%CC%D3%FD');
  });

  it('keep the raw bytes of a Location, in whatever encoding', async () => {
    // 教育 is BDCC D3FD in GBK: a server that does not escape them sends the four bytes as they are.
    const server = await serve(({ url }) =>
      url === '/a'
        ? {
            raw: (_, socket) =>
              socket.end(
                Buffer.from(
                  'HTTP/1.1 302 Found\r\nLocation: /s?w=\xbd\xcc\xd3\xfd\r\nContent-Length: 0\r\n\r\n',
                  'latin1',
                ),
              ),
          }
        : { body: text },
    );
    const { page } = await get(`${server.url}/a`);
    expect(page).toMatchObject({ outcome: 'ok', finalUrl: `${server.url}/s?w=%BD%CC%D3%FD` });
    expect(server.asked()).toEqual(['/a', '/s?w=%BD%CC%D3%FD']);
  });

  it('that go in a ring or on for ever are traps', async () => {
    const server = await serve(({ url }, count) => ({
      status: 302,
      headers: { location: url.startsWith('/ring') ? '/ring' : `/on/${count}` },
    }));
    expect((await get(`${server.url}/ring`)).page).toMatchObject({ outcome: 'trap' });
    expect((await get(`${server.url}/on`)).page).toMatchObject({ outcome: 'trap' });
    expect(server.requests.length).toBeLessThan(15);
  });

  it('that only wait for a cookie arrive', async () => {
    const server = await serve(({ headers }) =>
      headers.cookie?.includes('seen=1')
        ? { body: 'arrived' }
        : { status: 302, headers: { location: '/', 'set-cookie': 'seen=1; Path=/' } },
    );
    expect((await get(`${server.url}/`)).page.outcome).toBe('ok');
  });

  it('to another host are told and not followed', async () => {
    const other = await serve(() => ({ body: 'x' }));
    const server = await serve(() => ({ status: 301, headers: { location: `${other.url}/new` } }));
    expect(await get(server.url)).toMatchObject({
      page: { outcome: 'moved', status: 301 },
      movedTo: `${other.url}/new`,
    });
    expect(other.requests).toEqual([]);
  });

  it('are not followed where robots.txt forbids the target', async () => {
    const server = await serve(({ url }) =>
      url === '/a' ? { status: 302, headers: { location: '/secret' } } : { body: 'x' },
    );
    const context = {
      ...contextWith(),
      forbidsHop: (url: string) => (url.endsWith('/secret') ? 'Disallow: /secret' : null),
    };
    expect((await get(`${server.url}/a`, context)).page).toMatchObject({ outcome: 'denied' });
    expect(server.asked()).toEqual(['/a']);
  });
});

describe('the guard', () => {
  const strict: Guard = { allowPrivate: false };

  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://localhost/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.100.100.200/latest/meta-data/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://0.0.0.0/',
    'http://[fd00::1]/',
    'http://224.0.0.1/',
    'ftp://example.test/',
    'file:///etc/passwd',
  ])('refuses %s without a connection', async (url) => {
    expect((await get(url, contextWith({}, strict))).page).toMatchObject({ outcome: 'unsafe', status: 0 });
  });

  it('refuses a name that resolves to a private address, also beside a public one', async () => {
    const server = await serve(() => ({ body: 'secret' }));
    for (const all of [['10.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['::ffff:10.0.0.1']]) {
      const guard: Guard = {
        allowPrivate: false,
        resolve: async () => all.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      };
      const { page } = await get(`http://county.test:${server.port}/`, contextWith({}, guard));
      expect(page).toMatchObject({ outcome: 'unsafe', status: 0 });
    }
    expect(server.requests).toEqual([]);
  });

  it('refuses a redirect into a private network', async () => {
    // The name is let through to loopback by the test's own resolver being trusted for this one host.
    const server = await serve(() => ({ status: 302, headers: { location: 'http://169.254.169.254/latest/' } }));
    const context = contextWith();
    context.guard = { allowPrivate: false };
    const { page } = await fetchPage(
      { url: `http://county.test:${server.port}/`, kind: 'article', source: 's', depth: 0 },
      {
        ...context,
        agents: agentsFor({ allowPrivate: true, resolve: async () => [{ address: '127.0.0.1', family: 4 }] }),
      },
    );
    expect(page).toMatchObject({ outcome: 'unsafe', status: 302 });
    expect(page.reason).toContain('169.254.169.254');
  });

  function agentsFor(guard: Guard): Agents {
    const agents = new Agents(guard, usualLimits);
    closing.push(() => agents.close());
    return agents;
  }
});
