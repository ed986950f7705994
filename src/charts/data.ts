// What the charts draw: of each row of a comparison the counties with their points, the standards as lines, and why a county has none.
// A point is compared only where its unit and denominator are those of the others; a county whose value is not keeps its row and says so.
import { shownFigure } from '../compare/cells.js';
import { type FoldedRow, foldRows } from '../compare/folded.js';
import { type StandardSketch, writeStandard } from '../compare/standards.js';
import {
  missingWords,
  otherPeriodWords,
  stageWords,
  statusWords,
  writePeriod,
  writeValue,
} from '../compare/wording.js';
import type { NamedComparison } from '../corpus.js';
import type { Cell, StoredFigure } from '../model/cell.js';
import type { Language } from '../model/language.js';

/** One value of a county. */
export interface Point {
  value: number;
  /** Upper end of a range. */
  upper: number | null;
  bound: string;
  isActual: boolean;
  /** `≥92.5%` */
  label: string;
  /** `2024 实际`, and where a cell was filled that it is of another period. */
  when: string;
  /** Year of the end of its period, null where the text gives no time. */
  year: number | null;
  id: string;
  sentence: string;
  documentId: number;
  /** ISO date of its document, null where unknown. */
  documentDate: string | null;
}

/** A county's row: always there, also without a point. */
export interface ChartCounty {
  code: string;
  name: string;
  /** The value that the cell shows; null where it has none that can be drawn beside the others. */
  chief: Point | null;
  /** Other values of the same words for the same period: the county tells the quantity in two ways. */
  rivals: Point[];
  /** What the county intends beside what it reached; null where it tells none. */
  goal: Point | null;
  /** Comparable values, one a year, in order of time. */
  series: Point[];
  /** Why there is no chief point, in words. */
  missing: string | null;
}

/** A standard as a reference line. */
export interface ChartLine {
  value: number;
  label: string;
  /** A threshold for each school, beside which a county mean is no verdict. */
  isForSchools: boolean;
}

export interface ChartRow {
  /** Names the row in addresses: indicator, stage and dimension. */
  key: string;
  title: string;
  dimension: string;
  unit: string;
  per: string[];
  /** Made when they are first asked for: most rows of a large comparison stand on another page. */
  readonly counties: ChartCounty[];
  lines: ChartLine[];
  /** Counties with a point, of all. */
  drawn: number;
  /** Different years that are told, and how many of them by the county with the most. */
  readonly years: { all: number; most: number };
}

/** The rows of a comparison that have something to draw. */
export function chartRows(comparison: NamedComparison, language: Language): ChartRow[] {
  return foldRows(comparison).flatMap((row) => chartRow(comparison, row, language) ?? []);
}

const keyOf = ({ row }: FoldedRow): string => `${row.indicator}.${row.stage}.${row.dimension}`;

function chartRow(comparison: NamedComparison, row: FoldedRow, language: Language): ChartRow | null {
  const shown = row.cells.flatMap((cell) => shownFigure(cell) ?? []);
  const measure = commonMeasure(shown);
  if (!measure) return null;
  const indicator = comparison.indicators.get(row.row.indicator)!;
  const stages = row.stages.flatMap((stage) => stageWords[language][stage] || []);
  const standards = new Set(comparison.standings[row.index]!.flatMap((cell) => cell.map(({ standard }) => standard)));
  let counties: ChartCounty[] | null = null;
  return {
    key: keyOf(row),
    title: titleOf(indicator[language], stages, language),
    dimension: row.row.dimension,
    unit: measure.unit,
    per: measure.per,
    get counties() {
      counties ??= row.cells.map((cell, i) => countyOf(cell, comparison.columns[i]!, measure, language));
      return counties;
    },
    lines: linesOf(standards, measure.unit, row.row.dimension, language),
    get years() {
      return yearsOf(row.cells, measure);
    },
    drawn: shown.filter((figure) => isMeasuredIn(figure, measure)).length,
  };
}

const titleOf = (name: string, stages: readonly string[], language: Language): string =>
  stages.length === 0 ? name : language === 'zh' ? `${name}（${stages.join('、')}）` : `${name} (${stages.join(', ')})`;

type Measure = Pick<StoredFigure, 'unit' | 'per'>;

const isMeasuredIn = (figure: Measure, { unit, per }: Measure): boolean =>
  figure.unit === unit && figure.per.length === per.length && figure.per.every((each, i) => each === per[i]);

const measureKey = ({ unit, per }: Measure): string => `${unit}/${per.join('·')}`;

/** The unit and denominator that most counties use, the first of equals; null where there is no figure. */
function commonMeasure(figures: readonly StoredFigure[]): Measure | null {
  const counts = new Map<string, { figure: StoredFigure; count: number }>();
  for (const figure of figures) {
    const known = counts.get(measureKey(figure));
    if (known) known.count += 1;
    else counts.set(measureKey(figure), { figure, count: 1 });
  }
  let best: { figure: StoredFigure; count: number } | null = null;
  for (const each of counts.values()) if (each.count > (best?.count ?? 0)) best = each;
  return best?.figure ?? null;
}

/** The figure that a cell shows, where it can be drawn beside the others. */
function chiefOf(cell: Cell, measure: Measure): StoredFigure | null {
  const shown = shownFigure(cell);
  return shown && isMeasuredIn(shown, measure) ? shown : null;
}

/** Figures of a cell that tell the same kind of thing as its chief, for other times or in other words. */
const besides = ({ others }: Cell, chief: StoredFigure, measure: Measure): StoredFigure[] =>
  others.filter((figure) => isMeasuredIn(figure, measure) && isSameKind(figure, chief));

function yearsOf(cells: readonly Cell[], measure: Measure): { all: number; most: number } {
  const all = new Set<string>();
  let most = 0;
  for (const cell of cells) {
    const chief = chiefOf(cell, measure);
    const told = chief ? [chief, ...besides(cell, chief, measure)] : [];
    const own = new Set(told.flatMap(({ period }) => period?.to.slice(0, 4) ?? []));
    for (const year of own) all.add(year);
    most = Math.max(most, own.size);
  }
  return { all: all.size, most };
}

function countyOf(
  cell: Cell,
  { code, name }: { code: string; name: string },
  measure: Measure,
  language: Language,
): ChartCounty {
  const shown = shownFigure(cell);
  const chief = chiefOf(cell, measure);
  const others = chief ? besides(cell, chief, measure) : [];
  const rivals = others.filter((figure) => chief && isRival(figure, chief));
  const goal = chief && goalBeside(cell, chief, measure);
  const words = missingWords[language];
  return {
    code,
    name,
    chief: chief && chiefPointOf(chief, cell, language),
    rivals: distinct(rivals).map((figure) => pointOf(figure, language)),
    goal: goal ? pointOf(goal, language) : null,
    series: seriesOf(chief ? [chief, ...others] : []).map((figure) => pointOf(figure, language)),
    missing: chief
      ? null
      : cell.missing
        ? words[cell.missing]!
        : `${words.not_comparable!} ${shown ? writeValue(shown) : ''}`.trim(),
  };
}

/** The intention for the latest time beside a value that was reached. */
const goalBeside = ({ others }: Cell, chief: StoredFigure, measure: Measure): StoredFigure | null =>
  chief.status !== 'actual'
    ? null
    : (others
        .filter(({ status, whole }) => (status === 'planned' || status === 'target') && whole === chief.whole)
        .filter((figure) => isMeasuredIn(figure, measure))
        .sort((a, b) => ((a.period?.to ?? '') > (b.period?.to ?? '') ? -1 : 1))[0] ?? null);

/** Figures of one value are one point. */
function distinct(figures: readonly StoredFigure[]): StoredFigure[] {
  const seen = new Set<string>();
  return figures.filter((figure) => {
    const key = `${writePeriod(figure)} ${figure.value} ${figure.valueMax}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Reached or intended alike, whole or part alike, a state or a sum alike. */
const isSameKind = (a: StoredFigure, b: StoredFigure): boolean =>
  a.dimension === b.dimension &&
  a.status === b.status &&
  (a.whole === null) === (b.whole === null) &&
  a.accrual === b.accrual;

/** The same words for the same time with another number: without a time, or with other words, it may be another quantity. */
const isRival = (figure: StoredFigure, chief: StoredFigure): boolean =>
  chief.period !== null &&
  writePeriod(figure) === writePeriod(chief) &&
  figure.subject === chief.subject &&
  (figure.value !== chief.value || figure.valueMax !== chief.valueMax);

/** In order of time, of each year the one that is preferred; those without a time cannot be drawn on it. */
function seriesOf(figures: readonly StoredFigure[]): StoredFigure[] {
  const ofYear = new Map<string, StoredFigure>();
  for (const figure of figures) {
    const year = figure.period?.to.slice(0, 4);
    if (year !== undefined && !ofYear.has(year)) ofYear.set(year, figure);
  }
  return [...ofYear.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, figure]) => figure);
}

function pointOf(figure: StoredFigure, language: Language): Point {
  return {
    value: figure.value,
    upper: figure.valueMax,
    bound: figure.bound,
    isActual: figure.status === 'actual',
    label: writeValue(figure),
    when: `${writePeriod(figure)} ${statusWords[language][figure.status]}`,
    year: figure.period ? Number(figure.period.to.slice(0, 4)) : null,
    id: figure.id,
    sentence: figure.sentence,
    documentId: figure.documentId,
    documentDate: figure.documentDate,
  };
}

/** A value of another period than was asked says so. */
function chiefPointOf(chief: StoredFigure, { choice }: Cell, language: Language): Point {
  const point = pointOf(chief, language);
  return choice === 'other_period' ? { ...point, when: `${point.when} ${otherPeriodWords[language]}` } : point;
}

/** Standards of the row's unit, each once. */
function linesOf(
  standards: Iterable<StandardSketch>,
  unit: string,
  dimension: string,
  language: Language,
): ChartLine[] {
  const lines = new Map<string, ChartLine>();
  for (const standard of standards) {
    if (standard.unit !== unit) continue;
    const label = writeStandard(standard, dimension, language);
    lines.set(label, { value: standard.value, label, isForSchools: standard.appliesTo === 'school' });
  }
  return [...lines.values()];
}
