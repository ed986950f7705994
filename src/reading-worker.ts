// Runs in a thread that reads kept pages: stages 3 and 4 for one page, as plain values that a message can carry.
import type { Snapshot, TextPrint } from '../db/corpus.js';
import type { CompiledCodebook } from '../extractors/index.js';
import { documentsOf, type ParentPage } from './kept-page.js';
import type { Document } from './model/document.js';
import type { Records } from './model/record.js';
import { printOf } from './reading/index.js';

/** One kept page to read. */
export interface RereadTask {
  /** Name or path of the codebook. */
  codebook: string;
  snapshot: Snapshot;
  parent: ParentPage | null;
  /** The ids of its documents that have records, by their position; their records are made here. Empty where none are asked for. */
  ids: (number | null)[];
}

/** A document as a message carries it, with its records where they were asked for. */
export interface RereadDocument {
  document: Omit<Document, 'wayBack'> & { wayBack: number[] };
  print: TextPrint;
  records: Records | null;
}

type Extract = (document: Document, id: string) => Records;

let kept: { name: string; extract: Extract } | null = null;

/** Extraction by a codebook; it is loaded where records are asked for, since its words and places take memory in every thread. */
async function extractionBy(name: string): Promise<Extract> {
  if (kept?.name !== name) {
    const { compileCodebook, extract, loadCodebook } = await import('../extractors/index.js');
    const codebook: CompiledCodebook = compileCodebook(loadCodebook(name));
    kept = { name, extract: (document, id) => extract(document, codebook, id) };
  }
  return kept.extract;
}

/** Reads one page; throws nothing for what the page holds. */
export default async function reread(task: RereadTask): Promise<RereadDocument[]> {
  const { ids } = task;
  const extract = ids.some((id) => id !== null) ? await extractionBy(task.codebook) : null;
  // A message carries bytes as an array without the methods of a Buffer.
  const snapshot = { ...task.snapshot, bytes: Buffer.from(task.snapshot.bytes) };
  const documents = await documentsOf(snapshot, task.parent);
  return documents.map((document, index) => {
    const id = ids[index] ?? null;
    return {
      document: { ...document, wayBack: document.wayBack.toJSON() },
      print: printOf(document.text),
      records: id === null || !extract ? null : extract(document, String(id)),
    };
  });
}
