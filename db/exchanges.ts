// Exchanges: snapshots with their bytes on their way to an archive, one after the other, and back.
import type { Kysely } from 'kysely';
import type { Exchange, KeptExchange } from '../src/model/exchange.js';
import { bodyOf, keepBody, packBody } from './bodies.js';
import type { ImportedFile } from './corpus.js';
import type { Database } from './database.js';
import { addSnapshot } from './snapshots.js';
import type { Store } from './store.js';

/** All snapshots that have bytes, in the order of their numbers, each read in its own transaction: snapshots never change. */
export async function* exchangesIn(store: Store): AsyncGenerator<KeptExchange> {
  for (let after = 0; ; ) {
    const next = await store.read((db) => exchangeAfter(db, after));
    if (!next) return;
    after = next.id;
    yield next.exchange;
  }
}

async function exchangeAfter(
  db: Kysely<Database>,
  after: number,
): Promise<{ id: number; exchange: KeptExchange } | null> {
  const row = await db
    .selectFrom('snapshot')
    .selectAll()
    .where('id', '>', after)
    .where('sha256', 'is not', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  const bytes = row && (await bodyOf(db, row.sha256!));
  if (!row || !bytes) return null;
  const earlier = await db
    .selectFrom('snapshot')
    .select('fetched_at')
    .where('url', '=', row.url)
    .where('id', '<', row.id)
    .where('sha256', '=', row.sha256)
    .where('form', '=', row.form)
    .where('kind', '=', row.kind)
    .orderBy('id')
    .executeTakeFirst();
  const exchange: KeptExchange = {
    kind: row.kind,
    url: row.url,
    form: row.form,
    finalUrl: row.final_url,
    fetchedAt: row.fetched_at,
    status: row.status,
    contentType: row.content_type,
    headers: JSON.parse(row.headers),
    bytes,
    place: row.place,
    anchor: row.anchor,
    listed: row.listed,
    referrer: row.referrer,
    settings: JSON.parse(row.settings),
    outcome: row.outcome,
    sha256: row.sha256!,
    repeats: earlier?.fetched_at ?? null,
  };
  return { id: row.id, exchange };
}

/** Keeps an exchange without a run. The same bytes under the same address, told the same of, are kept once. */
export async function keepExchange(
  store: Store,
  exchange: Exchange,
  sha256: string,
): Promise<{ snapshotId: number; added: boolean }> {
  const body = await packBody(sha256, exchange.bytes);
  return store.write(async (db, statements) => {
    const known = await db
      .selectFrom('snapshot')
      .select('id')
      .where('url', '=', exchange.url)
      .where('sha256', '=', sha256)
      .where('form', '=', exchange.form)
      .where('kind', '=', exchange.kind)
      .where('run', 'is', null)
      .where('place', 'is not distinct from', exchange.place)
      .where('listed', 'is not distinct from', exchange.listed)
      .orderBy('id', 'desc')
      .executeTakeFirst();
    if (known) return { snapshotId: known.id, added: false };
    await keepBody(statements, body);
    const snapshotId = await addSnapshot(statements, {
      run: null,
      source: null,
      kind: exchange.kind,
      host: null,
      url: exchange.url,
      form: exchange.form,
      finalUrl: exchange.finalUrl,
      fetchedAt: exchange.fetchedAt,
      status: exchange.status,
      outcome: 'ok',
      reason: null,
      contentType: exchange.contentType,
      headers: JSON.stringify(exchange.headers),
      sha256,
      textHash: null,
      tookMs: null,
      settings: JSON.stringify(exchange.settings),
      place: exchange.place,
      anchor: exchange.anchor,
      listed: exchange.listed,
      referrer: exchange.referrer,
      depth: 0,
    });
    return { snapshotId, added: true };
  });
}

/** Keeps an imported file as an article that nobody asked a server for. */
export const keepFile = (store: Store, file: ImportedFile): Promise<{ snapshotId: number; added: boolean }> =>
  keepExchange(
    store,
    {
      kind: 'article',
      url: file.url,
      form: '',
      finalUrl: file.url,
      fetchedAt: file.importedAt,
      status: null,
      contentType: file.contentType,
      headers: {},
      bytes: file.bytes,
      place: file.place,
      anchor: null,
      listed: file.date,
      referrer: null,
      settings: {},
    },
    file.sha256,
  );
