// Statements of readers on a SQLite corpus: in a process of its own that opens the file for reading only and is killed when its time is
// over. A thread would not do: it cannot be stopped while SQLite counts.
import { execFile } from 'node:child_process';
import PQueue from 'p-queue';
import { UsageError } from '../../model/errors.js';
import { alike } from '../../model/language.js';

/** Milliseconds from its beginning, rows and letters of one statement, letters of one value, and bytes that SQLite may hold. */
export const sqlLimits = { milliseconds: 3000, rows: 500, statement: 10_000, value: 400, memory: 200_000_000 };
/** Milliseconds in which the process must have begun and ended, also on a machine that is busy with other things. */
const longestProcessMs = 60_000;
/** Statements that run side by side; others wait for their turn. */
const turns = new PQueue({ concurrency: 3 });
/** Waiting statements at most. */
const mostWaiting = 20;

export interface SqlAnswer {
  columns: string[];
  rows: (string | number | null)[][];
  /** There are more rows than the limit. */
  more: boolean;
}

/** What the process runs. It needs no file of its own, only better-sqlite3, found from here. */
const program = `
const { writeSync } = require('node:fs');
const { createRequire } = require('node:module');
const { base, file, sql, limits } = JSON.parse(process.argv[1]);
const Sqlite = createRequire(base)('better-sqlite3');
const short = (value) => {
  if (value === null || typeof value === 'number') return value;
  if (Buffer.isBuffer(value)) return value.length + ' bytes';
  const text = String(value);
  return text.length > limits.value ? text.slice(0, limits.value) + '…' : text;
};
const tell = (told) => process.stdout.write(JSON.stringify(told));
try {
  const handle = new Sqlite(file, { readonly: true, fileMustExist: true });
  for (const setting of ['hard_heap_limit = ' + limits.memory, 'temp_store = memory', 'query_only = on', 'trusted_schema = off'])
    handle.pragma(setting);
  // From here on its time counts.
  writeSync(1, '\\n');
  const statement = handle.prepare(sql);
  if (!statement.reader || !statement.readonly) throw new Error('only statements that read can be run here');
  const rows = [];
  let more = false;
  for (const row of statement.raw().iterate()) {
    if (rows.length >= limits.rows) { more = true; break; }
    rows.push(row.map(short));
  }
  tell({ answer: { columns: statement.columns().map(({ name }) => name), rows, more } });
} catch (error) {
  tell({ fault: error.message });
}`;

/**
 * Runs one reading statement.
 * @param file the SQLite file
 * @returns its rows, or null where its time was over
 * @throws UsageError where it would write, reaches outside the file, or is wrong
 */
export async function runSql(file: string, sql: string): Promise<SqlAnswer | null> {
  if (!/^\s*(?:select|with|values|explain)\b/i.test(sql) || /\b(?:load_extension|pragma_\w+|attach)\b/i.test(sql))
    throw new UsageError(
      'E_SQL_WRITES',
      { en: 'only statements that read tables can be run here', zh: '这里只能执行读表的语句' },
      { en: 'Begin with SELECT or WITH.', zh: '请以 SELECT 或 WITH 开头。' },
    );
  if (sql.length > sqlLimits.statement)
    throw new UsageError(
      'E_SQL',
      {
        en: `the statement is longer than ${sqlLimits.statement} letters`,
        zh: `语句超过 ${sqlLimits.statement} 个字符`,
      },
      { en: 'Shorten it.', zh: '请缩短。' },
    );
  if (turns.size >= mostWaiting)
    throw new UsageError(
      'E_SQL',
      { en: 'too many statements wait already', zh: '排队的语句太多' },
      { en: 'Try again in some seconds.', zh: '请过几秒再试。' },
    );
  return turns.add(() => inProcess(file, sql));
}

/** A process for one statement, which opens the file for reading, holds little memory and is killed when its time is over. */
function inProcess(file: string, sql: string): Promise<SqlAnswer | null> {
  const task = JSON.stringify({ base: import.meta.url, file, sql, limits: sqlLimits });
  const options = { timeout: longestProcessMs, killSignal: 'SIGKILL', maxBuffer: 4_000_000, env: {} } as const;
  return new Promise((resolve, reject) => {
    const words = ['--max-old-space-size=128', '-e', program, task];
    let over: NodeJS.Timeout | undefined;
    const child = execFile(process.execPath, words, options, (error, stdout) => {
      clearTimeout(over);
      const told = parsed(stdout);
      if (told?.answer) return resolve(told.answer);
      if (!told && error?.killed && error.code === null) return resolve(null);
      const fault = told?.fault ?? 'it needs more memory or gives more text than is allowed';
      reject(
        new UsageError('E_SQL', alike(fault), {
          en: 'The tables with their columns are on the data page.',
          zh: '表和字段见“数据”页。',
        }),
      );
    });
    child.stdout!.once('data', () => {
      over = setTimeout(() => child.kill('SIGKILL'), sqlLimits.milliseconds);
    });
  });
}

function parsed(text: string): { answer?: SqlAnswer; fault?: string } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
