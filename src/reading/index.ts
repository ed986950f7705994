// The door of reading: bytes, or text that is already decoded, to a Document. Bad content gives a Document with notes; nothing is thrown.
import type { Document } from '../model/document.js';
import { WayBack } from '../model/way-back.js';

/** What is known of a page or file before it is read. All hints may be wrong; content decides. */
export interface ReadingInput {
  bytes: Uint8Array;
  /** URL or file path; with `#n` for a part of an archive. */
  origin: string;
  /** The Content-Type header, for its charset. */
  contentType?: string;
  /** GB/T 2260 code that the source or the user names for it. */
  placeHint?: string;
  /** The name a file was offered under. */
  filename?: string;
}

/** Reads one page or file. Never rejects for bad content: see `Document.notes`. */
export async function readPage(input: ReadingInput): Promise<Document> {
  return readText(new TextDecoder('utf-8').decode(input.bytes), input);
}

/** Reads text that is already decoded: HTML or the plain text of a copied page. `text` is then the decoded original. */
export function readText(text: string, hints: Omit<ReadingInput, 'bytes' | 'contentType'>): Document {
  return {
    origin: hints.origin,
    format: 'text',
    encoding: 'utf-8',
    script: 'simplified',
    mends: [],
    unmended: [],
    notes: [],
    text,
    wayBack: WayBack.identity(text.length),
    blocks: [],
    attachments: [],
    title: null,
    published: null,
    publishedIso: null,
    signed: null,
    signedIso: null,
    publisher: null,
    source: null,
    author: null,
    documentNumber: null,
    indexNumber: null,
    addressees: [],
    genre: 'other',
    broken: {},
    ...(hints.placeHint ? { placeHint: hints.placeHint } : {}),
  };
}
