// One row of a list: a link with its title, the date printed beside it, and its place in the page's structure. A row is the
// largest element whose links all go to one address. No site and no selector is known here.
import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { listedDate } from './dates.js';
import { collapse, elements, mostOfLink, type ReadPage, textOf } from './html.js';
import { groupOf, hostOf, isAttachmentUrl, isPageUrl } from './url.js';

export interface ListItem {
  url: string;
  title: string;
  /** ISO date that the list prints, null where it prints none. */
  date: string | null;
}

export interface Row extends ListItem {
  path: string;
  /** Dated, or with the address of one article: likely a row of a list and no entry of a menu. */
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
export function looksLikeDetail(url: string): boolean {
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
  return /^(?:index|list|default|main|home|more|nav_list|channel|column|col|node)\d*(?:[_-]\d+)*(?:\.\w+)?$/i.test(
    last,
  );
}

interface Links {
  /** The one address that all links below go to; null for none, '' for several. */
  only: string | null;
  count: number;
}

/** All rows of a page in page order. `everywhere`: also in parts whose class or id says that they stand around the lists. */
export function rowsOf(page: ReadPage, everywhere: boolean): Row[] {
  const linksBelow = new Map<Element, Links>();
  const anchors: Element[] = [];
  const survey = (node: AnyNode): Links => {
    if (!isTag(node) || skipTags.has(node.name)) return { only: null, count: 0 };
    if (everywhere ? chromeTags.has(node.name) : isChrome(node)) return { only: null, count: 0 };
    let links: Links = { only: null, count: 0 };
    const url = isLink(node) ? page.resolve(linkOf(node)) : null;
    if (url !== null) {
      anchors.push(node);
      links = { only: url, count: 1 };
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
    // A link to another site is a row only where a list dates it; else it is one of many links to friends.
    return row && (row.date !== null || groupOf(hostOf(url)) === group) ? [row] : [];
  });
}

const isLink = (element: Element): boolean =>
  element.name === 'a' || (element.attribs.onclick !== undefined && /location|open\s*\(/.test(element.attribs.onclick));

/** Addresses inside scripts of links: `window.open('…')`, `location.href='…'`. */
const scriptedLink = /(?:open\s*\(|location(?:\.href)?\s*=|location\.(?:assign|replace)\s*\()\s*["']([^"'\s]+)["']/;

/** The address that a link leads to as it is written, also from its onclick or data; '' where it leads nowhere. */
export function linkOf(element: Element): string {
  const { href = '', onclick = '' } = element.attribs;
  if (href && !/^\s*(?:javascript:|#)/i.test(href)) return href;
  const scripted = scriptedLink.exec(href)?.[1] ?? scriptedLink.exec(onclick)?.[1];
  if (scripted) return scripted;
  const data = element.attribs['data-href'] ?? element.attribs['data-url'] ?? element.attribs['data-link'] ?? '';
  return /[/?]|\.\w/.test(data) ? data : '';
}

function merge(a: Links, b: Links): Links {
  const only = b.only === null ? a.only : a.only === null || a.only === b.only ? b.only : '';
  return { only, count: a.count + b.count };
}

/** Whether an element is a part around the lists: menus, headers, footers, boxes of hot news. */
export function isChrome(element: Element): boolean {
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
  const column = looksLikeColumn(url);
  // The date of a row that several links share is not that of the link to its column.
  const shared = column ? null : dateInWiderRow(row, linksBelow, title);
  const date = dateIn(row, title) ?? shared ?? dateBeside(row, linksBelow);
  const telling = isAttachmentUrl(url) || (!column && looksLikeDetail(url));
  const strong = date !== null || (telling && title.length >= 6);
  return { url, title, date, path: pathOf(row), strong };
}

/** A row may hold a second link, to its column; the date then stands in the li or tr above. */
function dateInWiderRow(row: Element, linksBelow: Map<Element, Links>, title: string): string | null {
  for (let up: Element | null = row, steps = 0; up && steps < 4; up = parentOf(up), steps++) {
    if (wallTags.has(up.name)) return null;
    if (rowTags.has(up.name)) return (linksBelow.get(up)?.count ?? 99) <= 3 ? dateIn(up, title) : null;
  }
  return null;
}

/** Rows that no element holds together, parted by `<br>` or as dt and dd: the date follows the link. */
function dateBeside(row: Element, linksBelow: Map<Element, Links>): string | null {
  const texts: string[] = [];
  for (let next = row.nextSibling, steps = 0; next && steps < 4; next = next.nextSibling, steps++) {
    if (isTag(next) && (next.name === 'br' || (linksBelow.get(next)?.count ?? 0) > 0)) break;
    texts.push(isText(next) ? next.data : isTag(next) ? textOf(next, mostOfLink) : '');
  }
  const text = collapse(texts.join(' '));
  return text.length <= longestDateText ? listedDate(text) : null;
}

/** A date stands by itself or with a word or two; dates inside longer text are the article's. */
const longestDateText = 30;

/** The date that a row prints beside its title: in short pieces of text, one by one and then together (a day above its month). */
function dateIn(row: Element, title: string): string | null {
  const pieces: string[] = [];
  let parts = 0;
  const visit = (node: AnyNode): void => {
    if (++parts > mostOfLink) return;
    if (isText(node)) {
      const text = collapse(node.data);
      if (text && !title.includes(text) && text.length <= longestDateText) pieces.push(text);
      else if (text.startsWith(title)) pieces.push(text.slice(title.length).trim());
    } else if (isTag(node) && !skipTags.has(node.name)) for (const child of node.children) visit(child);
  };
  visit(row);
  for (const piece of pieces) {
    const date = listedDate(piece);
    if (date !== null) return date;
  }
  const together = pieces.filter((piece) => /\d/.test(piece)).join(' ');
  return together.length <= longestDateText ? listedDate(together) : null;
}

const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const titleClass = /(?:^|[^a-z])(?:title|tit|bt|subject|headline)(?:$|[^a-z])/i;
const longestPlainTitle = 100;

/** The title that a link shows: its title attribute where the text was cut, a heading inside it, else its text. */
function titleOf(anchor: Element): string {
  const shown = collapse(shownText(anchor));
  const attribute = collapse(anchor.attribs.title ?? '');
  const cut = shown.replace(/(?:\.{2,}|…+)$/, '');
  const isWhole = attribute.length > shown.length && (shown === '' || attribute.includes(cut.slice(0, 6)));
  const title = isWhole ? attribute : shown || collapse(imageText(anchor));
  return title
    .replace(/^[·•▪■◆\-\s]+/, '')
    .replace(bareDate, '')
    .trim();
}

/** A date that a link shows at the beginning or end of its words is none of the title's. */
const bareDate =
  /^[[(（【]?\s*(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*[\])）】]?\s*|\s*[[(（【]?\s*(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}\s*[\])）】]?$/;

function shownText(anchor: Element): string {
  const inner = elements(
    anchor,
    (each) => headings.has(each.name) || titleClass.test(each.attribs.class ?? ''),
    mostOfLink,
  );
  const heading = inner.map((each) => textOf(each, mostOfLink)).find((text) => collapse(text).length >= 4);
  if (heading) return heading;
  const whole = textOf(anchor, mostOfLink);
  if (collapse(whole).length <= longestPlainTitle || anchor.children.length < 2) return whole;
  const first = anchor.children.map((child) => textOf(child, mostOfLink)).find((text) => collapse(text).length >= 6);
  return first ?? whole;
}

function imageText(anchor: Element): string {
  return elements(anchor, (each) => each.name === 'img', mostOfLink)
    .map((image) => image.attribs.alt ?? image.attribs.title ?? '')
    .join(' ');
}

function parentOf(element: Element): Element | null {
  const parent = element.parent;
  return parent && isTag(parent) ? parent : null;
}

/** Classes that rows of one list take in turn, or one of them alone. */
const rowLooks =
  /^(?:odd|even|first|last|alt|hover|on|active|cur|current|top|new|red|bold|[a-z]|\w+[-_](?:odd|even|first|last|alt))$/i;

function pathOf(row: Element): string {
  const steps: string[] = [row.name];
  for (let up = parentOf(row); up; up = parentOf(up)) {
    const name = up.attribs.class?.trim().split(/\s+/)[0] ?? '';
    const bare = up.name === 'tr' || up.name === 'li' || !name || /\d$/.test(name) || rowLooks.test(name);
    steps.push(bare ? up.name : `${up.name}.${name}`);
  }
  return steps.reverse().join('>');
}
