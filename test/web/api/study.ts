// A corpus of five invented counties with many figures, told by a seeded generator, for tests that lay faces beside each other.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { loadCodebook } from '../../../extractors/index.js';
import type { Figure } from '../../../src/model/record.js';
import { citationOf, figureOf, fileOf, practiceOf } from '../../conformance/samples.js';
import { entryOf, nothing } from '../../conformance/study.js';
import { hardSentences } from '../../export/study.js';
import { documentOf } from '../../helpers/document.js';

export const counties = ['990101', '990102', '990103', '990104', '990105'] as const;
export const codebook = loadCodebook('education');
/** Indicators of which the counties tell. */
export const told = codebook.indicators.filter(({ dimension }) => typeof dimension === 'string').slice(0, 12);

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Some of the items, at least one. */
export const someOf = <T>(items: readonly T[], random: () => number, most: number): T[] => {
  const count = 1 + Math.floor(random() * most);
  return [...new Set(Array.from({ length: count }, () => items[Math.floor(random() * items.length)]!))];
};

function figuresOf(document: number, place: string, random: () => number): Figure[] {
  return Array.from({ length: 30 }, (_, index) => {
    const indicator = someOf(told, random, 1)[0]!;
    const year = String(2019 + Math.floor(random() * 6));
    return figureOf(document, index + 1, {
      place,
      indicator: indicator.id,
      dimension: indicator.dimension as Figure['dimension'],
      unit: indicator.unit,
      value: indicator.dimension === 'ratio' ? Math.round(random() * 1000) / 1000 : Math.round(random() * 10_000) / 4,
      ...(random() < 0.8 ? { stage: someOf(indicator.stages, random, 1)[0]! } : {}),
      ...(random() < 0.9 ? { period: { from: year, to: year }, period_text: `${year}年` } : {}),
      status: random() < 0.75 ? 'actual' : 'target',
      bound: random() < 0.8 ? 'exact' : 'at_least',
      sentence: index < hardSentences.length ? hardSentences[index]! : `${place}的第${index}句。`,
      confidence: Math.round(random() * 100) / 100,
    });
  });
}

/** Four counties tell of figures, the fifth was read and tells none. */
export async function makeApiStudy(): Promise<{ database: string; corpus: Corpus; remove: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-api-test-'));
  const database = join(folder, 'corpus.sqlite');
  const corpus = await openCorpus(database, { create: true });
  const random = randomFrom(7);
  for (const [index, place] of counties.entries()) {
    const text = `${place}的年报。生师比为十七比一。`;
    const { snapshotId } = await corpus.keepFile(fileOf(text, { url: `http://${place}.example/a?x=1&y=2`, place }));
    const document = documentOf(text, { title: `${place}年报`, publisher: '示例县教育局', signedIso: '2024-02-28' });
    await corpus.storeDocument(entryOf(snapshotId, document), (id) => ({
      ...nothing,
      place,
      figures: index < 4 ? figuresOf(id, place, random) : [],
      practices: index < 4 ? [practiceOf(id, 1, { practice: 'teacher_rotation', place })] : [],
      citations: [citationOf(id)],
    }));
  }
  return {
    database,
    corpus,
    remove: async () => {
      await corpus.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
