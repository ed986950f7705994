// A copy from SQLite to PostgreSQL and back is the same corpus; it is all there or nothing of it, and it takes no place of another.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyCorpus } from '../../db/copy.js';
import { openCorpus, openStore } from '../../db/open.js';
import { figureOf, fileOf, practiceOf, requestOf, settlementOf } from '../conformance/samples.js';
import { entryOf, nothing } from '../conformance/study.js';
import { documentOf } from '../helpers/document.js';
import { noPostgres, startPostgres, type TestServer } from '../helpers/postgres.js';

let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), 'xianjian-copy-'));
const quiet = () => {};

/** A corpus with everything that is hard to copy: references forward and to itself, bytes, NUL, large pages, numbers with a point. */
async function fill(address: string): Promise<void> {
  const corpus = await openCorpus(address, { create: true });
  const run = await corpus.frontier.openRun({ id: 'one', name: 'One', place: '990101', definition: '{}' }, Date.now());
  await corpus.frontier.add(run.id, [requestOf('a'), requestOf('b'), requestOf('c', { host: 'two.example' })], 0, 0);
  const slice = (await corpus.frontier.takeHost(run.id, 'worker', 60_000, Date.now()))!;
  const claim = (await corpus.frontier.claim(run.id, slice, 0, 60_000, Date.now()))!;
  await corpus.frontier.settle(settlementOf(run.id, claim, 'body of a page '.repeat(4000)), Date.now(), 0);
  await corpus.frontier.releaseHost(slice);
  const ids: number[] = [];
  for (let number = 0; number < 60; number++) {
    // Versions of one address: the older ones point at the newest, which comes later.
    const url = `/study/${number % 20}`;
    const text = `教师节 ${number} 零\0一𠮷`;
    const file = fileOf(text, { url, importedAt: new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString() });
    const { snapshotId } = await corpus.keepFile(file);
    const repeats = number % 7 === 6 ? ids[number - 1]! : null;
    ids.push(
      await corpus.storeDocument(entryOf(snapshotId, documentOf(text), { repeats }), (id) => ({
        ...nothing,
        figures: [figureOf(id, 1, { value: 0.1 + number }), figureOf(id, 2, { value: 1e15 })],
        practices: [practiceOf(id, 1, { figures: [`${id}-001`] })],
      })),
    );
  }
  await corpus.close();
}

async function copy(from: string, to: string) {
  const source = await openStore(from, { readOnly: true });
  const target = await openStore(to, { create: true });
  try {
    return await copyCorpus(source, target, quiet);
  } finally {
    await source.close();
    await target.close();
  }
}

describe.skipIf(noPostgres !== null)(`a copy${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  const file = join(folder, 'corpus.sqlite');
  beforeAll(async () => {
    server = await startPostgres();
    await fill(file);
  });
  afterAll(async () => {
    await server?.remove();
    rmSync(folder, { recursive: true });
  });

  it('to PostgreSQL and back is the same, row by row', async () => {
    const { address, remove } = await server.room();
    const there = await copy(file, address);
    const back = join(folder, 'back.sqlite');
    expect(await copy(address, back)).toEqual(there);
    expect(there.find((each) => each.table === 'document')?.rows).toBe(60);
    expect(there.find((each) => each.table === 'figure')!.rows).toBeGreaterThan(50);
    for (const place of [address, back]) {
      const [original, copied] = [await openCorpus(file), await openCorpus(place)];
      expect(await copied.counts()).toEqual(await original.counts());
      expect(await copied.document(42)).toEqual(await original.document(42));
      expect(await copied.figures({ withIndicator: false })).toEqual(await original.figures({ withIndicator: false }));
      const search = { words: ['师节 4'], limit: 100 };
      const found = await copied.documentsWith(search);
      expect(found.map((each) => each.id)).toEqual((await original.documentsWith(search)).map((each) => each.id));
      expect(found.length).toBeGreaterThan(0);
      // It goes on where the original stopped: new numbers, references that hold.
      const { snapshotId } = await copied.keepFile(fileOf('new', { url: '/study/new' }));
      expect(snapshotId).toBeGreaterThan(60);
      await copied.storeDocument(entryOf(snapshotId, documentOf('new')), () => nothing);
      await expect(
        copied.storeDocument(entryOf(snapshotId, documentOf('new'), { attachedTo: 999_999 }), () => nothing),
      ).rejects.toThrow(/foreign key/i);
      await original.close();
      await copied.close();
    }
    await remove();
  });

  it('goes into no corpus that is there', async () => {
    const { address, remove } = await server.room();
    const corpus = await openCorpus(address, { create: true });
    await corpus.keepFile(fileOf('mine'));
    await expect(copy(file, address)).rejects.toMatchObject({ code: 'E_COPY_NOT_EMPTY' });
    await expect(copy(address, file)).rejects.toMatchObject({ code: 'E_COPY_NOT_EMPTY' });
    expect(await corpus.counts()).toMatchObject({ snapshots: 1, documents: 0 });
    await corpus.close();
    await remove();
  });

  it('that breaks off leaves nothing, and can be begun again', async () => {
    const { address, remove } = await server.room();
    const source = await openStore(file, { readOnly: true });
    const target = await openStore(address, { create: true });
    const breaking = copyCorpus(source, target, (_, table) => {
      if (table === 'figure') throw new Error('broken off');
    });
    await expect(breaking).rejects.toThrow('broken off');
    const corpus = await openCorpus(address);
    expect(await corpus.counts()).toMatchObject({ snapshots: 0, documents: 0 });
    await corpus.close();
    expect((await copyCorpus(source, target, quiet)).find((each) => each.table === 'document')?.rows).toBe(60);
    await source.close();
    await target.close();
    await remove();
  });

  it('that came otherwise is noticed', async () => {
    const { address, remove } = await server.room();
    await (await openCorpus(address, { create: true })).close();
    const schema = decodeURIComponent(address).split('search_path=')[1]!;
    await server.run(`create function ${schema}.spoil() returns trigger language plpgsql as
      'begin new.title := coalesce(new.title, '''') || ''!''; return new; end';
      create trigger spoil before insert on ${schema}.document for each row execute function ${schema}.spoil()`);
    await expect(copy(file, address)).rejects.toMatchObject({
      code: 'E_COPY_DIFFERS',
      message: expect.stringContaining('document'),
    });
    const corpus = await openCorpus(address);
    expect(await corpus.counts()).toMatchObject({ snapshots: 0 });
    await corpus.close();
    await remove();
  });
});
