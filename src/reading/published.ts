// When a page was published. Dates have one shape and many meanings; the place decides: a labelled date beside the title before an
// unlabelled one, both before one elsewhere; lists and clocks of the page never.
import type { LineKind } from './chrome.js';
import { type FoundDate, findDates, labelledDate } from './dates.js';
import { type FieldName, fieldsOf, labelAlone } from './fields.js';
import { labelsAbove } from './label-cells.js';
import { fold, type Line } from './line.js';
import { hiddenDateName, metaOf, type PageHead } from './meta.js';

/** A date as printed, with its ISO form. */
export interface StatedDate {
  printed: string;
  iso: string;
}

/** Where title and body stand among the lines. */
export interface Places {
  /** -1 where no line shows the title. */
  title: number;
  bodyFrom: number;
  bodyTo: number;
  /** Lines that sign the document; their date is no date of publication. */
  signature: ReadonlySet<Line>;
}

interface Candidate extends StatedDate {
  score: number;
}

const clockLine = /今天是|今日|现在(?:是|时间)|当前时间|系统时间|北京时间|农历|星期.{0,4}欢迎/;
const metaNames = [
  'pubdate',
  'publishdate',
  'publish_date',
  'publishtime',
  'firstpublishedtime',
  'article:published_time',
  'og:release_date',
  'og:published_time',
  'datepublished',
  'published_time',
  'release_date',
  'releasedate',
  'weibo: article:create_at',
  'date',
  'dc.date',
  'apub:time',
  'createtime',
  'others',
];

/** 发文 is when an office issued a document, before the site published it. */
function labelScore(name: FieldName | null, label: string): number | null {
  if (name === 'published') return label.startsWith('发文') ? 32 : 50;
  if (name === 'updated') return 26;
  return name === null ? 0 : null;
}

interface LabelledDate {
  date: FoundDate;
  label: FieldName | null;
  words: string;
}

/** The dates of a line with what labels them; a field of another meaning hides its date. */
function datesOf(line: Line, before: Line | undefined, above: string | undefined): LabelledDate[] {
  const folded = fold(line.text);
  const fields = fieldsOf(folded);
  const beside = before && before.text.length < 14 && sameRow(line, before) ? fold(before.text) : '';
  const words = above ?? beside;
  const cellLabel = labelAlone(words);
  const found: LabelledDate[] = findDates(folded).map((date) => {
    const field = fields.findLast((each) => each.valueStart <= date.start + 1 && each.end >= date.start);
    const label = fields.length === 0 ? cellLabel : null;
    return { date, label: field?.name ?? label, words: field?.label ?? (label ? words : '') };
  });
  if (found.length > 0) return found;
  for (const field of fields) {
    if (field.name !== 'published' && field.name !== 'updated') continue;
    const date = labelledDate(field.value);
    if (date) found.push({ date, label: field.name, words: field.label });
  }
  return found;
}

const sameRow = (line: Line, before: Line) =>
  line.cell
    ? line.cell.parent === before.cell?.parent
    : line.element !== null && line.element.parent === before.element?.parent;

/** How near the line is to the masthead: between title and body, else above or below by distance. */
function placeScore(index: number, places: Places): number {
  const { title, bodyFrom, bodyTo } = places;
  if (index >= bodyFrom && index < bodyTo) return -60;
  if (index >= bodyTo) return 14 - (index - bodyTo) * 1.5;
  if (title < 0) return 30 - Math.min(28, (bodyFrom - index) * 1.2);
  if (index >= title) return 40 - Math.min(10, (index - title) * 0.5);
  return 22 - (title - index) * 1.2;
}

function isListed(lines: readonly Line[], index: number): boolean {
  const line = lines[index]!;
  if (line.linked > line.text.length * 0.3) return true;
  const neighbours = [lines[index - 1], lines[index + 1]];
  return line.item && neighbours.some((each) => each?.item && each.linked > each.text.length * 0.5);
}

function shown(lines: readonly Line[], kinds: readonly (LineKind | null)[], places: Places): Candidate[] {
  const found: Candidate[] = [];
  const above = labelsAbove(lines);
  lines.forEach((line, i) => {
    if (line.text.length > 260 || line.hidden) return;
    const folded = fold(line.text);
    if (!/\d{4}|[〇○零]|\d{2}:\d{2}/.test(folded) || clockLine.test(folded)) return;
    if (places.signature.has(line)) return;
    const beneath = places.title >= 0 && i > places.title && i < places.bodyFrom && i - places.title <= 6;
    for (const { date, label, words } of datesOf(line, lines[i - 1], above.get(line))) {
      const labelled = labelScore(label, words);
      if (labelled === null || date.iso.length < 10) continue;
      const bare = beneath ? line.text.length <= 90 : kinds[i] === 'info' && !isListed(lines, i);
      if (label === null && !bare) continue;
      const score =
        labelled + placeScore(i, places) + (date.iso.length > 10 ? 4 : 0) - (kinds[i] === 'footer' ? 40 : 0);
      found.push({ printed: date.printed, iso: date.iso, score });
    }
  });
  return found;
}

const fromMeta = (head: PageHead) => dateOf(metaOf(head, ...metaNames));

function dateOf(value: string | undefined): StatedDate | null {
  const date = value ? labelledDate(fold(value)) : null;
  return date && date.iso.length >= 10 ? { printed: date.printed, iso: date.iso } : null;
}

/** The date of publication, or null where the page does not say it. */
export function publishedOf(
  lines: readonly Line[],
  kinds: readonly (LineKind | null)[],
  head: PageHead,
  places: Places,
): StatedDate | null {
  const candidates = shown(lines, kinds, places).sort((a, b) => b.score - a.score);
  const best = candidates[0];
  const stated = fromMeta(head);
  if (!stated) return best && best.score > 0 ? best : dateOf(head.meta.get(hiddenDateName));
  const same = candidates.find((each) => each.score > 0 && each.iso.slice(0, 10) === stated.iso.slice(0, 10));
  if (same) return same.iso.length >= stated.iso.length ? same : stated;
  return best && best.score >= 76 ? best : stated;
}
