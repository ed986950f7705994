// The lists among the links of a page: rows with the same path of elements above them make a group, and groups are weighed by
// dates and the length of titles. Also the columns that a home page leads to, and the files that an article offers.
import { type AnyNode, isTag } from 'domhandler';
import { collapse, elements, mostOfLink, type ReadPage, textOf } from './html.js';
import { isChrome, type ListItem, linkOf, looksLikeColumn, looksLikeDetail, rowsOf } from './rows.js';
import { groupOf, hostOf, isAttachmentUrl, isPageUrl, mayNameAttachment } from './url.js';

export { type ListItem, looksLikeColumn } from './rows.js';

/** Rows that stand in the same place of the page's structure. */
interface RowGroup {
  /** Tags and classes above the rows. */
  path: string;
  items: ListItem[];
  dated: number;
}

/** Words that name columns of news and notices, beside what a source's topics say. */
const columnWords = /新闻|动态|要闻|资讯|公告|通知|公示|文件|政策|信息|公开|教育|报道|专题|工作|总结|报告/;

/**
 * Links of a page that look like columns, for a crawl that starts at a home page: those whose words hold a topic, or, without
 * topics, the words that columns of news and notices go by. Menus count, unlike in a list.
 */
export function columnLinks(page: ReadPage, topics: readonly string[] | undefined): ListItem[] {
  const group = groupOf(hostOf(page.url));
  const found: ListItem[] = [];
  for (const anchor of elements(page.document, (each) => each.name === 'a')) {
    const title = collapse(textOf(anchor, mostOfLink)) || collapse(anchor.attribs.title ?? '');
    const fits = topics ? topics.some((topic) => title.includes(topic)) : columnWords.test(title);
    if (!fits || title.length > 20) continue;
    const url = page.resolve(linkOf(anchor));
    if (url === null || url === page.url || !isPageUrl(url) || groupOf(hostOf(url)) !== group) continue;
    if (looksLikeColumn(url) || !looksLikeDetail(url)) found.push({ url, title, date: null });
  }
  return uniqueItems(found);
}

/** All groups of rows on a page, in page order. `everywhere`: also where class or id name a part around the lists. */
function rowGroups(page: ReadPage, everywhere = false): RowGroup[] {
  const groups = new Map<string, RowGroup>();
  const seen = new Set<string>();
  for (const row of rowsOf(page, everywhere)) {
    const key = `${row.path} ${row.url}`;
    if (!row.strong || row.url === page.url || seen.has(key)) continue;
    seen.add(key);
    const group = groups.get(row.path) ?? { path: row.path, items: [], dated: 0 };
    group.items.push({ url: row.url, title: row.title, date: row.date });
    if (row.date !== null) group.dated += 1;
    groups.set(row.path, group);
  }
  return [...groups.values()];
}

/**
 * The items of a page that is a list. `paged` tells that the page continues elsewhere: then its best group alone is the list,
 * and other groups are boxes beside it. A page that does not continue may show several lists side by side, and all count.
 */
export function listItems(page: ReadPage, paged: boolean): ListItem[] {
  const named = rowGroups(page);
  // Some sites call their main part "nav" or "hot": dated rows are believed there where there are none elsewhere.
  const groups = named.length > 0 ? named : rowGroups(page, true).filter(isDated);
  const best = groups.reduce<RowGroup | null>((top, each) => (top && weight(top) >= weight(each) ? top : each), null);
  if (!best) return [];
  const chosen = paged ? [best] : groups.filter((group) => group === best || !isDated(best) || isDated(group));
  return uniqueItems(chosen.flatMap((group) => group.items));
}

const isDated = (group: RowGroup): boolean => group.dated >= 2 && group.dated * 2 >= group.items.length;

export function uniqueItems(items: ListItem[]): ListItem[] {
  const byUrl = new Map<string, ListItem>();
  for (const item of items) {
    const known = byUrl.get(item.url);
    if (!known) byUrl.set(item.url, item);
    else byUrl.set(item.url, { url: item.url, title: longer(known.title, item.title), date: known.date ?? item.date });
  }
  return [...byUrl.values()];
}

const longer = (a: string, b: string): string => (b.length > a.length ? b : a);

function weight(group: RowGroup): number {
  const titles = group.items.reduce((sum, item) => sum + Math.min(item.title.length, 40), 0);
  return titles + group.dated * 40;
}

/** Pages that stand in the frames of a page: some old sites keep their lists there. */
export function frameLinks(page: ReadPage): string[] {
  const group = groupOf(hostOf(page.url));
  return elements(page.document, (each) => each.name === 'frame' || each.name === 'iframe').flatMap((frame) => {
    const url = page.resolve(frame.attribs.src ?? '');
    return url !== null && url !== page.url && isPageUrl(url) && groupOf(hostOf(url)) === group ? [url] : [];
  });
}

/** A quick look before an address is resolved: an extension somewhere in it. */
const mayBeFile = /\.[a-z0-9]{2,4}(?:$|[?&#\s])/i;

/** Files that a page offers, with the words of their links: links, embedded frames and viewers. */
export function attachmentLinks(page: ReadPage): ListItem[] {
  if (!mayNameAttachment(page.text)) return [];
  const found: ListItem[] = [];
  const add = (link: string | undefined, title: () => string): void => {
    const url = link && mayBeFile.test(link) ? page.resolve(link) : null;
    if (url !== null && isAttachmentUrl(url)) found.push({ url, title: collapse(title()), date: null });
  };
  const visit = (node: AnyNode): void => {
    if (!isTag(node) || node.name === 'script' || node.name === 'style' || isChrome(node)) return;
    const { href, src, data, pdfsrc } = node.attribs;
    if (node.name === 'a') add(href, () => textOf(node, mostOfLink) || node.attribs.title || '');
    else if (node.name === 'iframe' || node.name === 'embed') add(viewerTarget(src), () => node.attribs.title ?? '');
    else if (node.name === 'object') add(data, () => node.attribs.title ?? '');
    add(pdfsrc, () => node.attribs['sudy-wp-player'] ?? node.attribs.title ?? '');
    for (const child of node.children) visit(child);
  };
  for (const child of page.document.children) visit(child);
  return uniqueItems(found);
}

/** The file that a viewer page (viewer.html?file=…) shows, else the address itself. */
function viewerTarget(src: string | undefined): string | undefined {
  const file = /[?&](?:file|pdf|src|url)=([^&]+)/i.exec(src ?? '')?.[1];
  if (!file || !/viewer|pdfjs|generic/i.test(src!)) return src;
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}
