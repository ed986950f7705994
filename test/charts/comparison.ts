// Comparisons of one row for the tests of charts, made by the comparison itself.
import { type Indicator, loadCodebook } from '../../extractors/index.js';
import { compareFigures } from '../../src/compare/cells.js';
import { standingsOf } from '../../src/compare/standards.js';
import { countyOf, type NamedComparison } from '../../src/corpus.js';
import type { StoredFigure } from '../../src/model/cell.js';

const codebook = loadCodebook('education');
const schools = codebook.indicators.find(({ id }) => id === 'school_count')!;

/** A figure that counts primary schools. */
export const figure = (fields: Partial<StoredFigure> = {}): StoredFigure => ({
  id: '1-001',
  place: null,
  indicator: 'school_count',
  dimension: 'count',
  value: 12,
  valueMax: null,
  unit: '所',
  bound: 'exact',
  per: [],
  subject: '小学',
  stage: ['primary'],
  period: null,
  periodText: null,
  accrual: 'stock',
  status: 'actual',
  whole: null,
  of: null,
  salience: 'core',
  quote: '12所',
  textStart: 0,
  textEnd: 3,
  sentence: '全县有小学12所。',
  confidence: 1,
  documentId: 1,
  documentTitle: '示例县年报',
  documentDate: '2024-03-01',
  url: 'https://site.example/a.html',
  ...fields,
});

/** Counties 990101 and on with their figures, of one indicator at one stage. */
export function comparisonOf(
  figures: readonly (readonly StoredFigure[])[],
  { indicator = schools, stage = 'primary' }: { indicator?: Indicator; stage?: string } = {},
): NamedComparison {
  const counties = figures.map((_, i) => String(990101 + i));
  const placed = figures.flatMap((own, i) => own.map((each) => ({ ...each, place: counties[i]! })));
  const comparison = compareFigures({
    figures: placed,
    counties,
    indicators: [
      { id: indicator.id, dimensions: [indicator.dimension].flat(), units: [indicator.unit], stages: indicator.stages },
    ],
    read: new Set(counties),
    query: { indicators: [indicator.id], stages: [stage] },
  });
  return {
    ...comparison,
    columns: counties.map(countyOf),
    indicators: new Map([[indicator.id, indicator]]),
    standings: comparison.cells.map((row) =>
      row.map(({ chosen }) => (chosen ? standingsOf(chosen, stage, codebook.standards) : [])),
    ),
    derived: comparison.cells.map((row) => row.map(() => [])),
  };
}
