// The rows of a list among the links of a page. A row is the largest element whose links all go to one address; rows with the
// same path of elements above them make a group. Dates, the shape of addresses and the length of titles tell lists from menus.
// No site and no selector is known here.
import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { listedDate } from './dates.js';
import { collapse, elements, type ReadPage, textOf } from './html.js';
import { groupOf, hostOf, isAttachmentUrl, isPageUrl } from './url.js';

export interface ListItem {
  url: string;
  title: string;
  /** ISO date that the list prints, null where it prints none. */
  date: string | null;
}

/** Rows that stand in the same place of the page's structure. */
export interface RowGroup {
  /** Tags and classes above the rows. */
  path: string;
  items: ListItem[];
  dated: number;
}

interface Row extends ListItem {
  path: string;
  strong: boolean;
}

/** Words of class or id that name a part around the lists. */
const chromeWords =
  /(?:^|[^a-z])(?:nav|navbar|navigation|menu|submenu|topbar|header|footer|foot|crumb|crumbs|breadcrumb|breadcrumbs|position|location|dqwz|weizhi|copyright|friend|friendlink|friendlinks|yqlj|toolbar|share|login|search|sidebar|aside|hot|rank|ranking|recommend|related|xgxw|banner|ad|ads|advert)(?:$|[^a-z])/;
const chromeTags = new Set(['nav', 'header', 'footer', 'aside', 'select']);
const skipTags = new Set(['script', 'style', 'noscript', 'template', 'iframe', 'textarea']);
const rowTags = new Set(['li', 'tr', 'dd', 'article']);
const wallTags = new Set(['body', 'html', 'ul', 'ol', 'table', 'tbody', 'dl', 'main', 'section']);

/** Link texts that lead about the site and to no article. */
const guideWords =
  /^(?:首\s*页|网站首页|返回.{0,6}|上一?[页篇条]|下一?[页篇条]|尾\s*页|末\s*页|最后一?页|第?\d+页?|更\s*多.{0,4}|查看更多|加载更多|more|next|prev(?:ious)?|last|first|[<>«»…\d\s|/[\]]+|打印.*|关闭.*|收藏.*|设为首页|加入收藏|联系我们|网站地图|关于我们|版权.*|无障碍.*|登录|注册|English|RSS.*|详情|详细|\[?详细\]?|阅读全文|查看详情|全文)(?:>>|»)?$/i;

/** Whether an address looks like one article: a number or hash in its last part, or a word for details. */
function looksLikeDetail(url: string): boolean {
  const { pathname, search } = new URL(url);
  const last = pathname.split('/').filter(Boolean).at(-1) ?? '';
  if (/\d{4,}|[0-9a-f]{8,}/i.test(last)) return true;
  if (/(?:^|[_/-])(?:t\d|art|post|content|article|detail|show|info|view|doc|news|id)[_/-]?\w*\d/i.test(`${pathname}`))
    return true;
  if (/(?:^|[?&])(?:\w*id|aid|newsid|infoid|articleid|guid|n)=[0-9a-f-]+/i.test(search)) return true;
  return /\.s?html?$/i.test(last) && /\d/.test(last) && !looksLikeColumn(url);
}

/** Whether an address looks like a column or a list. */
export function looksLikeColumn(url: string): boolean {
  const { pathname } = new URL(url);
  if (pathname.endsWith('/')) return true;
  const last = pathname.split('/').at(-1)!;
  return /^(?:index|list|default|main|home|more|nav_list|channel|column|col\d*|node)(?:[_-]?\d+)*(?:\.\w+)?$/i.test(
    last,
  );
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
  for (const anchor of elements(page.document, (each) => each.name === 'a' && each.attribs.href !== undefined)) {
    const title = collapse(textOf(anchor)) || collapse(anchor.attribs.title ?? '');
    const fits = topics ? topics.some((topic) => title.includes(topic)) : columnWords.test(title);
    if (!fits || title.length > 20) continue;
    const url = page.resolve(anchor.attribs.href!);
    if (url === null || url === page.url || !isPageUrl(url) || groupOf(hostOf(url)) !== group) continue;
    if (looksLikeColumn(url) || !looksLikeDetail(url)) found.push({ url, title, date: null });
  }
  return uniqueItems(found);
}

/** All groups of rows on a page, in page order. */
export function rowGroups(page: ReadPage): RowGroup[] {
  const groups = new Map<string, RowGroup>();
  const seen = new Set<string>([page.url]);
  for (const row of rowsOf(page)) {
    if (!row.strong || seen.has(`${row.path} ${row.url}`) || row.url === page.url) continue;
    seen.add(`${row.path} ${row.url}`);
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
  const groups = rowGroups(page);
  const best = groups.reduce<RowGroup | null>((top, each) => (top && weight(top) >= weight(each) ? top : each), null);
  if (!best) return [];
  const dated = best.dated >= 2 && best.dated * 2 >= best.items.length;
  const chosen = paged
    ? [best]
    : groups.filter((group) => group === best || !dated || (group.dated >= 2 && group.dated * 2 >= group.items.length));
  return uniqueItems(chosen.flatMap((group) => group.items));
}

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

interface Links {
  /** The one address that all links below go to; null for none, '' for several. */
  only: string | null;
  count: number;
}

function rowsOf(page: ReadPage): Row[] {
  const linksBelow = new Map<Element, Links>();
  const anchors: Element[] = [];
  const survey = (node: AnyNode): Links => {
    if (!isTag(node)) return { only: null, count: 0 };
    if (skipTags.has(node.name) || isChrome(node)) return { only: null, count: 0 };
    let links: Links = { only: null, count: 0 };
    if (node.name === 'a' && node.attribs.href !== undefined) {
      const url = page.resolve(node.attribs.href);
      if (url !== null) {
        anchors.push(node);
        links = { only: url, count: 1 };
      }
    }
    for (const child of node.children) links = merge(links, survey(child));
    linksBelow.set(node, links);
    return links;
  };
  for (const child of page.document.children) survey(child);
  const group = groupOf(hostOf(page.url));
  return anchors.flatMap((anchor) => {
    const url = linksBelow.get(anchor)!.only!;
    const row = url === '' || !(isPageUrl(url) || isAttachmentUrl(url)) ? null : rowOf(anchor, url, linksBelow);
    return row && groupOf(hostOf(url)) === group ? [row] : [];
  });
}

function merge(a: Links, b: Links): Links {
  const only = b.only === null ? a.only : a.only === null || a.only === b.only ? b.only : '';
  return { only, count: a.count + b.count };
}

function isChrome(element: Element): boolean {
  if (chromeTags.has(element.name)) return true;
  const names = `${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`;
  return names.length > 1 && chromeWords.test(names.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase());
}

function rowOf(anchor: Element, url: string, linksBelow: Map<Element, Links>): Row | null {
  const title = titleOf(anchor);
  if (title.length < 4 || guideWords.test(title)) return null;
  let row: Element = anchor;
  for (let up = parentOf(row); up && !wallTags.has(up.name); up = parentOf(up)) {
    if (rowTags.has(row.name) || linksBelow.get(up)?.only !== url) break;
    row = up;
  }
  const date = listedDate(besideTitle(row, title)) ?? dateInWiderRow(row, linksBelow, title);
  const telling = isAttachmentUrl(url) || (!looksLikeColumn(url) && looksLikeDetail(url));
  const strong = date !== null || (telling && title.length >= 6);
  return { url, title, date, path: pathOf(row), strong };
}

/** A row may hold a second link, to its column; the date then stands in the li or tr above. */
function dateInWiderRow(row: Element, linksBelow: Map<Element, Links>, title: string): string | null {
  for (let up: Element | null = row, steps = 0; up && steps < 4; up = parentOf(up), steps++) {
    if (wallTags.has(up.name)) return null;
    if (rowTags.has(up.name)) return (linksBelow.get(up)?.count ?? 99) <= 3 ? listedDate(besideTitle(up, title)) : null;
  }
  return null;
}

/** The text of a row without the title, so that a date inside the title is not taken for the list's. */
function besideTitle(row: Element, title: string): string {
  const texts: string[] = [];
  const visit = (node: AnyNode): void => {
    if (isText(node)) texts.push(node.data);
    else if (isTag(node) && !skipTags.has(node.name)) for (const child of node.children) visit(child);
  };
  visit(row);
  const text = collapse(texts.join(' '));
  const shown = collapse(text.replace(title, ' '));
  return shown.length <= 200 ? shown : `${shown.slice(0, 100)} ${shown.slice(-100)}`;
}

function titleOf(anchor: Element): string {
  const shown = collapse(textOf(anchor));
  const attribute = collapse(anchor.attribs.title ?? '');
  const cut = shown.replace(/(?:\.{2,}|…+)$/, '');
  const isWhole = attribute.length > shown.length && (shown === '' || attribute.includes(cut.slice(0, 6)));
  return (isWhole ? attribute : shown).replace(/^[·•▪■◆\-\s]+/, '');
}

function parentOf(element: Element): Element | null {
  const parent = element.parent;
  return parent && isTag(parent) ? parent : null;
}

function pathOf(row: Element): string {
  const steps: string[] = [row.name];
  for (let up = parentOf(row); up; up = parentOf(up)) {
    const name = up.attribs.class?.trim().split(/\s+/)[0] ?? '';
    steps.push(up.name === 'tr' || up.name === 'li' || !name || /\d$/.test(name) ? up.name : `${up.name}.${name}`);
  }
  return steps.reverse().join('>');
}

/** A quick look before an address is resolved: an extension somewhere in it. */
const mayBeFile = /\.[a-z0-9]{2,4}(?:$|[?&#\s])/i;

/** Files that a page offers, with the words of their links: links, embedded frames and viewers. */
export function attachmentLinks(page: ReadPage): ListItem[] {
  const found: ListItem[] = [];
  const add = (link: string | undefined, title: () => string): void => {
    const url = link && mayBeFile.test(link) ? page.resolve(link) : null;
    if (url !== null && isAttachmentUrl(url)) found.push({ url, title: collapse(title()), date: null });
  };
  const visit = (node: AnyNode): void => {
    if (!isTag(node) || node.name === 'script' || node.name === 'style' || isChrome(node)) return;
    const { href, src, data, pdfsrc } = node.attribs;
    if (node.name === 'a') add(href, () => textOf(node) || node.attribs.title || '');
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
