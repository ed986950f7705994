// Bytes in the corpus: kept once under their SHA-256, compressed where that is smaller.
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Database } from './database.js';
import type { Statements } from './store.js';

/** Bytes as the table `body` holds them. */
interface PackedBody {
  sha256: string;
  encoding: 'identity' | 'deflate';
  size: number;
  bytes: Uint8Array;
}

/** A low level: text of web pages gains little more by a higher one, and a crawl waits for this. */
const level = 3;
/** Below this, compression cannot pay. */
const smallest = 128;

const deflate = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw);

/** Packs bytes, in another thread. */
export async function packBody(sha256: string, bytes: Uint8Array): Promise<PackedBody> {
  const size = bytes.byteLength;
  if (size >= smallest) {
    const packed = await deflate(bytes, { level });
    if (packed.byteLength < size) return { sha256, encoding: 'deflate', size, bytes: packed };
  }
  return { sha256, encoding: 'identity', size, bytes };
}

function unpackBody(row: Pick<PackedBody, 'encoding' | 'size' | 'bytes'>): Uint8Array {
  return row.encoding === 'identity'
    ? row.bytes
    : inflateRawSync(row.bytes, { maxOutputLength: Math.max(row.size, 1) });
}

/** Stores packed bytes, unless they are there. */
export async function keepBody(statements: Statements, body: PackedBody): Promise<void> {
  await statements.run(
    'insert into body (sha256, encoding, size, bytes) values (?, ?, ?, ?) on conflict do nothing',
    body.sha256,
    body.encoding,
    body.size,
    body.bytes,
  );
}

/** The bytes under a hash, null where there are none. */
export async function bodyOf(db: Kysely<Database>, sha256: string): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('body')
    .select(['encoding', 'size', 'bytes'])
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row ? unpackBody(row) : null;
}
