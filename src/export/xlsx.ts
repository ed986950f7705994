// An exported table as a workbook for people: 数据, 说明, 数据字典, 来源.
import type { Codebook } from '../../extractors/index.js';
import { UsageError } from '../model/errors.js';
import type { NewFile } from './file.js';
import type { Column, ColumnType, ExportNote, Table, Value } from './table.js';
import { missingCategories } from './words.js';
import { excelLimits, type Sheet, writeWorkbook } from './workbook.js';

export const headerKinds = ['zh', 'en', 'both'] as const;
/** Whether heads are Chinese names, the names of machines, or both. */
export type Headers = (typeof headerKinds)[number];

/** The head of a column. */
export const headOf = ({ zh, name }: Column, headers: Headers): string =>
  headers === 'en' ? name : headers === 'zh' ? zh : `${zh} ${name}`;

/**
 * Writes the workbook.
 * @returns the number of rows of the table
 * @throws UsageError where there are more rows than a workbook holds
 */
export async function writeXlsx(
  file: NewFile,
  table: Table,
  note: ExportNote,
  codebook: Codebook,
  headers: Headers,
): Promise<number> {
  const rows: Value[][] = [];
  for await (const page of table.pages) {
    for (const row of page) rows.push(row);
    if (rows.length >= mostRows)
      throw new UsageError(
        'E_EXPORT_ROWS',
        {
          en: `a workbook for people holds ${mostRows - 1} rows here, and there are more`,
          zh: `电子表格在这里最多写 ${mostRows - 1} 行，而结果不止这些`,
        },
        {
          en: 'Narrow the filter (--county, --indicator, --period), or write .csv or .parquet.',
          zh: '请缩小范围（--county、--indicator、--period），或改写 .csv、.parquet。',
        },
      );
  }
  const sheets = [
    dataSheet(table, rows, headers),
    noteSheet(table, rows.length, note),
    dictionarySheet(table, codebook),
  ];
  if (table.name !== 'documents') sheets.push(sourceSheet(table, rows, headers));
  file.write(await writeWorkbook(sheets));
  return rows.length;
}

/** All rows stand in memory here, so that fewer are taken than Excel would. */
const mostRows = Math.min(excelLimits.rows - 1, 200_000);

const widths: Record<ColumnType, number> = {
  text: 16,
  code: 12,
  number: 14,
  integer: 10,
  boolean: 8,
  date: 12,
  link: 30,
};
const otherWidths: Record<string, number> = {
  county_code: 10,
  indicator: 30,
  indicator_zh: 28,
  stage: 12,
  dimension: 11,
  sentence: 60,
  quote: 20,
  document_title: 36,
  sha256: 20,
  rules: 24,
};

function dataSheet(table: Table, rows: readonly Value[][], headers: Headers): Sheet {
  return {
    name: '数据',
    head: table.columns.map((column) => headOf(column, headers)),
    rows,
    widths: table.columns.map(({ name, type }) => otherWidths[name] ?? widths[type]),
    linkColumns: linkColumnsOf(table.columns),
    frozenColumns: ['figures', 'cells'].includes(table.name) ? 2 : 1,
  };
}

const linkColumnsOf = (columns: readonly Column[]): number[] =>
  columns.flatMap(({ type }, index) => (type === 'link' ? [index] : []));

/** Filters as lines of `name: value`; what was not asked is left out. */
export const filterLines = (filter: Record<string, unknown>): [name: string, value: string][] =>
  Object.entries(filter).map(([name, value]) => [name, [value].flat().join(', ')]);

function noteSheet(table: Table, rows: number, note: ExportNote): Sheet {
  const filters = filterLines(note.filter);
  return plainSheet(
    '说明',
    ['项目 item', '内容 content'],
    [24, 100],
    [
      ['表 table', `${table.zh} ${table.name}: ${table.about}`],
      ['行数 rows', rows],
      ['筛选 filter', filters.length === 0 ? '无 none' : null],
      ...filters.map(([name, value]): Value[] => [`  ${name}`, value]),
      ['导出时间 exported (UTC)', note.exportedAt],
      ['软件 software', note.createdBy],
      ['编码表 codebook', note.codebook],
      ['语料库 corpus', note.corpus],
      ['值的单位 units', '元 yuan, 个数 things, 比率为 1 的分数 fractions of 1, 平方米 m2; 百分数 38.3% = 0.383'],
      ['无值之因 why a cell is empty', null],
      ...missingCategories.map(({ value, zh, en }): Value[] => [`  ${value}`, `${zh} ${en}`]),
      [
        '"未提及" not_mentioned',
        '只说所读的页面中没有，不说县区没有。 It speaks of the pages that were read, not of the county.',
      ],
    ],
  );
}

function dictionarySheet(table: Table, codebook: Codebook): Sheet {
  const columns = table.columns.map(({ name, zh, type, about, categories }): Value[] => [
    '列 column',
    name,
    zh,
    type,
    about,
    categories?.map((each) => `${each.value} = ${each.zh} ${each.en}`).join('; ') ?? null,
  ]);
  const indicators = codebook.indicators.map((each): Value[] => [
    '指标 indicator',
    each.id,
    each.zh,
    [each.dimension].flat().join(', '),
    each.definition,
    `单位 unit ${each.unit}; ${each.en}`,
  ]);
  const standards = codebook.standards.map((each): Value[] => [
    '标准 standard',
    each.indicator,
    each.stage,
    each.appliesTo,
    `${each.document} ${each.number}`,
    `${each.operator} ${each.value} ${each.unit}`,
  ]);
  const head = ['类 kind', '名称 name', '中文 Chinese', '类型 type', '含义 meaning', '取值 values'];
  return plainSheet('数据字典', head, [14, 24, 18, 12, 80, 60], [...columns, ...indicators, ...standards]);
}

const sourceNames = [
  'document_id',
  'document_title',
  'publisher',
  'document_number',
  'published',
  'signed',
  'document_date',
  'url',
  'fetched_at',
  'sha256',
];

/** Each document that a row names, once. */
function sourceSheet(table: Table, rows: readonly Value[][], headers: Headers): Sheet {
  const columns = table.columns.filter(({ name }) => sourceNames.includes(name));
  const places = columns.map((column) => table.columns.indexOf(column));
  const url = table.columns.findIndex(({ name }) => name === 'url');
  const title = table.columns.findIndex(({ name }) => name === 'document_title');
  const sources = new Map<string, Value[]>();
  for (const row of rows)
    if (row[url] !== null)
      sources.set(
        `${row[url]} ${row[title]}`,
        places.map((place) => row[place]!),
      );
  return {
    name: '来源',
    head: columns.map((column) => headOf(column, headers)),
    rows: [...sources.values()],
    widths: columns.map(({ name, type }) => otherWidths[name] ?? widths[type]),
    linkColumns: linkColumnsOf(columns),
    frozenColumns: 1,
  };
}

const plainSheet = (name: string, head: string[], width: number[], rows: Value[][]): Sheet => ({
  name,
  head,
  rows,
  widths: width,
  linkColumns: [],
  frozenColumns: 1,
});
