// Snapshots: outcomes of fetches and imported files, with their bytes, and which of them wait for reading.
import type { Kysely } from 'kysely';
import type { Outcome, RequestKind } from '../src/model/page.js';
import { bodyOf } from './bodies.js';
import type { Snapshot } from './corpus.js';
import type { Database } from './database.js';
import type { Statements } from './store.js';

/** A snapshot on its way into the corpus. JSON columns as text. */
interface NewSnapshot {
  run: number | null;
  source: string | null;
  kind: RequestKind;
  host: string | null;
  url: string;
  form: string;
  finalUrl: string;
  fetchedAt: string;
  status: number | null;
  outcome: Outcome;
  reason: string | null;
  contentType: string | null;
  headers: string;
  sha256: string | null;
  textHash: string | null;
  tookMs: number | null;
  settings: string;
  place: string | null;
  anchor: string | null;
  listed: string | null;
  referrer: string | null;
  depth: number;
}

/** Stores a snapshot and, where it gives something new to read, that it waits for reading. Its bytes must be there. */
export async function addSnapshot(statements: Statements, snapshot: NewSnapshot): Promise<number> {
  const toRead = await isToRead(statements, snapshot);
  const row = await statements.get<{ id: number }>(
    `insert into snapshot (run, source, kind, host, url, form, final_url, fetched_at, status, outcome, reason, content_type, headers,
      sha256, text_hash, took_ms, settings, place, anchor, listed, referrer, depth)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`,
    snapshot.run,
    snapshot.source,
    snapshot.kind,
    snapshot.host,
    snapshot.url,
    snapshot.form,
    snapshot.finalUrl,
    snapshot.fetchedAt,
    snapshot.status,
    snapshot.outcome,
    snapshot.reason,
    snapshot.contentType,
    snapshot.headers,
    snapshot.sha256,
    snapshot.textHash,
    snapshot.tookMs,
    snapshot.settings,
    snapshot.place,
    snapshot.anchor,
    snapshot.listed,
    snapshot.referrer,
    snapshot.depth,
  );
  const { id } = row!;
  if (toRead)
    await statements.run(
      'insert into unread (rank, snapshot) values (?, ?)',
      snapshot.kind === 'attachment' ? 1 : 0,
      id,
    );
  return id;
}

/** New content of an article or attachment, or content that is the same but was never kept as one. */
async function isToRead(statements: Statements, snapshot: NewSnapshot): Promise<boolean> {
  const { kind, outcome, sha256 } = snapshot;
  if (sha256 === null || (kind !== 'article' && kind !== 'attachment')) return false;
  if (outcome !== 'ok' && outcome !== 'same') return false;
  const before = await statements.get<{ sha256: string; place: string | null; listed: string | null }>(
    `select sha256, place, listed from snapshot
    where url = ? and form = ? and outcome in ('ok', 'same') and kind in ('article', 'attachment') and sha256 is not null
    order by id desc limit 1`,
    snapshot.url,
    snapshot.form,
  );
  if (!before) return true;
  if (outcome === 'same') return false;
  // An imported file is read again where the user tells another place or date of it.
  const told = snapshot.run === null && (before.place !== snapshot.place || before.listed !== snapshot.listed);
  return before.sha256 !== sha256 || told;
}

/** A kept page with its bytes, null where it is unknown or has none. */
export async function snapshotWith(db: Kysely<Database>, id: number): Promise<Snapshot | null> {
  const row = await db.selectFrom('snapshot').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || row.sha256 === null) return null;
  const bytes = await bodyOf(db, row.sha256);
  if (!bytes) return null;
  return {
    id: row.id,
    run: row.run,
    source: row.source,
    kind: row.kind,
    url: row.url,
    finalUrl: row.final_url,
    fetchedAt: row.fetched_at,
    contentType: row.content_type,
    sha256: row.sha256,
    bytes,
    place: row.place,
    anchor: row.anchor,
    listed: row.listed,
    referrer: row.referrer,
  };
}

/** Ids of snapshots that wait for reading, articles first. */
export async function unreadSnapshots(db: Kysely<Database>, limit: number, run?: number): Promise<number[]> {
  let query = db.selectFrom('unread').select('snapshot').orderBy('rank').orderBy('snapshot').limit(limit);
  if (run !== undefined)
    query = query.where('snapshot', 'in', db.selectFrom('snapshot').select('id').where('run', '=', run));
  const rows = await query.execute();
  return rows.map((row) => row.snapshot);
}
