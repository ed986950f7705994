// Statements of users on a corpus in PostgreSQL: in a transaction that only reads, through a cursor, so that no more rows are made than
// are shown. What a statement may reach beyond the corpus is for the rights of its user.
import type pg from 'pg';
import { UsageError } from '../src/model/errors.js';
import type { QueryResult } from './store.js';

/** Classes of errors that are the statement's own: syntax and names, data, limits, cardinality, writing in a reading transaction. */
const faults = /^(?:42|22|21|25006|0A|23|26|34|54)/;

/** Types for kysely know nothing of this option: one statement at most is taken (https://node-postgres.com/apis/client). */
type OneStatement = pg.QueryArrayConfig & { queryMode: 'extended' };

/**
 * Runs one reading statement and gives at most `limit` rows, as arrays.
 * @throws UsageError where the statement would write, is none, or is wrong.
 */
export async function querySql(pool: pg.Pool, sql: string, limit: number): Promise<QueryResult> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query('begin isolation level repeatable read read only');
    const result = await rowsOf(client, sql.replace(/;\s*$/, ''), limit);
    await client.query('rollback');
    broken = false;
    return result;
  } catch (error) {
    broken = !(await client.query('rollback').then(
      () => true,
      () => false,
    ));
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!faults.test(code)) throw error;
    throw code === '25006' ? wouldWrite(sql, error) : wrong(error as Error);
  } finally {
    client.release(broken);
  }
}

async function rowsOf(client: pg.PoolClient, sql: string, limit: number): Promise<QueryResult> {
  const start = sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/, '');
  const ask = (text: string) => {
    const query: OneStatement = { text, rowMode: 'array', queryMode: 'extended' };
    return client.query<unknown[]>(query);
  };
  let result: pg.QueryArrayResult<unknown[]>;
  if (/^(?:explain|show)\b/i.test(start)) result = await ask(sql);
  else if (/^(?:select|with|values|table)\b/i.test(start)) {
    await ask(`declare shown no scroll cursor for ${sql}`);
    result = await ask(`fetch ${limit + 1} from shown`);
  } else throw wouldWrite(start);
  return {
    columns: result.fields.map((field) => field.name),
    rows: result.rows.slice(0, limit),
    more: result.rows.length > limit,
  };
}

const wrong = (cause: Error) =>
  new UsageError(
    'E_SQL',
    { en: `the statement cannot be run: ${cause.message}`, zh: `语句无法执行：${cause.message}` },
    {
      en: 'The tables with their columns: `xianjian sql "select table_name, column_name from information_schema.columns where table_schema = current_schema()"`.',
      zh: '表和字段可用 xianjian sql "select table_name, column_name from information_schema.columns where table_schema = current_schema()" 查看。',
    },
    { cause },
  );

const wouldWrite = (sql: string, cause?: unknown) =>
  new UsageError(
    'E_SQL_WRITES',
    {
      en: `only statements that read can be run here, not "${sql.slice(0, 40)}${sql.length > 40 ? '…' : ''}"`,
      zh: `这里只能执行读取的语句，不能执行“${sql.slice(0, 40)}${sql.length > 40 ? '…' : ''}”`,
    },
    { en: 'Begin with SELECT or WITH.', zh: '请以 SELECT 或 WITH 开头。' },
    { cause },
  );
