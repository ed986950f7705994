// Review: which figures a person should look at first, what he decides, and what the decisions say of the precision of the rules.
import { createHash } from 'node:crypto';
import type { Corpus } from '../db/corpus.js';
import type { Codebook } from '../extractors/index.js';
import type { Finding } from './compare/audit/index.js';
import { parsePeriod } from './compare/periods.js';
import { unitSlip } from './compare/unit-slips.js';
import { type Share, wilson } from './compare/wilson.js';
import { audit, resolveCounty, resolveIndicators } from './corpus.js';
import type { StoredFigure } from './model/cell.js';
import { UsageError } from './model/errors.js';
import type { Language, Said } from './model/language.js';
import { bounds, type Stage, stages, statuses } from './model/record.js';
import { type Correction, type Decision, type NewDecision, type ReviewAction, reviewActions } from './model/review.js';

/** Why a figure is in the queue, the weightiest first. */
export const queueReasons = ['conflict', 'unit', 'reread', 'low_confidence', 'sample'] as const;
export type QueueReason = (typeof queueReasons)[number];

/** Their names. */
export const reasonWords: Record<Language, Record<QueueReason, string>> = {
  zh: { conflict: '矛盾', unit: '疑似单位差错', reread: '已改读', low_confidence: '低置信', sample: '随机抽样' },
  en: {
    conflict: 'conflict',
    unit: 'suspected unit error',
    reread: 'read otherwise since',
    low_confidence: 'low confidence',
    sample: 'random sample',
  },
};

export interface QueueItem {
  figure: StoredFigure;
  /** Each reason with one sentence. */
  reasons: { reason: QueueReason; zh: string; en: string }[];
}

export interface QueueQuery {
  counties?: string[];
  /** Only these reasons. */
  reasons?: QueueReason[];
  /** At most so many. Default 50. */
  limit?: number;
  /** Those that were skipped too. Default false. */
  skipped?: boolean;
}

export interface Queue {
  items: QueueItem[];
  /** There may be more. */
  more: boolean;
}

/** Below this a reading is worth a look. */
const lowConfidence = 0.6;
/** Share of all figures that make the random sample. */
const sampleRate = 0.05;
const usualLimit = 50;
/** Counties that are looked at together: each other's peers. So few that the first of the queue are there within a second. */
const countiesAtOnce = 4;

/**
 * The figures to look at, those of the first counties first, in each group by weight of the reason. What was decided is left out, unless the
 * rules read it otherwise since.
 * @throws UsageError for an unknown county
 */
export async function reviewQueue(corpus: Corpus, query: QueueQuery, codebook: Codebook): Promise<Queue> {
  const counties = query.counties?.map(resolveCounty) ?? (await corpus.readings()).map(({ place }) => place).sort();
  const limit = query.limit ?? usualLimit;
  const skipped = query.skipped ? new Set<string | null>() : await skippedIn(corpus);
  const items: QueueItem[] = [];
  for (let at = 0; at < counties.length && items.length <= limit; at += countiesAtOnce) {
    const found = await queueOf(corpus, counties.slice(at, at + countiesAtOnce), codebook);
    items.push(...found.flatMap((item) => wanted(item, query.reasons)).filter(({ figure }) => !skipped.has(figure.id)));
  }
  return { items: items.slice(0, limit), more: items.length > limit };
}

const skippedIn = async (corpus: Corpus): Promise<Set<string | null>> =>
  new Set(
    (await corpus.decisions({ standing: true })).filter(({ action }) => action === 'skip').map(({ figure }) => figure),
  );

function wanted(item: QueueItem, reasons: readonly QueueReason[] | undefined): QueueItem[] {
  if (!reasons) return [item];
  const left = item.reasons.filter(({ reason }) => reasons.includes(reason));
  return left.length > 0 ? [{ ...item, reasons: left }] : [];
}

async function queueOf(corpus: Corpus, counties: string[], codebook: Codebook): Promise<QueueItem[]> {
  const figures = await corpus.figures({ places: counties });
  const { findings } = await audit(
    corpus,
    { counties, verdicts: ['conflicts', 'overstated', 'understated', 'cannot_tell'] },
    codebook,
  );
  const ofFigure = findingsByFigure(findings);
  const kin = byKind(figures);
  const weight = ({ reasons }: QueueItem): number => queueReasons.indexOf(reasons[0]!.reason);
  return figures
    .filter(({ review }) => !review || review.reread.length > 0)
    .map((figure) => ({ figure, reasons: reasonsFor(figure, ofFigure.get(figure.id) ?? [], kin) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => weight(a) - weight(b));
}

function findingsByFigure(findings: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) for (const id of finding.figures) found.set(id, [...(found.get(id) ?? []), finding]);
  return found;
}

const kindOf = ({ indicator, stage, dimension, unit, per, status }: StoredFigure): string =>
  [indicator, stage.join(), dimension, unit, per.join(), status].join(' ');

function byKind(figures: readonly StoredFigure[]): Map<string, StoredFigure[]> {
  const kinds = new Map<string, StoredFigure[]>();
  for (const figure of figures) {
    const kind = kinds.get(kindOf(figure));
    if (kind) kind.push(figure);
    else kinds.set(kindOf(figure), [figure]);
  }
  return kinds;
}

function reasonsFor(
  figure: StoredFigure,
  findings: readonly Finding[],
  kin: ReadonlyMap<string, StoredFigure[]>,
): QueueItem['reasons'] {
  const reasons: QueueItem['reasons'] = [];
  for (const { kind, verdict, zh, en } of findings) {
    if (kind === 'range') reasons.push({ reason: 'unit', zh, en });
    else if (verdict !== 'cannot_tell') reasons.push({ reason: 'conflict', zh, en });
  }
  const slip = slipOf(figure, kin.get(kindOf(figure)) ?? []);
  if (slip !== null)
    reasons.push({
      reason: 'unit',
      zh: `与同类数相差约 10 的 ${slip} 次方倍。`,
      en: `It is off by about 10 to the ${slip} beside others of its kind.`,
    });
  if (figure.review)
    reasons.push({
      reason: 'reread',
      zh: `审核之后规则改读了 ${figure.review.reread.join('、')}。`,
      en: `Since it was decided the rules read ${figure.review.reread.join(', ')} otherwise.`,
    });
  if (figure.confidence < lowConfidence)
    reasons.push({
      reason: 'low_confidence',
      zh: `置信度 ${figure.confidence}。`,
      en: `Its confidence is ${figure.confidence}.`,
    });
  if (isSampled(figure)) reasons.push({ reason: 'sample', zh: '随机抽样。', en: 'It is in the random sample.' });
  return reasons.sort((a, b) => queueReasons.indexOf(a.reason) - queueReasons.indexOf(b.reason));
}

/** Beside what the county itself told of it; shares and amounts per head beside those of its peers too. */
function slipOf(figure: StoredFigure, kin: readonly StoredFigure[]): number | null {
  const others = kin.filter(({ id }) => id !== figure.id);
  const own = others.filter(({ place }) => place === figure.place).map(({ value }) => value);
  const slip = unitSlip(figure.value, own);
  if (slip !== null) return slip;
  const isComparable = figure.per.length > 0 || ['ratio', 'coefficient', 'multiple'].includes(figure.dimension);
  const peers = others.filter(({ place }) => place !== figure.place).map(({ value }) => value);
  return isComparable && peers.length >= 4 ? unitSlip(figure.value, peers) : null;
}

/** Whether a statement is in the random sample: by a hash of what it says, so that it is so on every machine and after every reading. */
export function isSampled({ url, sentence, quote }: Pick<StoredFigure, 'url' | 'sentence' | 'quote'>): boolean {
  const hash = createHash('sha256')
    .update(JSON.stringify([url, sentence, quote]))
    .digest();
  return hash.readUInt32BE(0) / 2 ** 32 < sampleRate;
}

/** How often the rules were right. */
export interface Precision {
  /** Null where nothing of the sample was decided. */
  all: Share | null;
  byIndicator: { indicator: string | null; share: Share }[];
  /** Decisions that hold, those beyond the sample too. */
  decisions: number;
}

/**
 * The precision of the rules, from the random sample alone: what was chosen for being doubtful says nothing of the rest. What was accepted
 * counts as right, what was corrected or rejected as wrong, what was skipped not at all.
 */
export async function reviewPrecision(corpus: Corpus): Promise<Precision> {
  const decided = (await corpus.decisions({ standing: true })).filter(({ action }) => action !== 'skip');
  const sampled = decided.filter(isSampled);
  const indicators = [...new Set(sampled.map(({ read }) => read.indicator))].sort();
  return {
    all: shareOf(sampled),
    byIndicator: indicators.map((indicator) => ({
      indicator,
      share: shareOf(sampled.filter(({ read }) => read.indicator === indicator))!,
    })),
    decisions: decided.length,
  };
}

const shareOf = (decisions: readonly Decision[]): Share | null =>
  wilson(decisions.filter(({ action }) => action === 'accept').length, decisions.length);

/** What a form, a command line or a workbook says of a decision: words. Empty ones count as not given. */
export interface DecisionWords {
  figure: string;
  action: string;
  reviewer: string;
  reason?: string | undefined;
  value?: string | undefined;
  value_max?: string | undefined;
  unit?: string | undefined;
  bound?: string | undefined;
  indicator?: string | undefined;
  stage?: string | undefined;
  period?: string | undefined;
  status?: string | undefined;
}

/** The fields of a correction, as forms and workbooks name them. */
export const correctionFields = [
  'value',
  'value_max',
  'unit',
  'bound',
  'indicator',
  'stage',
  'period',
  'status',
] as const;

/**
 * A decision from words.
 * @param at when, ISO 8601 in UTC
 * @throws UsageError for a word that cannot be, a rejection without reason, a correction without a field, or no reviewer
 */
export function decisionFrom(words: DecisionWords, codebook: Codebook, at: string): NewDecision {
  const action = oneOf('action', words.action, reviewActions) as ReviewAction;
  const reviewer = words.reviewer.trim();
  if (reviewer === '')
    throw wrong('reviewer', '', { en: 'Say who decides: --by NAME.', zh: '请写明由谁审核：--by 姓名' });
  const reason = words.reason?.trim() || null;
  if (action === 'reject' && reason === null)
    throw wrong('reason', '', {
      en: 'A rejection needs its reason, so that others can follow it.',
      zh: '否决须写理由，别人才能明白。',
    });
  const correction = action === 'correct' ? correctionFrom(words, codebook) : null;
  if (correction && Object.keys(correction).length === 0)
    throw wrong('correction', '', {
      en: `Say what is right instead: one of ${correctionFields.join(', ')}.`,
      zh: `请写正确的是什么：${correctionFields.join('、')} 之一。`,
    });
  return { figure: words.figure.trim(), action, reviewer, decidedAt: at, reason, correction };
}

function correctionFrom(words: DecisionWords, codebook: Codebook): Correction {
  const given = (name: (typeof correctionFields)[number]): string | undefined => words[name]?.trim() || undefined;
  const correction: Correction = {};
  const [value, most, unit, period] = [given('value'), given('value_max'), given('unit'), given('period')];
  const [bound, indicator, stage, status] = [given('bound'), given('indicator'), given('stage'), given('status')];
  if (value !== undefined) correction.value = numberFrom(value);
  if (most !== undefined) correction.valueMax = most === 'none' ? null : numberFrom(most);
  if (unit !== undefined) correction.unit = unit;
  if (bound !== undefined) correction.bound = oneOf('bound', bound, bounds);
  if (indicator !== undefined)
    correction.indicator = indicator === 'none' ? null : resolveIndicators([indicator], codebook)[0]!.id;
  if (stage !== undefined)
    correction.stage =
      stage === 'none' ? [] : stage.split(/[,，|]/).map((each): Stage => oneOf('stage', each.trim(), stages));
  if (period !== undefined) correction.period = period === 'none' ? null : parsePeriod(period);
  if (status !== undefined) correction.status = oneOf('status', status, statuses);
  return correction;
}

/** `12,300`, `0.383` or `38.3%`. */
function numberFrom(text: string): number {
  const plain = text.replace(/[,，\s]/g, '').replace('％', '%');
  const [, digits, percent] = /^([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)(%?)$/i.exec(plain) ?? [];
  if (digits === undefined)
    throw wrong('value', text, {
      en: 'Write the number in the base unit (yuan, things, a fraction of 1), or with %.',
      zh: '请以基本单位写数（元、个、以 1 为整体的比例），或带 %。',
    });
  return percent === '%' ? Number(`${digits}e-2`) : Number(digits);
}

function oneOf<T extends string>(name: string, word: string, known: readonly T[]): T {
  const found = known.find((each) => each === word.trim());
  if (found !== undefined) return found;
  throw wrong(name, word, {
    en: `Write one of ${known.join(', ')}.`,
    zh: `请写其中之一：${known.join('、')}。`,
  });
}

/** Words of a decision, as the line names them. */
const partWords: Readonly<Record<string, string>> = {
  action: '动作',
  reviewer: '审核人',
  reason: '理由',
  correction: '更正',
  value: '数值',
  bound: '限定',
  stage: '学段',
  status: '实/标',
};

const wrong = (name: string, met: string, cure: Said): UsageError =>
  new UsageError(
    'E_DECISION',
    met === ''
      ? { en: `the decision has no ${name}`, zh: `决定里没有写${partWords[name] ?? name}` }
      : { en: `${name} "${met}" cannot be`, zh: `${partWords[name] ?? name}不能是“${met}”` },
    cure,
  );
