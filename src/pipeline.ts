// The flow of xianjian, as a numbered list; here, and only here, the stages meet. 1 fetch and 2 keep are the crawl loop on the
// corpus's frontier; 3 read, 4 extract and 5 store take one kept page to its records. Comparing and showing start from the corpus.
import { createHash } from 'node:crypto';
import { type CrawlEvent, type CrawlOptions, type CrawlReport, crawl, type Source } from '../crawlers/index.js';
import type { Corpus, Snapshot, TextPrint } from '../db/corpus.js';
import { allPlaces, type CompiledCodebook, extract, extractorVersion } from '../extractors/index.js';
import type { Exchange } from './model/exchange.js';
import type { Page } from './model/page.js';
import type { Place } from './model/place.js';
import { WayBack } from './model/way-back.js';
import { articlePartsOf, decodedOriginal, parseHtml, readText, repeats } from './reading/index.js';
import { InOrder, type PageReader, readingThreads } from './reading-threads.js';
import type { RereadDocument } from './reading-worker.js';

/** What became of one kept page. */
export interface ReadingReport {
  snapshotId: number;
  url: string;
  /** The page goes on an article that begins on another. */
  isFurtherPage: boolean;
  documents: {
    id: number;
    title: string | null;
    place: string | null;
    repeats: number | null;
    figures: number;
    practices: number;
    citations: number;
    /** Why there is no text, or less than there should be. */
    notes: { code: string; message: string }[];
  }[];
}

/** Sums over many reading reports. */
export interface ReadingTotals {
  pages: number;
  /** Further pages of an article are counted apart. */
  documents: number;
  furtherPages: number;
  repeats: number;
  figures: number;
  practices: number;
  citations: number;
  /** Pages from which no text was gained, with the reason. */
  unread: { url: string; code: string; message: string }[];
}

export const noReadings = (): ReadingTotals => ({
  pages: 0,
  documents: 0,
  furtherPages: 0,
  repeats: 0,
  figures: 0,
  practices: 0,
  citations: 0,
  unread: [],
});

/** Adds one report to the sums. */
export function addReading(totals: ReadingTotals, report: ReadingReport): void {
  totals.pages += 1;
  for (const document of report.documents) {
    if (report.isFurtherPage) totals.furtherPages += 1;
    else totals.documents += 1;
    totals.repeats += document.repeats === null ? 0 : 1;
    totals.figures += document.figures;
    totals.practices += document.practices;
    totals.citations += document.citations;
    const lost = document.notes.find((note) => lossCodes.has(note.code));
    if (lost) totals.unread.push({ url: report.url, ...lost });
  }
}

const lossCodes = new Set([
  'no_article',
  'not_text',
  'needs_ocr',
  'encrypted',
  'damaged',
  'too_big',
  'too_deep',
  'unsupported',
]);

/** Words of a pager; a page without them is not parsed for one. */
const pagerWords = /下一?[页頁]|[后後]一?[页頁]|next|createPageHTML|[>›»]\s*<\/a/i;

const decodedPage = (page: Page): string =>
  decodedOriginal(page.body ?? new Uint8Array(), page.headers['content-type']).text;

/** What a crawl asks reading about a page: whether its main text is the same as before, and where its article goes on. */
export const readingForCrawl: Required<Pick<CrawlOptions, 'fingerprint' | 'nextPart'>> = {
  fingerprint(page) {
    if (page.request.kind !== 'article') return null;
    const { text } = readText(decodedPage(page), { origin: page.finalUrl });
    return text === '' ? null : createHash('sha256').update(text).digest('hex');
  },
  nextPart(page) {
    const html = decodedPage(page);
    return pagerWords.test(html) ? articlePartsOf(parseHtml(html).root, page.finalUrl).nextPart : null;
  },
};

export interface CrawlAndReadOptions extends CrawlOptions {
  codebook: CompiledCodebook;
  onReading?: (report: ReadingReport) => void;
  /** Threads that read, so that a long page holds up no fetch; 0, where it is not said, is this thread itself. */
  readingThreads?: number;
}

/** Crawls one source into the corpus and reads what is new: stages 1 to 5. What the net or a page does wrong is in the reports. */
export async function crawlAndRead(
  source: Source,
  corpus: Corpus,
  options: CrawlAndReadOptions,
): Promise<{ crawl: CrawlReport; reading: ReadingTotals }> {
  const totals = noReadings();
  const reader = readingThreads(options.readingThreads ?? 0);
  const storeOne = async (kept: ReadSnapshot | null) => {
    if (!kept) return;
    const report = await storeRead(corpus, kept, options.codebook);
    addReading(totals, report);
    options.onReading?.(report);
  };
  // 1, 2. Articles are read while the next ones are fetched; attachments wait for the article that they may repeat.
  const reading = new InOrder();
  const pending = new Set<string>();
  // A corpus that cannot be written ends the crawl too; who asked is told when the crawl has put its things away.
  const failed = new AbortController();
  const onEvent = (event: CrawlEvent) => {
    options.onEvent?.(event);
    if (event.type !== 'kept' || event.page.outcome !== 'ok' || event.page.request.kind !== 'article') return;
    // A further page of an article asks for the document of the page before it, which led to it. What waits holds no bytes.
    const { snapshotId } = event;
    const { finalUrl, request } = event.page;
    const waits = pending.has(request.referrer ?? '');
    pending.add(finalUrl);
    const store = (kept: ReadSnapshot | null) => storeOne(kept).finally(() => pending.delete(finalUrl));
    reading.add(() => readKept(corpus, snapshotId, reader), store, waits);
    reading.done.catch(() => failed.abort());
  };
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  try {
    const report = await crawl(source, corpus.frontier, { ...readingForCrawl, ...options, signal, onEvent });
    await reading.done;
    // 3 to 5 for the rest, and for what an earlier run left.
    await readUnread(corpus, async (id) => storeOne(await readKept(corpus, id, reader)));
    return { crawl: report, reading: totals };
  } finally {
    await reader.close();
  }
}

/** Reads all kept pages that no document was made from yet, articles first. */
export async function readUnread(corpus: Corpus, readOne: (id: number) => Promise<void>): Promise<void> {
  const tried = new Set<number>();
  for (;;) {
    const ids = (await corpus.unreadSnapshots(100 + tried.size)).filter((id) => !tried.has(id));
    if (ids.length === 0) return;
    for (const id of ids) {
      tried.add(id);
      await readOne(id);
    }
  }
}

/** Stages 3 to 5 for one kept page; null where the corpus does not have it. */
export async function readSnapshot(
  corpus: Corpus,
  snapshotId: number,
  codebook: CompiledCodebook,
): Promise<ReadingReport | null> {
  const kept = await readKept(corpus, snapshotId, readingThreads(0));
  return kept && storeRead(corpus, kept, codebook);
}

/** A kept page with its documents, read and not stored yet. */
interface ReadSnapshot {
  id: number;
  url: string;
  parent: Awaited<ReturnType<typeof parentOf>>;
  isFurtherPage: boolean;
  documents: RereadDocument[];
}

/** 3. Bytes to documents: the page itself, or the members of an archive. */
async function readKept(corpus: Corpus, id: number, reader: PageReader): Promise<ReadSnapshot | null> {
  const snapshot = await corpus.snapshot(id);
  if (!snapshot) return null;
  const parent = await parentOf(corpus, snapshot);
  const about = parent && { publishedIso: parent.publishedIso, signedIso: parent.signedIso, genre: parent.genre };
  const documents = await reader.read({ codebook: '', snapshot, parent: about, ids: [] });
  const isFurtherPage = parent !== null && snapshot.kind === 'article';
  return { id, url: snapshot.url, parent, isFurtherPage, documents };
}

async function storeRead(corpus: Corpus, kept: ReadSnapshot, codebook: CompiledCodebook): Promise<ReadingReport> {
  const { id: snapshotId, url, parent, isFurtherPage, documents } = kept;
  const report: ReadingReport = { snapshotId, url, isFurtherPage, documents: [] };
  for (const [index, { document: carried, print }] of documents.entries()) {
    // 4. Records, unless the text repeats a document that has them. 5. One transaction.
    const document = { ...carried, wayBack: WayBack.fromJSON(carried.wayBack) };
    const repeated = await repeatedBy(corpus, { text: document.text, print }, parent, snapshotId);
    let records = { figures: 0, practices: 0, citations: 0, place: null as string | null };
    const id = await corpus.storeDocument(
      {
        snapshotId,
        part: partOf(index),
        parts: documents.length,
        document,
        print,
        repeats: repeated,
        attachedTo: parent?.id ?? null,
        extractor: extractorVersion,
        codebook: codebook.codebook.id,
      },
      (id) => {
        const found = extract(document, codebook, String(id));
        records = {
          figures: found.figures.length,
          practices: found.practices.length,
          citations: found.citations.length,
          place: found.place ?? null,
        };
        return found;
      },
    );
    report.documents.push({ id, title: document.title, repeats: repeated, notes: document.notes, ...records });
  }
  await knowPlaces(
    corpus,
    report.documents.map((document) => document.place),
  );
  return report;
}

/**
 * The document of the page that an attachment was found on, or of the page on which an article begins whose further part this is;
 * null for anything else. What leads to an article is a list, of which there is no document, or the part before it.
 */
export async function parentOf(corpus: Corpus, snapshot: Pick<Snapshot, 'kind' | 'referrer'>) {
  if (!snapshot.referrer || (snapshot.kind !== 'attachment' && snapshot.kind !== 'article')) return null;
  const found = await corpus.documentAt(snapshot.referrer);
  if (snapshot.kind === 'attachment' || !found || found.attachedTo === null) return found;
  return corpus.document(found.attachedTo);
}

/** Which part of its snapshot a document is. */
export const partOf = (index: number): string => (index === 0 ? '' : `#${index}`);

/** The document whose text this one tells again: the notice an attachment belongs to, or a near-duplicate found by its print. */
export async function repeatedBy(
  corpus: Corpus,
  document: { text: string; print: TextPrint },
  parent: { id: number; text: string; repeats: number | null } | null,
  snapshotId: number,
): Promise<number | null> {
  if (document.text.length === 0) return null;
  if (parent && repeats(document.text, parent.text)) return parent.repeats ?? parent.id;
  for (const like of await corpus.documentsLike(document.print)) {
    if (like.snapshotId !== snapshotId && repeats(document.text, like.text)) return like.id;
  }
  return null;
}

let placeByCode: ReadonlyMap<string, Place> | null = null;

/** Sees to it that the corpus has the names of these counties. */
export async function knowPlaces(corpus: Corpus, codes: readonly (string | null)[]): Promise<void> {
  placeByCode ??= new Map(allPlaces().map((place) => [place.code, place]));
  await corpus.knowPlaces(codes.flatMap((code) => (code === null ? [] : (placeByCode!.get(code) ?? []))));
}

/** A file as its bytes, on its way into the corpus. */
export interface FileToImport {
  /** Absolute path, or the address it came from where the user named it. */
  url: string;
  bytes: Uint8Array;
  place: string | null;
  /** The date of the text where it states none, ISO 8601. */
  date?: string | null;
  contentType?: string;
}

/** Keeps a file and reads it: stages 2 to 5. `added` is false where the same bytes of the same file were there before. */
export async function importFile(
  corpus: Corpus,
  file: FileToImport,
  codebook: CompiledCodebook,
): Promise<{ added: boolean; report: ReadingReport | null }> {
  const { snapshotId, added } = await corpus.keepFile({
    url: file.url,
    bytes: file.bytes,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    place: file.place,
    importedAt: new Date().toISOString(),
    contentType: file.contentType ?? null,
    date: file.date ?? null,
  });
  return { added, report: added ? await readSnapshot(corpus, snapshotId, codebook) : null };
}

/** Keeps one exchange of an archive (stage 2); readUnread reads it. `added` is false where it was there before. */
export async function importExchange(corpus: Corpus, exchange: Exchange): Promise<{ added: boolean }> {
  return corpus.keepExchange(exchange, createHash('sha256').update(exchange.bytes).digest('hex'));
}
