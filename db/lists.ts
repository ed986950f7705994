// Tables for export, a page at a time by id: of the newest version of each address, with what they name of the document.
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type {
  FigureFilter,
  FigureShape,
  ListedCitation,
  ListedDocument,
  ListedFigure,
  ListedPractice,
  ListPage,
  RecordSource,
} from './corpus.js';
import type { Database } from './database.js';
import { correctedFigures, documentDate, figuresOfPractices } from './records.js';
import { correctedInto, withReviews } from './reviews.js';
import { kindOf, periodOf, storedFigureOf, timeOf } from './rows.js';

/** Columns of the document and its snapshot, under names that no record has. */
const sourceColumns = [
  'document.id as document_id',
  'document.title as document_title',
  'document.document_number',
  'document.publisher',
  'document.genre',
  'document.published_iso',
  'document.signed_iso',
  'document.url as document_url',
  'snapshot.fetched_at',
  'snapshot.sha256',
] as const;

interface SourceRow {
  document_id: number;
  document_title: string | null;
  document_date: string | null;
  document_number: string | null;
  publisher: string | null;
  genre: string;
  published_iso: string | null;
  signed_iso: string | null;
  document_url: string;
  fetched_at: string;
  sha256: string | null;
}

const sourceOf = (row: SourceRow): RecordSource => ({
  documentId: row.document_id,
  documentTitle: row.document_title,
  documentDate: row.document_date,
  documentNumber: row.document_number,
  publisher: row.publisher,
  genre: row.genre,
  publishedIso: row.published_iso,
  signedIso: row.signed_iso,
  url: row.document_url,
  fetchedAt: row.fetched_at,
  sha256: row.sha256 ?? '',
});

/** Records joined with their documents. */
const recordsIn = <Table extends 'figure' | 'practice' | 'citation'>(db: Kysely<Database>, table: Table) =>
  (db.selectFrom(table) as unknown as SelectQueryBuilder<Database, 'figure' | 'practice' | 'citation', object>)
    .innerJoin('document', 'document.id', `${table}.document`)
    .innerJoin('snapshot', 'snapshot.id', 'document.snapshot')
    .where('document.superseded_by', 'is', null)
    .select([...sourceColumns, documentDate.as('document_date')]);

/**
 * Figures of one county, or of none, in the order of their ids. Those that a person rejected or gave another indicator are among them, with
 * their mark, so that every page but the last is full.
 */
export async function listFigures(
  db: Kysely<Database>,
  page: ListPage<string>,
  filter: Pick<FigureFilter, 'indicators' | 'withIndicator'>,
): Promise<ListedFigure[]> {
  let query = recordsIn(db, 'figure').selectAll('figure').orderBy('figure.id').limit(page.limit);
  query = page.place === null ? query.where('figure.place', 'is', null) : query.where('figure.place', '=', page.place);
  if (page.after !== undefined) query = query.where('figure.id', '>', page.after);
  const { indicators } = filter;
  if (indicators || filter.withIndicator !== false) {
    const corrected = await correctedInto(db, indicators ?? null);
    query = query.where((where) =>
      where.or([
        indicators ? where('figure.indicator', 'in', indicators) : where('figure.indicator', 'is not', null),
        ...(corrected.length > 0 ? [where('figure.id', 'in', corrected)] : []),
      ]),
    );
  }
  const figures = (await query.execute()).map((row) => ({
    ...storedFigureOf(row, kindOf(row), timeOf(row), row),
    ...sourceOf(row),
    action: row.action,
    rules: JSON.parse(row.rules) as string[],
  }));
  return withReviews(db, figures);
}

/** Practices of one county, or of none, in the order of their ids. */
export async function listPractices(db: Kysely<Database>, page: ListPage<string>): Promise<ListedPractice[]> {
  let query = recordsIn(db, 'practice').selectAll('practice').orderBy('practice.id').limit(page.limit);
  query =
    page.place === null ? query.where('practice.place', 'is', null) : query.where('practice.place', '=', page.place);
  if (page.after !== undefined) query = query.where('practice.id', '>', page.after);
  const rows = await query.execute();
  const figures = await figuresOfPractices(db, rows);
  return rows.map((row) => ({
    ...sourceOf(row),
    id: row.id,
    practice: row.practice,
    status: row.status,
    place: row.place,
    period: periodOf(row),
    quote: row.quote,
    sentence: row.sentence,
    figures: figures.get(row.id) ?? [],
    rules: JSON.parse(row.rules) as string[],
    confidence: row.confidence,
  }));
}

/** Citations in the documents of one county, or of none, in the order of their ids. */
export async function listCitations(db: Kysely<Database>, page: ListPage<string>): Promise<ListedCitation[]> {
  let query = recordsIn(db, 'citation')
    .selectAll('citation')
    .select('document.place')
    .orderBy('citation.id')
    .limit(page.limit);
  query =
    page.place === null ? query.where('document.place', 'is', null) : query.where('document.place', '=', page.place);
  if (page.after !== undefined) query = query.where('citation.id', '>', page.after);
  return (await query.execute()).map((row) => ({
    ...sourceOf(row),
    id: row.id,
    place: row.place,
    title: row.title,
    number: row.number,
    issuer: row.issuer,
    quote: row.quote,
    sentence: row.sentence,
  }));
}

/** Documents of one county, or of none, repeats too, in the order of their numbers. */
export async function listDocumentsOf(db: Kysely<Database>, page: ListPage<number>): Promise<ListedDocument[]> {
  let query = db
    .selectFrom('document')
    .innerJoin('snapshot', 'snapshot.id', 'document.snapshot')
    .where('document.superseded_by', 'is', null)
    .where('document.id', '>', page.after ?? 0)
    .select([
      ...sourceColumns,
      documentDate.as('document_date'),
      'document.place',
      'document.place_reason',
      'document.index_number',
      'document.author',
      'document.format',
      'document.encoding',
      'document.script',
      'document.length',
      'document.repeats',
      'document.attached_to',
      'document.extractor',
      'document.codebook',
    ])
    .orderBy('document.id')
    .limit(page.limit);
  query =
    page.place === null ? query.where('document.place', 'is', null) : query.where('document.place', '=', page.place);
  return (await query.execute()).map((row) => ({
    ...sourceOf(row),
    place: row.place,
    placeReason: row.place_reason,
    indexNumber: row.index_number,
    author: row.author,
    format: row.format,
    encoding: row.encoding,
    script: row.script,
    characters: row.length,
    repeats: row.repeats,
    attachedTo: row.attached_to,
    extractor: row.extractor,
    codebook: row.codebook,
  }));
}

/** What the figures that fit are told for, each kind once. */
export async function shapesOf(
  db: Kysely<Database>,
  filter: Pick<FigureFilter, 'places' | 'indicators'>,
): Promise<FigureShape[]> {
  let query = db
    .selectFrom('figure')
    .innerJoin('document', 'document.id', 'figure.document')
    .where('document.superseded_by', 'is', null)
    .where('figure.indicator', 'is not', null)
    .where('figure.place', 'is not', null)
    .select(['figure.indicator', 'figure.stage', 'figure.dimension', 'figure.per'])
    .distinct();
  if (filter.places) query = query.where('figure.place', 'in', filter.places);
  if (filter.indicators) query = query.where('figure.indicator', 'in', filter.indicators);
  const read = (await query.execute()).map((row) => ({
    indicator: row.indicator,
    stage: JSON.parse(row.stage),
    dimension: row.dimension,
    per: JSON.parse(row.per),
  }));
  return [...read, ...(await correctedFigures(db, filter))];
}
