// Document to figures: the numbers of the text with their frame (subject, stage, period, status, links) and their sentence.
// Pure: no clock, no network, no file; the same document gives the same records.
import type { Document } from '../../src/model/document.js';
import type { Figure, Stage } from '../../src/model/record.js';
import { sentenceAt } from '../rules/clauses.js';
import { accrualOf } from './accrual.js';
import { type Links, linkFigures } from './links.js';
import { type Passage, type Place, preparePassage } from './passage.js';
import { stageOf } from './stage.js';
import { statusOf } from './status.js';
import { type Subject, subjectOf } from './subject.js';
import { timeOf } from './when.js';

export { type Passage, preparePassage };

/**
 * All figures of a document in text order.
 * @param name prefix of the ids (`000` gives `000-001`).
 */
export function extractFigures(
  document: Document,
  name: string,
  passage: Passage = preparePassage(document),
): Figure[] {
  const links = linkFigures(passage);
  const given: (readonly Stage[])[] = [];
  const subjects: string[] = [];
  const figures: Figure[] = [];
  for (const place of passage.places) {
    const link = links[place.index]!;
    const subject = subjectOf(passage, place, { subjects, whole: link.whole });
    subjects.push(subject.words);
    const stages = stageOf(passage, place, { given, whole: link.whole, subject: subject.words });
    given.push(stages);
    figures.push(figureOf(document, name, passage, place, link, subject, stages, figures));
  }
  return figures;
}

const idOf = (name: string, index: number): string => `${name}-${String(index + 1).padStart(3, '0')}`;

function figureOf(
  document: Document,
  name: string,
  passage: Passage,
  place: Place,
  link: Links,
  subject: Subject,
  stages: readonly Stage[],
  earlier: readonly Figure[],
): Figure {
  const { item } = place;
  const time = timeOf(passage, place);
  const status = statusOf(passage, place, time, link.whole === null ? null : earlier[link.whole]!.status);
  const accrual = accrualOf(passage, place, { status, whole: link.whole, subject: subject.words, earlier });
  const span = document.wayBack.original({ start: item.quoteStart, end: item.quoteEnd });
  const sentence = passage.evidence[Math.max(0, sentenceAt(passage.evidence, item.quoteStart))];
  const figure: Figure = {
    id: idOf(name, place.index),
    start: span.start,
    end: span.end,
    textStart: item.quoteStart,
    textEnd: item.quoteEnd,
    quote: passage.text.slice(item.quoteStart, item.quoteEnd),
    sentence: sentence ? passage.text.slice(sentence.start, sentence.end) : '',
    dimension: item.dimension ?? 'other',
    value: item.value,
    unit: item.unit,
    bound: item.bound,
    subject: subject.words,
    status,
    salience: item.salience,
    rules: time?.period ? [...item.rules, time.rule] : [...item.rules],
    confidence: item.confidence,
  };
  if (item.max !== null) figure.value_max = item.max;
  if (item.per.length > 0) figure.per = item.per;
  if (subject.action !== null) figure.action = subject.action;
  if (stages.length > 0) figure.stage = stages.length === 1 ? stages[0]! : [...stages];
  if (time?.period && status !== 'standard') {
    figure.period = time.period;
    figure.period_text = time.words ?? passage.text.slice(time.start, time.end);
  }
  if (accrual) figure.accrual = accrual;
  if (link.whole !== null) figure.whole = idOf(name, link.whole);
  if (link.of !== null) figure.of = idOf(name, link.of);
  return figure;
}
