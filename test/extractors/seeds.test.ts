// What extraction finds in the five real documents, measured against their annotations: places, indicators, practices and
// citations. Floors stand in test/floors.json; they lie below what is measured and above what was asked for.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileCodebook, extract, loadCodebook } from '../../extractors/index.js';
import type { Figure, Records } from '../../src/model/record.js';
import { readText } from '../../src/reading/index.js';
import { hasShared, seedFile, sharedFolder } from '../helpers/shared.js';

const floors = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'floors.json'), 'utf8')) as Record<
  'indicator' | 'practices' | 'citations',
  number
>;
const documents = ['000', '001', '002', '003', '004'];
const gold = (file: string) => join(sharedFolder, 'gold', file);
const lines = <T>(file: string): T[] =>
  readFileSync(gold(file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);

/** The annotated text where the seed was damaged, else the seed. */
const textOf = (document: string): string => {
  const mended = gold(`text/${document}.txt`);
  return readFileSync(existsSync(mended) ? mended : seedFile(document), 'utf8');
};

interface Annotated {
  context: string;
  quote: string;
  salience: string;
  indicator?: string | null;
}

const found = new Map<string, Records>();

function recordsOf(document: string): Records {
  const known = found.get(document);
  if (known) return known;
  const codebook = compileCodebook(loadCodebook());
  const records = extract(readText(textOf(document), { origin: document }), codebook, document);
  found.set(document, records);
  return records;
}

/** The figure that overlaps an annotated one. */
function figureAt(text: string, { context, quote }: Annotated, figures: readonly Figure[]): Figure | undefined {
  const start = text.indexOf(context) + context.indexOf(quote);
  return figures.find((figure) => figure.start < start + quote.length && figure.end > start);
}

/** F1 of what is found against what is annotated; equal keys count as often as they are in both. */
function f1(foundKeys: readonly string[], goldKeys: readonly string[]): number {
  const left = [...goldKeys];
  let hits = 0;
  for (const key of foundKeys) {
    const at = left.indexOf(key);
    if (at < 0) continue;
    left.splice(at, 1);
    hits++;
  }
  return (2 * hits) / (foundKeys.length + goldKeys.length);
}

describe.skipIf(!hasShared)('the five real documents', () => {
  const mastheads = hasShared
    ? (JSON.parse(readFileSync(gold('mastheads.json'), 'utf8')) as Record<string, { place: { code: string } }>)
    : {};

  it.each(documents)('%s: the county of the document and of every figure', (document) => {
    const records = recordsOf(document);
    const { code } = mastheads[document]!.place;
    expect(records.place, records.placeReason).toBe(code);
    expect(records.figures.length).toBeGreaterThan(10);
    expect(records.figures.filter(({ place }) => place !== code).map(({ sentence }) => sentence)).toEqual([]);
    expect(records.practices.filter(({ place }) => place !== code)).toEqual([]);
  });

  it('indicators', () => {
    let right = 0;
    let all = 0;
    for (const document of documents) {
      const text = textOf(document);
      for (const annotated of lines<Annotated>(`figures/${document}.jsonl`)) {
        if (annotated.salience === 'minor') continue;
        all++;
        const figure = figureAt(text, annotated, recordsOf(document).figures);
        if (figure && (figure.indicator ?? null) === (annotated.indicator ?? null)) right++;
      }
    }
    expect(all).toBeGreaterThan(200);
    expect(right / all).toBeGreaterThanOrEqual(floors.indicator);
  });

  it('practices with their status', () => {
    const annotated = lines<{ document: string; practice: string; status: string }>('practices.jsonl');
    const wanted = annotated.map(({ document, practice, status }) => `${document} ${practice} ${status}`);
    const got = documents.flatMap((document) =>
      recordsOf(document).practices.map(({ practice, status }) => `${document} ${practice} ${status}`),
    );
    expect(f1(got, wanted)).toBeGreaterThanOrEqual(floors.practices);
  });

  it('citations with title, number and issuer', () => {
    interface Cited {
      document: string;
      title: string | null;
      number: string | null;
      issuer: string | null;
    }
    const key = ({ title, number, issuer }: Omit<Cited, 'document'>) => `${title} ${number} ${issuer}`;
    const wanted = lines<Cited>('citations.jsonl').map((cited) => `${cited.document} ${key(cited)}`);
    const got = documents.flatMap((document) =>
      recordsOf(document).citations.map((cited) => `${document} ${key(cited)}`),
    );
    expect(f1(got, wanted)).toBeGreaterThanOrEqual(floors.citations);
  });

  it('quotes every practice and citation where it stands', () => {
    for (const document of documents) {
      const text = textOf(document);
      const { practices, citations } = recordsOf(document);
      for (const record of [...practices, ...citations]) {
        expect(text.slice(record.start, record.end)).toBe(record.quote);
        expect(record.sentence).toContain(record.quote);
      }
    }
  });
});
