// The table of figures: one row a figure that fits, chosen or not, and one for each cell that has none, with the reason.
import type { Corpus, ListedFigure, RecordSource } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import { stagesOf, valueStatusOf } from '../compare/cells.js';
import { isWithin, parsePeriod } from '../compare/periods.js';
import { writeRaw } from '../compare/review-wording.js';
import { compareByCounty, countyOf, figurePages, type NamedComparison, resolveIndicators } from '../corpus.js';
import type { Cell, CompareQuery, StoredFigure } from '../model/cell.js';
import { chineseTables, type Table, type Value } from './table.js';
import { type ColumnName, columnsNamed } from './words.js';

const names = [
  'county_code',
  'county',
  'indicator',
  'indicator_zh',
  'stage',
  'dimension',
  'value_status',
  'value',
  'value_max',
  'unit',
  'per',
  'bound',
  'status',
  'accrual',
  'period_from',
  'period_to',
  'period_text',
  'subject',
  'action',
  'chosen',
  'chosen_stages',
  'choice',
  'salience',
  'whole',
  'of_figure',
  'figure_id',
  'others',
  'quote',
  'sentence',
  'document_id',
  'document_title',
  'document_number',
  'document_date',
  'publisher',
  'genre',
  'published',
  'signed',
  'url',
  'fetched_at',
  'sha256',
  'rules',
  'confidence',
  'province',
  'prefecture',
  'review',
  'reviewer',
  'reviewed_at',
  'review_reason',
  'as_read',
] as const satisfies readonly ColumnName[];

/** The columns of the table of figures. */
export const figureColumns = columnsNamed(names);

/** What a table of figures holds beside the figures of the comparison. */
export interface FigureOptions {
  /** Also figures that fit no indicator and, where no county is asked for, figures of no county. */
  every?: boolean;
}

/** Figures county by county, in the order of the counties; each county's missing cells behind its figures. */
export function figureTable(corpus: Corpus, query: CompareQuery, codebook: Codebook, options: FigureOptions): Table {
  return {
    name: 'figures',
    zh: chineseTables.figures,
    about: 'One row a figure that fits the filter, and one for each cell of the comparison that has no value.',
    key: null,
    columns: figureColumns,
    pages: figureRows(corpus, query, codebook, options),
  };
}

async function* figureRows(
  corpus: Corpus,
  query: CompareQuery,
  codebook: Codebook,
  options: FigureOptions,
): AsyncGenerator<Value[][]> {
  const fits = filterOf(query, codebook);
  const nameOf = new Map(codebook.indicators.map((indicator) => [indicator.id, indicator.zh]));
  for await (const { comparison, figures } of compareByCounty(corpus, query, codebook, options)) {
    const chosen = chosenIn(comparison);
    yield [
      // One that fills a cell is of another period than was asked: it is there, and its row says so.
      ...figures
        .filter((figure) => fits(figure) || chosen.has(figure.id))
        .map((figure) => figureRow(figure, nameOf, chosen.get(figure.id) ?? [])),
      ...missingRows(comparison, figures),
    ];
  }
  if (!options.every || query.counties) return;
  const filter = query.indicators
    ? { indicators: resolveIndicators(query.indicators, codebook).map(({ id }) => id) }
    : { withIndicator: false };
  for await (const page of figurePages(corpus, null, filter))
    yield page.filter(fits).map((figure) => figureRow(figure, nameOf, []));
}

/** Whether a figure answers the query by its stage, period and status; county and indicator were asked of the corpus. */
function filterOf({ stages, period, statuses }: CompareQuery, codebook: Codebook): (figure: ListedFigure) => boolean {
  const asked = period === undefined ? null : parsePeriod(period);
  const indicators = new Map(codebook.indicators.map((indicator) => [indicator.id, indicator]));
  const stagesFor = (figure: ListedFigure): readonly string[] => {
    const indicator = figure.indicator === null ? undefined : indicators.get(figure.indicator);
    return indicator ? stagesOf(figure, indicator) : figure.stage;
  };
  return (figure) =>
    (!stages || stagesFor(figure).some((stage) => stages.includes(stage))) &&
    (asked === null || isWithin(figure, asked)) &&
    (!statuses || statuses.includes(figure.status));
}

/** The cells in which each figure is the chosen one. */
function chosenIn({ cells }: NamedComparison): Map<string, Cell[]> {
  const chosen = new Map<string, Cell[]>();
  for (const cell of cells.flat())
    if (cell.chosen) chosen.set(cell.chosen.id, [...(chosen.get(cell.chosen.id) ?? []), cell]);
  return chosen;
}

const placeValues = (code: string | null) => {
  const county = code === null ? null : countyOf(code);
  return { county, of: [code, county?.name ?? null] as const };
};

function figureRow(figure: ListedFigure, nameOf: ReadonlyMap<string, string>, cells: readonly Cell[]): Value[] {
  const { county, of } = placeValues(figure.place);
  // Its number stands in as_read alone, so that nobody counts it.
  const isRejected = figure.review?.action === 'reject';
  return [
    ...of,
    figure.indicator,
    figure.indicator === null ? null : (nameOf.get(figure.indicator) ?? null),
    figure.stage.join('|') || null,
    figure.dimension,
    isRejected ? 'rejected' : cells[0] ? valueStatusOf(cells[0]) : 'value',
    isRejected ? null : figure.value,
    isRejected ? null : figure.valueMax,
    figure.unit,
    figure.per.join('·') || null,
    figure.bound,
    figure.status,
    figure.accrual,
    figure.period?.from ?? null,
    figure.period?.to ?? null,
    figure.periodText,
    figure.subject,
    figure.action,
    cells.length > 0,
    cells.map((cell) => cell.row.stage || 'none').join('|') || null,
    cells[0]?.choice ?? null,
    figure.salience,
    figure.whole,
    figure.of,
    figure.id,
    cells.flatMap((cell) => cell.others.map((other) => other.id)).join(' ') || null,
    figure.quote,
    figure.sentence,
    ...sourceValues(figure),
    figure.rules.join('; '),
    figure.confidence,
    county?.place?.province ?? null,
    county?.place?.prefecture ?? null,
    ...reviewValues(figure),
  ];
}

/** Decision to reading, in the order in which tables have them. */
export const reviewValues = (figure: StoredFigure): (string | null)[] => [
  figure.review?.action ?? null,
  figure.review?.reviewer ?? null,
  figure.review?.decidedAt ?? null,
  figure.review?.reason ?? null,
  writeRaw(figure),
];

/** Document id to SHA-256, in the order in which every table of records has them. */
export function sourceValues(source: RecordSource): Value[] {
  return [
    String(source.documentId),
    source.documentTitle,
    source.documentNumber,
    source.documentDate,
    source.publisher,
    source.genre,
    source.publishedIso,
    source.signedIso,
    source.url,
    source.fetchedAt,
    source.sha256,
  ];
}

function missingRows(comparison: NamedComparison, figures: readonly ListedFigure[]): Value[][] {
  const known = new Set(figures.map((figure) => figure.id));
  return comparison.cells.flat().flatMap(({ place, row, missing, others }) => {
    if (missing === null) return [];
    const { county, of } = placeValues(place);
    const indicator = comparison.indicators.get(row.indicator)!;
    const values: Partial<Record<ColumnName, Value>> = {
      county_code: of[0],
      county: of[1],
      indicator: row.indicator,
      indicator_zh: indicator.zh,
      stage: row.stage || null,
      dimension: row.dimension,
      value_status: missing,
      unit: indicator.unit,
      chosen: false,
      others: others.flatMap(({ id }) => (known.has(id) ? [id] : [])).join(' ') || null,
      province: county?.place?.province ?? null,
      prefecture: county?.place?.prefecture ?? null,
    };
    return [names.map((name) => values[name] ?? null)];
  });
}
