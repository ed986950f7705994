// The tables of practices, citations and documents: one row each, county by county.
import type { Corpus, ListedCitation, ListedDocument, ListedPractice, ListPage } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import { countyOf, resolveCounty } from '../corpus.js';
import type { CompareQuery } from '../model/cell.js';
import { sourceValues } from './figures.js';
import { chineseTables, type Table, type Value } from './table.js';
import { type ColumnName, columnsNamed } from './words.js';

const source = [
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
] as const satisfies readonly ColumnName[];

/** Rows read from the corpus at a time. */
const pageSize = 1000;

/** All rows of the counties asked for, or of all and of none, a page at a time. */
async function* listed<Row, Id>(
  corpus: Corpus,
  query: CompareQuery,
  list: (page: ListPage<Id>) => Promise<Row[]>,
  idOf: (row: Row) => Id,
  valuesOf: (row: Row) => Value[],
): AsyncGenerator<Value[][]> {
  const places = query.counties?.map(resolveCounty) ?? [
    ...(await corpus.readings()).map((reading) => reading.place).sort(),
    null,
  ];
  for (const place of places) for await (const page of pagesOf(list, place, idOf)) yield page.map(valuesOf);
}

/** The rows of one county, or of none, a page at a time. */
export async function* pagesOf<Row, Id>(
  list: (page: ListPage<Id>) => Promise<Row[]>,
  place: string | null,
  idOf: (row: Row) => Id,
): AsyncGenerator<Row[]> {
  for (let after: Id | undefined; ; ) {
    const page = await list({ place, after, limit: pageSize });
    yield page;
    if (page.length < pageSize) return;
    after = idOf(page.at(-1)!);
  }
}

const nameOf = (code: string | null): string | null => (code === null ? null : countyOf(code).name);

/** The columns of the table of practices. */
export const practiceColumns = columnsNamed([
  'practice_id',
  'county_code',
  'county',
  'practice',
  'practice_zh',
  'practice_en',
  'theme',
  'practice_status',
  'period_from',
  'period_to',
  'figures',
  'quote',
  'sentence',
  ...source,
  'rules',
  'confidence',
]);

/** Practices of the counties that the query names. */
export function practiceTable(corpus: Corpus, query: CompareQuery, codebook: Codebook): Table {
  const entries = new Map(codebook.practices.map((entry) => [entry.id, entry]));
  const valuesOf = (row: ListedPractice): Value[] => {
    const entry = entries.get(row.practice);
    return [
      row.id,
      row.place,
      nameOf(row.place),
      row.practice,
      entry?.zh ?? null,
      entry?.en ?? null,
      entry?.theme ?? null,
      row.status,
      row.period?.from ?? null,
      row.period?.to ?? null,
      row.figures.join(' ') || null,
      row.quote,
      row.sentence,
      ...sourceValues(row),
      row.rules.join('; '),
      row.confidence,
    ];
  };
  return {
    name: 'practices',
    zh: chineseTables.practices,
    about: 'One row a practice that a document reports.',
    key: 'practice_id',
    columns: practiceColumns,
    pages: listed(corpus, query, corpus.listPractices, ({ id }) => id, valuesOf),
  };
}

/** The columns of the table of citations. */
export const citationColumns = columnsNamed([
  'citation_id',
  'county_code',
  'county',
  'cited_title',
  'cited_number',
  'cited_issuer',
  'quote',
  'sentence',
  ...source,
]);

/** Policy documents that the documents of the counties cite. */
export function citationTable(corpus: Corpus, query: CompareQuery): Table {
  const valuesOf = (row: ListedCitation): Value[] => [
    row.id,
    row.place,
    nameOf(row.place),
    row.title,
    row.number,
    row.issuer,
    row.quote,
    row.sentence,
    ...sourceValues(row),
  ];
  return {
    name: 'citations',
    zh: chineseTables.citations,
    about: 'One row a policy document that a text cites.',
    key: 'citation_id',
    columns: citationColumns,
    pages: listed(corpus, query, corpus.listCitations, ({ id }) => id, valuesOf),
  };
}

/** The columns of the table of documents. */
export const documentColumns = columnsNamed([
  ...source,
  'county_code',
  'county',
  'place_reason',
  'index_number',
  'author',
  'format',
  'encoding',
  'script',
  'characters',
  'repeats',
  'attached_to',
  'extractor',
  'codebook',
]);

/** Documents of the counties, repeats too, older versions left out. */
export function documentTable(corpus: Corpus, query: CompareQuery): Table {
  const text = (number: number | null): string | null => (number === null ? null : String(number));
  const valuesOf = (row: ListedDocument): Value[] => [
    ...sourceValues(row),
    row.place,
    nameOf(row.place),
    row.placeReason,
    row.indexNumber,
    row.author,
    row.format,
    row.encoding,
    row.script,
    row.characters,
    text(row.repeats),
    text(row.attachedTo),
    row.extractor,
    row.codebook,
  ];
  return {
    name: 'documents',
    zh: chineseTables.documents,
    about: 'One row a document that was read, older versions left out.',
    key: 'document_id',
    columns: documentColumns,
    pages: listed(corpus, query, corpus.listDocuments, ({ documentId }) => documentId, valuesOf),
  };
}
