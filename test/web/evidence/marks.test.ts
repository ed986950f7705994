// The mark stands on the words that the record quotes: for every record of the demo's site, of the pages that are hard to read, and of
// the seeds. What is marked is read from the page that is sent, by another parser.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mend } from '../../../src/model/document.js';
import { toSimplified } from '../../../src/reading/index.js';
import { addFolder, type EvidenceStudy, makeEvidenceStudy, type RecordRow, recordsOf, root } from './study.js';

const squash = (text: string) => text.replace(/[\s\u200b\ufeff]+/g, '');

/** What is marked, mends of the page applied, in simplified script. */
function reading(marked: string, mends: readonly Mend[]): string {
  let text = squash(marked);
  for (const { before, after } of mends) text = text.replace(squash(before), () => squash(after));
  return toSimplified(text);
}

interface Marked {
  record: RecordRow;
  marked: string;
  sentence: string;
  isTable: boolean;
  mends: Mend[];
  fault: string;
}

async function markedIn(study: EvidenceStudy): Promise<Marked[]> {
  const found: Marked[] = [];
  for (const record of await recordsOf(study.corpus)) {
    const answer = await study.app.request(`/snapshot/${record.snapshot}/page?record=${record.id}`);
    expect(answer.status, record.id).toBe(200);
    const $ = load(await answer.text());
    const structure = (await study.corpus.documentStructure(record.document))!;
    found.push({
      record,
      marked: $('mark.passage').text(),
      sentence: $('mark.passage, mark.sentence').text(),
      isTable: $('td.cell, th.cell').length > 0,
      mends: structure.mends.filter(({ start, end }) => start < record.end && end > record.start),
      fault: $('.fault').text(),
    });
  }
  return found;
}

/** Records whose mark is not on their quote. A run of shifted characters is one place, of which the quote may be a part. */
const wrong = (all: readonly Marked[]) =>
  all.filter(({ record, marked, mends }) => {
    const [read, quote] = [reading(marked, mends), toSimplified(squash(record.quote))];
    return mends.some(({ kind }) => kind === 'shifted_run') ? !read.includes(quote) : read !== quote;
  });

describe('every record of the demo', () => {
  let study: EvidenceStudy;
  let all: Marked[];
  beforeAll(async () => {
    study = await makeEvidenceStudy();
    await addFolder(study, join(root, 'src/demo/site'), /\.(?:html|docx|pdf)$/);
    all = await markedIn(study);
  });
  afterAll(() => study.remove());

  it('is marked where it stands, word for word', () => {
    expect(all.length).toBeGreaterThan(250);
    expect(wrong(all)).toEqual([]);
    expect(all.filter(({ fault }) => fault !== '')).toEqual([]);
  });

  it('has its sentence marked around it, wherever no mend changed the words', async () => {
    const plain = all.filter(({ record, isTable }) => record.format === 'html' && !isTable);
    const off = plain.filter(({ record, sentence }) => {
      const shown = toSimplified(squash(sentence).replace(/\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)/g, ''));
      return shown !== toSimplified(squash(record.sentence));
    });
    expect(plain.length).toBeGreaterThan(200);
    // Shifted characters stand in the page as they came; only sentences that hold such a run read otherwise.
    const documents = [...new Set(plain.map(({ record }) => record.document))];
    const structures = await Promise.all(documents.map((id) => study.corpus.documentStructure(id)));
    const shifted = structures
      .flatMap((structure) => structure!.mends)
      .flatMap(({ kind, after }) => (kind === 'shifted_run' ? toSimplified(after) : []));
    const others = off.filter(({ record }) => !shifted.some((after) => toSimplified(record.sentence).includes(after)));
    expect(others.map(({ record, sentence }) => [record.sentence, sentence])).toEqual([]);
    expect(off.length).toBeLessThan(plain.length / 5);
  });
});

describe('every record of the pages that are hard to read', () => {
  let study: EvidenceStudy;
  beforeAll(async () => {
    study = await makeEvidenceStudy();
    for (const name of readdirSync(join(root, 'test/pages'))) {
      const file = join(root, 'test/pages', name, 'page.html');
      if (existsSync(file)) await study.add(`https://hard.example/${name}.html`, readFileSync(file));
    }
  });
  afterAll(() => study.remove());

  it('is marked where it stands, or the page says why it is not', async () => {
    const all = await markedIn(study);
    expect(all.length).toBeGreaterThan(100);
    expect(wrong(all).map(({ record, marked, fault }) => ({ quote: record.quote, marked, fault }))).toEqual([]);
    expect(all.some(({ isTable }) => isTable)).toBe(true);
  });
});

const seeds = join(root, '../shared/seeds');

describe.skipIf(!existsSync(seeds))('every record of the seeds (skipped where ../shared is missing)', () => {
  it('is marked where it stands', async () => {
    const study = await makeEvidenceStudy();
    try {
      expect(await addFolder(study, seeds, /\.txt$/)).toBeGreaterThan(0);
      const all = await markedIn(study);
      expect(all.length).toBeGreaterThan(100);
      expect(wrong(all)).toEqual([]);
    } finally {
      await study.remove();
    }
  });
});

describe('every record of a file that is no page', () => {
  const download = join(root, 'src/demo/site/qufu/module/download');

  async function marksOf(name: string, bytes: Uint8Array) {
    const study = await makeEvidenceStudy();
    try {
      await study.add(`https://files.example/${name}`, bytes);
      const [first] = await recordsOf(study.corpus);
      const page = await study.app.request(`/snapshot/${first!.snapshot}/page?record=${first!.id}`);
      return { all: await markedIn(study), $: load(await page.text()) };
    } finally {
      await study.remove();
    }
  }

  it.each(['czfa2024_17.docx', 'czfa2024_17.pdf'])('%s: is marked in the text that was read', async (name) => {
    const { all, $ } = await marksOf(name, readFileSync(join(download, name)));
    expect(all.length).toBeGreaterThan(10);
    expect(wrong(all)).toEqual([]);
    expect($('.note').text()).toContain(name.slice(-3));
    expect($('.good').text()).toContain('相符');
  });

  it('a workbook: the cell and its heads are marked', async () => {
    const sheet = utils.aoa_to_sheet([
      ['示例县各校情况'],
      ['学校', '学生数（人）', '专任教师（人）'],
      ['实验小学', 1250, 86],
      ['城关小学', 970, 64],
    ]);
    const book = utils.book_new(sheet, '情况');
    const { all } = await marksOf('b.xlsx', new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' })));
    expect(all.length).toBeGreaterThan(3);
    expect(wrong(all)).toEqual([]);
    expect(all.every(({ isTable }) => isTable)).toBe(true);
  });
});
