// Opening a corpus: what is no corpus, is closed to us or belongs to others gives an error that names it and says what to do, and
// is left as it was.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenOptions, openCorpus } from '../../db/open.js';
import { CorpusError } from '../../src/model/errors.js';
import { fileOf, requestOf } from '../conformance/samples.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xianjian-open-'));
  file = join(folder, 'corpus.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function errorOf(address: string, options?: OpenOptions): Promise<CorpusError> {
  const error = await openCorpus(address, options).then(
    async (corpus) => {
      await corpus.close();
      return null;
    },
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(CorpusError);
  const { message, cure } = error as CorpusError;
  expect(message).toContain(
    address
      .replace(/\/\/.*@/, '//')
      .split('/')
      .at(-1)!,
  );
  expect(cure).toMatch(/\.$/);
  return error as CorpusError;
}

async function make(): Promise<void> {
  await (await openCorpus(file, { create: true })).close();
}

describe('a corpus', () => {
  it('is made where it is asked for, and opened again', async () => {
    await make();
    const corpus = await openCorpus(file);
    expect(corpus.address).toBe(file);
    expect(await corpus.counts()).toMatchObject({ snapshots: 0, documents: 0 });
    await corpus.close();
  });

  it('is one file when it is closed', async () => {
    await make();
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('is made once where two programs begin at once', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => openCorpus(file, { create: true })));
    await Promise.all(opened.map((corpus, index) => corpus.keepFile(fileOf(`text ${index}`, { url: `/${index}` }))));
    expect(await opened[0]!.counts()).toMatchObject({ snapshots: 3 });
    for (const corpus of opened) await corpus.close();
  });

  it('has the settings that keep it whole', async () => {
    const corpus = await openCorpus(file, { create: true });
    const database = new Sqlite(file, { readonly: true });
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('application_id', { simple: true })).toBe(Buffer.from('xjjn').readUInt32BE());
    database.close();
    await expect(
      corpus.frontier.add(99, [requestOf('a')], 0, 0),
      'a request of a run that does not exist',
    ).rejects.toThrow(/FOREIGN KEY/);
    await corpus.close();
  });

  it('is not written where it is opened for reading', async () => {
    await make();
    const before = readFileSync(file);
    const corpus = await openCorpus(file, { readOnly: true });
    expect(await corpus.readings()).toEqual([]);
    await expect(corpus.keepFile(fileOf('text'))).rejects.toBeInstanceOf(CorpusError);
    await corpus.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('no corpus', () => {
  it('is a file that does not exist', async () => {
    expect(await errorOf(file)).toMatchObject({ code: 'E_CORPUS_MISSING', exitCode: 1 });
    expect(await errorOf(file, { readOnly: true, create: true })).toMatchObject({ code: 'E_CORPUS_MISSING' });
    expect(existsSync(file)).toBe(false);
  });

  it('is an empty file, unless one is to be made', async () => {
    writeFileSync(file, '');
    expect(await errorOf(file)).toMatchObject({ code: 'E_CORPUS_EMPTY' });
    await make();
  });

  it.each([
    ['a text', 'Some words, and no database at all.'],
    ['a short text', 'x'],
    ['a file that begins like SQLite', `SQLite format 3\0${'not really'.repeat(100)}`],
  ])('is %s', async (_, content) => {
    writeFileSync(file, content);
    expect(await errorOf(file, { create: true })).toMatchObject({ code: 'E_CORPUS_NOT_DATABASE' });
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('is the database of another program', async () => {
    const other = new Sqlite(file);
    other.exec('create table recipe (name text)');
    other.close();
    const before = readFileSync(file);
    expect(await errorOf(file, { create: true })).toMatchObject({ code: 'E_CORPUS_FOREIGN' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is an empty database that another program has marked', async () => {
    const other = new Sqlite(file);
    other.pragma('application_id = 42');
    other.close();
    expect(await errorOf(file, { create: true })).toMatchObject({ code: 'E_CORPUS_FOREIGN' });
  });

  it('is a folder', async () => {
    mkdirSync(file);
    expect(await errorOf(file, { create: true })).toMatchObject({ code: 'E_CORPUS_FOLDER' });
  });

  it('lies in a folder that is missing or cannot be written', async () => {
    const missing = join(folder, 'none', 'corpus.sqlite');
    const error = await openCorpus(missing, { create: true }).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'E_CORPUS_FOLDER', message: expect.stringContaining(join(folder, 'none')) });
    const closed = await openCorpus('/proc/corpus.sqlite', { create: true }).catch((error: unknown) => error);
    expect(closed).toMatchObject({ code: 'E_CORPUS_FOLDER', message: expect.stringContaining('/proc') });
  });

  it.each([
    // Port 1 of loopback is closed; names under .invalid never resolve (RFC 2606).
    'postgres://me:secret@127.0.0.1:1/corpus',
    'postgresql://me:secret@db.invalid/corpus',
  ])('answers at %s, and the password is not told', async (address) => {
    const error = await errorOf(address);
    expect(error.code).toBe('E_CORPUS_GONE');
    expect(`${error.message} ${error.cure} ${JSON.stringify(error)}`).not.toContain('secret');
  });

  it('has an address that cannot be read, and the password is not told', async () => {
    const error = await openCorpus('postgres://me:sec/ret@db:x/corpus').catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'E_CORPUS_ADDRESS', exitCode: 2 });
    expect(String((error as Error).message)).not.toMatch(/sec|ret@/);
  });
});

describe('a corpus of another version', () => {
  it('that is newer is left as it is', async () => {
    await make();
    const database = new Sqlite(file);
    database.exec(`insert into migration values ('999_later', '2030-01-01')`);
    database.close();
    expect(await errorOf(file)).toMatchObject({
      code: 'E_CORPUS_NEWER',
      message: expect.stringContaining('999_later'),
    });
  });

  function forget(statements: string): void {
    const database = new Sqlite(file);
    database.pragma('foreign_keys = off');
    database.exec(`delete from migration; ${statements}`);
    database.close();
  }

  it('that is older is not brought up to date by one who only reads', async () => {
    await make();
    forget('');
    expect(await errorOf(file, { readOnly: true })).toMatchObject({ code: 'E_CORPUS_OLDER' });
  });

  it('stays as it was where a step of its upgrade fails', async () => {
    await make();
    // The step can make this table again, and fails at the next, which is there.
    forget('drop table source');
    await expect(openCorpus(file)).rejects.toThrow('already exists');
    const database = new Sqlite(file);
    const names = database.prepare("select name from sqlite_schema where name in ('source', 'run')").pluck().all();
    expect(names).toEqual(['run']);
    expect(database.prepare('select count(*) from migration').pluck().get()).toBe(0);
    database.close();
  });
});

describe('a locked corpus', () => {
  /** A program that holds the file by `statements` until it is ended. */
  async function hold(statements: string): Promise<() => Promise<void>> {
    const script = `const d = new (require('better-sqlite3'))(${JSON.stringify(file)}); d.exec(${JSON.stringify(statements)});
      console.log('held'); setInterval(() => d, 1000)`;
    const program = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(program.stdout, 'data');
    return async () => {
      program.kill('SIGKILL');
      await once(program, 'close');
    };
  }

  it('says so when it is opened, and opens when it is free', async () => {
    await make();
    const free = await hold('pragma journal_mode = delete; begin exclusive');
    expect(await errorOf(file, { patienceMs: 100 })).toMatchObject({ code: 'E_CORPUS_LOCKED' });
    await free();
    await make();
  });

  it('waits for another program that makes the same new file', async () => {
    writeFileSync(file, '');
    // Journal of a new file: SQLite says at once that it is busy, and does not wait by itself.
    const free = await hold('begin immediate; create table one (value)');
    const opened = make();
    await setTimeout(300);
    await free();
    await opened;
    await make();
  });

  it('can be read while another program writes, and waits to write without holding up the process', async () => {
    await make();
    const free = await hold('begin immediate');
    const corpus = await openCorpus(file, { patienceMs: 2000 });
    expect(await corpus.counts()).toMatchObject({ snapshots: 0 });
    let ticks = 0;
    const clock = setInterval(() => ticks++, 5);
    await expect(corpus.keepFile(fileOf('text'))).rejects.toMatchObject({ code: 'E_CORPUS_LOCKED' });
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(5);
    await free();
    expect(await corpus.keepFile(fileOf('text'))).toMatchObject({ added: true });
    await corpus.close();
  });
});

describe('SQL of users on SQLite', () => {
  it.each([
    `attach 'other.sqlite' as other`,
    `ATTACH DATABASE 'other.sqlite' AS other`,
    '/* harmless */ attach ":memory:" as other',
    'pragma journal_mode = delete',
    'pragma writable_schema = 1',
    'pragma table_info(document); pragma user_version = 3',
    'vacuum',
    `vacuum into 'copy.sqlite'`,
    'explain',
    'detach main',
    `select load_extension('x')`,
    'reindex',
  ])('refuses %j', async (statement) => {
    const corpus = await openCorpus(file, { create: true });
    await expect(corpus.query(statement, 10)).rejects.toMatchObject({ name: 'UsageError' });
    await corpus.close();
  });

  it('tells of tables', async () => {
    const corpus = await openCorpus(file, { create: true });
    const { rows } = await corpus.query('pragma table_info(place)', 99);
    expect(rows.map((row) => row[1])).toContain('code');
    expect((await corpus.query("select name from pragma_table_info('place')", 1)).more).toBe(true);
    await corpus.close();
  });
});
