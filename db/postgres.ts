// PostgreSQL, and all that is particular to it: opening and checking a database, transactions of several programs side by side, and
// what a lost connection means for them. What its errors mean for people is in postgres-errors.ts.
import {
  type ColumnDefinitionNode,
  type DataTypeNode,
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  PostgresQueryCompiler,
  replaceWithNoncontingentExpression,
} from 'kysely';
import pg from 'pg';
import { CorpusError } from '../src/model/errors.js';
import type { Database } from './database.js';
import { compareMigrations, migrateOneStep } from './migrate.js';
import { addressInWords, emptyDatabase, isLost, meaning, mustRunAgain, needsUpgrade } from './postgres-errors.js';
import { pausesFor, poolFor } from './postgres-pool.js';
import { querySql } from './postgres-query.js';
import { copying, words } from './postgres-words.js';
import type { Statements, Store, Value } from './store.js';

/** How long each transaction waits for a server that is gone, after the corpus was opened. */
const usualPatienceMs = 30_000;
/** Times a transaction is run again after a deadlock with others. */
const mostDeadlocks = 20;
/** Oldest version in support when this was written that pg-boss runs on (https://www.postgresql.org/support/versioning/). */
const oldestServer = 13;

/** `xjjn` in ASCII: the first half of the names of our advisory locks. The second parts schemas from each other. */
const lockName = 0x786a6a6e;
const ourLock = `${lockName}, hashtext(current_schema())`;

/** PostgreSQL's text holds no NUL (U+0000); this noncharacter, which no text should hold, stands for it. */
const standsForNul = '\ufdd0';

/** Whole numbers and sums of them come as text by default; none of ours passes 2^53. */
const parsers = new Map<number, (value: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.TEXT, (value) => (value.includes(standsForNul) ? value.replaceAll(standsForNul, '\0') : value)],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

type Work<T> = (db: Kysely<Database>, statements: Statements) => Promise<T>;

export interface PostgresOptions {
  create?: boolean;
  readOnly?: boolean;
  patienceMs?: number;
}

/** Opens a database and brings its tables up to date. Throws a CorpusError that names it and says what to do. */
export async function openPostgres(address: string, options: PostgresOptions): Promise<Store> {
  const name = addressInWords(address);
  const pool = poolFor(address, types);
  try {
    const client = await pool.connect();
    try {
      await prepare(client, name, options);
    } finally {
      client.release();
    }
    return new PostgresStore(name, pool, options);
  } catch (error) {
    await pool.end();
    throw meaning(error, name);
  }
}

/** Checks the server and whose tables these are, and does the migrations that are left, one program at a time. */
async function prepare(client: pg.PoolClient, name: string, options: PostgresOptions): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string; schema: string | null }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
      current_schema() as schema`,
  );
  const { version, encoding, schema } = rows[0]!;
  if (version < oldestServer * 10_000 || encoding !== 'UTF8' || schema === null)
    throw new CorpusError(
      'E_CORPUS_SERVER',
      {
        en: `${name} cannot hold a corpus: PostgreSQL ${Math.floor(version / 10_000)}, encoding ${encoding}, schema ${schema ?? 'none'}`,
        zh: `${name} 不能存放语料库：PostgreSQL ${Math.floor(version / 10_000)}，编码 ${encoding}，schema ${schema ?? '无'}`,
      },
      {
        en: `It needs PostgreSQL ${oldestServer} or later and a database made with \`createdb --encoding UTF8 --template template0\`.`,
        zh: `需要 PostgreSQL ${oldestServer} 以上，数据库用 createdb --encoding UTF8 --template template0 建立。`,
      },
    );
  if (options.readOnly === true) {
    const pending = await pendingSteps(client, name, false);
    if (pending > 0) throw needsUpgrade(name);
    return;
  }
  // Looked at under the lock: between its steps the tables of a migration that another program does look like no corpus.
  await client.query(`select pg_advisory_lock(${ourLock})`);
  try {
    const pending = await pendingSteps(client, name, options.create === true);
    const db = kyselyOn(client);
    for (let step = 0; step < pending; step++) await migrateOneStep(db, words, schema);
  } finally {
    await client.query(`select pg_advisory_unlock(${ourLock})`).catch(() => {});
  }
}

/** How many migrations are left. Throws where the tables are another program's, of a newer version, or missing. */
async function pendingSteps(client: pg.PoolClient, name: string, create: boolean): Promise<number> {
  const { rows: tables } = await client.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = current_schema()',
  );
  if (tables.length === 0 && !create) throw emptyDatabase(name);
  const isOurs = ['migration', 'migration_lock'].every((each) => tables.some((table) => table.name === each));
  if (tables.length > 0 && !isOurs) throw foreignDatabase(name);
  const { rows } = isOurs
    ? await client.query<{ name: string }>('select name from migration order by name')
    : { rows: [] };
  const { pending, unknown } = compareMigrations(
    rows.map((row) => row.name),
    words,
  );
  if (unknown.length === 0) return pending.length;
  throw new CorpusError(
    'E_CORPUS_NEWER',
    {
      en: `${name} was written by a newer version of xianjian (its step ${unknown.at(-1)} is unknown here)`,
      zh: `${name} 由更新版本的县鉴写成（不认得其中的步骤 ${unknown.at(-1)}）`,
    },
    {
      en: 'Install that version, or name another database with --db; this one was left as it is.',
      zh: '请安装那个版本，或用 --db 另指数据库；这个未作改动。',
    },
  );
}

const foreignDatabase = (name: string) =>
  new CorpusError(
    'E_CORPUS_FOREIGN',
    {
      en: `${name} holds tables of another program, no corpus of xianjian`,
      zh: `${name} 里是别的程序的表，不是县鉴的语料库`,
    },
    {
      en: 'Make a database of its own with `createdb`, and name that one with --db; this one was left as it is.',
      zh: '请用 createdb 另建一个数据库，并用 --db 指定；这个未作改动。',
    },
  );

/** A value as PostgreSQL can keep it. Halves of surrogate pairs become U+FFFD, as in SQLite. */
function keepable(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = (value as string & { toWellFormed(): string }).toWellFormed();
  return text.includes('\0') || text.includes(standsForNul)
    ? text.replaceAll(standsForNul, '\ufffd').replaceAll('\0', standsForNul)
    : text;
}

/** Columns of text that kysely makes are ordered by their bytes, as in SQLite, whatever language the server speaks. */
class Compiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node);
    const parent = this.parentNode as ColumnDefinitionNode | undefined;
    if (parent?.kind === 'ColumnDefinitionNode' && node.dataType === 'text') this.append(' collate "C"');
  }
}

class Dialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new Compiler();
  }
}

/** Kysely on one connection, which it neither takes nor gives back. */
function kyselyOn(client: pg.PoolClient): Kysely<Database> {
  const connection = {
    query: (sql: string, parameters: readonly unknown[]) => client.query(sql, parameters.map(keepable)),
    release: () => {},
  };
  const pool = { connect: async () => connection, end: async () => {} };
  return new Kysely<Database>({
    dialect: new Dialect({ pool: pool as never }),
    // SQLite takes an empty list; PostgreSQL does not.
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
}

/** What a connection is used with, made once for each. */
interface Connection {
  db: Kysely<Database>;
  statements: Statements;
}

/** A statement with numbered places for values, under a name by which a connection knows it. */
interface Named {
  name: string;
  text: string;
}

/** How a transaction begins: what it may do, and beside whom. */
interface Beginning {
  sql: string;
  writes: boolean;
}

class PostgresStore implements Store {
  readonly address: string;
  readonly pairs = words.pairs;
  readonly copying = copying;
  readonly #pool: pg.Pool;
  readonly #patienceMs: number;
  readonly #readOnly: boolean;
  readonly #connections = new WeakMap<pg.PoolClient, Connection>();
  readonly #named = new Map<string, Named>();
  #closed = false;
  /** The server was waited for in vain: until it answers, it is asked once and not waited for again. */
  #isAway = false;

  constructor(address: string, pool: pg.Pool, options: PostgresOptions) {
    this.address = address;
    this.#pool = pool;
    this.#patienceMs = options.patienceMs ?? usualPatienceMs;
    this.#readOnly = options.readOnly === true;
  }

  read<T>(work: Work<T>): Promise<T> {
    return this.#transact({ sql: 'begin isolation level repeatable read read only', writes: false }, work);
  }

  write<T>(work: Work<T>): Promise<T> {
    return this.#transact(this.#beginning(''), work);
  }

  writeBeside<T>(work: Work<T>): Promise<T> {
    return this.#transact(this.#beginning('_shared'), work);
  }

  /** The lock parts transactions that must be alone from all others. */
  #beginning(shared: '' | '_shared'): Beginning {
    if (this.#readOnly) return { sql: 'begin read only', writes: false };
    return {
      sql: `begin; select pg_advisory_xact_lock${shared}(${ourLock}); select pg_current_xact_id()::text as id`,
      writes: true,
    };
  }

  /** Runs a transaction, again where it met others or where the server was gone and came back in time. */
  async #transact<T>(beginning: Beginning, work: Work<T>): Promise<T> {
    const deadline = Date.now() + (this.#isAway ? 0 : this.#patienceMs);
    let deadlocks = 0;
    for (const pause of pausesFor()) {
      try {
        const result = await this.#once(beginning, work, deadline);
        this.#isAway = false;
        return result;
      } catch (error) {
        const again = mustRunAgain(error) ? ++deadlocks <= mostDeadlocks : isLost(error) && Date.now() < deadline;
        if (!again) this.#isAway = isLost(error);
        if (!again || this.#closed) throw meaning(error, this.address);
      }
      await pause();
    }
    throw new Error('there is always another pause');
  }

  async #once<T>(beginning: Beginning, work: Work<T>, deadline: number): Promise<T> {
    const client = await this.#pool.connect();
    let transaction: string | null = null;
    let committing = false;
    let result: T;
    try {
      const begun = (await client.query(beginning.sql)) as unknown;
      if (beginning.writes) transaction = (begun as pg.QueryResult<{ id: string }>[])[2]!.rows[0]!.id;
      const { db, statements } = this.#connection(client);
      result = await work(db, statements);
      committing = true;
      await client.query('commit');
    } catch (error) {
      if (isLost(error)) {
        client.release(true);
        if (committing && transaction !== null && (await this.#wasCommitted(transaction, deadline))) return result!;
      } else await giveBack(client);
      throw error;
    }
    client.release();
    return result;
  }

  /** Whether a transaction whose connection broke while it was committed is there: so that nothing is done twice. */
  async #wasCommitted(transaction: string, deadline: number): Promise<boolean> {
    for (const pause of pausesFor()) {
      try {
        const sql = 'select pg_xact_status($1::xid8) as status';
        const { rows } = await this.#pool.query<{ status: string | null }>(sql, [transaction]);
        const status = rows[0]?.status;
        if (status !== 'in progress') return status === 'committed';
      } catch (error) {
        if (!isLost(error) || this.#closed || Date.now() >= deadline) throw error;
      }
      await pause();
    }
    return false;
  }

  #connection(client: pg.PoolClient): Connection {
    const known = this.#connections.get(client);
    if (known) return known;
    const run = (sql: string, values: Value[]) =>
      client.query({ ...this.#numbered(sql), values: values.map(keepable) as Value[] });
    const connection: Connection = {
      db: kyselyOn(client),
      statements: {
        get: async <Row>(sql: string, ...values: Value[]) => (await run(sql, values)).rows[0] as Row | undefined,
        all: async <Row>(sql: string, ...values: Value[]) => (await run(sql, values)).rows as Row[],
        run: async (sql: string, ...values: Value[]) => (await run(sql, values)).rowCount ?? 0,
        hold: async (name: string) => {
          await run('select pg_advisory_xact_lock(hashtextextended(?, 0))', [name]);
        },
        taking: (table: string) => `for update of ${table} skip locked`,
      },
    };
    this.#connections.set(client, connection);
    return connection;
  }

  /** Statements of ours hold no question mark but those for values. */
  #numbered(sql: string): Named {
    const known = this.#named.get(sql);
    if (known) return known;
    let place = 0;
    const named = { name: `s${this.#named.size}`, text: sql.replace(/\?/g, () => `$${++place}`) };
    this.#named.set(sql, named);
    return named;
  }

  async query(sql: string, limit: number) {
    try {
      return await querySql(this.#pool, sql, limit);
    } catch (error) {
      throw meaning(error, this.address);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }
}

/** Undoes what is left of a transaction; a connection that cannot is thrown away. */
async function giveBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('rollback');
    client.release();
  } catch {
    client.release(true);
  }
}
