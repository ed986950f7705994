// Growth recomputed: 3300人,比上年增长10% beside the value of the year before, and 由3000人增加到3300人,增长10% beside its own two ends.
import type { StoredFigure } from '../../model/cell.js';
import { writeNumber, writeValue } from '../wording.js';
import { type Finding, findingOn } from './finding.js';
import { isComparable } from './neighbourhood.js';
import { allowedBy, type Interval, overlaps, printedStep } from './printed.js';
import { amountBefore, betweenIn, falls, isFall, rises, twoEndsBefore } from './two-values.js';

/** A rate of change, the value that changed, and the earlier one where the words themselves name it. */
interface Claim {
  rate: StoredFigure;
  now: StoredFigure;
  before: StoredFigure | null;
  falls: boolean;
}

/** Between a value and its rate: the year before is the base, and nothing else is named. */
const comparesWithYearBefore = new RegExp(
  `^[\\u4e00-\\u9fff]{0,4}[,，、(（]{0,2}(?:(?:[比较](?:上一?|去|前一)年度?(?:同期|年底|年末|底|末)?|同比)(?:净|共|总计|实际)?(${rises}|${falls})|[比较](?:上一?|去|前一)年度?同比(${rises}|${falls}))(?:了|约|近|达到?|为|超过)*$`,
);
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
  if (rate.dimension !== 'ratio' || rate.valueMax !== null) return null;
  const ends = twoEndsBefore(figures, index);
  // Of two shares nobody can tell whether a rate or points are meant.
  if (ends && ends.change !== '' && ends.now.dimension !== 'ratio')
    return { rate, now: ends.now, before: ends.before, falls: isFall(ends.change) };
  const now = amountBefore(figures, index);
  if (!now || rate.status !== 'actual' || now.status !== 'actual') return null;
  if (now.valueMax !== null || !isComparable(now, now)) return null;
  const compared = comparesWithYearBefore.exec(betweenIn(figures[index - 1]!, rate) ?? '');
  return compared ? { rate, now, before: null, falls: isFall(compared[1] ?? compared[2] ?? '') } : null;
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
  areOneSubject(a, b) &&
  a.stage.join() === b.stage.join() &&
  a.indicator === b.indicator &&
  (a.documentId === b.documentId || a.indicator !== null);

/** 教育总投入, and later in the text 投入 of the same indicator. */
const areOneSubject = (a: StoredFigure, b: StoredFigure): boolean =>
  a.subject === b.subject ||
  (a.documentId === b.documentId &&
    a.indicator !== null &&
    a.indicator === b.indicator &&
    a.subject.length > 1 &&
    b.subject.length > 1 &&
    (a.subject.endsWith(b.subject) || b.subject.endsWith(a.subject)));

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
    // 7亿元 may be as little as 6.5亿: what only such room allows is not said to hold.
    const isNear = Math.abs(change - rate.value) < step;
    const isExact = overlaps(computed, told) && isNear && figures.every(({ bound }) => bound === 'exact');
    return findingOn(figures, {
      ...common,
      verdict: isExact ? 'holds' : 'rounds',
      severity: 'none',
      zh: `${writeValue(rate)}与两年的数相合：${sum}。`,
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
    zh: `文中写为${isDown ? '减少' : '增长'}${writeValue(rate)}，由两年的数算得${written}（${sum}）${isElsewhere ? '；上年的数见于另一份文件，口径或有不同' : ''}。`,
    en: `The text says ${writeValue(rate)} ${isDown ? 'less' : 'more'}; the figures of the two years give ${written} (${sum})${isElsewhere ? '; the earlier one stands in another document, which may count by another rule' : ''}.`,
  });
}

/** The rates that two rounded values allow. */
function growthOf(now: Interval, before: Interval, isDown: boolean): Interval {
  const low = now.low / before.high - 1;
  const high = before.low <= 0 ? Number.POSITIVE_INFINITY : now.high / before.low - 1;
  return isDown ? { low: -high, high: -low } : { low, high };
}
