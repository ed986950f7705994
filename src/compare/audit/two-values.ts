// Two values of one thing that the words lay beside each other, and the change that they tell: 由3000人增加到3300人,增长…,
// 3300人,比2022年的3000人增长…, 6000个的两倍. What is said of the change can be computed from them.
import type { StoredFigure } from '../../model/cell.js';
import { isSameUnit } from './neighbourhood.js';

export const rises = '增长|增加|增幅|提高|上升|提升|上涨|扩大';
export const falls = '下降|降低|减少|降幅|回落|压减|压缩';

export interface TwoEnds {
  now: StoredFigure;
  before: StoredFigure;
  /** The word of change right before the number told of it: 增长; empty where there is none, as in 的两倍 and 翻一番. */
  change: string;
}

const year = '(?:(?:19|20)\\d\\d年(?:底|末|度|初)?的?)?';
/** Between the ends of 由3000人增加到2023年的3300人. */
const changesTo = new RegExp(`^[\\u4e00-\\u9fff]{0,4}(?:${rises}|${falls}|增|减|降|升)[到至为]${year}$`);
/** Before the first of them. */
const from = /[由从][\u4e00-\u9fff\d]{0,10}$/;
/** Between the ends of 3300人,比2022年的3000人. */
const comparesWith = /^[\u4e00-\u9fff]{0,10}[,，(（]?[\u4e00-\u9fff]{0,6}[比较][\u4e00-\u9fff\d]{0,14}$/;
/** Between the ends of 12600个,是前三年6000个. */
const isTimes = /^[\u4e00-\u9fff]{0,10}[,，(（]?(?:约|大约)?(?:是|为|相当于)[\u4e00-\u9fff\d]{0,14}$/;
const changeWord = new RegExp(
  `^[\\u4e00-\\u9fff]{0,4}?[,，]?(?:净|共|总计|实际)?(${rises}|${falls}|多|少|高|低)?(?:了|约|近|达到?|为|超过|出|整整)*$`,
);
/** 由30个增加到66个,是原来的两倍多: times the first of the two. */
const ofOrigin =
  /^[\u4e00-\u9fff]{0,4}[,，]?(?:已|约|大约|达到?)?(?:是|为|相当于)?(?:原来|原先|过去|以前|此前|当时|年初|上年|去年|(?:19|20)\d\d年|[\u4e00-\u9fff]{0,6}[时初])的[近约]?$/;
/** Between an amount and its share of something: 9亿元,占财政支出的20%. */
const isShareOf = /^[\u4e00-\u9fff]{0,6}[,，(（、]占(?!地)[\u4e00-\u9fff“”]{0,24}$/;
/** The change of each of several years, or over another time. */
const otherChange = /年均|平均|每年|同比|环比|其中|累计/;

/** @param index of the number that tells of the change, among figures in text order */
export function twoEndsBefore(figures: readonly StoredFigure[], index: number): TwoEnds | null {
  return endsRightBefore(figures, index) ?? endsOfTheLast(figures, index);
}

/** 比150人增加60人,增幅达到40%: the rate speaks of what the amount before it spoke of. */
function endsOfTheLast(figures: readonly StoredFigure[], index: number): TwoEnds | null {
  const [amount, told] = [figures[index - 1], figures[index]];
  const ends = amount && told ? endsRightBefore(figures, index - 1) : null;
  if (!ends || ends.change === '' || !areAlike(ends.now, amount!)) return null;
  const change = changeWord.exec(betweenIn(amount!, told!) ?? '-')?.[1];
  return change === undefined ? null : { ...ends, change };
}

function endsRightBefore(figures: readonly StoredFigure[], index: number): TwoEnds | null {
  const [second, told] = [figures[index - 1], figures[index]];
  const first = amountBefore(figures, index - 1);
  if (!first || !second || !told || !areAlike(first, second)) return null;
  const gap = betweenIn(figures[index - 2]!, second);
  const tail = betweenIn(second, told);
  if (gap === null || tail === null || otherChange.test(gap + tail)) return null;
  if (isTimes.test(gap))
    return /^[\u4e00-\u9fff]{0,4}的[近约]?$/.test(tail) ? { now: first, before: second, change: '' } : null;
  if (
    told.dimension === 'multiple' &&
    ofOrigin.test(tail) &&
    changesTo.test(gap) &&
    from.test(wordsBefore(first, second))
  )
    return { now: second, before: first, change: '' };
  const change = changeWord.exec(tail);
  if (!change) return null;
  if (changesTo.test(gap) && from.test(wordsBefore(first, second)))
    return { now: second, before: first, change: change[1] ?? '' };
  return comparesWith.test(gap) && !/[,，]/.test(tail) ? { now: first, before: second, change: change[1] ?? '' } : null;
}

/** The amount before the figure at `index`, past a share of it that is told between: 9亿元,占财政支出的20%,比上年…. */
export function amountBefore(figures: readonly StoredFigure[], index: number): StoredFigure | null {
  const [amount, last] = [figures[index - 2], figures[index - 1]];
  if (last?.dimension !== 'ratio' || !amount || amount.dimension === 'ratio') return last ?? null;
  return isShareOf.test(betweenIn(amount, last) ?? '') ? amount : last;
}

export const isFall = (change: string): boolean => new RegExp(`${falls}|少|低`).test(change);

/** The words between two figures of one sentence, null where they stand in two. */
export function betweenIn(a: StoredFigure, b: StoredFigure): string | null {
  const at = placeOf(a, b);
  return at === null ? null : a.sentence.slice(at + a.quote.length, at + b.textStart - a.textStart);
}

/** Where the quote of `a` stands in the sentence that it shares with `b`, which follows it. */
function placeOf(a: StoredFigure, b: StoredFigure): number | null {
  if (a.documentId !== b.documentId || a.sentence !== b.sentence || b.textStart < a.textEnd) return null;
  for (let at = a.sentence.indexOf(a.quote); at >= 0; at = a.sentence.indexOf(a.quote, at + 1))
    if (a.sentence.startsWith(b.quote, at + b.textStart - a.textStart)) return at;
  return null;
}

const wordsBefore = (figure: StoredFigure, next: StoredFigure): string =>
  figure.sentence.slice(0, placeOf(figure, next) ?? 0);

/** One kind of thing in one unit by the same denominators, neither of them a range. */
const areAlike = (a: StoredFigure, b: StoredFigure): boolean =>
  a.dimension === b.dimension &&
  isSameUnit(a.unit, b.unit) &&
  a.per.join() === b.per.join() &&
  a.valueMax === null &&
  b.valueMax === null &&
  a.dimension !== 'multiple' &&
  b.value > 0;
