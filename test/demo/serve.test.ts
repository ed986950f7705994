// The server of the example site: five hosts, true headers, revalidation, the list service, and nothing outside its folders.
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveDemo } from '../../src/demo/serve.js';

let demo: Awaited<ReturnType<typeof serveDemo>>;
beforeAll(async () => {
  demo = await serveDemo();
});
afterAll(() => demo.close());

const siteUrl = (name: string) => demo.sites.find((site) => site.name === name)!.url;
const at = (name: string, path: string) => new URL(path, siteUrl(name));

/** A request whose path reaches the server as written; fetch would resolve the dots first. */
function rawGet(base: string, path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

/** A server on a port with a free one before it. */
async function takenPort(): Promise<[Server, number]> {
  for (;;) {
    const [blocker, probe] = [createServer(), createServer()];
    await once(blocker.listen(0, '127.0.0.1'), 'listening');
    const { port } = blocker.address() as { port: number };
    const isFree = await once(probe.listen(port - 1, '127.0.0.1'), 'listening').then(
      () => true,
      () => false,
    );
    if (isFree) await new Promise((resolve) => probe.close(resolve));
    if (isFree) return [blocker, port];
    await new Promise((resolve) => blocker.close(resolve));
  }
}

describe('serveDemo', () => {
  it('gives five counties, each on a host of its own', async () => {
    expect(demo.sites.map(({ name, place }) => [name, place])).toEqual([
      ['rushan', '371083'],
      ['qufu', '370881'],
      ['kaizhou', '500154'],
      ['zichuan', '370302'],
      ['yanggu', '371521'],
    ]);
    expect(new Set(demo.sites.map((site) => new URL(site.url).host)).size).toBe(5);
    for (const site of demo.sites) expect((await fetch(site.url)).status, site.url).toBe(200);
  });

  it('starts at the list where only the host is asked for', async () => {
    const [home, list] = await Promise.all([fetch(at('rushan', '/')), fetch(siteUrl('rushan'))]);
    expect(await home.text()).toBe(await list.text());
  });

  it('declares a charset except where the page alone says it', async () => {
    const type = async (url: string | URL) => (await fetch(url)).headers.get('content-type');
    expect(await type(siteUrl('rushan'))).toBe('text/html; charset=utf-8');
    expect(await type(siteUrl('yanggu'))).toBe('text/html');
    expect(await type(at('rushan', '/robots.txt'))).toBe('text/plain; charset=utf-8');
    expect(await type(new URL('list.json', siteUrl('zichuan')))).toBe('application/json');
    expect(await type(at('qufu', '/module/download/czfa2024_17.pdf'))).toBe('application/pdf');
    expect(await type(at('qufu', '/module/download/czfa2024_17.docx'))).toMatch(/wordprocessingml\.document$/);
  });

  it('answers 304 to its own ETag and 200 to another', async () => {
    const first = await fetch(siteUrl('kaizhou'));
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[0-9a-f]{16}"$/);
    const again = await fetch(siteUrl('kaizhou'), { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch(siteUrl('kaizhou'), { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('answers HEAD without a body', async () => {
    const head = await fetch(siteUrl('rushan'), { method: 'HEAD' });
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(500);
    expect(await head.text()).toBe('');
  });

  it('pages the JCMS list, by GET and by POST', async () => {
    const url = at('qufu', '/module/web/jpage/dataproxy.jsp?startrecord=6&endrecord=10&perpage=5');
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(url, { method });
      expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
      const xml = await answer.text();
      expect(xml).toContain('<totalrecord>9</totalrecord>');
      expect(xml.match(/<record>/g)).toHaveLength(4);
    }
    const past = await fetch(at('qufu', '/module/web/jpage/dataproxy.jsp?startrecord=11&endrecord=15'));
    expect((await past.text()).match(/<record>/g)).toBeNull();
  });

  it('answers 404 for what is not there', async () => {
    for (const path of ['/none.html', '/jyjh', '/jyjh/', '/robots.txt/x.html', '/module/web/jpage/dataproxy.jsp']) {
      expect((await fetch(at('rushan', path))).status, path).toBe(404);
    }
  });

  it('gives no file outside the site', async () => {
    const paths = [
      '/../qufu/robots.txt',
      '/%2e%2e/qufu/robots.txt',
      '/..%2fqufu%2frobots.txt',
      '/jyjh/../../qufu/robots.txt',
      '/../../../../package.json',
      '/../rushan-other/x.txt',
      '/robots.txt%00.html',
      '/%zz',
    ];
    for (const path of paths) {
      const answer = await rawGet(siteUrl('rushan'), path);
      expect(answer.status, path).toBe(404);
      expect(answer.body, path).not.toContain('Disallow');
    }
  });

  it('says which port is taken and leaves none open', async () => {
    const [blocker, taken] = await takenPort();
    await expect(serveDemo({ port: taken - 1 })).rejects.toMatchObject({ code: 'EADDRINUSE', port: taken });
    await expect(fetch(`http://127.0.0.1:${taken - 1}/`)).rejects.toThrow();
    await new Promise((resolve) => blocker.close(resolve));
  });

  it('ends every host on close', async () => {
    const other = await serveDemo();
    await other.close();
    for (const site of other.sites) await expect(fetch(site.url), site.url).rejects.toThrow();
  });
});
