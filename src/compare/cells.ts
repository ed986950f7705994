// Figures to the cells of a county × indicator matrix. What may be compared is decided here, by rule: the same indicator, stage,
// dimension, unit, kind (reached or intended) and period. Pure.
import type { Cell, CellRow, Choice, CompareQuery, Comparison, MissingReason, StoredFigure } from '../model/cell.js';
import type { Stage, Status } from '../model/record.js';
import { type AskedPeriod, isWithin, parsePeriod, yearsFrom } from './periods.js';

/** What comparing needs to know of an indicator; rows come in this order. */
export interface IndicatorSketch {
  id: string;
  dimensions: readonly string[];
  /** The unit in which its cells are compared, and further units that are taken as equal to it. */
  units: readonly string[];
  stages: readonly string[];
}

export interface CompareInput {
  figures: readonly StoredFigure[];
  /** Codes, in the order of the columns. */
  counties: readonly string[];
  indicators: readonly IndicatorSketch[];
  /** Counties of which any document was read: the others were not crawled. */
  read: ReadonlySet<string>;
  query: CompareQuery;
  /** The rows, where more counties than these decide them; as `cellRows` gives them. */
  rows?: readonly CellRow[];
}

/** What tells for which cells a figure stands. */
type Shape = Pick<StoredFigure, 'indicator' | 'stage' | 'dimension' | 'per'>;

/**
 * The matrix. Rows are indicators at a stage for which any of the counties has a figure; an indicator or stage that was asked for
 * has its row in any case.
 * @throws UsageError where the period of the query cannot be read.
 */
export function compareFigures(input: CompareInput): Comparison {
  const { counties, indicators, query } = input;
  const figures = input.figures.filter((figure) => figure.place !== null);
  const period = query.period === undefined ? null : parsePeriod(query.period);
  const byIndicator = groupByIndicator(figures);
  const sketches = new Map(indicators.map((indicator) => [indicator.id, indicator]));
  const rows = input.rows ?? rowsOf(indicators, byIndicator, query);
  const byCounty = new Map([...byIndicator].map(([indicator, own]) => [indicator, groupBy(own, ({ place }) => place)]));
  const cells = rows.map((row) => {
    const own = byCounty.get(row.indicator);
    return counties.map((place) =>
      cellOf(place, row, sketches.get(row.indicator)!, own?.get(place) ?? [], period, input),
    );
  });
  return { counties: [...counties], rows: [...rows], cells };
}

/** The rows that figures of these shapes give, indicator by indicator. */
export function cellRows(
  indicators: readonly IndicatorSketch[],
  shapes: readonly Shape[],
  query: CompareQuery,
): CellRow[] {
  return rowsOf(indicators, groupByIndicator(shapes), query);
}

const rowsOf = (
  indicators: readonly IndicatorSketch[],
  byIndicator: ReadonlyMap<string, readonly Shape[]>,
  query: CompareQuery,
): CellRow[] => indicators.flatMap((indicator) => rowsOfOne(indicator, byIndicator.get(indicator.id) ?? [], query));

const groupByIndicator = <Item extends Shape>(figures: readonly Item[]): Map<string, Item[]> =>
  groupBy(figures, ({ indicator }) => indicator);

/** Items by a key; those without one are left out. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key | null): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const stageOrder = ['', 'all', 'compulsory', 'preschool', 'primary', 'junior', 'senior', 'vocational', 'special'];

function rowsOfOne(indicator: IndicatorSketch, figures: readonly Shape[], query: CompareQuery): CellRow[] {
  const asked = query.indicators?.includes(indicator.id) ?? false;
  const rows: CellRow[] = [];
  const add = (stage: string, dimension: string) => {
    if (query.stages && !query.stages.includes(stage)) return;
    if (rows.some((row) => row.stage === stage && row.dimension === dimension)) return;
    rows.push({ indicator: indicator.id, stage: stage as Stage | '', dimension });
  };
  for (const figure of figures) for (const stage of stagesOf(figure, indicator)) add(stage, figure.dimension);
  if (asked && rows.length === 0) {
    for (const stage of query.stages ?? indicator.stages.slice(0, 1)) add(stage, indicator.dimensions[0] ?? 'other');
  }
  const place = (row: CellRow) => stageOrder.indexOf(row.stage) + indicator.dimensions.indexOf(row.dimension) * 100;
  return rows.sort((a, b) => place(a) - place(b));
}

/**
 * The stages for which a figure stands. A share or an amount per pupil that is told for two stages holds for each; a sum over
 * primary and junior schools is one for compulsory education. Without a stage it takes the indicator's only one.
 */
export function stagesOf(
  figure: Pick<Shape, 'stage' | 'dimension' | 'per'>,
  indicator: Pick<IndicatorSketch, 'stages'>,
): readonly string[] {
  const { stage } = figure;
  if (stage.length === 0) return indicator.stages.length === 1 ? indicator.stages : [''];
  if (stage.length === 1) return stage;
  const isSum = ['money', 'count', 'area', 'length'].includes(figure.dimension) && figure.per.every(isTime);
  if (!isSum) return stage;
  return stage.length === 2 && stage.includes('primary') && stage.includes('junior') ? ['compulsory'] : ['all'];
}

const isTime = (per: string): boolean => /[年月日周季]$|学期$/.test(per);

function cellOf(
  place: string,
  row: CellRow,
  indicator: IndicatorSketch,
  ofCounty: readonly StoredFigure[],
  period: AskedPeriod | null,
  { query, read }: CompareInput,
): Cell {
  const ofAnyTime = ofCounty.filter(
    (figure) =>
      figure.dimension === row.dimension &&
      stagesOf(figure, indicator).includes(row.stage) &&
      hasUnit(figure, indicator),
  );
  const ofRow = period === null ? ofAnyTime : ofAnyTime.filter((figure) => isWithin(figure, period));
  const wanted: readonly Status[] = query.statuses ?? ['actual'];
  const fits = (figure: StoredFigure): boolean => wanted.includes(figure.status) && !isRejected(figure);
  const fitting = ofRow.filter(fits);
  if (fitting.length > 1) sortByPreference(fitting);
  const [chosen, second] = fitting;
  if (chosen) {
    const choice = second ? differenceOf(chosen, second) : 'only';
    return { place, row, chosen, choice, others: [...fitting.slice(1), ...rest(ofRow, fitting)], missing: null };
  }
  const filled = period !== null && query.fill === 'nearest' ? nearestOf(ofAnyTime.filter(fits), period) : null;
  if (filled)
    return { place, row, chosen: filled, choice: 'other_period', others: rest(ofAnyTime, [filled]), missing: null };
  const missing = missingReason(ofCounty, ofRow, row, indicator, read.has(place));
  return { place, row, chosen: null, choice: null, others: ofRow.length > 0 ? ofRow : [...ofCounty], missing };
}

/** The figure whose period is nearest to the one asked; of equally near ones the preferred. One without a period is near to none. */
function nearestOf(figures: readonly StoredFigure[], asked: AskedPeriod): StoredFigure | null {
  const dated = figures.filter((figure) => figure.period !== null);
  sortByPreference(dated);
  const distance = (figure: StoredFigure): number => yearsFrom(figure.period!, asked);
  return [...dated].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** What tables tell of a cell's value: that there is one, that it is of another period than was asked, or why there is none. */
export const valueStatusOf = ({ missing, choice }: Cell): MissingReason | 'value' | 'other_period' =>
  missing ?? (choice === 'other_period' ? 'other_period' : 'value');

/** A person found that the sentence does not say so. */
const isRejected = ({ review }: StoredFigure): boolean => review?.action === 'reject';

/** The figure that a cell shows: the chosen one, else the goal where only that is told. */
export function shownFigure(cell: Cell): StoredFigure | null {
  if (cell.chosen || cell.missing !== 'target_only') return cell.chosen;
  const told = cell.others.filter((figure) => !isRejected(figure));
  return told.find((figure) => figure.status !== 'standard') ?? told[0] ?? null;
}

const rest = (all: readonly StoredFigure[], taken: readonly StoredFigure[]): StoredFigure[] =>
  all.filter((figure) => !taken.includes(figure));

/** Dimensions that measure have one base unit each; what is counted must be counted in the indicator's own words. */
const hasUnit = (figure: StoredFigure, indicator: IndicatorSketch): boolean =>
  indicator.units.includes(figure.unit) ||
  (figure.dimension !== 'count' && indicator.dimensions[0] !== figure.dimension);

function missingReason(
  ofCounty: readonly StoredFigure[],
  ofRow: readonly StoredFigure[],
  row: CellRow,
  indicator: IndicatorSketch,
  wasRead: boolean,
): MissingReason {
  if (!wasRead) return 'not_crawled';
  const left = ofRow.filter((figure) => !isRejected(figure));
  if (ofRow.length > 0 && left.length === 0) return 'rejected';
  if (row.stage !== '' && !indicator.stages.includes(row.stage) && ofCounty.length === 0) return 'not_applicable';
  if (left.some((figure) => figure.status === 'planned' || figure.status === 'target')) return 'target_only';
  return ofCounty.length > 0 ? 'not_comparable' : 'not_mentioned';
}

type Order = (a: StoredFigure, b: StoredFigure) => number;

/** The smaller number first. */
const by =
  (rank: (figure: StoredFigure) => number): Order =>
  (a, b) =>
    rank(a) - rank(b);

/** The later of ISO dates first; of two that agree as far as they go the coarser; one that is unknown last. */
const byLatest =
  (dateOf: (figure: StoredFigure) => string | null | undefined): Order =>
  (one, other) => {
    const [a, b] = [dateOf(one) ?? '', dateOf(other) ?? ''];
    if (a === b) return 0;
    if (a === '' || b === '') return a === '' ? 1 : -1;
    return b.startsWith(a) || (a > b && !a.startsWith(b)) ? -1 : 1;
  };

const isFlow = ({ accrual }: StoredFigure): number => (accrual === 'flow' ? 1 : 0);
const byLatestBeginning = byLatest((figure) => figure.period?.from);

/** The points on which one figure is preferred to another, most weighty first: below 0 the first is. */
const preferences: readonly [Choice, Order][] = [
  ['status', by((figure) => ['actual', 'planned', 'target', 'standard'].indexOf(figure.status))],
  ['dated', by((figure) => (isSumOfUnknownYears(figure) ? 1 : 0))],
  ['whole', by((figure) => (figure.whole === null ? 0 : 1))],
  ['change', by((figure) => (isFormer(figure) ? 1 : 0))],
  ['period', byLatest((figure) => figure.period?.to)],
  // Of two that end together the sum over fewer years is nearer to what others report.
  ['period', (a, b) => isFlow(a) - isFlow(b) || (isFlow(a) ? byLatestBeginning(a, b) : 0)],
  ['core', by((figure) => (figure.salience === 'core' ? 0 : 1))],
  ['document', byLatest((figure) => figure.documentDate)],
  ['text_order', (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)],
];

/** 累计投入… without a time: nobody can say of which years it is the sum, so that it stands behind all that are dated or recur. */
const isSumOfUnknownYears = ({ accrual, period }: StoredFigure): boolean => accrual === 'flow' && period === null;

/** What was found of figures whose sentences were looked through: a figure is compared with several others. */
const formers = new WeakMap<StoredFigure, boolean>();

/** 由6.2%下降到0.4%: what it was before a change. */
function isFormer(figure: StoredFigure): boolean {
  let found = formers.get(figure);
  if (found === undefined) {
    found = tellsFormer(figure);
    formers.set(figure, found);
  }
  return found;
}

function tellsFormer({ sentence, quote }: StoredFigure): boolean {
  for (let at = sentence.indexOf(quote); at >= 0; at = sentence.indexOf(quote, at + 1))
    if (changesFrom.test(sentence.slice(0, at)) && changesTo.test(sentence.slice(at + quote.length))) return true;
  return false;
}

const changesFrom = /[由从](?:(?:19|20)\d\d年[底末初度]?)?(?:的|原来的?|过去的?|最初的?|以前的?)?$/;
const changesTo =
  /^[^,，。；;、]{0,6}(?:提高|提升|上升|增长|增加|扩大|扩充|下降|降低|减少|压缩|缩短|压减|回落|上涨|调整|优化|升|降|增|减|改)[到至为]/;

function sortByPreference(figures: StoredFigure[]): void {
  figures.sort((a, b) => {
    for (const [, order] of preferences) {
      const difference = order(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

const differenceOf = (a: StoredFigure, b: StoredFigure): Choice =>
  preferences.find(([, order]) => order(a, b) !== 0)?.[0] ?? 'text_order';
