// As what a sentence reports a practice: done (or running), tried, planned, or only named.
import type { PracticeStatus } from '../../src/model/record.js';
import type { Span } from '../../src/model/way-back.js';
import { looksAhead, looksBack, type Passage, plans } from '../figures/passage.js';
import { markerIn } from '../figures/status.js';
import {
  advisedBefore,
  advisedBehind,
  beingWritten,
  deniedBefore,
  deniedBehind,
  deniedPart,
  elsewhereBefore,
  exploredBefore,
  faultWords,
  honourEnds,
  honourVerbs,
  learnedBefore,
  learnedBehind,
  madeHere,
  onlyNamedBehind,
  theirsBefore,
  trialNames,
  trialWords,
  visitors,
} from '../lexicon/practices.js';

/** `trial`: a heading or topic announces a trial of it, which outweighs what is told of it below. */
export interface ReportStatus {
  kind: PracticeStatus | 'trial';
  /** How well the sentence shows it, 0 to 1. */
  weight: number;
}

/** @param hits the words that show the practice, in the sentence. */
export function statusAt(passage: Passage, sentence: Span, hits: readonly Span[]): ReportStatus {
  const { text, genre } = passage;
  const places = hits.map((hit) => ({ hit, clause: clauseAt(text, sentence, hit) }));
  const real = places.filter(({ hit }) => !isHonour(text, hit));
  const weight = real.length === 0 ? 0.3 : real.every(({ hit }) => inForeignTitle(text, hit)) ? 0.4 : 1;
  if (plans.has(genre) && !looksBack(passage, sentence.start)) return { kind: 'planned', weight };
  const trial = places.some(({ clause }) => isTrial(text.slice(clause.start, clause.end)));
  const views = real.map(({ hit, clause }) => ({
    before: text.slice(clause.start, hit.start),
    sentence: text.slice(sentence.start, hit.start),
    behind: text.slice(hit.end, clause.end),
  }));
  if (views.length > 0 && views.every(onlyNamed)) return { kind: 'mentioned', weight };
  if (trial && !looksAhead(passage, sentence.start))
    return { kind: isTopic(passage, sentence) ? 'trial' : 'piloted', weight: 1 };
  if (real.length === 0) return { kind: 'mentioned', weight };
  if (looksAhead(passage, sentence.start))
    return { kind: real.every(({ clause }) => hasFault(text, clause)) ? 'mentioned' : 'planned', weight };
  if (real.every(({ hit }) => onlyNamedBehind.test(text.slice(hit.end, hit.end + 12))))
    return { kind: 'mentioned', weight };
  if (real.every(({ hit }) => inForeignTitle(text, hit))) return { kind: 'mentioned', weight };
  if (real.every(({ clause }) => hasFault(text, clause))) return { kind: 'mentioned', weight };
  if (views.every(({ before }) => exploredBefore.test(before))) return { kind: 'piloted', weight };
  const planned = real.every(
    ({ clause, hit }, index) =>
      beingWritten.test(views[index]!.before) || isPlanned(text.slice(Math.max(sentence.start, clause.start), hit.end)),
  );
  return { kind: planned ? 'planned' : 'done', weight };
}

/** What stands before and behind a measure in its clause. */
interface View {
  before: string;
  /** All of the sentence before it. */
  sentence: string;
  behind: string;
}

/** The clause denies it, advises it, or tells of it as another place's. */
const onlyNamed = (view: View): boolean => isDenied(view) || isAdvised(view) || isElsewhere(view);

const isDenied = ({ before, behind }: View): boolean =>
  (deniedBefore.test(before) && !deniedPart.test(behind)) || deniedBehind.test(behind);

const isAdvised = ({ before, behind }: View): boolean => advisedBefore.test(before) || advisedBehind.test(behind);

const isElsewhere = ({ before, behind, sentence }: View): boolean =>
  !visitors.test(before) &&
  (theirsBefore.test(sentence) ||
    elsewhereBefore.test(before) ||
    (learnedBefore.test(before) && learnedBehind.test(behind)));

const isPlanned = (words: string): boolean => {
  const marker = markerIn(words);
  return marker === 'planned' || marker === 'target';
};

const isTrial = (clause: string): boolean =>
  trialWords.some((word) => clause.includes(word)) && !trialNames.test(clause);

const hasFault = (text: string, { start, end }: Span): boolean => {
  const words = text.slice(start, end);
  return faultWords.some((fault) => words.includes(fault));
};

/** The sentence is a heading, or opens a paragraph or section as its topic. */
function isTopic(passage: Passage, { start, end }: Span): boolean {
  return passage.scopes.some(
    (scope) => scope.start < end && start < scope.start + scope.words.length + 3 && start >= scope.start - 4,
  );
}

/** The clause of a span, between ，；。 of its sentence. */
export function clauseAt(text: string, sentence: Span, { start, end }: Span): Span {
  let from = start;
  while (from > sentence.start && !/[，,；;。]/.test(text[from - 1]!)) from--;
  let to = end;
  while (to < sentence.end && !/[，,；;。]/.test(text[to]!)) to++;
  return { start: from, end: to };
}

/** Where a mark stands last at or before a place, and where next from it on, no farther than `reach`; -1 where it does not. */
function lastWithin(text: string, mark: string, at: number, reach: number): number {
  const from = Math.max(0, at - reach);
  const found = text.slice(from, at + 1).lastIndexOf(mark);
  return found < 0 ? -1 : from + found;
}
function nextWithin(text: string, mark: string, at: number, reach: number): number {
  const found = text.slice(at, at + reach).indexOf(mark);
  return found < 0 ? -1 : at + found;
}

/** Inside a title of honour: 获评“…示范区”, or a list of such titles. */
function isHonour(text: string, { start, end }: Span): boolean {
  const open = lastWithin(text, '“', start, 40);
  const close = nextWithin(text, '”', end, 40);
  if (open < 0 || close < 0 || close - open > 40 || text.slice(open + 1, close).includes('”')) return false;
  const title = text.slice(open + 1, close);
  if (title.length < 7 || !honourEnds.test(title)) return false;
  const before = text.slice(Math.max(0, open - 24), open);
  return (
    honourVerbs.test(before) ||
    /[”"]$/.test(before) ||
    /^[”"]?[^，,。；;“]{0,6}(?:称号|荣誉)/.test(text.slice(close + 1))
  );
}

/** Inside 《…》 of a document that is only cited, not made here. */
function inForeignTitle(text: string, { start, end }: Span): boolean {
  const open = lastWithin(text, '《', start, 80);
  if (open < 0 || text.slice(open, start).includes('》')) return false;
  const close = nextWithin(text, '》', end, 80);
  return close >= 0 && !madeHere.test(text.slice(Math.max(0, open - 24), open));
}
