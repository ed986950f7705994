// Reading kept pages again: how far it came and what it changed. Each document is stored with its changes and the progress in one
// transaction, so that a kill at any moment loses nothing and tells nothing twice.
import type { Kysely } from 'kysely';
import type { Figure, Records } from '../src/model/record.js';
import type { DocumentToStore } from './corpus.js';
import type { Database } from './database.js';
import { storeDocument } from './documents.js';
import type { Store } from './store.js';

/** By what pages are read again. */
export interface ReadingVersion {
  extractor: string;
  codebook: string;
  /** Hash of all that decides what is read. */
  fingerprint: string;
}

export interface Reextraction {
  id: number;
  /** It was begun before and is gone on with. */
  resumed: boolean;
  /** Documents that were read so far. */
  documents: number;
  /** How far it came. */
  rank: number;
  snapshot: number;
}

/** A change of one figure, as it is kept: values as JSON. */
export interface KeptChange {
  kind: 'added' | 'removed' | 'changed';
  figure: string;
  quote: string;
  sentence: string;
  fields: { field: string; before: unknown; after: unknown }[];
}

export interface Reextractions {
  /** Goes on with the unfinished one of the same version, or begins one; an unfinished one of another version is ended. */
  begin(version: ReadingVersion, now: number): Promise<Reextraction>;
  /** Snapshots that gave documents, from behind a place on: pages and files (rank 0), then attachments (1), in order. */
  snapshotsAfter(rank: number, snapshot: number, limit: number): Promise<number[]>;
  /** The documents of a snapshot. */
  documentsOf(snapshot: number): Promise<{ id: number; part: string; repeats: number | null }[]>;
  /** Stores a document that was read again, with what changed. @param changesOf figures before and after, to changes */
  store(
    reextraction: number,
    entry: DocumentToStore,
    recordsOf: (id: number) => Records,
    changesOf: (before: readonly Figure[], after: readonly Figure[]) => KeptChange[],
  ): Promise<{ id: number; changes: KeptChange[] }>;
  /** Notes that all up to this snapshot are done. */
  advance(reextraction: number, rank: number, snapshot: number): Promise<void>;
  end(reextraction: number, now: number): Promise<void>;
  /** Changes in the order of documents, from behind a place on. */
  changes(
    reextraction: number,
    after: { document: number; position: number },
    limit: number,
  ): Promise<(KeptChange & { document: number; position: number; url: string })[]>;
  /** Counts of changes by kind. */
  changeCounts(reextraction: number): Promise<Record<KeptChange['kind'], number>>;
}

/** The times of reading again in a corpus. */
export function reextractionsIn(store: Store): Reextractions {
  return {
    begin: (version, now) => store.write((db) => begin(db, version, new Date(now).toISOString())),
    snapshotsAfter: (rank, snapshot, limit) => store.read((db) => snapshotsAfter(db, rank, snapshot, limit)),
    documentsOf: (snapshot) =>
      store.read((db) =>
        db.selectFrom('document').select(['id', 'part', 'repeats']).where('snapshot', '=', snapshot).execute(),
      ),
    store: (reextraction, entry, recordsOf, changesOf) =>
      store.writeBeside(async (db, statements) => {
        let changes: KeptChange[] = [];
        const id = await storeDocument(db, { statements, pairs: store.pairs }, entry, recordsOf, (before, after) => {
          changes = changesOf(before, after);
        });
        await keepChanges(db, reextraction, id, changes);
        return { id, changes };
      }),
    advance: async (reextraction, rank, snapshot) => {
      await store.writeBeside((db) =>
        db
          .updateTable('reextraction')
          .set({ done_rank: rank, done_snapshot: snapshot })
          .where('id', '=', reextraction)
          .execute(),
      );
    },
    end: async (reextraction, now) => {
      await store.writeBeside((db) => end(db, reextraction, new Date(now).toISOString()));
    },
    changes: (reextraction, after, limit) => store.read((db) => changesAfter(db, reextraction, after, limit)),
    changeCounts: (reextraction) => store.read((db) => changeCounts(db, reextraction)),
  };
}

async function begin(db: Kysely<Database>, version: ReadingVersion, now: string): Promise<Reextraction> {
  const open = await db.selectFrom('reextraction').selectAll().where('ended_at', 'is', null).execute();
  const same = open.find((each) => each.fingerprint === version.fingerprint);
  for (const other of open) if (other !== same) await end(db, other.id, now);
  const row =
    same ??
    (await db
      .insertInto('reextraction')
      .values({ started_at: now, ...version })
      .returningAll()
      .executeTakeFirstOrThrow());
  return {
    id: row.id,
    resumed: same !== undefined,
    documents: row.documents,
    rank: row.done_rank,
    snapshot: row.done_snapshot,
  };
}

const end = (db: Kysely<Database>, id: number, now: string) =>
  db.updateTable('reextraction').set({ ended_at: now }).where('id', '=', id).where('ended_at', 'is', null).execute();

async function snapshotsAfter(db: Kysely<Database>, rank: number, snapshot: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('snapshot')
    .select('snapshot.id')
    .where('snapshot.id', '>', snapshot)
    .where('kind', rank === 0 ? '<>' : '=', 'attachment')
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('document').select('document.id').whereRef('document.snapshot', '=', 'snapshot.id')),
    )
    .orderBy('snapshot.id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** A document that was stored before the kill but not noted as done is stored again, and then nothing of it changes: what is kept stays. */
async function keepChanges(
  db: Kysely<Database>,
  reextraction: number,
  document: number,
  changes: readonly KeptChange[],
): Promise<void> {
  const known =
    changes.length === 0
      ? []
      : await db
          .selectFrom('figure_change')
          .select('position')
          .where('reextraction', '=', reextraction)
          .where('document', '=', document)
          .execute();
  for (const [index, change] of changes.entries())
    await db
      .insertInto('figure_change')
      .values({
        reextraction,
        document,
        position: known.length + index,
        ...change,
        fields: JSON.stringify(change.fields),
      })
      .execute();
  await db
    .updateTable('reextraction')
    .set(({ eb }) => ({ documents: eb('documents', '+', 1) }))
    .where('id', '=', reextraction)
    .execute();
}

async function changesAfter(
  db: Kysely<Database>,
  reextraction: number,
  after: { document: number; position: number },
  limit: number,
): ReturnType<Reextractions['changes']> {
  const rows = await db
    .selectFrom('figure_change')
    .innerJoin('document', 'document.id', 'figure_change.document')
    .selectAll('figure_change')
    .select('document.url')
    .where('reextraction', '=', reextraction)
    .where(({ or, and, eb }) =>
      or([
        eb('figure_change.document', '>', after.document),
        and([eb('figure_change.document', '=', after.document), eb('position', '>', after.position)]),
      ]),
    )
    .orderBy('figure_change.document')
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map(({ reextraction: _, fields, ...row }) => ({ ...row, fields: JSON.parse(fields) }));
}

async function changeCounts(db: Kysely<Database>, reextraction: number): Promise<Record<KeptChange['kind'], number>> {
  const rows = await db
    .selectFrom('figure_change')
    .select(['kind', db.fn.countAll<number>().as('count')])
    .where('reextraction', '=', reextraction)
    .groupBy('kind')
    .execute();
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { kind, count } of rows) counts[kind] = Number(count);
  return counts;
}
