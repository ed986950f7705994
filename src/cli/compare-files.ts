// A comparison as files: one JSON object, or CSV with one line a cell.
import type { Standing } from '../compare/standards.js';
import type { NamedComparison } from '../corpus.js';
import { cellColumns, cellRowsOf } from '../export/cells.js';
import { writeCsv } from './table.js';

/** The comparison as one JSON object. */
export function comparisonJson(comparison: NamedComparison): unknown {
  return {
    counties: comparison.columns.map(({ code, name }) => ({ code, name })),
    rows: comparison.rows.map((row, index) => {
      const indicator = comparison.indicators.get(row.indicator)!;
      return {
        ...row,
        zh: indicator.zh,
        en: indicator.en,
        unit: indicator.unit,
        cells: comparison.cells[index]!.map(({ place, chosen, choice, others, missing }, county) => ({
          county: place,
          value_status: missing ?? 'value',
          chosen,
          choice,
          others,
          standards: comparison.standings[index]![county]!.map(standingJson),
          derived: comparison.derived[index]![county]!,
        })),
      };
    }),
  };
}

/** A value beside a standard; `applies_to: school` with `county_mean` says that it is no verdict on any school. */
const standingJson = ({ standard, relation, reason, margin, nature, isCopy, isCountyMean }: Standing) => ({
  relation,
  reason,
  margin,
  nature,
  target_equals_standard: isCopy && nature === 'target',
  applies_to: standard.appliesTo,
  county_mean: isCountyMean,
  operator: standard.operator,
  value: standard.value,
  unit: standard.unit,
  stage: standard.stage,
  document: standard.document,
  number: standard.number,
  certainty: standard.certainty,
  note: standard.note ?? null,
});

/** One line a cell; what was derived stands in columns of its own. */
export function comparisonCsv(comparison: NamedComparison): string {
  return writeCsv(cellColumns, cellRowsOf(comparison));
}
