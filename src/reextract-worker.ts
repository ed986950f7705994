// Runs in a thread of the pool that reads kept pages again: stages 3 and 4 for one page, as plain values that a message can carry.
import type { Snapshot, TextPrint } from '../db/corpus.js';
import { type CompiledCodebook, compileCodebook, extract, loadCodebook } from '../extractors/index.js';
import { documentsOf, type ParentPage } from './kept-page.js';
import type { Document } from './model/document.js';
import type { Records } from './model/record.js';
import { printOf } from './reading/index.js';

/** One kept page to read again. */
export interface RereadTask {
  /** Name or path of the codebook. */
  codebook: string;
  snapshot: Snapshot;
  parent: ParentPage | null;
  /** The ids of its documents that have records, by their position; their records are made here. */
  ids: (number | null)[];
}

/** A document as a message carries it, with its records where they were asked for. */
export interface RereadDocument {
  document: Omit<Document, 'wayBack'> & { wayBack: number[] };
  print: TextPrint;
  records: Records | null;
}

let kept: { name: string; codebook: CompiledCodebook } | null = null;

/** Reads one page; throws nothing for what the page holds. */
export default async function reread(task: RereadTask): Promise<RereadDocument[]> {
  if (kept?.name !== task.codebook)
    kept = { name: task.codebook, codebook: compileCodebook(loadCodebook(task.codebook)) };
  const { codebook } = kept;
  // A message carries bytes as an array without the methods of a Buffer.
  const snapshot = { ...task.snapshot, bytes: Buffer.from(task.snapshot.bytes) };
  const documents = await documentsOf(snapshot, task.parent);
  return documents.map((document, index) => {
    const id = task.ids[index] ?? null;
    return {
      document: { ...document, wayBack: document.wayBack.toJSON() },
      print: printOf(document.text),
      records: id === null ? null : extract(document, codebook, String(id)),
    };
  });
}
