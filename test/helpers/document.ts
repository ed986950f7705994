// A Document around a text of our own, for tests of extraction. Headings are the lines that open with # marks.
import type { Block, Document } from '../../src/model/document.js';
import { WayBack } from '../../src/model/way-back.js';

/** A document with the fields that are given; `#` at the start of a line makes a heading of that level. */
export function documentOf(source: string, fields: Partial<Document> = {}): Document {
  const blocks: Block[] = [];
  let text = '';
  for (const line of source.split('\n')) {
    const marks = /^#+/.exec(line)?.[0].length ?? 0;
    const words = marks > 0 ? line.slice(marks).trim() : line;
    const start = text.length;
    text += `${words}\n`;
    if (words.trim() === '') continue;
    blocks.push(
      marks > 0
        ? { kind: 'heading', level: marks, start, end: start + words.length }
        : { kind: 'paragraph', start, end: start + words.length },
    );
  }
  return {
    title: null,
    published: null,
    publishedIso: null,
    signed: null,
    signedIso: null,
    publisher: null,
    source: null,
    author: null,
    documentNumber: null,
    indexNumber: null,
    addressees: [],
    genre: 'news',
    broken: {},
    origin: 'test',
    format: 'text',
    encoding: 'utf-8',
    script: 'simplified',
    mends: [],
    unmended: [],
    notes: [],
    attachments: [],
    nextPart: null,
    firstPart: null,
    text,
    wayBack: WayBack.identity(text.length),
    blocks,
    ...fields,
  };
}
