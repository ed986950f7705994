// A web archive on its way into the corpus: each page under its own address and time of fetch, what gives no page counted.
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { BodyProblem, undoContentEncoding } from '../../crawlers/content.js';
import type { Corpus } from '../../db/corpus.js';
import { type ByteSource, looksLikeArchive, readArchive, type SkipReason, skipReasons } from '../archive/index.js';
import type { Exchange } from '../model/exchange.js';
import { importExchange } from '../pipeline.js';
import { crawlWords } from './crawl-words.js';
import { harmless, type Output } from './output.js';

/** Bytes of one page, unpacked. */
const mostBytes = 200_000_000;
const damagesSaid = 20;

/** What an import of an archive came to. */
export interface ArchiveImport {
  added: number;
  known: number;
  skipped: Map<SkipReason, number>;
  /** Places in the file where no whole record was, and pages whose content encoding could not be undone. */
  damaged: number;
}

/** Whether a file is a web archive. Throws what the file system throws. */
export async function isArchive(path: string): Promise<boolean> {
  return withSource(path, async (source) => looksLikeArchive(await source.read(0, 4096)));
}

/**
 * Keeps all pages of an archive; they then wait for reading.
 * @param told the county and date that the user named, in place of what the archive says
 */
export async function importArchive(
  corpus: Corpus,
  path: string,
  told: { place: string | null; date: string | null },
  { out, signal }: { out: Output; signal: AbortSignal },
): Promise<ArchiveImport> {
  const result: ArchiveImport = { added: 0, known: 0, skipped: new Map(), damaged: 0 };
  const name = shown(basename(path));
  const words = crawlWords[out.language];
  const sayDamage = (damage: string) => {
    result.damaged += 1;
    if (result.damaged <= damagesSaid) out.say(`${name}: ${damage}`);
  };
  await withSource(path, async (source) => {
    for await (const event of readArchive(source)) {
      if (signal.aborted) return;
      if (event.type === 'skipped') {
        result.skipped.set(event.reason, (result.skipped.get(event.reason) ?? 0) + 1);
      } else if (event.type === 'damaged') {
        sayDamage(words.damaged(event.offset, shown(event.message), event.resumedAt));
      } else {
        const exchange = unpacked(event.exchange, event.encoding);
        if (typeof exchange === 'string') sayDamage(`${shown(event.exchange.url)}: ${exchange}`);
        else await keep(corpus, { ...exchange, ...given(told) }, result);
        out.progress(`${name}: ${words.pages(result.added + result.known)}`);
      }
    }
  });
  sayImport(name, result, out);
  return result;
}

const given = ({ place, date }: { place: string | null; date: string | null }): Partial<Exchange> => ({
  ...(place === null ? {} : { place }),
  ...(date === null ? {} : { listed: date }),
});

async function keep(corpus: Corpus, exchange: Exchange, result: ArchiveImport): Promise<void> {
  const { added } = await importExchange(corpus, exchange);
  result[added ? 'added' : 'known'] += 1;
}

/** The exchange with its content encoding undone, or why that cannot be. */
function unpacked(exchange: Exchange, encoding: string | null): Exchange | string {
  if (encoding === null) return exchange;
  try {
    return { ...exchange, bytes: undoContentEncoding(exchange.bytes, encoding, mostBytes) };
  } catch (error) {
    if (!(error instanceof BodyProblem)) throw error;
    // Some crawlers keep the header of an encoding that they have undone.
    return /^\s*[<{[]/.test(Buffer.from(exchange.bytes.subarray(0, 64)).toString('latin1')) ? exchange : error.message;
  }
}

function sayImport(name: string, { added, known, skipped, damaged }: ArchiveImport, out: Output): void {
  out.say(`${name}: ${crawlWords[out.language].archive(added, known)}`);
  const left = [...skipped].filter(([reason]) => reason !== 'part');
  if (left.length > 0)
    out.say(
      `  ${crawlWords[out.language].leftOut}: ${left.map(([reason, count]) => `${count} ${skipReasons[reason][out.language]}`).join(', ')}`,
    );
  if (damaged > damagesSaid) out.say(`  ${crawlWords[out.language].moreDamaged(damaged - damagesSaid)}`);
}

/** Words of a file on their way to a line of the terminal. */
const shown = (text: string): string => harmless(text.replace(/[\r\n\t]+/g, ' ')).slice(0, 300);

async function withSource<T>(path: string, work: (source: ByteSource) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return await work({ size, read: (offset, length) => readAt(handle, offset, length) });
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
