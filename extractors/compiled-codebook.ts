// A codebook made ready for matching: every word that its wordings, heads and exclusions name gets a number, so that one pass
// over a text finds them all.

import { type Codebook, dimensionsOf, type Indicator, type PracticeEntry } from './codebooks/load.js';
import { type PartKind, parseWording, parseWords, type Word } from './codebooks/wording.js';
import { Finder } from './engine/finder.js';
import { type FieldWords, fieldWords } from './field.js';
import { type SingleWords, singleWords } from './single.js';

/** A word of a wording: a number in the finder, or the words that touch the number on its sides. */
export interface Term {
  text: string;
  /** In the finder; -1 for a term that touches the number. */
  word: number;
  /** Words right before and behind the number, for a term with an N. */
  before: string;
  after: string;
  /** 1 for a word that one indicator uses, less the more of them do. */
  weight: number;
}

export interface Condition {
  kind: PartKind;
  terms: readonly Term[];
}

export interface Pattern {
  written: string;
  conditions: readonly Condition[];
}

export interface CompiledIndicator {
  indicator: Indicator;
  /** Position in the codebook: the first wins where scores are equal. */
  order: number;
  dimensions: ReadonlySet<string>;
  units: ReadonlySet<string>;
  patterns: readonly Pattern[];
  heads: readonly Term[];
  exclusions: readonly Term[];
  per: ReadonlySet<string>;
  mayBePer: ReadonlySet<string>;
  perTerms: readonly Term[];
}

export interface CompiledPractice {
  entry: PracticeEntry;
  patterns: readonly Pattern[];
  exclusions: readonly Term[];
}

/** A codebook made ready for matching. */
export interface CompiledCodebook {
  readonly codebook: Codebook;
  readonly finder: Finder;
  readonly indicators: readonly CompiledIndicator[];
  /** By word number, the indicators that a word beside the number may lead to. */
  readonly leads: readonly (readonly CompiledIndicator[])[];
  /** Indicators to which words that touch the number (甲N) may lead. */
  readonly touching: readonly CompiledIndicator[];
  /** Exclusions that hold for all indicators. */
  readonly exclusions: readonly Term[];
  /** Words that say that something is counted per unit other than time, of all indicators. */
  readonly perTerms: readonly Term[];
  /** Words of its own field and of others; null where the codebook names none. */
  readonly field: FieldWords | null;
  /** Words that tell a text on one school from one on all; null where the codebook names none. */
  readonly single: SingleWords | null;
  readonly practices: readonly CompiledPractice[];
  /** Finds the words of the practices. */
  readonly practiceFinder: Finder;
}

const wordsOf = (written: string) => {
  const wording = parseWording(written);
  if (typeof wording === 'string') throw new Error(`xianjian: a codebook was not checked: ${wording}`);
  return wording.parts;
};

const alternatives = (written: readonly string[] = []): Word[] =>
  written.flatMap((words) => {
    const read = parseWords(words);
    if (typeof read === 'string') throw new Error(`xianjian: a codebook was not checked: ${read}`);
    return read;
  });

/** Denominators of time: 年, 5年, 每学期. What recurs is no share. */
export const timeDenominator = /^每?[\d一二三四五六七八九十半]*(?:年|月|个月|学年|学期|季度|周|天)$/;

/** What says by itself that something is counted per unit: 每生, 人均, 百户, 12个班, 人机比. A plain noun does not. */
const denominatorWord = /^[每百\d].|[均比]$/;

/** Makes a codebook ready. Do it once; it takes some milliseconds. */
export function compileCodebook(codebook: Codebook): CompiledCodebook {
  const { indicators, practices } = codebook;
  const finder = new Finder(wordsOfAll(indicators, codebook.exclusions));
  const practiceFinder = new Finder(wordsOfAll(practices));
  const term = termMaker(finder, usesOf(indicators));
  const practiceTerm = termMaker(practiceFinder, usesOf(practices));
  const compiled = indicators.map((indicator, order) => ({
    indicator,
    order,
    dimensions: new Set<string>(dimensionsOf(indicator)),
    units: new Set([indicator.unit, ...(indicator.units ?? [])]),
    patterns: indicator.wordings.map((written) => patternOf(written, term)),
    heads: alternatives(indicator.heads).map(term),
    exclusions: alternatives(indicator.exclusions).map(term),
    per: new Set(indicator.per ?? []),
    mayBePer: new Set(indicator.mayBePer ?? []),
    perTerms: (indicator.per ?? [])
      .filter((text) => denominatorWord.test(text))
      .map((text) => term({ text, number: -1 })),
  }));
  return {
    codebook,
    finder,
    indicators: compiled,
    leads: leadsOf(compiled, finder),
    touching: compiled.filter((each) => nearTerms(each).some((term) => term.word < 0)),
    exclusions: alternatives(codebook.exclusions).map(term),
    perTerms: compiled.flatMap(({ perTerms }) => perTerms.filter(({ text }) => !timeDenominator.test(text))),
    field: codebook.field ? fieldWords(codebook.field) : null,
    single: codebook.single ? singleWords(codebook.single) : null,
    practices: practices.map((entry) => ({
      entry,
      patterns: entry.wordings.map((written) => patternOf(written, practiceTerm)),
      exclusions: alternatives(entry.exclusions).map(practiceTerm),
    })),
    practiceFinder,
  };
}

const nearTerms = ({ patterns }: CompiledIndicator): Term[] =>
  patterns.flatMap(({ conditions }) => conditions.filter(({ kind }) => kind === 'near').flatMap(({ terms }) => terms));

function leadsOf(indicators: readonly CompiledIndicator[], finder: Finder): CompiledIndicator[][] {
  const leads: CompiledIndicator[][] = finder.words.map(() => []);
  for (const indicator of indicators)
    for (const word of new Set(nearTerms(indicator).map((term) => term.word))) leads[word]?.push(indicator);
  return leads;
}

type TermMaker = (word: Word) => Term;

const termMaker =
  (finder: Finder, uses: ReadonlyMap<string, number>): TermMaker =>
  ({ text, number }) => ({
    text,
    weight: 1 / Math.sqrt(uses.get(text) ?? 1),
    word: number < 0 ? finder.number(text) : -1,
    before: number < 0 ? '' : text.slice(0, number),
    after: number < 0 ? '' : text.slice(number + 1),
  });

const patternOf = (written: string, term: TermMaker): Pattern => ({
  written,
  conditions: wordsOf(written).map(({ kind, words }) => ({ kind, terms: words.map(term) })),
});

/** How many entries have a word in their wordings. */
function usesOf(entries: readonly { wordings: readonly string[] }[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { wordings } of entries) {
    const own = new Set(
      wordings.flatMap((written) => wordsOf(written).flatMap(({ words }) => words.map(({ text }) => text))),
    );
    for (const text of own) uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  return uses;
}

interface Written {
  wordings: readonly string[];
  heads?: readonly string[] | undefined;
  exclusions?: readonly string[] | undefined;
  per?: readonly string[] | undefined;
}

function* wordsOfAll(entries: readonly Written[], exclusions?: readonly string[]): Generator<string> {
  const plain = (words: readonly Word[]) => words.filter(({ number }) => number < 0).map(({ text }) => text);
  yield* plain(alternatives(exclusions));
  for (const entry of entries) {
    for (const written of entry.wordings) for (const { words } of wordsOf(written)) yield* plain(words);
    yield* plain(alternatives(entry.heads));
    yield* plain(alternatives(entry.exclusions));
    yield* entry.per ?? [];
  }
}
