// Official standards beside values: whether a value meets one, by how much, from which document, and whether the threshold is one for
// each school, which a county mean can only be laid beside. A target that equals its standard is a target and no achievement.
import type { StoredFigure } from '../model/cell.js';
import type { Language } from '../model/language.js';
import { writeNumber } from './wording.js';

/** A standard of the codebook, as comparing needs it. */
export interface StandardSketch {
  indicator: string;
  stage: string;
  operator: '>=' | '<=' | '=' | '>' | '<';
  value: number;
  unit: string;
  appliesTo: 'school' | 'county';
  document: string;
  number: string;
  /** First and last day, month or year in force. */
  from: string | number;
  to?: string | number | undefined;
  certainty: string;
  note?: string | undefined;
}

const relations = ['met', 'short', 'undecided', 'not_applicable'] as const;
/** `undecided`: the words leave it open, as 不低于80% beside a threshold of 85%. */
export type Relation = (typeof relations)[number];

/** One value beside one standard. */
export interface Standing {
  standard: StandardSketch;
  relation: Relation;
  /** Why it does not apply: the document was not in force, or the value is of another unit. */
  reason: 'not_in_force' | 'other_unit' | null;
  /** By how much the value is better (positive) or worse than the threshold, in the base unit; null where it does not apply. */
  margin: number | null;
  /** What the value is: reached, intended, or the standard itself quoted. */
  nature: 'achievement' | 'target' | 'quoted';
  /** An intention that repeats the threshold. */
  isCopy: boolean;
  /** The threshold is one for each school, the value one for the county: no verdict on any school. */
  isCountyMean: boolean;
  /** Of the value: decides how numbers are written. */
  dimension: string;
}

type Measured = Pick<
  StoredFigure,
  'value' | 'valueMax' | 'bound' | 'unit' | 'dimension' | 'status' | 'period' | 'documentDate' | 'indicator'
>;

/**
 * A value beside all standards of its indicator at a stage.
 * @param stage of the row: a standard for 义务教育 holds for primary and junior schools, and for values without a stage
 */
export function standingsOf(figure: Measured, stage: string, standards: readonly StandardSketch[]): Standing[] {
  return standards
    .filter((standard) => standard.indicator === figure.indicator && holdsFor(standard.stage, stage))
    .map((standard) => standingOf(figure, standard));
}

/** The first that applies and was in force, else the first at all; null where there is none. */
export function chiefStanding(standings: readonly Standing[]): Standing | null {
  return standings.find((standing) => standing.relation !== 'not_applicable') ?? standings[0] ?? null;
}

const holdsFor = (standard: string, stage: string): boolean =>
  standard === stage ||
  (standard === 'compulsory' && ['primary', 'junior', ''].includes(stage)) ||
  (standard === 'all' && ['', 'compulsory'].includes(stage));

function standingOf(figure: Measured, standard: StandardSketch): Standing {
  const nature = figure.status === 'actual' ? 'achievement' : figure.status === 'standard' ? 'quoted' : 'target';
  const isCopy = nature !== 'achievement' && figure.value === standard.value && figure.valueMax === null;
  const common = {
    standard,
    nature,
    isCopy,
    isCountyMean: standard.appliesTo === 'school',
    dimension: figure.dimension,
  } as const;
  if (figure.unit !== standard.unit && !areBothPeople(figure.unit, standard.unit))
    return { ...common, relation: 'not_applicable', reason: 'other_unit', margin: null };
  if (!isInForce(standard, figure.period?.to ?? figure.documentDate))
    return { ...common, relation: 'not_applicable', reason: 'not_in_force', margin: null };
  const isLess = standard.operator.startsWith('<');
  const margin = isLess ? standard.value - figure.value : figure.value - standard.value;
  return { ...common, relation: relationOf(figure, standard), reason: null, margin };
}

const areBothPeople = (a: string, b: string): boolean => [a, b].every((unit) => unit === '人' || unit === '名');

/** Whether a standard was in force at a time; at the precision that both have. A time that is unknown is taken as today's. */
export function isInForce({ from, to }: Pick<StandardSketch, 'from' | 'to'>, at: string | null): boolean {
  if (at === null) return to === undefined;
  const [first, last] = [String(from), to === undefined ? null : String(to)];
  return (
    at.slice(0, first.length) >= first.slice(0, at.length) &&
    (last === null || at.slice(0, last.length) <= last.slice(0, at.length))
  );
}

function relationOf(figure: Measured, { operator, value }: StandardSketch): Relation {
  const meets = (number: number): boolean => {
    if (operator === '>=') return number >= value;
    if (operator === '<=') return number <= value;
    if (operator === '>') return number > value;
    return operator === '<' ? number < value : number === value;
  };
  const told = [figure.value, figure.valueMax ?? figure.value].map(meets);
  if (told[0] !== told[1]) return 'undecided';
  const isLess = operator.startsWith('<');
  const opensUp = figure.bound === 'at_least' || figure.bound === 'over';
  const opensDown = figure.bound === 'at_most' || figure.bound === 'under';
  // A bound that opens away from the threshold leaves the question as it is; one that opens towards it leaves it undecided.
  if (told[0]) return (isLess && opensUp && figure.value !== value) || (!isLess && opensDown) ? 'undecided' : 'met';
  return (isLess && opensDown) || (!isLess && opensUp) ? 'undecided' : 'short';
}

const signs: Record<Relation, string> = { met: '▲', short: '▼', undecided: '△', not_applicable: '–' };
/** What is only intended or quoted gets an outline: it is no achievement. */
const outlines: Record<Relation, string> = { ...signs, met: '◇', short: '▽' };

const operatorSigns: Record<StandardSketch['operator'], string> = {
  '>=': '≥',
  '<=': '≤',
  '=': '=',
  '>': '>',
  '<': '<',
};

const words = {
  zh: {
    school: '校级门槛',
    county: '县级',
    copy: '目标等于标准',
    target: '目标',
    quoted: '引用标准',
    old: '当时未施行',
    unit: '单位不同',
  },
  en: {
    school: 'each school',
    county: 'county',
    copy: 'target = standard',
    target: 'target',
    quoted: 'standard quoted',
    old: 'not in force',
    unit: 'another unit',
  },
} as const;

const writeAs = (value: number, dimension: string): string =>
  dimension === 'ratio'
    ? `${writeNumber(Number(value.toPrecision(12)), -2)}%`
    : writeNumber(Number(value.toPrecision(12)), 0);

/** `≥4.2 校级门槛 教督〔2017〕6号`: the head of a row. */
export function writeStandard(standard: StandardSketch, dimension: string, language: Language): string {
  return `${operatorSigns[standard.operator]}${writeAs(standard.value, dimension)} ${words[language][standard.appliesTo]} ${standard.number}`;
}

/**
 * `▲ ≥4.2 +4.3 校级门槛`: one line under a value. The margin is positive where the value is better than the threshold. A county mean
 * beside a threshold for each school carries its mark and is no verdict on the county.
 */
export function writeStanding({ standard, ...standing }: Standing, language: Language): string {
  const word = words[language];
  const sign = (standing.nature === 'achievement' ? signs : outlines)[standing.relation];
  const limit = `${sign} ${operatorSigns[standard.operator]}${writeAs(standard.value, standing.dimension)}`;
  if (standing.margin === null) return `${limit} ${standing.reason === 'not_in_force' ? word.old : word.unit}`;
  const marks = [
    ...(standing.isCountyMean ? [word.school] : []),
    ...(standing.isCopy && standing.nature === 'target'
      ? [word.copy]
      : standing.nature === 'target'
        ? [word.target]
        : []),
    ...(standing.nature === 'quoted' ? [word.quoted] : []),
  ];
  const margin = `${standing.margin >= 0 ? '+' : '−'}${writeAs(Math.abs(standing.margin), standing.dimension)}`;
  return [limit, margin, ...marks].join(' ');
}
