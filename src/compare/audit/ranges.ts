// Values outside the plausible range of their indicator: often a lost 万 or a sum over years. A person should look.
import type { StoredFigure } from '../../model/cell.js';
import { writeNumber, writeValue } from '../wording.js';
import { type AuditDocument, type Finding, findingOn } from './finding.js';
import { allowedBy } from './printed.js';

/** What the audit needs of an indicator. */
export interface RangedIndicator {
  id: string;
  zh: string;
  en: string;
  unit: string;
  stages: readonly string[];
  /** Plausible values for one year and one county, in the unit. */
  range?: { min?: number | undefined; max?: number | undefined } | undefined;
}

export function checkRanges(document: AuditDocument, indicators: ReadonlyMap<string, RangedIndicator>): Finding[] {
  return document.figures.flatMap((figure) => {
    const indicator = figure.indicator === null ? undefined : indicators.get(figure.indicator);
    if (!indicator?.range || figure.unit !== indicator.unit || figure.status === 'standard') return [];
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = indicator.range;
    const told = allowedBy(figure);
    // A sum over years may lie within the range by the year; a part or a single project has no least size.
    const isHigh = told.low > max && told.low / yearsOf(figure) > max;
    const isLow = told.high < min && figure.whole === null && isLevel(figure) && isOfAll(figure, indicator);
    return isHigh || isLow ? [judge(figure, indicator, min, max)] : [];
  });
}

/** Only a level has a least plausible size: shares, rates and amounts per pupil. Of what was bought or built, little may be. */
const isLevel = (figure: StoredFigure): boolean =>
  figure.dimension === 'ratio' || figure.per.some((per) => !/^\d*[年月]$/.test(per));

/** A least share that indicators of several stages name is that of compulsory education: nobody has to go to a senior school. */
const isOfAll = (figure: StoredFigure, { stages }: RangedIndicator): boolean =>
  figure.dimension !== 'ratio' ||
  !stages.includes('compulsory') ||
  !figure.stage.some((stage) => stage === 'senior' || stage === 'vocational' || stage === 'preschool');

function yearsOf({ period, accrual }: StoredFigure): number {
  if (period === null || accrual !== 'flow') return 1;
  return Math.max(1, Number(period.to.slice(0, 4)) - Number(period.from.slice(0, 4)) + 1);
}

function judge(figure: StoredFigure, indicator: RangedIndicator, min: number, max: number): Finding {
  const write = (value: number): string => writeValue({ ...figure, value, valueMax: null, bound: 'exact' });
  const ends = [Number.isFinite(min) ? write(min) : '', Number.isFinite(max) ? write(max) : ''].join('–');
  const factor = [10, 100, 1e4, 1e8].find((by) =>
    [figure.value / by, figure.value * by].some((value) => value >= min && value <= max),
  );
  const scaled = factor === undefined ? null : writeNumber(factor, 0);
  return findingOn([figure], {
    kind: 'range',
    verdict: 'cannot_tell',
    severity: 'low',
    value: figure.value,
    zh: `${indicator.zh}写为${writeValue(figure)}，通常在${ends}之间${scaled === null ? '' : `（相差约${scaled}倍时落在其中，可核对单位）`}，请核对原文。`,
    en: `${indicator.en} is told as ${writeValue(figure)}; usual values lie in ${ends}${scaled === null ? '' : ` (a factor of ${scaled} would bring it inside: check the unit)`}.`,
  });
}
