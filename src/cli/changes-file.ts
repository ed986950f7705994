// Changes as lines for machines: what `xianjian changes --csv` writes.
import type { Codebook } from '../../extractors/index.js';
import type { Change } from '../compare/changes.js';
import { writePeriod } from '../compare/wording.js';
import type { StoredFigure } from '../model/cell.js';
import type { CountyChanges, DocumentChanges } from '../over-time.js';
import { writeCsv } from './table.js';

const sideColumns = ['value', 'bound', 'period', 'id', 'document', 'date', 'sentence'] as const;

const head = [
  'comparison',
  'change',
  'indicator',
  'indicator_zh',
  'subject',
  'stage',
  'unit',
  ...sideColumns.map((name) => `before_${name}`),
  ...sideColumns.map((name) => `after_${name}`),
  'difference',
  'uneven_periods',
];

/**
 * One line a change or plan. `comparison` is `over_time`, `documents` or `plan`; of a plan `before` is the plan and `after` what was
 * reported. Values and differences are in the base unit of the indicator.
 */
export function changesCsv(answer: CountyChanges | DocumentChanges, codebook: Codebook): string {
  const names = new Map(codebook.indicators.map(({ id, zh }) => [id, zh]));
  const line = (comparison: string, word: string, change: Pick<Change, 'stage' | 'before' | 'after'>) => {
    const figure = (change.after ?? change.before)!;
    const name = figure.indicator === null ? null : (names.get(figure.indicator) ?? null);
    return [
      comparison,
      word,
      figure.indicator,
      name,
      figure.subject,
      change.stage,
      figure.unit,
      ...side(change.before),
      ...side(change.after),
    ];
  };
  const ofChange = (comparison: string) => (change: Change) => [
    ...line(comparison, change.kind, change),
    change.difference,
    change.isUneven ? 1 : 0,
  ];
  if (!('overTime' in answer)) return writeCsv(head, answer.changes.map(ofChange('documents')));
  return writeCsv(head, [
    ...answer.overTime.map(ofChange('over_time')),
    ...answer.series.flatMap(({ changes }) => changes.map(ofChange('documents'))),
    ...answer.plans.map(({ plan, result, outcome, stage }) => [
      ...line('plan', outcome, { stage, before: plan, after: result }),
      result ? result.value - plan.value : null,
      0,
    ]),
  ]);
}

const side = (figure: StoredFigure | null): (string | number | null)[] =>
  figure
    ? [
        figure.value,
        figure.bound,
        figure.period === null ? null : writePeriod(figure),
        figure.id,
        figure.documentId,
        figure.documentDate,
        figure.sentence,
      ]
    : sideColumns.map(() => null);
