// Growth recomputed: 3300人,比上年增长10% beside the value of the year before, and 由3000人增加到3300人,增长10% beside its own two ends.
import type { StoredFigure } from '../../model/cell.js';
import { writeNumber, writeValue } from '../wording.js';
import { type Finding, findingOn } from './finding.js';
import { isComparable } from './neighbourhood.js';
import { allowedBy, type Interval, overlaps, printedStep } from './printed.js';

/** A rate of change, the value that changed, and the earlier one where the words themselves name it. */
interface Claim {
  rate: StoredFigure;
  now: StoredFigure;
  before: StoredFigure | null;
  falls: boolean;
}

const rises = '增长|增加|增幅|提高|上升|提升|上涨|扩大';
const falls = '下降|降低|减少|降幅|回落|压减|压缩';

/** Between a value and its rate: the year before is the base, and nothing else is named. */
const comparesWithYearBefore = new RegExp(
  `^[\\u4e00-\\u9fff]{0,4}[,，、(（]{0,2}(?:(?:[比较](?:上一?|去|前一)年度?(?:同期|年底|年末|底|末)?|同比)(?:净|共|总计|实际)?(${rises}|${falls})|[比较](?:上一?|去|前一)年度?同比(${rises}|${falls}))(?:了|约|近|达到?|为|超过)*$`,
);
/** Between the two ends and the rate of 由3000人增加到3300人,增长10%. */
const changesTo = new RegExp(`^[\\u4e00-\\u9fff]{0,4}(?:${rises}|${falls}|增|减|降|升)[到至为]$`);
const byRate = new RegExp(`^[\\u4e00-\\u9fff]{0,4}[,，]?(${rises}|${falls})(?:了|约|近|达到?|为|超过)*$`);

/**
 * Rates of change, each beside the two values it is made of.
 * @param figures in text order; of one document, or of all documents of a county
 * @param across only claims whose earlier value stands in another document
 */
export function checkGrowth(figures: readonly StoredFigure[], across = false): Finding[] {
  return figures.flatMap((rate, index) => {
    const claim = claimOf(figures, rate, index);
    if (!claim) return [];
    const within = claim.before ?? yearBefore(claim.now, figures, (other) => other.documentId === rate.documentId);
    if (!across) return within ? [judge(claim, within)] : [];
    if (within) return [];
    const elsewhere = yearBefore(claim.now, figures, (other) => other.documentId !== rate.documentId);
    return elsewhere ? [judge(claim, elsewhere)] : [];
  });
}

function claimOf(figures: readonly StoredFigure[], rate: StoredFigure, index: number): Claim | null {
  const now = figures[index - 1];
  if (!now || rate.dimension !== 'ratio' || rate.status !== 'actual' || rate.valueMax !== null) return null;
  if (now.status !== 'actual' || now.valueMax !== null || !isComparable(now, now)) return null;
  const gap = betweenIn(now, rate);
  if (gap === null) return null;
  const compared = comparesWithYearBefore.exec(gap);
  if (compared) return { rate, now, before: null, falls: isFall(compared) };
  const before = figures[index - 2];
  const changed = byRate.exec(gap);
  if (!before || !changed || !isComparable(before, now)) return null;
  if (!changesTo.test(betweenIn(before, now) ?? '') || !/[由从][\u4e00-\u9fff\d]{0,8}$/.test(wordsBefore(before)))
    return null;
  return { rate, now, before, falls: isFall(changed) };
}

const isFall = (match: RegExpExecArray): boolean => new RegExp(falls).test(match[1] ?? match[2] ?? '');

/** The words between two figures of one sentence, null where they stand in two. */
function betweenIn(a: StoredFigure, b: StoredFigure): string | null {
  if (a.documentId !== b.documentId || a.sentence !== b.sentence || b.textStart < a.textEnd) return null;
  const at = placeOf(a, b);
  return at === null ? null : a.sentence.slice(at + a.quote.length, at + b.textStart - a.textStart);
}

/** Where the quote of `a` stands in the sentence that it shares with `b`. */
function placeOf(a: StoredFigure, b: StoredFigure): number | null {
  for (let at = a.sentence.indexOf(a.quote); at >= 0; at = a.sentence.indexOf(a.quote, at + 1))
    if (a.sentence.startsWith(b.quote, at + b.textStart - a.textStart)) return at;
  return null;
}

function wordsBefore(figure: StoredFigure): string {
  const at = figure.sentence.indexOf(figure.quote);
  return at < 0 ? '' : figure.sentence.slice(0, at);
}

/** The value of the year before that is told of the same thing; none where documents or sentences tell several. */
function yearBefore(
  now: StoredFigure,
  figures: readonly StoredFigure[],
  fits: (other: StoredFigure) => boolean,
): StoredFigure | null {
  const year = yearOf(now);
  if (year === null) return null;
  const told = figures.filter(
    (other) =>
      other !== now &&
      fits(other) &&
      yearOf(other) === year - 1 &&
      other.status === 'actual' &&
      other.valueMax === null &&
      other.value > 0 &&
      (other.whole === null) === (now.whole === null) &&
      isComparable(other, now) &&
      isSameThing(other, now),
  );
  return new Set(told.map(({ value }) => value)).size === 1 ? told.at(-1)! : null;
}

const yearOf = ({ period }: StoredFigure): number | null =>
  period !== null && period.from.slice(0, 4) === period.to.slice(0, 4) ? Number(period.to.slice(0, 4)) : null;

/** One subject, in one document; of two documents also the indicator has to be one, for they word things each in their own way. */
const isSameThing = (a: StoredFigure, b: StoredFigure): boolean =>
  a.subject === b.subject &&
  a.stage.join() === b.stage.join() &&
  a.indicator === b.indicator &&
  (a.documentId === b.documentId || a.indicator !== null);

function judge({ rate, now, falls: isDown }: Claim, before: StoredFigure): Finding {
  const change = (now.value / before.value - 1) * (isDown ? -1 : 1);
  const computed = growthOf(allowedBy(now), allowedBy(before), isDown);
  const told = allowedBy(rate);
  const step = printedStep(rate);
  const decimals = Math.max(1, Math.round(-Math.log10(step)) - 2);
  const written = `${writeNumber(Number(change.toFixed(decimals + 2)), -2)}%`;
  const sum = isDown
    ? `1 − ${writeValue(now)} ÷ ${writeValue(before)} = ${written}`
    : `${writeValue(now)} ÷ ${writeValue(before)} − 1 = ${written}`;
  const common = { kind: 'growth', value: change, computed: sum } as const;
  const figures = [rate, now, before];
  if (overlaps(computed, told) || Math.abs(change - rate.value) < step) {
    const isExact = overlaps(computed, told) && figures.every(({ bound }) => bound === 'exact');
    return findingOn(figures, {
      ...common,
      verdict: isExact ? 'holds' : 'rounds',
      severity: 'none',
      zh: `${writeValue(rate)}与两年的数相合:${sum}。`,
      en: `${writeValue(rate)} agrees with the figures of the two years: ${sum}.`,
    });
  }
  const points = Math.abs(change - rate.value) * 100;
  const isElsewhere = before.documentId !== now.documentId;
  return findingOn(figures, {
    ...common,
    // Two documents may count by different rules; one text should agree with itself.
    verdict: isElsewhere ? 'conflicts' : rate.value > change ? 'overstated' : 'understated',
    severity: isElsewhere || points < 1 ? 'low' : points >= 5 ? 'high' : 'medium',
    zh: `文中写为${isDown ? '减少' : '增长'}${writeValue(rate)},由两年的数算得${written}(${sum})${isElsewhere ? ';上年的数见于另一份文件,口径或有不同' : ''}。`,
    en: `The text says ${writeValue(rate)} ${isDown ? 'less' : 'more'}; the figures of the two years give ${written} (${sum})${isElsewhere ? '; the earlier one stands in another document, which may count by another rule' : ''}.`,
  });
}

/** The rates that two rounded values allow. */
function growthOf(now: Interval, before: Interval, isDown: boolean): Interval {
  const low = now.low / before.high - 1;
  const high = before.low <= 0 ? Number.POSITIVE_INFINITY : now.high / before.low - 1;
  return isDown ? { low: -high, high: -low } : { low, high };
}
