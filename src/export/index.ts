// Exports: the tables of a corpus as files that say what they hold. The same query as the comparison chooses the rows.
import { basename, extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Corpus } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import type { CompareQuery } from '../model/cell.js';
import { exitCodes, UsageError, XianjianError } from '../model/errors.js';
import { packageVersion } from '../model/package-root.js';
import { cellColumns, cellTable } from './cells.js';
import { byteOrderMark, csvLine, jsonLine } from './csv.js';
import { figureColumns, figureTable } from './figures.js';
import { type NewFile, type WrittenFile, writeFileWhole } from './file.js';
import { writeParquet } from './parquet.js';
import {
  citationColumns,
  citationTable,
  documentColumns,
  documentTable,
  practiceColumns,
  practiceTable,
} from './records.js';
import { redactedTable } from './redact.js';
import { resourceOf } from './resource.js';
import type { Column, ExportNote, Table, TableName } from './table.js';
import { columnsNamed } from './words.js';
import { type Headers, headOf, writeXlsx } from './xlsx.js';

export const exportFormats = ['csv', 'jsonl', 'xlsx', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  /** Default figures. */
  table?: TableName;
  /** Figures that fit no indicator or no county too. Default false. */
  every?: boolean;
  /** Default zh in a workbook, en in every other format. */
  headers?: Headers;
  /** A byte order mark at the head of a CSV file, for Excel and WPS. Default true. */
  bom?: boolean;
  /** Texts without telephone numbers and names of persons, as far as they are known for such. Default false. */
  redact?: boolean;
  signal?: AbortSignal;
}

export interface ExportReport {
  table: TableName;
  rows: number;
  /** What was written; nothing where no row fits. */
  files: WrittenFile[];
}

/**
 * Writes one table to a file whose ending names the format. No row, no file.
 * CSV and JSON Lines get a second file beside them, `FILE.dataresource.json`, which says filter, date, version and number of rows.
 * @param query as for `compare`
 * @throws UsageError for an ending, county, indicator or period that is unknown; XianjianError where the file cannot be written
 */
export async function exportTable(
  corpus: Corpus,
  query: CompareQuery,
  codebook: Codebook,
  path: string,
  options: ExportOptions = {},
): Promise<ExportReport> {
  const format = formatOf(path);
  const table = await tableOf(corpus, query, codebook, options);
  const report = { table: options.table ?? ('figures' as const) };
  if (!table) return { ...report, rows: 0, files: [] };
  const note = noteOf(table.name, query, codebook, corpus);
  const file = await writeFileWhole(path, (target) => writeTable(target, format, table, note, codebook, options));
  const { result: rows, ...written } = file;
  if (format !== 'csv' && format !== 'jsonl') return { ...report, rows, files: [written] };
  const resource = resourceOf(table, { name: basename(path), rows, written }, format, note);
  const beside = await writeFileWhole(`${path}.dataresource.json`, async (target) =>
    target.write(`${JSON.stringify(resource, null, 2)}\n`),
  );
  return { ...report, rows, files: [written, beside] };
}

/** The format that a file's ending names. @throws UsageError for any other. */
function formatOf(path: string): ExportFormat {
  const ending = extname(path).slice(1).toLowerCase();
  const format = exportFormats.find((each) => each === ending);
  if (format) return format;
  throw new UsageError(
    'E_EXPORT_FORMAT',
    { en: `the ending of ${path} names no format`, zh: `从 ${path} 的后缀看不出格式` },
    {
      en: `Write one of ${exportFormats.map((each) => `.${each}`).join(', ')}.`,
      zh: `后缀请用 ${exportFormats.map((each) => `.${each}`).join('、')} 之一。`,
    },
  );
}

/** The columns of each table of the corpus. */
export const tableColumns: Record<TableName, readonly Column[]> = {
  figures: figureColumns,
  cells: columnsNamed(cellColumns),
  practices: practiceColumns,
  citations: citationColumns,
  documents: documentColumns,
};

/** A table of the corpus; whether it has rows shows when they are read. */
export const corpusTable = (
  corpus: Corpus,
  query: CompareQuery,
  codebook: Codebook,
  { table = 'figures', every = false }: Pick<ExportOptions, 'table' | 'every'>,
): Table =>
  ({
    figures: () => figureTable(corpus, query, codebook, { every }),
    cells: () => cellTable(corpus, query, codebook),
    practices: () => practiceTable(corpus, query, codebook),
    citations: () => citationTable(corpus, query),
    documents: () => documentTable(corpus, query),
  })[table]();

/** The table with its rows ready to be read; null where there is none. */
export async function tableOf(
  corpus: Corpus,
  query: CompareQuery,
  codebook: Codebook,
  options: ExportOptions,
): Promise<Table | null> {
  const whole = corpusTable(corpus, query, codebook, options);
  const made = options.redact ? redactedTable(whole) : whole;
  const { signal } = options;
  const pages = made.pages[Symbol.asyncIterator]();
  let first = await pages.next();
  while (!first.done && first.value.length === 0) first = await pages.next();
  if (first.done) return null;
  const { value } = first;
  async function* all() {
    yield value;
    for (;;) {
      // Lets Ctrl-C be heard: reading SQLite leaves no pause of its own.
      await setImmediate();
      if (signal?.aborted)
        throw new XianjianError(
          'E_INTERRUPTED',
          { en: 'the export was stopped', zh: '导出已中断' },
          { en: 'No file was left; run it again.', zh: '没有留下文件，请重新导出。' },
          {
            exitCode: exitCodes.interrupted,
          },
        );
      const next = await pages.next();
      if (next.done) return;
      yield next.value;
    }
  }
  return { ...made, pages: all() };
}

/** What a file says of itself. */
export const noteOf = (table: string, query: object, codebook: Codebook, corpus: Corpus): ExportNote => ({
  table,
  filter: { ...query },
  exportedAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  createdBy: `xianjian ${packageVersion}`,
  codebook: codebook.id,
  corpus: basename(corpus.address),
});

/** Writes a table to an open file. Returns the number of rows. */
export async function writeTable(
  file: NewFile,
  format: ExportFormat,
  table: Table,
  note: ExportNote,
  codebook: Codebook,
  options: Pick<ExportOptions, 'headers' | 'bom'>,
): Promise<number> {
  const { filter, ...rest } = note;
  if (format === 'parquet')
    return writeParquet(file, table, (rows) => ({ ...rest, filter: JSON.stringify(filter), rows: String(rows) }));
  if (format === 'xlsx') return writeXlsx(file, table, note, codebook, options.headers ?? 'zh');
  return writeLines(table, format, { ...options, bom: options.bom ?? true }, (text) => file.write(text));
}

/** A table as CSV or JSON Lines, a page at a time. Returns the number of rows. */
export async function writeLines(
  table: Pick<Table, 'columns' | 'pages'>,
  format: 'csv' | 'jsonl',
  { bom = false, headers = 'en' }: ExportOptions,
  write: (text: string) => void,
): Promise<number> {
  const line = format === 'csv' ? csvLine : jsonLine.bind(null, table.columns);
  if (format === 'csv')
    write((bom ? byteOrderMark : '') + csvLine(table.columns.map((column) => headOf(column, headers))));
  let rows = 0;
  for await (const page of table.pages) {
    if (page.length > 0) write(page.map(line).join(''));
    rows += page.length;
  }
  return rows;
}
