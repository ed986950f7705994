// From decoded text to a Document: the part of reading that is the same for pages, text files and what was in office files.
import type { AttachmentLink, Document, LeftOut, ReadingNote } from '../model/document.js';
import { findArticle, kindsOf, type Region } from './article.js';
import { type ArticleParts, articlePartsOf, onePart } from './article-parts.js';
import { attachmentLinksOf } from './attachment-links.js';
import { bodyOf, firstSubstantial } from './body.js';
import { findEmbedded } from './embedded.js';
import { flattenPage } from './flatten.js';
import { withoutHardWraps } from './hard-wraps.js';
import { type ParsedPage, parseHtml } from './html.js';
import { leftOutOf } from './left-out.js';
import type { Line } from './line.js';
import { mastheadOf } from './masthead.js';
import { mendLines } from './mend.js';
import { mapHead, type PageHead, readHead } from './meta.js';
import { noteWords } from './notes.js';
import { linesOfText } from './plain-text.js';
import { structureOf } from './structure.js';
import { markTables, mostCells, withinCells } from './tables.js';
import { pickTitle } from './title.js';

/** What goes into a document beside its text. */
export interface Frame {
  origin: string;
  /** What the bytes were. */
  format: string;
  encoding: string;
  notes: ReadingNote[];
  placeHint?: string;
  /** Whether the document lists what was left out. */
  listsLeftOut?: boolean;
}

interface Source {
  lines: Line[];
  head: PageHead;
  page: ParsedPage | null;
  attachments: AttachmentLink[];
  parts: ArticleParts;
}

const noHead: PageHead = { title: '', meta: new Map() };

function fromHtml(text: string, frame: Frame): Source {
  const page = parseHtml(text);
  if (page.tooDeep) {
    const message = noteWords.elementsDeep({ origin: frame.origin });
    frame.notes.push({ code: 'too_deep', message });
  }
  return {
    lines: flattenPage(page),
    head: readHead(text),
    page,
    attachments: attachmentLinksOf(page.root, frame.origin),
    parts: articlePartsOf(page.root, frame.origin),
  };
}

/** A JSON answer has an article only where one of its strings is one. */
function fromJson(text: string): Source {
  const found = findEmbedded(text, null, 0);
  const head = { title: '', meta: found?.fields ?? new Map<string, string>() };
  return { lines: found?.lines ?? [], head, page: null, attachments: [], parts: onePart };
}

function sourceOf(text: string, kind: 'html' | 'text' | 'json', frame: Frame): Source {
  if (kind === 'html') return fromHtml(text, frame);
  if (kind === 'json') return fromJson(text);
  return { lines: linesOfText(text), head: noHead, page: null, attachments: [], parts: onePart };
}

/** Chinese characters of a body below which the page's data are searched for the article. */
const thin = 120;

/** Reads decoded text as a page, as plain text or as JSON. Offsets of the way back count in `text`. */
export function compose(text: string, kind: 'html' | 'text' | 'json', frame: Frame): Document {
  const source = sourceOf(text, kind, frame);
  const document = documentOf(source, frame);
  if (kind !== 'html' || document.text.length >= thin) return document;
  const embedded = findEmbedded(text, source.page, document.text.length * 2);
  if (!embedded) return document;
  const meta = new Map([...embedded.fields, ...source.head.meta]);
  const head = { title: source.head.title, meta };
  return withShown(documentOf({ ...source, lines: embedded.lines, page: null, head }, frame), document);
}

/** What the page shows beside an article that lies in its data. */
function withShown(document: Document, shown: Document): Document {
  const { title, published, publishedIso, publisher, source, author, documentNumber, indexNumber } = shown;
  return {
    ...document,
    title: document.title ?? title,
    ...(document.publishedIso === null ? { published, publishedIso } : {}),
    publisher: document.publisher ?? publisher,
    source: document.source ?? source,
    author: document.author ?? author,
    documentNumber: document.documentNumber ?? documentNumber,
    indexNumber: document.indexNumber ?? indexNumber,
    ...(shown.leftOut ? { leftOut: [...shown.leftOut, ...shownText(shown), ...(document.leftOut ?? [])] } : {}),
  };
}

/** The text that a page shows, left out because its data hold the article. */
const shownText = ({ text, wayBack }: Document): LeftOut[] =>
  text === '' ? [] : [{ reason: 'outside', ...wayBack.original({ start: 0, end: text.length }), text }];

function documentOf(source: Source, frame: Frame): Document {
  const within = withinCells(source.lines);
  if (within.left > 0) {
    const message = noteWords.manyCells({ origin: frame.origin, most: mostCells, count: within.left });
    frame.notes.push({ code: 'too_big', message });
  }
  markTables(within.lines);
  const { lines, mends, unmended, script, mendText } = mendLines(withoutHardWraps(within.lines));
  const head = mapHead(source.head, mendText);
  const kinds = kindsOf(lines);
  const whole: Region = { from: 0, to: lines.length, by: 'whole' };
  const region = (source.page && findArticle(source.page, lines, kinds)) ?? whole;
  const sentence = firstSubstantial(lines, kinds, region.from, region.to);
  const title = pickTitle(lines, kinds, head, { from: region.from, sentence });
  const body = bodyOf(lines, kinds, region.from, region.to, title?.title ?? '');
  const tabular = body.lines.filter((line) => line.table).length > body.lines.length * 0.7;
  const structure = structureOf(body.lines, title?.title ?? '', new Set(body.signature));
  return {
    origin: frame.origin,
    format: frame.format,
    encoding: frame.encoding,
    script,
    mends,
    unmended,
    notes: frame.notes,
    ...structure,
    attachments: source.attachments,
    ...(structure.text === '' ? onePart : source.parts),
    ...mastheadOf({ lines, kinds, head, title, body, text: structure.text, tabular }),
    ...(frame.listsLeftOut ? { leftOut: leftOutOf({ lines, kinds, region, title, body }) } : {}),
    ...(frame.placeHint ? { placeHint: frame.placeHint } : {}),
  };
}
