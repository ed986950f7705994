// The queue, decisions from words, and the precision that a sample tells.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unitSlip } from '../src/compare/unit-slips.js';
import { wilson } from '../src/compare/wilson.js';
import { compare } from '../src/corpus.js';
import type { Figure } from '../src/model/record.js';
import { type DecisionWords, decisionFrom, isSampled, reviewPrecision, reviewQueue } from '../src/review.js';
import { figureOf, fileOf } from './conformance/samples.js';
import { entryOf, nothing } from './conformance/study.js';
import { documentOf } from './helpers/document.js';
import { codebook, makeApiStudy } from './web/api/study.js';

const at = '2026-03-02T08:00:00.000Z';

describe('the interval of Wilson', () => {
  it('is that of published tables', () => {
    // Newcombe 1998 (doi 10.1002/(SICI)1097-0258(19980430)17:8<857), table I, method 3: 81/263, 15/148, 0/20, 1/29.
    for (const [count, of, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const found = wilson(count, of)!;
      expect([found.low, found.high].map((each) => Number(each.toFixed(4)))).toEqual([low, high]);
    }
    expect(wilson(0, 0)).toBeNull();
    expect(wilson(20, 20)!.high).toBe(1);
  });
});

describe('a slip of the unit', () => {
  it.each([
    [120_000, [12, 11.5, 12.4], 4],
    [120, [11.8, 12, 12.2], 1],
    [0.000_38, [0.38, 0.37, 0.39], -3],
    [12, [11.8, 12, 12.2], null],
    [30, [11.8, 12, 12.2], null],
    // Ten times and the others differ among themselves as much: nothing is told.
    [120, [3, 12, 45], null],
    [120, [12], null],
    [120_000, [12], 4],
    [0, [12, 12], null],
    [12, [], null],
  ])('%f beside %j is %s', (value, others, power) => {
    expect(unitSlip(value, others)).toBe(power);
  });
});

describe('a decision from words', () => {
  const from = (words: Partial<DecisionWords>) =>
    decisionFrom({ figure: '1-001', action: 'correct', reviewer: '王', ...words }, codebook, at);

  it('takes values as people write them', () => {
    expect(from({ value: '38.3%' }).correction).toEqual({ value: 0.383 });
    expect(from({ value: '12,300', unit: ' 人 ' }).correction).toEqual({ value: 12_300, unit: '人' });
    expect(from({ value: '1', value_max: 'none', stage: 'primary,junior' }).correction).toEqual({
      value: 1,
      valueMax: null,
      stage: ['primary', 'junior'],
    });
    expect(from({ period: '2022..2024', status: 'target', bound: 'at_least' }).correction).toEqual({
      period: { from: '2022', to: '2024' },
      status: 'target',
      bound: 'at_least',
    });
    expect(from({ indicator: 'none', period: 'none', stage: 'none' }).correction).toEqual({
      indicator: null,
      period: null,
      stage: [],
    });
    expect(from({ action: 'accept', value: '7' }).correction).toBeNull();
  });

  it.each([
    [{ action: 'approve' }, /approve.*accept, correct/s],
    [{ action: 'reject' }, /reason/],
    [{ action: 'reject', reason: '  ' }, /reason/],
    [{}, /correction/],
    [{ value: 'many' }, /many/],
    [{ value: '12所' }, /12所/],
    [{ value: '0x10' }, /0x10/],
    [{ period: 'someday' }, /someday/],
    [{ period: '2024..2022' }, /2024\.\.2022/],
    [{ stage: 'kindergarden' }, /kindergarden/],
    [{ indicator: 'schoolz' }, /schoolz/],
    [{ bound: 'more' }, /more/],
    [{ value: '1', reviewer: ' ' }, /reviewer/],
  ])('refuses %j', (words, said) => {
    const told = (() => {
      try {
        from(words);
        return '';
      } catch (error) {
        const { message, cure } = error as { message: string; cure: string };
        return `${message}\n${cure}`;
      }
    })();
    expect(told).toMatch(said);
  });
});

describe('the queue', () => {
  let study: Awaited<ReturnType<typeof makeApiStudy>>;
  beforeEach(async () => {
    study = await makeApiStudy();
  });
  afterEach(() => study.remove());

  const pupils: Partial<Figure> = { indicator: 'primary_student_teacher_ratio', confidence: 0.9 };
  /** A county whose figures are these, each in a sentence of its own that is not in the sample. */
  async function county(place: string, ...all: Partial<Figure>[]): Promise<number> {
    const url = `http://${place}.example/own`;
    const { snapshotId } = await study.corpus.keepFile(fileOf(place, { url, place }));
    return study.corpus.storeDocument(
      entryOf(snapshotId, documentOf(`${place}。`, { signedIso: '2024-02-28' })),
      (id) => ({
        ...nothing,
        place,
        figures: all.map((fields, index) => {
          let sentence = `第${index}句。`;
          while (isSampled({ url, sentence, quote: '12所' })) sentence += '。';
          return figureOf(id, index + 1, { ...pupils, place, sentence, ...fields });
        }),
      }),
    );
  }
  const queueOf = (place: string, more = {}) => reviewQueue(study.corpus, { counties: [place], ...more }, codebook);
  const decide = (figure: string, action: string, words = {}) =>
    study.corpus.decide(decisionFrom({ figure, action, reviewer: '王', ...words }, codebook, at));

  it('has suspected slips of the unit before low confidence, and nothing that is beyond doubt', async () => {
    const of = (value: number, year: string, more = {}) => ({
      indicator: 'school_count',
      stage: 'primary' as const,
      unit: '所',
      value,
      period: { from: year, to: year },
      ...more,
    });
    const id = await county(
      '990111',
      of(40, '2020', { confidence: 0.3 }),
      of(41, '2021'),
      of(42, '2022'),
      of(410_000, '2023'),
    );
    const { items, more } = await queueOf('990111');
    expect(items.map(({ figure, reasons }) => [figure.id, reasons.map(({ reason }) => reason)])).toEqual([
      [`${id}-004`, expect.arrayContaining(['unit'])],
      [`${id}-001`, ['low_confidence']],
    ]);
    expect(more).toBe(false);
    expect((await queueOf('990111', { reasons: ['low_confidence'] })).items.map(({ figure }) => figure.id)).toEqual([
      `${id}-001`,
    ]);
    expect(await queueOf('990111', { limit: 1 })).toMatchObject({
      items: [{ figure: { id: `${id}-004` } }],
      more: true,
    });
  });

  it('loses what was decided, keeps what was skipped for those who ask, and takes back what was undone', async () => {
    const id = await county('990111', { confidence: 0.1 }, { confidence: 0.2, quote: '3所', value: 3 });
    const ids = async (more = {}) => (await queueOf('990111', more)).items.map(({ figure }) => figure.id);
    expect(await ids()).toEqual([`${id}-001`, `${id}-002`]);
    const accepted = await decide(`${id}-001`, 'accept');
    await decide(`${id}-002`, 'skip');
    expect(await ids()).toEqual([]);
    expect(await ids({ skipped: true })).toEqual([`${id}-002`]);
    await study.corpus.undo(accepted.id, { reviewer: '李', at });
    expect(await ids()).toEqual([`${id}-001`]);
  });

  it('has the figures of a conflict first', async () => {
    const { items } = await reviewQueue(study.corpus, { limit: 500 }, codebook);
    const order = items.map(({ reasons }) => reasons[0]!.reason);
    const ranks = order.map((reason) => ['conflict', 'unit', 'reread', 'low_confidence', 'sample'].indexOf(reason));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(order).size).toBeGreaterThan(1);
  });

  it('shows in a comparison what a person corrected, and says of a rejected value that it was', async () => {
    const id = await county('990111', {
      indicator: 'school_count',
      stage: 'primary',
      unit: '所',
      value: 40,
      period: { from: '2024', to: '2024' },
    });
    const cell = async () =>
      (await compare(study.corpus, { counties: ['990111'], indicators: ['school_count'] }, codebook)).cells[0]![0]!;
    await decide(`${id}-001`, 'correct', { value: '41' });
    expect(await cell()).toMatchObject({ chosen: { value: 41, review: { action: 'correct', raw: { value: 40 } } } });
    await decide(`${id}-001`, 'reject', { reason: '旧数' });
    expect(await cell()).toMatchObject({ chosen: null, missing: 'rejected', others: [{ review: { reason: '旧数' } }] });
  });

  it('takes one in twenty at random for the sample, and tells precision from it alone', async () => {
    const share = Array.from({ length: 4000 }, (_, n) => isSampled({ url: '/a', sentence: `${n}`, quote: '1' })).filter(
      Boolean,
    ).length;
    expect(share).toBeGreaterThan(150);
    expect(share).toBeLessThan(250);
    expect(await reviewPrecision(study.corpus)).toEqual({ all: null, byIndicator: [], decisions: 0 });
    const all = await study.corpus.figures();
    const sampled = all.filter(isSampled);
    expect(sampled.length).toBeGreaterThan(2);
    for (const [index, figure] of sampled.entries())
      await decide(figure.id, index === 0 ? 'reject' : 'accept', { reason: 'x' });
    for (const figure of all.filter((each) => !isSampled(each)).slice(0, 5))
      await decide(figure.id, 'reject', { reason: 'x' });
    const found = await reviewPrecision(study.corpus);
    expect(found.all).toEqual(wilson(sampled.length - 1, sampled.length));
    expect(found.decisions).toBe(sampled.length + 5);
    expect(found.byIndicator.reduce((sum, { share: { of } }) => sum + of, 0)).toBe(sampled.length);
  });
});
