// Lists in plain HTML that continue by links: 下一页, `?page=N`, numbered pages. VSB and WebPlus are of this kind and differ in
// their fingerprints and in how their pages are named. Also the last resort: a page of links that does not continue.
import type { ReadPage } from '../html.js';
import { type ListItem, listItems } from '../items.js';
import { reasons } from '../reasons.js';
import { rawQuery, withQuery } from '../url.js';
import { dataRequests } from './data-calls.js';
import {
  declaredCounts,
  type ListContext,
  type ListFamily,
  mostPages,
  type NextRequest,
  scriptNumber,
} from './family.js';
import { nextControl, nextLink, numberedNext, scriptControl } from './pager-links.js';
import { type ScriptPager, scriptPager } from './script-pager.js';
import { itemsBySelectors, nextBySelector } from './selectors.js';
import { sendsForm, sentForm } from './sent-form.js';

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
    const counts = declaredCounts(page.text.slice(0, 400_000));
    const pager = scriptPager(page);
    const next = followingPage(context, name, pager);
    const declared = counts.pages ?? pager?.pages ?? null;
    const continues = next !== null || (declared ?? 1) > 1;
    const items = itemsBySelectors(context) ?? listItems(page, continues || context.list !== undefined);
    const { total } = counts;
    // All rows may be in the page, for a script to show some of them at a time.
    const whole = next === null && isWhole(items, total, declared, pager);
    const first = context.list === undefined;
    const lost = next === null && first && !whole && declared !== 1 ? lostPages(page, declared) : null;
    // Rows that a script adds: from its data where the scripts name it.
    const [data] = lost === null ? [] : dataRequests(page);
    return {
      family: name,
      items,
      next: next ? [next] : data ? [data] : [],
      ...(total !== null && total >= items.length && (continues || !first) ? { total } : {}),
      ...(declared === null || data || whole ? {} : { pages: declared }),
      ...(lost === null || data ? {} : { scripted: true, problem: lost }),
    };
  },
};

function isWhole(items: ListItem[], total: number | null, pages: number | null, pager: ScriptPager | null): boolean {
  if (total !== null) return items.length > 0 && items.length >= total;
  return pages !== null && pager?.size != null && items.length > pager.size * (pages - 1) && pages > 1;
}

/** Why the list seems to go on without a link to where: it declares pages, or shows a control that a script works. */
function lostPages(page: ReadPage, pages: number | null): string | null {
  if ((pages ?? 1) > 1) return reasons.noSecondPage({ pages: pages! });
  const words = scriptControl(page);
  return words === null ? null : reasons.scriptControl({ words });
}

function followingPage(context: ListContext, family: string, pager: ScriptPager | null): NextRequest | null {
  const { page } = context;
  const url =
    nextBySelector(context) ??
    nextLink(page) ??
    numberedNext(page) ??
    (family === 'ls' ? lsNext(page) : null) ??
    pager?.next ??
    null;
  if (url !== null && url !== page.url) return { url, kind: 'list', family: 'links' };
  const control = nextControl(page, sendsForm);
  return control && sentForm(page, control);
}

/** Ls.pagination draws its links from a count: `?pageIndex=N`. */
function lsNext(page: ReadPage): string | null {
  const pages = scriptNumber(page.text, 'pageCount') ?? scriptNumber(page.text, 'totalPage');
  const current = Number(/(?:^|&)pageIndex=(\d+)/.exec(rawQuery(page.url))?.[1] ?? 1);
  return pages !== null && current < Math.min(pages, mostPages)
    ? withQuery(page.url, { pageIndex: current + 1 })
    : null;
}
