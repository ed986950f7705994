// One address, five formats: which one is wanted, and a table written in it. Files are made whole before the first byte is sent, so that a
// fault is a failure and never half a file.
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { parseAccept } from 'hono/utils/accept';
import { getPath } from 'hono/utils/url';
import { writeFileWhole } from '../../export/file.js';
import { noteOf, writeTable } from '../../export/index.js';
import type { Table, Value } from '../../export/table.js';
import type { Headers } from '../../export/xlsx.js';
import { exitCodes, UsageError, XianjianError } from '../../model/errors.js';
import type { WebContext } from '../context.js';
import { type ApiFormat, apiFormats } from './parameters.js';

/** Where all paths of the API begin. */
export const apiBase = '/api/v1';

const ending = new RegExp(`\\.(${apiFormats.join('|')})$`);

/** The path by which a request is routed: in the API without the ending that names a format. */
export function pathWithoutFormat(request: Request): string {
  const path = getPath(request);
  return path.startsWith(`${apiBase}/`) ? path.replace(ending, '') : path;
}

export const mediaTypes: Record<ApiFormat, string> = {
  json: 'application/json',
  csv: 'text/csv',
  jsonl: 'application/jsonl',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
};

/** The format asked for: by the ending of the path, else by `format`, else by Accept; null where Accept names none that is known. */
export function formatAsked(c: WebContext): ApiFormat | null {
  const named = ending.exec(new URL(c.req.url).pathname)?.[1] ?? c.req.query('format');
  if (named !== undefined) return apiFormats.find((format) => format === named) ?? null;
  const accepted = c.req.header('Accept');
  if (accepted === undefined || accepted.trim() === '') return 'json';
  for (const { type, q } of parseAccept(accepted).sort((a, b) => b.q - a.q)) {
    if (q === 0) continue;
    if (type === '*/*' || type === 'application/*') return 'json';
    const format = apiFormats.find((each) => mediaTypes[each] === type || (type === 'text/*' && each === 'csv'));
    if (format) return format;
  }
  return null;
}

/** Which rows of a table are wanted. */
export interface Window {
  offset: number;
  /** Null for all. */
  limit: number | null;
}

/** The rows of a window, page by page. Stops when the reader has gone. */
export async function* rowsIn(
  pages: AsyncIterable<Value[][]>,
  { offset, limit }: Window,
  signal: AbortSignal,
): AsyncGenerator<Value[][]> {
  let passed = 0;
  const end = limit === null ? Number.POSITIVE_INFINITY : offset + limit;
  for await (const page of pages) {
    const part = page.slice(Math.max(0, offset - passed), Math.max(0, end - passed));
    passed += page.length;
    if (part.length > 0) yield part;
    if (passed >= end) return;
    // Others want to be answered meanwhile: reading SQLite leaves no pause of its own.
    await setImmediate();
    if (signal.aborted)
      throw new XianjianError(
        'E_INTERRUPTED',
        { en: 'the reader has gone', zh: '读取方已离开' },
        { en: 'Ask again.', zh: '请重新请求。' },
        {
          exitCode: exitCodes.interrupted,
        },
      );
  }
}

/** The table as a file. */
export async function fileAnswer(
  c: WebContext,
  table: Table,
  format: Exclude<ApiFormat, 'json'>,
  filter: Record<string, unknown>,
): Promise<Response> {
  const { corpus, codebook } = c.var;
  const headers = c.req.query('headers') as Headers | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-api-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const name = `${table.name}.${format}`;
  try {
    const note = noteOf(table.name, filter, codebook, corpus);
    const isForPeople = headers === 'zh' || headers === 'both';
    const options = { bom: isForPeople, ...(headers ? { headers } : {}) };
    const file = await writeFileWhole(join(folder, name), (target) =>
      writeTable(target, format, table, note, codebook, options),
    );
    c.header('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8; header=present' : mediaTypes[format]);
    c.header('Content-Length', String(file.bytes));
    c.header('Content-Disposition', `attachment; filename="${name}"`);
    c.header('X-Rows', String(file.result));
    if (c.req.raw.method === 'HEAD') {
      remove();
      return c.body(null);
    }
    const stream = createReadStream(file.path).on('close', remove);
    return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>);
  } catch (error) {
    remove();
    // What the words of the command line call a filter is a parameter here.
    if (error instanceof UsageError && error.code === 'E_EXPORT_ROWS')
      throw new UsageError(error.code, error.said.message, {
        en: 'Narrow the question, give limit and offset, or ask for csv or parquet.',
        zh: '请缩小范围，写 limit 和 offset，或改要 csv、parquet。',
      });
    throw error;
  }
}
