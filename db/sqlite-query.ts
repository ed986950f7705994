// Statements of users on a SQLite corpus, on a connection that was opened for reading only. What could reach outside the file or
// change the connection is refused before it runs.
import type Sqlite from 'better-sqlite3';
import { UsageError } from '../src/model/errors.js';
import type { QueryResult } from './store.js';

/** Pragmas that only tell of tables. */
const tellingPragmas =
  /^pragma\s+(?:table_list|table_info|table_xinfo|index_list|index_info|index_xinfo|foreign_key_list)\b[^=;]*;?\s*$/i;

/**
 * Runs one reading statement and gives at most `limit` rows, as arrays.
 * @throws UsageError where the statement would write, is none, or is wrong.
 */
export function querySqlite(connection: Sqlite.Database, sql: string, limit: number): QueryResult {
  try {
    return rowsOf(prepareReader(connection, sql), limit);
  } catch (error) {
    if (!(error instanceof Error) || !isFaultOfStatement(error)) throw error;
    throw new UsageError(
      'E_SQL',
      { en: `the statement cannot be run: ${error.message}`, zh: `语句无法执行：${error.message}` },
      {
        en: 'The tables with their columns: `xianjian sql "select name, sql from sqlite_schema"`.',
        zh: '表和字段可用 xianjian sql "select name, sql from sqlite_schema" 查看。',
      },
      { cause: error },
    );
  }
}

/** better-sqlite3 throws a RangeError where there is not exactly one statement. */
const isFaultOfStatement = (error: Error): boolean =>
  error instanceof RangeError || ('code' in error && error.code === 'SQLITE_ERROR');

function rowsOf(statement: Sqlite.Statement, limit: number): QueryResult {
  const rows: unknown[][] = [];
  let more = false;
  for (const row of statement.raw().iterate() as IterableIterator<unknown[]>) {
    if (rows.length >= limit) {
      more = true;
      break;
    }
    rows.push(row);
  }
  return { columns: statement.columns().map((column) => column.name), rows, more };
}

function prepareReader(connection: Sqlite.Database, sql: string): Sqlite.Statement {
  const start = withoutLeadingComments(sql);
  if (!/^(?:select|with|values|explain)\b/i.test(start) && !tellingPragmas.test(start)) throw wouldWrite(start);
  const statement = connection.prepare(sql);
  if (!statement.reader || !statement.readonly) throw wouldWrite(start);
  return statement;
}

function withoutLeadingComments(sql: string): string {
  return sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/, '');
}

const wouldWrite = (sql: string) =>
  new UsageError(
    'E_SQL_WRITES',
    {
      en: `only statements that read can be run here, not "${sql.slice(0, 40)}${sql.length > 40 ? '…' : ''}"`,
      zh: `这里只能执行读取的语句，不能执行“${sql.slice(0, 40)}${sql.length > 40 ? '…' : ''}”`,
    },
    { en: 'Begin with SELECT or WITH.', zh: '请以 SELECT 或 WITH 开头。' },
  );
