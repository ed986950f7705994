// Which indicator of a codebook a figure measures. Wordings are data, matching is code; nothing here knows a field of policy.
// An indicator fits where dimension, unit, denominator and stage agree and one of its wordings is found around the number; of
// those that fit, the one whose words are longest and closest wins. A figure that fits none stays without.
import type { Block } from '../../src/model/document.js';
import type { Figure, Stage } from '../../src/model/record.js';
import type { PartKind } from '../codebooks/wording.js';
import {
  type CompiledCodebook,
  type CompiledIndicator,
  type Condition,
  type Pattern,
  type Term,
  timeDenominator,
} from '../compiled-codebook.js';
import { DocumentField, isOwn, namesForeign } from '../field.js';
import { stageWords } from '../lexicon/stages.js';
import { whyWords } from '../reasons.js';
import { threshold } from '../rules/bound.js';
import { sentenceAt } from '../rules/clauses.js';
import { isTitleOfOne, passagesOfOne } from '../single.js';
import {
  besideAtLeast,
  nearAtLeast,
  ownPartAtLeast,
  purposeAtLeast,
  Surroundings,
  type Zones,
} from './indicator-zones.js';

export interface IndicatorMatch {
  id: string;
  /** 0 to 1. */
  score: number;
  /** The wording, where its words were found, and the runner-up where one was close. */
  reason: string;
}

/** Matches for all figures of a document, by position in `figures` (text order). Linear in the text. */
export function matchIndicators(
  document: { text: string; title?: string | null; blocks?: readonly Block[] },
  figures: readonly Figure[],
  codebook: CompiledCodebook,
): (IndicatorMatch | null)[] {
  const field = codebook.field && new DocumentField(document.text, document.title ?? null, codebook.field);
  const surroundings = new Surroundings(document, codebook.finder, field);
  const ofOne = singleFigures(document, figures, codebook);
  const position = new Map(figures.map(({ id }, index) => [id, index]));
  const matches: (IndicatorMatch | null)[] = [];
  figures.forEach((figure, index) => {
    if (ofOne.has(index) || figure.rules.includes(threshold.name)) {
      matches.push(null);
      return;
    }
    const zones = surroundings.zones(figures, index, codebook.finder);
    const whole = figure.whole === undefined ? undefined : position.get(figure.whole);
    const own = decide(figure, zones, codebook);
    const shared =
      (zones.elliptic || isStageOf(figure, figures[whole ?? -1])) && (own === null || (own.bare && zones.listed))
        ? inherited(figures, matches, index, whole, zones, codebook)
        : null;
    matches.push(shared ?? (own && { id: own.id, score: own.score, reason: own.reason }));
  });
  return matches;
}

/**
 * The figures that are values of one single school, and so none of the county: all of a text about one, and those of a passage
 * about one.
 */
function singleFigures(
  { text, title = null }: { text: string; title?: string | null },
  figures: readonly Figure[],
  { single }: CompiledCodebook,
): ReadonlySet<number> {
  if (!single) return new Set();
  const all = figures.map((_, index) => index);
  if (isTitleOfOne(title, single)) return new Set(all);
  const passages = passagesOfOne(text, single);
  return new Set(
    all.filter((index) => {
      const { textStart } = figures[index]!;
      const passage = passages[sentenceAt(passages, textStart)];
      return passage !== undefined && textStart < passage.end;
    }),
  );
}

const stageNames = new RegExp(stageWords.map(([word]) => word).join('|'), 'g');

/** 教师120名,其中高中教师20名: the part is of the same things as its whole, of one stage. */
function isStageOf({ subject }: Figure, whole: Figure | undefined): boolean {
  if (whole === undefined || subject === whole.subject) return false;
  const things = subject.replace(stageNames, '');
  return things === whole.subject || (things !== '' && things === whole.subject.replace(stageNames, ''));
}

/** A figure beside which nothing is named counts what its whole, or else the one before it in its sentence, counts. */
function inherited(
  figures: readonly Figure[],
  matches: readonly (IndicatorMatch | null)[],
  index: number,
  whole: number | undefined,
  zones: Zones,
  codebook: CompiledCodebook,
): IndicatorMatch | null {
  const figure = figures[index]!;
  for (const at of zones.listed ? [index - 1, whole] : [whole, index - 1]) {
    const other = at === undefined ? undefined : figures[at];
    const match = at === undefined ? undefined : matches[at];
    if (
      !other ||
      !match ||
      !staged(figure, match.id, codebook) ||
      other.unit !== figure.unit ||
      other.dimension !== figure.dimension
    )
      continue;
    if (at !== whole && other.sentence !== figure.sentence) continue;
    const score = Number((match.score * 0.9).toFixed(2));
    const { quote } = other;
    return { id: match.id, score, reason: (at === whole ? whyWords.asWhole : whyWords.asBefore)({ quote }) };
  }
  return null;
}

interface Fit {
  compiled: CompiledIndicator;
  points: number;
  pattern: Pattern;
  words: readonly string[];
  /** Closeness of the farthest word that stands near. */
  closeness: number;
}

/** `bare`: nothing but a word that touches the number leads to it (甲N), which a list may override. */
interface Decision extends IndicatorMatch {
  bare: boolean;
}

/** 比上年增加1200人, 同比提高3.1个百分点: a difference, and no value of what it is a difference of. */
const isDifference = ({ left }: Zones): boolean =>
  /(?:[比较][^,，。；;]{1,9}?|同比|环比|相比[,，]?)(?:分别|净|共)?(?:增加|增长|提高|提升|上升|扩大|下降|降低|减少|回落|多|少)了?$/.test(
    left,
  );

function decide(figure: Figure, zones: Zones, codebook: CompiledCodebook): Decision | null {
  if (isDifference(zones)) return null;
  const fits: Fit[] = [];
  const fraction = hasDenominator(figure, zones, codebook.perTerms);
  for (const compiled of candidates(zones, codebook)) {
    if (!compiled.dimensions.has(figure.dimension) || !compiled.units.has(figure.unit)) continue;
    if (!agreesOnDenominator(figure, compiled, fraction, zones)) continue;
    if (!agreesOnStage(figure, compiled)) continue;
    const fit = bestPattern(compiled, codebook, zones);
    if (!fit || !ofField(fit, zones, codebook)) continue;
    const points = fit.points * plausibility(figure, compiled);
    if (points > 0) fits.push({ ...fit, points });
  }
  fits.sort((a, b) => b.points - a.points || a.compiled.order - b.compiled.order);
  const [best, second] = fits;
  if (!best) return null;
  const wording = { words: best.words.join(' + '), written: best.pattern.written };
  return {
    id: best.compiled.indicator.id,
    score: Number((1 - Math.exp(-best.points / 4)).toFixed(2)),
    reason:
      second && second.points > best.points * 0.8
        ? whyWords.wordingNext({ ...wording, code: second.compiled.indicator.id })
        : whyWords.wording(wording),
    bare: best.pattern.conditions.every(({ terms }) => terms.some(({ word }) => word < 0)),
  };
}

/** Whether the place speaks of the codebook's field, or the indicator asks for that of another. */
function ofField({ compiled, words }: Fit, { field }: Zones, codebook: CompiledCodebook): boolean {
  if (!field || !codebook.field || compiled.indicator.anyField === true || isOwn(field)) return true;
  const { field: known } = codebook;
  return words.some((word) => namesForeign(word, known));
}

/** The indicators to which a word that stands near may lead. */
function candidates(zones: Zones, codebook: CompiledCodebook): ReadonlySet<CompiledIndicator> {
  const found = new Set(codebook.touching);
  for (const [word, close] of zones.found)
    if (close >= nearAtLeast) for (const compiled of codebook.leads[word]!) found.add(compiled);
  return found;
}

/** The wording that is found with the most points: the lengths of its words, each by its closeness. */
function bestPattern(compiled: CompiledIndicator, codebook: CompiledCodebook, zones: Zones): Fit | null {
  let best: Fit | null = null;
  for (const pattern of compiled.patterns) {
    let points = 0;
    let closeness = 1;
    const words: string[] = [];
    const holds = pattern.conditions.every((condition) => {
      const found = strongest(condition, zones);
      if (condition.kind === 'not') return found === null;
      if (!found) return false;
      points += found.points;
      words.push(found.text);
      if (found.close >= purposeAtLeast || condition.kind === 'near') closeness = Math.min(closeness, found.close);
      return true;
    });
    if (!holds || points <= (best?.points ?? 0)) continue;
    const fit = { compiled, points, pattern, words, closeness };
    if (!excluded(fit, codebook, zones)) best = fit;
  }
  if (!best || compiled.heads.length === 0) return best;
  return compiled.heads.some((term) => closenessOf(term, zones) >= nearAtLeast) ? best : null;
}

/** How close a word of each kind of part must stand. */
const leastFor = { near: nearAtLeast, not: nearAtLeast, context: 0 } as const;

const beside = (kind: PartKind): boolean => kind === 'near' || kind === 'not';

interface Found {
  text: string;
  points: number;
  close: number;
}

/** The word of a condition that weighs most, or null where none is found close enough. */
function strongest({ kind, terms }: Condition, zones: Zones): Found | null {
  let best: Found | null = null;
  for (const term of terms) {
    const close = closenessOf(term, zones);
    const stands = kind === 'sentence' ? zones.sentence.has(term.word) : close >= leastFor[kind];
    if (!stands || close === 0) continue;
    // Context decides less than what stands beside the number.
    const points = term.text.length * term.weight * close * (beside(kind) ? 1 : close >= ownPartAtLeast ? 0.6 : 0);
    if (best === null || points > best.points) best = { text: term.text, points, close };
  }
  return best;
}

function closenessOf(term: Term, zones: Zones): number {
  if (term.word >= 0) return zones.found.get(term.word) ?? 0;
  return zones.left.endsWith(term.before) && zones.right.startsWith(term.after) ? 1 : 0;
}

/**
 * A word that rules the indicator out stands beside the number, or as close as the wording does, and not inside a word of the
 * wording.
 */
function excluded(fit: Fit, codebook: CompiledCodebook, zones: Zones): boolean {
  const rulesOut = (term: Term) =>
    closenessOf(term, zones) >= Math.min(besideAtLeast, fit.closeness) &&
    !fit.words.some((word) => word.includes(term.before || term.after || term.text));
  return fit.compiled.exclusions.some(rulesOut) || codebook.exclusions.some(rulesOut);
}

/** Dimensions that have no denominator of their own, whatever they are a share of. */
const isShare: ReadonlySet<string> = new Set(['ratio', 'coefficient', 'multiple']);

/** Whether the figure is counted per something other than time, by its own denominator or by a word of its subject. */
function hasDenominator(figure: Figure, zones: Zones, perTerms: readonly Term[]): boolean {
  if (figure.per?.some((word) => !timeDenominator.test(word))) return true;
  return perTerms.some((term) => closenessOf(term, zones) === 1);
}

function agreesOnDenominator(figure: Figure, compiled: CompiledIndicator, fraction: boolean, zones: Zones): boolean {
  if (figure.per?.some((word) => compiled.per.has(word) || compiled.mayBePer.has(word))) return true;
  if (compiled.per.size === 0) return !fraction || isShare.has(figure.dimension);
  return compiled.perTerms.some((term) => closenessOf(term, zones) >= nearAtLeast);
}

/** Stages that are parts of one another agree. */
const within: Partial<Record<Stage, readonly Stage[]>> = {
  compulsory: ['primary', 'junior'],
  primary: ['compulsory'],
  junior: ['compulsory'],
};

const staged = (figure: Figure, id: string, { indicators }: CompiledCodebook): boolean =>
  indicators.some((compiled) => compiled.indicator.id === id && agreesOnStage(figure, compiled));

function agreesOnStage(figure: Figure, { indicator }: CompiledIndicator): boolean {
  const stages: readonly Stage[] = figure.stage === undefined ? [] : [figure.stage].flat();
  if (stages.length === 0 || stages.includes('all') || indicator.stages.includes('all')) return true;
  return stages.some((stage) => [stage, ...(within[stage] ?? [])].some((each) => indicator.stages.includes(each)));
}

/** Far outside the plausible range another indicator is likelier; very far outside this one is impossible. */
function plausibility({ value, unit }: Figure, { indicator }: CompiledIndicator): number {
  if (unit !== indicator.unit) return 1;
  const { min = -Infinity, max = Infinity } = indicator.range ?? {};
  if (unit !== '1' && (value < min / 30 || value > max * 30)) return 0;
  return value < min / 10 || value > max * 10 ? 0.7 : 1;
}
