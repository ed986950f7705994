// Multiples of a named standard: 国家规定标准的两倍多 says more than twice and less than three times, of each figure it speaks of.
import type { StoredFigure } from '../../model/cell.js';
import type { StandardSketch } from '../standards.js';
import { isInForce } from '../standards.js';
import { writeNumber, writeValue } from '../wording.js';
import { type AuditDocument, type Finding, findingOn } from './finding.js';
import { between, isOneSentence, wordsBefore } from './neighbourhood.js';
import { allowedBy, same } from './printed.js';

/** Words that name an official standard as the base. A 普通学校标准 or 原标准 is none. */
const namesStandard = /(?:国家|国定|部颁|省定|省级|省|规定|评估|达标|督导)[\u4e00-\u9fff]{0,6}(?:标准|要求|门槛)/;

export function checkMultiples(document: AuditDocument, standards: readonly StandardSketch[]): Finding[] {
  return document.figures.flatMap((multiple) => {
    if (multiple.dimension !== 'multiple' || !namesStandard.test(wordsBefore(document, multiple))) return [];
    return figuresMeant(document, multiple).flatMap((figure) => {
      const standard = standardOf(document, figure, standards);
      return standard ? [judge(multiple, figure, standard)] : [];
    });
  });
}

/** The figures that the multiple speaks of: with 均 or 都 all before it in the sentence, else those of the last list. */
function figuresMeant(document: AuditDocument, multiple: StoredFigure): StoredFigure[] {
  const before = document.figures.filter(
    (figure) =>
      figure.textStart < multiple.textStart &&
      figure.indicator !== null &&
      isOneSentence(between(document, figure, multiple)),
  );
  if (/[均都]/.test(wordsBefore(document, multiple))) return before;
  const last = before.at(-1);
  return last ? before.filter((figure) => figure.indicator === last.indicator) : [];
}

/** The one standard of its indicator and stage that was in force; without a stage the one threshold that all stages share. */
function standardOf(
  document: AuditDocument,
  figure: StoredFigure,
  standards: readonly StandardSketch[],
): StandardSketch | null {
  const fitting = standards.filter(
    (standard) =>
      standard.indicator === figure.indicator &&
      (figure.stage.length === 0 || (figure.stage as string[]).includes(standard.stage)) &&
      standard.value > 0 &&
      isInForce(standard, document.signed ?? document.published),
  );
  return new Set(fitting.map(({ value }) => value)).size === 1 ? fitting[0]! : null;
}

function judge(multiple: StoredFigure, figure: StoredFigure, standard: StandardSketch): Finding {
  const times = figure.value / standard.value;
  const told = allowedBy(multiple);
  const written = `${writeValue(figure)} ÷ ${writeNumber(standard.value, 0)} = ${writeNumber(Number(times.toFixed(2)), 0)}`;
  const common = { kind: 'multiple', value: times, computed: written } as const;
  const limit = [told.low, told.high].find((end) => multiple.bound !== 'exact' && same(end, times));
  const name = `${standard.number}`;
  const figures = [multiple, figure];
  if (limit !== undefined)
    return findingOn(figures, {
      ...common,
      verdict: 'edge',
      severity: 'low',
      zh: `${writeValue(figure)}恰为${name}所定标准的${writeNumber(limit, 0)}倍（${written}），文中写为“${multiple.quote}”。`,
      en: `${writeValue(figure)} is exactly ${writeNumber(limit, 0)} times the standard of ${name} (${written}); the text says ${multiple.quote}.`,
    });
  const isUnder = times < told.low;
  if (!isUnder && times <= told.high)
    return findingOn(figures, {
      ...common,
      verdict: 'holds',
      severity: 'none',
      zh: `${writeValue(figure)}与“${multiple.quote}”相合：按${name}的标准，${written}。`,
      en: `${writeValue(figure)} agrees with ${multiple.quote}: by the standard of ${name}, ${written}.`,
    });
  return findingOn(figures, {
    ...common,
    verdict: isUnder ? 'overstated' : 'understated',
    severity: isUnder ? 'medium' : 'low',
    zh: `按${name}的标准，${written}，文中写为“${multiple.quote}”。`,
    en: `By the standard of ${name}, ${written}; the text says ${multiple.quote}.`,
  });
}
