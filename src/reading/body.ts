// From the lines of the region that holds the article to the lines of its body: what stands before the first sentence and belongs
// to the masthead, and what stands after the last and belongs to credits, signature, attachments or page, is taken off.
import { isToolLine, type LineKind } from './chrome.js';
import { findDates } from './dates.js';
import { isDeliveryLine } from './delivery.js';
import { documentNumberOf } from './document-number.js';
import { labelAlone } from './fields.js';
import { bulk, fold, type Line, squash } from './line.js';

/** The body and what was taken off around it; indices into the lines. */
export interface Body {
  lines: Line[];
  /** Index of the first body line, and behind the last. */
  from: number;
  to: number;
  /** Lines of 落款: offices and a date, in the body's middle or at its end. */
  signature: Line[];
  /** 附件: lines that were taken off the end. */
  attachments: Line[];
}

/** A line that only an article can hold: a sentence, or an address to readers. */
function isSubstantial(line: Line, kind: LineKind | null): boolean {
  if (line.table) return true;
  if (kind !== null || line.linked > line.text.length * 0.6) return false;
  const folded = fold(line.text);
  return (
    (/[。;!?]/.test(folded) && folded.length > 12) ||
    folded.length > 60 ||
    (/^(?:各|本|全|有关|市|县|区|省|尊敬).{2,80}:$/.test(folded) && folded.length > 5)
  );
}

const isDateAlone = (folded: string) => {
  const [date] = findDates(folded);
  return date !== undefined && folded.replace(date.printed, '').replace(/[\s()（）:\-—.。]/g, '').length <= 2;
};

const isNumberAlone = (folded: string) => {
  const number = documentNumberOf(folded);
  return number !== null && squash(folded).length <= number.length + 4;
};

const isLinkLine = (line: Line) => line.table === null && line.text.length < 60 && line.linked > line.text.length * 0.8;

/** Office and writer in brackets below a text. */
const byline =
  /^\((?:完|.{2,16}供稿|[\p{Script=Han}、·]{2,20}(?:局|校|中学|小学|园|中心|网|报|委|办|站|室|社|院|部|股|科)[\s:]\s*[\p{Script=Han}\s、·]{2,16})\)$/u;

/** Keywords in a row below a text: 20240926|教育|均衡. */
function isTagLine(folded: string, line: Line): boolean {
  if (line.table !== null || folded.length >= 80) return false;
  const words = folded.split('|').map((word) => word.trim());
  return words.length > 2 && words.every((word) => /^[^。!?;:]{1,16}$/.test(word));
}

/** What stands below the signature of an official paper: who gets copies, who printed it when. */
const colophon =
  /^(?:抄送|抄报|分送|主送|报送)\s*:|^\p{Script=Han}{4,30}\s*\d{4}年\d{1,2}月\d{1,2}日\s*(?:印发|印制)$|^\(?共印\s*\d+\s*份/u;

const isPassage = (folded: string) =>
  byline.test(folded) ||
  (folded.length < 200 && colophon.test(folded)) ||
  /^\(?此件(?:主动|依申请|公开|不|予以)?.{0,8}\)?$/.test(folded);

/**
 * Indices in [from, to) of lines that show the title again, also over several lines.
 * @param sentence from here on only the whole title counts: an office that signs has words of it too
 */
function titleLines(lines: readonly Line[], from: number, to: number, title: string, sentence: number): Set<number> {
  const wanted = squash(title);
  const found = new Set<number>();
  if (wanted.length < 4) return found;
  for (let i = from; i < to; i++) {
    let text = '';
    for (let n = 0; n < 4 && i + n < to; n++) {
      text += squash(lines[i + n]!.text);
      if (text.length > wanted.length * 1.3) break;
      if (
        text === wanted ||
        (i < sentence && text.length >= wanted.length * 0.7 && wanted.includes(text)) ||
        (text.length > 8 && text.includes(wanted))
      ) {
        for (let k = 0; k <= n; k++) found.add(i + k);
        break;
      }
    }
  }
  return found;
}

/** Index of the first line in [from, to) that only an article can hold, else `to`. */
export function firstSubstantial(
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  from: number,
  to: number,
): number {
  for (let i = from; i < to; i++) if (isSubstantial(lines[i]!, kinds[i]!)) return i;
  return to;
}

/** Where the body begins: behind the last masthead line before the first sentence. */
function beginning(
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  from: number,
  to: number,
  title: string,
): number {
  let first = firstSubstantial(lines, kinds, from, to);
  const shown = titleLines(lines, from, Math.min(to, from + 60), title, first);
  while (shown.has(first) && first < to) first = firstSubstantial(lines, kinds, first + 1, to);
  const lastTitle = Math.max(-1, ...[...shown].filter((index) => index <= Math.max(first, from + 12)));
  // A sentence above the title (a notice of the page to its readers) does not begin the article.
  if (lastTitle > first) first = firstSubstantial(lines, kinds, lastTitle + 1, to);
  let start = Math.max(from, lastTitle + 1);
  for (let i = from; i < Math.min(first, to); i++) {
    const folded = fold(lines[i]!.text).trim();
    const masthead =
      kinds[i] !== null ||
      isNumberAlone(folded) ||
      isDateAlone(folded) ||
      isBoxLine(lines, i, folded) ||
      (i <= lastTitle + 3 && lastTitle >= 0 && isDatedLine(folded)) ||
      isToolLine(folded) ||
      (i <= lastTitle + 6 && lastTitle >= 0 && isDeliveryLine(folded)) ||
      isLinkLine(lines[i]!);
    if (masthead && i >= start && !isContentList(lines, kinds, i, first)) start = i + 1;
  }
  return start;
}

/** A short line with a date right below the title: date, source, column, counters without labels. */
const isDatedLine = (folded: string) =>
  folded.length <= 70 &&
  !/[。!?;,]/.test(folded) &&
  findDates(folded).some((date) => date.start < 20 && date.iso.length >= 10);

/** A labelled line deep among unlabelled ones is part of a notice (时间:… 地点:…), no masthead. */
function isContentList(
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  index: number,
  first: number,
): boolean {
  if (kinds[index] !== 'info') return false;
  const before = kinds.slice(Math.max(0, index - 6), index).filter((kind) => kind === null).length;
  return before >= 4 && first - index > 4 && lines[index]!.linked === 0;
}

/** A label cell of a masthead box, or the value beside one. */
function isBoxLine(lines: readonly Line[], index: number, folded: string): boolean {
  if (labelAlone(folded) !== null) return true;
  const { cell } = lines[index]!;
  if (!cell) return false;
  const before = lines[index - 1];
  return before?.cell?.parent === cell.parent && before.cell !== cell && labelAlone(fold(before.text)) !== null;
}

const weight = (line: Line) => Math.max(0, bulk(line.text) - line.linked);

/** Links that are set among an article's paragraphs. */
const asideStart = /(?:阅读|链接|报道|推荐|新闻)[\s】\])>:]*$/;

/**
 * Behind the links that a line like 延伸阅读 sets among the paragraphs of an article, or -1 where the article does not go on: it
 * does in elements like those before, and no link stands below them.
 */
function behindAside(
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  from: number,
  at: number,
  to: number,
) {
  const before = lines[at - 1]?.element;
  if (at <= from || !before?.parent || !asideStart.test(fold(lines[at]!.text))) return -1;
  let resumed = at + 1;
  while (resumed < to && isLinkLine(lines[resumed]!)) resumed++;
  if (resumed === at + 1) return -1;
  let end = resumed;
  while (end < to && kinds[end] === null && !isLinkLine(lines[end]!)) end++;
  const follows = lines[resumed]?.element;
  const alike = follows?.parent === before.parent && follows?.name === before.name;
  const linked = lines.slice(end, to).some(isLinkLine);
  return alike && !linked && end > resumed && isSubstantial(lines[resumed]!, null) ? resumed : -1;
}

/** Where the body ends: at the first line that ends an article and has no more than a fraction of the text behind it. */
function ending(
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  from: number,
  to: number,
  asides: Set<number>,
): number {
  const total = lines.slice(from, to).reduce((sum, line) => sum + weight(line), 0);
  let passed = 0;
  for (let i = from; i < to; i++) {
    const kind = kinds[i];
    const line = lines[i]!;
    const ends = kind === 'end' || kind === 'pager' || kind === 'footer';
    const share = kind === 'footer' ? 0.75 : kind === 'end' ? 0.3 : 0.2;
    if (ends && !line.cell?.attribs.rowspan && passed >= total * share) {
      const resumed = kind === 'end' ? behindAside(lines, kinds, from, i, to) : -1;
      if (resumed < 0) return i;
      for (; i < resumed; i++) asides.add(i);
      i--;
      continue;
    }
    passed += weight(line);
  }
  return to;
}

const attachmentName = /\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|pptx?|jpe?g|png)\s*(?:\(.*\))?$/i;
const attachmentStart = /^(?:附件|附表|附|相关附件|附件下载|附件列表|点击下载|下载附件)\s*\d*\s*(?:[:.、]|$|\d)/;

/** A line of the list of attachments that stands below an article. */
function isAttachmentLine(folded: string, listed: boolean): boolean {
  if (folded.length > 130) return false;
  if (attachmentName.test(folded)) return true;
  if (/[。;]/.test(folded)) return false;
  return attachmentStart.test(folded) || (listed && /^(?:\d{1,2}\s*[.、:．]|\(\d{1,2}\))/.test(folded));
}

const isOffice = (folded: string) =>
  folded.length >= 3 && folded.length <= 40 && !/[。,;:!?、]/.test(folded.trim()) && /\p{Script=Han}{3}/u.test(folded);
const officeWords =
  /(?:政府|办公室|局|委员会|委|厅|部|中心|学校|中学|小学|幼儿园|学院|大学|协会|学会|组|处|科|室|公司|院|馆|站|所|会|办|社|团|队|集团|银行|党组|支部|总工会|街道|镇|乡)(?:\(.*\))?$/;

/** Indices of a signature that ends just before `to`: offices, then a date; nothing where there is no date. */
function signatureBefore(lines: readonly Line[], from: number, to: number): number {
  const last = fold(lines[to - 1]?.text ?? '').trim();
  const [date] = findDates(last);
  if (!date) return to;
  const beside = squash(last.replace(date.printed, '')).replace(/[()]/g, '');
  if (beside.length > 0 && !(officeWords.test(beside) && isOffice(beside))) return to;
  let start = to - 1;
  while (start - 1 > from && to - start < 12) {
    const line = lines[start - 1]!;
    const folded = fold(line.text).trim();
    if (!isOffice(folded) || line.table || !(officeWords.test(folded) || isDateAlone(folded))) break;
    start--;
  }
  return start;
}

/** Offices and date in the midst of a body, as where a notice is followed by the plan it issues. */
function innerSignature(lines: readonly Line[]): Line[] {
  for (let i = 1; i < lines.length; i++) {
    if (lines[i]!.text.length > 24 || !isDateAlone(fold(lines[i]!.text).trim())) continue;
    const start = signatureBefore(lines, 0, i + 1);
    if (start < i) return lines.slice(start, i + 1);
  }
  return [];
}

interface Tail {
  to: number;
  signature: Line[];
  attachments: Line[];
}

/** What stands above a signature belongs to the text, also where it has the words of a footer or a masthead (电话, 地点). */
const isContact = (kind: LineKind) => kind === 'footer' || kind === 'info';

/** Takes credits, signature, attachment names and tools off the end, in whatever order they stand. */
function trimTail(lines: readonly Line[], kinds: readonly (LineKind | null)[], from: number, end: number): Tail {
  let to = end;
  let signature: Line[] = [];
  const attachments: Line[] = [];
  const listed = lines.slice(Math.max(from, end - 14), end).some((line) => attachmentStart.test(fold(line.text)));
  for (;;) {
    const line = lines[to - 1];
    if (to <= from + 1 || !line) break;
    const folded = fold(line.text).trim();
    const signed = signature.length === 0 && !line.table ? signatureBefore(lines, from, to) : to;
    if (signed < to) {
      signature = lines.slice(signed, to);
      to = signed;
    } else if (isAttachmentLine(folded, listed) && !line.table) {
      attachments.unshift(line);
      to--;
    } else if (kinds[to - 1] !== null && !line.table && !(signature.length > 0 && isContact(kinds[to - 1]!))) to--;
    else if (isPassage(folded) || isLinkLine(line) || isTagLine(folded, line)) to--;
    else break;
  }
  return { to, signature, attachments };
}

const contentsEntry = /^\S.{1,60}?(?:[.·…\s]{2,}|\s|(?<=[.·…]))\d{1,3}$/;

/** Indices of a table of contents: 目录 alone, then lines that each end in the number of a page. */
function contentsIn(lines: readonly Line[], from: number, to: number): number[] {
  for (let i = from; i < to; i++) {
    if (lines[i]!.text.length > 6 || squash(lines[i]!.text) !== '目录') continue;
    let end = i + 1;
    while (end < to && contentsEntry.test(fold(lines[end]!.text).trim())) end++;
    return end - i > 2 ? lines.slice(i, end).map((_, k) => i + k) : [];
  }
  return [];
}

const neverInside = new Set<LineKind>(['tool', 'crumb', 'pager']);

/**
 * The body of an article.
 * @param from first line of the region that holds it
 * @param to behind its last line
 * @param title the document's title, which is not repeated in the body
 */
export function bodyOf(
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  from: number,
  to: number,
  title: string,
): Body {
  const start = beginning(lines, kinds, from, to, title);
  const asides = new Set<number>();
  const tail = trimTail(lines, kinds, start, ending(lines, kinds, start, to, asides));
  for (const index of contentsIn(lines, start, tail.to)) asides.add(index);
  const kept: Line[] = [];
  for (let i = start; i < tail.to; i++) {
    const kind = kinds[i] ?? null;
    const dropped = (kind !== null && neverInside.has(kind) && !lines[i]!.table) || lines[i]!.hidden || asides.has(i);
    if (!dropped) kept.push(lines[i]!);
  }
  const signature = tail.signature.length > 0 ? tail.signature : innerSignature(kept);
  return { lines: kept, from: start, to: tail.to, signature, attachments: tail.attachments };
}
