// The words around a figure, by how closely they belong to its number: in its subject, beside it in the clause, in the
// sentence, in the sentence before or in the headings above.
import type { Block } from '../../src/model/document.js';
import type { Figure } from '../../src/model/record.js';
import type { Span } from '../../src/model/way-back.js';
import type { Finder, Hit } from '../engine/finder.js';
import { Trie } from '../engine/trie.js';
import type { DocumentField, Evidence } from '../field.js';
import { stageWords } from '../lexicon/stages.js';
import { sentenceAt, sentencesOf } from '../rules/clauses.js';

/** How closely a word belongs to the number, from 0 (not found) to 1. */
export const closeness = {
  subject: 1,
  left: 0.9,
  right: 0.75,
  list: 0.7,
  purpose: 0.6,
  far: 0.5,
  following: 0.45,
  sentence: 0.4,
  heading: 0.3,
  before: 0.25,
  shared: 0.2,
  title: 0.2,
} as const;

/** Closer than this a word belongs to the number; below it is only context. */
export const nearAtLeast = 0.5;

/** Closer than this a word stands in the number's own part of the sentence; below it only around. */
export const ownPartAtLeast = 0.4;

/** Closer than this it stands in what the money is for. */
export const purposeAtLeast = 0.6;

/** Closer than this it stands in the subject or beside the number itself. */
export const besideAtLeast = 0.75;

/** What was found around one figure. */
export interface Zones {
  /** Closeness by word number. */
  found: ReadonlyMap<number, number>;
  /** Words of the sentence; of a cell, those of its row, column and caption. */
  sentence: ReadonlySet<number>;
  /** The text right before and behind the quote. */
  left: string;
  right: string;
  /** Nothing beside the number names what it counts: the figure before, or its whole, does. */
  elliptic: boolean;
  /** What the words of the codebook's field and of others say; null where the codebook names no field. */
  field: Evidence | null;
  /** It continues a list: only a mark of enumeration stands between it and the figure before. */
  listed: boolean;
}

interface Stretch {
  span: Span;
  weight: number;
}

const clauseMarks = /[，,。；;：:！？!?\n]/;

/** Looks all figures of a text up at once. */
export class Surroundings {
  readonly #text: string;
  readonly #field: DocumentField | null;
  readonly #hits: readonly Hit[];
  readonly #sentences: readonly Span[];
  readonly #headings: readonly Span[];
  readonly #cells: readonly Block[];
  readonly #captions: readonly Block[];
  /** Words of the title. */
  readonly #title: readonly number[];

  constructor(
    document: { text: string; title?: string | null; blocks?: readonly Block[] },
    finder: Finder,
    field: DocumentField | null,
  ) {
    this.#text = document.text;
    this.#field = field;
    this.#title = finder.find(document.title ?? '').map(({ word }) => word);
    this.#hits = finder.find(document.text);
    this.#sentences = sentencesOf(document.text);
    const blocks = document.blocks ?? [];
    this.#headings = headingsOf(blocks);
    this.#cells = blocks.filter(({ kind }) => kind === 'cell');
    this.#captions = blocks.filter(({ kind }) => kind === 'caption');
  }

  /** The zones of `figures[index]`; figures are in text order. */
  zones(figures: readonly Figure[], index: number, finder: Finder): Zones {
    const figure = figures[index]!;
    const found = new Map<number, number>();
    const note = (word: number, weight: number) => {
      if ((found.get(word) ?? 0) < weight) found.set(word, weight);
    };
    for (const { word } of finder.find(subjectWords(figure))) note(word, closeness.subject);
    for (const word of this.#title) note(word, closeness.title);
    const cell = this.#cells[sentenceAt(this.#cells, figure.textStart)];
    const inCell = cell !== undefined && figure.textEnd <= cell.end;
    const { stretches, elliptic } = inCell ? this.#aroundCell(cell) : this.#around(figures, index);
    for (const { span, weight } of stretches) for (const { word } of this.#within(span)) note(word, weight);
    const heads = inCell ? (cell.heads ?? []).join('') : '';
    for (const { word } of finder.find(heads)) note(word, closeness.left);
    const sentence = inCell ? undefined : this.#sentences[sentenceAt(this.#sentences, figure.textStart)];
    const own = sentence && { start: sentence.start, end: ownPart(this.#text, figures, index, sentence).end };
    const inSentence = own
      ? [...this.#within(own)].map(({ word }) => word)
      : [...found].filter(([, weight]) => weight >= closeness.sentence).map(([word]) => word);
    return {
      found,
      sentence: new Set(inSentence),
      left: inCell ? heads : this.#text.slice(Math.max(0, figure.textStart - 12), figure.textStart).trimEnd(),
      right: inCell ? '' : this.#text.slice(figure.textEnd, figure.textEnd + 12).trimStart(),
      elliptic,
      field:
        this.#field?.at([
          { words: figure.subject, weight: closeness.subject },
          { words: heads, weight: closeness.left },
          ...stretches,
        ]) ?? null,
      listed: !inCell && this.#listed(figures, index),
    };
  }

  /** A cell has its own words, its heads, and the caption of its table; its neighbours are no context. */
  #aroundCell(cell: Block): { stretches: Stretch[]; elliptic: boolean } {
    const stretches: Stretch[] = [{ span: cell, weight: closeness.left }];
    const caption = this.#captions[sentenceAt(this.#captions, cell.start)];
    if (caption) stretches.push({ span: caption, weight: closeness.sentence });
    stretches.push(...this.#headingOver(cell.start));
    return { stretches, elliptic: false };
  }

  /** The clause, the sentence with its neighbour before, and the heading above. */
  #around(figures: readonly Figure[], index: number): { stretches: Stretch[]; elliptic: boolean } {
    const figure = figures[index]!;
    const { stretches, elliptic } = this.#sides(figures, index);
    const at = Math.max(0, sentenceAt(this.#sentences, figure.textStart));
    const sentence = this.#sentences[at];
    if (sentence) {
      stretches.push({ span: sentence, weight: closeness.shared });
      stretches.push({ span: ownPart(this.#text, figures, index, sentence), weight: closeness.sentence });
    }
    const before = this.#sentences[at - 1];
    if (before && sentence && !this.#text.slice(before.end, sentence.start).includes('\n'))
      stretches.push({ span: before, weight: closeness.before });
    stretches.push(...this.#headingOver(figure.textStart));
    return { stretches, elliptic };
  }

  #headingOver(at: number): Stretch[] {
    const heading = this.#headings[sentenceAt(this.#headings, at)];
    return heading && heading.end <= at ? [{ span: heading, weight: closeness.heading }] : [];
  }

  /** What stands beside the number: left to the figure before, right to the next or the next item, both within the clause. */
  #sides(figures: readonly Figure[], index: number): { stretches: Stretch[]; elliptic: boolean } {
    const text = this.#text;
    const figure = figures[index]!;
    const from = clauseStart(text, figure.textStart);
    const to = clauseEnd(text, figure.textEnd);
    const left = { start: Math.max(from, figures[index - 1]?.textEnd ?? 0), end: figure.textStart };
    const right = { start: figure.textEnd, end: this.#rightEnd(figure.textEnd, to, figures[index + 1]) };
    const stretches: Stretch[] = [
      { span: left, weight: closeness.left },
      { span: { start: figure.textStart, end: figure.textEnd }, weight: closeness.left },
      { span: right, weight: closeness.right },
    ];
    // What money is for stands in the clause behind: 投入200万元,改造… unless it has an amount of its own: 收入8亿元,教育支出3亿元.
    const behind = { start: to + 1, end: clauseEnd(text, to + 1) };
    if (!figures.slice(index + 1, index + 3).some((next) => isClaimed(next, figure, behind)))
      stretches.push({ span: behind, weight: closeness.following });
    if (spends(figure) && bare(text.slice(right.start, right.end)) && !namesMoney(figures[index + 1], behind))
      stretches.push({ span: behind, weight: closeness.purpose });
    const elliptic =
      bare(text.slice(left.start, left.end)) && !/[\u4e00-\u9fa5]{2}/.test(text.slice(right.start, right.end));
    if (elliptic) stretches.push(...this.#farther(figures, index, from));
    return { stretches, elliptic };
  }

  #listed(figures: readonly Figure[], index: number): boolean {
    const before = figures[index - 1];
    return (
      before !== undefined &&
      /^\s*[、和及][^，,。；;\n]*$/.test(this.#text.slice(before.textEnd, figures[index]!.textStart))
    );
  }

  #rightEnd(start: number, clause: number, next: Figure | undefined): number {
    const item = this.#text.slice(start, clause).search(/[、(（]/);
    return Math.min(clause, item >= 0 ? start + item : clause, Math.max(start, next?.textStart ?? clause));
  }

  /** A list shares what stands before its first number (分别为5.1人、6.2人); else the clause before, in the same sentence. */
  #farther(figures: readonly Figure[], index: number, from: number): Stretch[] {
    const text = this.#text;
    for (let at = index - 1; at >= 0 && figures[at]!.textEnd > from; at--) {
      const span = { start: Math.max(from, figures[at - 1]?.textEnd ?? 0), end: figures[at]!.textStart };
      if (!bare(text.slice(span.start, span.end))) return [{ span, weight: closeness.list }];
    }
    if (from === 0 || !/[，,：:]/.test(text[from - 1]!)) return [];
    return [{ span: { start: clauseStart(text, from - 1), end: from - 1 }, weight: closeness.far }];
  }

  /** Hits inside a span. */
  *#within({ start, end }: Span): Generator<Hit> {
    let low = 0;
    let high = this.#hits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#hits[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < this.#hits.length; i++) {
      const hit = this.#hits[i]!;
      if (hit.end > end) return;
      if (hit.start >= start) yield hit;
    }
  }
}

const stageNames = new Trie(stageWords.map(([word]) => [word, true] as const));

/** The part of the sentence that no other number of the same dimension claims. */
function ownPart(text: string, figures: readonly Figure[], index: number, sentence: Span): Span {
  const alike = (other: Figure | undefined) => other?.dimension === figures[index]!.dimension;
  const { start, end } = sentence;
  let from = start;
  for (let at = index - 1; at >= 0 && figures[at]!.textEnd > start; at--)
    if (alike(figures[at])) {
      from = figures[at]!.textEnd;
      break;
    }
  for (let at = index + 1; at < figures.length && figures[at]!.textStart < end; at++)
    if (alike(figures[at])) {
      const own = clauseStart(text, figures[at]!.textStart);
      return { start: from, end: own > figures[index]!.textEnd ? own : figures[at]!.textStart };
    }
  return { start: from, end };
}

/** Money that was spent once, and not so much for each of something. */
const spends = ({ dimension, accrual, per }: Figure): boolean =>
  dimension === 'money' && accrual === 'flow' && per === undefined;

/** A share behind that has a share of its own: 初中入学率99.6%,残疾儿童入学率92.4%. */
const isClaimed = (next: Figure, { dimension }: Figure, { start, end }: Span): boolean =>
  dimension === 'ratio' && next.dimension === 'ratio' && next.textStart >= start && next.textStart < end;

const namesMoney = (next: Figure | undefined, { start, end }: Span): boolean =>
  next?.dimension === 'money' && next.textStart >= start && next.textStart < end;

/** Fewer than two characters that could name a thing, besides the words for stages and those that lead to a number. */
function bare(text: string): boolean {
  let rest = '';
  let at = 0;
  for (const { at: found, length } of stageNames.scan(text, 0, text.length)) {
    rest += text.slice(at, found);
    at = found + length;
  }
  rest += text.slice(at);
  return (
    rest.replace(
      /其中|分别|农村|城区|乡村|镇区|城镇|县城|(?:增加|提高|下降|降低|上升|减少|增长|扩大|提升|上调)(?=[了到至]|$)|[了到至各均都为是达到约共有计占和及与]|[^\u4e00-\u9fa5]/g,
      '',
    ).length < 2
  );
}

const subjectWords = ({ subject, action }: Figure): string =>
  action === undefined ? subject : `${subject}\n${action}`;

function clauseStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 120 && !clauseMarks.test(text[start - 1]!)) start--;
  return start;
}

function clauseEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && end - at < 120 && !clauseMarks.test(text[end]!)) end++;
  return end;
}

const headingsOf = (blocks: readonly Block[]): Span[] =>
  blocks.filter(({ kind, level }) => kind === 'heading' && level !== 0).map(({ start, end }) => ({ start, end }));
