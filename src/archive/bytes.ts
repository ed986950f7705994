// Bytes at places: what reading an archive needs of a file, its parts as streams, and gzip members with their exact ends.
import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync, constants as zlib } from 'node:zlib';

/** A file whose bytes can be read at any place. */
export interface ByteSource {
  size: number;
  /** At most `length` bytes from `offset`; fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

const firstRead = 16 * 1024;
const usualRead = 128 * 1024;

/** The bytes from a place to the end. */
export async function* chunksFrom(source: ByteSource, offset: number): AsyncGenerator<Uint8Array> {
  for (let length = firstRead; offset < source.size; length = usualRead) {
    const chunk = await source.read(offset, length);
    if (chunk.length === 0) return;
    offset += chunk.length;
    yield chunk;
  }
}

/** Whether bytes begin like a gzip member (RFC 1952): magic, deflate, no reserved flag. */
export const isGzip = (bytes: Uint8Array): boolean =>
  bytes.length > 10 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8 && bytes[3]! < 0x20;

/** Length of a gzip header, null where it does not end within these bytes. */
function headerLength(bytes: Uint8Array): number | null {
  const flags = bytes[3]!;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return at < bytes.length ? at : null;
}

/** The file ends before the member does: what came before is sound as far as can be told. */
export class CutMember extends Error {}

/** A gzip member while it is unpacked. */
export interface GzipMember {
  chunks: AsyncIterable<Uint8Array>;
  /** Where it ends in the file, once all chunks were read. */
  end(): number;
}

/** Opens the member at a place. Its chunks throw an Error where it is cut, damaged, or its checksum is wrong. */
export async function openMember(source: ByteSource, offset: number): Promise<GzipMember> {
  const header = headerLength(await source.read(offset, firstRead));
  let end = offset;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    if (header === null) throw new Error('the gzip header has no end');
    const inflate = createInflateRaw();
    const input = Readable.from(chunksFrom(source, offset + header), { objectMode: false });
    input.on('error', (error) => inflate.destroy(error));
    input.pipe(inflate);
    let sum = 0;
    let size = 0;
    try {
      for await (const chunk of inflate as AsyncIterable<Buffer>) {
        sum = crc32(chunk, sum);
        size += chunk.length;
        yield chunk;
      }
      const trailerAt = offset + header + inflate.bytesWritten;
      const trailer = Buffer.from(await source.read(trailerAt, 8));
      if (trailer.length < 8) throw new CutMember('the gzip member is cut');
      if (trailer.readUInt32LE(0) !== sum || trailer.readUInt32LE(4) !== size % 2 ** 32)
        throw new Error('the checksum of the gzip member is wrong');
      end = trailerAt + 8;
    } catch (error) {
      const cut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
      throw cut ? new CutMember('the gzip member is cut') : error;
    } finally {
      input.destroy();
      inflate.destroy();
    }
  }
  return { chunks: chunks(), end: () => end };
}

/** The first bytes of what a gzip member holds; empty where these bytes are none. @param bytes from the member's first byte on */
export function memberStart(bytes: Uint8Array): Buffer {
  const header = isGzip(bytes) ? headerLength(bytes) : null;
  if (header === null) return Buffer.alloc(0);
  try {
    return inflateRawSync(bytes.subarray(header), { finishFlush: zlib.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
