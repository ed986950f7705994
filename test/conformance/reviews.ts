// What every corpus does with decisions of people: one suite of behaviour, run by the test of each database.
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../src/model/record.js';
import type { NewDecision } from '../../src/model/review.js';
import { documentOf } from '../helpers/document.js';
import { figureOf } from './samples.js';
import { entryOf, type MakePlace, nothing, useStudy } from './study.js';

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeReviews(name: string, makePlace: MakePlace): void {
  describe(`decisions in ${name}`, () => {
    const study = useStudy(makePlace);
    const decide = (figure: string, fields: Partial<NewDecision> = {}) =>
      study.corpus.decide({
        figure,
        action: 'accept',
        reviewer: '王',
        decidedAt: '2026-03-02T08:00:00.000Z',
        reason: null,
        correction: null,
        ...fields,
      });
    const take = { reviewer: '李', at: '2026-03-03T08:00:00.000Z' };
    /** A page whose figures are these; stored again it is a new version. */
    const store = (url: string, text: string, ...figures: Partial<Figure>[]) =>
      study.store(text, {
        url,
        recordsOf: (id) => ({ figures: figures.map((fields, index) => figureOf(id, index + 1, fields)) }),
      });
    const figures = (filter = {}) => study.corpus.figures(filter);

    it('keep who, when, why and what was judged', async () => {
      const id = await store('/a', 'text', { indicator: 'schools', stage: 'primary' });
      const decision = await decide(`${id}-001`, { reason: '已核对' });
      expect(decision).toEqual({
        id: decision.id,
        figure: `${id}-001`,
        action: 'accept',
        reviewer: '王',
        decidedAt: '2026-03-02T08:00:00.000Z',
        reason: '已核对',
        correction: null,
        url: '/a',
        quote: '12所',
        sentence: '全县新建学校12所。',
        read: {
          value: 12,
          valueMax: null,
          unit: '所',
          bound: 'exact',
          indicator: 'schools',
          stage: ['primary'],
          period: null,
          status: 'actual',
        },
        isStanding: true,
        undoneAt: null,
        undoneBy: null,
      });
      await study.reopen();
      expect(await study.corpus.decisions()).toEqual([decision]);
      expect((await study.corpus.evidence(`${id}-001`))!.decisions).toEqual([decision]);
      expect((await figures())[0]!.review).toEqual({
        action: 'accept',
        reviewer: '王',
        decidedAt: '2026-03-02T08:00:00.000Z',
        reason: '已核对',
        raw: null,
        reread: [],
      });
    });

    it('correct what is shown, and keep what was read beside it', async () => {
      const id = await store('/a', 'text', { value: 12 });
      await decide(`${id}-001`, { action: 'correct', correction: { value: 13, bound: 'at_least', stage: ['junior'] } });
      const [figure] = await figures();
      expect(figure).toMatchObject({ value: 13, bound: 'at_least', stage: ['junior'], unit: '所' });
      expect(figure!.review).toMatchObject({ action: 'correct', raw: { value: 12, bound: 'exact', stage: [] } });
      const [listed] = await study.corpus.listFigures({ place: '990101', limit: 9 });
      expect(listed).toMatchObject({ value: 13, review: { raw: { value: 12 } } });
      expect((await study.corpus.evidence(`${id}-001`))!.record).toMatchObject({ value: 12 });
    });

    it('let a figure be asked for under the indicator that a person gave it, and no longer under the other', async () => {
      const id = await store('/a', 'text', { indicator: 'schools' }, { indicator: 'schools', quote: '3所', value: 3 });
      await store('/b', 'other', { indicator: 'pupils' });
      await decide(`${id}-001`, {
        action: 'correct',
        correction: { indicator: 'kindergartens', stage: ['preschool'] },
      });
      const idsOf = async (indicators: string[]) => (await figures({ indicators })).map((figure) => figure.id);
      expect(await idsOf(['kindergartens'])).toEqual([`${id}-001`]);
      expect(await idsOf(['schools'])).toEqual([`${id}-002`]);
      expect(await idsOf(['schools', 'kindergartens'])).toEqual([`${id}-001`, `${id}-002`]);
      const listed = await study.corpus.listFigures({ place: '990101', limit: 9 }, { indicators: ['kindergartens'] });
      expect(listed.map((figure) => figure.id)).toEqual([`${id}-001`]);
      expect(await study.corpus.figureShapes({ indicators: ['kindergartens'] })).toMatchObject([
        { indicator: 'kindergartens', stage: ['preschool'] },
      ]);
      await decide(`${id}-001`, { action: 'correct', correction: { indicator: null } });
      expect(await idsOf(['kindergartens'])).toEqual([]);
      expect((await figures({ withIndicator: false })).map((figure) => figure.id)).toContain(`${id}-001`);
    });

    it('leave out what was rejected, unless it is asked for', async () => {
      const id = await store('/a', 'text', {}, { quote: '3所', value: 3 });
      await decide(`${id}-001`, { action: 'reject', reason: '计划数' });
      expect((await figures()).map((figure) => figure.id)).toEqual([`${id}-002`]);
      expect((await figures({ rejected: true }))[0]).toMatchObject({
        id: `${id}-001`,
        review: { action: 'reject', reason: '计划数' },
      });
    });

    it('are taken back one after the other, and the one before holds again', async () => {
      const id = await store('/a', 'text', { value: 12 });
      const first = await decide(`${id}-001`, { action: 'correct', correction: { value: 13 } });
      const second = await decide(`${id}-001`, { action: 'reject', reason: 'wrong' });
      expect(await figures()).toEqual([]);
      expect(await study.corpus.undo(second.id, take)).toMatchObject({
        id: second.id,
        isStanding: false,
        undoneBy: '李',
      });
      expect((await figures())[0]!.value).toBe(13);
      expect(await study.corpus.undo(second.id, take)).toBeNull();
      await study.corpus.undo(first.id, take);
      expect((await figures())[0]).toMatchObject({ value: 12 });
      expect((await figures())[0]!.review).toBeUndefined();
      expect((await study.corpus.decisions()).map(({ undoneAt }) => undoneAt)).toEqual([take.at, take.at]);
      expect(await study.corpus.undo(99, take)).toBeNull();
    });

    it('are not touched by a skip', async () => {
      const id = await store('/a', 'text', {}, { quote: '3所', value: 3 });
      await decide(`${id}-001`);
      await decide(`${id}-001`, { action: 'skip' });
      const skipped = await decide(`${id}-002`, { action: 'skip' });
      expect((await figures()).map(({ review }) => review?.action)).toEqual(['accept', undefined]);
      expect(skipped.isStanding).toBe(true);
    });

    it('survive that a page is read again with other rules', async () => {
      const { snapshotId } = await study.corpus.keepFile({
        url: '/a',
        bytes: Buffer.from('a'),
        sha256: 'ab'.repeat(32),
        place: '990101',
        importedAt: '2026-03-01T08:00:00.000Z',
        contentType: null,
        date: null,
      });
      const read = (extractor: string, ...all: Partial<Figure>[]) =>
        study.corpus.storeDocument(entryOf(snapshotId, documentOf('a'), { extractor }), (id) => ({
          ...nothing,
          place: '990101',
          figures: all.map((fields, index) => figureOf(id, index + 1, fields)),
        }));
      const id = await read('1', { value: 12, indicator: 'schools' });
      await decide(`${id}-001`, { action: 'correct', correction: { value: 13 } });
      // One more figure before it: it has another id now, and another indicator.
      await read('2', { quote: '5人', value: 5, unit: '人' }, { value: 12, indicator: 'new_schools' });
      const [, figure] = await figures();
      expect(figure).toMatchObject({
        id: `${id}-002`,
        value: 13,
        review: { raw: { value: 12, indicator: 'new_schools' }, reread: ['indicator'] },
      });
      // Read as another value it is another statement: the decision waits and is seen.
      await read('3', { value: 120_000 });
      expect((await figures())[0]).toMatchObject({ value: 120_000 });
      expect((await figures())[0]!.review).toBeUndefined();
      expect(await study.corpus.decisions({ orphaned: true })).toMatchObject([
        { figure: null, url: '/a', quote: '12所' },
      ]);
      await read('4', { value: 12 });
      expect((await figures())[0]).toMatchObject({ value: 13 });
      expect(await study.corpus.decisions({ orphaned: true })).toEqual([]);
    });

    it('survive a new version of the page, also where the sentence was rewritten and its words stand once', async () => {
      const old = await store('/a', 'one', {}, { quote: '3所', value: 3, sentence: '新建3所。' });
      await decide(`${old}-001`, { action: 'reject', reason: 'plan' });
      await decide(`${old}-002`, { action: 'correct', correction: { value: 4 } });
      const newer = await store(
        '/a',
        'two',
        { quote: '3所', value: 3, sentence: '今年,新建3所!' },
        { sentence: '全县 新建学校12所' },
      );
      expect(await figures({ rejected: true })).toMatchObject([
        { id: `${newer}-001`, value: 4 },
        { id: `${newer}-002`, review: { action: 'reject' } },
      ]);
      // The words stand twice, in other sentences than before: whose they are is for a person to say.
      await store('/a', 'three', { sentence: '甲镇12所。' }, { sentence: '乙镇12所。' });
      expect((await figures({ rejected: true })).map(({ review }) => review)).toEqual([undefined, undefined]);
      expect(await study.corpus.decisions({ orphaned: true, standing: true })).toHaveLength(2);
    });

    it('tell equal words of one sentence apart', async () => {
      const sentence = '小学新增12所,初中新增12所。';
      const id = await store('/a', 'one', { sentence }, { sentence });
      await decide(`${id}-002`, { action: 'correct', correction: { value: 21 } });
      await store('/a', 'two', { quote: '1所', value: 1, sentence: '另有1所。' }, { sentence }, { sentence });
      expect((await figures()).map(({ value }) => value)).toEqual([1, 12, 21]);
    });

    it('are not those on the same words of another page', async () => {
      const id = await store('/a', 'one', {});
      await store('/b', 'other', {});
      await decide(`${id}-001`, { action: 'reject', reason: 'no' });
      expect((await figures()).map(({ url }) => url)).toEqual(['/b']);
    });

    it('are refused where there is no such figure, or an older version of it', async () => {
      const old = await store('/a', 'one', {});
      await store('/a', 'two', {});
      await expect(decide('9-001')).rejects.toThrow('9-001');
      await expect(decide(`${old}-001`)).rejects.toThrow('older version');
      expect(await study.corpus.decisions()).toEqual([]);
    });

    it('are all kept when many decide at the same time, and one holds', async () => {
      const id = await store('/a', 'one', {});
      await Promise.all(
        Array.from({ length: 8 }, (_, value) => decide(`${id}-001`, { action: 'correct', correction: { value } })),
      );
      expect(await study.corpus.decisions()).toHaveLength(8);
      expect(await study.corpus.decisions({ standing: true })).toHaveLength(1);
    });
  });
}
