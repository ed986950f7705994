// SQLite, and all that is particular to it: opening and checking a file, transactions on one connection, what its errors mean.
// WAL with synchronous NORMAL: a killed process loses nothing that was committed; a power cut may lose the last transactions, never
// the file (https://sqlite.org/wal.html, https://sqlite.org/pragma.html#pragma_synchronous).
import { accessSync, closeSync, constants, openSync, readSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { CorpusError } from '../src/model/errors.js';
import type { Said } from '../src/model/language.js';
import type { Database } from './database.js';
import { compareMigrations, type DialectWords, migrateOneStep } from './migrate.js';
import { pairQuery, pairsOf } from './pairs.js';
import { emptyFile, isBusy, meaning, notADatabase, notWritable } from './sqlite-errors.js';
import { keepCopy } from './sqlite-file.js';
import { querySqlite } from './sqlite-query.js';
import { Prepared } from './sqlite-statement.js';
import type { Copying, Statements, Store, Value } from './store.js';

/** `xjjn` in ASCII, in the file's header at byte 68: this SQLite file is a corpus of xianjian. */
const applicationId = 0x786a6a6e;

const words: DialectWords = {
  id: 'integer primary key not null',
  integer: 'integer',
  real: 'real',
  text: 'text',
  bytes: 'blob',
  strict: ' strict',
  keyed: ' strict, without rowid',
  pairs: {
    // The pairs alone: texts stand in `document`. The tokenizer takes whatever is no ASCII as it is.
    definition: [
      `create virtual table document_pairs using fts5 (pairs, content = '', contentless_delete = 1, tokenize = 'ascii')`,
    ],
    put: async (db, document, text, isNew) => {
      const verb = isNew ? sql`insert` : sql`insert or replace`;
      await sql`${verb} into document_pairs (rowid, pairs) values (${document}, ${pairsOf(text)})`.execute(db);
    },
    key: sql`document_pairs.rowid`,
    holding: (words) => {
      const query = pairQuery(words);
      return query === null ? null : sql`document_pairs match ${query}`;
    },
  },
};

const copying: Copying = {
  keyOf: async (statements, table) => {
    const rows = await statements.all<{ name: string }>(
      'select name from pragma_table_info(?) where pk > 0 order by pk',
      table,
    );
    return rows.map((row) => row.name);
  },
  // Ends with the transaction, which does not end while a reference leads nowhere.
  loosen: async (statements) => {
    await statements.run('pragma defer_foreign_keys = on');
    return async () => {};
  },
};

/** How long to wait for another program at opening, and then for each transaction. */
const openingPatienceMs = 5000;
const usualPatienceMs = 30_000;
const longestPauseMs = 50;
/** Prepared statements kept; beyond that the oldest are dropped. */
const mostStatements = 200;

type Handle = Sqlite.Database;

/** Opens a file and brings its tables up to date. Throws a CorpusError that names the file and says what to do. */
export async function openSqlite(
  address: string,
  options: { create?: boolean; readOnly?: boolean; patienceMs?: number; say?: (words: Said) => void },
): Promise<Store> {
  const file = resolve(address);
  checkFile(file, options.create === true && options.readOnly !== true);
  let handle: Handle | undefined;
  try {
    const timeout = options.patienceMs ?? openingPatienceMs;
    handle = new Sqlite(file, { readonly: options.readOnly === true, timeout });
    const store = new SqliteStore(file, handle, options.patienceMs ?? usualPatienceMs);
    const { pending, fresh } = await prepare(handle, file, options, Date.now() + timeout);
    // From here on the store waits, and the process goes on meanwhile.
    handle.pragma('busy_timeout = 0');
    // Told by what was there at the first look: meanwhile another program may have begun the same new file.
    if (pending > 0 && !fresh) await keepCopy(handle, file, options.say);
    if (pending > 0) await migrate(store, handle, pending);
    return store;
  } catch (error) {
    handle?.close();
    throw meaning(error, file);
  }
}

/** What can be said of the path before SQLite sees it. */
function checkFile(file: string, create: boolean): void {
  const found = statOf(file);
  if (found?.isDirectory())
    throw new CorpusError(
      'E_CORPUS_FOLDER',
      { en: `${file} is a folder, no corpus`, zh: `${file} 是文件夹，不是语料库` },
      { en: 'Name a file in it, such as corpus.sqlite.', zh: '请写其中的文件名，如 corpus.sqlite。' },
    );
  if (!found && !create)
    throw new CorpusError(
      'E_CORPUS_MISSING',
      { en: `there is no corpus at ${file}`, zh: `${file} 处没有语料库` },
      {
        en: 'Name another file with --db, or make one with `xianjian crawl` or `xianjian import`.',
        zh: '请用 --db 指定另一个文件，或先用 xianjian crawl、xianjian import 建一个。',
      },
    );
  if (!found || found.size === 0) {
    if (!create) throw emptyFile(file);
    checkFolder(dirname(file));
    return;
  }
  const magic = Buffer.alloc(16);
  const descriptor = openForReading(file);
  try {
    readSync(descriptor, magic, 0, 16, 0);
  } finally {
    closeSync(descriptor);
  }
  if (magic.toString('latin1') !== 'SQLite format 3\0') throw notADatabase(file);
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function openForReading(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new CorpusError(
      'E_CORPUS_FOLDER',
      {
        en: `${file} cannot be read: ${(error as Error).message}`,
        zh: `无法读取 ${file}：${(error as Error).message}`,
      },
      {
        en: 'Give yourself the right to read it, or name another file with --db.',
        zh: '请取得读取权限，或用 --db 指定另一个文件。',
      },
      { cause: error },
    );
  }
}

function checkFolder(folder: string): void {
  if (!statOf(folder)?.isDirectory())
    throw new CorpusError(
      'E_CORPUS_FOLDER',
      { en: `there is no folder ${folder}`, zh: `没有文件夹 ${folder}` },
      { en: 'Make it first, or name another with --db.', zh: '请先建立它，或用 --db 另指一处。' },
    );
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw notWritable(folder, error);
  }
}

/** What is there, all of one moment: another program may be making the corpus. */
function look(handle: Handle): { owner: number; empty: boolean; done: string[] } {
  const pluck = (sql: string) => handle.prepare(sql).pluck();
  return handle.transaction(() => {
    const owner = handle.pragma('application_id', { simple: true }) as number;
    const empty = pluck('select count(*) from sqlite_master').get() === 0;
    const isOurs = owner === applicationId && !empty;
    return { owner, empty, done: isOurs ? (pluck('select name from migration order by name').all() as string[]) : [] };
  })();
}

/** Does what another program may stand in the way of, again and again until it is free or the time (milliseconds since 1970) is over. */
async function onceFree<T>(deadline: number, work: () => T): Promise<T> {
  for (let pause = 1; ; pause = Math.min(2 * pause, longestPauseMs)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error;
    }
    await setTimeout(pause * (0.5 + Math.random()));
  }
}

/** Checks whose file it is and sets the connection up. Returns how many migrations are left, and whether there is no table yet. */
async function prepare(
  handle: Handle,
  file: string,
  { create, readOnly }: { create?: boolean; readOnly?: boolean },
  deadline: number,
): Promise<{ pending: number; fresh: boolean }> {
  const { owner, empty, done } = await onceFree(deadline, () => look(handle));
  const fresh = empty && (owner === 0 || owner === applicationId);
  if (fresh && !(create && !readOnly)) throw emptyFile(file);
  if (!fresh && owner !== applicationId)
    throw new CorpusError(
      'E_CORPUS_FOREIGN',
      {
        en: `${file} is a database of another program, no corpus of xianjian`,
        zh: `${file} 是别的程序的数据库，不是县鉴的语料库`,
      },
      {
        en: 'Name another file with --db; this one was left as it is.',
        zh: '请用 --db 指定另一个文件；这个文件未作改动。',
      },
    );
  const { pending, unknown } = compareMigrations(done, words);
  if (unknown.length > 0)
    throw new CorpusError(
      'E_CORPUS_NEWER',
      {
        en: `${file} was written by a newer version of xianjian (its step ${unknown.at(-1)} is unknown here)`,
        zh: `${file} 由更新版本的县鉴写成（不认得其中的步骤 ${unknown.at(-1)}）`,
      },
      {
        en: 'Install that version, or name another file with --db; this one was left as it is.',
        zh: '请安装那个版本，或用 --db 指定另一个文件；这个文件未作改动。',
      },
    );
  handle.pragma('foreign_keys = on');
  handle.pragma('trusted_schema = off');
  if (readOnly) {
    if (pending.length > 0)
      throw new CorpusError(
        'E_CORPUS_OLDER',
        {
          en: `${file} was written by an older version of xianjian and is opened for reading only`,
          zh: `${file} 由较旧版本的县鉴写成，而这里只读`,
        },
        {
          en: `Bring it up to date: \`xianjian vacuum --db ${file}\`; a copy is kept beside it.`,
          zh: `请先升级：xianjian vacuum --db ${file}；旁边会留一份副本。`,
        },
      );
    return { pending: 0, fresh };
  }
  // SQLite does not wait by itself where two that read the new file both want to change its journal: one of them has to let go.
  await onceFree(deadline, () => {
    if (handle.pragma('journal_mode', { simple: true }) !== 'wal') handle.pragma('journal_mode = wal');
  });
  handle.pragma('synchronous = normal');
  handle.pragma('wal_autocheckpoint = 4000');
  handle.pragma('journal_size_limit = 67108864');
  return { pending: pending.length, fresh };
}

/**
 * So many steps, in one transaction with the mark that the file is ours: another program sees the tables before it or after it, never a
 * corpus that looks older because it is being made.
 */
async function migrate(store: SqliteStore, handle: Handle, steps: number): Promise<void> {
  await store.write(async (db) => {
    handle.pragma(`application_id = ${applicationId}`);
    for (let step = 0; step < steps; step++) await migrateOneStep(db, words);
  });
}

/** One connection; kysely's lock on it keeps transactions apart. */
class SqliteStore implements Store {
  readonly address: string;
  readonly pairs = words.pairs;
  readonly copying = copying;
  readonly #handle: Handle;
  readonly #kysely: Kysely<Database>;
  readonly #statements: Statements;
  readonly #prepared = new Map<string, Prepared>();
  readonly #patienceMs: number;
  #reader: Handle | null = null;

  constructor(address: string, handle: Handle, patienceMs: number) {
    this.address = address;
    this.#handle = handle;
    this.#patienceMs = patienceMs;
    const prepare = (sql: string) => this.#prepare(sql);
    this.#kysely = new Kysely<Database>({
      dialect: new SqliteDialect({ database: { prepare, close: () => handle.close() } }),
    });
    this.#statements = {
      get: async <Row>(sql: string, ...values: Value[]) => prepare(sql).get(values) as Row | undefined,
      all: async <Row>(sql: string, ...values: Value[]) => prepare(sql).all(values) as Row[],
      run: async (sql: string, ...values: Value[]) => prepare(sql).run(values).changes,
      // Whoever writes is alone.
      hold: async () => {},
      taking: () => '',
    };
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = new Prepared(this.#handle.prepare(sql));
    if (this.#prepared.size >= mostStatements) {
      const [oldest] = this.#prepared.keys();
      this.#prepared.delete(oldest!);
    }
    this.#prepared.set(sql, statement);
    return statement;
  }

  read<T>(work: (db: Kysely<Database>, statements: Statements) => Promise<T>): Promise<T> {
    return this.#transact('begin', work);
  }

  write<T>(work: (db: Kysely<Database>, statements: Statements) => Promise<T>): Promise<T> {
    return this.#transact('begin immediate', work);
  }

  writeBeside<T>(work: (db: Kysely<Database>, statements: Statements) => Promise<T>): Promise<T> {
    return this.write(work);
  }

  async #transact<T>(begin: string, work: (db: Kysely<Database>, statements: Statements) => Promise<T>): Promise<T> {
    try {
      return await this.#kysely.connection().execute(async (db) => {
        await this.#begin(begin);
        try {
          const result = await work(db, this.#statements);
          this.#prepare('commit').run();
          return result;
        } catch (error) {
          if (this.#handle.inTransaction) this.#prepare('rollback').run();
          throw error;
        }
      });
    } catch (error) {
      throw meaning(error, this.address);
    }
  }

  /** Begins a transaction, waiting for other programs without holding up this one. */
  #begin(begin: string): Promise<void> {
    return onceFree(Date.now() + this.#patienceMs, () => {
      try {
        this.#prepare(begin).run();
        // A plain `begin` locks nothing before the first read.
        if (begin === 'begin') this.#prepare('select 1 from sqlite_schema limit 1').get();
      } catch (error) {
        if (this.#handle.inTransaction) this.#prepare('rollback').run();
        throw error;
      }
    });
  }

  async query(sql: string, limit: number) {
    try {
      this.#reader ??= new Sqlite(this.address, { readonly: true, fileMustExist: true, timeout: openingPatienceMs });
      return querySqlite(this.#reader, sql, limit);
    } catch (error) {
      throw meaning(error, this.address);
    }
  }

  async close(): Promise<void> {
    this.#reader?.close();
    this.#prepared.clear();
    await this.#kysely.destroy();
    // Kysely closes only what it has used.
    this.#handle.close();
  }
}
