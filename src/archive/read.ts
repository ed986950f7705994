// Pages out of a WARC file, of ours or of other crawlers: one record at a time, in the memory of one record. A record that is cut or
// damaged is reported with its place, and reading goes on at the next that is whole.
import { AsyncIterReader } from 'warcio';
import { type ByteSource, CutMember, chunksFrom, isGzip, memberStart, openMember } from './bytes.js';
import { type Archived, exchangeOf, type RawRecord, type Skipped } from './record.js';

export type ArchiveEvent =
  | ({ type: 'page' } & Archived)
  | ({ type: 'skipped' } & Skipped)
  /** Bytes that are no whole record; reading goes on at `resumedAt`, or nothing follows. */
  | { type: 'damaged'; offset: number; message: string; resumedAt: number | null };

/** Larger blocks are skipped; reading takes no larger file either. */
const mostBytes = 200_000_000;
const mostHeadBytes = 256 * 1024;
const wanted = new Set(['response', 'resource']);

/** Whether a file that begins with these bytes is a WARC, gzipped or plain. */
export function looksLikeArchive(start: Uint8Array): boolean {
  const plain = isGzip(start) ? memberStart(start) : Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  return /^WARC\/\d\.\d\r?\n/.test(plain.toString('latin1', 0, 16));
}

/** All records of an archive, as pages or as the reasons why they give none. */
export async function* readArchive(source: ByteSource): AsyncGenerator<ArchiveEvent> {
  for (let offset = 0; offset < source.size; ) {
    const place: Place = { offset };
    try {
      for await (const record of recordsFrom(source, place)) yield await eventOf(record);
      offset = place.offset;
    } catch (error) {
      const resumedAt = await nextRecord(source, place.offset + 1);
      yield { type: 'damaged', offset: place.offset, message: (error as Error).message, resumedAt };
      if (resumedAt === null) return;
      offset = resumedAt;
    }
  }
}

/** Where in the file the record in hand begins; at the end, what comes next. */
interface Place {
  offset: number;
}

async function* recordsFrom(source: ByteSource, place: Place): AsyncGenerator<RawRecord> {
  const start = await source.read(place.offset, 64);
  if (!isGzip(start)) {
    yield* plainRecords(source, place);
    return;
  }
  const member = await openMember(source, place.offset);
  // A record counts once what follows it is sound: the next record, or the member's checksum.
  let held: RawRecord | null = null;
  try {
    for await (const record of recordsIn(new AsyncIterReader(member.chunks, null))) {
      if (held) yield held;
      held = record;
    }
  } catch (error) {
    if (held && error instanceof CutMember) yield held;
    throw error;
  }
  if (held) yield held;
  place.offset = member.end();
}

async function* plainRecords(source: ByteSource, place: Place): AsyncGenerator<RawRecord> {
  const base = place.offset;
  const reader = new AsyncIterReader(chunksFrom(source, base), null);
  for await (const record of recordsIn(reader, (at) => {
    place.offset = base + at;
  }))
    yield record;
  place.offset = source.size;
}

/** Records of a stream. Throws an Error at bytes that are none. @param onRecord is told where each begins */
async function* recordsIn(
  reader: AsyncIterReader,
  onRecord: (at: number) => void = () => {},
): AsyncGenerator<RawRecord> {
  for (;;) {
    const head = await readHead(reader, onRecord);
    if (!head) return;
    const fields = fieldsOf(head);
    const length = lengthOf(fields);
    const isWanted = wanted.has(fields.get('warc-type') ?? '') && length <= mostBytes;
    const block = isWanted ? await reader.readSize(length) : null;
    const there = block ? block.length : await reader.skipSize(length);
    if (there < length) throw new Error(`the record is cut: ${there} of ${length} bytes are there`);
    await readEnd(reader);
    yield { fields, block };
  }
}

/** The line break behind a block: where it is missing, the block's length was wrong. */
async function readEnd(reader: AsyncIterReader): Promise<void> {
  const line = await reader.readlineRaw(mostHeadBytes);
  if (!line || isBlank(line)) return;
  if (!begins.test(textOf(line))) throw new Error('its Content-Length is wrong');
  reader.unread(line);
}

const begins = /^WARC\/\d\.\d\s*$/;
const textOf = (line: Uint8Array): string => Buffer.from(line.subarray(0, 32)).toString('latin1');
const isBlank = (line: Uint8Array): boolean => line.length <= 2 && textOf(line).trim() === '';

/** The header lines of the next record; null at the end. */
async function readHead(reader: AsyncIterReader, onRecord: (at: number) => void): Promise<Buffer | null> {
  const lines: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const at = reader.getReadOffset();
    const line = await reader.readlineRaw(mostHeadBytes);
    if (!line) {
      if (lines.length === 0) return null;
      throw new Error('the record is cut in its header');
    }
    const blank = isBlank(line);
    if (lines.length === 0) {
      if (blank) continue;
      onRecord(at);
      if (!begins.test(textOf(line))) throw new Error('a record should begin here and does not');
    }
    // Another record begins in the middle of this one's header: whoever wrote it went no further.
    else if (begins.test(textOf(line))) throw new Error('the record is cut in its header');
    lines.push(line);
    size += line.length;
    if (blank) return Buffer.concat(lines);
    if (size > mostHeadBytes) throw new Error(`the header of the record has more than ${mostHeadBytes} bytes`);
  }
}

/** Fields by lower-case name, continued lines joined; of a name written twice the first. */
function fieldsOf(head: Buffer): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const text = head.toString('utf8').replace(/\r?\n[ \t]+/g, ' ');
  for (const line of text.split(/\r?\n/).slice(1)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function lengthOf(fields: ReadonlyMap<string, string>): number {
  const written = fields.get('content-length') ?? '';
  if (/^\d{1,15}$/.test(written)) return Number(written);
  throw new Error(
    written === '' ? 'the record has no Content-Length' : `its Content-Length is "${written.slice(0, 40)}"`,
  );
}

async function eventOf(record: RawRecord): Promise<ArchiveEvent> {
  const found = await exchangeOf(record);
  return 'reason' in found ? { type: 'skipped', ...found } : { type: 'page', ...found };
}

/** Most damage is followed closely by the next record. */
const firstScan = 1 << 12;
const mostScan = 1 << 20;
const memberProbe = 4096;
const plainStart = Buffer.from('WARC/1.');

/** The next place from `offset` on where a record begins, plain at a line's start or in a gzip member; null where none does. */
async function nextRecord(source: ByteSource, offset: number): Promise<number | null> {
  let scan = firstScan;
  for (let base = offset; base < source.size; base += scan, scan = Math.min(scan * 4, mostScan)) {
    // One byte before, for the line's end; a little after, for what begins at the window's end.
    const from = Math.max(base - 1, 0);
    const window = Buffer.from(await source.read(from, scan + memberProbe));
    const last = base - from + scan;
    for (let at = base - from; at < Math.min(last, window.length); at++) {
      if (window[at] === 0x1f && window[at + 1] === 0x8b) {
        const member = window.subarray(at, at + memberProbe);
        if (looksLikeArchive(member)) return from + at;
      } else if (window[at] === plainStart[0] && (at === 0 || window[at - 1] === 0x0a)) {
        if (window.subarray(at, at + plainStart.length).equals(plainStart)) return from + at;
      }
    }
  }
  return null;
}
