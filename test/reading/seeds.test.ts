// The five real documents, from their text copies and from their sites, against the annotated mastheads. The annotations lie
// outside the project; without them these tests are skipped.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/model/document.js';
import { readPage, repeats } from '../../src/reading/index.js';

const shared = resolve(import.meta.dirname, '../../../shared');
const missing = !existsSync(join(shared, 'gold/mastheads.json'));

interface Gold {
  title: string;
  published: string | null;
  published_iso: string | null;
  signed_iso: string | null;
  publisher: string;
  author: string | null;
  document_number: string | null;
  index_number: string | null;
  addressees: string[];
  genre: string;
  first_words: string;
  last_words: string;
  headings: { level: number; text: string; inline?: boolean }[];
}

const load = (path: string) => JSON.parse(readFileSync(join(shared, path), 'utf8'));
const gold: Record<string, Gold> = missing ? {} : load('gold/mastheads.json');
const sites: Record<string, { document: string; article: string; published: string }> = missing
  ? {}
  : load('sites/sites.json');

const read = (path: string) =>
  readPage({ bytes: readFileSync(join(shared, path)), origin: 'https://www.example.gov.cn/art/1.html' });

const headingsOf = (document: Document) =>
  document.blocks
    .filter((block) => block.kind === 'heading')
    .map((block) => ({
      level: block.level,
      text: document.text.slice(block.start, block.end),
      ...(block.inline ? { inline: true } : {}),
    }));

/** What both the text copy and the page must give. */
function expectMasthead(document: Document, want: Gold): void {
  expect({
    title: document.title,
    publisher: document.publisher,
    author: document.author,
    documentNumber: document.documentNumber,
    addressees: document.addressees,
    signed: document.signedIso,
    genre: document.genre,
    headings: headingsOf(document),
  }).toEqual({
    title: want.title,
    publisher: want.publisher,
    author: want.author,
    documentNumber: want.document_number,
    addressees: want.addressees,
    signed: want.signed_iso,
    genre: want.genre,
    headings: want.headings,
  });
  expect(document.text.startsWith(want.first_words)).toBe(true);
  expect(document.text.endsWith(want.last_words)).toBe(true);
  expect(document.notes).toEqual([]);
}

describe.skipIf(missing)('the seeds as plain text', () => {
  for (const [id, want] of Object.entries(gold)) {
    it(id, async () => {
      const file = readdirSync(join(shared, 'seeds')).find((name) => name.startsWith(id))!;
      const document = await read(`seeds/${file}`);
      expectMasthead(document, want);
      expect(document.format).toBe('text');
      expect([document.published, document.publishedIso]).toEqual([want.published, want.published_iso]);
      expect(document.indexNumber).toBe(want.index_number);
    });
  }

  it('leaves counters, licences and tools out of the text', async () => {
    for (const file of readdirSync(join(shared, 'seeds'))) {
      const { text } = await read(`seeds/${file}`);
      expect(text).not.toMatch(/点击: 547|ICP备|字号|TOP|打印该页|\.docx|相关阅读/);
    }
  });

  it('says that an index number is broken', async () => {
    const file = readdirSync(join(shared, 'seeds')).find((name) => name.startsWith('003'))!;
    expect((await read(`seeds/${file}`)).broken).toEqual({ indexNumber: gold['003']!.index_number });
  });
});

describe.skipIf(missing)('the seeds as pages', () => {
  for (const [site, about] of Object.entries(sites)) {
    it(site, async () => {
      const document = await read(`sites/${site}${about.article}`);
      expectMasthead(document, gold[about.document]!);
      expect(document.format).toBe('html');
      expect(document.publishedIso?.slice(0, 10)).toBe(about.published);
    });
  }

  it('finds the files beside the notice', async () => {
    const document = await read(`sites/qufu${sites.qufu!.article}`);
    expect(document.attachments.map((each) => new URL(each.url).pathname.split('.').at(-1))).toEqual([
      'docx',
      'pdf',
      'doc',
    ]);
    expect(document.indexNumber).toBe('11370881004320000X/2024-00123');
  });
});

describe.skipIf(missing)('the files beside the notice', () => {
  for (const format of ['docx', 'doc', 'pdf']) {
    it(`${format} repeats the page`, async () => {
      const page = await read(`sites/qufu${sites.qufu!.article}`);
      const file = await read(`sites/qufu/module/download/qzbz2024_17.${format}`);
      const { title, documentNumber, signedIso, publisher, genre, addressees } = page;
      expect(file).toMatchObject({ format, title, documentNumber, signedIso, publisher, genre, addressees, notes: [] });
      expect(headingsOf(file).length).toBe(gold['001']!.headings.length);
      expect(repeats(file.text, page.text)).toBe(true);
      expect(file.wayBack.original({ start: 10, end: 20 })).toEqual({ start: 10, end: 20 });
    });
  }
});

describe.skipIf(missing)('the garbled seed', () => {
  const name = () => readdirSync(join(shared, 'seeds')).find((file) => file.startsWith('002'))!;

  it('is mended to what stood there', async () => {
    const document = await read(`seeds/${name()}`);
    const whole = readFileSync(join(shared, 'gold/text/002.txt'), 'utf8').replace(/\s/g, '');
    const body = document.text.replace(/\s/g, '');
    expect(whole.slice(whole.indexOf(body.slice(0, 20))).startsWith(body)).toBe(true);
    expect(body.length).toBeGreaterThan(1800);
    expect(document.unmended).toEqual([]);
    expect(document.script).toBe('traditional');
  });

  it('keeps the way back of every character', async () => {
    const original = readFileSync(join(shared, `seeds/${name()}`), 'utf8');
    const document = await read(`seeds/${name()}`);
    for (const number of document.text.matchAll(/\d+(?:\.\d+)?/g)) {
      const place = document.wayBack.original({ start: number.index, end: number.index + number[0].length });
      expect(original.slice(place.start, place.end)).toBe(number[0]);
    }
    for (const mend of document.mends) expect(original.slice(mend.start, mend.end)).toBe(mend.before);
  });
});
