// Requests into private networks, by every form of an address and through every door of a crawl. The public internet is played: names
// resolve to public addresses, and a connection to one of them ends at a server of the test; loopback itself stays what it is.
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrowser } from '../../crawlers/browser.js';
import { forbiddenUrl, type Guard, guardedLookup } from '../../crawlers/guard.js';
import { article, crawlAt, listPage, serve, site } from '../helpers/small-site.js';

const executable = await findBrowser();
const strict: Guard = { allowPrivate: false };

describe('addresses that are not asked', () => {
  it.each([
    'http://127.1/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://2130706433/',
    'http://0/',
    'http://１２７.0.0.1/',
    'http://127。0。0。1/',
    'http://①②⑦.0.0.1/',
    'http://127.0.0.1./',
    'http://user:pw@127.0.0.1/',
    'http://a.example@127.0.0.1/',
    'http:\\\\127.0.0.1\\',
    'http:127.0.0.1',
    'http://LOCALHOST./',
    'http://ⓛocalhost/',
    'http://x.localhost/',
    'http://metadata.google.internal/',
    'http://router.lan/',
    'http://printer.local./',
    'http://100.64.0.1/',
    'http://100.100.100.200/',
    'http://168.63.129.16/',
    'http://[::ffff:168.63.129.16]/',
    'http://172.31.255.255/',
    'http://192.0.0.8/',
    'http://198.18.0.1/',
    'http://240.0.0.1/',
    'http://255.255.255.255/',
    'http://[::]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[64:ff9b:1::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://[100::1]/',
    'http://[2001:db8::1]/',
    'http://[fe80::1%25eth0]/',
    'gopher://a.example/',
    'data:text/html,x',
    'javascript:0',
    'not an address',
  ])('%s', (url) => {
    expect(forbiddenUrl(url, strict)).not.toBeNull();
  });

  it.each(['http://a.example/', 'http://93.184.216.34/', 'http://[2606:4700::1111]/', 'http://127.0.0.1.a.example/'])(
    'but %s is, as far as its text tells',
    (url) => expect(forbiddenUrl(url, strict)).toBeNull(),
  );
});

describe('names', () => {
  const lookUp = (found: string[], options: object = { all: true }): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const guard: Guard = {
        allowPrivate: false,
        resolve: async () => found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      };
      guardedLookup(guard)('county.test', options as never, (error, ...answer) =>
        error ? reject(error) : resolve(answer[0]),
      );
    });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '::1',
    '::ffff:192.168.0.1',
    '64:ff9b::a00:1',
    'fd12::1',
    '0.0.0.0',
    'nonsense',
  ])('that resolve to %s are refused, alone and beside a public address', async (address) => {
    await expect(lookUp([address])).rejects.toMatchObject({ code: 'XIANJIAN_UNSAFE' });
    await expect(lookUp(['93.184.216.34', address])).rejects.toMatchObject({ code: 'XIANJIAN_UNSAFE' });
    await expect(lookUp(['93.184.216.34', address], { family: 4 })).rejects.toMatchObject({ code: 'XIANJIAN_UNSAFE' });
  });

  it('get exactly the addresses that were checked', async () => {
    expect(await lookUp(['93.184.216.34'])).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });
});

describe('a crawl of a public site that points inwards', () => {
  const publicAddress = '93.184.216.34';
  /** What a name resolves to, one answer after another; the last one stays. */
  let names: Record<string, string[]> = {};
  const resolve = async (name: string) => {
    const answers = names[name] ?? [];
    const address = answers.length > 1 ? answers.shift()! : answers[0];
    if (address === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    return [{ address, family: 4 }];
  };
  const tuning = { resolve, patience: { floorMs: 0, factor: 0, retryMs: 20 } };
  const options = { allowPrivate: false, noDelay: false };

  beforeEach(() => {
    // Beyond the guard: the connection to the public address ends at loopback, where the test's site listens.
    const connect = net.connect;
    vi.spyOn(net, 'connect').mockImplementation(((given: net.TcpNetConnectOpts, ...rest: unknown[]) => {
      const { lookup } = given;
      const there: net.LookupFunction = (name, asked, callback) =>
        lookup!(name, asked, (error, found, family) => {
          const toLoopback = (address: string) => (address === publicAddress ? '127.0.0.1' : address);
          if (error) return callback(error, found as string, family);
          if (typeof found === 'string') return callback(null, toLoopback(found), family);
          return callback(
            null,
            (found as never as { address: string; family: number }[]).map((each) => ({
              ...each,
              address: toLoopback(each.address),
            })) as never,
          );
        });
      return (connect as (...all: unknown[]) => net.Socket)(lookup ? { ...given, lookup: there } : given, ...rest);
    }) as typeof net.connect);
  });
  afterEach(() => vi.restoreAllMocks());

  const inner = () => serve(() => ({ body: '<title>secret</title>secret' }));

  it('reaches the public site itself, so that the tests below can fail', async () => {
    names = { 'county.test': [publicAddress] };
    const server = await serve(site(2));
    const { report } = await crawlAt(`http://county.test:${server.port}/list.html`, { options, tuning });
    expect(report, report.reasons.join()).toMatchObject({ end: 'complete', articles: 2 });
  });

  const forms = (port: number): string[] => [
    `http://127.0.0.1:${port}/x`,
    `http://2130706433:${port}/x`,
    `http://0x7f.1:${port}/x`,
    `http://[::ffff:127.0.0.1]:${port}/x`,
    `http://localhost:${port}/x`,
    `http://inner.county.test:${port}/x`,
  ];
  const doors: Record<string, (target: string) => Parameters<typeof site>[1]> = {
    'a redirect of the list':
      (target) =>
      ({ url }) =>
        url === '/list.html' ? { status: 302, headers: { location: target } } : undefined,
    'a redirect of an article':
      (target) =>
      ({ url }) =>
        url.startsWith('/2031/') ? { status: 307, headers: { location: target } } : undefined,
    'a redirect of robots.txt':
      (target) =>
      ({ url }) =>
        url === '/robots.txt' ? { status: 301, headers: { location: target } } : undefined,
    'a row of the list':
      (target) =>
      ({ url }) =>
        url === '/list.html'
          ? {
              body: listPage(
                1,
                2,
                `<ul class="list"><li><a href="${target}/2031/t20310304_9.html">示例县第九所学校建成投用</a><span>2031-03-04</span></li></ul>`,
              ),
            }
          : undefined,
    'the next page of the list':
      (target) =>
      ({ url }) =>
        url === '/list.html' ? { body: listPage(1, 2, `<a href="${target}">下一页</a>`) } : undefined,
    'an attachment':
      (target) =>
      ({ url }) =>
        url.startsWith('/2031/') ? { body: `${article(url)}<a href="${target}.pdf">附件</a>` } : undefined,
    'the next part of an article':
      (target) =>
      ({ url }) =>
        url.startsWith('/2031/')
          ? { body: `${article(url)}<div class="page"><a href="${target}">下一页</a></div>` }
          : undefined,
    'a refresh':
      (target) =>
      ({ url }) =>
        url.startsWith('/2031/') ? { body: `<meta http-equiv="refresh" content="0;url=${target}">` } : undefined,
    'a script that sends on':
      (target) =>
      ({ url }) =>
        url.startsWith('/2031/') ? { body: `<script>location.href="${target}"</script>` } : undefined,
    'a frame':
      (target) =>
      ({ url }) =>
        url === '/list.html' ? { body: `<iframe src="${target}"></iframe>` } : undefined,
    'a base':
      (target) =>
      ({ url }) =>
        url === '/list.html'
          ? { body: `<base href="${target}/">${listPage(1, 2).replaceAll('href="/', 'href="')}` }
          : undefined,
    'a sitemap':
      (target) =>
      ({ url }) =>
        url === '/list.html'
          ? {
              headers: { 'content-type': 'application/xml' },
              body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${target}/a.html</loc></url><url><loc>${target}/b.html</loc></url></urlset>`,
            }
          : undefined,
    'an index of sitemaps':
      (target) =>
      ({ url }) =>
        url === '/list.html'
          ? {
              headers: { 'content-type': 'application/xml' },
              body: `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${target}.xml</loc></sitemap></sitemapindex>`,
            }
          : undefined,
    'a feed':
      (target) =>
      ({ url }) =>
        url === '/list.html'
          ? {
              headers: { 'content-type': 'application/rss+xml' },
              body: `<?xml version="1.0"?><rss version="2.0"><channel><item><title>示例县的学校建成投用了</title><link>${target}</link></item></channel></rss>`,
            }
          : undefined,
    'the Sitemap line of robots.txt':
      (target) =>
      ({ url }) =>
        url === '/robots.txt' ? { body: `Sitemap: ${target}\nUser-agent: *\nDisallow:\n` } : undefined,
    'an endpoint of data':
      (target) =>
      ({ url }) =>
        url === '/list.html'
          ? {
              body: `<script>$.ajax({url:"${target}/api/list.json",data:{page:1,size:10}})</script><div id="list"></div>`,
            }
          : undefined,
  };

  it.each(Object.keys(doors))('asks nothing inside through %s', async (name) => {
    const secret = await inner();
    for (const target of forms(secret.port)) {
      names = { 'county.test': [publicAddress], 'inner.county.test': ['127.0.0.1'] };
      const server = await serve(site(1, doors[name]!(target)));
      const source = { browser: 'never' as const, budget: { pages: 20 } };
      const { events } = await crawlAt(`http://county.test:${server.port}/list.html`, { options, tuning, source });
      expect(server.requests.length, target).toBeGreaterThan(0);
      const asked = events.flatMap((event) => (event.type === 'outcome' ? [event.page] : []));
      for (const page of asked.filter(({ finalUrl }) => finalUrl.includes(`:${secret.port}/`)))
        expect(page, target).toMatchObject({ outcome: 'unsafe', status: 0 });
    }
    expect(secret.requests).toEqual([]);
  });

  it('asks nothing of a name that is public when first asked and private from then on', async () => {
    const secret = await inner();
    names = { 'county.test': [publicAddress, '127.0.0.1'] };
    const server = await serve(({ url }) => ({
      // Each answer ends its connection, so that the next one resolves the name anew.
      headers: { connection: 'close' },
      ...(url === '/robots.txt' ? { status: 404, body: '' } : { body: listPage(1, 3) }),
    }));
    const { report, events } = await crawlAt(`http://county.test:${server.port}/list.html`, { options, tuning });
    expect(server.requests.map(({ url }) => url)).toEqual(['/robots.txt']);
    expect(report.end).toBe('failed');
    const outcomes = events.flatMap((event) => (event.type === 'outcome' ? [event.page.outcome] : []));
    expect(outcomes).toContain('unsafe');
    expect(secret.requests).toEqual([]);
  });

  it.skipIf(executable === null)('asks nothing inside for what a browser draws (needs a Chromium)', async () => {
    const secret = await inner();
    names = { 'county.test': [publicAddress], 'inner.county.test': ['127.0.0.1'] };
    const calls = forms(secret.port)
      .map(
        (target) =>
          `fetch('${target}').catch(() => {}); document.head.append(Object.assign(document.createElement('script'), { src: '${target}.js' }));`,
      )
      .join('\n');
    const server = await serve(({ url }) =>
      url === '/list.html' ? { body: `<div id="list"></div><script>${calls}</script>` } : { status: 404, body: '' },
    );
    const source = { browser: 'always' as const };
    const { events } = await crawlAt(`http://county.test:${server.port}/list.html`, { options, tuning, source });
    expect(server.requests.map(({ url }) => url)).toContain('/list.html');
    const refused = events.flatMap((event) =>
      event.type === 'outcome' && event.page.outcome === 'unsafe' ? [event.host] : [],
    );
    // Browsers write every number that means 127.0.0.1 the same way: each host is refused and told once.
    expect(new Set(refused)).toEqual(
      new Set(
        ['127.0.0.1', '[::ffff:7f00:1]', 'localhost', 'inner.county.test'].map((each) => `${each}:${secret.port}`),
      ),
    );
    expect(secret.requests).toEqual([]);
  });
});
