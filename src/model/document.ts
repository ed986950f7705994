// One article, notice or attachment as text: what reading gives and what extraction takes.
import type { Span, WayBack } from './way-back.js';

const genres = [
  'news',
  'notice',
  'notice_plan',
  'self_evaluation',
  'work_summary',
  'work_report',
  'bulletin',
  'announcement',
  'other',
] as const;
/** What kind of text it is (domain of the seeds: news · notice_plan · self_evaluation · work_summary). Decides default status. */
export type Genre = (typeof genres)[number];

/**
 * A part of the text. Spans are UTF-16 offsets in `Document.text`.
 * A `heading` may be inline: it opens a paragraph that goes on after it, and lies inside that paragraph's span.
 */
export interface Block extends Span {
  kind: 'heading' | 'paragraph' | 'item' | 'cell' | 'caption';
  /** Headings: 0 a title inside the text, 1 the highest section, and so on. */
  level?: number;
  inline?: boolean;
  /** Cells: which table (0-based in the document), row and column, and the texts of the heads that govern the cell. */
  table?: number;
  row?: number;
  column?: number;
  rowSpan?: number;
  columnSpan?: number;
  header?: boolean;
  heads?: string[];
  /** Cells and captions: the unit that the table's caption or head gives, as written (万元). */
  unit?: string;
}

/** One repair of damage that a mirror site did. Offsets in the decoded original. */
export interface Mend extends Span {
  kind: 'gloss' | 'shifted_run' | 'lost_character' | 'script';
  before: string;
  after: string;
  why: string;
}

/** A damaged place that could not be mended with certainty and was left as it stood. */
export interface Unmended extends Span {
  text: string;
  why: string;
}

/** Why a part of a page is not in the text: what it is, or where it stands. */
export type LeftOutReason =
  | 'title'
  | 'masthead'
  | 'signature'
  | 'attachments'
  | 'credits'
  | 'breadcrumb'
  | 'tools'
  | 'links'
  | 'pager'
  | 'after-end'
  | 'footer'
  | 'hidden'
  | 'outside';

/** A part of a page that was seen and not taken into the text. Offsets in the decoded original. */
export interface LeftOut extends Span {
  reason: LeftOutReason;
  text: string;
}

/** A link to a file beside the article. */
export interface AttachmentLink {
  url: string;
  title: string;
}

/** What the head and foot of a document say about it. A value that is missing is null; one that is broken is listed in `broken`. */
export interface Masthead {
  title: string | null;
  /** As printed. */
  published: string | null;
  /** ISO 8601 with the precision printed, Beijing time: 2024-05-21T15:56. */
  publishedIso: string | null;
  /** 落款 or 成文日期, as printed, and in ISO 8601. */
  signed: string | null;
  signedIso: string | null;
  publisher: string | null;
  source: string | null;
  author: string | null;
  /** 文号, normalised to 〔〕. */
  documentNumber: string | null;
  /** 索引号, as printed. */
  indexNumber: string | null;
  addressees: string[];
  genre: Genre;
  /** Masthead fields that were there but cannot be right, with the value met: { indexNumber: '…/2022-None' }. */
  broken: Record<string, string>;
}

/** Why a document holds no usable text, or less than it should. */
export interface ReadingNote {
  code:
    | 'no_article'
    | 'not_text'
    | 'needs_ocr'
    | 'encrypted'
    | 'damaged'
    | 'too_big'
    | 'too_deep'
    | 'unsupported'
    | 'replaced_characters'
    | 'other';
  message: string;
}

export interface Document extends Masthead {
  /** Where it came from: URL or file path, with `#n` for a part of an archive. */
  origin: string;
  /** What the bytes were: html, text, docx, doc, pdf, xls, xlsx, ofd, zip, json … by content, not by name. */
  format: string;
  /** The encoding label that decoded it: utf-8, gb18030, big5, utf-16le. */
  encoding: string;
  /** The script it was written in. */
  script: 'simplified' | 'traditional' | 'mixed';
  mends: Mend[];
  unmended: Unmended[];
  notes: ReadingNote[];
  /** The article in simplified script, paragraphs parted by \n. Characters and punctuation otherwise as written. */
  text: string;
  /** From `text` to the decoded original. */
  wayBack: WayBack;
  blocks: Block[];
  attachments: AttachmentLink[];
  /** The address on which the article goes on, where it is spread over several pages and this is not the last. */
  nextPart: string | null;
  /** The address of the page it begins on, where it is spread over several pages and this is not the first. */
  firstPart: string | null;
  /** What was seen and not taken, where it was asked for. */
  leftOut?: LeftOut[];
  /** The place code its source or the user named for it, GB/T 2260; a hint for place resolution. */
  placeHint?: string;
}

/** The date that relative time words refer to: 落款, else publication, else null. ISO 8601, any precision. */
export function referenceDate(document: Pick<Document, 'signedIso' | 'publishedIso'>): string | null {
  return document.signedIso ?? document.publishedIso;
}
