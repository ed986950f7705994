// Pages that are hard to read, one folder each in test/pages: the bytes, what must come out, and why the page is hard. The texts are
// our own, the structures those of the content systems and templates that Chinese sites use.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../src/reading/index.js';

const folder = join(import.meta.dirname, '../pages');

interface Expectation {
  why: string;
  title: string;
  /** ISO 8601 to the minute. */
  published: string | null;
  in: string[];
  out: string[];
  signed?: string;
  documentNumber?: string;
  publisher?: string;
  source?: string;
  author?: string;
  indexNumber?: string;
  genre?: string;
  encoding?: string;
}

const stated = ['documentNumber', 'publisher', 'source', 'author', 'indexNumber', 'genre', 'encoding'] as const;

const without = (text: string) => text.replace(/[ \u00a0\u3000\n]/g, '');

describe('hard pages', () => {
  for (const slug of readdirSync(folder)) {
    const want: Expectation = JSON.parse(readFileSync(join(folder, slug, 'expect.json'), 'utf8'));
    it(`${slug}: ${want.why}`, async () => {
      const bytes = readFileSync(join(folder, slug, 'page.html'));
      const document = await readPage({ bytes, origin: `https://www.example.gov.cn/${slug}.html` });
      const text = without(document.text);
      expect({
        title: document.title,
        published: document.publishedIso?.slice(0, 16) ?? null,
        missing: want.in.filter((sentence) => !text.includes(without(sentence))),
        chrome: want.out.filter((words) => text.includes(without(words))),
      }).toEqual({ title: want.title, published: want.published, missing: [], chrome: [] });
      if (want.signed) expect(document.signedIso).toBe(want.signed);
      for (const field of stated) if (want[field]) expect(document[field]).toBe(want[field]);
    });
  }
});
