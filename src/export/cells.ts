// The table of cells: one row a cell of the comparison, with the standard beside its value and what was derived from it.
import type { Corpus } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import { valueStatusOf } from '../compare/cells.js';
import { writeDerived } from '../compare/normalise.js';
import { chiefStanding } from '../compare/standards.js';
import { compareByCounty, type NamedComparison } from '../corpus.js';
import type { CompareQuery } from '../model/cell.js';
import { reviewValues } from './figures.js';
import { chineseTables, type Table, type Value } from './table.js';
import { type ColumnName, columnsNamed } from './words.js';

/** The columns of a table of cells. */
export const cellColumns = [
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
  'figure_id',
  'others',
  'quote',
  'sentence',
  'document_title',
  'document_date',
  'url',
  'standard',
  'standard_relation',
  'standard_nature',
  'standard_margin',
  'standard_applies_to',
  'standard_number',
  'target_equals_standard',
  'derived',
  'derived_values',
  'derived_from',
  'review',
  'reviewer',
  'reviewed_at',
  'review_reason',
  'as_read',
] as const satisfies readonly ColumnName[];

/** Cells county by county. */
export function cellTable(corpus: Corpus, query: CompareQuery, codebook: Codebook): Table {
  async function* pages(): AsyncGenerator<Value[][]> {
    for await (const { comparison } of compareByCounty(corpus, query, codebook)) yield cellRowsOf(comparison);
  }
  return {
    name: 'cells',
    zh: chineseTables.cells,
    about: 'One row a cell of the comparison: county × indicator × stage.',
    key: null,
    columns: columnsNamed(cellColumns),
    pages: pages(),
  };
}

const noReview = [null, null, null, null, null];

/** One row a cell; what was derived stands in columns of its own. */
export function cellRowsOf(comparison: NamedComparison): (string | number | null)[][] {
  return comparison.rows.flatMap((row, index) =>
    comparison.cells[index]!.map((cell, column) => {
      const { chosen } = cell;
      const county = comparison.columns[column]!;
      const indicator = comparison.indicators.get(row.indicator)!;
      const standing = chiefStanding(comparison.standings[index]![column]!);
      const derived = comparison.derived[index]![column]!.flatMap((each) => each.derived ?? []);
      return [
        county.code,
        county.name,
        row.indicator,
        indicator.zh,
        row.stage,
        row.dimension,
        valueStatusOf(cell),
        chosen?.value ?? null,
        chosen?.valueMax ?? null,
        chosen?.unit ?? indicator.unit,
        chosen?.per.join('·') ?? null,
        chosen?.bound ?? null,
        chosen?.status ?? null,
        chosen?.accrual ?? null,
        chosen?.period?.from ?? null,
        chosen?.period?.to ?? null,
        chosen?.periodText ?? null,
        chosen?.id ?? null,
        cell.others.map((figure) => figure.id).join(' '),
        chosen?.quote ?? null,
        chosen?.sentence ?? null,
        chosen?.documentTitle ?? null,
        chosen?.documentDate ?? null,
        chosen?.url ?? null,
        standing ? `${standing.standard.operator}${standing.standard.value}` : null,
        standing?.relation ?? null,
        standing?.nature ?? null,
        standing?.margin ?? null,
        standing?.standard.appliesTo ?? null,
        standing?.standard.number ?? null,
        standing ? (standing.isCopy && standing.nature === 'target' ? 1 : 0) : null,
        derived.map(writeDerived).join(' ') || null,
        derived.map(({ normalisation, value }) => `${normalisation}=${value}`).join(' ') || null,
        derived.map(({ figures }) => figures.join('+')).join(' ') || null,
        ...(chosen ? reviewValues(chosen) : noReview),
      ];
    }),
  );
}
