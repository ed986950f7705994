// Search: what a scan of every text finds, and nothing else; then sentences with what stands around them.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairQuery } from '../db/pairs.js';
import { find } from '../src/find.js';
import { fileOf } from './conformance/samples.js';
import { entryOf, nothing } from './conformance/study.js';
import { type ExportStudy, makeExportStudy } from './export/study.js';
import { documentOf } from './helpers/document.js';

/** Few characters, so that words recur; with what makes searching hard: pairs from outside the basic plane, other widths, digits. */
const alphabet = ['教', '师', '学', '生', '校', '，', '。', '\n', '2', '3', 'a', 'B', '２', '𠮷', '"', '*', ' ', '（'];
/** As they are stored, with the line break that ends them: words may hold white space, and are then sought as they are. */
const texts: string[] = [];
let study: ExportStudy;

beforeAll(async () => {
  study = await makeExportStudy();
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  for (let number = 0; number < 60; number++) {
    const text = Array.from({ length: 30 + random(40) }, () => alphabet[random(alphabet.length)]).join('');
    texts.push(documentOf(text).text);
    await store(text, `random-${number}`);
  }
  await store('前一句。推行教师轮岗交流，共86人。后一句。', 'plain', '990101');
});
afterAll(() => study.remove());

async function store(text: string, name: string, place = '990102'): Promise<number> {
  const { snapshotId } = await study.corpus.keepFile(fileOf(text, { url: `/find/${name}.txt`, place }));
  const document = documentOf(text, { title: name, publishedIso: '2024-03-01' });
  return study.corpus.storeDocument(entryOf(snapshotId, document), () => ({ ...nothing, place }));
}

const form = (text: string) => text.normalize('NFKC').toLowerCase();

describe('documents by words', () => {
  it('are those that a scan finds, for any piece of any text', async () => {
    const piece = fc
      .tuple(fc.nat(59), fc.nat(70), fc.integer({ min: 1, max: 5 }))
      .map(([text, start, length]) => [...texts[text]!].slice(start, start + length).join(''))
      .filter((word) => word.trim() !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 2 }), fc.boolean(), async (words, anywhere) => {
        const places = anywhere ? undefined : ['990102'];
        const found = await study.corpus.documentsWith({ words, places, limit: 1000 });
        const scanned = texts.flatMap((text, index) =>
          words.every((word) => form(`random-${index}\n${text}`).includes(form(word))) ? [`random-${index}`] : [],
        );
        expect(
          found
            .map(({ title }) => title)
            .filter((title) => title?.startsWith('random'))
            .sort(),
        ).toEqual(scanned.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('come a page at a time', async () => {
    const all = await study.corpus.documentsWith({ words: ['教'], limit: 1000 });
    const paged: number[] = [];
    for (let before: number | undefined; ; ) {
      const page = await study.corpus.documentsWith({ words: ['教'], before, limit: 7 });
      paged.push(...page.map(({ id }) => id));
      if (page.length < 7) break;
      before = page.at(-1)!.id;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
    expect(paged.length).toBeGreaterThan(14);
  });

  it('are found by what they hold now', async () => {
    const { snapshotId } = await study.corpus.keepFile(fileOf('旧词', { url: '/find/changed.txt' }));
    const put = (text: string) => study.corpus.storeDocument(entryOf(snapshotId, documentOf(text)), () => nothing);
    const count = async (word: string) => (await study.corpus.documentsWith({ words: [word], limit: 9 })).length;
    await put('旧词在此');
    expect([await count('旧词'), await count('新语')]).toEqual([1, 0]);
    await put('新语在此');
    expect([await count('旧词'), await count('新语')]).toEqual([0, 1]);
  });
});

describe('the expression for the index', () => {
  it('is phrases of pairs', () => {
    expect(pairQuery(['教师节', '校'])).toBe('"教师 师节" AND "校"*');
    expect(pairQuery(['，"'])).toBeNull();
  });
});

describe('sentences', () => {
  it('come with those around them, and their document', async () => {
    const { sentences } = await find(study.corpus, { words: ['轮岗', '８６人'] });
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatchObject({
      sentence: '推行教师轮岗交流，共86人。',
      before: '前一句。',
      after: '后一句。',
      title: 'plain',
      date: '2024-03-01',
      county: { code: '990101' },
      start: 4,
    });
  });

  it('of other counties are left out', async () => {
    expect((await find(study.corpus, { words: ['轮岗'], counties: ['990102'] })).sentences).toEqual([]);
  });

  it('that hold the words only together are told apart', async () => {
    expect(await find(study.corpus, { words: ['前一句', '后一句'] })).toMatchObject({
      sentences: [],
      apart: [{ title: 'plain' }],
    });
  });

  it('end at the limit, which is told', async () => {
    const { sentences, more } = await find(study.corpus, { words: ['教'], limit: 3 });
    expect([sentences.length, more]).toEqual([3, true]);
  });

  it('are looked for by 20 words at most, each once', async () => {
    const words = Array.from({ length: 21 }, (_, k) => `词${k}`);
    await expect(find(study.corpus, { words })).rejects.toMatchObject({ code: 'E_MANY_WORDS', exitCode: 2 });
    await expect(find(study.corpus, { words: ['学'.repeat(501)] })).rejects.toMatchObject({ code: 'E_MANY_WORDS' });
    const once = await find(study.corpus, { words: ['学校'] });
    expect(once.sentences.length).toBeGreaterThan(0);
    expect(await find(study.corpus, { words: Array(1000).fill('学校') })).toEqual(once);
  });

  it('need a word', async () => {
    await expect(find(study.corpus, { words: [' '] })).rejects.toMatchObject({ code: 'E_WORDS', exitCode: 2 });
  });
});

describe('words that stand apart in very many documents', () => {
  it('end the search, which says so', async () => {
    const asked: number[] = [];
    const many = {
      documentsWith: async ({ before = 100_000, limit }: { before?: number; limit: number }) => {
        asked.push(limit);
        return Array.from({ length: limit }, (_, index) => ({
          id: before - 1 - index,
          title: null,
          text: '教师一句。学校一句。',
          url: 'http://a.example/',
          place: null,
          date: null,
        }));
      },
    };
    const found = await find(many as unknown as Parameters<typeof find>[0], { words: ['教师', '学校'] });
    expect(found).toMatchObject({ sentences: [], more: false, stopped: true });
    expect(found.apart.length).toBe(asked.reduce((sum, limit) => sum + limit, 0));
    expect(found.apart.length).toBeLessThan(1000);
  });
});
