// What every corpus finds by words, whichever database it lies in: one suite of behaviour, run by the test of each database.
import { describe, expect, it } from 'vitest';
import type { WordSearch } from '../../db/corpus.js';
import { documentOf } from '../helpers/document.js';
import { fileOf } from './samples.js';
import { entryOf, type MakePlace, nothing, useStudy } from './study.js';

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeSearch(name: string, makePlace: MakePlace): void {
  describe(`search in ${name}`, () => {
    const study = useStudy(makePlace);

    const store = async (text: string, url: string, place: string): Promise<number> => {
      const { snapshotId } = await study.corpus.keepFile(fileOf(text, { url, place }));
      return study.corpus.storeDocument(entryOf(snapshotId, documentOf(text)), () => ({ ...nothing, place }));
    };
    const ids = async (search: Partial<WordSearch> & Pick<WordSearch, 'words'>): Promise<number[]> =>
      (await study.corpus.documentsWith({ limit: 1000, ...search })).map(({ id }) => id);

    it('finds documents that hold all words, the newest first, also of some places only', async () => {
      const first = await store('教师轮岗，共12人。', '/a.txt', '990101');
      const second = await store('教师培训；轮岗另文。', '/b.txt', '990102');
      await store('学生资助。', '/c.txt', '990101');
      expect(await ids({ words: ['教师', '轮岗'] })).toEqual([second, first]);
      expect(await ids({ words: ['教师轮岗'] })).toEqual([first]);
      expect(await ids({ words: ['轮岗'], places: ['990101'] })).toEqual([first]);
      expect(await ids({ words: ['轮岗'], places: [] })).toEqual([]);
      expect(await ids({ words: ['轮岗'], before: second })).toEqual([first]);
      expect(await ids({ words: ['轮岗'], limit: 1 })).toEqual([second]);
      expect(await ids({ words: ['轮', '１２'] })).toEqual([first]);
      expect(await ids({ words: ['；'] })).toEqual([second]);
      expect(await ids({ words: ['保安'] })).toEqual([]);
    });

    it('leaves out older versions', async () => {
      await store('旧文说轮岗。', '/a.txt', '990101');
      const newer = await store('新文也说轮岗。', '/a.txt', '990101');
      expect(await ids({ words: ['轮岗'] })).toEqual([newer]);
      expect(await ids({ words: ['旧文'], places: ['990101'] })).toEqual([]);
    });

    it('finds the same where a place has very many documents', async () => {
      const rare: number[] = [];
      for (let number = 0; number < 220; number++) {
        const id = await store(`第${number}期简报${number % 55 === 7 ? '：轮岗' : ''}。`, `/${number}.txt`, '990101');
        if (number % 55 === 7) rare.unshift(id);
      }
      await store('别处轮岗。', '/other.txt', '990102');
      expect(rare).toHaveLength(4);
      expect(await ids({ words: ['轮岗'], places: ['990101'] })).toEqual(rare);
      expect(await ids({ words: ['轮岗'], places: ['990101'], before: rare[0]! })).toEqual(rare.slice(1));
      expect((await ids({ words: ['简报'], places: ['990101'], limit: 300 })).length).toBe(220);
    });
  });
}
