// Documents: stored with all their records in one transaction, found by number, address and likeness.
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { Document } from '../src/model/document.js';
import type { Figure, Records } from '../src/model/record.js';
import { WayBack } from '../src/model/way-back.js';
import type { AddressVersion, DocumentStructure, DocumentToStore, StoredDocument, TextPrint } from './corpus.js';
import type { Database } from './database.js';
import type { PairIndex } from './pairs.js';
import { bindReviews } from './reviews.js';
import { citationRow, figureOf, figureRow, practiceRow } from './rows.js';
import { indexPairs } from './search.js';
import { bandsOf, bitsApart, nearBits } from './simhash.js';
import type { Statements } from './store.js';
import { isUnchanged } from './unchanged-document.js';

/**
 * Stores a document in place of what the same snapshot and part gave before; its number stays. To be called in a transaction.
 * @param recordsOf gives the records for a number; not called for a repeat.
 * @param written is told the figures before and after, each in text order, unless all is stored already as it is now
 */
export async function storeDocument(
  db: Kysely<Database>,
  { statements, pairs }: { statements: Statements; pairs: PairIndex },
  entry: DocumentToStore,
  recordsOf: (id: number) => Records,
  written: (before: readonly Figure[], after: readonly Figure[]) => void = () => {},
): Promise<number> {
  const snapshot = await db
    .selectFrom('snapshot')
    .select('url')
    .where('id', '=', entry.snapshotId)
    .executeTakeFirstOrThrow(() => new Error(`snapshot ${entry.snapshotId} is not in the corpus`));
  await statements.hold(snapshot.url);
  const repeats = await repeatedBy(db, entry, snapshot.url);
  const row = { ...documentRow(entry), url: snapshot.url, repeats };
  const before = await db
    .selectFrom('document')
    .selectAll()
    .where('snapshot', '=', entry.snapshotId)
    .where('part', '=', entry.part)
    .executeTakeFirst();
  const known = before && repeats === null ? recordsOf(before.id) : null;
  const figures = before ? await figuresIn(db, before.id) : [];
  if (before) {
    const { extractor, codebook, place, place_reason, superseded_by, ...told } = row;
    if (await isUnchanged(db, before, told, figures, known)) {
      await db.updateTable('document').set({ extractor, codebook }).where('id', '=', before.id).execute();
      if (repeats !== null) await copyPlace(db, before.id, repeats);
      await markRead(db, entry.snapshotId);
      return before.id;
    }
  }
  const { id } = await db
    .insertInto('document')
    .values(row)
    .onConflict((conflict) => conflict.columns(['snapshot', 'part']).doUpdateSet(row))
    .returning('id')
    .executeTakeFirstOrThrow();
  await indexPairs(db, pairs, { id, title: row.title ?? null, text: row.text }, before === undefined);
  if (before) await deleteRecords(db, id);
  if (repeats === null) {
    const records = known ?? recordsOf(id);
    written(figures.map(figureOf), records.figures);
    await insertRecords(db, id, records);
    if (records.place || records.placeReason !== '') await setPlace(db, id, records.place ?? null, records.placeReason);
  } else {
    written(figures.map(figureOf), []);
    await copyPlace(db, id, repeats);
  }
  await markNewest(db, row.url, entry.part);
  await bindReviews(db, row.url, entry.part);
  await markRead(db, entry.snapshotId);
  return id;
}

/** The document that is repeated, null where that is only another version of the same address. */
async function repeatedBy(
  db: Kysely<Database>,
  { repeats, part }: DocumentToStore,
  url: string,
): Promise<number | null> {
  if (repeats === null) return null;
  const original = await db
    .selectFrom('document')
    .select(['url', 'part'])
    .where('id', '=', repeats)
    .executeTakeFirstOrThrow(() => new Error(`document ${repeats} is not in the corpus`));
  return original.url === url && original.part === part ? null : repeats;
}

const figuresIn = (db: Kysely<Database>, document: number) =>
  db.selectFrom('figure').selectAll().where('document', '=', document).orderBy('text_start').orderBy('id').execute();

function documentRow({
  document,
  print,
  ...entry
}: DocumentToStore): Omit<Insertable<Database['document']>, 'url' | 'repeats'> {
  const [band_0, band_1, band_2, band_3] = bandsOf(print.simhash);
  return {
    snapshot: entry.snapshotId,
    part: entry.part,
    parts: entry.parts ?? 1,
    ...mastheadRow(document),
    origin: document.origin,
    format: document.format,
    encoding: document.encoding,
    script: document.script,
    text: document.text,
    way_back: JSON.stringify(document.wayBack),
    blocks: JSON.stringify(document.blocks),
    mends: JSON.stringify(document.mends),
    unmended: JSON.stringify(document.unmended),
    notes: JSON.stringify(document.notes),
    attachments: JSON.stringify(document.attachments),
    place: null,
    place_reason: '',
    attached_to: entry.attachedTo,
    superseded_by: null,
    extractor: entry.extractor,
    codebook: entry.codebook,
    simhash: print.simhash.toLowerCase(),
    length: print.length,
    band_0,
    band_1,
    band_2,
    band_3,
  };
}

function mastheadRow(document: Document) {
  return {
    title: document.title,
    published: document.published,
    published_iso: document.publishedIso,
    signed: document.signed,
    signed_iso: document.signedIso,
    publisher: document.publisher,
    printed_source: document.source,
    author: document.author,
    document_number: document.documentNumber,
    index_number: document.indexNumber,
    addressees: JSON.stringify(document.addressees),
    genre: document.genre,
    broken: JSON.stringify(document.broken),
  };
}

async function deleteRecords(db: Kysely<Database>, id: number): Promise<void> {
  const practices = db.selectFrom('practice').select('id').where('document', '=', id);
  await db.deleteFrom('practice_figure').where('practice', 'in', practices).execute();
  for (const table of ['practice', 'figure', 'citation'] as const)
    await db.deleteFrom(table).where('document', '=', id).execute();
}

async function insertRecords(db: Kysely<Database>, id: number, records: Records): Promise<void> {
  for (const figure of records.figures) await db.insertInto('figure').values(figureRow(id, figure)).execute();
  const known = new Set(records.figures.map((figure) => figure.id));
  for (const practice of records.practices) {
    const lost = practice.figures.find((figure) => !known.has(figure));
    if (lost !== undefined)
      throw new Error(`practice ${practice.id} names figure ${lost}, which its document does not have`);
    await db.insertInto('practice').values(practiceRow(id, practice)).execute();
    for (const [position, figure] of practice.figures.entries())
      await db.insertInto('practice_figure').values({ practice: practice.id, position, figure }).execute();
  }
  for (const citation of records.citations) await db.insertInto('citation').values(citationRow(id, citation)).execute();
}

async function setPlace(db: Kysely<Database>, id: number, place: string | null, reason: string): Promise<void> {
  await db.updateTable('document').set({ place, place_reason: reason }).where('id', '=', id).execute();
}

/** A repeat speaks of the same county as the document whose text it tells again. */
async function copyPlace(db: Kysely<Database>, id: number, repeated: number): Promise<void> {
  const original = await db
    .selectFrom('document')
    .select(['place', 'place_reason'])
    .where('id', '=', repeated)
    .executeTakeFirst();
  await setPlace(db, id, original?.place ?? null, original?.place_reason ?? '');
}

/**
 * Of all versions of an address the newest that holds a text counts; the others point at it. A version without text (a page that
 * lost its article) never takes the place of one that has it.
 */
async function markNewest(db: Kysely<Database>, url: string, part: string): Promise<void> {
  const versions = () =>
    db
      .selectFrom('document')
      .innerJoin('snapshot', 'snapshot.id', 'document.snapshot')
      .select('document.id')
      .where('document.url', '=', url)
      .where('part', '=', part)
      // An archive may bring an older version after a newer one.
      .orderBy('snapshot.fetched_at', 'desc')
      .orderBy('snapshot.id', 'desc');
  const newest = (await versions().where('text', '<>', '').executeTakeFirst()) ?? (await versions().executeTakeFirst());
  if (!newest) return;
  const counted = sql<number | null>`nullif(${newest.id}, id)`;
  // Writing a row costs as much as its text is long, so only those that change.
  await db
    .updateTable('document')
    .set({ superseded_by: counted })
    .where('url', '=', url)
    .where('part', '=', part)
    .where('superseded_by', 'is distinct from', counted)
    .execute();
}

/** The snapshot waits no longer once all its parts are stored. */
async function markRead(db: Kysely<Database>, snapshot: number): Promise<void> {
  const stored = await db
    .selectFrom('document')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('parts').as('parts')])
    .where('snapshot', '=', snapshot)
    .executeTakeFirstOrThrow();
  if (stored.count >= (stored.parts ?? 1))
    await db.deleteFrom('unread').where('rank', 'in', [0, 1]).where('snapshot', '=', snapshot).execute();
}

/** Most documents that one text is compared with, word by word. */
const mostLike = 100;

/** Documents whose SimHash is near, neither repeats nor older versions. */
export async function documentsLike(
  db: Kysely<Database>,
  print: TextPrint,
): Promise<{ id: number; snapshotId: number; text: string }[]> {
  const [band_0, band_1, band_2, band_3] = bandsOf(print.simhash);
  const candidates = await db
    .selectFrom('document')
    .select(['id', 'snapshot', 'simhash', 'length'])
    .where((where) => where.or({ band_0, band_1, band_2, band_3 }))
    .where('repeats', 'is', null)
    .where('superseded_by', 'is', null)
    .where('length', '>', 0)
    .execute();
  const near = candidates
    .map((row) => ({
      ...row,
      bits: bitsApart(row.simhash, print.simhash),
      longer: Math.abs(row.length - print.length),
    }))
    .filter(({ bits }) => bits <= nearBits)
    .sort((one, other) => one.bits - other.bits || one.longer - other.longer || one.id - other.id)
    .slice(0, mostLike);
  const found: { id: number; snapshotId: number; text: string }[] = [];
  for (const { id, snapshot } of near) {
    const { text } = await db.selectFrom('document').select('text').where('id', '=', id).executeTakeFirstOrThrow();
    found.push({ id, snapshotId: snapshot, text });
  }
  return found;
}

/** Documents with what their snapshots tell of them. */
function selectStored(db: Kysely<Database>) {
  return db
    .selectFrom('document')
    .innerJoin('snapshot', 'snapshot.id', 'document.snapshot')
    .selectAll('document')
    .select(['snapshot.kind', 'snapshot.fetched_at', 'snapshot.sha256', 'snapshot.source']);
}

type StoredRow = Selectable<Database['document']> &
  Pick<Selectable<Database['snapshot']>, 'kind' | 'fetched_at' | 'sha256' | 'source'>;

function storedDocumentOf(row: StoredRow): StoredDocument {
  return {
    id: row.id,
    snapshotId: row.snapshot,
    url: row.url,
    kind: row.kind,
    title: row.title,
    publisher: row.publisher,
    documentNumber: row.document_number,
    publishedIso: row.published_iso,
    signedIso: row.signed_iso,
    genre: row.genre,
    format: row.format,
    encoding: row.encoding,
    script: row.script,
    text: row.text,
    place: row.place,
    placeReason: row.place_reason,
    repeats: row.repeats,
    attachedTo: row.attached_to,
    supersededBy: row.superseded_by,
    extractor: row.extractor,
    codebook: row.codebook,
    fetchedAt: row.fetched_at,
    sha256: row.sha256 ?? '',
    source: row.source,
    notes: JSON.parse(row.notes),
    mends: JSON.parse(row.mends).length,
    unmended: JSON.parse(row.unmended).length,
  };
}

export async function documentById(db: Kysely<Database>, id: number): Promise<StoredDocument | null> {
  const row = await selectStored(db).where('document.id', '=', id).executeTakeFirst();
  return row ? storedDocumentOf(row) : null;
}

/** How its text leads back to the bytes. */
export async function documentStructure(db: Kysely<Database>, id: number): Promise<DocumentStructure | null> {
  const row = await db
    .selectFrom('document')
    .select(['part', 'way_back', 'blocks', 'mends'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    part: row.part,
    wayBack: WayBack.fromJSON(JSON.parse(row.way_back)),
    blocks: JSON.parse(row.blocks),
    mends: JSON.parse(row.mends),
  };
}

/** Fetches of an address as a page or file, the newest first. */
export async function addressVersions(db: Kysely<Database>, url: string, limit: number): Promise<AddressVersion[]> {
  const rows = await db
    .selectFrom('snapshot')
    .leftJoin('document', (join) => join.onRef('document.snapshot', '=', 'snapshot.id').on('document.part', '=', ''))
    .select(['snapshot.id', 'snapshot.fetched_at', 'snapshot.outcome', 'snapshot.sha256', 'document.id as document'])
    .where('snapshot.url', '=', url)
    .where('snapshot.kind', 'in', ['article', 'attachment'])
    .orderBy('snapshot.fetched_at', 'desc')
    .orderBy('snapshot.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    snapshotId: row.id,
    fetchedAt: row.fetched_at,
    outcome: row.outcome as AddressVersion['outcome'],
    sha256: row.sha256,
    documentId: row.document,
  }));
}

/** The newest version of the page at an address, else of the page that a redirect from elsewhere led to. */
export async function documentAt(db: Kysely<Database>, url: string): Promise<StoredDocument | null> {
  const newest = selectStored(db)
    .where('document.part', '=', '')
    .where('document.superseded_by', 'is', null)
    .orderBy('document.snapshot', 'desc');
  const row =
    (await newest.where('document.url', '=', url).executeTakeFirst()) ??
    (await newest
      .where('snapshot.final_url', '=', url)
      .whereRef('snapshot.final_url', '<>', 'snapshot.url')
      .executeTakeFirst());
  return row ? storedDocumentOf(row) : null;
}

/** Documents in the order they were stored, older versions left out. */
export async function listDocuments(
  db: Kysely<Database>,
  filter: { place?: string; limit?: number; offset?: number },
): Promise<StoredDocument[]> {
  let query = selectStored(db).where('document.superseded_by', 'is', null).orderBy('document.id');
  if (filter.place !== undefined) query = query.where('document.place', '=', filter.place);
  if (filter.limit !== undefined || filter.offset) query = query.limit(filter.limit ?? Number.MAX_SAFE_INTEGER);
  if (filter.offset) query = query.offset(filter.offset);
  return (await query.execute()).map(storedDocumentOf);
}
