// Changes as a table: one row a change or plan.
import type { Codebook } from '../../extractors/index.js';
import type { Change } from '../compare/changes.js';
import { writePeriod } from '../compare/wording.js';
import type { StoredFigure } from '../model/cell.js';
import type { CountyChanges, DocumentChanges } from '../over-time.js';
import { column } from './codebook.js';
import type { Column } from './table.js';
import { columnsNamed } from './words.js';

const sideColumns = (side: 'before' | 'after', zh: string): Column[] => [
  column(`${side}_value`, `${zh}值`, 'The number in the base unit.', 'number'),
  column(`${side}_bound`, `${zh}界限`, 'How the words bound it.'),
  column(`${side}_period`, `${zh}时期`, 'What time it is about.'),
  column(`${side}_id`, `${zh}数据编号`, 'Id of the figure.', 'code'),
  column(`${side}_document`, `${zh}文件编号`, 'Number of its document.', 'integer'),
  column(`${side}_date`, `${zh}文件日期`, 'Date of its document.', 'date'),
  column(`${side}_sentence`, `${zh}原句`, 'The sentence that says so.'),
];

/** The columns of the table of changes. */
export const changeColumns: readonly Column[] = [
  column(
    'comparison',
    '比较',
    'over_time, documents or plan; of a plan `before` is the plan, `after` what was reported.',
  ),
  column('change', '变化', 'raised, lowered, same, new or gone; of a plan its outcome.'),
  ...columnsNamed(['indicator', 'indicator_zh', 'subject', 'stage', 'unit']),
  ...sideColumns('before', '先'),
  ...sideColumns('after', '后'),
  column('difference', '差', 'Later minus earlier in the base unit.', 'number'),
  column('uneven_periods', '时段不等', '1 where the two sums are over times of different length.', 'integer'),
];

type Line = (string | number | null)[];

/** Rows of the table: of a county its time, series and plans, of two documents their differences. */
export function changeRows(answer: CountyChanges | DocumentChanges, codebook: Codebook): Line[] {
  const names = new Map(codebook.indicators.map(({ id, zh }) => [id, zh]));
  const line = (
    comparison: string,
    word: string,
    { stage, before, after }: Pick<Change, 'stage' | 'before' | 'after'>,
  ) => {
    const { indicator, subject, unit } = (after ?? before)!;
    const name = indicator === null ? null : (names.get(indicator) ?? null);
    return [comparison, word, indicator, name, subject, stage, unit, ...side(before), ...side(after)];
  };
  const ofChange = (comparison: string) => (change: Change) => [
    ...line(comparison, change.kind, change),
    change.difference,
    change.isUneven ? 1 : 0,
  ];
  if (!('overTime' in answer)) return answer.changes.map(ofChange('documents'));
  return [
    ...answer.overTime.map(ofChange('over_time')),
    ...answer.series.flatMap(({ changes }) => changes.map(ofChange('documents'))),
    ...answer.plans.map(({ plan, result, outcome, stage }) => [
      ...line('plan', outcome, { stage, before: plan, after: result }),
      result ? result.value - plan.value : null,
      0,
    ]),
  ];
}

const side = (figure: StoredFigure | null): Line =>
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
    : [null, null, null, null, null, null, null];
