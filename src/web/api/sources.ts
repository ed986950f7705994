// The tables that the API gives: each with its columns, its parameters and how its rows are made from the shared questions.
import { type FindingKind, findingKinds, type Verdict, verdicts } from '../../compare/audit/index.js';
import { audit, countyOf } from '../../corpus.js';
import { changeColumns, changeRows } from '../../export/changes.js';
import {
  column,
  indicatorColumns,
  indicatorTable,
  standardColumns,
  standardTable,
  tableOfRows,
} from '../../export/codebook.js';
import { findingColumns, findingRow } from '../../export/findings.js';
import { corpusTable, tableColumns } from '../../export/index.js';
import type { Column, Table, TableName, Value } from '../../export/table.js';
import { columnsNamed } from '../../export/words.js';
import { find } from '../../find.js';
import { UsageError } from '../../model/errors.js';
import { countyChanges, documentChanges, versionChanges } from '../../over-time.js';
import { compareQueryOf, known, listIn } from '../compare-query.js';
import type { WebContext } from '../context.js';
import { mostRows, type ParameterName } from './parameters.js';

/** A table under a name of its own. */
export interface TableSource {
  /** The path below /api/v1. */
  name: string;
  summary: string;
  columns: readonly Column[];
  parameters: readonly ParameterName[];
  /** @param reach rows that are needed, null for all; a table may give more */
  make(c: WebContext, reach: number | null): Promise<Table>;
}

const asked = ['county', 'indicator', 'stage', 'period', 'fill', 'status'] as const;

function ofCorpus(name: string, table: TableName, summary: string, parameters: readonly ParameterName[]): TableSource {
  return {
    name,
    summary,
    columns: tableColumns[table],
    parameters,
    make: async (c) => {
      const { corpus, codebook } = c.var;
      return corpusTable(corpus, compareQueryOf(c), codebook, { table, every: c.req.query('every') === '1' });
    },
  };
}

/** A table whose rows stand in memory. */
function ofRows(
  source: Omit<TableSource, 'make'> & { zh: string },
  rowsOf: (c: WebContext, reach: number | null) => Promise<Value[][]>,
): TableSource {
  const { zh, ...rest } = source;
  const make = async (c: WebContext, reach: number | null): Promise<Table> =>
    tableOfRows(source.name, zh, source.summary, source.columns, await rowsOf(c, reach));
  return { ...rest, make };
}

const countySource = ofRows(
  {
    name: 'counties',
    zh: '县区',
    summary: 'Counties that a source, a document or a record names, with how far each was read.',
    columns: [
      ...columnsNamed(['county_code', 'county', 'province', 'prefecture']),
      column('documents', '文件数', 'Documents that were read and speak of it.', 'integer'),
      column('failures', '失败数', 'Addresses of its sources that never gave a good page.', 'integer'),
    ],
    parameters: [],
  },
  async (c) =>
    (await c.var.corpus.readings())
      .map(({ place, documents, failures }): Value[] => {
        const county = countyOf(place);
        return [
          place,
          county.name,
          county.place?.province ?? null,
          county.place?.prefecture ?? null,
          documents,
          failures,
        ];
      })
      .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
);

const practiceTypeSource = ofRows(
  {
    name: 'practice-types',
    zh: '举措字典',
    summary: 'Practices that the codebook looks for.',
    columns: [
      ...columnsNamed(['practice', 'practice_zh', 'practice_en', 'theme']),
      column('definition', '定义', 'What is meant.'),
    ],
    parameters: [],
  },
  async (c) => c.var.codebook.practices.map(({ id, zh, en, theme, definition }) => [id, zh, en, theme, definition]),
);

const auditSource = ofRows(
  {
    name: 'audit',
    zh: '核对',
    summary: 'What the texts say beside what their own figures give; claims that hold are told on request.',
    columns: findingColumns,
    parameters: ['county', 'kind', 'verdict'],
  },
  async (c) => {
    const { corpus, codebook, language } = c.var;
    const counties = listIn(c, 'county');
    const kinds = known<FindingKind>(c, 'kind', findingKinds);
    const toldAnyway = verdicts.filter((verdict) => verdict !== 'holds' && verdict !== 'rounds');
    const query = {
      ...(counties ? { counties } : {}),
      ...(kinds ? { kinds } : {}),
      verdicts: known<Verdict>(c, 'verdict', verdicts) ?? toldAnyway,
    };
    return (await audit(corpus, query, codebook)).findings.map((finding) => findingRow(finding, language));
  },
);

const findSource = ofRows(
  {
    name: 'find',
    zh: '检索',
    summary: 'Sentences that hold all words, those of the documents stored last first.',
    columns: [
      ...columnsNamed(['document_id', 'document_title', 'document_date', 'county_code', 'county', 'url']),
      ...columnsNamed(['sentence']),
      column('start', '位置', 'Where the sentence begins in the text of the document, UTF-16.', 'integer'),
      column('before', '前句', 'The sentence before it.'),
      column('after', '后句', 'The sentence behind it.'),
    ],
    parameters: ['q', 'county'],
  },
  async (c, reach) => {
    const counties = listIn(c, 'county');
    const words = (c.req.query('q') ?? '').split(/\s+/);
    const found = await find(c.var.corpus, { words, limit: reach ?? mostRows, ...(counties ? { counties } : {}) });
    return found.sentences.map(({ documentId, title, date, county, url, sentence, start, before, after }) => [
      ...[String(documentId), title, date, county?.code ?? null, county?.name ?? null, url],
      ...[sentence, start, before, after],
    ]);
  },
);

const changeSource = ofRows(
  {
    name: 'changes',
    zh: '变化',
    summary: 'What rose and fell: one county over time, two documents, or the two newest versions of a page.',
    columns: changeColumns,
    parameters: ['county', 'documents', 'url', 'indicator'],
  },
  async (c) => {
    const { corpus, codebook } = c.var;
    const counties = listIn(c, 'county') ?? [];
    const documents = listIn(c, 'documents');
    const url = c.req.query('url');
    const indicators = listIn(c, 'indicator');
    const narrowed = indicators ? { indicators } : {};
    if (counties.length + [documents, url].filter((each) => each !== undefined).length !== 1) throw oneQuestion();
    if (url !== undefined) return changeRows(await versionChanges(corpus, url, codebook, narrowed), codebook);
    if (!documents)
      return changeRows(await countyChanges(corpus, { county: counties[0]!, ...narrowed }, codebook), codebook);
    const [before, after, ...more] = documents.map(Number);
    if (!Number.isInteger(before) || !Number.isInteger(after) || more.length > 0) throw oneQuestion();
    return changeRows(await documentChanges(corpus, [before!, after!], codebook, narrowed), codebook);
  },
);

const oneQuestion = () =>
  new UsageError(
    'E_CHANGES',
    {
      en: 'changes are those of one county, of two documents, or of one page',
      zh: '前后变化只比一个县区、两份文件或一个网页',
    },
    {
      en: 'Write county=乳山, or documents=12,45 (the earlier and the later), or url=ADDRESS.',
      zh: '请写 county=乳山，或 documents=12,45（先早后晚），或 url=网址。',
    },
  );

const runColumns = [
  ['run', '编号', 'Number of the run.', 'integer'],
  ['source', '站点', 'The source that was crawled.', 'text'],
  ['started_at', '开始', 'When it was begun, UTC.', 'date'],
  ['ended_at', '结束', 'When it ended; empty while it can be resumed.', 'date'],
  ['end_state', '结果', 'complete, partial or failed; empty while it can be resumed.', 'text'],
  ['reason', '原因', 'Why it is not complete.', 'text'],
  ['pages', '页数', 'Outcomes stored.', 'integer'],
  ['bytes', '字节', 'Bytes of all answers.', 'number'],
] as const;

const runSource = ofRows(
  {
    name: 'runs',
    zh: '采集',
    summary: 'Crawls, the newest first.',
    columns: runColumns.map(([name, zh, about, type]) => column(name, zh, about, type)),
    parameters: [],
  },
  async (c) => {
    const sql = 'select id, source, started_at, ended_at, end_state, reason, pages, bytes from run order by id desc';
    return (await c.var.corpus.query(sql, mostRows)).rows as Value[][];
  },
);

/** In the order of the reference. */
export const tableSources: readonly TableSource[] = [
  countySource,
  ofCorpus('compare', 'cells', 'Counties side by side: one row a cell, county × indicator × stage.', [
    ...asked,
    'normalise',
  ]),
  ofCorpus('figures', 'figures', 'Figures that fit, chosen or not, and each cell without a value with its reason.', [
    ...asked,
    'every',
  ]),
  ofCorpus('practices', 'practices', 'Practices that documents report.', ['county']),
  ofCorpus('citations', 'citations', 'Policy documents that texts cite.', ['county']),
  ofCorpus('documents', 'documents', 'Documents that were read, older versions left out.', ['county']),
  findSource,
  changeSource,
  auditSource,
  {
    name: 'indicators',
    summary: 'Indicators of the codebook.',
    columns: indicatorColumns,
    parameters: [],
    make: async (c) => indicatorTable(c.var.codebook),
  },
  practiceTypeSource,
  {
    name: 'standards',
    summary: 'Official standards beside which values are laid.',
    columns: standardColumns,
    parameters: [],
    make: async (c) => standardTable(c.var.codebook),
  },
  runSource,
];
