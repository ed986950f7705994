// A corpus that is made anew for each test of a suite, with a short way to store a document.
import { afterEach, beforeEach } from 'vitest';
import type { Corpus, DocumentToStore } from '../../db/corpus.js';
import type { Document } from '../../src/model/document.js';
import type { Records } from '../../src/model/record.js';
import { documentOf } from '../helpers/document.js';
import { fileOf, printOf } from './samples.js';

/** Room for a corpus that outlives its being open. */
export interface CorpusPlace {
  open(): Promise<Corpus>;
  remove(): Promise<void>;
}

export type MakePlace = () => Promise<CorpusPlace>;

export const nothing: Records = { placeReason: 'not told', figures: [], practices: [], citations: [] };

export function entryOf(
  snapshotId: number,
  document: Document,
  fields: Partial<DocumentToStore> = {},
): DocumentToStore {
  return {
    snapshotId,
    part: '',
    document,
    print: printOf(document.text),
    repeats: null,
    attachedTo: null,
    extractor: '1',
    codebook: 'test',
    ...fields,
  };
}

export class Study {
  place!: CorpusPlace;
  corpus!: Corpus;

  async reopen(): Promise<void> {
    await this.corpus.close();
    this.corpus = await this.place.open();
  }

  /** Keeps a file of its own and stores what `recordsOf` gives for it. */
  async store(
    text: string,
    fields: Partial<DocumentToStore> & { url?: string; recordsOf?: (id: number) => Partial<Records> } = {},
  ): Promise<number> {
    const { url = `/study/${text}.txt`, recordsOf, ...entry } = fields;
    const { snapshotId } = await this.corpus.keepFile(fileOf(text, { url }));
    return this.corpus.storeDocument(entryOf(snapshotId, documentOf(text), entry), (id) => ({
      ...nothing,
      ...recordsOf?.(id),
    }));
  }
}

/** For the tests of the suite in which this is called. */
export function useStudy(makePlace: MakePlace): Study {
  const study = new Study();
  beforeEach(async () => {
    study.place = await makePlace();
    study.corpus = await study.place.open();
  });
  afterEach(async () => {
    await study.corpus.close();
    await study.place.remove();
  });
  return study;
}
