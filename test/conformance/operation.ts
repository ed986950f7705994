// What every corpus tells of its runs, of what failed, of how it is doing, and how it keeps what reading again changed.
import { describe, expect, it } from 'vitest';
import { figureChanges } from '../../src/compare/rereading.js';
import type { Records } from '../../src/model/record.js';
import { documentOf } from '../helpers/document.js';
import { useCrawl } from './crawl.js';
import { citationOf, figureOf, fileOf, practiceOf, requestOf } from './samples.js';
import { entryOf, type MakePlace, nothing } from './study.js';

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeOperation(name: string, makePlace: MakePlace): void {
  describe(`operation in ${name}`, () => {
    const crawl = useCrawl(makePlace);

    it('tells what a run brought, and what failed in it', async () => {
      await crawl.add(requestOf('a'), requestOf('b'));
      const { snapshotId } = await crawl.fetchNext('text');
      const slice = await crawl.take();
      const { request } = await crawl.claim(slice);
      await crawl.frontier.releaseHost(slice);
      await crawl.corpus.storeDocument(entryOf(snapshotId!, documentOf('text')), (id) => ({
        ...nothing,
        figures: [figureOf(id, 1)],
      }));
      const [run] = await crawl.corpus.runs({ limit: 5 });
      expect(run).toMatchObject({
        id: crawl.run,
        source: 'one',
        end: null,
        newDocuments: 1,
        newFigures: 1,
        before: null,
      });
      expect(await crawl.corpus.activity()).toMatchObject({ runs: { open: 1 }, waiting: 1, unread: 0, lastRuns: [] });
      const first = crawl.run;
      await crawl.nextRun();
      expect(await crawl.corpus.runs({ id: crawl.run, limit: 1 })).toMatchObject([{ before: first, newDocuments: 0 }]);
      expect((await crawl.corpus.activity()).lastRuns).toMatchObject([{ source: 'one', run: first, end: 'complete' }]);
      expect(await crawl.corpus.runs({ source: 'two', limit: 5 })).toEqual([]);
      expect(await crawl.corpus.sourceDefinition('one')).toBe('{}');
      await crawl.add(request);
      await crawl.frontier.failHost(crawl.run, request.host, 'tls', 'too old');
      expect(await crawl.corpus.failedRequests({ outcomes: ['tls'] })).toMatchObject([
        { url: request.url, source: 'one' },
      ]);
      expect(await crawl.corpus.failedRequests({ outcomes: ['timeout'] })).toEqual([]);
      expect(await crawl.corpus.failedRequests({ sources: ['two'] })).toEqual([]);
      await crawl.nextRun();
      await crawl.add(request);
      expect(await crawl.corpus.failedRequests()).toEqual([]);
    });

    it('notices whatever of a document is read otherwise, and tells of figures only', async () => {
      const { corpus } = crawl;
      const { snapshotId } = await corpus.keepFile(fileOf('text'));
      const { id: begun } = await corpus.reextractions.begin(
        { extractor: '2', codebook: 'test', fingerprint: 'aa' },
        0,
      );
      const records = (id: number): Records => ({
        ...nothing,
        place: '990101',
        figures: [figureOf(id, 1), figureOf(id, 2)],
        practices: [practiceOf(id, 1, { figures: [`${id}-002`] })],
        citations: [citationOf(id)],
      });
      const read = (recordsOf = records, document = documentOf('text'), extractor = '2') =>
        corpus.reextractions.store(begun, entryOf(snapshotId, document, { extractor }), recordsOf, figureChanges);
      const { id } = await read();
      const seen = async () => ({
        document: await corpus.document(id),
        figures: await corpus.figures({ withIndicator: false }),
        practices: (await corpus.listPractices({ place: '990101', limit: 9 })) as unknown[],
        citations: (await corpus.listCitations({ place: '990101', limit: 9 })) as unknown[],
      });
      const first = await seen();
      expect([first.figures, first.practices, first.citations].map((all) => all.length)).toEqual([2, 1, 1]);
      expect((await read(records, documentOf('text'), '3')).changes).toEqual([]);
      expect(await seen()).toEqual({ ...first, document: { ...first.document, extractor: '3' } });
      const otherwise: [what: string, records: (id: number) => Partial<Records>, told: number][] = [
        ['the rules of a figure', (id) => ({ figures: [figureOf(id, 1, { confidence: 0.4 }), figureOf(id, 2)] }), 0],
        ['one figure less', (id) => ({ figures: [figureOf(id, 2)] }), 1],
        ['a practice', (id) => ({ practices: [practiceOf(id, 1, { status: 'planned', figures: [`${id}-002`] })] }), 0],
        ['the figure of a practice', (id) => ({ practices: [practiceOf(id, 1, { figures: [`${id}-001`] })] }), 0],
        ['no citation', () => ({ citations: [] }), 0],
        ['the county', () => ({ place: '990102' }), 0],
      ];
      for (const [what, fields, told] of otherwise) {
        const { changes } = await read((id) => ({ ...records(id), ...fields(id) }));
        expect(changes, what).toHaveLength(told);
        expect(await seen(), what).not.toEqual({ ...first, document: { ...first.document, extractor: '2' } });
        await read();
        expect(await seen(), what).toEqual(first);
      }
      await read(records, documentOf('text', { title: 'Another title' }));
      expect(await corpus.document(id)).toMatchObject({ title: 'Another title' });
    });

    it('keeps what reading again changed with the document, and goes on where it was', async () => {
      const { reextractions } = crawl.corpus;
      const { snapshotId } = await crawl.corpus.keepFile(fileOf('text'));
      const entry = entryOf(snapshotId, documentOf('text'));
      const id = await crawl.corpus.storeDocument(entry, (id) => ({ ...nothing, figures: [figureOf(id, 1)] }));
      const version = { extractor: '2', codebook: 'test', fingerprint: 'aa' };
      const begun = await reextractions.begin(version, 0);
      expect(begun).toMatchObject({ resumed: false, rank: 0, snapshot: 0 });
      expect(await reextractions.snapshotsAfter(0, 0, 10)).toEqual([snapshotId]);
      expect(await reextractions.snapshotsAfter(1, 0, 10)).toEqual([]);
      expect(await reextractions.documentsOf(snapshotId)).toEqual([{ id, part: '', repeats: null }]);
      const again = () =>
        reextractions.store(
          begun.id,
          { ...entry, extractor: '2' },
          (id) => ({ ...nothing, figures: [figureOf(id, 1, { value: 13 }), figureOf(id, 2)] }),
          figureChanges,
        );
      await again();
      // A kill before the place was noted: the page is read once more, and nothing is told twice.
      await again();
      await reextractions.advance(begun.id, 0, snapshotId);
      expect(await reextractions.begin(version, 1)).toMatchObject({
        id: begun.id,
        resumed: true,
        snapshot: snapshotId,
      });
      expect(await reextractions.changeCounts(begun.id)).toEqual({ added: 1, removed: 0, changed: 1 });
      const changes = await reextractions.changes(begun.id, { document: 0, position: -1 }, 10);
      expect(changes).toMatchObject([
        { kind: 'changed', document: id, position: 0, fields: [{ field: 'value', before: 12, after: 13 }] },
        { kind: 'added', document: id, position: 1, url: '/study/one.txt' },
      ]);
      expect(await reextractions.changes(begun.id, { document: id, position: 0 }, 10)).toHaveLength(1);
      const other = await reextractions.begin({ ...version, fingerprint: 'bb' }, 2);
      expect(other).toMatchObject({ resumed: false, snapshot: 0 });
      await reextractions.end(other.id, 3);
      expect(await reextractions.begin(version, 4)).toMatchObject({ resumed: false });
    });
  });
}
