// The door of reading: bytes, or text that is already decoded, to a Document. Bad content gives a Document with notes; nothing is thrown.
import type { Document, ReadingNote } from '../model/document.js';
import { WayBack } from '../model/way-back.js';
import { compose, type Frame } from './compose.js';
import { type Decoded, decodeBytes, destroyedIn } from './decode.js';
import type { FileContent, FileTask, Member } from './file-worker.js';
import { noteWords } from './notes.js';
import { htmlOfMail, htmlOfWordXml } from './office-text.js';
import { openFile } from './open-file.js';
import { textOfPages } from './page-lines.js';
import { textOfRtf } from './rtf.js';
import { type Format, sniffBinary, sniffText } from './sniff.js';

export { articlePartsOf } from './article-parts.js';
export { type ParsedPage, parseHtml } from './html.js';
export { sayNote } from './notes.js';
export { printOf, repeats } from './print.js';
export { toSimplified } from './script.js';

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
  /** Whether the document shall list what was seen and not taken. */
  listsLeftOut?: boolean;
}

type Hints = Omit<ReadingInput, 'bytes' | 'contentType'>;

/** Bytes of a page or text file that are read; what is longer is a dump and no article. */
const mostText = 8_000_000;
/** Archives in archives are opened this deep. */
const deepestArchive = 2;

const openable: Partial<Record<Format, FileTask['kind']>> = {
  docx: 'docx',
  doc: 'doc',
  pdf: 'pdf',
  xls: 'xls',
  xlsx: 'xls',
  ofd: 'ofd',
  zip: 'zip',
};

/** Web pages and documents that office programs saved in another wrapping of text. */
const packed: Partial<Record<Format, (bytes: Uint8Array) => string>> = { mhtml: htmlOfMail, wordxml: htmlOfWordXml };

function frameOf(hints: Hints, format: string, encoding: string, notes: ReadingNote[] = []): Frame {
  const { origin, placeHint, listsLeftOut = false } = hints;
  return { origin, format, encoding, notes, listsLeftOut, ...(placeHint ? { placeHint } : {}) };
}

function empty(hints: Hints, format: string, note: ReadingNote): Document {
  return compose('', 'text', frameOf(hints, format, 'utf-8', [note]));
}

/** A file's text is its own original: offsets of its figures count in it. */
const ownOriginal = (document: Document): Document => ({
  ...document,
  wayBack: WayBack.identity(document.text.length),
});

const closedFiles: Partial<Record<Format, [ReadingNote['code'], (values: { origin: string }) => string]>> = {
  image: ['needs_ocr', noteWords.image],
  encrypted: ['encrypted', noteWords.locked],
  binary: ['not_text', noteWords.binary],
};

function closedNote(origin: string, format: Format): ReadingNote {
  const closed = closedFiles[format];
  return closed
    ? { code: closed[0], message: closed[1]({ origin }) }
    : { code: 'unsupported', message: noteWords.unsupported({ origin, format }) };
}

function fromContent(content: FileContent, format: Format, input: ReadingInput): Document {
  const { origin } = input;
  const frame = frameOf(input, format, 'utf-8');
  if ('failure' in content)
    return empty(input, format, {
      code: content.failure,
      message: noteWords.failure({ origin, reason: content.message }),
    });
  if ('html' in content) {
    if (content.left > 0)
      frame.notes.push({ code: 'too_big', message: noteWords.rowsLeft({ origin, count: content.left }) });
    return ownOriginal(compose(content.html, 'html', frame));
  }
  if ('text' in content) return ownOriginal(compose(content.text, 'text', frame));
  if ('members' in content) {
    const total = content.members.length;
    if (content.left > 0)
      frame.notes.push({ code: 'damaged', message: noteWords.membersLeft({ origin, total, count: content.left }) });
    return compose('', 'text', frame);
  }
  if (content.images > 0) {
    const message = noteWords.scans({ origin, count: content.images, pages: content.pages.length });
    frame.notes.push({ code: 'needs_ocr', message });
  }
  if (content.left > 0)
    frame.notes.push({ code: 'too_big', message: noteWords.pagesLeft({ origin, count: content.left }) });
  return ownOriginal(compose(textOfPages(content.pages), 'text', frame));
}

/** The start of bytes that are too many, cut behind an ASCII character, so that none is cut in two. */
function cut(bytes: Uint8Array): Uint8Array {
  let end = mostText;
  while (end > 0 && bytes[end - 1]! >= 0x40) end--;
  return bytes.subarray(0, end);
}

/** The decoded original of a page or text file: what the offsets of its records count in. */
export const decodedOriginal = (bytes: Uint8Array, contentType?: string): Decoded =>
  decodeBytes(bytes.length > mostText ? cut(bytes) : bytes, contentType);

function fromBytes(input: ReadingInput): Document {
  const { bytes, origin } = input;
  const decoded = decodedOriginal(bytes, input.contentType);
  const document = read(decoded, input);
  if (bytes.length > mostText) {
    const message = noteWords.cut({ origin, bytes: bytes.length, most: mostText });
    document.notes.push({ code: 'too_big', message });
  }
  return document;
}

function read({ text, encoding, replaced }: Decoded, hints: Hints): Document {
  const kind = sniffText(text);
  const document = compose(text, kind, frameOf(hints, kind, encoding));
  if (replaced > 0) {
    const message = noteWords.replaced({ origin: hints.origin, count: replaced, encoding });
    document.notes.push({ code: 'replaced_characters', message });
  }
  const destroyed = destroyedIn(`${document.title ?? ''}${document.text}`);
  if (destroyed > 0) {
    const message = noteWords.mojibake({ origin: hints.origin, count: destroyed });
    document.notes.push({ code: 'damaged', message });
  }
  if (document.text === '')
    document.notes.push({ code: 'no_article', message: noteWords.noArticle({ origin: hints.origin }) });
  return document;
}

async function open(input: ReadingInput): Promise<{ document: Document; members: Member[] }> {
  const format = sniffBinary(input.bytes);
  if (format === null) return { document: fromBytes(input), members: [] };
  if (format === 'rtf') {
    const text = textOfRtf(input.bytes.subarray(0, mostText));
    return { document: fromContent({ text }, format, input), members: [] };
  }
  const toHtml = packed[format];
  if (toHtml) {
    const html = toHtml(input.bytes.subarray(0, mostText));
    return { document: fromContent({ html, left: 0 }, format, input), members: [] };
  }
  const kind = openable[format];
  if (!kind) return { document: empty(input, format, closedNote(input.origin, format)), members: [] };
  const content = await openFile(kind, input.bytes);
  return { document: fromContent(content, format, input), members: 'members' in content ? content.members : [] };
}

const tooDeep = (origin: string, members: number): ReadingNote => ({
  code: 'too_deep',
  message: noteWords.archivesDeep({ origin, count: members, most: deepestArchive }),
});

/** Reads one page or file. Never rejects for bad content: see `Document.notes`. An archive is read by {@link readAll}. */
export async function readPage(input: ReadingInput): Promise<Document> {
  return (await open(input)).document;
}

/**
 * Reads one page or file with everything in it. The first document is the page or file itself; an archive has no text of its own
 * and is followed by one document a member, in the archive's order, with `#1`, `#2` … behind its origin. Never rejects for bad
 * content.
 */
export async function readAll(input: ReadingInput, depth = 0): Promise<Document[]> {
  const { document, members } = await open(input);
  const documents = [document];
  if (depth >= deepestArchive) {
    if (members.length > 0) document.notes.push(tooDeep(input.origin, members.length));
    return documents;
  }
  for (const [i, member] of members.entries()) {
    const hints = { ...input, bytes: member.bytes, origin: `${input.origin}#${i + 1}`, filename: member.name };
    documents.push(...(await readAll(hints, depth + 1)));
  }
  return documents;
}

/** Reads text that is already decoded: HTML or the plain text of a copied page. `text` is then the decoded original. */
export function readText(text: string, hints: Hints): Document {
  return read({ text, encoding: 'utf-8', replaced: 0 }, hints);
}
