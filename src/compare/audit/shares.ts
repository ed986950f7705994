// Shares recomputed: the part and the base that the text itself gives, divided, against the share as printed.
import type { StoredFigure } from '../../model/cell.js';
import { writeNumber, writeValue } from '../wording.js';
import { type AuditDocument, type Finding, findingOn } from './finding.js';
import { between, covered, isComparable, isOneSentence, wordsBefore, wordsBehind } from './neighbourhood.js';
import { allowedBy, overlaps, printedStep, quotientOf } from './printed.js';

export function checkShares(document: AuditDocument): Finding[] {
  return document.figures.flatMap((share) => {
    if (share.dimension !== 'ratio' || share.status !== 'actual' || share.valueMax !== null) return [];
    const found = partAndBase(document, share);
    return found ? [judge(share, found.part, found.base)] : [];
  });
}

interface Division {
  part: StoredFigure;
  base: StoredFigure;
}

function partAndBase(document: AuditDocument, share: StoredFigure): Division | null {
  const inside = baseInside(document, share);
  if (inside) return inside;
  const part = partOf(document, share);
  const base = part && (baseOf(document, share, part) ?? baseOfRate(document, share, part));
  return part && base && base !== part ? { part, base } : null;
}

/** 达标学校80所,占义务教育学校96所的90%: the base stands between 占 and 的. */
function baseInside(document: AuditDocument, share: StoredFigure): Division | null {
  const index = document.figures.indexOf(share);
  const [part, base] = [document.figures[index - 2], document.figures[index - 1]];
  if (!part || !base || !isComparable(part, base) || base.value < part.value) return null;
  if (!/^[\u4e00-\u9fff]{0,6}的$/.test(between(document, base, share))) return null;
  return /^[\u4e00-\u9fff]{0,8}[,，、]占[\u4e00-\u9fff]*$/.test(between(document, part, base)) ? { part, base } : null;
}

/** 实考 is what the 参考率 is made of, and its kin. */
const actually: Readonly<Record<string, string>> = {
  实考: '参考',
  实际参考: '参考',
  参加考试: '参考',
  实到: '到课',
  实际到校: '到校',
  实际报到: '报到',
  已就业: '就业',
  实现就业: '就业',
  已入学: '入学',
  实际入学: '入学',
  已开工: '开工',
  已完工: '完工',
  已整改: '整改',
};

/** 参加测试2400人,合格2016人,合格率: a part named by the bare verb of the rate is one of the number before it. */
function baseOfRate(document: AuditDocument, share: StoredFigure, part: StoredFigure): StoredFigure | null {
  const named = /^([\u4e00-\u9fff]{2,3})率/.exec(wordsBefore(document, share))?.[1];
  const words = wordsBefore(document, part);
  if (named === undefined || (words !== named && actually[words] !== named)) return null;
  const base = document.figures[document.figures.indexOf(part) - 1];
  if (!base || !isComparable(base, part) || base.value < part.value) return null;
  return /^[\u4e00-\u9fff]{0,6}[,，]其?中?$/.test(between(document, base, part).slice(0, -words.length)) ? base : null;
}

/** Words that make the number a change, a ranking or one of several shares: then the figure before it is not its part. */
const otherClaim = /由|从|提高|增[长加幅]|下降|降[低至到]|上升|较|同比|环比|分别|各占|平均|低于/;

/** The figure right before the share, where the words between say nothing but "a share of". */
function partOf(document: AuditDocument, share: StoredFigure): StoredFigure | null {
  const index = document.figures.indexOf(share);
  const part = document.figures[index - 1];
  if (!part || part.dimension === 'ratio' || part.per.length > 0) return null;
  const gap = between(document, part, share);
  if (gap.length > 40 || !isOneSentence(gap) || /[；;]/.test(gap) || otherClaim.test(gap)) return null;
  return asksForShare(document, part, share, gap) ? part : namedPart(document, part, share);
}

/** 公办40所、民办55所,公办园占比42.1%: the part of the same list that the words before the share begin with. */
function namedPart(document: AuditDocument, last: StoredFigure, share: StoredFigure): StoredFigure | null {
  const own = wordsBefore(document, share);
  if (last.whole === null || !/(?:比例|占比|比重)[为达到约近]*$/.test(own)) return null;
  const named = document.figures.filter((figure) => {
    const words = wordsBefore(document, figure);
    return figure.whole === last.whole && words.length > 1 && own.startsWith(words);
  });
  return named.length === 1 ? named[0]! : null;
}

/** 占…的N%, 占比N%, or a 比例 whose words are those of the part's own clause: 220人分配到…,分配比例达到. */
function asksForShare(document: AuditDocument, part: StoredFigure, share: StoredFigure, gap: string): boolean {
  const own = wordsBefore(document, share);
  if (/^[并约]*占(?!地)/.test(own)) return true;
  const named = /^(?:所)?([\u4e00-\u9fff]{0,6})(?:比例|占比|比重|率)/.exec(own);
  if (!named) return false;
  const partClause = wordsBefore(document, part) + gap.split(/[,，、]/)[0]!;
  if (actually[wordsBefore(document, part)] === named[1]) return true;
  return named[1] === '' || covered(named[1]!, partClause) === 1;
}

/** The words between 占 and 的: 交流轮岗教师总数. Empty where the text names no base. */
function namedBase(document: AuditDocument, share: StoredFigure): string {
  const named =
    /占(?!比)(?:了)?([\u4e00-\u9fff]*?)(?:总人数|总数|总量|总额|总计|人数|数量)?的?(?:比例|比重)?[为达到约近]*$/.exec(
      wordsBefore(document, share),
    );
  return named?.[1] ?? '';
}

const scope = /^(?:全县|全市|全区|全省|全国|全体|全部|所有)/;

/** How well a figure fits the words that name the base, 0 to 1. */
function likeness(document: AuditDocument, base: StoredFigure, named: string): number {
  const clause = wordsBefore(document, base) + base.quote + wordsBehind(document, base, 16) + base.subject;
  if (scope.test(named) && !scope.test(clause)) return 0;
  return covered(named.replace(scope, ''), clause);
}

/** The base by the link of the extraction or by its words; nothing where the named base is another one. */
function baseOf(document: AuditDocument, share: StoredFigure, part: StoredFigure): StoredFigure | null {
  const named = namedBase(document, share);
  const linked = share.of === null ? undefined : document.figures.find((figure) => figure.id === share.of);
  const reach = document.figures.filter(
    (figure) =>
      figure.textStart < part.textStart &&
      isComparable(figure, part) &&
      figure.value >= part.value &&
      isNear(document, figure, part, named),
  );
  const candidates = linked ? [linked, ...reach.filter((figure) => figure !== linked)] : reach.reverse();
  if (named !== '') {
    // A linked base needs only some of the words; one that the text alone suggests needs most of them.
    const fitting = candidates.filter((base) => likeness(document, base, named) >= (base === linked ? 0.5 : 0.75));
    return fitting[0] ?? null;
  }
  if (linked) return linked;
  if (part.whole !== null) return document.figures.find((figure) => figure.id === part.whole) ?? null;
  return null;
}

/** In the same sentence or the one before it; further off in the paragraph where the base has just the name that the share gives it. */
function isNear(document: AuditDocument, base: StoredFigure, part: StoredFigure, named: string): boolean {
  const gap = between(document, base, part);
  if (named !== '' && wordsBefore(document, base) === named) return gap.length <= 300 && !gap.includes('\n');
  return gap.length <= 120 && !gap.includes('\n') && (gap.match(/[。!！?？]/g)?.length ?? 0) <= 1;
}

function judge(share: StoredFigure, part: StoredFigure, base: StoredFigure): Finding {
  const value = part.value / base.value;
  const computed = quotientOf(allowedBy(part), allowedBy(base));
  const step = printedStep(share);
  const told = allowedBy(share);
  const decimals = Math.max(1, Math.round(-Math.log10(step)) - 2 + (share.bound === 'exact' ? 1 : 0));
  const written = `${writeNumber(Number(value.toFixed(decimals + 2)), -2)}%`;
  const sum = `${writeValue(part)} ÷ ${writeValue(base)} = ${written}`;
  const common = { kind: 'share', value, computed: sum } as const;
  const figures = [share, part, base];
  if (overlaps(computed, told)) {
    return findingOn(figures, {
      ...common,
      verdict:
        Math.abs(value - share.value) < step && figures.every(({ bound }) => bound === 'exact') ? 'holds' : 'rounds',
      severity: 'none',
      zh: `${writeValue(share)}与文中两数相合：${sum}。`,
      en: `${writeValue(share)} agrees with the two figures of the text: ${sum}.`,
    });
  }
  const isCut = Math.abs(value - share.value) < step;
  if (isCut)
    return findingOn(figures, {
      ...common,
      verdict: 'rounds',
      severity: 'none',
      zh: `${writeValue(share)}与文中两数在末位上相差不足一：${sum}。`,
      en: `${writeValue(share)} differs from the two figures by less than one in its last digit: ${sum}.`,
    });
  const isOver = share.value > value;
  const points = Math.abs(share.value - value) * 100;
  return findingOn(figures, {
    ...common,
    verdict: isOver ? 'overstated' : 'understated',
    severity: points >= 5 ? 'high' : points >= 1 ? 'medium' : 'low',
    zh: `文中写为${writeValue(share)}，由文中两数算得${written}（${sum}），所写${isOver ? '高' : '低'}${points.toFixed(1)}个百分点。`,
    en: `The text says ${writeValue(share)}; its own figures give ${written} (${sum}), ${points.toFixed(1)} points ${isOver ? 'less' : 'more'}.`,
  });
}
