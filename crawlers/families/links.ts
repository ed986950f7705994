// Lists in plain HTML that continue by links: 下一页, `?page=N`, numbered pages. VSB and WebPlus are of this kind and differ in
// their fingerprints and in how their pages are named. Also the last resort: a page of links that does not continue.
import type { Element } from 'domhandler';
import { collapse, elements, type ReadPage, textOf } from '../html.js';
import { listItems } from '../items.js';
import { rawQuery, withQuery } from '../url.js';
import {
  declaredCounts,
  type ListContext,
  type ListFamily,
  mostPages,
  type NextRequest,
  scriptNumber,
} from './family.js';
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
    const lost = next === null && context.list === undefined && (pages ?? 1) > 1;
    return {
      family: name,
      items,
      next: next ? [next] : [],
      ...(total !== null && total >= items.length && (continues || context.list) ? { total } : {}),
      ...(pages === null ? {} : { pages }),
      ...(lost
        ? { scripted: true, problem: `says that it has ${pages} pages, and no link to the second was found` }
        : {}),
    };
  },
};

function followingPage(context: ListContext, family: string): NextRequest | null {
  const { page } = context;
  const url =
    nextBySelector(context) ?? nextLink(page) ?? numberedNext(page) ?? (family === 'ls' ? lsNext(page) : null);
  return url === null || url === page.url ? null : { url, kind: 'list', family: 'links' };
}

function anchorsWithAddress(page: ReadPage): Element[] {
  return elements(page.document, (each) => (each.name === 'a' || each.name === 'link') && !!each.attribs.href);
}

/** The link named 下一页, or marked as next by class or rel. */
function nextLink(page: ReadPage): string | null {
  for (const anchor of anchorsWithAddress(page)) {
    const words = collapse(textOf(anchor)) || collapse(anchor.attribs.title ?? '');
    const marked = anchor.attribs.rel === 'next' || nextWords.test(words);
    if (!marked || /disabled|nolink|unclick/.test(anchor.attribs.class ?? '')) continue;
    const url = page.resolve(anchor.attribs.href!);
    if (url !== null && url !== page.url) return url;
  }
  return null;
}

/** Without a link for "next": among links that differ from this page in one number of the query, the one after ours. */
function numberedNext(page: ReadPage): string | null {
  const own = rawQuery(page.url);
  for (const anchor of anchorsWithAddress(page)) {
    if (!/^\[?\s*\d{1,5}\s*\]?$/.test(collapse(textOf(anchor)))) continue;
    const url = page.resolve(anchor.attribs.href!);
    const met = url === null ? null : /(?:^|[?&])(\w*p(?:age)?\w*)=(\d{1,5})(?=&|$)/i.exec(`?${rawQuery(url)}`);
    if (!url || !met || url.split('?', 1)[0] !== page.url.split('?', 1)[0]) continue;
    const shown = Number(collapse(textOf(anchor)).replace(/\D/g, ''));
    const current = new RegExp(`(?:^|&)${met[1]}=(\\d+)`, 'i').exec(own)?.[1];
    // A parameter may count from 0 while the link's words count from 1.
    const here = current === undefined ? Number(met[2]) - shown + 1 : Number(current);
    if (Number(met[2]) === here + 1) return url;
  }
  return null;
}

/** Ls.pagination draws its links from a count: `?pageIndex=N`. */
function lsNext(page: ReadPage): string | null {
  const pages = scriptNumber(page.text, 'pageCount') ?? scriptNumber(page.text, 'totalPage');
  const current = Number(/(?:^|&)pageIndex=(\d+)/.exec(rawQuery(page.url))?.[1] ?? 1);
  return pages !== null && current < Math.min(pages, mostPages)
    ? withQuery(page.url, { pageIndex: current + 1 })
    : null;
}
