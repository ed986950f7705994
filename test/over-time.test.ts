// A county over time and two documents, from a corpus: figures of the right documents on the right side, versions, series and plans.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCodebook } from '../extractors/index.js';
import type { Figure } from '../src/model/record.js';
import { countyChanges, documentChanges, versionChanges } from '../src/over-time.js';
import { figureOf, fileOf } from './conformance/samples.js';
import { entryOf, nothing } from './conformance/study.js';
import { type ExportStudy, makeExportStudy } from './export/study.js';
import { documentOf } from './helpers/document.js';

const codebook = loadCodebook('education');
const place = '990103';
let study: ExportStudy;
let ids: { old: number; new: number; draft: number; plan: number };

const places: Partial<Figure> = {
  indicator: 'new_school_places',
  subject: '新增学位',
  unit: '个',
  stage: 'compulsory',
  place,
};
const period = (year: number) => ({ from: String(year), to: String(year) });

async function store(
  url: string,
  date: string,
  genre: 'work_report' | 'notice_plan',
  figures: Partial<Figure>[],
): Promise<number> {
  const { snapshotId } = await study.corpus.keepFile(fileOf(`${url} ${date}`, { url, place }));
  const document = documentOf('正文', {
    title: `${date.slice(0, 4)}年报告`,
    publishedIso: date,
    genre,
    publisher: '示例县教育局',
  });
  return study.corpus.storeDocument(entryOf(snapshotId, document), (id) => ({
    ...nothing,
    place,
    figures: figures.map((fields, index) => figureOf(id, index + 1, { ...places, ...fields })),
  }));
}

beforeAll(async () => {
  study = await makeExportStudy();
  ids = {
    plan: await store('/plan.txt', '2022-01-10', 'notice_plan', [
      { value: 900, status: 'target', period: period(2023) },
      { value: 400, status: 'target', period: period(2022) },
      { value: 2000, status: 'target', period: period(2026) },
    ]),
    old: await store('/2022.txt', '2023-02-01', 'work_report', [
      { value: 500, period: period(2022) },
      { indicator: 'schools_built', subject: '新建学校', unit: '所', value: 3, period: period(2022) },
    ]),
    draft: await store('/2023.txt', '2024-02-01', 'work_report', [{ value: 700, period: period(2023) }]),
    new: await store('/2023.txt', '2024-03-01', 'work_report', [{ value: 800, period: period(2023) }]),
  };
});
afterAll(() => study.remove());

const kinds = (changes: { kind: string; before: { value: number } | null; after: { value: number } | null }[]) =>
  changes.map(({ kind, before, after }) => [kind, before?.value ?? null, after?.value ?? null]);

describe('a county over time', () => {
  it('rises from one period to the next, by the newest version of each page', async () => {
    const { overTime, documents } = await countyChanges(study.corpus, { county: place }, codebook);
    expect(kinds(overTime)).toEqual([['raised', 500, 800]]);
    expect(documents).toBe(3);
  });

  it('lays the two newest years of a series beside each other: here silence is told', async () => {
    const { series } = await countyChanges(study.corpus, { county: place }, codebook);
    expect(series).toHaveLength(1);
    expect([series[0]!.before.id, series[0]!.after.id]).toEqual([ids.old, ids.new]);
    expect(kinds(series[0]!.changes)).toEqual([
      ['raised', 500, 800],
      ['gone', 3, null],
    ]);
  });

  it('keeps plans apart: kept, not kept, open', async () => {
    const { plans } = await countyChanges(study.corpus, { county: place }, codebook);
    expect(plans.map(({ plan, outcome, result }) => [plan.value, outcome, result?.value ?? null])).toEqual([
      [900, 'not_kept', 800],
      [400, 'kept', 500],
      [2000, 'open', null],
    ]);
  });

  it('takes the indicators that are asked, and only those', async () => {
    const asked = await countyChanges(study.corpus, { county: place, indicators: ['schools_built'] }, codebook);
    expect([asked.overTime.length, asked.plans.length, asked.figures]).toEqual([0, 0, 1]);
    await expect(
      countyChanges(study.corpus, { county: place, indicators: ['schools_build'] }, codebook),
    ).rejects.toMatchObject({ code: 'E_INDICATOR', cure: expect.stringContaining('schools_built') });
  });
});

describe('two documents', () => {
  it('may be versions of one page, the older one with the figures it had', async () => {
    const { before, after, changes } = await versionChanges(study.corpus, '/2023.txt', codebook);
    expect([before.id, after.id]).toEqual([ids.draft, ids.new]);
    expect(kinds(changes)).toEqual([['raised', 700, 800]]);
  });

  it('are named by their numbers', async () => {
    const { changes } = await documentChanges(study.corpus, [ids.new, ids.old], codebook);
    expect(kinds(changes)).toEqual([
      ['lowered', 800, 500],
      ['new', null, 3],
    ]);
    await expect(documentChanges(study.corpus, [ids.new, 999], codebook)).rejects.toMatchObject({ code: 'E_DOCUMENT' });
  });

  it('a page with one version, and one that was never read, say so', async () => {
    await expect(versionChanges(study.corpus, '/2022.txt', codebook)).rejects.toMatchObject({ code: 'E_VERSIONS' });
    await expect(versionChanges(study.corpus, '/nowhere', codebook)).rejects.toThrow('no document was read');
  });
});
