// Which practices (举措) of a codebook a document reports, and as what: done, piloted, planned or only mentioned. Wordings are
// data; a practice is reported where one of its wordings is found in a sentence.
import type { Document } from '../../src/model/document.js';
import type { Figure, Practice, PracticeStatus } from '../../src/model/record.js';
import type { Span } from '../../src/model/way-back.js';
import type { CompiledCodebook, CompiledPractice, Condition } from '../compiled-codebook.js';
import type { Hit } from '../engine/finder.js';
import { DocumentField, isOwn, namesForeign, type Weighed } from '../field.js';
import { closeness } from '../figures/indicator-zones.js';
import { type Passage, scopesAt } from '../figures/passage.js';
import { clauseAt, statusAt } from './status.js';

/** A sentence that reports a practice. */
interface Report {
  practice: number;
  sentence: Span;
  /** The words that show it. */
  words: Span;
  wording: string;
  points: number;
  status: PracticeStatus;
}

/**
 * The practices of a document in text order, the best sentence for each.
 * @param figures of the document, for those that belong to a practice.
 * @param name prefix of the ids (`000` gives `000-p01`).
 * @param passage the document's text as prepared for its figures.
 */
export function extractPractices(
  document: Document,
  figures: readonly Figure[],
  codebook: CompiledCodebook,
  name: string,
  passage: Passage,
): Practice[] {
  const best = new Map<number, Report>();
  const field = codebook.field && new DocumentField(passage.text, document.title, codebook.field);
  for (const report of reportsIn(passage, codebook, field)) {
    const before = best.get(report.practice);
    if (!before || rank(report) > rank(before)) best.set(report.practice, report);
  }
  return [...best.values()]
    .sort((a, b) => a.words.start - b.words.start)
    .map((report, index) =>
      practiceOf(
        document,
        report,
        figuresOf(report, figures, passage.text),
        codebook,
        `${name}-p${String(index + 1).padStart(2, '0')}`,
      ),
    );
}

/** What is done outweighs what is tried, planned or named, except a trial that a heading announces. */
const statusRank: Record<PracticeStatus, number> = { done: 3, piloted: 2, planned: 1, mentioned: 0 };

const rank = ({ status, points }: Report): number => statusRank[status] * 100 + Math.min(99, points);

function* reportsIn(passage: Passage, codebook: CompiledCodebook, field: DocumentField | null): Generator<Report> {
  const hits = codebook.practiceFinder.find(passage.text).sort((a, b) => a.start - b.start);
  const users = usersOf(codebook);
  const trials = new Set<number>();
  let from = 0;
  let before: ReadonlySet<number> = new Set();
  let last: Span | null = null;
  for (const sentence of passage.evidence) {
    while (from < hits.length && hits[from]!.start < sentence.start) from++;
    let to = from;
    while (to < hits.length && hits[to]!.start < sentence.end) to++;
    const here = hits.slice(from, to).filter(({ end }) => end <= sentence.end);
    const words = new Set(here.map(({ word }) => word));
    const candidates = new Set(here.flatMap(({ word }) => users[word] ?? []));
    for (const practice of candidates) {
      const found = bestPattern(codebook.practices[practice]!, here, words, before);
      if (!found) continue;
      if (
        field &&
        !asksForForeign(found, passage.text, codebook) &&
        !isOwn(field.at(around(passage, sentence, last, found.hits)))
      )
        continue;
      const status = statusAt(passage, sentence, found.hits);
      if (status.kind === 'trial') trials.add(practice);
      const report = {
        practice,
        sentence,
        words: found.span,
        wording: found.wording,
        points: found.points * status.weight,
      };
      yield { ...report, status: trials.has(practice) ? 'piloted' : status.kind === 'trial' ? 'piloted' : status.kind };
    }
    from = to;
    before = words;
    last = sentence;
  }
}

/** Whether the words that show the practice themselves name something of another field. */
const asksForForeign = ({ hits }: Found, text: string, { field }: CompiledCodebook): boolean =>
  field !== null && hits.some(({ start, end }) => namesForeign(text.slice(start, end), field));

/** What stands around the words of a practice, for its field: they themselves, their clauses, the sentence and what governs it. */
function around(passage: Passage, sentence: Span, before: Span | null, hits: readonly Span[]): Weighed[] {
  const { text } = passage;
  const sameLine = before !== null && !text.slice(before.end, sentence.start).includes('\n');
  return [
    ...hits.map((span) => ({ span, weight: closeness.subject })),
    ...hits.map((hit) => ({ span: clauseAt(text, sentence, hit), weight: closeness.left })),
    { span: sentence, weight: closeness.sentence },
    ...(sameLine ? [{ span: before, weight: closeness.before }] : []),
    ...scopesAt(passage, sentence.start).map((words) => ({ words, weight: closeness.heading })),
  ];
}

/** By word, the practices whose wordings use it. */
function usersOf({ practices, practiceFinder }: CompiledCodebook): readonly number[][] {
  const users: number[][] = practiceFinder.words.map(() => []);
  practices.forEach(({ patterns }, index) => {
    for (const { conditions } of patterns)
      for (const { kind, terms } of conditions)
        if (kind === 'near') for (const { word } of terms) if (word >= 0) users[word]!.push(index);
  });
  return users;
}

interface Found {
  span: Span;
  hits: readonly Hit[];
  wording: string;
  points: number;
}

function bestPattern(
  practice: CompiledPractice,
  hits: readonly Hit[],
  words: ReadonlySet<number>,
  before: ReadonlySet<number>,
): Found | null {
  const shown: Hit[] = [];
  let best: Omit<Found, 'hits' | 'span'> | null = null;
  for (const { written, conditions } of practice.patterns) {
    const parts = conditions.map((condition) => met(condition, hits, words, before));
    if (parts.some((part) => part === null)) continue;
    const points = parts.reduce((sum, part) => sum + Math.max(0, ...part!.map(({ start, end }) => end - start)), 0);
    shown.push(...parts.flatMap((part) => part!));
    if (points > (best?.points ?? 0)) best = { wording: written, points };
  }
  if (!best || shown.length === 0) return null;
  const outside = practice.exclusions.some(
    ({ word }) =>
      words.has(word) &&
      !shown.some((hit) =>
        hits.some((other) => other.word === word && hit.start <= other.start && other.end <= hit.end),
      ),
  );
  if (outside) return null;
  const first = shown.reduce((a, b) => (b.start < a.start ? b : a));
  return { ...best, hits: shown, span: { start: first.start, end: first.end } };
}

/** The hits that meet a condition; none for one that is met by absence or in the sentence before; null where it is not met. */
function met(
  { kind, terms }: Condition,
  hits: readonly Hit[],
  words: ReadonlySet<number>,
  before: ReadonlySet<number>,
): readonly Hit[] | null {
  if (kind === 'not') return terms.some(({ word }) => words.has(word)) ? null : [];
  const found = hits.filter(({ word }) => terms.some((term) => term.word === word));
  if (found.length > 0) return found;
  return kind === 'context' && terms.some(({ word }) => before.has(word)) ? [] : null;
}

/** The figures that belong to the practice: those of its sentence in the clause with its words, or in the clause behind. */
function figuresOf({ sentence, words }: Report, figures: readonly Figure[], text: string): Figure[] {
  const start = Math.max(sentence.start, lastMark(text, words.start) + 1);
  const end = nextMark(text, nextMark(text, words.end) + 1);
  return figures.filter(
    ({ textStart, textEnd, salience }) =>
      salience === 'core' && textStart >= start && textEnd <= Math.min(end, sentence.end),
  );
}

const lastMark = (text: string, at: number): number =>
  Math.max(...['，', ',', '；', '。', '\n'].map((mark) => text.lastIndexOf(mark, at - 1)));

function nextMark(text: string, at: number): number {
  const found = text.slice(at, at + 200).search(/[，,；;。\n]/);
  return found < 0 ? at + 200 : at + found;
}

function practiceOf(
  document: Document,
  report: Report,
  figures: readonly Figure[],
  codebook: CompiledCodebook,
  id: string,
): Practice {
  const { words, sentence } = report;
  const period = figures.find((figure) => figure.period)?.period;
  return {
    id,
    ...document.wayBack.original(words),
    practice: codebook.practices[report.practice]!.entry.id,
    status: report.status,
    ...(period ? { period } : {}),
    quote: document.text.slice(words.start, words.end),
    textStart: words.start,
    textEnd: words.end,
    sentence: document.text.slice(sentence.start, sentence.end),
    figures: figures.map((figure) => figure.id),
    rules: [`wording: ${report.wording}`, `status: ${report.status}`],
    confidence: Number((1 - Math.exp(-report.points / 5)).toFixed(2)),
  };
}
