// Derived values on request: a sum over years by the year, an amount by pupil or school, 亩 in square metres. Each names the figures it
// came from, and stands beside the reported ones, never among them. Where it cannot be had, the reason is given.
import type { Normalisation, StoredFigure } from '../model/cell.js';
import type { Period } from '../model/record.js';
import { writeNumber, writeValue } from './wording.js';

/** A value that no text reports. */
export interface Derived {
  normalisation: Normalisation;
  value: number;
  valueMax: number | null;
  unit: string;
  per: string[];
  bound: string;
  dimension: string;
  /** Ids of the reported figures it was computed from: the value first, then what it was divided by. */
  figures: string[];
  /** The computation as people read it. */
  how: string;
}

const notDerivable = ['rate', 'one_year', 'no_period', 'no_divisor', 'other_scope', 'base_already'] as const;
/**
 * `rate` a share, an amount per something, or the divisor itself is not divided · `one_year` its period is no longer than a year, or it recurs
 * yearly · `no_period` the text gives no time · `no_divisor` no count of pupils or schools of that stage and year is reported ·
 * `other_scope` its stage is open or wider than the schools that are counted · `base_already` it is in its base unit.
 */
export type NotDerivable = (typeof notDerivable)[number];

export type Derivation = { derived: Derived } | { derived: null; normalisation: Normalisation; reason: NotDerivable };

/** Codebook ids of what an amount is divided by. */
export const divisorIndicators: Partial<Record<Normalisation, string>> = {
  per_pupil: 'enrolled_students',
  per_school: 'school_count',
};

/**
 * A figure normalised.
 * @param divisors figures of the same county that may count its pupils and schools; only reported states are used
 */
export function normalise(
  figure: StoredFigure,
  normalisation: Normalisation,
  divisors: readonly StoredFigure[],
): Derivation {
  const result =
    normalisation === 'per_year'
      ? perYear(figure)
      : normalisation === 'base_unit'
        ? baseUnit(figure)
        : perThing(figure, normalisation, divisors);
  return typeof result === 'string' ? { derived: null, normalisation, reason: result } : { derived: result };
}

/**
 * The length of a period in years, both ends included, to the month: 2014 to 2017 is 4, 2016 to 2024-05 is 8 and 5 months.
 */
export function yearsIn({ from, to }: Period): number {
  const month = (date: string, open: number): number =>
    Number(date.slice(0, 4)) * 12 + (date.length >= 7 ? Number(date.slice(5, 7)) - 1 : open);
  return (month(to, 11) - month(from, 0) + 1) / 12;
}

function perYear(figure: StoredFigure): Derived | NotDerivable {
  if (!isAmount(figure) || figure.per.length > 0 || figure.accrual === 'stock') return 'rate';
  if (figure.accrual !== 'flow') return 'one_year';
  if (figure.period === null) return 'no_period';
  const years = yearsIn(figure.period);
  if (years <= 1) return 'one_year';
  return divided(figure, 'per_year', years, ['年'], [], `${writeNumber(Number(years.toFixed(2)), 0)}年`);
}

/** Amounts that add up: only these can be shared out. */
const isAmount = ({ dimension }: StoredFigure): boolean =>
  dimension === 'money' || dimension === 'count' || dimension === 'area' || dimension === 'length';

function perThing(
  figure: StoredFigure,
  normalisation: Normalisation,
  divisors: readonly StoredFigure[],
): Derived | NotDerivable {
  if (!isAmount(figure) || figure.per.some((per) => !/^\d*[年月]$/.test(per))) return 'rate';
  if (figure.indicator === divisorIndicators[normalisation]) return 'rate';
  const stage =
    figure.stage.length === 1 ? figure.stage[0]! : figure.stage.join() === 'primary,junior' ? 'compulsory' : null;
  if (stage !== 'primary' && stage !== 'junior' && stage !== 'compulsory') return 'other_scope';
  const counted = countOf(stage, yearOf(figure), divisors, divisorIndicators[normalisation]!);
  if (counted === null) return 'no_divisor';
  const count = counted.reduce((sum, part) => sum + part.value, 0);
  const thing = normalisation === 'per_pupil' ? '学生' : '校';
  const written = counted.map((part) => writeValue(part)).join(' + ');
  return divided(
    figure,
    normalisation,
    count,
    [thing, ...figure.per],
    counted,
    counted.length > 1 ? `(${written})` : written,
  );
}

/** The year that a figure speaks of: the end of its period, else the year of its document. */
const yearOf = (figure: StoredFigure): string | null => (figure.period?.to ?? figure.documentDate)?.slice(0, 4) ?? null;

/** The count of a stage in a year: one figure, or primary and junior together for 义务教育. Never that of another year. */
function countOf(
  stage: string,
  year: string | null,
  divisors: readonly StoredFigure[],
  indicator: string,
): StoredFigure[] | null {
  if (year === null) return null;
  const of = (wanted: string): StoredFigure | undefined =>
    divisors.find(
      (divisor) =>
        divisor.indicator === indicator &&
        divisor.status === 'actual' &&
        divisor.accrual === 'stock' &&
        divisor.bound === 'exact' &&
        divisor.value > 0 &&
        divisor.stage.join() === wanted &&
        yearOf(divisor) === year,
    );
  const whole = of(stage) ?? (stage === 'compulsory' ? of('primary,junior') : undefined);
  if (whole) return [whole];
  const [primary, junior] = stage === 'compulsory' ? [of('primary'), of('junior')] : [];
  return primary && junior ? [primary, junior] : null;
}

function divided(
  figure: StoredFigure,
  normalisation: Normalisation,
  by: number,
  per: string[],
  others: readonly StoredFigure[],
  written: string,
): Derived {
  return {
    normalisation,
    value: figure.value / by,
    valueMax: figure.valueMax === null ? null : figure.valueMax / by,
    unit: figure.unit,
    per,
    bound: figure.bound,
    dimension: figure.dimension,
    figures: [figure.id, ...others.map((other) => other.id)],
    how: `${writeValue(figure)} ÷ ${written}`,
  };
}

/** Square metres of a 亩 (2000/3), the unit of land that the texts keep. */
const squareMetresOfMu = 2000 / 3;

function baseUnit(figure: StoredFigure): Derived | NotDerivable {
  if (figure.unit !== '亩') return 'base_already';
  return {
    normalisation: 'base_unit',
    value: figure.value * squareMetresOfMu,
    valueMax: figure.valueMax === null ? null : figure.valueMax * squareMetresOfMu,
    unit: 'm2',
    per: figure.per,
    bound: figure.bound,
    dimension: figure.dimension,
    figures: [figure.id],
    how: `${writeValue(figure)} × 666.67平方米`,
  };
}

/** `8.69亿元/年`, to four figures: a quotient has no more of them that mean anything. */
export const writeDerived = (derived: Derived): string =>
  writeValue({
    ...derived,
    value: Number(derived.value.toPrecision(4)),
    valueMax: derived.valueMax === null ? null : Number(derived.valueMax.toPrecision(4)),
  });
