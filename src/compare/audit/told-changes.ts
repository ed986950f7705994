// Changes that are told as an amount or as a multiple, beside the two values that the words name: 比2019年的150人增加60人,
// 提高8个百分点, 是前三年6000个的两倍多, 由3200人增加到6400人,翻了一番, 比5个增长两倍.
import type { StoredFigure } from '../../model/cell.js';
import { writeNumber, writeValue } from '../wording.js';
import { type Finding, findingOn } from './finding.js';
import { isSameUnit } from './neighbourhood.js';
import { allowedBy, type Interval, overlaps, same } from './printed.js';
import { isFall, type TwoEnds, twoEndsBefore } from './two-values.js';

/** @param figures of one document in text order */
export function checkToldChanges(figures: readonly StoredFigure[]): Finding[] {
  return figures.flatMap((told, index) => {
    const ends = twoEndsBefore(figures, index);
    if (!ends || told.valueMax !== null) return [];
    if (told.dimension === 'multiple') return judgeTimes(told, ends);
    return isDifference(told, ends) ? [judgeDifference(told, ends)] : [];
  });
}

const isPoints = ({ unit }: StoredFigure): boolean => unit === '百分点';

const isDifference = (told: StoredFigure, { now, change }: TwoEnds): boolean =>
  change !== '' &&
  (now.dimension === 'ratio'
    ? isPoints(told)
    : told.dimension === now.dimension && isSameUnit(told.unit, now.unit) && told.per.length === 0);

function judgeDifference(told: StoredFigure, { now, before, change }: TwoEnds): Finding {
  const scale = isPoints(told) ? 100 : 1;
  const sign = isFall(change) ? -1 : 1;
  const value = Number(((now.value - before.value) * sign * scale).toPrecision(12));
  const [a, b] = [allowedBy(now), allowedBy(before)];
  const ends = [a.low - b.high, a.high - b.low].map((end) => end * sign * scale).sort((x, y) => x - y);
  const [more, less] = sign > 0 ? [now, before] : [before, now];
  const written = isPoints(told)
    ? `${writeNumber(value, 0)}个百分点`
    : writeValue({ ...told, value, valueMax: null, bound: 'exact' });
  const computed = `${writeValue(more)} − ${writeValue(less)} = ${written}`;
  return judged(told, [told, now, before], {
    kind: 'growth',
    value,
    allowed: { low: ends[0]!, high: ends[1]! },
    claimed: allowedBy(told),
    computed,
  });
}

/** 翻一番 is loosely said of a little less and of somewhat more than twice as much. */
const doubled = { low: 0.95, high: 1.3 };

function judgeTimes(told: StoredFigure, { now, before, change }: TwoEnds): Finding[] {
  if (isFall(change) || now.dimension === 'ratio') return [];
  const isDoubling = /番/.test(told.quote);
  // 增长两倍 is three times as much, 翻一番 and 是…的两倍 twice.
  const added = change !== '' && !isDoubling ? 1 : 0;
  const base = allowedBy(told);
  const behind = told.sentence.slice(told.sentence.indexOf(told.quote) + told.quote.length);
  const isOver = told.bound === 'over' || /^(?:还|有)?[多余]|^以上/.test(behind);
  const claimed = isDoubling
    ? { low: told.value * doubled.low, high: isOver ? Number.POSITIVE_INFINITY : told.value * doubled.high }
    : { low: base.low + added, high: base.high + added };
  const [a, b] = [allowedBy(now), allowedBy(before)];
  const value = now.value / before.value;
  const computed = `${writeValue(now)} ÷ ${writeValue(before)} = ${writeNumber(Number(value.toFixed(2)), 0)}`;
  return [
    judged(told, [told, now, before], {
      kind: 'multiple',
      value,
      allowed: { low: a.low / b.high, high: b.low <= 0 ? Number.POSITIVE_INFINITY : a.high / b.low },
      claimed,
      computed,
      isEqual: same(value, told.value + added),
    }),
  ];
}

interface Judged {
  kind: 'growth' | 'multiple';
  value: number;
  /** What the two values allow, and what the words about their change say. */
  allowed: Interval;
  claimed: Interval;
  computed: string;
  isEqual?: boolean;
}

function judged(told: StoredFigure, figures: StoredFigure[], { allowed, claimed, ...rest }: Judged): Finding {
  const { kind, value, computed, isEqual = same(value, told.value) } = rest;
  const common = { kind, value, computed } as const;
  if (overlaps(allowed, claimed)) {
    const holds = isEqual && figures.every(({ bound }) => bound === 'exact');
    return findingOn(figures, {
      ...common,
      verdict: holds || told.bound !== 'exact' ? 'holds' : 'rounds',
      severity: 'none',
      zh: `“${told.quote}”与所述两数相合：${computed}。`,
      en: `${told.quote} agrees with the two figures: ${computed}.`,
    });
  }
  const isOver = claimed.low > allowed.high;
  return findingOn(figures, {
    ...common,
    verdict: isOver ? 'overstated' : 'understated',
    severity: isOver ? 'medium' : 'low',
    zh: `文中写为“${told.quote}”，由所述两数算得${computed}。`,
    en: `The text says ${told.quote}; its two figures give ${computed}.`,
  });
}
