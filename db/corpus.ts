// What a corpus can do: the methods that the pipeline and all faces share. Each way of keeping a corpus (SQLite, PostgreSQL)
// gives one such object; what differs between them ends in this folder.
import type { StoredFigure } from '../src/model/cell.js';
import type { Block, Document, Mend } from '../src/model/document.js';
import type { Exchange, KeptExchange } from '../src/model/exchange.js';
import type { Frontier } from '../src/model/frontier.js';
import type { Outcome, RequestKind } from '../src/model/page.js';
import type { Place } from '../src/model/place.js';
import type { Citation, Figure, Practice, PracticeStatus, Records } from '../src/model/record.js';
import type { Decision, NewDecision } from '../src/model/review.js';
import type { WayBack } from '../src/model/way-back.js';
import type { Activity } from './activity.js';
import type { Reextractions } from './reextractions.js';
import type { FailedRequest, RunFilter, RunRecord } from './run-list.js';
import type { Schedules } from './schedules.js';

/** A kept page, as reading needs it. */
export interface Snapshot {
  id: number;
  run: number | null;
  /** Source id, null for an imported file. */
  source: string | null;
  kind: RequestKind;
  url: string;
  finalUrl: string;
  /** ISO 8601 in UTC. */
  fetchedAt: string;
  contentType: string | null;
  sha256: string;
  bytes: Uint8Array;
  /** The place of its source or the one the user named, null where none. */
  place: string | null;
  /** The words of the link that led to it, the date the list printed beside it, and the page that named it. */
  anchor: string | null;
  listed: string | null;
  referrer: string | null;
}

/** A file that was brought in by hand. */
export interface ImportedFile {
  /** Absolute path or, where the user named it, the URL it came from. */
  url: string;
  bytes: Uint8Array;
  sha256: string;
  place: string | null;
  importedAt: string;
  contentType: string | null;
  /** The date the user gave it, for `Snapshot.listed`. */
  date: string | null;
}

/** What tells near-duplicates: SimHash of the text as 16 hex digits, and its length in characters. */
export interface TextPrint {
  simhash: string;
  length: number;
}

/** A document as reading left it, on its way into the corpus. */
export interface DocumentToStore {
  snapshotId: number;
  /** Part of an archive or container: `#2`; empty for the page itself. */
  part: string;
  /** How many documents the snapshot gives; it waits for reading until all are stored. Default 1. */
  parts?: number;
  document: Document;
  print: TextPrint;
  /**
   * The id of the document whose text this one repeats, null where it repeats none. It then stores no records. An older version of
   * the same address is no document that it repeats: the newer one then has the records.
   */
  repeats: number | null;
  /** The document it is attached to, null where none. */
  attachedTo: number | null;
  extractor: string;
  codebook: string;
}

export interface StoredDocument {
  id: number;
  snapshotId: number;
  url: string;
  kind: RequestKind;
  title: string | null;
  publisher: string | null;
  documentNumber: string | null;
  publishedIso: string | null;
  signedIso: string | null;
  genre: string;
  format: string;
  encoding: string;
  script: string;
  text: string;
  place: string | null;
  placeReason: string;
  repeats: number | null;
  attachedTo: number | null;
  /** The document of a newer version of the same address, whose records count instead; null for the newest. */
  supersededBy: number | null;
  extractor: string;
  codebook: string;
  fetchedAt: string;
  sha256: string;
  source: string | null;
  notes: { code: string; message: string }[];
  /** How many mends were made and how many damaged places were left. */
  mends: number;
  unmended: number;
}

/** How the text of a document leads back to the bytes of its snapshot. */
export interface DocumentStructure {
  /** Which document of an archive, `#1` and on; empty for the page itself. */
  part: string;
  wayBack: WayBack;
  blocks: Block[];
  mends: Mend[];
}

/** One fetch of an address, and the document that was read from it. */
export interface AddressVersion {
  snapshotId: number;
  /** ISO 8601 in UTC. */
  fetchedAt: string;
  outcome: Outcome;
  /** Hex SHA-256 of the bytes, null where none were kept. */
  sha256: string | null;
  /** Null where nothing was read from it: it was as before, or no article. */
  documentId: number | null;
}

/** A practice with the document it stands in. */
export interface StoredPractice {
  id: string;
  practice: string;
  status: PracticeStatus;
  place: string | null;
  sentence: string;
  figures: string[];
  documentId: number;
  documentDate: string | null;
}

/** One record with everything that proves it. */
export interface Evidence {
  type: 'figure' | 'practice' | 'citation';
  record: Figure | Practice | Citation;
  document: StoredDocument;
  /** Documents that repeat this one. */
  repeatedBy: { id: number; url: string }[];
  /** What people decided about it, the newest first. The record stays as the rules read it. */
  decisions: Decision[];
}

/** What a corpus holds. Records are those of the newest version of each address. */
export interface CorpusCounts {
  snapshots: number;
  /** All documents: repeats, older versions and further pages of an article too, as the list of documents has them. */
  documents: number;
  repeats: number;
  figures: number;
  practices: number;
  citations: number;
}

/** How far a county was crawled: what its missing cells rest on. */
export interface PlaceReading {
  place: string;
  /** Documents that were read and speak of it; repeats, older versions and further pages of an article left out. */
  documents: number;
  /** Addresses of its sources that never gave a good page. */
  failures: number;
}

export interface FigureFilter {
  places?: string[];
  indicators?: string[];
  /** Only figures of these documents, a few hundred at most. */
  documents?: number[];
  /** Also figures that a person rejected. Default false. */
  rejected?: boolean;
  /** Only figures that carry an indicator. Default true. */
  withIndicator?: boolean;
  /** Also figures of versions that a newer one superseded. Default false. */
  olderVersions?: boolean;
}

/** Which decisions. */
export interface DecisionFilter {
  figure?: string;
  /** Only those that hold. */
  standing?: boolean;
  /** Only those whose statement no figure makes any longer. */
  orphaned?: boolean;
  limit?: number;
}

/** Where a record stands: what tables name of its document. */
export interface RecordSource {
  documentId: number;
  documentTitle: string | null;
  /** ISO date of the document, null where unknown. */
  documentDate: string | null;
  documentNumber: string | null;
  publisher: string | null;
  genre: string;
  publishedIso: string | null;
  signedIso: string | null;
  url: string;
  fetchedAt: string;
  sha256: string;
}

/** A figure as tables list it: with its rules and its document. */
export interface ListedFigure extends StoredFigure, RecordSource {
  action: string | null;
  rules: string[];
}

/** A practice as tables list it. */
export interface ListedPractice extends StoredPractice, RecordSource {
  quote: string;
  period: { from: string; to: string } | null;
  rules: string[];
  confidence: number;
}

/** A citation as tables list it. */
export interface ListedCitation extends RecordSource {
  id: string;
  place: string | null;
  title: string | null;
  number: string | null;
  issuer: string | null;
  quote: string;
  sentence: string;
}

/** A document as tables list it: without its text. */
export interface ListedDocument extends RecordSource {
  place: string | null;
  placeReason: string;
  indexNumber: string | null;
  author: string | null;
  format: string;
  encoding: string;
  script: string;
  characters: number;
  repeats: number | null;
  attachedTo: number | null;
  extractor: string;
  codebook: string;
}

/** One page of a table: rows behind `after` in the order of ids, at most `limit`. */
export interface ListPage<Id> {
  /** Of this county; null for rows whose place stays open. */
  place: string | null;
  after?: Id | undefined;
  limit: number;
}

/** A search for documents by words. */
export interface WordSearch {
  /** All of them must be held, white space in them too; only width and case make no difference. */
  words: readonly string[];
  places?: readonly string[] | undefined;
  /** Only documents with smaller numbers: the last one of the page before. */
  before?: number | undefined;
  limit: number;
}

export interface FoundDocument {
  id: number;
  title: string | null;
  text: string;
  url: string;
  place: string | null;
  date: string | null;
}

/** What tells for which cells a figure stands. */
export type FigureShape = Pick<StoredFigure, 'indicator' | 'stage' | 'dimension' | 'per'>;

export interface Corpus {
  /** The path or URL it was opened with, credentials left out. */
  readonly address: string;
  readonly frontier: Frontier;
  readonly schedules: Schedules;
  readonly reextractions: Reextractions;
  close(): Promise<void>;

  /**
   * Keeps a file's bytes as a snapshot. The same bytes under the same address, with the same place and date told, give the snapshot
   * that is there.
   */
  keepFile(file: ImportedFile): Promise<{ snapshotId: number; added: boolean }>;
  /**
   * Keeps what an archive holds as a snapshot that belongs to no run, each once, as with a file.
   * @param sha256 hex SHA-256 of the bytes
   */
  keepExchange(exchange: Exchange, sha256: string): Promise<{ snapshotId: number; added: boolean }>;
  /** Every snapshot that has bytes, in the order they were kept, one at a time. */
  exchanges(): AsyncIterable<KeptExchange>;
  snapshot(id: number): Promise<Snapshot | null>;
  /**
   * Snapshots of articles, attachments and files that gave something new and were not read yet: articles first, in order of fetch.
   * `run`: only those of one run.
   */
  unreadSnapshots(limit: number, run?: number): Promise<number[]>;

  /**
   * Stores a document and all its records in one transaction, in place of what the same snapshot and part gave before.
   * @param recordsOf is called with the document's id, which names the records; it is not called for a repeat.
   */
  storeDocument(entry: DocumentToStore, recordsOf: (id: number) => Records): Promise<number>;
  /**
   * Documents whose SimHash differs from `print` in at most 3 bits, with their texts; repeats and older versions left out. The nearest
   * by bits and by length first, and at most 100 of them: thousands of pages of one template are alike in this, and repeat nothing.
   */
  documentsLike(print: TextPrint): Promise<{ id: number; snapshotId: number; text: string }[]>;
  /** The document that was read from the newest good snapshot of an address, null where none. */
  documentAt(url: string): Promise<StoredDocument | null>;
  document(id: number): Promise<StoredDocument | null>;
  documentStructure(id: number): Promise<DocumentStructure | null>;
  /** The newest fetches of an address, at most `limit`, the newest first. */
  addressVersions(url: string, limit: number): Promise<AddressVersion[]>;
  /** Newest versions, repeats too, in the order they were stored. */
  documents(filter?: { place?: string; limit?: number; offset?: number }): Promise<StoredDocument[]>;

  /** Makes the names of places known to the corpus, for those who query it by SQL. */
  knowPlaces(places: readonly Place[]): Promise<void>;

  figures(filter?: FigureFilter): Promise<StoredFigure[]>;
  practices(filter?: { places?: string[]; practices?: string[] }): Promise<StoredPractice[]>;
  /** Shapes of the figures that fit, each once. */
  figureShapes(filter: Pick<FigureFilter, 'places' | 'indicators'>): Promise<FigureShape[]>;
  /** Tables a page at a time, newest versions only, so that millions of rows need little memory. */
  listFigures(
    page: ListPage<string>,
    filter?: Pick<FigureFilter, 'indicators' | 'withIndicator'>,
  ): Promise<ListedFigure[]>;
  listPractices(page: ListPage<string>): Promise<ListedPractice[]>;
  /** By the county of their documents. */
  listCitations(page: ListPage<string>): Promise<ListedCitation[]>;
  listDocuments(page: ListPage<number>): Promise<ListedDocument[]>;
  /** Documents that hold all words in title or text, whatever stands around them, the newest stored first. */
  documentsWith(search: WordSearch): Promise<FoundDocument[]>;
  /** Figures, practices and citations by id (`17-001`, `17-p01`, `17-c01`); null where there is none. */
  evidence(id: string): Promise<Evidence | null>;
  /**
   * Stores what a person decided about a figure; the one before it no longer holds.
   * @throws UsageError where there is no such figure, or a newer version of its page counts
   */
  decide(decision: NewDecision): Promise<Decision>;
  /** Takes a decision back; the one before it holds again. Null where it is gone or was taken back already. */
  undo(decision: number, by: { reviewer: string; at: string }): Promise<Decision | null>;
  /** Decisions, the newest first. */
  decisions(filter?: DecisionFilter): Promise<Decision[]>;
  /** Ids that begin like `id`, at most 5. */
  idsLike(id: string): Promise<string[]>;
  /** Runs with what they brought, the newest first. */
  runs(filter: RunFilter): Promise<RunRecord[]>;
  /** How the corpus is doing. */
  activity(): Promise<Activity>;
  /** A source as JSON, as it was at its last run; null where it is unknown. */
  sourceDefinition(id: string): Promise<string | null>;
  /** Addresses whose newest request ended without its page. */
  failedRequests(filter?: { sources?: readonly string[]; outcomes?: readonly Outcome[] }): Promise<FailedRequest[]>;
  counts(): Promise<CorpusCounts>;
  /** Every place that a source, a document or a record names, with how far it was read; with `places` those among them. */
  readings(places?: readonly string[]): Promise<PlaceReading[]>;
  /** Those among the places of which any document was read, repeats and older versions left out. */
  placesRead(places: readonly string[]): Promise<string[]>;
  /** Runs a read-only statement. Throws a UsageError where it would write. */
  query(sql: string, limit: number): Promise<{ columns: string[]; rows: unknown[][]; more: boolean }>;
}
