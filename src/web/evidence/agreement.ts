// Whether a passage may be marked: the bytes must have their hash, the offsets must lead to the bytes, and what stands there must be
// the quote. Where one of them fails nothing is marked, and the page says which; a passage is never looked for elsewhere.
import { createHash } from 'node:crypto';
import type { DocumentStructure, Snapshot, StoredDocument } from '../../../db/corpus.js';
import type { Document } from '../../model/document.js';
import type { Span } from '../../model/way-back.js';
import { decodedOriginal, type ParsedPage, parseHtml, readAll } from '../../reading/index.js';
import { isShown } from './archived-html.js';
import { plainText, saysTheSame, visibleText } from './passage.js';

/** The quote of a record: its place in the text of its document and in the decoded original. */
export interface Passage extends Span {
  quote: string;
  textStart: number;
  textEnd: number;
}

export interface Held {
  snapshot: Snapshot;
  document: StoredDocument;
  structure: DocumentStructure;
}

/** Why a passage is not marked. */
export type Fault = 'hash' | 'other_snapshot' | 'text' | 'offsets' | 'quote';

/** What of a snapshot can be shown. */
export type View =
  /** The page, whose source was parsed. */
  | { kind: 'page'; page: ParsedPage }
  /** A file of plain text. */
  | { kind: 'source'; source: string }
  /** The text that was read: of office files, of data that a script shows. */
  | { kind: 'text' };

export interface Agreement {
  view: View;
  /** Null where hash, offsets and quote agree. */
  fault: Fault | null;
  /** What stands at the place instead of the quote, or which hash was met. */
  met: string | null;
}

/** Hex SHA-256. */
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The view of a snapshot's bytes. */
export function viewOf({ snapshot, document }: Pick<Held, 'snapshot' | 'document'>): View {
  if (document.format !== 'html' && document.format !== 'text') return { kind: 'text' };
  const { text } = decodedOriginal(snapshot.bytes, snapshot.contentType ?? undefined);
  return document.format === 'text' ? { kind: 'source', source: text } : { kind: 'page', page: parseHtml(text) };
}

/**
 * Checks a passage against the kept bytes. Files that are no page are read again, since only that leads from their bytes to the text.
 * @throws nothing for what was stored; whatever disagrees is in the answer
 */
export async function agreementOf(held: Held, passage: Passage): Promise<Agreement> {
  const { snapshot, document, structure } = held;
  const hash = hashOf(snapshot.bytes);
  const view = viewOf(held);
  const fault = (name: Fault, met: string | null): Agreement => ({ view, fault: name, met });
  if (hash !== snapshot.sha256) return fault('hash', hash);
  if (document.snapshotId !== snapshot.id) return fault('other_snapshot', String(document.snapshotId));
  const told = document.text.slice(passage.textStart, passage.textEnd);
  if (told !== passage.quote || told === '') return fault('text', told);
  const way = structure.wayBack.original({ start: passage.textStart, end: passage.textEnd });
  if (way.start !== passage.start || way.end !== passage.end) return fault('offsets', `${way.start}–${way.end}`);
  if (view.kind === 'text') return readAgain(held, passage, view);
  const shown =
    view.kind === 'page'
      ? visibleText(view.page, passage, structure.mends)
      : plainText(view.source, passage, structure.mends);
  const place = placeOf(held, passage);
  const isVisible = place.isExact && (view.kind === 'source' || isShown(view.page, passage));
  if (isVisible && saysTheSame(shown, place.text)) return { view, fault: null, met: null };
  // The article lies in data of the page, which a script would show.
  return isVisible ? fault('quote', shown) : readAgain(held, passage, { kind: 'text' });
}

/** Characters beside the quote that a mended run may hold. */
const mostBeside = 24;

/**
 * What of the text stems from the place of a quote. A mended run leads back as a whole, so that it may be more than the quote; where it is
 * much more (an article in a data section), the place is none that could be marked.
 */
function placeOf({ document, structure }: Held, { textStart, textEnd, ...original }: Passage) {
  const isSame = (start: number, end: number): boolean => {
    const way = structure.wayBack.original({ start, end });
    return way.start === original.start && way.end === original.end;
  };
  let [start, end] = [textStart, textEnd];
  const isExact = () => textStart - start + end - textEnd <= mostBeside;
  while (isExact() && start > 0 && isSame(start - 1, end)) start--;
  while (isExact() && end < document.text.length && isSame(start, end + 1)) end++;
  return { text: document.text.slice(start, end), isExact: isExact() };
}

/** Compares with what reading gives for the bytes now: the quote at its place in the text, and the same way back. */
async function readAgain(held: Held, passage: Passage, view: View): Promise<Agreement> {
  const document = await readNow(held);
  const span = { start: passage.textStart, end: passage.textEnd };
  const met = document?.text.slice(span.start, span.end) ?? '';
  const way = document?.wayBack.original(span);
  if (met !== passage.quote) return { view, fault: 'quote', met };
  const isSamePlace = way?.start === passage.start && way.end === passage.end;
  return isSamePlace ? { view, fault: null, met: null } : { view, fault: 'offsets', met: `${way?.start}–${way?.end}` };
}

/** Files that were read last, by hash and name: who looks at one record of a file looks at the next. */
const readLately = new Map<string, Promise<Document[]>>();
const mostKept = 4;

async function readNow({ snapshot, structure }: Held): Promise<Document | undefined> {
  const key = [snapshot.sha256, snapshot.contentType, snapshot.finalUrl, snapshot.anchor].join('\n');
  const known = readLately.get(key);
  const reading =
    known ??
    readAll({
      bytes: snapshot.bytes,
      origin: snapshot.finalUrl,
      ...(snapshot.contentType ? { contentType: snapshot.contentType } : {}),
      ...(snapshot.anchor && snapshot.kind === 'attachment' ? { filename: snapshot.anchor } : {}),
    });
  readLately.delete(key);
  readLately.set(key, reading);
  if (readLately.size > mostKept) readLately.delete(readLately.keys().next().value!);
  return (await reading)[structure.part === '' ? 0 : Number(structure.part.slice(1))];
}
