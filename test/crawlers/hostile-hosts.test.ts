// A source with hosts that do every bad thing at once: each gets an outcome in bounded time, and the hosts that behave do not wait for
// them.
import { createServer as createSocketServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { challengeKind } from '../../crawlers/blocked.js';
import { usualLimits } from '../../crawlers/fetch.js';
import type { Guard } from '../../crawlers/guard.js';
import type { TestAnswer } from '../helpers/server.js';
import { type Answers, article, closing, crawlAt, listPage, outcomesOf, serve, site } from '../helpers/small-site.js';

const limits = {
  connectMs: 2000,
  headersMs: 3000,
  idleMs: 3000,
  totalMs: 5000,
  maxBytes: 2_000_000,
  maxHeaderBytes: usualLimits.maxHeaderBytes,
};
const patience = { retryMs: 20, breakerMs: 50 };

const drip: TestAnswer = {
  raw: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const timer = setInterval(() => response.write('x'), 100);
    response.on('close', () => clearInterval(timer));
  },
};
const endless: TestAnswer = {
  raw: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const pour = (): void => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', pour);
    };
    pour();
  },
};
const bomb = gzipSync(Buffer.alloc(20_000_000));
const sitemap = Buffer.from(
  `<urlset>${'<url><loc>http://127.0.0.1/zwgk/art_1.html</loc></url>\n'.repeat(1_000_000)}</urlset>`,
);

/** A server of bare sockets that answers anything with these bytes. */
async function bare(answer: string): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => socket.write(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.3', done));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => server.close(done));
  });
  return `127.0.0.3:${(server.address() as { port: number }).port}`;
}

describe('hosts of bad will', () => {
  it('have an outcome each, and the host that behaves does not wait', async () => {
    const bad = async (answer: Answers) => (await serve(answer, '127.0.0.2')).url;
    /** Robots and list as they should be, the list over in another way. */
    const listThat =
      (answer: TestAnswer): Answers =>
      ({ url }) =>
        url === '/list.html' ? answer : undefined;
    const expected: [start: string, outcome: string][] = [
      [`${await bad(listThat(drip))}/list.html`, 'timeout'],
      [`${await bad(listThat(endless))}/list.html`, 'too_big'],
      [`${await bad(listThat({ headers: { 'content-encoding': 'gzip' }, body: bomb }))}/list.html`, 'too_big'],
      [`${await bad(({ url }) => ({ status: 302, headers: { location: `${url}/x` } }))}/list.html`, 'trap'],
      [`${await bad(listThat({ status: 302, headers: { location: '/list.html' } }))}/list.html`, 'trap'],
      [`http://${await bare(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(1_000_000)}\r\n\r\n`)}/list.html`, 'too_big'],
      [`${(await bad(site(1))).replace('http:', 'https:')}/list.html`, 'tls'],
      ['http://no-such-county.test/list.html', 'unreachable'],
      [
        `${await bad(({ url }) => (url === '/sitemap.xml' ? { headers: { 'content-type': 'text/xml' }, body: sitemap } : undefined))}/sitemap.xml`,
        'too_big',
      ],
    ];
    // The same slow host many times over, more often than there are hosts worked on side by side.
    const slow = await Promise.all(Array.from({ length: 6 }, () => bad(() => drip)));
    const good = await serve(
      site(8, ({ url }) => (url === '/robots.txt' ? { body: '<html><body>Disallow: / all</body></html>' } : undefined)),
    );
    const resolve: NonNullable<Guard['resolve']> = () =>
      Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    const { report, events } = await crawlAt(`${good.url}/list.html`, {
      source: {
        start: [...expected.map(([start]) => start), ...slow.map((url) => `${url}/list.html`), `${good.url}/list.html`],
        browser: 'never',
      },
      options: { noDelay: false },
      tuning: { limits, patience: { ...patience, floorMs: 0, factor: 0 }, resolve },
    });
    expect(report).toMatchObject({ end: 'partial', articles: 8 });
    for (const [start, outcome] of expected) {
      const { origin } = new URL(start);
      const met = [...outcomesOf(events, origin)].filter((each) => each !== 'gone');
      expect(met, `${start}: ${met.join(', ')}`).toContain(outcome);
      expect(
        report.failures.some(({ url }) => url.startsWith(origin)),
        start,
      ).toBe(true);
    }
    // Fetched while each of the slow hosts was at its first byte: the good host had a place beside them.
    const order = events.flatMap((event) => (event.type === 'outcome' ? [event.page] : []));
    const ofSlow = order.findIndex(
      ({ request, outcome }) => outcome === 'timeout' && slow.includes(new URL(request.url).origin),
    );
    const ofGood = order.findIndex(({ request }) => request.url.startsWith(good.url));
    expect(ofSlow).toBeGreaterThan(0);
    expect(ofGood).toBeLessThan(ofSlow);
  });
});

describe('challenge pages', () => {
  const kinds: [kind: string, answer: TestAnswer][] = [
    [
      'jiasule',
      {
        status: 521,
        headers: { 'set-cookie': '__jsluid_h=ab12; path=/' },
        body: '<script>document.cookie="x"</script>',
      },
    ],
    ['ruishu', { status: 412, body: '<meta content="x"><script>$_ts=window["$_ts"];if(!$_ts)$_ts={};</script>' }],
    ['ruishu', { status: 202, headers: { 'set-cookie': 'FSSBBIl1UgzbN7N80S=ab; Path=/' }, body: '<html></html>' }],
    ['wzws', { body: '<html><script>var wzws_challenge="x"</script>请开启JavaScript并刷新该页.</html>' }],
    ['cookie_script', { body: '<script>var HOY_TR="ab"; document.cookie=1</script>' }],
    ['dianxin', { status: 405, body: '<p>电信云防护：您的访问被阻断</p>' }],
    ['waf', { status: 403, body: '<p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>' }],
  ];

  it.each(kinds)('%s: evidence that is kept, no article, the copy from before stays', async (kind, answer) => {
    let isWalled = false;
    const server = await serve(site(1, ({ url }) => (isWalled && url.startsWith('/2031/') ? answer : undefined)));
    const { frontier } = await crawlAt(`${server.url}/list.html`);
    const key = [...frontier.pages.keys()].find((each) => each.includes('_1001'))!;
    const before = frontier.pages.get(key)!.sha256;
    isWalled = true;
    const tuning = { patience: { retryMs: 5 } };
    const { report, events } = await crawlAt(`${server.url}/list.html`, { frontier, tuning });
    expect(report.failures).toMatchObject([{ outcome: 'blocked', reason: `blocked: ${kind}` }]);
    expect(events.filter((event) => event.type === 'kept')).toEqual([]);
    expect(frontier.pages.get(key)!.sha256).toBe(before);
    const [evidence] = frontier.runs[1]!.snapshots.filter(({ outcome }) => outcome === 'blocked');
    expect(Buffer.from(evidence!.body!).toString()).toBe(String(answer.body));
    expect(challengeKind(evidence!.status, evidence!.headers, String(answer.body))).toBe(kind);
  });
});

describe('a calendar without end', () => {
  it('is left by the budget, and its months are no articles', async () => {
    const month = (n: number): string =>
      `<a href="/cal?month=${n + 1}">下个月</a> <a href="/cal?month=${n - 1}">上个月</a> ${Array.from({ length: 28 }, (_, day) => `<a href="/cal?month=${n}&day=${day + 1}">${day + 1}</a>`).join(' ')}`;
    const server = await serve(({ url }) => {
      if (url === '/list.html') return { body: listPage(1, 5, `<div class="cal">${month(0)}</div>`) };
      const n = /^\/cal\?month=(-?\d+)/.exec(url)?.[1];
      if (n !== undefined) return { body: `<title>日历</title>${month(Number(n))}` };
      return url.startsWith('/2031/') ? { body: article(url) } : undefined;
    });
    const { report } = await crawlAt(`${server.url}/list.html`, { source: { browser: 'never' } });
    expect(report.articles).toBe(5);
    expect(server.asked().filter((url) => url.startsWith('/cal')).length).toBeLessThan(5);
  });
});
