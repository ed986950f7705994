// The title of a document. A heading that the page shows and that its head confirms is the title; a <title> alone has column and
// site cut off. Sites print their own name in h1, and split titles over lines.

import { addresseesIn } from './addressees.js';
import type { LineKind } from './chrome.js';
import { isDeliveryLine } from './delivery.js';
import { documentNumberOf } from './document-number.js';
import { fieldsOf } from './fields.js';
import { fold, type Line, squash } from './line.js';
import { metaOf, type PageHead } from './meta.js';
import { remembering } from './remembering.js';

/** A title and the lines that show it, where they do. */
export interface FoundTitle {
  title: string;
  /** Index of the first line that shows it, -1 where none does. */
  line: number;
  /** Lines that it takes up there. */
  lines: number;
}

const siteWords =
  /(?:网|网站|门户|政府|教育局|教体局|教育和体育局|教育体育局|委员会|管委会|街道办事处|人民政府办公室|频道|官网|在线|平台|首页|报社|日报|晚报|电视台|融媒体中心|学校|中学|小学|幼儿园|学院|大学|研究院|医院|学会|协会|集团|公司|图书馆|博物馆|中心|厅|局|新闻|要闻|动态|公告|通知公告|信息公开|政务公开|栏目|正文|详情|内容页?|文章|资讯|列表)$/;
const siteOnly =
  /(?:网|网站|门户|人民政府|教育局|教体局|教育和体育局|教育体育局|委员会|频道|官网|在线|平台|首页|日报|晚报|电视台|信息公开|政务公开|新闻中心|新闻网|通知公告|正文|详情|新闻详情|内容页|文章内容|详细内容|公告公示|新闻动态|工作动态|教育动态)$/;
const generic =
  /^(?:首页|网站首页|正文|新闻|通知公告|信息公开|政务公开|新闻中心|新闻动态|工作动态|详情|新闻详情|内容|文章|文章内容|详细内容|通知|公告|公示|动态|无标题文档|新建网页.*|untitled.*|index|home|政府信息公开|政策文件|信息公开目录|.{0,8}信息公开(?:目录|指南)?|当前位置.*|欢迎.{0,20})$/i;
const officialEnd =
  /(?:通知|意见|方案|报告|办法|通报|公告|公示|决定|批复|函|规定|细则|规划|计划|总结|情况|纪要|条例|要点|说明|答复|请示)(?:》)?$/;

const metaNames = ['articletitle', 'og:title', 'twitter:title', 'title', 'ucaptitle', 'dc.title', 'headline', 'name'];

/** Parts of a <title>, as sites glue them: title_column_site, site - column - title, title|site. */
function partsOf(pageTitle: string): string[] {
  return pageTitle
    .split(
      /\s*[_|｜丨]+\s*|\s+[-–—－·>»]+\s*|\s*[-–—－>»]+\s+|\s*>{1,2}\s*|--+|——(?=[^—_|｜丨]{2,16}(?:网|政府|局)$)|[-–－](?=\D[^-–－]{1,24}$)|[-–－](?=[^-–－]{2,20}(?:网|政府|局|频道|中心)[-–－])/u,
    )
    .map((part) => part.trim())
    .filter((part) => part.length > 0);
}

const column =
  /^(?:(?:首页|正文|教育|要闻|新闻|图文|综合|时政|社会)|.{0,4}(?:新闻|动态|要闻|公告|公示|通知|资讯|频道|专栏|栏目|工作|风采|建设|文件|政策))$/;

/** What owns a site; a headline's second half seldom ends so. */
const organisation = /(?:医院|学校|中学|小学|学院|大学|协会|学会|委员会|政府|教育局|教体局|官网|门户网站|[^上]网)$/;

/** Without site and column that a dash, a dot or a blank glued on: T-要闻-某县人民政府, 某县教育局 要闻 T. */
function unglued(part: string): string {
  let title = part;
  for (;;) {
    const behind = /^(?<title>.{5,})[-–－—·,，]\s*(?<glued>[^-–－—·,，]{2,16})$/u.exec(title)?.groups;
    if (!behind || !(column.test(behind.glued!) || siteWords.test(behind.glued!))) break;
    title = behind.title!.trim();
  }
  const owner = /^(?<title>.{8,})\s+(?<glued>\p{Script=Han}{4,20})$/u.exec(title)?.groups;
  if (owner && organisation.test(owner.glued!)) title = owner.title!;
  const before = /^(?<glued>\S{3,20})\s+(?<rest>.{6,})$/u.exec(title)?.groups;
  if (!before || !siteOnly.test(before.glued!)) return title;
  const [first, ...others] = before.rest!.split(/\s+/);
  return others.length > 0 && column.test(first!) ? others.join(' ') : before.rest!;
}

/** The likeliest article title in a <title> that nothing on the page confirms. */
function cleanPageTitle(pageTitle: string, siteName: string): string {
  const parts = partsOf(pageTitle)
    .map(unglued)
    .filter((part) => !generic.test(part) && part !== siteName);
  if (parts.length === 0) return '';
  const worth = (part: string, i: number) =>
    Math.min(part.length, 30) - (siteOnly.test(part) ? 14 : siteWords.test(part) ? 5 : 0) + (i === 0 ? 6 : 0);
  let best = 0;
  parts.forEach((part, i) => {
    if (worth(part, i) > worth(parts[best]!, best)) best = i;
  });
  return parts[best]!;
}

/** Where the article is, as far as it is known before its title is. */
export interface ArticlePlaces {
  /** Index of the line where the article's element or text begins. */
  from: number;
  /** Index of its first line that is a sentence or an address to readers. */
  sentence: number;
}

interface Candidate extends FoundTitle {
  score: number;
}

const isShowable = (line: Line, kind: LineKind | null) =>
  !line.hidden && (kind === null || kind === 'credit' || kind === 'end') && line.text.length <= 160;

/** A title with one more line: a break inside Chinese text is no space where the parts run on. */
const joinTitle = (title: string, next: string): string =>
  title + (runsOn(title, next) || next.startsWith('—') ? next : ` ${next}`);

const opens = (text: string, open: string, close: string) =>
  text.includes(open) && text.split(open).length > text.split(close).length;
const isOpen = (text: string) => opens(text, '《', '》') || opens(text, '“', '”');

/** Whether a title goes on in the next line: brackets still open, an office before 关于, or a head without its noun. */
function runsOn(title: string, next: string): boolean {
  if (isOpen(title)) return true;
  if (/^关于/.test(next)) return !officialEnd.test(title);
  if (/^的\p{Script=Han}{2,12}$/u.test(next)) return true;
  return /关于/.test(title) && !officialEnd.test(title) && next.length < 40 && !/[。,,]/.test(next);
}

function titleClass(line: Line): number {
  const names = `${line.element?.attribs.class ?? ''} ${line.element?.attribs.id ?? ''}`;
  if (/(?:^|[\s_-])(?:sub|list|more|other|nav|site|web|column|lm)[\w-]*title|logo/i.test(names)) return -6;
  return /title|headline|biaoti|\bbt\b|\btit\b|arti?c?l?e?_?ti|ucaptitle/i.test(`${names} ${line.element?.name ?? ''}`)
    ? 12
    : 0;
}

/** A cell over several columns of a table of data: sheets have their title there. */
const isTableTitle = (line: Line) => line.table !== null && Number(line.cell?.attribs.colspan) > 2;

/** What a line's markup says for it as the first of a title. */
function scoreMarkup(line: Line): number {
  let score = line.heading > 0 ? 22 - line.heading * 3 : 0;
  score += titleClass(line) + (line.centred ? 4 : 0) + (line.strong ? 4 : 0);
  if (line.linked > line.text.length * 0.5) score -= 14;
  if (line.item) score -= 10;
  if (isTableTitle(line)) score += 6;
  else if (line.cell && !line.centred && !line.strong) score -= 2;
  return score;
}

/** The red head of an official paper names its kind; and a section's heading has its number. */
const letterhead = /^\p{Script=Han}{2,30}(?:政府|局|委|厅|会|室|校|学|部)(?:[（(][^（）()]{1,16}[）)])?文件(?=\s|$)/u;
const numbered =
  /^(?:第[一二三四五六七八九十]{1,3}[章节]|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)])/;

/** What the words of a title say for it: nothing, or something against it. */
const scoreWords = remembering((text: string): number => {
  const { length } = text;
  let score = 0;
  if (length < 5) score -= 14;
  else if (length < 8 && !officialEnd.test(text)) score -= 5;
  if (length > 70) score -= 10;
  if (/[。;]/.test(text) || /[:,、]$/.test(text)) score -= 16;
  if (siteOnly.test(text) && length < 16) score -= 12;
  if (generic.test(text)) score -= 30;
  if (isOpen(text)) score -= 8;
  if (/^[—–-]{2}/.test(text) || letterhead.test(text) || isDeliveryLine(fold(text))) score -= 40;
  if (addresseesIn(text).length > 0) score -= 40;
  if (numbered.test(text)) score -= 14;
  if (length < 24 && documentNumberOf(fold(text)) !== null && !/\p{Script=Han}{6}/u.test(text)) score -= 30;
  return score;
});

/** How well the head of the page confirms a shown line. */
function confirmed(text: string, heads: readonly string[], parts: readonly string[]): number {
  const shown = squash(text);
  if (shown.length < 2) return 0;
  let best = parts.includes(shown) && !siteOnly.test(shown) ? 40 : 0;
  for (const head of heads) {
    if (head === '') continue;
    if (head === shown) best = Math.max(best, siteOnly.test(shown) && shown.length < 16 ? 8 : 46);
    else if (siteOnly.test(shown)) continue;
    else if (head.startsWith(shown)) best = Math.max(best, shown.length > 5 ? 34 : 12);
    else if (head.includes(shown)) best = Math.max(best, shown.length > 7 ? 26 : 6);
    else if (/^(?:关于|印发|转发)/.test(head) && shown.endsWith(head)) best = Math.max(best, 34);
    else if (shown.length > 8 && shown.startsWith(head) && head.length > shown.length * 0.4) best = Math.max(best, 24);
  }
  return best;
}

/** How near a line stands to what masthead and article say about the place of the title. */
function placed(
  index: number,
  after: number,
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  { from: bodyFrom, sentence }: ArticlePlaces,
): number {
  let score = 0;
  const info = kinds.slice(after, after + 3).indexOf('info');
  if (info >= 0) score += 18 - info * 4;
  const distance = bodyFrom - after;
  if (distance >= 0 && distance < 12) score += 8 - distance * 0.5;
  const heads = isTableTitle(lines[index]!) && lines[sentence]?.table === lines[index]!.table;
  if (index > sentence && !heads) score -= 24;
  if (index > bodyFrom + 6) score -= 12 + (index - bodyFrom);
  return score;
}

/** Pages show titles above the article or in its first lines; these are looked at. */
function candidates(
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  places: ArticlePlaces,
  heads: readonly string[],
  parts: readonly string[],
): Candidate[] {
  const found: Candidate[] = [];
  const last = Math.min(lines.length, places.from + 12);
  for (let i = Math.max(0, places.from - 60); i < last; i++) {
    if (!isShowable(lines[i]!, kinds[i]!)) continue;
    let best: Candidate | null = null;
    const markup = scoreMarkup(lines[i]!);
    let title = lines[i]!.text;
    const first = squash(title);
    const isTold = heads.some((head) => head.includes(first) || first.startsWith(head) || first.endsWith(head));
    for (let n = 1; n <= 4 && i + n <= last; n++) {
      if (n > 1 && (!isShowable(lines[i + n - 1]!, kinds[i + n - 1]!) || !belongs(lines, i, n))) break;
      if (n > 1) title = joinTitle(title, lines[i + n - 1]!.text);
      const most =
        markup +
        (isTold ? confirmed(title, heads, parts) : 0) +
        placed(i, i + n, lines, kinds, places) +
        (n > 1 ? growth(lines, i, n) : 0);
      // Words only speak against a title.
      if (best !== null && most <= best.score) continue;
      const score = most + scoreWords(title);
      if (best === null || score > best.score) best = { title, line: i, lines: n, score };
    }
    if (best) found.push(best);
  }
  return found;
}

/** Whether the n-th line from `from` may go on the title: same markup, short, no sentence. */
function belongs(lines: readonly Line[], from: number, n: number): boolean {
  const first = lines[from]!;
  const next = lines[from + n - 1]!;
  if (next.text.length > 60 || /[。;:]$/.test(next.text)) return false;
  return next.element === first.element || next.heading === first.heading;
}

/** Joined lines are one title only where the parts run on, or stand in one heading. */
function growth(lines: readonly Line[], from: number, n: number): number {
  let title = lines[from]!.text;
  for (let i = from + 1; i < from + n; i++) {
    const next = lines[i]!;
    const sameHeading = next.heading > 0 && next.element === lines[from]!.element;
    if (!runsOn(title, next.text) && !sameHeading) return -9 * (n - 1);
    title += next.text;
  }
  return 3 + n;
}

function titleField(lines: readonly Line[], bodyFrom: number): FoundTitle | null {
  for (let i = 0; i < Math.min(lines.length, bodyFrom + 3); i++) {
    const line = lines[i]!;
    if (line.text.length > 200) continue;
    const field = fieldsOf(fold(line.text)).find((each) => each.name === 'title');
    if (!field) continue;
    const shown = line.text.slice(field.valueStart, field.end).trim();
    if (shown.length >= 5) return { title: shown, line: -1, lines: 0 };
    const next = lines[i + 1];
    if (shown === '' && next?.cell && line.cell && next.cell.parent === line.cell.parent && next.text.length >= 5) {
      return { title: next.text, line: -1, lines: 0 };
    }
  }
  return null;
}

/** With the office that stands in the line above, in the same heading: the head often has 关于…的通知 alone. */
function withOffice(best: FoundTitle, lines: readonly Line[]): FoundTitle {
  const [line, above] = [lines[best.line], lines[best.line - 1]];
  const joined = line && above && above.element !== null && above.element === line.element;
  if (
    !joined ||
    !/^(?:关于|转发|印发)/.test(best.title) ||
    !/^\p{Script=Han}{3,30}[局厅委会府室部院]$/u.test(above.text)
  )
    return best;
  return { title: above.text + best.title, line: best.line - 1, lines: best.lines + 1 };
}

/** Confirmed by the head but told in full by it: 'A B' where the page shows A. The head's own spelling of a meta title wins. */
function withMeta(best: Candidate | undefined, stated: string): FoundTitle | null {
  if (!stated) return null;
  if (best && squash(best.title) === squash(stated)) return best;
  if (best && best.score > 30 && squash(best.title).includes(squash(stated).replace(/[.…]+$/, ''))) return best;
  return {
    title: stated,
    line: best && squash(stated).includes(squash(best.title)) ? best.line : -1,
    lines: best?.lines ?? 0,
  };
}

/**
 * Picks the title of a page or text.
 */
export function pickTitle(
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  head: PageHead,
  places: ArticlePlaces,
): FoundTitle | null {
  const stated = usable(metaOf(head, 'articletitle', 'ucaptitle'), head);
  const heads = [...metaNames.map((name) => head.meta.get(name) ?? ''), head.title]
    .map(squash)
    .filter((each) => each !== '');
  const parts = partsOf(head.title).map(squash);
  const all = candidates(lines, kinds, places, heads, parts).sort((a, b) => b.score - a.score);
  const best = all[0];
  const byMeta = withMeta(best, stated);
  if (byMeta) return byMeta;
  const field = titleField(lines, places.from);
  if (field && !(best && best.score > 60))
    return all.find((each) => squash(each.title) === squash(field.title)) ?? field;
  if (best && best.score > 20) return withOffice(best, lines);
  const cleaned = cleanPageTitle(
    metaOf(head, 'og:title', 'twitter:title') || head.title,
    metaOf(head, 'sitename', 'og:site_name'),
  );
  const isIdle = (siteOnly.test(cleaned) || letterhead.test(cleaned)) && best !== undefined && best.score > 0;
  if (cleaned.length >= 5 && !isIdle) return { title: cleaned, line: -1, lines: 0 };
  const leads = best && best.line <= places.sentence && best.score >= -2;
  return best && (best.score > 0 || leads) ? best : cleaned ? { title: cleaned, line: -1, lines: 0 } : null;
}

/** A stated title that names the column or the site is none. */
function usable(stated: string, head: PageHead): string {
  if (stated.length < 4 || generic.test(stated)) return '';
  return stated === metaOf(head, 'columnname') || stated === metaOf(head, 'sitename') ? '' : stated;
}
