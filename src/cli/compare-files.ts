// A comparison as files: one JSON object, or CSV with one line a cell.
import { writeDerived } from '../compare/normalise.js';
import { chiefStanding, type Standing } from '../compare/standards.js';
import type { NamedComparison } from '../corpus.js';
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

const columns = [
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
] as const;

/** One line a cell; what was derived stands in columns of its own. */
export function comparisonCsv(comparison: NamedComparison): string {
  const rows = comparison.rows.flatMap((row, index) =>
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
        cell.missing ?? 'value',
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
      ];
    }),
  );
  return writeCsv(columns, rows);
}
