// Lists of Hanweb JCMS in the forms its versions print: where the records stand, how the address of dataproxy.jsp is written, what its
// parameters are called and how they are sent, how a total is told. Every record once, or a reason why not.
import { describe, expect, it } from 'vitest';
import type { TestAnswer, TestRequest } from '../helpers/server.js';
import { crawlSite, expectAll, footer, nav, queryOf, range, row, rows } from './list-site.js';

const start = '/col/col8812/index.html';
const proxy = '/module/web/jpage/dataproxy.jsp';
const cdata = (n: number): string => `<record><![CDATA[${row(n)}]]></record>`;
const store = (from: number, to: number, more = ''): string =>
  `<datastore>${more}<recordset>${range(from, to).map(cdata).join('\n')}</recordset></datastore>`;
const xml = (body: string): TestAnswer => ({ headers: { 'content-type': 'text/xml;charset=UTF-8' }, body });

interface Server {
  count: number;
  /** Records in one answer, at most. */
  most?: number;
  method?: 'GET' | 'POST';
  names?: [from: string, to: string];
  answer?: (from: number, to: number) => TestAnswer;
}

/** A site with one column; `page` is the column's page. */
const site =
  (page: string, { count, most = 1000, method, names = ['startrecord', 'endrecord'], answer }: Server) =>
  (request: TestRequest): TestAnswer | undefined => {
    const { url, body } = request;
    if (url === start) return { body: `${nav}${page}${footer}` };
    if (!url.startsWith(proxy)) return undefined;
    if (method !== undefined && request.method !== method) return { status: 405, body: 'Method Not Allowed' };
    // A servlet knows parameters of the query and of the form alike, and tells capitals from small letters.
    const all = new URLSearchParams(`${url.split('?')[1] ?? ''}&${body}`);
    if (all.get('columnid') !== '8812' || all.get('unitid') !== '20417') return { status: 500, body: 'no such column' };
    const [from, to] = names.map((name) => Number(all.get(name)));
    if (!from || !to) return { status: 500, body: 'no record numbers' };
    const end = Math.min(to, count, from + most - 1);
    if (answer) return answer(from, end);
    return xml(
      `<datastore><totalrecord>${count}</totalrecord><totalpage>9</totalpage><recordset>${range(from, end).map(cdata).join('')}</recordset></datastore>`,
    );
  };

const parameters =
  'appid=1&webid=17&path=/&columnid=8812&sourceContentType=1&unitid=20417&webname=%E9%9D%92%E7%A6%BE&permissiontype=0';
const group = (query: string): string => `<nextgroup><![CDATA[<a href="${proxy}?${query}"></a>]]></nextgroup>`;
const inScript = (content: string, attributes = 'type="text/xml"'): string =>
  `<div id="20417" class="default_pgContainer"><script ${attributes}>${content}</script></div>`;

const sites: Record<string, [page: string, server: Server]> = {
  'record numbers written in the next group, in capitals of their own': [
    inScript(store(1, 10, group(`startRecord=11&endRecord=20&perPage=10&${parameters}`))) +
      '<script>new jpage({totalRecord:38,perPage:10})</script>',
    { count: 38, names: ['startRecord', 'endRecord'] },
  ],
  'a server that answers GET alone': [
    `${inScript(store(1, 10, group(`page=1&${parameters}`)))}<script>new jpage({totalRecord:38,perPage:10})</script>`,
    { count: 38, method: 'GET' },
  ],
  'a server that answers POST alone': [
    inScript(store(1, 10, group(`page=1&${parameters}`)), "TYPE='text/xml'") +
      "<script>$('#20417').jpage({ 'totalRecord' : '38', 'perPage' : '10' })</script>",
    { count: 38, method: 'POST' },
  ],
  'an address with its ampersands as entities': [
    inScript(`<datastore><nextgroup>&lt;a href="${proxy}?page=1&amp;amp;x=1"&gt;&lt;/a&gt;</nextgroup></datastore>`) +
      inScript(store(1, 10, group(`page=1&${parameters}`.replaceAll('&', '&amp;')))) +
      '<script>var totalRecord = 38, perPage = 10;</script>',
    { count: 38 },
  ],
  'an empty store: all records come from the server': [
    `${inScript(store(1, 0, group(`page=1&${parameters}`)))}<script>jpage({totalRecord:'23',perPage:'8'})</script>`,
    { count: 23 },
  ],
  'the first records as rows of the page, the address in the script': [
    `<div id="20417">${rows(1, 8)}</div><script>$('#20417').jpage({ url: "/images/", themeName: 'default', proxyUrl: '${proxy}?page=1&${parameters}', totalRecord: 23, perPage: 8, groupSize: 1 });</script>`,
    { count: 23 },
  ],
  'an address without parameters, which stand beside it': [
    `${inScript(store(1, 8))}<script>$('#20417').jpage({ dataProxy: "${proxy}", params: { appid: 1, webid: '17', path: '/', columnid: 8812, unitid: '20417' }, totalRecord: 23, perPage: 8 });</script>`,
    { count: 23 },
  ],
  'no total anywhere, and a server that gives less than it is asked for': [
    `${inScript(store(1, 8, group(`page=1&${parameters}`)))}<script>jpage({perPage:8})</script>`,
    {
      count: 30,
      most: 5,
      answer: (from, to) => xml(`<datastore><recordset>${range(from, to).map(cdata).join('')}</recordset></datastore>`),
    },
  ],
  'records as escaped HTML, with blanks and attributes in the tags': [
    `${inScript(
      `<datastore >\n<recordset >${range(1, 8)
        .map((n) => `<record id="${n}" >${row(n).replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</record >`)
        .join('')}</recordset></datastore>`,
    )}<script>var dataproxyUrl='${proxy}?${parameters}'; var totalRecord=14; var perPage=8;</script>`,
    {
      count: 14,
      answer: (from, to) =>
        xml(
          `<?xml version='1.0' encoding='UTF-8'?><datastore><totalrecord> 14 </totalrecord><recordset>${range(from, to)
            .map((n) => `<record >${row(n).replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</record >`)
            .join('')}</recordset></datastore>`,
        ),
    },
  ],
  'a store in a hidden element and not in a script': [
    `<xml id="data" style="display:none">${store(1, 8, group(`page=1&${parameters}`))}</xml><script>var totalRecord=14; var perPage=8;</script>`,
    { count: 14 },
  ],
  'rows of a table, as records': [
    `${inScript(
      `<datastore>${group(`page=1&${parameters}`)}<recordset>${range(1, 8)
        .map((n) => `<record><![CDATA[<tr><td>·</td><td>${row(n).replace(/<\/?li>/g, '')}</td></tr>]]></record>`)
        .join('')}</recordset></datastore>`,
    )}<script>var totalRecord=14; var perPage=8;</script>`,
    { count: 14 },
  ],
};

describe('JCMS: every record of the list, once', () => {
  it.each(Object.keys(sites))('%s', async (name) => {
    const [page, server] = sites[name]!;
    expectAll(await crawlSite(start, site(page, server)), 'jcms', server.count);
  });

  it('a proxy that is refused by POST and by GET: partial, with the page that was lost', async () => {
    const { report, server } = await crawlSite(start, (request) =>
      request.url === start
        ? {
            body: `${inScript(store(1, 8, group(`page=1&${parameters}`)))}<script>var totalRecord=14, perPage=8;</script>`,
          }
        : request.url.startsWith(proxy)
          ? { status: 404, body: 'x' }
          : undefined,
    );
    expect(report).toMatchObject({ end: 'partial', articles: 8 });
    expect(report.lists[0]!.reason).toContain('dataproxy.jsp');
    expect(server.requests.filter(({ url }) => url.startsWith(proxy)).map(({ method }) => method)).toEqual([
      'POST',
      'GET',
    ]);
  });

  it('a total that is larger than what there is: partial, with both numbers', async () => {
    const { report } = await crawlSite(
      start,
      site(`${inScript(store(1, 8, group(`page=1&${parameters}`)))}<script>var totalRecord=20, perPage=8;</script>`, {
        count: 12,
        answer: (from, to) =>
          xml(
            `<datastore><totalrecord>20</totalrecord><recordset>${range(from, to).map(cdata).join('')}</recordset></datastore>`,
          ),
      }),
    );
    expect(report).toMatchObject({ end: 'partial', articles: 12 });
    expect(report.lists[0]!.reason).toBe('declares 20 records, 12 were found');
  });

  it('a proxy that gives the first records again: stops, and says so', async () => {
    const { report, server } = await crawlSite(
      start,
      site(`${inScript(store(1, 8, group(`page=1&${parameters}`)))}<script>var totalRecord=80, perPage=8;</script>`, {
        count: 80,
        answer: () =>
          xml(
            `<datastore><totalrecord>80</totalrecord><recordset>${range(1, 8).map(cdata).join('')}</recordset></datastore>`,
          ),
      }),
    );
    expect(report).toMatchObject({ end: 'partial', articles: 8 });
    expect(server.asked().filter((url) => url.startsWith(proxy)).length).toBeLessThanOrEqual(2);
  });

  it('asks for the records by number, with the numbers in the query', async () => {
    const { server } = await crawlSite(start, site(...sites['a server that answers POST alone']!));
    const [first] = server.requests.filter(({ url }) => url.startsWith(proxy));
    expect(Number(queryOf(first!.url).get('startrecord'))).toBe(11);
    expect(first!.body).toContain('columnid=8812');
  });
});
