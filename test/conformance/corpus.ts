// What every corpus does, whichever database it lies in: one suite of behaviour, run by the test of each database.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Corpus, DocumentToStore } from '../../db/corpus.js';
import type { Document } from '../../src/model/document.js';
import type { Records } from '../../src/model/record.js';
import { documentOf } from '../helpers/document.js';
import { citationOf, figureOf, fileOf, practiceOf, printOf } from './samples.js';

/** A place for a corpus that outlives its being open. */
export interface CorpusPlace {
  open(): Promise<Corpus>;
  remove(): Promise<void>;
}

const nothing: Records = { placeReason: 'not told', figures: [], practices: [], citations: [] };

function entryOf(snapshotId: number, document: Document, fields: Partial<DocumentToStore> = {}): DocumentToStore {
  return {
    snapshotId,
    part: '',
    document,
    print: printOf(document.text),
    repeats: null,
    attachedTo: null,
    extractor: '1',
    codebook: 'test',
    ...fields,
  };
}

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeCorpus(name: string, makePlace: () => Promise<CorpusPlace>): void {
  describe(`a corpus in ${name}`, () => {
    let place: CorpusPlace;
    let corpus: Corpus;

    beforeEach(async () => {
      place = await makePlace();
      corpus = await place.open();
    });
    afterEach(async () => {
      await corpus.close();
      await place.remove();
    });

    /** Keeps a file of its own and stores what `recordsOf` gives for it. */
    async function store(
      text: string,
      {
        url = `/study/${text}.txt`,
        recordsOf,
        ...fields
      }: Partial<DocumentToStore> & {
        url?: string;
        recordsOf?: (id: number) => Partial<Records>;
      } = {},
    ): Promise<number> {
      const { snapshotId } = await corpus.keepFile(fileOf(text, { url }));
      return corpus.storeDocument(entryOf(snapshotId, documentOf(text), fields), (id) => ({
        ...nothing,
        ...recordsOf?.(id),
      }));
    }

    describe('files', () => {
      it('gives back the bytes and what was told of them, also after it was closed', async () => {
        const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * index) % 251);
        const file = fileOf('', { bytes, sha256: 'ab'.repeat(32), date: '2025-03-05', contentType: 'text/plain' });
        const { snapshotId, added } = await corpus.keepFile(file);
        expect(added).toBe(true);
        await corpus.close();
        corpus = await place.open();
        const snapshot = await corpus.snapshot(snapshotId);
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
        expect(await corpus.snapshot(snapshotId + 1)).toBeNull();
      });

      it.each([0, 1, 127, 128, 129, 5000])('keeps a file of %i bytes', async (length) => {
        const { snapshotId } = await corpus.keepFile(fileOf('x'.repeat(length)));
        expect(Buffer.from((await corpus.snapshot(snapshotId))!.bytes).toString()).toBe('x'.repeat(length));
      });

      it('keeps the same file once, and again where its bytes, place or date are others', async () => {
        const first = await corpus.keepFile(fileOf('text'));
        expect(await corpus.keepFile(fileOf('text', { importedAt: '2026-04-01T00:00:00.000Z' }))).toEqual({
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
          expect(await corpus.keepFile(other)).toMatchObject({ added: true });
        expect((await corpus.counts()).snapshots).toBe(6);
      });

      it('keeps a file that comes twice at the same time once', async () => {
        const kept = await Promise.all(Array.from({ length: 8 }, () => corpus.keepFile(fileOf('text'))));
        expect(new Set(kept.map((each) => each.snapshotId)).size).toBe(1);
        expect(kept.filter((each) => each.added)).toHaveLength(1);
      });

      it('waits for reading until a document is stored', async () => {
        const one = await corpus.keepFile(fileOf('one', { url: '/one' }));
        const two = await corpus.keepFile(fileOf('two', { url: '/two' }));
        expect(await corpus.unreadSnapshots(10)).toEqual([one.snapshotId, two.snapshotId]);
        expect(await corpus.unreadSnapshots(1)).toEqual([one.snapshotId]);
        await corpus.storeDocument(entryOf(one.snapshotId, documentOf('one')), () => nothing);
        expect(await corpus.unreadSnapshots(10)).toEqual([two.snapshotId]);
      });

      it('waits for reading until all documents of an archive are stored', async () => {
        const { snapshotId } = await corpus.keepFile(fileOf('archive'));
        const part = (name: string) => entryOf(snapshotId, documentOf(`text ${name}`), { part: name, parts: 2 });
        await corpus.storeDocument(part(''), () => nothing);
        expect(await corpus.unreadSnapshots(10)).toEqual([snapshotId]);
        await corpus.storeDocument(part('#1'), () => nothing);
        expect(await corpus.unreadSnapshots(10)).toEqual([]);
      });
    });

    describe('documents', () => {
      it('gives back what reading found', async () => {
        const { snapshotId } = await corpus.keepFile(fileOf('bytes', { url: 'http://one.example/a' }));
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
        const id = await corpus.storeDocument(entryOf(snapshotId, document), () => ({
          ...nothing,
          place: '990101',
          placeReason: 'told by the user',
        }));
        const stored = await corpus.document(id);
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
        expect(await corpus.documentAt('http://one.example/a')).toEqual(stored);
        expect(await corpus.documentAt('http://one.example/b')).toBeNull();
        expect(await corpus.document(id + 1)).toBeNull();
      });

      it('lists them by place, page by page', async () => {
        const ids = [];
        for (const text of ['a', 'b', 'c'])
          ids.push(await store(text, { recordsOf: () => ({ place: text === 'b' ? '990102' : '990101' }) }));
        const listed = async (filter: Parameters<Corpus['documents']>[0]) =>
          (await corpus.documents(filter)).map((document) => document.id);
        expect(await listed({})).toEqual(ids);
        expect(await listed({ place: '990101' })).toEqual([ids[0], ids[2]]);
        expect(await listed({ limit: 1, offset: 1 })).toEqual([ids[1]]);
        expect(await listed({ offset: 2 })).toEqual([ids[2]]);
      });

      it('replaces what the same snapshot gave before, and keeps its number', async () => {
        const { snapshotId } = await corpus.keepFile(fileOf('bytes'));
        const first = await corpus.storeDocument(entryOf(snapshotId, documentOf('text')), (id) => ({
          ...nothing,
          figures: [figureOf(id, 1), figureOf(id, 2)],
          practices: [practiceOf(id, 1, { figures: [`${id}-002`, `${id}-001`] })],
          citations: [citationOf(id)],
        }));
        const second = await corpus.storeDocument(
          entryOf(snapshotId, documentOf('text, read better'), { extractor: '2' }),
          (id) => ({ ...nothing, figures: [figureOf(id, 1, { value: 13 })] }),
        );
        expect(second).toBe(first);
        expect(await corpus.document(first)).toMatchObject({ text: 'text, read better\n', extractor: '2' });
        expect((await corpus.figures()).map((figure) => figure.value)).toEqual([13]);
        expect(await corpus.counts()).toEqual({
          snapshots: 1,
          documents: 1,
          repeats: 0,
          figures: 1,
          practices: 0,
          citations: 0,
        });
      });

      it('stores nothing of a document whose records cannot be made', async () => {
        const { snapshotId } = await corpus.keepFile(fileOf('bytes'));
        await corpus.storeDocument(entryOf(snapshotId, documentOf('before')), (id) => ({
          ...nothing,
          figures: [figureOf(id, 1)],
        }));
        const again = (recordsOf: (id: number) => Records) =>
          corpus.storeDocument(entryOf(snapshotId, documentOf('after')), recordsOf);
        await expect(
          again(() => {
            throw new Error('no rule fits');
          }),
        ).rejects.toThrow('no rule fits');
        await expect(again((id) => ({ ...nothing, figures: [figureOf(id, 1), figureOf(id, 1)] }))).rejects.toThrow();
        const dangling = (id: number) => ({ ...nothing, practices: [practiceOf(id, 1, { figures: [`${id}-007`] })] });
        await expect(again(dangling)).rejects.toThrow('-007');
        expect((await corpus.documents()).map((document) => document.text)).toEqual(['before\n']);
        expect(await corpus.figures()).toHaveLength(1);
      });

      it('stores many documents at the same time', async () => {
        const ids = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            store(`text ${index}`, { recordsOf: (id) => ({ figures: [figureOf(id, 1), figureOf(id, 2)] }) }),
          ),
        );
        expect(new Set(ids).size).toBe(20);
        expect(await corpus.counts()).toMatchObject({ documents: 20, figures: 40 });
      });

      it('keeps every character, also those that no text should have', async () => {
        const text = '零\u0000一\u{2070e}𠮷\u200b\ufeff\r\n\t“”';
        const id = await store(text, {
          url: '/odd',
          recordsOf: (document) => ({ figures: [figureOf(document, 1, { quote: text })] }),
        });
        expect((await corpus.document(id))!.text).toBe(`${text}\n`);
        expect((await corpus.evidence(`${id}-001`))!.record.quote).toBe(text);
        // Half a character is no character; offsets stay right.
        const half = await store('a\ud840b', { url: '/half' });
        expect((await corpus.document(half))!.text).toBe('a\ufffdb\n');
      });

      it('refuses a snapshot that it does not have', async () => {
        await expect(corpus.storeDocument(entryOf(99, documentOf('text')), () => nothing)).rejects.toThrow(
          'snapshot 99',
        );
      });
    });

    describe('repeats', () => {
      it('have no records, and the place of what they repeat', async () => {
        const notice = await store('notice', {
          recordsOf: (id) => ({ place: '990101', placeReason: 'named', figures: [figureOf(id, 1)] }),
        });
        const attachment = await store('notice again', {
          repeats: notice,
          attachedTo: notice,
          recordsOf: () => {
            throw new Error('a repeat has no records');
          },
        });
        expect(await corpus.document(attachment)).toMatchObject({
          repeats: notice,
          attachedTo: notice,
          place: '990101',
          placeReason: 'named',
        });
        expect(await corpus.counts()).toMatchObject({ documents: 2, repeats: 1, figures: 1 });
        expect((await corpus.evidence(`${notice}-001`))!.repeatedBy).toEqual([
          { id: attachment, url: '/study/notice again.txt' },
        ]);
      });

      it('lose the records they had before', async () => {
        const original = await store('original');
        const { snapshotId } = await corpus.keepFile(fileOf('copy', { url: '/copy' }));
        const records = (id: number) => ({ ...nothing, figures: [figureOf(id, 1)] });
        await corpus.storeDocument(entryOf(snapshotId, documentOf('copy')), records);
        await corpus.storeDocument(entryOf(snapshotId, documentOf('copy'), { repeats: original }), records);
        expect(await corpus.figures()).toEqual([]);
      });

      const print = (simhash: string) => ({ print: { simhash, length: 9 } });

      it('are found by a SimHash that differs in at most 3 bits, wherever they are', async () => {
        const base = '0123456789abcdef';
        const ids = [
          await store('same', print(base)),
          await store('one bit in each of three bands', print('0122456689aacdef')),
          await store('three bits in one band', print('012345678eabcdef')),
          await store('four bits', print('0122456689aacdee')),
          await store('far', print('fedcba9876543210')),
        ];
        const found = await corpus.documentsLike({ simhash: base, length: 9 });
        expect(found.map((each) => each.text.trim()).sort()).toEqual([
          'one bit in each of three bands',
          'same',
          'three bits in one band',
        ]);
        expect(found.map((each) => each.id).sort()).toEqual(ids.slice(0, 3));
      });

      it('are not looked for among repeats, empty texts and older versions', async () => {
        const simhash = '00000000000000ff';
        const original = await store('original', { url: '/a', ...print(simhash) });
        await store('copy', { repeats: original, ...print(simhash) });
        await store('', { url: '/empty', print: { simhash, length: 0 } });
        const like = async () => (await corpus.documentsLike({ simhash, length: 9 })).map((each) => each.id);
        expect(await like()).toEqual([original]);
        const newer = await store('original, corrected', { url: '/a', ...print(simhash) });
        expect(await like()).toEqual([newer]);
      });
    });

    describe('versions', () => {
      const recordsOf = (value: number) => (id: number) => ({ figures: [figureOf(id, 1, { value })] });

      it('of an address count once: the newest', async () => {
        const old = await store('12 schools', { url: '/a', recordsOf: recordsOf(12) });
        const other = await store('99 schools', { url: '/b', recordsOf: recordsOf(99) });
        const newer = await store('13 schools', { url: '/a', recordsOf: recordsOf(13) });
        expect((await corpus.figures()).map((figure) => figure.value)).toEqual([99, 13]);
        expect((await corpus.documents()).map((document) => document.id)).toEqual([other, newer]);
        expect(await corpus.documentAt('/a')).toMatchObject({ id: newer, supersededBy: null });
        expect(await corpus.document(old)).toMatchObject({ supersededBy: newer });
        expect(await corpus.evidence(`${old}-001`)).toMatchObject({ record: { value: 12 } });
        expect(await corpus.counts()).toMatchObject({ documents: 3, figures: 2 });
        expect((await corpus.query('select value from v_figures order by value', 9)).rows).toEqual([[13], [99]]);
      });

      it('that are nearly the same are no repeats: the newer one has the records', async () => {
        const old = await store('12 schools', { url: '/a', recordsOf: recordsOf(12) });
        const newer = await store('12 schools.', { url: '/a', repeats: old, recordsOf: recordsOf(12) });
        expect(await corpus.document(newer)).toMatchObject({ repeats: null });
        expect((await corpus.figures()).map((figure) => figure.id)).toEqual([`${newer}-001`]);
      });

      it('are told by time of fetch and not of reading', async () => {
        const older = await corpus.keepFile(fileOf('12 schools', { url: '/a' }));
        const newer = await corpus.keepFile(fileOf('13 schools', { url: '/a' }));
        const read = ({ snapshotId }: { snapshotId: number }, value: number) =>
          corpus.storeDocument(entryOf(snapshotId, documentOf(`${value} schools`)), (id) => ({
            ...nothing,
            ...recordsOf(value)(id),
          }));
        await read(newer, 13);
        await read(older, 12);
        expect((await corpus.figures()).map((figure) => figure.value)).toEqual([13]);
      });

      it('without a text do not take the place of one that has it', async () => {
        const good = await store('12 schools', { url: '/a', recordsOf: recordsOf(12) });
        await corpus.keepFile(fileOf('gone', { url: '/a' }));
        const [snapshotId] = await corpus.unreadSnapshots(1);
        await corpus.storeDocument(entryOf(snapshotId!, { ...documentOf(''), text: '' }), () => nothing);
        expect((await corpus.figures()).map((figure) => figure.value)).toEqual([12]);
        expect(await corpus.documentAt('/a')).toMatchObject({ id: good });
      });
    });

    describe('records', () => {
      it('come back whole, with their evidence', async () => {
        const plain = { value: 7 };
        const full = {
          value: 0.045,
          value_max: 0.05,
          per: ['学生', '年'],
          action: '投入',
          stage: ['primary' as const, 'junior' as const],
          period: { from: '2024-01', to: '2024-06' },
          period_text: '上半年',
          accrual: 'flow' as const,
          indicator_reason: 'words',
        };
        const id = await store('text', {
          recordsOf: (document) => ({
            figures: [
              figureOf(document, 1, plain),
              figureOf(document, 2, { ...full, whole: `${document}-001`, of: `${document}-001` }),
              figureOf(document, 3, { stage: 'primary' }),
            ],
            practices: [
              practiceOf(document, 1, {
                figures: [`${document}-002`, `${document}-001`],
                period: { from: '2024', to: '2024' },
              }),
            ],
            citations: [citationOf(document)],
          }),
        });
        const record = async (suffix: string) => (await corpus.evidence(`${id}-${suffix}`))?.record;
        expect(await record('001')).toEqual(figureOf(id, 1, plain));
        expect(await record('002')).toEqual(figureOf(id, 2, { ...full, whole: `${id}-001`, of: `${id}-001` }));
        expect(await record('003')).toEqual(figureOf(id, 3, { stage: 'primary' }));
        expect(await record('p01')).toEqual(
          practiceOf(id, 1, { figures: [`${id}-002`, `${id}-001`], period: { from: '2024', to: '2024' } }),
        );
        expect(await record('c01')).toEqual(citationOf(id));
        expect(await corpus.evidence(`${id}-p01`)).toMatchObject({
          type: 'practice',
          document: { id },
          repeatedBy: [],
        });
        expect(await corpus.evidence(`${id}-009`)).toBeNull();
      });

      it('leave absent what is absent', async () => {
        const { place: _place, indicator: _indicator, ...bare } = figureOf(1, 1);
        const id = await store('text', {
          recordsOf: (document) => ({ figures: [{ ...bare, id: `${document}-001` }] }),
        });
        expect((await corpus.evidence(`${id}-001`))!.record).toEqual({ ...bare, id: `${id}-001` });
      });

      it('are chosen for a comparison by place and indicator', async () => {
        const id = await store('text', {
          document: documentOf('text', { title: '标题', signedIso: '2024-05-20', publishedIso: '2024-06-01T08:30' }),
          recordsOf: (document) => {
            const { indicator: _none, ...open } = figureOf(document, 4);
            return {
              figures: [
                figureOf(document, 1),
                figureOf(document, 2, { indicator: 'teachers' }),
                figureOf(document, 3, { place: '990102' }),
                open,
              ],
              practices: [practiceOf(document, 1), practiceOf(document, 2, { place: '990102', practice: 'meals' })],
            };
          },
        });
        const ids = async (filter?: Parameters<Corpus['figures']>[0]) =>
          (await corpus.figures(filter)).map((figure) => figure.id.split('-')[1]);
        expect(await ids()).toEqual(['001', '002', '003']);
        expect(await ids({ withIndicator: false })).toEqual(['001', '002', '003', '004']);
        expect(await ids({ places: ['990101'] })).toEqual(['001', '002']);
        expect(await ids({ indicators: ['teachers'] })).toEqual(['002']);
        expect(await ids({ places: ['990102'], indicators: ['teachers'] })).toEqual([]);
        expect(await ids({ places: [] })).toEqual([]);
        expect((await corpus.practices({ places: ['990102'] })).map((practice) => practice.id)).toEqual([`${id}-p02`]);
        expect((await corpus.practices({ practices: ['shared_teachers'] })).map((each) => each.id)).toEqual([
          `${id}-p01`,
        ]);
        expect((await corpus.figures())[0]).toMatchObject({
          documentId: id,
          documentTitle: '标题',
          documentDate: '2024-05-20',
          url: '/study/text.txt',
          stage: [],
          per: [],
          valueMax: null,
          period: null,
        });
      });

      it('may name places that the corpus does not know', async () => {
        await store('text', {
          recordsOf: (id) => ({ place: '999999', figures: [figureOf(id, 1, { place: '999999' })] }),
        });
        const names = async () => (await corpus.query('select place, place_name from v_figures', 9)).rows;
        expect(await names()).toEqual([['999999', null]]);
        const place = {
          code: '999999',
          name: '例县',
          short: '例',
          province: '例省',
          prefecture: null,
          level: 'county' as const,
        };
        await corpus.knowPlaces([place]);
        await corpus.knowPlaces([{ ...place, name: '新例县', validFrom: 2020 }]);
        expect(await names()).toEqual([['999999', '新例县']]);
      });

      it('are found by the beginning of their id', async () => {
        const id = await store('text', {
          recordsOf: (document) => ({
            figures: [1, 2, 3, 4, 5, 6].map((number) => figureOf(document, number)),
            practices: [practiceOf(document, 1)],
          }),
        });
        expect(await corpus.idsLike(`${id}-p`)).toEqual([`${id}-p01`]);
        expect(await corpus.idsLike(`${id}-p09`)).toEqual([`${id}-p01`]);
        expect(await corpus.idsLike(`${id}-00`)).toHaveLength(5);
        expect(await corpus.idsLike('%')).toEqual([]);
        expect(await corpus.idsLike('')).toEqual([]);
      });
    });

    it('tells how far each place was read', async () => {
      await store('one', { recordsOf: (id) => ({ place: '990101', figures: [figureOf(id, 1, { place: '990102' })] }) });
      const two = await store('two', { recordsOf: () => ({ place: '990101' }) });
      await store('copy of two', { repeats: two });
      await corpus.frontier.openRun({ id: 'three', name: 'three', place: '990103', definition: '{}' }, 0);
      expect(await corpus.readings()).toEqual([
        { place: '990101', documents: 2, failures: 0 },
        { place: '990102', documents: 1, failures: 0 },
        { place: '990103', documents: 0, failures: 0 },
      ]);
    });

    describe('SQL of users', () => {
      it('reads, with columns and a limit', async () => {
        await store('a');
        await store('b');
        const { columns, rows, more } = await corpus.query('select id, text as words from document order by id', 1);
        expect(columns).toEqual(['id', 'words']);
        expect(rows).toHaveLength(1);
        expect(more).toBe(true);
        expect(await corpus.query('-- a remark\n select 1 as one', 1)).toEqual({
          columns: ['one'],
          rows: [[1]],
          more: false,
        });
      });

      it.each([
        'delete from document',
        'insert into place (code) values (1) returning code',
        'with gone as (select 1) delete from document',
        'update document set title = 1 returning id',
        'drop table figure',
        'select 1; delete from document',
        'begin',
        '',
        'no sql at all',
        'select nothing from nowhere',
      ])('refuses %j', async (statement) => {
        await store('a');
        await expect(corpus.query(statement, 10)).rejects.toMatchObject({ name: 'UsageError' });
        expect((await corpus.counts()).documents).toBe(1);
      });
    });
  });
}
