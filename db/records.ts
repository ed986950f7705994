// Questions about records: figures and practices for comparing, one record with its evidence, and what the corpus holds at all.
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { StoredFigure } from '../src/model/cell.js';
import type { Place } from '../src/model/place.js';
import type { CorpusCounts, Evidence, FigureFilter, PlaceReading, StoredPractice } from './corpus.js';
import type { Database } from './database.js';
import { documentById } from './documents.js';
import { correctedIds, correctedInto, decisionsFor, withReviews } from './reviews.js';
import {
  citationOf,
  type FigureContext,
  figureOf,
  packedKind,
  packedTime,
  practiceOf,
  storedFigureOf,
  unpacker,
} from './rows.js';

/** The document's date for people and comparisons: signature, else publication, to the day. */
export const documentDate = sql<string | null>`substr(coalesce(document.signed_iso, document.published_iso), 1, 10)`;

/** What a comparison needs of figures; of their documents see `withDocuments`. */
const selectFigures = (db: Kysely<Database>) =>
  db
    .selectFrom('figure')
    .select([
      'figure.id',
      'figure.document',
      'figure.quote',
      'figure.sentence',
      'figure.value',
      'figure.value_max',
      'figure.subject',
      'figure.whole',
      'figure.of_figure',
      'figure.text_start',
      'figure.text_end',
      'figure.place',
      'figure.confidence',
      packedKind.as('kind'),
      packedTime.as('time'),
    ]);

type SelectedFigure = Awaited<ReturnType<ReturnType<typeof selectFigures>['execute']>>[number];

/** Documents fetched at a time. */
const documentsAtATime = 500;

/** Rows as figures, with title, address and date of their documents. Each document is read once, however many figures it has. */
async function withDocuments(db: Kysely<Database>, rows: readonly SelectedFigure[]): Promise<StoredFigure[]> {
  const ids = [...new Set(rows.map(({ document }) => document))].sort((a, b) => a - b);
  const documents = new Map<number, FigureContext>();
  for (let from = 0; from < ids.length; from += documentsAtATime) {
    const found = await db
      .selectFrom('document')
      .select(['id', 'title as document_title', 'url as document_url', documentDate.as('document_date')])
      .where('id', 'in', ids.slice(from, from + documentsAtATime))
      .execute();
    for (const told of found) documents.set(told.id, told);
  }
  const unpack = unpacker();
  // A document that was read anew between the two questions has other figures now.
  return rows.flatMap((row) => {
    const told = documents.get(row.document);
    return told ? storedFigureOf(row, unpack.kind(row.kind), unpack.time(row.time), told) : [];
  });
}

/** Figures of the newest version of each address, by document and place in its text. */
export async function figuresFor(db: Kysely<Database>, filter: FigureFilter): Promise<StoredFigure[]> {
  let query = selectFigures(db);
  // The newest versions by what an index holds: the column itself stands behind the texts in its row.
  if (!filter.olderVersions)
    query = query.where('figure.document', 'not in', (eb) =>
      eb.selectFrom('document').select('document.id').where('document.superseded_by', 'is not', null),
    );
  if (filter.places) query = query.where('figure.place', 'in', filter.places);
  if (filter.documents) query = query.where('figure.document', 'in', filter.documents);
  // Put in order here: the database would carry every sentence through its sort.
  const rows = await byIndicator(db, query, filter);
  const figures = await withReviews(db, await withDocuments(db, rows));
  return figures.filter((figure) => fitsAsDecided(figure, filter)).sort(byPlaceInText);
}

/** Figures that people corrected, as they stand now. */
export async function correctedFigures(
  db: Kysely<Database>,
  { places, indicators }: Pick<FigureFilter, 'places' | 'indicators'>,
): Promise<StoredFigure[]> {
  const ids = await correctedIds(db);
  if (ids.length === 0) return [];
  let query = selectFigures(db).where('figure.id', 'in', ids).where('figure.place', 'is not', null);
  if (places) query = query.where('figure.place', 'in', places);
  const figures = await withReviews(db, await withDocuments(db, await query.execute()));
  return figures.filter((figure) => fitsAsDecided(figure, indicators ? { indicators } : {}));
}

/**
 * The rows of a query whose indicator is asked for, as the rules read it or as a person corrected it; the second kind is fetched by itself, so
 * that the index on indicators serves the first.
 */
async function byIndicator<Row extends { id: string }>(
  db: Kysely<Database>,
  query: SelectQueryBuilder<Database, 'figure', Row>,
  { indicators, withIndicator }: Pick<FigureFilter, 'indicators' | 'withIndicator'>,
): Promise<Row[]> {
  if (!indicators && withIndicator === false) return query.execute();
  const read = indicators
    ? query.where('figure.indicator', 'in', indicators)
    : query.where('figure.indicator', 'is not', null);
  const rows = await read.execute();
  const corrected = await correctedInto(db, indicators ?? null);
  if (corrected.length === 0) return rows;
  const known = new Set(rows.map(({ id }) => id));
  const more = await query.where('figure.id', 'in', corrected).execute();
  return [...rows, ...more.filter(({ id }) => !known.has(id))];
}

/** Whether a figure still fits when what a person decided is taken into account. */
const fitsAsDecided = (
  { indicator, review }: StoredFigure,
  { indicators, withIndicator, rejected }: Pick<FigureFilter, 'indicators' | 'withIndicator' | 'rejected'>,
): boolean =>
  (rejected === true || review?.action !== 'reject') &&
  (!indicators || (indicator !== null && indicators.includes(indicator))) &&
  (withIndicator === false || indicator !== null);

const byPlaceInText = (a: StoredFigure, b: StoredFigure): number =>
  a.documentId - b.documentId || a.textStart - b.textStart || (a.id < b.id ? -1 : 1);

/** Practices of the newest version of each address, by document and place in its text. */
export async function practicesFor(
  db: Kysely<Database>,
  filter: { places?: string[]; practices?: string[] },
): Promise<StoredPractice[]> {
  let query = db
    .selectFrom('practice')
    .innerJoin('document', 'document.id', 'practice.document')
    .where('document.superseded_by', 'is', null)
    .selectAll('practice')
    .select(documentDate.as('document_date'))
    .orderBy('practice.document')
    .orderBy('practice.text_start')
    .orderBy('practice.id');
  if (filter.places) query = query.where('practice.place', 'in', filter.places);
  if (filter.practices) query = query.where('practice.practice', 'in', filter.practices);
  const rows = await query.execute();
  const figures = await figuresOfPractices(db, rows);
  return rows.map((row) => ({
    id: row.id,
    practice: row.practice,
    status: row.status,
    place: row.place,
    sentence: row.sentence,
    figures: figures.get(row.id) ?? [],
    documentId: row.document,
    documentDate: row.document_date,
  }));
}

/** Practices whose figures are asked for in one statement. */
const practicesAtOnce = 500;

/** Ids of the figures of each practice. */
export async function figuresOfPractices(
  db: Kysely<Database>,
  rows: readonly { id: string }[],
): Promise<ReadonlyMap<string, string[]>> {
  const figures = new Map<string, string[]>();
  for (let at = 0; at < rows.length; at += practicesAtOnce) {
    const ids = rows.slice(at, at + practicesAtOnce).map(({ id }) => id);
    const links = await db
      .selectFrom('practice_figure')
      .selectAll()
      .where('practice', 'in', ids)
      .orderBy('practice')
      .orderBy('position')
      .execute();
    for (const { practice, figure } of links) {
      const known = figures.get(practice);
      if (known) known.push(figure);
      else figures.set(practice, [figure]);
    }
  }
  return figures;
}

/** One record with its document and the documents that repeat it, null where there is none. */
export async function evidenceOf(db: Kysely<Database>, id: string): Promise<Evidence | null> {
  const found = await recordOf(db, id);
  if (!found) return null;
  const document = await documentById(db, found.document);
  const repeatedBy = await db
    .selectFrom('document')
    .select(['id', 'url'])
    .where('repeats', '=', found.document)
    .orderBy('id')
    .execute();
  const decisions = await decisionsFor(db, { figure: id });
  return { type: found.type, record: found.record, document: document!, repeatedBy, decisions };
}

async function recordOf(
  db: Kysely<Database>,
  id: string,
): Promise<(Pick<Evidence, 'type' | 'record'> & { document: number }) | null> {
  const figure = await db.selectFrom('figure').selectAll().where('id', '=', id).executeTakeFirst();
  if (figure) return { type: 'figure', record: figureOf(figure), document: figure.document };
  const practice = await db.selectFrom('practice').selectAll().where('id', '=', id).executeTakeFirst();
  if (practice) {
    const figures = await db
      .selectFrom('practice_figure')
      .select('figure')
      .where('practice', '=', id)
      .orderBy('position')
      .execute();
    const record = practiceOf(
      practice,
      figures.map((row) => row.figure),
    );
    return { type: 'practice', record, document: practice.document };
  }
  const citation = await db.selectFrom('citation').selectAll().where('id', '=', id).executeTakeFirst();
  return citation ? { type: 'citation', record: citationOf(citation), document: citation.document } : null;
}

/** At most five ids that share the longest beginning with `id`, its document number at least. */
export async function idsLike(db: Kysely<Database>, id: string): Promise<string[]> {
  const wanted = id.trim().toLowerCase();
  for (let length = wanted.length; length > 0; length--) {
    const found = await idsFrom(db, wanted.slice(0, length));
    if (found.length > 0) return found;
  }
  return [];
}

async function idsFrom(db: Kysely<Database>, beginning: string): Promise<string[]> {
  const among = (table: 'figure' | 'practice' | 'citation') =>
    db.selectFrom(table).select('id').where('id', '>=', beginning).where('id', '<', `${beginning}\u{10ffff}`);
  const rows = await among('figure')
    .unionAll(among('practice'))
    .unionAll(among('citation'))
    .orderBy('id')
    .limit(5)
    .execute();
  return rows.map((row) => row.id);
}

export async function countAll(db: Kysely<Database>): Promise<CorpusCounts> {
  const count = async (table: 'snapshot' | 'document') =>
    (await db.selectFrom(table).select(db.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count;
  const current = async (table: 'figure' | 'practice' | 'citation') =>
    (
      await db
        .selectFrom(table)
        .innerJoin('document', 'document.id', `${table}.document`)
        .where('document.superseded_by', 'is', null)
        .select(db.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
    ).count;
  const repeats = await db
    .selectFrom('document')
    .select(db.fn.countAll<number>().as('count'))
    .where('repeats', 'is not', null)
    .executeTakeFirstOrThrow();
  return {
    snapshots: await count('snapshot'),
    documents: await count('document'),
    repeats: repeats.count,
    figures: await current('figure'),
    practices: await current('practice'),
    citations: await current('citation'),
  };
}

/**
 * Every place that a source, a file, a document or a record names, with how far it was read.
 * @param places only of these, those that a source, document or record names
 */
export async function readingsOf(db: Kysely<Database>, places?: readonly string[]): Promise<PlaceReading[]> {
  if (places?.length === 0) return [];
  const within = places ? sql`where place in (${sql.join(places)})` : sql``;
  const imported = places ? sql`` : sql`union select place from snapshot where run is null`;
  const { rows } = await sql<PlaceReading>`
    with told as (
      select place, id as document from document ${within}
      union select * from (select distinct place, document from figure ${within}) as by_figure
      union select * from (select distinct place, document from practice ${within}) as by_practice
    ), spoken as (
      select told.place, count(*) as documents from told join document on document.id = told.document
      where superseded_by is null and repeats is null and text <> '' and (attached_to is null or exists (
        select 1 from snapshot where snapshot.id = document.snapshot and snapshot.kind <> 'article'))
      group by told.place
    ), named as (
      select place from told union select place from source ${within} ${imported}
    ), failed as (
      select source.place, count(distinct request.url) as failures
      from request join source on source.id = request.source
      where state = 'failed' and outcome <> 'trap' and kind in ('list', 'article', 'attachment', 'data') and not exists (
        select 1 from page where page.url = request.url and page.form = request.form and last_seen is not null)
      group by source.place
    )
    select named.place as place, coalesce(spoken.documents, 0) as documents, coalesce(failed.failures, 0) as failures
    from named left join spoken on spoken.place = named.place left join failed on failed.place = named.place
    where named.place is not null order by named.place`.execute(db);
  return rows;
}

/** Those among the places of which any document was read, repeats and older versions left out: the first one found is enough. */
export async function placesRead(db: Kysely<Database>, places: readonly string[]): Promise<string[]> {
  if (places.length === 0) return [];
  const counts = sql`superseded_by is null and repeats is null and text <> ''`;
  const speaksOf = (table: 'figure' | 'practice') => sql`exists (
    select 1 from ${sql.table(table)} as told join document on document.id = told.document
    where told.place = asked.place and ${counts})`;
  const { rows } = await sql<{ place: string }>`
    with asked (place) as (values ${sql.join(places.map((place) => sql`(cast(${place} as text))`))})
    select place from asked
    where exists (select 1 from document where document.place = asked.place and ${counts})
      or ${speaksOf('figure')} or ${speaksOf('practice')}`.execute(db);
  return rows.map(({ place }) => place);
}

/** Stores the names of places, where they are new or changed. */
export async function storePlaces(db: Kysely<Database>, places: readonly Place[]): Promise<void> {
  for (const place of places) {
    const row = {
      code: place.code,
      name: place.name,
      short: place.short,
      province: place.province,
      prefecture: place.prefecture,
      level: place.level,
      valid_from: place.validFrom ?? null,
      valid_to: place.validTo ?? null,
      successor: place.successor ?? null,
    };
    await db
      .insertInto('place')
      .values(row)
      .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
      .execute();
  }
}
