// What every corpus does with files and documents, whichever database it lies in: one suite of behaviour, run by the test of each
// database.
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../db/corpus.js';
import type { Records } from '../../src/model/record.js';
import { documentOf } from '../helpers/document.js';
import { citationOf, figureOf, fileOf, practiceOf } from './samples.js';
import { entryOf, type MakePlace, nothing, useStudy } from './study.js';

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeCorpus(name: string, makePlace: MakePlace): void {
  describe(`a corpus in ${name}`, () => {
    const study = useStudy(makePlace);

    describe('files', () => {
      it('gives back the bytes and what was told of them, also after it was closed', async () => {
        const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * index) % 251);
        const file = fileOf('', { bytes, sha256: 'ab'.repeat(32), date: '2025-03-05', contentType: 'text/plain' });
        const { snapshotId, added } = await study.corpus.keepFile(file);
        expect(added).toBe(true);
        await study.reopen();
        const snapshot = await study.corpus.snapshot(snapshotId);
        expect(Buffer.from(snapshot!.bytes).equals(bytes)).toBe(true);
        expect(snapshot).toMatchObject({
          url: '/study/one.txt',
          finalUrl: '/study/one.txt',
          kind: 'article',
          run: null,
          source: null,
          place: '990101',
          listed: '2025-03-05',
          contentType: 'text/plain',
          fetchedAt: '2026-03-01T08:00:00.000Z',
        });
        expect(await study.corpus.snapshot(snapshotId + 1)).toBeNull();
      });

      it.each([0, 1, 127, 128, 129, 5000])('keeps a file of %i bytes', async (length) => {
        const { snapshotId } = await study.corpus.keepFile(fileOf('x'.repeat(length)));
        expect(Buffer.from((await study.corpus.snapshot(snapshotId))!.bytes).toString()).toBe('x'.repeat(length));
      });

      it('keeps the same file once, and again where its bytes, place or date are others', async () => {
        const first = await study.corpus.keepFile(fileOf('text'));
        expect(await study.corpus.keepFile(fileOf('text', { importedAt: '2026-04-01T00:00:00.000Z' }))).toEqual({
          snapshotId: first.snapshotId,
          added: false,
        });
        for (const other of [
          fileOf('other text'),
          fileOf('text', { place: '990102' }),
          fileOf('text', { place: null }),
          fileOf('text', { date: '2025-01-01' }),
          fileOf('text', { url: '/study/two.txt' }),
        ])
          expect(await study.corpus.keepFile(other)).toMatchObject({ added: true });
        expect((await study.corpus.counts()).snapshots).toBe(6);
      });

      it('keeps a file that comes twice at the same time once', async () => {
        const kept = await Promise.all(Array.from({ length: 8 }, () => study.corpus.keepFile(fileOf('text'))));
        expect(new Set(kept.map((each) => each.snapshotId)).size).toBe(1);
        expect(kept.filter((each) => each.added)).toHaveLength(1);
      });

      it('waits for reading until a document is stored', async () => {
        const one = await study.corpus.keepFile(fileOf('one', { url: '/one' }));
        const two = await study.corpus.keepFile(fileOf('two', { url: '/two' }));
        expect(await study.corpus.unreadSnapshots(10)).toEqual([one.snapshotId, two.snapshotId]);
        expect(await study.corpus.unreadSnapshots(1)).toEqual([one.snapshotId]);
        await study.corpus.storeDocument(entryOf(one.snapshotId, documentOf('one')), () => nothing);
        expect(await study.corpus.unreadSnapshots(10)).toEqual([two.snapshotId]);
      });

      it('waits for reading again where another place or date is told of it', async () => {
        const first = await study.corpus.keepFile(fileOf('one'));
        await study.corpus.storeDocument(entryOf(first.snapshotId, documentOf('one')), () => nothing);
        const second = await study.corpus.keepFile(fileOf('one', { place: '990102' }));
        const third = await study.corpus.keepFile(fileOf('one', { date: '2024-01-01' }));
        expect(await study.corpus.unreadSnapshots(9)).toEqual([second.snapshotId, third.snapshotId]);
      });

      it('waits for reading until all documents of an archive are stored', async () => {
        const { snapshotId } = await study.corpus.keepFile(fileOf('archive'));
        const part = (name: string) => entryOf(snapshotId, documentOf(`text ${name}`), { part: name, parts: 2 });
        await study.corpus.storeDocument(part(''), () => nothing);
        expect(await study.corpus.unreadSnapshots(10)).toEqual([snapshotId]);
        await study.corpus.storeDocument(part('#1'), () => nothing);
        expect(await study.corpus.unreadSnapshots(10)).toEqual([]);
      });
    });

    describe('documents', () => {
      it('gives back what reading found', async () => {
        const { snapshotId } = await study.corpus.keepFile(fileOf('bytes', { url: 'http://one.example/a' }));
        const document = documentOf('# 标题\n正文。', {
          title: '标题',
          publisher: '例县教育局',
          documentNumber: '例教〔2024〕3号',
          publishedIso: '2024-05-21T15:56',
          signedIso: '2024-05-20',
          genre: 'notice',
          format: 'html',
          encoding: 'gb18030',
          script: 'traditional',
          notes: [{ code: 'replaced_characters', message: 'two characters' }],
          mends: [{ kind: 'gloss', start: 1, end: 3, before: 'a', after: '', why: 'reading' }],
          unmended: [{ start: 5, end: 6, text: '?', why: 'unclear' }],
        });
        const id = await study.corpus.storeDocument(entryOf(snapshotId, document), () => ({
          ...nothing,
          place: '990101',
          placeReason: 'told by the user',
        }));
        const stored = await study.corpus.document(id);
        expect(stored).toMatchObject({
          id,
          snapshotId,
          url: 'http://one.example/a',
          kind: 'article',
          title: '标题',
          publisher: '例县教育局',
          documentNumber: '例教〔2024〕3号',
          publishedIso: '2024-05-21T15:56',
          signedIso: '2024-05-20',
          genre: 'notice',
          format: 'html',
          encoding: 'gb18030',
          script: 'traditional',
          text: '标题\n正文。\n',
          place: '990101',
          placeReason: 'told by the user',
          repeats: null,
          attachedTo: null,
          supersededBy: null,
          extractor: '1',
          codebook: 'test',
          fetchedAt: '2026-03-01T08:00:00.000Z',
          notes: [{ code: 'replaced_characters', message: 'two characters' }],
          mends: 1,
          unmended: 1,
        });
        expect(await study.corpus.documentAt('http://one.example/a')).toEqual(stored);
        expect(await study.corpus.documentAt('http://one.example/b')).toBeNull();
        expect(await study.corpus.document(id + 1)).toBeNull();
      });

      it('lists them by place, page by page', async () => {
        const ids = [];
        for (const text of ['a', 'b', 'c'])
          ids.push(await study.store(text, { recordsOf: () => ({ place: text === 'b' ? '990102' : '990101' }) }));
        const listed = async (filter: Parameters<Corpus['documents']>[0]) =>
          (await study.corpus.documents(filter)).map((document) => document.id);
        expect(await listed({})).toEqual(ids);
        expect(await listed({ place: '990101' })).toEqual([ids[0], ids[2]]);
        expect(await listed({ limit: 1, offset: 1 })).toEqual([ids[1]]);
        expect(await listed({ offset: 2 })).toEqual([ids[2]]);
      });

      it('replaces what the same snapshot gave before, and keeps its number', async () => {
        const { snapshotId } = await study.corpus.keepFile(fileOf('bytes'));
        const first = await study.corpus.storeDocument(entryOf(snapshotId, documentOf('text')), (id) => ({
          ...nothing,
          figures: [figureOf(id, 1), figureOf(id, 2)],
          practices: [practiceOf(id, 1, { figures: [`${id}-002`, `${id}-001`] })],
          citations: [citationOf(id)],
        }));
        const second = await study.corpus.storeDocument(
          entryOf(snapshotId, documentOf('text, read better'), { extractor: '2' }),
          (id) => ({ ...nothing, figures: [figureOf(id, 1, { value: 13 })] }),
        );
        expect(second).toBe(first);
        expect(await study.corpus.document(first)).toMatchObject({ text: 'text, read better\n', extractor: '2' });
        expect((await study.corpus.figures()).map((figure) => figure.value)).toEqual([13]);
        expect(await study.corpus.counts()).toEqual({
          snapshots: 1,
          documents: 1,
          repeats: 0,
          figures: 1,
          practices: 0,
          citations: 0,
        });
      });

      it('stores nothing of a document whose records cannot be made', async () => {
        const { snapshotId } = await study.corpus.keepFile(fileOf('bytes'));
        await study.corpus.storeDocument(entryOf(snapshotId, documentOf('before')), (id) => ({
          ...nothing,
          figures: [figureOf(id, 1)],
        }));
        const again = (recordsOf: (id: number) => Records) =>
          study.corpus.storeDocument(entryOf(snapshotId, documentOf('after')), recordsOf);
        await expect(
          again(() => {
            throw new Error('no rule fits');
          }),
        ).rejects.toThrow('no rule fits');
        await expect(again((id) => ({ ...nothing, figures: [figureOf(id, 1), figureOf(id, 1)] }))).rejects.toThrow();
        const dangling = (id: number) => ({ ...nothing, practices: [practiceOf(id, 1, { figures: [`${id}-007`] })] });
        await expect(again(dangling)).rejects.toThrow('-007');
        expect((await study.corpus.documents()).map((document) => document.text)).toEqual(['before\n']);
        expect(await study.corpus.figures()).toHaveLength(1);
      });

      it('stores many documents at the same time', async () => {
        const ids = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            study.store(`text ${index}`, { recordsOf: (id) => ({ figures: [figureOf(id, 1), figureOf(id, 2)] }) }),
          ),
        );
        expect(new Set(ids).size).toBe(20);
        expect(await study.corpus.counts()).toMatchObject({ documents: 20, figures: 40 });
      });

      it('keeps every character, also those that no text should have', async () => {
        const text = '零\u0000一\u{2070e}𠮷\u200b\ufeff\r\n\t“”';
        const id = await study.store(text, {
          url: '/odd',
          recordsOf: (document) => ({ figures: [figureOf(document, 1, { quote: text })] }),
        });
        expect((await study.corpus.document(id))!.text).toBe(`${text}\n`);
        expect((await study.corpus.evidence(`${id}-001`))!.record.quote).toBe(text);
        // Half a character is no character; offsets stay right.
        const half = await study.store('a\ud840b', { url: '/half' });
        expect((await study.corpus.document(half))!.text).toBe('a\ufffdb\n');
      });

      it('refuses a snapshot that it does not have', async () => {
        await expect(study.corpus.storeDocument(entryOf(99, documentOf('text')), () => nothing)).rejects.toThrow(
          'snapshot 99',
        );
      });
    });

    describe('repeats', () => {
      it('have no records, and the place of what they repeat', async () => {
        const notice = await study.store('notice', {
          recordsOf: (id) => ({ place: '990101', placeReason: 'named', figures: [figureOf(id, 1)] }),
        });
        const attachment = await study.store('notice again', {
          repeats: notice,
          attachedTo: notice,
          recordsOf: () => {
            throw new Error('a repeat has no records');
          },
        });
        expect(await study.corpus.document(attachment)).toMatchObject({
          repeats: notice,
          attachedTo: notice,
          place: '990101',
          placeReason: 'named',
        });
        expect(await study.corpus.counts()).toMatchObject({ documents: 2, repeats: 1, figures: 1 });
        expect((await study.corpus.evidence(`${notice}-001`))!.repeatedBy).toEqual([
          { id: attachment, url: '/study/notice again.txt' },
        ]);
      });

      it('lose the records they had before', async () => {
        const original = await study.store('original');
        const { snapshotId } = await study.corpus.keepFile(fileOf('copy', { url: '/copy' }));
        const records = (id: number) => ({ ...nothing, figures: [figureOf(id, 1)] });
        await study.corpus.storeDocument(entryOf(snapshotId, documentOf('copy')), records);
        await study.corpus.storeDocument(entryOf(snapshotId, documentOf('copy'), { repeats: original }), records);
        expect(await study.corpus.figures()).toEqual([]);
      });

      const print = (simhash: string) => ({ print: { simhash, length: 9 } });

      it('are found by a SimHash that differs in at most 3 bits, wherever they are', async () => {
        const base = '0123456789abcdef';
        const ids = [
          await study.store('same', print(base)),
          await study.store('one bit in each of three bands', print('0122456689aacdef')),
          await study.store('three bits in one band', print('012345678eabcdef')),
          await study.store('four bits', print('0122456689aacdee')),
          await study.store('far', print('fedcba9876543210')),
        ];
        const found = await study.corpus.documentsLike({ simhash: base, length: 9 });
        expect(found.map((each) => each.text.trim()).sort()).toEqual([
          'one bit in each of three bands',
          'same',
          'three bits in one band',
        ]);
        expect(found.map((each) => each.id).sort()).toEqual(ids.slice(0, 3));
      });

      it('are offered nearest first, by bits and by length, a hundred at most', async () => {
        const simhash = '0f0f0f0f0f0f0f0f';
        for (let n = 1; n <= 103; n++) await study.store(`page ${n}`, { url: `/${n}`, print: { simhash, length: n } });
        const apart = await study.store('a bit apart', { print: { simhash: '0f0f0f0f0f0f0f0e', length: 50 } });
        const found = await study.corpus.documentsLike({ simhash, length: 103 });
        expect(found.map(({ text }) => text.trim())).toEqual(Array.from({ length: 100 }, (_, n) => `page ${103 - n}`));
        expect(found.map(({ id }) => id)).not.toContain(apart);
      });

      it('are not looked for among repeats, empty texts and older versions', async () => {
        const simhash = '00000000000000ff';
        const original = await study.store('original', { url: '/a', ...print(simhash) });
        await study.store('copy', { repeats: original, ...print(simhash) });
        await study.store('', { url: '/empty', print: { simhash, length: 0 } });
        const like = async () => (await study.corpus.documentsLike({ simhash, length: 9 })).map((each) => each.id);
        expect(await like()).toEqual([original]);
        const newer = await study.store('original, corrected', { url: '/a', ...print(simhash) });
        expect(await like()).toEqual([newer]);
      });
    });

    describe('versions', () => {
      const recordsOf = (value: number) => (id: number) => ({ figures: [figureOf(id, 1, { value })] });

      it('of an address count once: the newest', async () => {
        const old = await study.store('12 schools', { url: '/a', recordsOf: recordsOf(12) });
        const other = await study.store('99 schools', { url: '/b', recordsOf: recordsOf(99) });
        const newer = await study.store('13 schools', { url: '/a', recordsOf: recordsOf(13) });
        expect((await study.corpus.figures()).map((figure) => figure.value)).toEqual([99, 13]);
        expect((await study.corpus.documents()).map((document) => document.id)).toEqual([other, newer]);
        expect(await study.corpus.documentAt('/a')).toMatchObject({ id: newer, supersededBy: null });
        expect(await study.corpus.document(old)).toMatchObject({ supersededBy: newer });
        expect(await study.corpus.evidence(`${old}-001`)).toMatchObject({ record: { value: 12 } });
        expect(await study.corpus.counts()).toMatchObject({ documents: 3, figures: 2 });
        expect((await study.corpus.query('select value from v_figures order by value', 9)).rows).toEqual([[13], [99]]);
      });

      it('that are nearly the same are no repeats: the newer one has the records', async () => {
        const old = await study.store('12 schools', { url: '/a', recordsOf: recordsOf(12) });
        const newer = await study.store('12 schools.', { url: '/a', repeats: old, recordsOf: recordsOf(12) });
        expect(await study.corpus.document(newer)).toMatchObject({ repeats: null });
        expect((await study.corpus.figures()).map((figure) => figure.id)).toEqual([`${newer}-001`]);
      });

      it('are told by time of fetch and not of reading', async () => {
        const older = await study.corpus.keepFile(fileOf('12 schools', { url: '/a' }));
        const newer = await study.corpus.keepFile(fileOf('13 schools', { url: '/a' }));
        const read = ({ snapshotId }: { snapshotId: number }, value: number) =>
          study.corpus.storeDocument(entryOf(snapshotId, documentOf(`${value} schools`)), (id) => ({
            ...nothing,
            ...recordsOf(value)(id),
          }));
        await read(newer, 13);
        await read(older, 12);
        expect((await study.corpus.figures()).map((figure) => figure.value)).toEqual([13]);
      });

      it('without a text do not take the place of one that has it', async () => {
        const good = await study.store('12 schools', { url: '/a', recordsOf: recordsOf(12) });
        await study.corpus.keepFile(fileOf('gone', { url: '/a' }));
        const [snapshotId] = await study.corpus.unreadSnapshots(1);
        await study.corpus.storeDocument(entryOf(snapshotId!, { ...documentOf(''), text: '' }), () => nothing);
        expect((await study.corpus.figures()).map((figure) => figure.value)).toEqual([12]);
        expect(await study.corpus.documentAt('/a')).toMatchObject({ id: good });
      });
    });
  });
}
