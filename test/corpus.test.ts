// Questions to a corpus: what stands first in a cell of the matrix of practices.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCodebook } from '../extractors/index.js';
import { comparePractices } from '../src/corpus.js';
import { figureOf, fileOf, practiceOf } from './conformance/samples.js';
import { entryOf, nothing } from './conformance/study.js';
import { type ExportStudy, makeExportStudy } from './export/study.js';
import { documentOf } from './helpers/document.js';

let study: ExportStudy;
beforeAll(async () => {
  study = await makeExportStudy();
});
afterAll(() => study.remove());

describe('a cell of the matrix of practices', () => {
  it('shows the strongest report, of equal ones that with figures, and a mere heading last', async () => {
    const practice = 'teacher_rotation';
    const reports = [
      { status: 'planned' as const, sentence: '计划再交流30名教师，并安排他们到村小任教。', figures: [1] },
      { status: 'done' as const, sentence: '（三）交流轮岗。', figures: [] },
      { status: 'done' as const, sentence: '城区学校的教师已分批到乡村学校任教并住校。', figures: [] },
      { status: 'done' as const, sentence: '已轮岗86人。', figures: [2] },
    ];
    const { snapshotId } = await study.corpus.keepFile(fileOf('轮岗', { url: '/rotation.txt', place: '990103' }));
    await study.corpus.storeDocument(
      entryOf(snapshotId, documentOf('轮岗', { publishedIso: '2023-05-04' })),
      (document) => ({
        ...nothing,
        place: '990103',
        figures: [figureOf(document, 1), figureOf(document, 2)],
        practices: reports.map(({ figures, ...report }, index) =>
          practiceOf(document, index + 1, {
            practice,
            place: '990103',
            ...report,
            figures: figures.map((number) => `${document}-00${number}`),
          }),
        ),
      }),
    );
    const matrix = await comparePractices(study.corpus, { counties: ['990103'] }, loadCodebook('education'));
    expect(matrix.rows.map(({ id }) => id)).toEqual([practice]);
    const cell = matrix.cells[0]![0]!;
    expect([cell.status, cell.first, cell.documents]).toEqual(['done', '2023-05-04', 1]);
    expect(cell.reports.map(({ sentence }) => reports.findIndex((report) => report.sentence === sentence))).toEqual([
      3, 2, 1, 0,
    ]);
  });
});
