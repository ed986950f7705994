// The text around the figures, prepared once: sentences, segments, headings and items that govern a place, time words, and the
// figures in order. The slots of a figure are read from here.
import { type Document, type Genre, referenceDate } from '../../src/model/document.js';
import type { Span } from '../../src/model/way-back.js';
import { aheadHeadings, backHeadings } from '../lexicon/modality.js';
import { type Candidate, clauseEnd, clauseStart, type NumberContext } from '../rules/candidate.js';
import { longestSentence, sentenceAt, sentencesOf } from '../rules/clauses.js';
import { type TimeWord, timeWords } from '../rules/period.js';
import { yearsOfPlan } from '../rules/plan-years.js';
import { readNumbers } from '../rules/quantities.js';
import { type Cell, readCells } from './cells.js';

/** A number that became a figure, with its surroundings. All spans are offsets in the passage's text. */
export interface Place {
  item: Candidate;
  /** The cell of a table that it stands in. */
  cell: Cell | null;
  /** Position among the figures. */
  index: number;
  /** The clause: between ，。；： around the quote. */
  clause: Span;
  /** From the last ；or 。 to the quote's clause end. */
  segmentStart: number;
  /** The sentence between 。 marks. */
  sentence: Span;
  /** Index of the sentence in the passage. */
  sentenceIndex: number;
  /** Between the figure before (or the clause's start) and the quote. */
  left: string;
  /** Between the quote and the next figure or the clause's end. */
  right: string;
  /** Index of the first figure of the list that it stands in (910元、1110元); its own where it is in none. */
  listStart: number;
  /** Index of the first figure of its line. Nothing is taken from figures before that. */
  lineStart: number;
}

/** Genres that set tasks: what they name is yet to be done. */
export const plans: ReadonlySet<Genre> = new Set(['notice_plan']);

/** Words that govern a stretch of text: a heading, or the topic of an item (二是均衡发展义务教育。). */
interface Scope extends Span {
  words: string;
  /** Deeper scopes win. */
  depth: number;
}

export interface Passage {
  text: string;
  title: string | null;
  genre: Genre;
  reference: string | null;
  numbers: NumberContext;
  /** Sentences by 。！？ and line breaks, for scope. */
  sentences: readonly Span[];
  /** Sentences as they are quoted, parted by ； too. */
  evidence: readonly Span[];
  times: readonly TimeWord[];
  places: readonly Place[];
  scopes: readonly Scope[];
  /** Which words govern from a place on, deepest first, up to the next entry. */
  layers: readonly { at: number; words: readonly string[] }[];
}

/** Prepares a document's text. Linear. */
export function preparePassage(
  document: Pick<Document, 'text' | 'title' | 'genre' | 'blocks' | 'signedIso' | 'publishedIso'>,
): Passage {
  const { text, title, genre } = document;
  const reference = referenceDate(document);
  const numbers = readNumbers(text);
  const cells = readCells(document, numbers);
  const evidence = sentencesOf(text);
  const sentences = joinSegments(text, evidence);
  const items = numbers.candidates.filter((item) => item.rejected === null);
  const places: Place[] = [];
  for (const item of items)
    places.push(placeOf(text, item, places, items[places.length + 1], sentences, cells.get(item) ?? null));
  const scopes = [...headingScopes(document), ...itemScopes(text, sentences), ...leadScopes(text)].sort(
    (a, b) => a.start - b.start,
  );
  return {
    text,
    title,
    genre,
    reference,
    numbers,
    sentences,
    evidence,
    times: ofTitleYear(timeWords(text, reference, yearsOfPlan(title, text)), text, title),
    places,
    scopes,
    layers: layersOf(scopes),
  };
}

/** 2023年度决算说明 of August 2024: its 本年 is 2023 and its 上年 2022. */
function ofTitleYear(times: readonly TimeWord[], text: string, title: string | null): readonly TimeWord[] {
  const year =
    /^[^\d]*(20\d\d)年(?!以来|代)[^\d]*(?:决算|总结|公报|执行情况|统计|年报|自评|完成情况|工作报告)[^\d]*$/.exec(
      title ?? '',
    )?.[1];
  if (!year) return times;
  return times.map((time) => {
    const shift = /^(本年|上年)/.exec(text.slice(time.start, time.end))?.[1];
    if (!shift || time.rule !== 'time: year by name') return time;
    const at = String(Number(year) - (shift === '上年' ? 1 : 0));
    return { ...time, period: { from: at, to: at } };
  });
}

/** Sentences that end with ； belong to the one after them. */
function joinSegments(text: string, evidence: readonly Span[]): Span[] {
  const joined: Span[] = [];
  let open = false;
  for (const span of evidence) {
    const last = joined.at(-1);
    const goesOn = open && last !== undefined && !text.slice(last.end, span.start).includes('\n');
    if (goesOn && span.end - last.start <= longestSentence) last.end = span.end;
    else joined.push({ ...span });
    open = '；;'.includes(text[span.end - 1]!);
  }
  return joined;
}

function placeOf(
  text: string,
  item: Candidate,
  before: Place[],
  next: Candidate | undefined,
  sentences: readonly Span[],
  cell: Cell | null,
): Place {
  const clause = { start: clauseStart(text, item.quoteStart), end: clauseEnd(text, item.quoteEnd) };
  const sentenceIndex = Math.max(0, sentenceAt(sentences, item.quoteStart));
  const sentence = sentences[sentenceIndex] ?? { start: 0, end: text.length };
  const last = before.at(-1);
  const lastEnd = last?.item.quoteEnd ?? 0;
  const leftStart = Math.max(clause.start, lastEnd);
  const rightEnd = next ? Math.min(clause.end, next.quoteStart) : clause.end;
  const gap = last && item.quoteStart - lastEnd < 4 ? text.slice(lastEnd, item.quoteStart) : '';
  const inList =
    last !== undefined &&
    /^[ 　]*(?:、|,|，|和|及|与|或)[ 　]*$/.test(gap) &&
    (last.item.dimension === item.dimension
      ? last.item.unit === item.unit || !/[,，]/.test(gap)
      : /[、和]/.test(gap) && /分别|依次/.test(before[last.listStart]!.left));
  return {
    item,
    cell,
    index: before.length,
    clause,
    segmentStart: segmentStartOf(text, sentence.start, item.quoteStart),
    sentence,
    sentenceIndex,
    left: throughBracket(
      text,
      Math.max(sentence.start, lastEnd),
      text.slice(leftStart, item.quoteStart),
      item.quoteStart,
    ),
    right: text.slice(item.quoteEnd, Math.max(item.quoteEnd, rightEnd)),
    listStart: inList ? last.listStart : before.length,
    lineStart: last && cell === null && isOneLine(text, lastEnd, item.quoteStart) ? last.lineStart : before.length,
  };
}

/** 财政性经费（主要包括预算安排的经费，基金安排的经费等）为10.8亿元: a bracket with marks of its own parts no words. */
function throughBracket(text: string, from: number, left: string, end: number): string {
  const closing = left.search(/[)）]/);
  if (closing < 0 || /[(（]/.test(left.slice(0, closing))) return left;
  const words = text.slice(from, end - left.length + closing);
  const opening = Math.max(words.lastIndexOf('('), words.lastIndexOf('（'));
  if (opening < 0 || /[)）]/.test(words.slice(opening))) return left;
  return text.slice(Math.max(from, clauseStart(text, from + opening)), from + opening) + left.slice(closing + 1);
}

/** Whether no line break parts the two places; a gap wider than two sentences parts them too. */
const isOneLine = (text: string, from: number, to: number): boolean =>
  to - from <= 2 * longestSentence && !text.slice(from, to).includes('\n');

function segmentStartOf(text: string, from: number, at: number): number {
  const before = text.slice(from, at);
  return from + Math.max(before.lastIndexOf('；'), before.lastIndexOf(';')) + 1;
}

/** The time words that begin from `from` on and before `to`. */
export function timesBetween(passage: Passage, from: number, to: number): TimeWord[] {
  const { times } = passage;
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]!.start < from) low = middle + 1;
    else high = middle;
  }
  const found: TimeWord[] = [];
  for (let i = low; i < times.length && times[i]!.start < to; i++) found.push(times[i]!);
  return found;
}

/** A heading governs the text up to the next heading of its level or a higher one. */
function headingScopes(document: Pick<Document, 'text' | 'blocks'>): Scope[] {
  const headings = document.blocks.filter((block) => block.kind === 'heading' && (block.level ?? 1) > 0);
  const scopes: Scope[] = [];
  const open: Scope[] = [];
  for (const heading of headings) {
    const depth = heading.level ?? 1;
    while (open.length > 0 && open.at(-1)!.depth >= depth) open.pop()!.end = heading.start;
    const scope = {
      start: heading.start,
      end: document.text.length,
      words: document.text.slice(heading.start, heading.end),
      depth,
    };
    open.push(scope);
    scopes.push(scope);
  }
  return scopes;
}

/** 一是普惠发展学前教育。 governs what follows up to 二是 or the end of the paragraph. */
function itemScopes(text: string, sentences: readonly Span[]): Scope[] {
  const scopes: Scope[] = [];
  let open: Scope | null = null;
  for (const sentence of sentences) {
    if (open && text.slice(open.end, sentence.start).includes('\n')) open = null;
    const head = /^[一二三四五六七八九十][是要]/.test(text.slice(sentence.start, sentence.start + 2));
    if (head) {
      const end = clauseEnd(text, sentence.start + 2);
      open = {
        start: sentence.start,
        end: sentence.end,
        words: text.slice(sentence.start + (text[sentence.start + 1] === '要' ? 0 : 2), end),
        depth: 9,
      };
      scopes.push(open);
    } else if (open) open.end = sentence.end;
  }
  return scopes;
}

/** Opens a line of a list: 一是, 1. (二). */
const enumerates =
  /^[\s　]*(?:第?[一二三四五六七八九十]{1,3}[是要、，,]|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}[.、．)）])/;
const longestLead = 60;

/**
 * 问：中职学生怎么资助？ governs its answer up to the next question; 下一步，重点做好以下工作： the lines of the list behind it.
 */
function leadScopes(text: string): Scope[] {
  const scopes: Scope[] = [];
  let open: { scope: Scope; list: boolean } | null = null;
  let at = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    const question =
      /^[\s　]*(?:问|Q)\s*\d{0,2}[：:、.]/.test(line) ||
      /^[\s　]*(?:\d{1,2}[.、．]|[一二三四五六七八九十]{1,3}、)[^。；;]*[？?]$/.test(line);
    const lead = line.length < longestLead && /[：:]\s*$/.test(line) && aheadLead.test(line);
    if (question || lead) {
      const scope = { start: at, end, words: line.trim(), depth: lead ? 8 : 5 };
      scopes.push(scope);
      open = { scope, list: lead };
    } else if (open && line.trim() !== '') {
      if (open.list && !enumerates.test(line)) open = null;
      else open.scope.end = end;
    }
    at = end + 1;
  }
  return scopes;
}

/** A line that opens what is yet to come. */
const aheadLead = /^[\s　]*(?:下一步|下一?阶段|下步|接下来|今后|未来)/;

/** The scopes as a sequence of changes, so that a place finds its own by bisection. Few scopes are ever open at once. */
function layersOf(scopes: readonly Scope[]): Passage['layers'] {
  const marks = [...new Set(scopes.flatMap((scope) => [scope.start, scope.end]))].sort((a, b) => a - b);
  const layers: { at: number; words: readonly string[] }[] = [];
  let open: Scope[] = [];
  let next = 0;
  for (const at of marks) {
    open = open.filter((scope) => scope.end > at);
    for (; next < scopes.length && scopes[next]!.start <= at; next++)
      if (scopes[next]!.end > at) open.push(scopes[next]!);
    const deepestFirst = [...open].sort((a, b) => b.depth - a.depth);
    layers.push({ at, words: deepestFirst.map((scope) => scope.words) });
  }
  return layers;
}

/** The words that govern a place, deepest first. */
export function scopesAt(passage: Passage, at: number): readonly string[] {
  const { layers } = passage;
  let low = 0;
  let high = layers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (layers[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return layers[low - 1]?.words ?? [];
}

/** True where a heading says that what follows is yet to come. */
export const looksAhead = (passage: Passage, at: number): boolean =>
  scopesAt(passage, at).some(
    (words) =>
      /^[一二三四五六七八九十]要[\u4e00-\u9fa5]/.test(words) ||
      aheadHeadings.some((word) => words.includes(word)) ||
      isWorkToCome(words, passage.reference),
  );

/** 2024年重点工作, in a text of the year before or of its first months. */
function isWorkToCome(words: string, reference: string | null): boolean {
  const year = /(20\d\d)年.{0,6}(?:重点工作|工作要点|重点任务|主要任务|主要工作|工作部署)/.exec(words)?.[1];
  if (!year || reference === null || /完成|情况|回顾|总结|进展|成效|成绩/.test(words)) return false;
  return year > reference.slice(0, 4) || (year === reference.slice(0, 4) && reference.slice(5, 7) <= '04');
}

/** True where a heading says that what follows is how things stand, or has been done. */
export const looksBack = (passage: Passage, at: number): boolean =>
  scopesAt(passage, at).some((words) => backHeadings.some((word) => words.includes(word)));
