// Official standards beside values: whether a value meets one, by how much, from which document, and whether the threshold is one for
// each school, which a county mean can only be laid beside. A target that equals its standard is a target and no achievement.
import type { StoredFigure } from '../model/cell.js';
import type { Language } from './wording.js';
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

export const relations = ['met', 'short', 'undecided', 'not_applicable'] as const;
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

const relationWords: Record<Language, Record<Relation, string>> = {
  zh: { met: '不低于标准', short: '未及标准', undecided: '未定', not_applicable: '不适用' },
  en: { met: 'meets', short: 'short of', undecided: 'undecided', not_applicable: 'not applicable' },
};

/** `▲ 标准4.2 +4.3 (校级门槛,县均值仅供参考) 教督〔2017〕6号`: one line under a value. */
export function writeStanding({ standard, ...standing }: Standing, language: Language): string {
  const { sign, scale } = standing.dimension === 'ratio' ? { sign: '%', scale: -2 } : { sign: '', scale: 0 };
  const number = (value: number) => `${writeNumber(Number(value.toPrecision(12)), scale)}${sign}`;
  const zh = language === 'zh';
  const limit = `${zh ? '标准' : ''}${operatorSigns[standard.operator]}${number(standard.value)}`;
  if (standing.relation === 'not_applicable') {
    const why =
      standing.reason === 'not_in_force' ? (zh ? '当时未施行' : 'not in force') : zh ? '单位不同' : 'another unit';
    return `– ${limit} ${relationWords[language].not_applicable}(${why}) ${standard.number}`;
  }
  const margin =
    standing.margin === null ? '' : ` ${standing.margin >= 0 ? '+' : '−'}${number(Math.abs(standing.margin))}`;
  const marks = [
    standing.isCountyMean
      ? zh
        ? '校级门槛,县均值仅供参考'
        : 'a threshold for each school; a county mean is no verdict'
      : '',
    standing.isCopy
      ? zh
        ? '目标等于标准'
        : 'a target equal to the standard'
      : standing.nature === 'target'
        ? zh
          ? '目标'
          : 'target'
        : '',
    standing.nature === 'quoted' ? (zh ? '引用标准' : 'the standard quoted') : '',
  ].filter((mark) => mark !== '');
  const note = marks.length > 0 ? ` (${marks.join(zh ? ';' : '; ')})` : '';
  return `${signs[standing.relation]} ${limit}${margin}${note} ${standard.number}`;
}

const operatorSigns: Record<StandardSketch['operator'], string> = {
  '>=': '≥',
  '<=': '≤',
  '=': '=',
  '>': '>',
  '<': '<',
};
