// Why a number in a document is a figure, with every rule that made it, or why it is none.
import type { Document } from '../../src/model/document.js';
import { type Language, wordTable } from '../../src/model/language.js';
import type { Figure } from '../../src/model/record.js';
import type { Span } from '../../src/model/way-back.js';
import type { ExplainNode } from '../engine/explain.js';
import type { Candidate } from '../rules/candidate.js';
import { timeRules } from '../rules/period.js';
import { quantityRules } from '../rules/quantities.js';
import { extractFigures, type Passage, preparePassage } from './index.js';

export { type ExplainNode, printExplanation } from '../engine/explain.js';

const cards = new Map([...quantityRules, ...timeRules].map((card) => [card.name, card.about]));

const words = wordTable(
  {
    figure: (quote: string, value: string, about: string) => `数 ${quote} = ${value}，${about}`,
    range: (from: number, to: number) => `${from} 至 ${to}`,
    per: (units: string) => `，每 ${units}`,
    list: '、',
    quantity: '数量',
    frame: '所指',
    sentence: '原句',
    numeral: '数字',
    takesIn: '并入',
    subject: '对象',
    action: '动作',
    stage: '学段',
    noStage: '没有写明',
    period: (from: string, to: string, text: string) => `时期 ${from} 至 ${to}，据：${text}`,
    noPeriod: '时期：没有时间词管到它',
    accrual: '计法',
    none: '无',
    status: '实/标',
    whole: '所属总数',
    of: '基数',
    minor: '次要：不值得列入表格',
    noFigure: (text: string, start: number, end: number) => `不算数：${text}（第 ${start}–${end} 字）`,
    readAs: '读作数字',
    ruledOut: '排除',
    noNumeral: (offset: number) => `第 ${offset} 字处没有数字`,
    noneAtAll: (offset: number) => `第 ${offset} 字处没有数字，全文也没有`,
    nearest: (text: string, start: number, end: number) => `最近的是 ${text}（第 ${start}–${end} 字）`,
  },
  {
    figure: (quote: string, value: string, about: string) => `figure ${quote} = ${value}, ${about}`,
    range: (from: number, to: number) => `${from} to ${to}`,
    per: (units: string) => ` per ${units}`,
    list: ', ',
    quantity: 'quantity',
    frame: 'frame',
    sentence: 'sentence',
    numeral: 'numeral',
    takesIn: 'takes in',
    subject: 'subject',
    action: 'action',
    stage: 'stage',
    noStage: 'none named',
    period: (from: string, to: string, text: string) => `period ${from} to ${to}, from ${text}`,
    noPeriod: 'period: no time word governs it',
    accrual: 'accrual',
    none: 'none',
    status: 'status',
    whole: 'part of',
    of: 'share of',
    minor: 'minor: nobody would tabulate it',
    noFigure: (text: string, start: number, end: number) => `no figure: ${text} at ${start}–${end}`,
    readAs: 'read as a numeral',
    ruledOut: 'ruled out',
    noNumeral: (offset: number) => `no numeral at ${offset}`,
    noneAtAll: (offset: number) => `no numeral at ${offset}, and none in the document`,
    nearest: (text: string, start: number, end: number) => `the nearest is ${text} at ${start}–${end}`,
  },
);

/** How an explanation is worded. */
export interface ExplainOptions {
  /** What the offset counts in, default `original`. */
  in?: 'original' | 'text';
  /** Default `en`. */
  language?: Language;
  /** A value of a record's field (`status` `planned`) as people are told it; without, as it is. */
  term?: (field: 'dimension' | 'bound' | 'stage' | 'accrual' | 'status', value: string) => string;
}

/**
 * Explains the number at a place of a document.
 * @param offset UTF-16 offset in the decoded original, as records carry it; in the document's own text with `in: 'text'`
 * @returns the tree of rules that made the figure there, or of the rule that ruled the number out; where no numeral stands,
 * one node that says so and names the nearest one
 */
export function explainAt(document: Document, offset: number, options: ExplainOptions = {}): ExplainNode {
  const passage = preparePassage(document);
  const figures = extractFigures(document, 'figure', passage);
  const place = (span: Span): Span => (options.in === 'text' ? span : document.wayBack.original(span));
  const holds = (span: Span): boolean => {
    const { start, end } = place(span);
    return start <= offset && offset < end;
  };
  const explanation = new Explanation(passage, figures, place, options);
  const index = figures.findIndex(({ textStart, textEnd }) => holds({ start: textStart, end: textEnd }));
  const figure = figures[index];
  if (figure) return explanation.figure(figure, passage.places[index]!.item);
  const numeral = passage.numbers.candidates.find(({ start, end }) => holds({ start, end }));
  return numeral ? explanation.rejection(numeral) : explanation.nothing(offset);
}

const node = (label: string, children: ExplainNode[] = []): ExplainNode => ({ label, children });

/** What is said of one document's numbers, in one language. */
class Explanation {
  readonly #passage: Passage;
  readonly #figures: readonly Figure[];
  readonly #place: (span: Span) => Span;
  readonly #language: Language;
  readonly #term: NonNullable<ExplainOptions['term']>;
  readonly #words: (typeof words)[Language];

  constructor(
    passage: Passage,
    figures: readonly Figure[],
    place: (span: Span) => Span,
    { language = 'en', term = (_, value) => value }: ExplainOptions,
  ) {
    this.#passage = passage;
    this.#figures = figures;
    this.#place = place;
    this.#language = language;
    this.#term = term;
    this.#words = words[language];
  }

  #rule = (name: string): ExplainNode => {
    const about = cards.get(name)?.[this.#language];
    return { label: name, ...(about ? { about } : {}), children: [] };
  };

  figure(figure: Figure, item: Candidate): ExplainNode {
    const { text } = this.#passage;
    const said = this.#words;
    const parts = [
      node(`${said.numeral} ${text.slice(item.start, item.end)}`, item.rules.slice(0, 1).map(this.#rule)),
      ...item.rules.slice(1).map(this.#rule),
      ...this.#mergedInto(item),
    ];
    const value = figure.value_max === undefined ? `${figure.value}` : said.range(figure.value, figure.value_max);
    const per = figure.per ? said.per(figure.per.join(said.list)) : '';
    const about = [this.#term('dimension', figure.dimension), this.#term('bound', figure.bound)].join(said.list);
    return node(said.figure(figure.quote, `${value} ${figure.unit}${per}`, about), [
      node(said.quantity, parts),
      node(said.frame, this.#frameOf(figure)),
      node(`${said.sentence} ${figure.sentence}`),
    ]);
  }

  /** Numbers that were taken into this one: ends of ranges, second parts of ratios, small coins. */
  #mergedInto(item: Candidate): ExplainNode[] {
    const { numbers, text } = this.#passage;
    const merged: ExplainNode[] = [];
    for (let i = item.index + 1; i < numbers.candidates.length; i++) {
      const other = numbers.candidates[i]!;
      if (other.start >= item.quoteEnd) break;
      const label = `${this.#words.takesIn} ${text.slice(other.start, other.end)}`;
      merged.push(node(label, [this.#rule(other.rejected ?? '')]));
    }
    return merged;
  }

  #frameOf(figure: Figure): ExplainNode[] {
    const said = this.#words;
    const quoteOf = (id: string) => this.#figures.find((other) => other.id === id)?.quote ?? id;
    const stages = [figure.stage ?? []].flat().map((stage) => this.#term('stage', stage));
    const { period } = figure;
    const time = node(
      period ? said.period(period.from, period.to, figure.period_text ?? '') : said.noPeriod,
      period ? figure.rules.slice(-1).map(this.#rule) : [],
    );
    return [
      node(`${said.subject} ${figure.subject}`),
      ...(figure.action ? [node(`${said.action} ${figure.action}`)] : []),
      node(`${said.stage} ${stages.join(said.list) || said.noStage}`),
      time,
      node(`${said.accrual} ${figure.accrual ? this.#term('accrual', figure.accrual) : said.none}`),
      node(`${said.status} ${this.#term('status', figure.status)}`),
      ...(figure.whole ? [node(`${said.whole} ${quoteOf(figure.whole)}`)] : []),
      ...(figure.of ? [node(`${said.of} ${quoteOf(figure.of)}`)] : []),
      ...(figure.salience === 'minor' ? [node(said.minor)] : []),
    ];
  }

  rejection(item: Candidate): ExplainNode {
    const { start, end } = this.#place(item);
    const made = item.rules.filter((name) => name !== item.rejected);
    return node(this.#words.noFigure(this.#passage.text.slice(item.start, item.end), start, end), [
      node(this.#words.readAs, made.map(this.#rule)),
      node(this.#words.ruledOut, [this.#rule(item.rejected ?? '')]),
    ]);
  }

  nothing(offset: number): ExplainNode {
    const { numbers, text } = this.#passage;
    let nearest: { item: Candidate; distance: number; at: Span } | null = null;
    for (const item of numbers.candidates) {
      const at = this.#place(item);
      const distance = Math.max(at.start - offset, offset - at.end);
      if (!nearest || distance < nearest.distance) nearest = { item, distance, at };
    }
    if (!nearest) return node(this.#words.noneAtAll(offset));
    const { item, at } = nearest;
    return node(this.#words.noNumeral(offset), [
      node(this.#words.nearest(text.slice(item.start, item.end), at.start, at.end)),
    ]);
  }
}
