// A response body within limits: read with a cap on bytes and time, then its content encoding undone with a cap on what comes out.
// Pure but for the stream that it reads.
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { reasons } from './reasons.js';

/** Why a body could not be had whole. */
export class BodyProblem extends Error {
  readonly outcome: 'too_big' | 'cut_short' | 'timeout' | 'unsupported';

  constructor(outcome: BodyProblem['outcome'], message: string) {
    super(message);
    this.outcome = outcome;
  }
}

/** A body that comes slower than this after the first 20 seconds is given up: bytes a second. */
const leastSpeed = 100;
const speedGraceMs = 20_000;

/** Reads a body to its end. Throws a BodyProblem where it grows beyond `maxBytes` or trickles. */
export async function readBody(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const started = Date.now();
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > maxBytes) throw new BodyProblem('too_big', reasons.longBody({ most: maxBytes }));
    chunks.push(chunk);
    const took = Date.now() - started;
    if (took > speedGraceMs && (length * 1000) / took < leastSpeed) {
      throw new BodyProblem('timeout', reasons.slowBody({ bytes: length, seconds: Math.round(took / 1000) }));
    }
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
}

/**
 * Undoes a Content-Encoding header (RFC 9110 8.4), the last named first. Bytes that are not what the header says are taken as
 * they are, since servers label plain bodies as gzip. Throws a BodyProblem: too_big, cut_short, or unsupported for an unknown name.
 */
export function undoContentEncoding(body: Uint8Array, header: string | undefined, maxBytes: number): Uint8Array {
  const names = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name && name !== 'identity');
  if (names.length > 3) throw new BodyProblem('unsupported', reasons.unknownEncoding({ encoding: header! }));
  return names.reduceRight((bytes, name) => (bytes.length === 0 ? bytes : undoOne(bytes, name, maxBytes)), body);
}

function undoOne(bytes: Uint8Array, name: string, maxOutputLength: number): Uint8Array {
  try {
    switch (name) {
      case 'gzip':
      case 'x-gzip':
        return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength }) : bytes;
      case 'deflate':
        // RFC 9110 means zlib's format; some servers send the bare stream.
        return (bytes[0]! & 0x0f) === 8
          ? inflateSync(bytes, { maxOutputLength })
          : inflateRawSync(bytes, { maxOutputLength });
      case 'br':
        return brotliDecompressSync(bytes, { maxOutputLength });
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new BodyProblem('too_big', reasons.unpacksLarge({ most: maxOutputLength }));
    throw new BodyProblem('cut_short', reasons.brokenEncoding({ encoding: name, message: (error as Error).message }));
  }
  throw new BodyProblem('unsupported', reasons.unknownEncoding({ encoding: name }));
}
