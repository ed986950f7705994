// A Document around a bare text, for tests of extraction.
import type { Block, Document, Genre } from '../../../src/model/document.js';
import { WayBack } from '../../../src/model/way-back.js';

/** A document whose text is the original; published on 2024-05-21 unless told otherwise. */
export function documentOf(
  text: string,
  more: { genre?: Genre; published?: string | null; blocks?: Block[] } = {},
): Document {
  return {
    title: null,
    published: null,
    publishedIso: more.published === undefined ? '2024-05-21' : more.published,
    signed: null,
    signedIso: null,
    publisher: null,
    source: null,
    author: null,
    documentNumber: null,
    indexNumber: null,
    addressees: [],
    genre: more.genre ?? 'news',
    broken: {},
    origin: 'test',
    format: 'text',
    encoding: 'utf-8',
    script: 'simplified',
    mends: [],
    unmended: [],
    notes: [],
    text,
    wayBack: WayBack.identity(text.length),
    blocks: more.blocks ?? [],
    attachments: [],
  };
}
