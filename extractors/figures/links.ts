// Which figure is part of which: 其中, brackets behind a total, shares of a total. A share finds its base by the words and,
// where several would do, by the arithmetic that the text itself printed.
import { figureInStep, isStages } from './in-step.js';
import type { Passage, Place } from './passage.js';

export interface Links {
  whole: number | null;
  of: number | null;
}

const people = new Set(['人', '名', '位', '员']);

/** Units that may stand in a part-whole relation. */
const comparable = (a: Place, b: Place): boolean =>
  a.item.dimension === b.item.dimension &&
  a.item.per.length === 0 &&
  b.item.per.length === 0 &&
  (a.item.unit === b.item.unit ||
    (people.has(a.item.unit) && people.has(b.item.unit)) ||
    (a.item.dimension === 'count' && '个所'.includes(a.item.unit) && '个所'.includes(b.item.unit)));

/** Links of all figures, by index. One pass with bounded looks back. */
export function linkFigures(passage: Passage): Links[] {
  const links: Links[] = passage.places.map(() => ({ whole: null, of: null }));
  for (const place of passage.places) {
    const own = links[place.index]!;
    if (place.item.dimension === 'ratio') own.of = baseOf(passage, place, links);
    else own.whole = bracketWhole(passage, place) ?? outOfWhole(passage, place) ?? amongWhole(passage, place, links);
  }
  for (const place of passage.places) shareWhole(passage, place, links);
  return links;
}

/** 138所(完全小学92所、…): figures inside brackets that open right behind a figure. */
function bracketWhole(passage: Passage, place: Place): number | null {
  const { text } = passage;
  let depth = 0;
  for (let i = place.index - 1; i >= Math.max(place.lineStart, place.index - 12); i--) {
    const before = passage.places[i]!;
    if (before.sentenceIndex !== place.sentenceIndex) return null;
    const between = text.slice(before.item.quoteEnd, passage.places[i + 1]!.item.quoteStart);
    depth += count(between, /[(（]/g) - count(between, /[)）]/g);
    if (depth > 0)
      return /^[^,，。；;]{0,8}[(（]/.test(between) &&
        comparable(before, place) &&
        before.item.value >= place.item.value
        ? i
        : null;
  }
  return null;
}

const count = (text: string, mark: RegExp): number => text.match(mark)?.length ?? 0;

/** 96所学校中,94所达标: some out of those just named. */
function outOfWhole(passage: Passage, place: Place): number | null {
  const before = place.index > place.lineStart ? passage.places[place.index - 1] : undefined;
  if (!before || before.sentenceIndex !== place.sentenceIndex || !comparable(before, place)) return null;
  const between = passage.text.slice(before.item.quoteEnd, place.item.quoteStart);
  return /^[\u4e00-\u9fa5]{1,12}(?<!其|高|初|集)(?:当中|之中|中|里)[,，]?(?:已?有)?$/.test(between) &&
    before.item.value >= place.item.value
    ? before.index
    : null;
}

/** 其中 between: the parts behind it belong to the last comparable figure before it. */
function amongWhole(passage: Passage, place: Place, links: readonly Links[]): number | null {
  const { text } = passage;
  const within = text.slice(place.sentence.start, place.item.quoteStart).lastIndexOf('其中');
  if (within < 0 || isChange.test(place.left)) return null;
  const opener = place.sentence.start + within;
  const closer = text.slice(opener, place.item.quoteStart);
  if (/另有|另设|此外|另外/.test(closer)) return null;
  const segment = /^.*[；;](.*)$/s.exec(closer)?.[1];
  if (segment !== undefined && within > 0 && !goesOnWithStage(segment)) return null;
  for (let i = place.index - 1; i >= Math.max(place.lineStart, place.index - 24); i--) {
    const before = passage.places[i]!;
    if (place.sentenceIndex - before.sentenceIndex > 1) return null;
    if (before.item.quoteEnd > opener) continue;
    if (isCompared(before)) continue;
    if (comparable(before, place) && before.item.value >= place.item.value) return i;
    if (links[i]!.whole !== null && before.item.value < place.item.value) continue;
    if (before.item.dimension === place.item.dimension) return null;
  }
  return null;
}

/** 其中小学1200人次、60万元;初中800人次、50万元: behind ； goes on what begins with another stage. */
const goesOnWithStage = (segment: string): boolean => isStages(segment.replace(/\d.*$/s, ''));

/** 增加3126万元: a change of the whole, and not the whole. */
const isChange = /(?:比|较|同比)[^,，]{0,8}(?:增加|减少|增长|下降|扩大|[增扩多]招|多增|多|少)了?$/;

/** 比上年的3.6亿元: the value of another year is no whole. */
const isCompared = ({ left }: Place): boolean =>
  isChange.test(left) || /[比较](?:于)?(?:上年|去年|前年|(?:19|20)\d\d年)(?:同期|度?[末底初])?的?$/.test(left);

/** The base of a share: by arithmetic, else the whole of the part before it, else the figure before 其中. */
function baseOf(passage: Passage, place: Place, links: readonly Links[]): number | null {
  const step = /分别占/.test(passage.places[place.listStart]!.left) ? figureInStep(passage, place) : null;
  if (step) return byArithmetic(passage, place, step) ?? links[step.index]!.whole;
  const before = place.index > place.lineStart ? lastAmount(passage, place) : undefined;
  if (!before || place.sentenceIndex - before.sentenceIndex > 1) return null;
  const { item } = place;
  const gap = passage.text.slice(before.item.quoteEnd, item.quoteStart);
  const asks =
    /占|比例|其中/.test(gap) || gap === '的' || (before.clause.start === place.clause.start && /率/.test(gap));
  if (before.item.dimension === 'ratio') return null;
  if (!asks)
    return /率/.test(gap) && before.sentenceIndex === place.sentenceIndex ? byArithmetic(passage, place, before) : null;
  if (/其中/.test(gap)) return before.index;
  // 占一般公共预算支出46.5亿元的比例为20.9%
  if (/^的(?:比例|比重)/.test(gap) && /占[^,，]{1,24}$/.test(before.left)) return before.index;
  if (gap === '的' && before.clause.start === place.clause.start && /占[^,，]{1,16}$/.test(before.left))
    return before.index;
  if (/占/.test(gap)) {
    const base = byArithmetic(passage, place, before);
    if (base !== null) return base;
  }
  if (links[before.index]!.whole !== null && before.sentenceIndex === place.sentenceIndex)
    return links[before.index]!.whole;
  return null;
}

/** The figure before a share; 10.8亿元,增长6.17%,占总投入的87.7%: behind the growth of an amount, that amount. */
function lastAmount({ places }: Passage, place: Place): Place | undefined {
  const before = places[place.index - 1];
  if (!before || !/占/.test(place.left) || before.item.dimension !== 'ratio' || !isGrowth.test(before.left))
    return before;
  const amount = places[place.index - 2];
  return amount && amount.index >= place.lineStart && amount.sentenceIndex === before.sentenceIndex ? amount : before;
}

/** 增长6.17%, 同比下降2.1%. */
const isGrowth = /(?:增长|下降|提高|减少|增加|上升)了?$/;

/** An earlier comparable figure b with part / b equal to the printed share within its decimals. */
function byArithmetic(passage: Passage, place: Place, part: Place): number | null {
  const printed = passage.text.slice(place.item.start, place.item.end);
  const decimals = printed.includes('.') ? printed.length - printed.indexOf('.') - 1 : 0;
  const tolerance = 0.5 * 10 ** -(decimals + 2) + 1e-9;
  for (let i = part.index - 1; i >= Math.max(place.lineStart, part.index - 10); i--) {
    const base = passage.places[i]!;
    if (place.sentenceIndex - base.sentenceIndex > 2) return null;
    if (!comparable(base, part) || base.item.value <= part.item.value) continue;
    if (Math.abs(part.item.value / base.item.value - place.item.value) <= tolerance) return i;
  }
  return null;
}

/** A figure whose share of a base was printed is part of that base: 达标学校98所,占比72.06%. */
function shareWhole(passage: Passage, place: Place, links: Links[]): void {
  const base = links[place.index]!.of;
  const part = passage.places[place.index - 1];
  if (base === null || !part || part.index === base || part.item.dimension === 'ratio') return;
  if (links[part.index]!.whole === null && comparable(part, passage.places[base]!)) links[part.index]!.whole = base;
}
