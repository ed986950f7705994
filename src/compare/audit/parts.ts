// Parts against their total: the parts that a text lists of one figure, summed; a part that is larger than its whole; school stages
// that add up to another figure of the same text.
import type { StoredFigure } from '../../model/cell.js';
import { writeValue } from '../wording.js';
import { type AuditDocument, type Finding, findingOn } from './finding.js';
import {
  between,
  excludeEachOther,
  isComparable,
  isOneSentence,
  labelOf,
  mayOverlap,
  stageIn,
  wordsBefore,
  wordsBehind,
} from './neighbourhood.js';
import { allowedBy, isExact, overlaps, same, sumOf } from './printed.js';

/** Parts that one list gives of one whole. */
interface Split {
  whole: StoredFigure;
  parts: StoredFigure[];
  /** The list stands right behind the total in brackets, behind a colon or as 分别: it claims to be complete. */
  isComplete: boolean;
}

export function checkParts(document: AuditDocument): Finding[] {
  const splits = splitsOf(document);
  return [
    ...splits.flatMap((split) => checkSplit(document, split)),
    ...splits.flatMap((split) => checkStages(document, split)),
    ...checkStagePairs(document),
    ...checkLargerParts(document),
  ];
}

/** The lists of two parts and more. */
function splitsOf(document: AuditDocument): Split[] {
  const byId = new Map(document.figures.map((figure) => [figure.id, figure]));
  const parts = new Map<StoredFigure, StoredFigure[]>();
  for (const figure of document.figures) {
    const whole = figure.whole === null ? undefined : byId.get(figure.whole);
    if (whole && isComparable(whole, figure)) parts.set(whole, [...(parts.get(whole) ?? []), figure]);
  }
  const splits: Split[] = document.figures.map((whole) => ({
    whole,
    parts: listBehind(document, whole),
    isComplete: false,
  }));
  for (const [whole, all] of parts) {
    let run: StoredFigure[] = [];
    for (const part of all) {
      const last = run.at(-1);
      if (last && !continues(document, last, part)) {
        splits.push({ whole, parts: run, isComplete: false });
        run = [];
      }
      run.push(part);
    }
    splits.push({ whole, parts: run, isComplete: false });
  }
  return splits
    .filter((split) => split.parts.length > 1)
    .map((split) => ({ ...split, isComplete: claimsToBeComplete(document, split) }));
}

/** 86所:小学58所、初中21所、九年一贯制学校7所。 What a colon opens, up to the end of the sentence, all of the same kind. */
function listBehind(document: AuditDocument, whole: StoredFigure): StoredFigure[] {
  const listed: StoredFigure[] = [];
  for (let at = document.figures.indexOf(whole) + 1; at < document.figures.length; at++) {
    const part = document.figures[at]!;
    const gap = between(document, listed.at(-1) ?? whole, part);
    const isNext =
      listed.length === 0 ? /^[\u4e00-\u9fff]{0,8}[:：][^,，、。；;]*$/ : /^[\u4e00-\u9fff]{0,6}[、,，][^,，、。；;]*$/;
    if (!isNext.test(gap) || /其中|含|包括|另|[\n()（）]/.test(gap)) break;
    if (part.whole !== null || !isComparable(whole, part)) return [];
    listed.push(part);
  }
  const last = listed.at(-1);
  return last && /^[\u4e00-\u9fff]{0,6}[。；;\n]/.test(document.text.slice(last.textEnd)) ? listed : [];
}

/** Whether two parts stand in one list: nothing between them opens another one or counts something else of the same kind. */
function continues(document: AuditDocument, last: StoredFigure, next: StoredFigure): boolean {
  // A part may carry its own parts in brackets: 幼儿园60所(公办28所、民办32所),小学58所.
  const gap = between(document, last, next).replace(/[(（][^()（）]*[)）]/g, '');
  if (!isOneSentence(gap) || /其中|含|包括|另|[()（）]/.test(gap)) return false;
  return !document.figures.some(
    (figure) =>
      figure.textStart > last.textStart &&
      figure.textStart < next.textStart &&
      figure.whole !== last.id &&
      isComparable(figure, next),
  );
}

function claimsToBeComplete(document: AuditDocument, { whole, parts }: Split): boolean {
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (first.textStart < whole.textEnd) return false;
  const opener = between(document, whole, first);
  if (/其中|含|包括|主要|重点/.test(opener)) return namesAllStages(document, whole, parts);
  const behind = document.text.slice(last.textEnd, last.textEnd + 6);
  if (/^[^,，。)）]{0,3}等/.test(behind)) return false;
  return /^[^,，。；;]{0,8}[(（:：]/.test(opener) || /^[^。；;]{0,8}[,，]?分别|^[,，]即/.test(opener);
}

/** 其中 need not be complete; primary and junior schools are all there is of compulsory education. */
function namesAllStages(document: AuditDocument, whole: StoredFigure, parts: readonly StoredFigure[]): boolean {
  const stages = parts.map((part) => stageIn(labelOf(document, part)));
  return (
    parts.length === 2 &&
    stages.includes('primary') &&
    stages.includes('junior') &&
    /义务教育/.test(labelOf(document, whole))
  );
}

function checkSplit(document: AuditDocument, split: Split): Finding[] {
  const { whole, parts } = split;
  const sum = sumOf(parts.map(allowedBy));
  const total = parts.reduce((all, part) => all + part.value, 0);
  const figures = [whole, ...parts];
  const written = `${parts.map((part) => writeValue(part)).join(' + ')} = ${writeAs(whole, total)}`;
  const told = { kind: 'parts', value: total, computed: written } as const;
  if (overlaps(sum, allowedBy(whole))) {
    const isEqual = same(total, whole.value) && figures.every(isExact);
    return [
      findingOn(figures, {
        ...told,
        verdict: isEqual ? 'holds' : 'rounds',
        severity: 'none',
        zh: `各部分相加${isEqual ? '等于' : '在所述精度内合于'}总数${writeValue(whole)}：${written}。`,
        en: `The parts add up to the total ${writeValue(whole)}${isEqual ? '' : ' within what was rounded'}: ${written}.`,
      }),
    ];
  }
  const difference = writeAs(whole, Math.abs(total - whole.value));
  const judged = judgeDifference(document, split, total);
  if (judged === null) return [];
  const more = total > whole.value;
  return [
    findingOn(figures, {
      ...told,
      ...judged,
      zh: `所列部分相加为${writeAs(whole, total)}，总数写为${writeValue(whole)}，${more ? '多' : '少'}${difference}。`,
      en: `The parts listed add up to ${writeAs(whole, total)}, ${difference} ${more ? 'more' : 'less'} than the total ${writeValue(whole)}.`,
    }),
  ];
}

const writeAs = (model: StoredFigure, value: number): string =>
  writeValue({ ...model, value, valueMax: null, bound: 'exact' });

/** What a sum that differs means: lists may overlap (党员, 骨干) or leave a rest out, and then nothing is said. */
function judgeDifference(
  document: AuditDocument,
  { whole, parts, isComplete }: Split,
  total: number,
): Pick<Finding, 'verdict' | 'severity'> | null {
  const share = Math.abs(total - whole.value) / Math.max(Math.abs(whole.value), 1e-9);
  const labels = parts.map((part) => labelOf(document, part));
  const apart = excludeEachOther(labels);
  if (total > whole.value) {
    if (isComplete) return { verdict: 'conflicts', severity: 'high' };
    if (apart) return { verdict: 'conflicts', severity: 'medium' };
    return share <= 0.2 && !mayOverlap(labels, whole.dimension) ? { verdict: 'conflicts', severity: 'low' } : null;
  }
  if (isComplete && (parts.length > 2 || share <= 0.05 || namesAllStages(document, whole, parts)))
    return { verdict: 'conflicts', severity: 'medium' };
  // Numbers of a later sentence need not be all that the total is made of.
  const isOneList = isOneSentence(between(document, whole, parts[0]!));
  return share <= 0.05 && isOneList && (apart || parts.length > 2) ? { verdict: 'cannot_tell', severity: 'low' } : null;
}

/** 小学114所 elsewhere in the text: the parts of a list that are primary schools add up to it. */
function checkStages(document: AuditDocument, { parts }: Split): Finding[] {
  const findings: Finding[] = [];
  for (const figure of document.figures) {
    if (figure.whole !== null || parts.includes(figure) || !isComparable(figure, parts[0]!)) continue;
    const stage = plainStage(document, figure);
    if (stage === null) continue;
    const own = parts.filter((part) => stageIn(labelOf(document, part)) === stage);
    if (own.length < 2 || !overlaps(sumOf(own.map(allowedBy)), allowedBy(figure))) continue;
    findings.push(sumHolds(figure, own));
  }
  return findings;
}

/** 初中22所,小学114所 against 义务教育阶段136所学校 elsewhere in the text. */
function checkStagePairs(document: AuditDocument): Finding[] {
  const findings: Finding[] = [];
  document.figures.forEach((first, index) => {
    const second = document.figures[index + 1];
    if (!second || !isComparable(first, second) || !/^[、,，和]/.test(between(document, first, second))) return;
    const stages = [plainStage(document, first), plainStage(document, second)];
    if (!stages.includes('primary') || !stages.includes('junior')) return;
    for (const total of document.figures) {
      if (total.id === first.whole || !isComparable(total, first)) continue;
      if (total === first || total === second || !/义务教育/.test(labelOf(document, total))) continue;
      const parts = [first, second];
      if (overlaps(sumOf(parts.map(allowedBy)), allowedBy(total))) findings.push(sumHolds(total, parts));
    }
  });
  return findings;
}

/** The stage of a figure whose label is the bare name of it: 小学, not 小学变为教学点. */
function plainStage(document: AuditDocument, figure: StoredFigure): 'primary' | 'junior' | null {
  const isBare = /(?:小学|初中)$/.test(wordsBefore(document, figure)) && wordsBehind(document, figure) === '';
  return isBare ? stageIn(wordsBefore(document, figure)) : null;
}

function sumHolds(total: StoredFigure, parts: readonly StoredFigure[]): Finding {
  const value = parts.reduce((sum, part) => sum + part.value, 0);
  const written = `${parts.map((part) => writeValue(part)).join(' + ')} = ${writeAs(total, value)}`;
  const isEqual = same(value, total.value) && [total, ...parts].every(isExact);
  return findingOn([total, ...parts], {
    kind: 'parts',
    verdict: isEqual ? 'holds' : 'rounds',
    severity: 'none',
    value,
    computed: written,
    zh: `文中另处的${writeValue(total)}合于分学段的数：${written}。`,
    en: `${writeValue(total)} agrees with the figures by stage elsewhere in the text: ${written}.`,
  });
}

/** 92名。其中,…192名: what 其中 takes out of the only figure before it cannot be larger. */
function checkLargerParts(document: AuditDocument): Finding[] {
  const findings: Finding[] = [];
  document.figures.forEach((part, index) => {
    const whole = document.figures[index - 1];
    if (!whole || part.whole === whole.id || !isComparable(whole, part)) return;
    const gap = between(document, whole, part);
    if (!/^[^,，。；;]{0,10}[,，。(（]其中[^。；;]*$/.test(gap) || /[)）\n]/.test(gap)) return;
    if (allowedBy(part).low <= allowedBy(whole).high || standsInList(document, whole)) return;
    findings.push(
      findingOn([part, whole], {
        kind: 'parts',
        verdict: 'conflicts',
        severity: 'high',
        zh: `“其中”所列的${writeValue(part)}大于它前面的总数${writeValue(whole)}。`,
        en: `${writeValue(part)} is told as part (其中) of ${writeValue(whole)}, which is smaller.`,
      }),
    );
  });
  return findings;
}

/** 小学20所、初中15所,其中…: 其中 then speaks of all of them. */
function standsInList(document: AuditDocument, figure: StoredFigure): boolean {
  return document.figures.some(
    (other) =>
      other.textStart < figure.textStart &&
      isComparable(other, figure) &&
      isOneSentence(between(document, other, figure)),
  );
}
