// The codebook as tables: the dictionary of indicators and the official standards; and what tables with rows in memory are made of.
import type { Codebook } from '../../extractors/index.js';
import type { Column, Table, Value } from './table.js';

/** A table whose rows stand in memory. */
export const tableOfRows = (
  name: string,
  zh: string,
  about: string,
  columns: readonly Column[],
  rows: Value[][],
): Table => ({
  name,
  zh,
  about,
  key: null,
  columns,
  pages: (async function* () {
    yield rows;
  })(),
});

/** A column that only one table has. */
export const column = (name: string, zh: string, about: string, type: Column['type'] = 'text'): Column => ({
  name,
  zh,
  about,
  type,
});

/** The columns of the dictionary of indicators. */
export const indicatorColumns: readonly Column[] = [
  column('indicator', '指标代码', 'Codebook id of the indicator.'),
  column('zh', '指标', 'Chinese name.'),
  column('en', '英文名', 'English name.'),
  column('definition', '定义', 'What is measured.'),
  column('dimension', '量纲', 'What kind of quantity it is, the usual one first.'),
  column('unit', '单位', 'The unit in which its cells are compared: CNY, 1, m2, or a measure word.'),
  column('stages', '学段', 'Stages that it is reported for, parted by |.'),
];

/** What can be asked. */
export function indicatorTable(codebook: Codebook): Table {
  const rows = codebook.indicators.map((each): Value[] => [
    each.id,
    each.zh,
    each.en,
    each.definition,
    [each.dimension].flat().join('|'),
    each.unit,
    each.stages.join('|'),
  ]);
  const about = `The dictionary of indicators of the codebook ${codebook.id}.`;
  return { ...tableOfRows('indicators', '指标字典', about, indicatorColumns, rows), key: 'indicator' };
}

/** The columns of the table of standards. */
export const standardColumns: readonly Column[] = [
  column('indicator', '指标代码', 'Codebook id of the indicator.'),
  column('stage', '学段', 'Stage that it holds for.'),
  column('operator', '关系', 'How a value must stand to the threshold.'),
  column('value', '门槛', 'The threshold in the unit.', 'number'),
  column('unit', '单位', 'Unit of the threshold.'),
  column('applies_to', '对象', 'school: the threshold is one for each school, and no verdict on a county mean.'),
  column('document', '文件', 'Title of the document that sets it.'),
  column('number', '文号', 'Number of that document.'),
  column('from', '起', 'In force from.', 'date'),
  column('to', '止', 'In force to; empty while it is.', 'date'),
  column('certainty', '核实', 'read: in two agreeing copies; weak: in one; memory: not read.'),
];

/** The official standards beside which values are laid. */
export function standardTable(codebook: Codebook): Table {
  const rows = codebook.standards.map((each): Value[] => [
    each.indicator,
    each.stage,
    each.operator,
    each.value,
    each.unit,
    each.appliesTo,
    each.document,
    each.number,
    String(each.from),
    each.to === undefined ? null : String(each.to),
    each.certainty,
  ]);
  return tableOfRows('standards', '国家标准', 'Official standards of the codebook.', standardColumns, rows);
}
