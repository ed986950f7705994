// Copies a corpus into another database, whichever the two are: all tables in one transaction of the target, so that it holds everything
// or nothing, and both sides are counted and hashed before it ends.
import { createHash, type Hash } from 'node:crypto';
import { CorpusError } from '../src/model/errors.js';
import { tables } from './schema.js';
import { indexPairs } from './search.js';
import type { Statements, Store, Value } from './store.js';

/** What a table held and holds: the same on both sides. */
export interface CopiedTable {
  table: string;
  rows: number;
  /** SHA-256 over all rows in the order of their keys, in hex. */
  sha256: string;
}

/** Values in one statement: SQLite takes 32,766, PostgreSQL 65,535. */
const mostValues = 20_000;
const mostRows = 500;
/** Of tables whose rows may be megabytes. */
const mostBigRows = 20;
const bigTables = new Set(['body', 'document']);
/** The target has its own. */
const ownTables = new Set(['migration', 'migration_lock']);

type Row = Record<string, Value>;

interface Table {
  name: string;
  columns: string[];
  key: string[];
}

/**
 * Copies all of `from` into `to`.
 * @param onRows is told how far it has come, table by table, while rows are copied and again while they are verified
 * @throws CorpusError where the target holds anything, or where what it then holds is not the same; it is left as it was
 */
export function copyCorpus(
  from: Store,
  to: Store,
  onRows: (stage: 'copied' | 'verified', table: string, rows: number) => void,
): Promise<CopiedTable[]> {
  return to.write((target, into) =>
    from.read(async (_, source) => {
      const all = await tablesOf(from, source);
      await checkEmpty(all, into, to.address);
      const tighten = await to.copying.loosen(into);
      const copied: CopiedTable[] = [];
      for (const table of all) {
        const hash = createHash('sha256');
        let rows = 0;
        for await (const page of pagesOf(source, table)) {
          await insert(into, table, page);
          if (table.name === 'document') for (const row of page) await indexPairs(target, to.pairs, textsOf(row), true);
          digest(hash, table, page);
          rows += page.length;
          onRows('copied', table.name, rows);
        }
        copied.push({ table: table.name, rows, sha256: hash.digest('hex') });
      }
      await tighten();
      for (const [index, table] of all.entries()) await verify(into, table, copied[index]!, to.address, onRows);
      return copied;
    }),
  );
}

async function tablesOf(store: Store, statements: Statements): Promise<Table[]> {
  const found: Table[] = [];
  for (const [name, { columns }] of Object.entries(tables)) {
    if (ownTables.has(name)) continue;
    found.push({ name, columns: Object.keys(columns), key: await store.copying.keyOf(statements, name) });
  }
  return found;
}

async function checkEmpty(all: readonly Table[], into: Statements, address: string): Promise<void> {
  for (const { name } of all) {
    if ((await into.get(`select 1 from ${quoted(name)} limit 1`)) === undefined) continue;
    throw new CorpusError(
      'E_COPY_NOT_EMPTY',
      {
        en: `${address} holds a corpus already (its table ${name} has rows)`,
        zh: `${address} 里已有语料库（表 ${name} 不是空的）`,
      },
      {
        en: 'Name an empty database or a new file with --to; this one was left as it is.',
        zh: '请用 --to 指定空的数据库或新文件；原有的未作改动。',
      },
    );
  }
}

const quoted = (name: string): string => `"${name}"`;
const list = (names: readonly string[]): string => names.map(quoted).join(', ');

/** All rows in the order of their keys, some at a time. */
async function* pagesOf(statements: Statements, { name, columns, key }: Table): AsyncGenerator<Row[]> {
  const limit = bigTables.has(name) ? mostBigRows : Math.min(mostRows, Math.floor(mostValues / columns.length));
  const ordered = `order by ${list(key)} limit ${limit}`;
  const first = `select ${list(columns)} from ${quoted(name)} ${ordered}`;
  const places = key.map(() => '?').join(', ');
  const later = `select ${list(columns)} from ${quoted(name)} where (${list(key)}) > (${places}) ${ordered}`;
  let rows = await statements.all<Row>(first);
  while (rows.length > 0) {
    yield rows;
    if (rows.length < limit) return;
    const last = rows.at(-1)!;
    rows = await statements.all<Row>(later, ...key.map((column) => last[column]!));
  }
}

async function insert(statements: Statements, { name, columns }: Table, rows: readonly Row[]): Promise<void> {
  const places = `(${columns.map(() => '?').join(', ')})`;
  await statements.run(
    `insert into ${quoted(name)} (${list(columns)}) values ${rows.map(() => places).join(', ')}`,
    ...rows.flatMap((row) => columns.map((column) => row[column]!)),
  );
}

const textsOf = (row: Row) => ({ id: Number(row.id), title: row.title as string | null, text: String(row.text) });

function digest(hash: Hash, { columns }: Table, rows: readonly Row[]): void {
  for (const row of rows) {
    for (const column of columns) {
      const value = row[column]!;
      if (value instanceof Uint8Array) hash.update(`bytes ${value.byteLength} `).update(value);
      else hash.update(JSON.stringify(value));
      hash.update('\n');
    }
  }
}

async function verify(
  into: Statements,
  table: Table,
  copied: CopiedTable,
  address: string,
  onRows: (stage: 'verified', table: string, rows: number) => void,
): Promise<void> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const page of pagesOf(into, table)) {
    digest(hash, table, page);
    rows += page.length;
    onRows('verified', table.name, rows);
  }
  if (rows === copied.rows && hash.digest('hex') === copied.sha256) return;
  throw new CorpusError(
    'E_COPY_DIFFERS',
    {
      en: `the table ${table.name} came to ${address} otherwise than it was: ${copied.rows} rows were copied, ${rows} are there`,
      zh: `表 ${table.name} 复制到 ${address} 后与原来不同：复制了 ${copied.rows} 行，那里有 ${rows} 行`,
    },
    {
      en: 'Nothing was kept of the copy. Try again; where it happens again, please report it with the versions of both databases.',
      zh: '副本已全部撤销。请再试一次；若再出现，请连同两边数据库的版本一并报告。',
    },
  );
}
