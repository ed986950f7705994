// Reads all kept pages again, after a new version of rules or codebook: threads read and extract, this one stores, in the order of the
// pages, so that progress is one number and a kill loses at most what is in hand. Nothing is fetched; reviews stay.
import { createHash } from 'node:crypto';
import type { Corpus } from '../db/corpus.js';
import type { Reextraction } from '../db/reextractions.js';
import {
  type CompiledCodebook,
  compileCodebook,
  extract,
  extractorVersion,
  loadCodebook,
} from '../extractors/index.js';
import { figureChanges } from './compare/rereading.js';
import { packageVersion } from './model/package-root.js';
import { WayBack } from './model/way-back.js';
import { knowPlaces, parentOf, partOf, repeatedBy } from './pipeline.js';
import { inHand, type PageReader, readingThreads } from './reading-threads.js';
import type { RereadDocument, RereadTask } from './reading-worker.js';

export interface ReextractOptions {
  /** Name or path of the codebook. */
  codebook: string;
  threads: number;
  signal: AbortSignal;
  /** After each page: documents read so far in this call. */
  onProgress?: (documents: number) => void;
}

export interface ReextractReport {
  id: number;
  resumed: boolean;
  /** Ended by the signal; the same call goes on. */
  interrupted: boolean;
  /** Documents read by this call, and how long it took. */
  documents: number;
  tookMs: number;
  /** Figure by figure, of all calls together. */
  added: number;
  removed: number;
  changed: number;
  /** Pages that could not be read again; what was stored of them stays. */
  failures: { snapshot: number; url: string; message: string }[];
}

const page = 200;

/** Reads every page that gave documents. Goes on where an earlier call with the same rules and codebook was stopped. */
export async function reextract(corpus: Corpus, options: ReextractOptions): Promise<ReextractReport> {
  const begun = Date.now();
  const codebook = compileCodebook(loadCodebook(options.codebook));
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([packageVersion, extractorVersion, codebook.codebook]))
    .digest('hex');
  const version = { extractor: extractorVersion, codebook: codebook.codebook.id, fingerprint };
  const at = await corpus.reextractions.begin(version, begun);
  const reader = readingThreads(options.threads);
  try {
    const rereading = new Rereading(corpus, codebook, options, at, reader);
    const interrupted = !(await rereading.run());
    if (!interrupted) await corpus.reextractions.end(at.id, Date.now());
    const counts = await corpus.reextractions.changeCounts(at.id);
    const { documents, failures } = rereading;
    return { id: at.id, resumed: at.resumed, interrupted, documents, tookMs: Date.now() - begun, ...counts, failures };
  } finally {
    await reader.close();
  }
}

interface Reading {
  snapshot: number;
  url: string;
  parent: number | null;
  documents: RereadDocument[] | Error;
}

class Rereading {
  documents = 0;
  readonly failures: ReextractReport['failures'] = [];
  readonly #corpus: Corpus;
  readonly #codebook: CompiledCodebook;
  readonly #options: ReextractOptions;
  readonly #at: Reextraction;
  readonly #reader: PageReader;
  /** Counties whose names the corpus has. */
  readonly #places = new Set<string>();

  constructor(
    corpus: Corpus,
    codebook: CompiledCodebook,
    options: ReextractOptions,
    at: Reextraction,
    reader: PageReader,
  ) {
    this.#corpus = corpus;
    this.#codebook = codebook;
    this.#options = options;
    this.#at = at;
    this.#reader = reader;
  }

  /** Pages first: attachments repeat them. False where the signal ended it. */
  async run(): Promise<boolean> {
    for (let rank = this.#at.rank; rank <= 1; rank++) {
      let after = rank === this.#at.rank ? this.#at.snapshot : 0;
      for (;;) {
        const ids = await this.#corpus.reextractions.snapshotsAfter(rank, after, page);
        if (ids.length === 0) break;
        if (!(await this.#readPage(rank, ids))) return false;
        after = ids.at(-1)!;
      }
    }
    return true;
  }

  /** Keeps the threads busy with pages ahead of the one that is stored. */
  async #readPage(rank: number, ids: readonly number[]): Promise<boolean> {
    const ahead: Promise<Reading | null>[] = [];
    let next = 0;
    const most = Math.max(1, this.#options.threads * inHand);
    while (next < ids.length || ahead.length > 0) {
      if (this.#options.signal.aborted) {
        await Promise.all(ahead);
        return false;
      }
      while (next < ids.length && ahead.length < most) ahead.push(this.#read(ids[next++]!));
      const reading = await ahead.shift()!;
      if (!reading) continue;
      await this.#store(reading);
      await this.#corpus.reextractions.advance(this.#at.id, rank, reading.snapshot);
      this.#options.onProgress?.(this.documents);
    }
    return true;
  }

  async #read(id: number): Promise<Reading | null> {
    const snapshot = await this.#corpus.snapshot(id);
    if (!snapshot) return null;
    const parent = await parentOf(this.#corpus, snapshot);
    const known = await this.#corpus.reextractions.documentsOf(id);
    const ids: RereadTask['ids'] = [];
    for (const { id: document, part, repeats } of known)
      if (repeats === null) ids[part === '' ? 0 : Number(part.slice(1))] = document;
    const about = parent && { publishedIso: parent.publishedIso, signedIso: parent.signedIso, genre: parent.genre };
    const task = {
      codebook: this.#options.codebook,
      snapshot,
      parent: about,
      ids: Array.from(ids, (each) => each ?? null),
    };
    const documents = await this.#reader.read(task).catch((error: unknown) => error as Error);
    return { snapshot: id, url: snapshot.url, parent: parent?.id ?? null, documents };
  }

  async #store(reading: Reading): Promise<void> {
    const { snapshot, url, documents } = reading;
    if (documents instanceof Error) {
      this.failures.push({ snapshot, url, message: documents.message });
      return;
    }
    const parent = reading.parent === null ? null : await this.#corpus.document(reading.parent);
    for (const [index, { document: carried, print, records }] of documents.entries()) {
      const document = { ...carried, wayBack: WayBack.fromJSON(carried.wayBack) };
      const entry = {
        snapshotId: snapshot,
        part: partOf(index),
        parts: documents.length,
        document,
        print,
        repeats: await repeatedBy(this.#corpus, { text: document.text, print }, parent, snapshot),
        attachedTo: reading.parent,
        extractor: extractorVersion,
        codebook: this.#codebook.codebook.id,
      };
      let place: string | null = null;
      await this.#corpus.reextractions.store(
        this.#at.id,
        entry,
        (id) => {
          const found = records ?? extract(document, this.#codebook, String(id));
          place = found.place ?? null;
          return found;
        },
        figureChanges,
      );
      await this.#knowPlace(place);
      this.documents += 1;
    }
  }

  async #knowPlace(code: string | null): Promise<void> {
    if (code === null || this.#places.has(code)) return;
    this.#places.add(code);
    await knowPlaces(this.#corpus, [code]);
  }
}
