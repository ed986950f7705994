// Words distinctive of a county: counted over its own documents, repeats once, its own name left out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distinctiveTerms } from '../src/distinctive-terms.js';
import { fileOf } from './conformance/samples.js';
import { entryOf, nothing } from './conformance/study.js';
import { type ExportStudy, makeExportStudy } from './export/study.js';
import { documentOf } from './helpers/document.js';

let study: ExportStudy;

async function store(name: string, text: string, place: string, repeats: number | null = null): Promise<number> {
  const { snapshotId } = await study.corpus.keepFile(fileOf(name, { url: name, place }));
  return study.corpus.storeDocument(entryOf(snapshotId, documentOf(text), { repeats }), () => ({ ...nothing, place }));
}

beforeAll(async () => {
  study = await makeExportStudy();
  const common = '学校组织学生参加课后服务。';
  const own = await store('/a', `乳山教师参加海洋课程。${common}`.repeat(6), '371083');
  await store('/a2', `乳山教师参加海洋课程。${common}`.repeat(6), '371083', own);
  await store('/b', `教师参加戏曲课程。${common}`.repeat(20), '371521');
});
afterAll(() => study.remove());

describe('terms', () => {
  it('are those used here and not there, by count; what both use alike is none', async () => {
    const { terms, documents, otherDocuments } = await distinctiveTerms(study.corpus, {
      county: '乳山',
      against: ['阳谷'],
    });
    expect(terms.map(({ word, own, others }) => [word, own, others])).toEqual([['海洋', 6, 0]]);
    expect([documents, otherDocuments]).toEqual([1, 1]);
  });

  it('are laid beside all other counties without a choice, never beside the county itself', async () => {
    const { otherDocuments } = await distinctiveTerms(study.corpus, { county: '371083' });
    expect(otherDocuments).toBe(3);
    const alone = await distinctiveTerms(study.corpus, { county: '371083', against: ['371083'] });
    expect([alone.terms, alone.otherDocuments]).toEqual([[], 0]);
  });

  it('need a known county', async () => {
    await expect(distinctiveTerms(study.corpus, { county: '乳山县市' })).rejects.toMatchObject({ code: 'E_PLACE' });
  });
});
