// Why a number in a document is a figure, with every rule that made it, or why it is none.
import type { Document } from '../../src/model/document.js';
import type { Figure } from '../../src/model/record.js';
import type { Span } from '../../src/model/way-back.js';
import type { ExplainNode } from '../engine/explain.js';
import type { Candidate } from '../rules/candidate.js';
import { timeRules } from '../rules/period.js';
import { quantityRules } from '../rules/quantities.js';
import { extractFigures, type Passage, preparePassage } from './index.js';

export { type ExplainNode, printExplanation } from '../engine/explain.js';

const cards = new Map([...quantityRules, ...timeRules].map((card) => [card.name, card.about]));

/**
 * Explains the number at a place of a document.
 * @param offset UTF-16 offset in the decoded original, as records carry it; in the document's own text with `in: 'text'`
 * @returns the tree of rules that made the figure there, or of the rule that ruled the number out; where no numeral stands,
 * one node that says so and names the nearest one
 */
export function explainAt(document: Document, offset: number, options: { in?: 'original' | 'text' } = {}): ExplainNode {
  const passage = preparePassage(document);
  const figures = extractFigures(document, 'figure', passage);
  const place = (span: Span): Span => (options.in === 'text' ? span : document.wayBack.original(span));
  const holds = (span: Span): boolean => {
    const { start, end } = place(span);
    return start <= offset && offset < end;
  };
  const index = figures.findIndex(({ textStart, textEnd }) => holds({ start: textStart, end: textEnd }));
  const figure = figures[index];
  if (figure) return explainFigure(figure, passage.places[index]!.item, passage, figures);
  const numeral = passage.numbers.candidates.find(({ start, end }) => holds({ start, end }));
  return numeral ? explainRejection(numeral, passage, place) : explainNothing(offset, passage, place);
}

const node = (label: string, children: ExplainNode[] = []): ExplainNode => ({ label, children });

function ruleNode(name: string): ExplainNode {
  const about = cards.get(name);
  return { label: name, ...(about ? { about } : {}), children: [] };
}

function explainFigure(figure: Figure, item: Candidate, passage: Passage, figures: readonly Figure[]): ExplainNode {
  const { text } = passage;
  const parts = [
    node(`numeral ${text.slice(item.start, item.end)}`, item.rules.slice(0, 1).map(ruleNode)),
    ...item.rules.slice(1).map(ruleNode),
    ...mergedInto(item, passage),
  ];
  const value = figure.value_max === undefined ? `${figure.value}` : `${figure.value} to ${figure.value_max}`;
  const per = figure.per ? ` per ${figure.per.join(', ')}` : '';
  return node(`figure ${figure.quote} = ${value} ${figure.unit}${per}, ${figure.dimension}, ${figure.bound}`, [
    node('quantity', parts),
    node('frame', frameOf(figure, figures)),
    node(`sentence ${figure.sentence}`),
  ]);
}

/** Numbers that were taken into this one: ends of ranges, second parts of ratios, small coins. */
function mergedInto(item: Candidate, { numbers, text }: Passage): ExplainNode[] {
  const merged: ExplainNode[] = [];
  for (let i = item.index + 1; i < numbers.candidates.length; i++) {
    const other = numbers.candidates[i]!;
    if (other.start >= item.quoteEnd) break;
    merged.push(node(`takes in ${text.slice(other.start, other.end)}`, [ruleNode(other.rejected ?? '')]));
  }
  return merged;
}

function frameOf(figure: Figure, figures: readonly Figure[]): ExplainNode[] {
  const quoteOf = (id: string) => figures.find((other) => other.id === id)?.quote ?? id;
  const stage = figure.stage === undefined ? 'none named' : [figure.stage].flat().join(', ');
  const period = figure.period;
  const time = node(
    period ? `period ${period.from} to ${period.to}, from ${figure.period_text}` : 'period: no time word governs it',
    period ? figure.rules.slice(-1).map(ruleNode) : [],
  );
  return [
    node(`subject ${figure.subject}`),
    ...(figure.action ? [node(`action ${figure.action}`)] : []),
    node(`stage ${stage}`),
    time,
    node(`accrual ${figure.accrual ?? 'none'}`),
    node(`status ${figure.status}`),
    ...(figure.whole ? [node(`part of ${quoteOf(figure.whole)}`)] : []),
    ...(figure.of ? [node(`share of ${quoteOf(figure.of)}`)] : []),
    ...(figure.salience === 'minor' ? [node('minor: nobody would tabulate it')] : []),
  ];
}

function explainRejection(item: Candidate, { text }: Passage, place: (span: Span) => Span): ExplainNode {
  const { start, end } = place(item);
  const made = item.rules.filter((name) => name !== item.rejected);
  return node(`no figure: ${text.slice(item.start, item.end)} at ${start}–${end}`, [
    node('read as a numeral', made.map(ruleNode)),
    node('ruled out', [ruleNode(item.rejected ?? '')]),
  ]);
}

function explainNothing(offset: number, { numbers, text }: Passage, place: (span: Span) => Span): ExplainNode {
  let nearest: { item: Candidate; distance: number; at: Span } | null = null;
  for (const item of numbers.candidates) {
    const at = place(item);
    const distance = Math.max(at.start - offset, offset - at.end);
    if (!nearest || distance < nearest.distance) nearest = { item, distance, at };
  }
  if (!nearest) return node(`no numeral at ${offset}, and none in the document`);
  const { item, at } = nearest;
  return node(`no numeral at ${offset}`, [
    node(`the nearest is ${text.slice(item.start, item.end)} at ${at.start}–${at.end}`),
  ]);
}
