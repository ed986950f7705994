// The suites of behaviour on PostgreSQL, each test on a schema of its own, and what only a server can do: be refused, be gone, come back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenOptions, openCorpus } from '../../db/open.js';
import { tables, views } from '../../db/schema.js';
import { CorpusError } from '../../src/model/errors.js';
import { describeCorpus } from '../conformance/corpus.js';
import { describeFrontier } from '../conformance/frontier.js';
import { describeOperation } from '../conformance/operation.js';
import { describeOutcomes } from '../conformance/outcomes.js';
import { describeRecords } from '../conformance/records.js';
import { describeReviews } from '../conformance/reviews.js';
import { fileOf } from '../conformance/samples.js';
import { describeSchedules } from '../conformance/schedules.js';
import { describeSearch } from '../conformance/search.js';
import type { MakePlace } from '../conformance/study.js';
import { noPostgres, password, startPostgres, type TestServer } from '../helpers/postgres.js';

let server: TestServer;

describe.skipIf(noPostgres !== null)(`PostgreSQL${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.remove());

  const makePlace: MakePlace = async () => {
    const { address, remove } = await server.room();
    return { open: () => openCorpus(address, { create: true }), remove };
  };
  describeCorpus('PostgreSQL', makePlace);
  describeRecords('PostgreSQL', makePlace);
  describeReviews('PostgreSQL', makePlace);
  describeFrontier('PostgreSQL', makePlace);
  describeOutcomes('PostgreSQL', makePlace);
  describeSchedules('PostgreSQL', makePlace);
  describeSearch('PostgreSQL', makePlace);
  describeOperation('PostgreSQL', makePlace);

  describe('a database', () => {
    it('is refused with a wrong password, a missing one or a wrong user, and no password is told', async () => {
      const right = server.address();
      for (const address of [
        right.replace(password, 'wr0ng-Password'),
        right.replace(`:${password}`, ''),
        right.replace('//postgres:', '//nobody:'),
      ]) {
        const error = await errorOf(address);
        expect(error.code).toBe('E_CORPUS_PASSWORD');
        expect(`${error.message} ${error.cure}`).not.toMatch(new RegExp(`wr0ng|${password}`));
      }
    });

    it('that does not exist is told with how to make it', async () => {
      expect(await errorOf(server.address('nowhere'))).toMatchObject({
        code: 'E_CORPUS_MISSING',
        cure: expect.stringContaining('createdb'),
      });
    });

    it('that is empty is made a corpus only where that is asked for', async () => {
      const { address, remove } = await server.room();
      expect((await errorOf(address, { readOnly: true })).code).toBe('E_CORPUS_EMPTY');
      expect((await errorOf(address)).code).toBe('E_CORPUS_EMPTY');
      await (await openCorpus(address, { create: true })).close();
      const corpus = await openCorpus(address, { readOnly: true });
      expect(await corpus.counts()).toMatchObject({ snapshots: 0 });
      await expect(corpus.keepFile(fileOf('text'))).rejects.toMatchObject({ code: 'E_CORPUS_RIGHTS' });
      await corpus.close();
      await remove();
    });

    it('of another program is left as it is', async () => {
      await server.run('create schema theirs; create table theirs.things (id int)');
      expect((await errorOf(server.address('postgres', 'theirs'), { create: true })).code).toBe('E_CORPUS_FOREIGN');
      expect(
        await server.run(`select table_name from information_schema.tables where table_schema = 'theirs'`),
      ).toEqual([{ table_name: 'things' }]);
    });

    it('of another version is upgraded, refused for reading, or left as it is', async () => {
      const { address, remove } = await server.room();
      await (await openCorpus(address, { create: true })).close();
      const [{ schema }] = (await server.run(
        `select table_schema as schema from information_schema.tables where table_name = 'migration_lock' and table_schema like 'room%'`,
      )) as [{ schema: string }];
      await server.run(`drop table ${schema}.document_pairs; delete from ${schema}.migration where name >= '002'`);
      const later = await server.run(
        `select table_name as name from information_schema.tables where table_schema = '${schema}'`,
      );
      expect(later).not.toContainEqual({ name: 'document_pairs' });
      expect((await errorOf(address, { readOnly: true })).code).toBe('E_CORPUS_OLDER');
      await server.run(`insert into ${schema}.migration values ('999_later', '2030-01-01')`);
      expect(await errorOf(address)).toMatchObject({
        code: 'E_CORPUS_NEWER',
        message: expect.stringContaining('999_later'),
      });
      await remove();
    });

    it('is opened by many programs at once', async () => {
      const { address, remove } = await server.room();
      const opened = await Promise.all([1, 2, 3, 4].map(() => openCorpus(address, { create: true })));
      const kept = await Promise.all(opened.map((corpus) => corpus.keepFile(fileOf('text'))));
      expect(kept.filter((each) => each.added)).toHaveLength(1);
      await Promise.all(opened.map((corpus) => corpus.close()));
      await remove();
    });

    it('orders all text by its bytes, whatever its own language', async () => {
      const { address, remove } = await server.room();
      const corpus = await openCorpus(address, { create: true });
      const { rows } = await corpus.query(
        `select table_name, column_name from information_schema.columns where table_schema = current_schema()
          and data_type = 'text' and collation_name is distinct from 'C' and table_name not like 'migration%'`,
        50,
      );
      expect(rows).toEqual([]);
      await corpus.close();
      await remove();
    });

    it('has the tables and columns that the catalogue names', async () => {
      const { address, remove } = await server.room();
      const corpus = await openCorpus(address, { create: true });
      const { rows } = await corpus.query(
        `select table_name, array_to_string(array_agg(column_name order by ordinal_position), ' ')
          from information_schema.columns where table_schema = current_schema() group by table_name order by table_name`,
        100,
      );
      const real = new Map(rows as [string, string][]);
      real.delete('document_pairs');
      const inWords = { ...tables, ...views };
      expect([...real.keys()].sort()).toEqual(Object.keys(inWords).sort());
      for (const [name, { columns }] of Object.entries(inWords))
        expect(real.get(name)).toBe(Object.keys(columns).join(' '));
      await corpus.close();
      await remove();
    });
  });

  describe('a server that goes', () => {
    it('is waited for, and nothing is done twice', async () => {
      const { address, remove } = await server.room();
      const corpus = await openCorpus(address, { create: true });
      let kept = 0;
      const writing = (async () => {
        for (let number = 0; number < 300; number++) {
          await corpus.keepFile(fileOf(`text ${number}`, { url: `/study/${number}` }));
          kept = number + 1;
        }
      })();
      while (kept < 100) await new Promise((resolve) => setTimeout(resolve, 5));
      await server.stop();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await server.start();
      await writing;
      expect(await corpus.counts()).toMatchObject({ snapshots: 300 });
      await corpus.close();
      await remove();
    });

    it('and stays away is told, with what to do, and no password', async () => {
      const { address, remove } = await server.room();
      const corpus = await openCorpus(address, { create: true, patienceMs: 500 });
      await server.stop();
      const error = (await corpus.counts().catch((error: unknown) => error)) as CorpusError;
      await server.start();
      expect(error).toBeInstanceOf(CorpusError);
      expect(error).toMatchObject({ code: 'E_CORPUS_GONE', cure: expect.stringContaining('same command') });
      expect(`${error.message} ${error.cure}`).not.toContain(password);
      // It came back: the same corpus goes on.
      expect(await corpus.counts()).toMatchObject({ snapshots: 0 });
      await corpus.close();
      await remove();
    });
  });
});

async function errorOf(address: string, options?: OpenOptions): Promise<CorpusError> {
  const error = await openCorpus(address, options).then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(CorpusError);
  expect((error as CorpusError).cure).toMatch(/\.$/);
  return error as CorpusError;
}
