// Archives for tests, written by hand and byte by byte, as other crawlers write them.
import { gzipSync } from 'node:zlib';
import type { ByteSource } from '../../src/archive/index.js';
import { type ArchiveEvent, readArchive } from '../../src/archive/read.js';

/** One record: fields in their order, then the block. */
export function record(fields: Record<string, string>, block: string | Uint8Array, end = '\r\n'): Buffer {
  const bytes = Buffer.from(block);
  const lines = Object.entries({ ...fields, 'Content-Length': String(bytes.length) });
  const head = ['WARC/1.0', ...lines.map(([name, value]) => `${name}: ${value}`), '', ''].join(end);
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n\r\n')]);
}

/** A response record; the body follows the head as it is. */
export function response(
  url: string,
  head: string[],
  body: string | Uint8Array,
  fields: Record<string, string> = {},
): Buffer {
  const block = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
  return record(
    {
      'WARC-Type': 'response',
      'WARC-Target-URI': url,
      'WARC-Date': '2021-05-06T07:08:09Z',
      'Content-Type': 'application/http; msgtype=response',
      ...fields,
    },
    block,
  );
}

export const ok = ['HTTP/1.1 200 OK', 'Content-Type: text/html; charset=utf-8'];

/** Every record a gzip member of its own. */
export const gzipped = (...records: Buffer[]): Buffer => Buffer.concat(records.map((each) => gzipSync(each)));

const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
});

export async function eventsOf(bytes: Uint8Array): Promise<ArchiveEvent[]> {
  const events: ArchiveEvent[] = [];
  for await (const event of readArchive(sourceOf(bytes))) events.push(event);
  return events;
}

export const pagesOf = (events: readonly ArchiveEvent[]): { url: string; text: string }[] =>
  events.flatMap((event) =>
    event.type === 'page'
      ? [{ url: event.exchange.url, text: Buffer.from(event.exchange.bytes).toString('utf8') }]
      : [],
  );
