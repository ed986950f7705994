// Where a page's article is: the marks that content management systems leave, else the element whose text weighs most. Text is
// weighed line by line: sentences count for an element, links, menus and footers against it.
import type { ChildNode, Comment, Element, ParentNode } from 'domhandler';
import { isCounterValue, type LineKind, lineKind } from './chrome.js';
import type { ParsedPage } from './html.js';
import { bulk, fold, type Line } from './line.js';

/** The part of a page's lines that holds the article, `from` included, `to` not. */
export interface Region {
  from: number;
  to: number;
  /** How it was found: the mark, or `density`. */
  by: string;
}

/** Ids and classes that content management systems give to the article alone. */
const marks = new Set(
  `zoom zoomcon ucapcontent ucap-content trs_editor trs_editor_view trs_ueditor vsb_content vsb_content_2 vsb_content_4 vsb_content_100 vsb_content_501
   v_news_content wp_articlecontent js_content rich_media_content article-content article_content articlecontent article-body article_body
   articlebody newscontent news-content news_content newstext news_text newscon content-text contenttext con_text conttext content_text
   detail-content detailcontent detail_content news_cont_d_wrap pages_content bt-content xxgk-content xl_content xl-content info-content infocontent
   main-content-text post_text article_text artibody article-main j-weibo-content tyxl_main easysite-news-content easysite-news-text
   endtext end_text post_body cont_body entry-content post-content post_content texttit_m1 rm_txt_con text_con box_con left_zw
   workflow-content wz_content wzcontent wznr xwnr nr_content nrcontent zwcontent zw-content content_zw text-content textcontent
   newsbody news_body news-body newsdetail-content view_content view-content show_content showcontent show-content bodytext
   arc_content arc-content arcbody art_content art-content artcontent content-detail content_detail contentdetail mainText maintext main-text
   word_text gsj_htmlcon_bot pages-content p-content m-content-text nconten newcontent new_content contentbox-text artical-body articaltext`
    .toLowerCase()
    .split(/\s+/),
);

/** Comments that CMSs put around the article. */
const commentMarks: [begin: RegExp, end: RegExp][] = [
  [/ZJEG_RSS\.content\.begin/i, /ZJEG_RSS\.content\.end/i],
  [
    /^\s*(?:正文|内容|文章内容|文章正文|content)\s*(?:start|begin|开始)/i,
    /^\s*(?:正文|内容|文章内容|文章正文|content)\s*(?:end|结束)/i,
  ],
  [/^\s*(?:begin|start)\s*(?:content|正文|内容)/i, /^\s*end\s*(?:content|正文|内容)/i],
  [/^\s*enpcontent\s*$/i, /^\s*\/enpcontent\s*$/i],
  [/^\s*enpproperty/i, /^\s*\/enpproperty/i],
];

const unlikely =
  /(?:^|[\s_-])(?:foot(?:er)?|bottom|copyright|nav(?:bar|igation)?|menu|header|top(?:bar)?|sidebar|aside|side|crumbs?|breadcrumb|comments?|related|relate|recommend|hot|rank(?:ing)?|share|bdshare\w*|links?|friend|login|search|pager|page|pagination|tool(?:s|bar)?|banner|ad|ads|advert|xgxw|xgyd|tuijian|paihang|dqwz|weizhi|location|position|qrcode|ewm|erweima|left_?(?:nav|menu)|right_?(?:bar|box|side)?)(?:$|[\s_-])/i;

interface Weight {
  content: number;
  chrome: number;
}

/** What a line adds to the elements around it. */
function weighLine(line: Line, kind: LineKind | null): Weight {
  const length = line.text.length;
  const free = Math.max(0, bulk(line.text) - line.linked);
  if (line.hidden) return { content: 0, chrome: 0 };
  if (line.table) return { content: 2 + free * 0.5, chrome: 0 };
  if (kind !== null) return { content: 0, chrome: kind === 'footer' ? 16 : 6 };
  if (length > 0 && line.linked > length * 0.6) return { content: 0, chrome: length > 60 ? 20 : 9 };
  const stops = (fold(line.text).match(/[。,!?;:、”]/g) ?? []).length;
  if (/。|[!?]$/.test(line.text) || free > 40) return { content: free + stops * 4, chrome: 0 };
  return { content: free * (stops > 0 ? 0.8 : 0.5), chrome: free < 4 ? 1 : 0 };
}

const isElement = (node: ParentNode | null): node is Element => node?.type === 'tag';

function namesOf(element: Element): string[] {
  const { id, class: classes } = element.attribs;
  return `${id ?? ''} ${classes ?? ''} ${element.name}`.toLowerCase().split(/\s+/);
}

const isUnlikely = (element: Element) =>
  /^(?:nav|footer|aside|header)$/.test(element.name) ||
  unlikely.test(`${element.attribs.id ?? ''} ${element.attribs.class ?? ''}`);

/** Sums for every element that holds lines, and for the root: a fragment may have no element around it. */
class Scale {
  readonly #root: ParentNode;
  readonly sums = new Map<ParentNode, Weight & { first: number; last: number; unlikely: boolean }>();

  constructor(root: ParentNode) {
    this.#root = root;
  }

  add(line: Line, index: number, weight: Weight): void {
    let damped = false;
    for (let element: ParentNode | null = line.element ?? this.#root; element; element = element.parent) {
      let sum = this.sums.get(element);
      if (!sum) {
        sum = { content: 0, chrome: 0, first: index, last: index, unlikely: isElement(element) && isUnlikely(element) };
        this.sums.set(element, sum);
      }
      sum.last = index;
      if (damped) {
        sum.chrome += weight.chrome + Math.min(weight.content, 12);
      } else {
        sum.content += weight.content;
        sum.chrome += weight.chrome;
      }
      damped ||= sum.unlikely;
    }
  }

  #isInUnlikely(element: ParentNode): boolean {
    for (let node = element.parent; node; node = node.parent) if (this.sums.get(node)?.unlikely) return true;
    return false;
  }

  best(): { element: ParentNode; score: number } | null {
    let best: { element: ParentNode; score: number } | null = null;
    for (const [element, sum] of this.sums) {
      const score = (sum.content - sum.chrome) * (sum.unlikely || this.#isInUnlikely(element) ? 0.3 : 1);
      if (score > 0 && (best === null || score > best.score)) best = { element, score };
    }
    return best;
  }
}

function commentRegion(page: ParsedPage, lines: readonly Line[]): Region | null {
  const comments: Comment[] = [];
  const collect = (parent: ParentNode) => {
    for (const node of parent.children as ChildNode[]) {
      if (node.type === 'comment') comments.push(node as Comment);
      else if ('children' in node) collect(node as ParentNode);
    }
  };
  collect(page.root);
  for (const [begin, end] of commentMarks) {
    const first = comments.find((comment) => begin.test(comment.data));
    const last = comments.findLast((comment) => end.test(comment.data));
    if (!first || !last || last.startIndex! <= first.startIndex!) continue;
    const from = lines.findIndex((line) => line.start >= first.startIndex!);
    let to = lines.findIndex((line) => line.start >= last.startIndex!);
    if (to < 0) to = lines.length;
    if (from >= 0 && to > from) return { from, to, by: 'comment' };
  }
  return null;
}

/** Elements that carry a known mark, with their weight. */
function markedElement(scale: Scale, least: number): { element: Element; mark: string } | null {
  const marked: { element: Element; mark: string; content: number }[] = [];
  for (const [element, sum] of scale.sums) {
    if (!isElement(element)) continue;
    const mark = sum.content >= least ? namesOf(element).find((name) => marks.has(name)) : undefined;
    if (mark) marked.push({ element, mark, content: sum.content });
  }
  const most = Math.max(0, ...marked.map((each) => each.content));
  const full = marked.filter((each) => each.content >= most * 0.85);
  const inner = full.filter((each) => !full.some((other) => other !== each && isInside(other.element, each.element)));
  return inner[0] ?? null;
}

/** Of a row of columns the one that holds most of the text. */
function column(scale: Scale, element: ParentNode): ParentNode {
  if (!isElement(element)) return element;
  const rows = /^(?:table|tbody)$/.test(element.name) ? filledChildren(scale, element) : [element];
  if (rows.length !== 1) return element;
  const row = rows[0] as Element;
  if (row !== element && row.name !== 'tr') return column(scale, row);
  if (row.name !== 'tr') return element;
  const total = scale.sums.get(row)!.content;
  const main = filledChildren(scale, row).find((cell) => scale.sums.get(cell)!.content > total * 0.65);
  return main ?? element;
}

const filledChildren = (scale: Scale, element: Element) =>
  element.children.filter((node): node is Element => node.type === 'tag' && scale.sums.has(node as Element));

/** A paragraph is no article: what holds it is. */
function container(element: ParentNode): ParentNode {
  let chosen = element;
  while (isElement(chosen) && /^(?:p|h[1-6]|li|dd|dt|tr|td)$/.test(chosen.name) && chosen.parent && isLeaf(chosen))
    chosen = chosen.parent;
  return chosen;
}

/** Rows and cells of a layout may hold all of an article; a cell or paragraph with one line may not. */
const isLeaf = (element: Element) =>
  !/^(?:td|tr)$/.test(element.name) ||
  !element.children.some((node) => /^(?:p|div|br|table|ul|section)$/.test((node as Element).name ?? ''));

function isInside(inner: Element, outer: Element): boolean {
  for (let node: ParentNode | null = inner.parent; node; node = node.parent) if (node === outer) return true;
  return false;
}

function contentOf(weights: readonly Weight[], from: number, to: number): number {
  let content = 0;
  for (let i = from; i < to; i++) content += weights[i]!.content;
  return content;
}

/**
 * Finds the article of a page.
 * @param kinds the kind of each line, as {@link lineKind} gives it
 * @returns null where the page holds no text that could be one
 */
export function findArticle(
  page: ParsedPage,
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
): Region | null {
  const weights = lines.map((line, i) => weighLine(line, kinds[i]!));
  const scale = new Scale(page.root);
  lines.forEach((line, i) => {
    scale.add(line, i, weights[i]!);
  });
  const best = scale.best();
  const total = best ? scale.sums.get(best.element)!.content : 0;
  const commented = commentRegion(page, lines);
  if (commented && contentOf(weights, commented.from, commented.to) >= total * 0.5) return commented;
  const marked = markedElement(scale, Math.max(8, total * 0.6));
  const chosen = marked?.element ?? (best && column(scale, container(best.element)));
  if (!chosen) return lines.length > 0 ? { from: 0, to: lines.length, by: 'whole' } : null;
  const sum = scale.sums.get(chosen)!;
  return { from: sum.first, to: sum.last + 1, by: marked?.mark ?? 'density' };
}

/** The kinds of all lines. Cells of a table of data are content whatever their words. */
export function kindsOf(lines: readonly Line[]): (LineKind | null)[] {
  return lines.map((line, i) => {
    if (line.table) return null;
    return isCounterValue(line.text, lines[i - 1]?.text ?? '') ? 'tool' : lineKind(line.text);
  });
}
