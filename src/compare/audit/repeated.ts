// One quantity told twice: in one text or in two documents of a county. Only what names the same thing in the same words, at the same
// time and in the same scope can conflict; everything else is left alone.
import type { StoredFigure } from '../../model/cell.js';
import { stagesOf } from '../cells.js';
import { writeNumber, writePeriod, writeValue } from '../wording.js';
import { type AuditDocument, type Finding, findingOn } from './finding.js';
import { between, excludeEachOther, isSameUnit, labelOf, stageIn } from './neighbourhood.js';
import { allowedBy, overlaps, same } from './printed.js';

/** The noun of a subject: without scope, 的, brackets and words that only say that it is a number or a group. */
function nounOf(subject: string): string {
  return subject
    .replace(/[(（][^()（）]*[)）]?|[“”"《》\s]/g, '')
    .replace(/^(?:全县|全市|全区|我县|我市|我区|目前|现有|现|共有|共|已)+/, '')
    .replace(/(?:总人数|总数|人数|数量|总量|总规模|规模|队伍|数)$/, '')
    .replace(/的/g, '');
}

/** Nouns that name so many things that two numbers beside them say nothing of each other. */
const generic =
  /^(?:.{0,1}|教师|学生|资金|人员|投入|投资|专项资金|教育|工作|项目|活动|设备|课程|家长|干部|骨干教师|案例|单位|团队|优秀教师|新教师|.{0,4}(?:学校|小学|初中|中学|高中|幼儿园|教学点))$/;

/** Within one document. */
export function checkRepeated(document: AuditDocument): Finding[] {
  const findings: Finding[] = [];
  document.figures.forEach((first, index) => {
    for (const second of document.figures.slice(index + 1)) {
      const finding = comparePair(document, first, second);
      if (finding) findings.push(finding);
    }
  });
  return findings;
}

function comparePair(document: AuditDocument, first: StoredFigure, second: StoredFigure): Finding | null {
  if (!isSameMeasure(first, second) || first.salience === 'minor' || second.salience === 'minor') return null;
  if (nameTheSame(document, first, second)) {
    if (overlaps(allowedBy(first), allowedBy(second))) return agreement(first, second);
    const explained = explainedByPart(document, first, second);
    return explained ?? (areTwoThings(document, first, second) ? null : conflict(first, second, 'medium'));
  }
  return newcomers(document, first, second);
}

/** The same dimension, unit, denominators, status and, where both are known, period. */
function isSameMeasure(a: StoredFigure, b: StoredFigure): boolean {
  return (
    a.dimension === b.dimension &&
    isSameUnit(a.unit, b.unit) &&
    a.status === 'actual' &&
    b.status === 'actual' &&
    a.dimension !== 'multiple' &&
    a.per.join() === b.per.join() &&
    (a.period === null || b.period === null || writePeriod(a) === writePeriod(b))
  );
}

/** States of the same thing: the same indicator or noun, stage by stage, neither a part nor something done. */
function nameTheSame(document: AuditDocument, a: StoredFigure, b: StoredFigure): boolean {
  if (a.indicator !== b.indicator || !isState(document, a) || !isState(document, b)) return false;
  const labels = [a, b].map((figure) => labelOf(document, figure));
  if (labels.some((label) => /新增|其中|平均|最[高低多少]|超过|增加|减少/.test(label))) return false;
  if (a.indicator === 'school_count' || a.unit === '所') return namesTheSameSchools(labels);
  if (a.whole !== null || b.whole !== null) return false;
  return a.stage.join() === b.stage.join() && sharedNoun(document, a, b) !== null;
}

/** The noun that both have, where it says what it is and stands in the words beside both numbers; a noun taken over from before the
 * number is too little to go by. */
function sharedNoun(document: AuditDocument, a: StoredFigure, b: StoredFigure): string | null {
  const noun = nounOf(a.subject);
  if (noun !== nounOf(b.subject) || generic.test(noun)) return null;
  return [a, b].every((figure) => labelOf(document, figure).replace(/的/g, '').includes(noun)) ? noun : null;
}

/** 初中22所 twice, or 义务教育段学校138所 and 义务教育阶段136所学校. */
function namesTheSameSchools(labels: readonly string[]): boolean {
  const stages = labels.map((label) => (/(?:小学|初中)$/.test(label) ? stageIn(label) : null));
  if (stages[0] !== null || stages[1] !== null)
    return stages[0] === stages[1] && coreOf(labels[0]!) === coreOf(labels[1]!);
  return labels.every((label) => /义务教育(?:阶段|学段|段)?学校(?![生教校办综标])/.test(label));
}

const coreOf = (label: string): string => label.replace(/^.*?(?=(?:独立|完全)?(?:小学|初中)$)/, '');

const isState = (document: AuditDocument, figure: StoredFigure): boolean =>
  figure.accrual === 'stock' ||
  figure.accrual === 'annual' ||
  // The rules take a bare number for something done; 现有 and 共有 say otherwise.
  /现有|共有|拥有|达到|阶段/.test(labelOf(document, figure));

/** Two numbers of one paragraph are two things, unless both sides say that they speak of all: 全县共有. */
function areTwoThings(document: AuditDocument, a: StoredFigure, b: StoredFigure): boolean {
  const labels = [labelOf(document, a), labelOf(document, b)];
  if (a.sentence === b.sentence || excludeEachOther(labels)) return true;
  return !between(document, a, b).includes('\n') && !labels.every((label) => /全[县市区]|现有|共有|总/.test(label));
}

function agreement(a: StoredFigure, b: StoredFigure): Finding {
  return findingOn([a, b], {
    kind: 'repeated',
    verdict: a.value === b.value ? 'holds' : 'rounds',
    severity: 'none',
    value: b.value,
    zh: `同一数两处所写一致：${writeValue(a)}、${writeValue(b)}。`,
    en: `Told twice and the same: ${writeValue(a)}, ${writeValue(b)}.`,
  });
}

/** 138 − 民办2 = 136: one of the two counts a part that the other leaves out. */
function explainedByPart(document: AuditDocument, a: StoredFigure, b: StoredFigure): Finding | null {
  const [more, less] = a.value >= b.value ? [a, b] : [b, a];
  const part = document.figures.find(
    (figure) => figure.whole === more.id && same(more.value - figure.value, less.value) && figure.value < less.value,
  );
  if (!part) return null;
  const written = `${writeValue(more)} − ${writeValue(part)} = ${writeValue(less)}`;
  return findingOn([a, b, part], {
    kind: 'repeated',
    verdict: 'holds',
    severity: 'none',
    value: less.value,
    computed: written,
    zh: `两处所写相差的正是其中一处所列的部分：${written}（${labelOf(document, part)}）。`,
    en: `The two differ by a part that one of them names: ${written}.`,
  });
}

function conflict(a: StoredFigure, b: StoredFigure, severity: Finding['severity']): Finding {
  const difference = writeNumber(Math.abs(a.value - b.value), a.dimension === 'ratio' ? -2 : 0);
  return findingOn([a, b], {
    kind: 'repeated',
    verdict: 'conflicts',
    severity,
    value: b.value - a.value,
    computed: `${writeValue(a)} ≠ ${writeValue(b)}`,
    zh: `同一数两处所写不同：${writeValue(a)}、${writeValue(b)}，相差${difference}${a.dimension === 'ratio' ? '个百分点' : ''}；口径或时点是否相同，请核对。`,
    en: `Told twice and not the same: ${writeValue(a)}, ${writeValue(b)}. Scope or time may differ.`,
  });
}

/** Characters between two figures that speak of one group in one passage. */
const passage = 80;

/** 招募志愿者10名 … 志愿者队伍20人: what was taken on beside what there is, of one specific group in one passage. */
function newcomers(document: AuditDocument, first: StoredFigure, second: StoredFigure): Finding | null {
  const sides = [first, second];
  if (second.textStart - first.textEnd > passage || first.whole !== null || second.whole !== null) return null;
  if (!sides.some(({ accrual }) => accrual === 'flow') || !sides.some(({ accrual }) => accrual === 'stock'))
    return null;
  const noun = first.dimension === 'count' ? sharedNoun(document, first, second) : null;
  if (noun === null || first.value === second.value) return null;
  return findingOn(sides, {
    kind: 'repeated',
    verdict: 'cannot_tell',
    severity: 'low',
    computed: `${writeValue(first)} ≠ ${writeValue(second)}`,
    zh: `同一段中${noun}一处为${writeValue(first)}、一处为${writeValue(second)}；前后所指（新增与现有）是否不同，文中未说明。`,
    en: `One passage tells ${writeValue(first)} and ${writeValue(second)} of ${noun}; whether one is newly added and the other the present state is left open.`,
  });
}

/** What comparing two documents needs of an indicator. */
export interface RepeatedIndicator {
  id: string;
  stages: readonly string[];
}

/**
 * Across the documents of one county: the same indicator, stage, dimension, unit and stated period, in the same words.
 * @param figures of one county, all documents
 */
export function checkAcrossDocuments(
  figures: readonly StoredFigure[],
  indicators: ReadonlyMap<string, RepeatedIndicator>,
): Finding[] {
  const groups = new Map<string, StoredFigure[]>();
  for (const figure of figures) {
    const indicator = figure.indicator === null ? undefined : indicators.get(figure.indicator);
    if (!indicator || figure.status !== 'actual' || figure.period === null || figure.whole !== null) continue;
    for (const stage of stagesOf(figure, indicator)) {
      const noun = nounOf(figure.subject);
      if (noun.length < 2) continue;
      const key = [
        indicator.id,
        stage,
        figure.dimension,
        figure.unit,
        figure.per.join(),
        writePeriod(figure),
        figure.accrual,
        noun,
      ];
      const group = groups.get(key.join(' '));
      if (group) group.push(figure);
      else groups.set(key.join(' '), [figure]);
    }
  }
  const findings = new Map<string, Finding>();
  for (const group of groups.values()) for (const finding of compareGroup(group)) findings.set(finding.id, finding);
  return [...findings.values()];
}

/** Each value is laid beside the first document that told another one. */
function compareGroup(group: readonly StoredFigure[]): Finding[] {
  const first = group[0]!;
  const ownDocument = group.filter((figure) => figure.documentId === first.documentId);
  // A document that tells several of one kind (a project each) tells no single quantity.
  if (ownDocument.some((figure) => figure.value !== first.value)) return [];
  return group
    .filter((figure) => figure.documentId !== first.documentId)
    .filter((figure, index, others) => others.findIndex((other) => other.documentId === figure.documentId) === index)
    .map((figure) =>
      overlaps(allowedBy(first), allowedBy(figure))
        ? agreement(first, figure)
        : conflict(first, figure, severityOf(first, figure)),
    );
}

/** A value ten times another is more than a newer count. */
function severityOf(a: StoredFigure, b: StoredFigure): Finding['severity'] {
  const [less, more] = [Math.min(a.value, b.value), Math.max(a.value, b.value)];
  return more >= less * 5 ? 'high' : more > less * 1.1 ? 'medium' : 'low';
}
