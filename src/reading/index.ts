// The door of reading: bytes, or text that is already decoded, to a Document. Bad content gives a Document with notes; nothing is thrown.
import type { AttachmentLink, Document, ReadingNote } from '../model/document.js';
import { findArticle, kindsOf, type Region } from './article.js';
import { attachmentLinksOf } from './attachment-links.js';
import { bodyOf, firstSubstantial } from './body.js';
import { decodeBytes } from './decode.js';
import { flattenPage } from './flatten.js';
import { type ParsedPage, parseHtml } from './html.js';
import type { Line } from './line.js';
import { mastheadOf } from './masthead.js';
import { mendLines } from './mend.js';
import { mapHead, type PageHead, readHead } from './meta.js';
import { linesOfText } from './plain-text.js';
import { sniffBinary, sniffText } from './sniff.js';
import { structureOf } from './structure.js';
import { pickTitle } from './title.js';

export type { Document } from '../model/document.js';
export { containment, hammingDistance, type Print, printOf, repeats } from './print.js';

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

type Hints = Omit<ReadingInput, 'bytes' | 'contentType'>;

/** What reading of one format gives to the part that is the same for all. */
interface Source {
  lines: Line[];
  head: PageHead;
  page: ParsedPage | null;
  attachments: AttachmentLink[];
  notes: ReadingNote[];
}

const noHead: PageHead = { title: '', meta: new Map() };

function sourceOf(text: string, format: string, origin: string): Source {
  if (format !== 'html') return { lines: linesOfText(text), head: noHead, page: null, attachments: [], notes: [] };
  const page = parseHtml(text);
  const notes: ReadingNote[] = page.tooDeep
    ? [{ code: 'too_deep', message: `${origin}: elements are nested too deep; they were read as neighbours` }]
    : [];
  return {
    lines: flattenPage(page),
    head: readHead(text),
    page,
    attachments: attachmentLinksOf(page.root, origin),
    notes,
  };
}

function compose(source: Source, encoding: string, format: string, hints: Hints): Document {
  const { page, notes } = source;
  const { lines, mends, unmended, script, mendText } = mendLines(source.lines);
  const head = mapHead(source.head, mendText);
  const kinds = kindsOf(lines);
  const whole: Region = { from: 0, to: lines.length, by: 'whole' };
  const region = (page && findArticle(page, lines, kinds)) ?? whole;
  const sentence = firstSubstantial(lines, kinds, region.from, region.to);
  const title = pickTitle(lines, kinds, head, { from: region.from, sentence });
  const body = bodyOf(lines, kinds, region.from, region.to, title?.title ?? '');
  const { text, wayBack, blocks } = structureOf(body.lines, title?.title ?? '', new Set(body.signature));
  if (text === '') notes.push({ code: 'no_article', message: `${hints.origin}: no article was found on the page` });
  return {
    origin: hints.origin,
    format,
    encoding,
    script,
    mends,
    unmended,
    notes,
    text,
    wayBack,
    blocks,
    attachments: source.attachments,
    ...mastheadOf({ lines, kinds, head, title, body, text }),
    ...(hints.placeHint ? { placeHint: hints.placeHint } : {}),
  };
}

/** Reads one page or file. Never rejects for bad content: see `Document.notes`. */
export async function readPage(input: ReadingInput): Promise<Document> {
  const binary = sniffBinary(input.bytes);
  if (binary) {
    const document = readText('', input);
    return {
      ...document,
      format: binary,
      notes: [{ code: 'unsupported', message: `${input.origin}: ${binary} is not read yet` }],
    };
  }
  const { text, encoding, replaced } = decodeBytes(input.bytes, input.contentType);
  const document = read(text, encoding, input);
  if (replaced > 0) {
    const message = `${input.origin}: ${replaced} characters could not be decoded as ${encoding} and stand as \uFFFD`;
    document.notes.push({ code: 'replaced_characters', message });
  }
  return document;
}

/**
 * Reads one page or file with everything in it: an archive gives one document a member (origin with `#n`). The first document is
 * the page or file itself. Never rejects for bad content.
 */
export async function readAll(input: ReadingInput): Promise<Document[]> {
  return [await readPage(input)];
}

function read(text: string, encoding: string, hints: Hints): Document {
  const format = sniffText(text);
  return compose(sourceOf(text, format, hints.origin), encoding, format, hints);
}

/** Reads text that is already decoded: HTML or the plain text of a copied page. `text` is then the decoded original. */
export function readText(text: string, hints: Hints): Document {
  return read(text, 'utf-8', hints);
}
