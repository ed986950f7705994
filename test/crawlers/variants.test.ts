// Lists and pagers as content management systems of governments and schools print them, each as a small site that is crawled whole:
// every article arrives once, whatever way the list goes on.
import { describe, expect, it } from 'vitest';
import { encodeGbk } from '../../crawlers/text.js';
import type { TestAnswer } from '../helpers/server.js';
import { type Answers, article, crawlAt, serve } from '../helpers/small-site.js';

const count = 25;
const perPage = 10;
const pages = Math.ceil(count / perPage);
const address = (n: number) => `/2031/0304/c${1000 + n}.htm`;
const title = (n: number) => `青禾县第${n}所学校建成投用`;
const numbersOf = (page: number): number[] =>
  Array.from({ length: Math.min(perPage, count - (page - 1) * perPage) }, (_, k) => (page - 1) * perPage + k + 1);
const row = (n: number) => `<li><a href="${address(n)}">${title(n)}</a><span>2031-03-04</span></li>`;
const list = (page: number, more: string) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>工作动态</title></head><body><ul class="list">${numbersOf(page).map(row).join('\n')}</ul>${more}</body></html>`;

/** A site whose list pages have the addresses of `pageOf`; `undefined` for an address that is no list page. */
const paged =
  (pageOf: (url: string) => number | undefined, pager: (page: number) => string): Answers =>
  ({ url }) => {
    const page = pageOf(url);
    if (page !== undefined && page >= 1 && page <= pages) return { body: list(page, pager(page)) };
    return url.startsWith('/2031/') ? { body: article(url) } : undefined;
  };
const numbered = (pattern: RegExp, first: string) => (url: string) =>
  url === first ? 1 : pattern.test(url) ? Number(pattern.exec(url)![1]) : undefined;

const next = (page: number, link: string) => (page < pages ? link : '<span>下一页</span>');
const trs = (call: (page: number) => string) =>
  paged(
    (url) =>
      url === '/l/index.html' ? 1 : /^\/l\/index_\d+\.html$/.test(url) ? Number(url.match(/\d+/)![0]) + 1 : undefined,
    (page) => `<script>${call(page)}</script>`,
  );

/** A page whose pager sends its form; `pageOf` gives the page that the fields of a POST ask for. */
const askedByForm =
  (pager: (page: number) => string, pageOf: (fields: URLSearchParams) => number | null): Answers =>
  ({ url, method, body }) => {
    if (url.startsWith('/2031/')) return { body: article(url) };
    if (url !== '/list.aspx') return undefined;
    const page = method === 'POST' ? pageOf(new URLSearchParams(body)) : 1;
    if (page === null || !(page >= 1 && page <= pages)) return { status: 500, body: 'Invalid viewstate' };
    const more = `<form method="post" action="list.aspx" id="form1"><input type="hidden" name="__VIEWSTATE" value="/wEP=${page}+x" />
      <input type="hidden" name="__EVENTVALIDATION" value="a/b" /><input type="submit" name="find" value="查询" />${pager(page)}</form>`;
    return { body: list(page, more) };
  };

/** The page after the one that a view state is of, where its fields came back as they were. */
const stateOf = (fields: URLSearchParams): number =>
  fields.get('__EVENTVALIDATION') === 'a/b' && !fields.has('find')
    ? Number(/^\/wEP=(\d)\+x$/.exec(fields.get('__VIEWSTATE') ?? '')?.[1])
    : Number.NaN;

interface AskedBody {
  channelId?: string;
  hot?: boolean;
  query?: { pageNo: number; pageSize: number };
  catalog?: number;
  page?: number;
  rows?: string;
  colId?: string;
  currentPage?: number;
  size?: number;
}

/** A page without rows whose script sends JSON for them; `pageOf` gives the page that a body asks for, or null where it is not right. */
const askedByJson =
  (script: string, pageOf: (body: AskedBody) => number | null | undefined): Answers =>
  ({ url, method, headers, body }) => {
    if (url === '/l/')
      return { body: `<html><head><meta charset="utf-8"></head><body><div id="app"></div>${script}</body></html>` };
    if (url.startsWith('/2031/')) return { body: article(url) };
    if (url !== '/api/article/list' || method !== 'POST' || !headers['content-type']?.startsWith('application/json'))
      return undefined;
    const page = pageOf(JSON.parse(body));
    if (typeof page !== 'number' || page < 1) return { status: 400, body: 'bad request' };
    const records =
      page <= pages
        ? numbersOf(page).map((n) => ({ title: title(n), url: address(n), publishTime: '2031-03-04' }))
        : [];
    return {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: 0, data: { total: count, records } }),
    };
  };

const sites: Record<string, [start: string, answers: Answers]> = {
  'TRS, all arguments quoted': [
    '/l/index.html',
    trs((page) => `createPageHTML("${pages}", "${page - 1}", "index", "html");`),
  ],
  'TRS, single quotes, an empty argument and the count': [
    '/l/index.html',
    trs((page) => `createPageHTML(${pages},${page - 1},'index','html','',${count})`),
  ],
  'TRS, variables': [
    '/l/index.html',
    trs(
      (page) =>
        `var countPage = ${pages}; var currentPage = ${page - 1};\ncreatePageHTML(countPage, currentPage, "index", "html");`,
    ),
  ],
  'VSB, numbers that fall': [
    '/xwzx.htm',
    paged(numberedDown('/xwzx.htm', /^\/xwzx\/(\d+)\.htm$/), (page) =>
      next(
        page,
        `<span class="p_next p_fun"><a href="${page === 1 ? 'xwzx/' : ''}${pages - page}.htm">下页</a></span>`,
      ),
    ),
  ],
  'WebPlus, list2.htm': [
    '/jyxw/list.htm',
    paged(numbered(/^\/jyxw\/list(\d+)\.htm$/, '/jyxw/list.htm'), (page) =>
      next(
        page,
        `<div class="wp_paging"><li class="page_nav"><a class="next" href="/jyxw/list${page + 1}.htm" target="_self"><span>下一页&gt;&gt;</span></a></li></div>`,
      ),
    ),
  ],
  'a click that sets the location': [
    '/list.jsp',
    paged(numbered(/^\/list\.jsp\?page=(\d+)$/, '/list.jsp'), (page) =>
      next(
        page,
        `<a href="#" onclick="javascript:window.location.href='list.jsp?page=${page + 1}';return false;">下一页</a>`,
      ),
    ),
  ],
  'a call whose function sets the location': [
    '/l/',
    paged(numbered(/^\/l\/\?page=(\d+)$/, '/l/'), (page) =>
      next(page, `<a href="javascript:goPage(${page + 1})">下一页</a>`).concat(
        '<script>function goPage(n) { window.location.href = "?page=" + n; }</script>',
      ),
    ),
  ],
  'a call whose function sets the location with the name of a file': [
    '/l/index.html',
    paged(numbered(/^\/l\/index_(\d+)\.html$/, '/l/index.html'), (page) =>
      next(page, `<a href="javascript:void(0)" onclick="toPage('${page + 1}')">下一页</a>`).concat(
        "<script>function toPage(p){ if (p == 1) { location.href='index.html'; } else { location.href='index_'+p+'.html'; } }</script>",
      ),
    ),
  ],
  'rows in an array of a script': [
    '/l/',
    ({ url }) =>
      url === '/l/'
        ? {
            body: `<title>动态</title><div id="list"></div><script>var newsList = [${[1, 2, 3]
              .flatMap(numbersOf)
              .map((n) => `{title:'${title(n)}',url:'${address(n)}',time:'2031-03-04'}`)
              .join(',')}]; render(newsList);</script>`,
          }
        : { body: article(url) },
  ],
  'JSON asked for with a body in JSON, by axios': [
    '/l/',
    askedByJson(
      `<script src="/vue.js"></script><script>new Vue({ data: { pageNo: 1, pageSize: ${perPage} }, created() { this.load() }, methods: { load() {
        axios.post('/api/article/list', { channelId: "c12", query: { pageNo: this.pageNo, pageSize: this.pageSize }, hot: false }).then(r => { this.rows = r.data.data.records }) } } })</script>`,
      (body) =>
        body.channelId === 'c12' && body.hot === false && body.query?.pageSize === perPage ? body.query.pageNo : null,
    ),
  ],
  'JSON asked for with a body in JSON, by fetch': [
    '/l/',
    askedByJson(
      `<script>fetch("/api/article/list", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ catalog: 77, page: 1, rows: "${perPage}" }) }).then(draw)</script>`,
      (body) => (body.catalog === 77 && body.rows === String(perPage) ? body.page : null),
    ),
  ],
  'JSON asked for with a body in JSON, by jQuery': [
    '/l/',
    askedByJson(
      `<script>var current = 1; $.ajax({ url: '/api/article/list', type: 'post', contentType: 'application/json;charset=utf-8', data: JSON.stringify({ colId: 'x', currentPage: current, size: ${perPage} }), success: draw })</script>`,
      (body) => (body.colId === 'x' && body.size === perPage ? body.currentPage : null),
    ),
  ],
  'ASP.NET, a postback by words': [
    '/list.aspx',
    askedByForm(
      (page) => next(page, `<a href="javascript:__doPostBack('ctl00$pager$next','')">下一页</a>`),
      (fields) => (fields.get('__EVENTTARGET') === 'ctl00$pager$next' ? stateOf(fields) + 1 : null),
    ),
  ],
  'ASP.NET, a postback by numbers': [
    '/list.aspx',
    askedByForm(
      (page) =>
        Array.from({ length: pages }, (_, k) =>
          k + 1 === page
            ? `<span>${k + 1}</span>`
            : `<a href="javascript:__doPostBack(&#39;GridView1&#39;,&#39;Page$${k + 1}&#39;)">${k + 1}</a>`,
        ).join(' '),
      (fields) => (stateOf(fields) > 0 ? Number(/^Page\$(\d)$/.exec(fields.get('__EVENTARGUMENT') ?? '')?.[1]) : null),
    ),
  ],
  'a button that submits its form': [
    '/list.aspx',
    askedByForm(
      (page) =>
        page < pages
          ? '<input type="submit" name="down" value="下一页">'
          : '<input type="submit" name="down" value="下一页" disabled>',
      (fields) => (fields.get('down') === '下一页' ? stateOf(fields) + 1 : null),
    ),
  ],
  'a script that sets the number of the page and submits': [
    '/list.aspx',
    askedByForm(
      (page) =>
        `<input type="hidden" name="pageNo" value="${page}"><select name="year"><option value="">全部</option><option value="2031" selected>2031</option></select>${next(page, `<a href="#" onclick="document.forms[0].pageNo.value=${page + 1};document.forms[0].submit()">下一页</a>`)}`,
      (fields) => (stateOf(fields) > 0 && fields.get('year') === '2031' ? Number(fields.get('pageNo')) : null),
    ),
  ],
  'JSON that carries escaped HTML': [
    '/l/data.json',
    ({ url }) =>
      url === '/l/data.json'
        ? {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              code: 200,
              data: { html: [1, 2, 3].flatMap(numbersOf).map(row).join('') },
            }).replaceAll('/', '\\/'),
          }
        : { body: article(url) },
  ],
  'RSS in GBK with CDATA': ['/rss.xml', ({ url }) => (url === '/rss.xml' ? rss() : { body: article(url) })],
};

/** VSB counts pages down: the second of three is 2.htm, the last 1.htm. */
function numberedDown(first: string, pattern: RegExp) {
  return (url: string) =>
    url === first ? 1 : pattern.test(url) ? pages - Number(pattern.exec(url)![1]) + 1 : undefined;
}

function rss(): TestAnswer {
  const items = [1, 2, 3]
    .flatMap(numbersOf)
    .map(
      (n) =>
        `<item><title><![CDATA[${title(n)}]]></title><link><![CDATA[${address(n)}]]></link><pubDate>2031-03-04 10:00:00</pubDate></item>`,
    );
  const text = `<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>动态</title>${items.join('')}</channel></rss>`;
  const bytes = [...text].flatMap((character) =>
    character < '\u0080'
      ? [character.charCodeAt(0)]
      : [...encodeGbk(character).matchAll(/%(..)/g)].map(([, hex]) => Number.parseInt(hex!, 16)),
  );
  return { headers: { 'content-type': 'text/xml; charset=gb2312' }, body: Uint8Array.from(bytes) };
}

describe('every article of a list arrives once', () => {
  it.each(Object.keys(sites))('%s', async (name) => {
    const [start, answers] = sites[name]!;
    const server = await serve(answers);
    const { report, events } = await crawlAt(`${server.url}${start}`, { source: { browser: 'never' } });
    const kept = events.flatMap((event) => (event.type === 'kept' ? [new URL(event.page.finalUrl).pathname] : []));
    expect(report, report.reasons.join('; ')).toMatchObject({ end: 'complete', articles: count });
    expect(kept.sort()).toEqual([1, 2, 3].flatMap(numbersOf).map(address).sort());
  });
});
