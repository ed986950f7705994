// Static lists whose pager a script draws, in the forms that TRS templates and their descendants print: what the call is named, what
// its arguments are and in which order, where the numbers stand, what the pages are called. Every article once, or a reason why not.
import { describe, expect, it } from 'vitest';
import type { TestAnswer, TestRequest } from '../helpers/server.js';
import { crawlSite, expectAll, footer, nav, rows, sidebar } from './list-site.js';

const perPage = 6;
const count = 16;
const pages = 3;

/** A column whose page k (from 0) is called `name(k)` and ends with `foot(k)`. */
const column =
  (name: (k: number) => string, foot: (k: number) => string) =>
  ({ url }: TestRequest): TestAnswer | undefined => {
    const k = [0, 1, 2].find((each) => url === name(each));
    if (k === undefined) return undefined;
    const list = rows(k * perPage + 1, Math.min((k + 1) * perPage, count));
    return { body: `<HTML><BODY>${nav}<DIV CLASS=listBox>${list}</DIV>${sidebar}${foot(k)}${footer}</BODY></HTML>` };
  };
const script = (text: string): string => `<script type="text/javascript">${text}</script>`;
/** Second page `index_1`, as the counting from 0 has it; `index_2` as the counting from 1. */
const fromZero =
  (base = '/gz/index', extension = 'html') =>
  (k: number): string =>
    k === 0 ? `${base}.${extension}` : `${base}_${k}.${extension}`;
const fromOne =
  (base = '/gz/index', extension = 'html') =>
  (k: number): string =>
    k === 0 ? `${base}.${extension}` : `${base}_${k + 1}.${extension}`;

const sites: Record<string, [start: string, answer: (request: TestRequest) => TestAnswer | undefined]> = {
  'inside an HTML comment that hides the script': [
    '/gz/index.html',
    column(fromZero(), (k) => script(`\n<!--\n createPageHTML(3, ${k}, "index", "html");\n//-->\n`)),
  ],
  'with the div first, counting from 0, the records last': [
    '/gz/index.htm',
    column(fromZero('/gz/index', 'htm'), (k) =>
      script(`createPageHTML('page_div',${pages}, ${k},'index','htm',${count});`),
    ),
  ],
  'with names before the numbers': [
    '/gz/list.shtml',
    column(fromZero('/gz/list', 'shtml'), (k) => script(`createPageHTML("list", "shtml", ${pages}, ${k})`)),
  ],
  'with style words between and the records last': [
    '/gz/',
    column(
      (k) => (k === 0 ? '/gz/' : `/gz/index_${k}.html`),
      (k) => script(`createPageHTML(${pages}, ${k}, "index", "html", "black2", ${count}, 'pageDiv');`),
    ),
  ],
  'with a path before the base name and a dot before the extension': [
    '/gz/index.jhtml',
    column(fromZero('/gz/index', 'jhtml'), (k) => script(`createPageHTML(${pages}, ${k}, "./index", ".jhtml");`)),
  ],
  'with numbers in quotes, blanks and lines between': [
    '/gz/index.html',
    column(fromOne(), (k) =>
      script(`createPageHTML(\n  'fenye' ,\n "${pages}" ,\n '${k + 1}',\n 'index' , 'html' ,\n '${count}' )`),
    ),
  ],
  'with the pages counted by the call itself': [
    '/gz/index.html',
    column(fromZero(), (k) => script(`createPageHTML(Math.ceil(${count}/${perPage}), ${k}, "index", "html");`)),
  ],
  'with parseInt around the numbers': [
    '/gz/index.html',
    column(fromZero(), (k) =>
      script(`createPageHTML(parseInt("${pages}"), parseInt('${k}'), "index", "html", ${count});`),
    ),
  ],
  'with another name for the function': [
    '/gz/index.html',
    column(fromZero(), (k) => script(`createPageHTML8(${pages}, ${k}, "index", "html");`)),
  ],
  'with variables and a script of its own that writes the links': [
    '/gz/index.htm',
    column(fromZero('/gz/index', 'htm'), (k) =>
      script(
        `var currentPage = ${k};//所在页从0开始\nvar prevPage = currentPage-1//上一页\nvar nextPage = currentPage+1//下一页\nvar countPage = ${pages}//共多少页\nif(countPage>1&&currentPage!=(countPage-1))document.write("<a href=\\"index"+"_" + nextPage + "."+"htm\\">下一页</a>");`,
      ),
    ),
  ],
  'setPage in single quotes with a base name of its own': [
    '/gz/list.html',
    column(fromOne('/gz/list'), (k) => script(`jQuery('.pagination').pagination( 'setPage' , ${k + 1} , ${pages} );`)),
  ],
  'on pages of one list that begin in the middle': [
    '/gz/index_1.html',
    column(fromZero(), (k) => script(`createPageHTML(${pages}, ${k}, "index", "html");`)),
  ],
};

describe('a pager that a script draws: every article of the list, once', () => {
  it.each(Object.keys(sites))('%s', async (name) => {
    const [start, answer] = sites[name]!;
    expectAll(await crawlSite(start, answer), 'trs', count);
  });

  it('one page only: complete', async () => {
    const served = await crawlSite('/gz/', ({ url }) =>
      url === '/gz/' ? { body: `${rows(1, 5)}${script('createPageHTML(1, 0, "index", "html");')}` } : undefined,
    );
    expectAll(served, 'trs', 5);
  });

  it.each([
    ['a call whose numbers are nowhere to be found', 'createPageHTML(totalOf(page), cur, nameOf(page), "html");'],
    ['a call with fewer arguments than a list needs', 'createPageHTML(3, 0);'],
  ])('%s: the list is no complete one', async (_, call) => {
    const { report } = await crawlSite('/gz/', ({ url }) =>
      url === '/gz/' ? { body: `${rows(1, 5)}${script(call)}` } : undefined,
    );
    expect(report).toMatchObject({ end: 'partial', articles: 5 });
    expect(report.lists[0]!.reason).toMatch(/createPageHTML/);
  });
});
