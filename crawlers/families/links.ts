// Lists in plain HTML that continue by links: 下一页, `?page=N`, numbered pages. VSB and WebPlus are of this kind and differ in
// their fingerprints and in how their pages are named. Also the last resort: a page of links that does not continue.
import type { Element } from 'domhandler';
import { collapse, elements, type ReadPage, textOf } from '../html.js';
import { listItems } from '../items.js';
import { reasons } from '../reasons.js';
import { linkOf } from '../rows.js';
import { rawQuery, withQuery } from '../url.js';
import { calledPage } from './called-pager.js';
import {
  declaredCounts,
  type ListContext,
  type ListFamily,
  mostPages,
  type NextRequest,
  scriptNumber,
} from './family.js';
import { dataAddresses } from './json-list.js';
import { itemsBySelectors, nextBySelector } from './selectors.js';

const nextWords = /^(?:下\s*一?\s*页|后\s*一?\s*页|下一頁|next(?:\s*page)?)\s*(?:[>»›]+|&gt;)?$|^(?:>|›|»|&gt;)$/i;

const fingerprints: [name: string, sign: RegExp][] = [
  ['vsb', /vsb_content|_vsl|vsbcontent_start|\/_sitegray\/|dynclicks|sitegray/i],
  ['webplus', /wp_(?:paging|article|entry|column)|wp-column|\/_upload\/tpl\/|sudy-/i],
  ['ls', /Ls\.pagination/],
];

export const links: ListFamily = {
  name: 'links',
  read(context) {
    const { page } = context;
    const name = fingerprints.find(([, sign]) => sign.test(page.text))?.[0] ?? 'links';
    const next = followingPage(context, name);
    const { total, pages } = declaredCounts(page.text.slice(0, 400_000));
    const continues = next !== null || (pages ?? 1) > 1;
    const items = itemsBySelectors(context) ?? listItems(page, continues || context.list !== undefined);
    const first = context.list === undefined;
    const lost = next === null && first ? lostPages(page, pages) : null;
    // Rows that a script adds: from its data where the scripts name it.
    const [data] = lost === null ? [] : dataAddresses(page);
    return {
      family: name,
      items,
      next: next ? [next] : data ? [{ url: data, kind: 'data', family: 'json' }] : [],
      ...(total !== null && total >= items.length && (continues || !first) ? { total } : {}),
      ...(pages === null || data ? {} : { pages }),
      ...(lost === null || data ? {} : { scripted: true, problem: lost }),
    };
  },
};

/** Why the list seems to go on without a link to where: it declares pages, or shows a control that a script works. */
function lostPages(page: ReadPage, pages: number | null): string | null {
  if ((pages ?? 1) > 1) return reasons.noSecondPage({ pages: pages! });
  const control = elements(page.document, isControl)[0];
  return control ? reasons.scriptControl({ words: collapse(textOf(control)) }) : null;
}

const moreWords = /^(?:点击|點擊)?(?:加载|加載|查看|显示)更多(?:信息|内容|数据|新闻)?\s*[.…>»↓▼]*$|^load more$/i;

/** Whether an element asks for more rows or the next page by a script alone. */
function isControl(element: Element): boolean {
  const { href = '', onclick = '', id = '' } = element.attribs;
  if (!['a', 'button', 'input', 'div', 'span'].includes(element.name) || element.children.length > 2) return false;
  const words = collapse(textOf(element)) || collapse(element.attribs.value ?? '');
  if (words.length > 12 || linkOf(element) !== '') return false;
  if (moreWords.test(words))
    return element.name === 'button' || element.name === 'input' || href !== '' || onclick !== '' || id !== '';
  // A dead link to "next" stands on every last page; one with a call in it does something.
  return nextWords.test(words) && /\w\s*\(\s*['"]?\w/.test(`${href} ${onclick}`.replace(/void\s*\(\s*0?\s*\)/g, ''));
}

function followingPage(context: ListContext, family: string): NextRequest | null {
  const { page } = context;
  const url =
    nextBySelector(context) ?? nextLink(page) ?? numberedNext(page) ?? (family === 'ls' ? lsNext(page) : null);
  return url === null || url === page.url ? null : { url, kind: 'list', family: 'links' };
}

function anchorsOf(page: ReadPage): Element[] {
  return elements(page.document, (each) => each.name === 'a' || each.name === 'link');
}

const nextClass = /(?:^|[^a-z])(?:next|nextpage|page-?next|p_next)(?:$|[^a-z])/i;

/** The link named 下一页, or marked as next by rel, or by class where it shows a picture or nothing. */
function nextLink(page: ReadPage): string | null {
  for (const anchor of anchorsOf(page)) {
    const words = collapse(textOf(anchor)) || collapse(anchor.attribs.title ?? '');
    const marked =
      anchor.attribs.rel === 'next' ||
      nextWords.test(words) ||
      (words === '' && nextClass.test(anchor.attribs.class ?? ''));
    if (!marked || /disabled|nolink|unclick/.test(anchor.attribs.class ?? '')) continue;
    const url = page.resolve(linkOf(anchor)) ?? calledPage(page, anchor);
    if (url !== null && url !== page.url) return url;
  }
  return null;
}

/**
 * Without a link for "next": the numbered links of a pager, and among them the one after this page. Which number this page has
 * tells the one that is not linked, or marked as current, or linked to this very address.
 */
function numberedNext(page: ReadPage): string | null {
  const numbered = numberedLinks(page);
  if (numbered.size === 0) return null;
  const numbers = [...numbered.keys()];
  const own = numbers.find((number) => numbered.get(number) === page.url);
  const first = Math.max(1, Math.min(...numbers) - 1);
  const gaps = Array.from({ length: Math.max(...numbers) - first + 1 }, (_, k) => first + k).filter(
    (each) => !numbered.has(each),
  );
  const current = own ?? currentNumber(page) ?? gaps[0];
  return current === undefined ? null : (numbered.get(current + 1) ?? null);
}

/** Links whose words are a number, to addresses that differ from this page in numbers alone; also the options of a jump menu. */
function numberedLinks(page: ReadPage): Map<number, string> {
  const links = new Map<number, string>();
  const shape = shapeOf(page.url);
  const add = (words: string, link: string): void => {
    const number = /^\D{0,2}(\d{1,5})\D{0,2}$/.exec(words)?.[1];
    const url = number && link ? page.resolve(link) : null;
    if (url !== null && shapeOf(url) === shape && !links.has(Number(number))) links.set(Number(number), url);
  };
  for (const anchor of anchorsOf(page)) add(collapse(textOf(anchor)), linkOf(anchor));
  for (const option of elements(
    page.document,
    (each) => each.name === 'option' && /[./?]/.test(each.attribs.value ?? ''),
  )) {
    add(collapse(textOf(option)), option.attribs.value!);
  }
  return links;
}

/** An address without what pages of one list differ in: numbers, and the name of the first page. */
function shapeOf(url: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const file = path.replace(/[_-]?\d+(?=\.\w+$|\/?$)/, '').replace(/\/(?:index|list|default)?(?:\.\w+)?$/i, '/');
  const names = query.split('&').filter((pair) => pair && !/^\w*p(?:age|g|n)?\w*=\d*$/i.test(pair));
  return `${file}?${names.sort().join('&')}`;
}

/** The number that a pager marks as the current one. */
function currentNumber(page: ReadPage): number | undefined {
  const marked = elements(
    page.document,
    (each) =>
      /(?:^|[^a-z])(?:current|cur|on|active|thisclass|selected|now)(?:$|[^a-z])/i.test(each.attribs.class ?? '') &&
      each.children.length === 1,
  );
  const numbers = marked.map((each) => collapse(textOf(each))).filter((text) => /^\d{1,5}$/.test(text));
  return numbers.length === 1 ? Number(numbers[0]) : undefined;
}

/** Ls.pagination draws its links from a count: `?pageIndex=N`. */
function lsNext(page: ReadPage): string | null {
  const pages = scriptNumber(page.text, 'pageCount') ?? scriptNumber(page.text, 'totalPage');
  const current = Number(/(?:^|&)pageIndex=(\d+)/.exec(rawQuery(page.url))?.[1] ?? 1);
  return pages !== null && current < Math.min(pages, mostPages)
    ? withQuery(page.url, { pageIndex: current + 1 })
    : null;
}
