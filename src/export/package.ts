// A data package (Frictionless, version 2, https://datapackage.org/standard/data-package/): every table as CSV, and one descriptor that
// says what was asked, what each column means, in which unit, and from where the documents came.
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Corpus } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import type { CompareQuery } from '../model/cell.js';
import { UsageError } from '../model/errors.js';
import { indicatorTable, standardTable } from './codebook.js';
import { writeFileWhole } from './file.js';
import { type ExportOptions, noteOf, tableOf, writeLines } from './index.js';
import { resourceOf } from './resource.js';
import { type ExportNote, type Table, tableNames } from './table.js';

/** What a package holds. */
export interface PackageReport {
  path: string;
  /** Rows by table; tables without rows are left out. */
  rows: Record<string, number>;
}

type Resource = ReturnType<typeof resourceOf>;

/**
 * Writes a data package into a new or empty folder. The folder takes its name when all files in it are whole.
 * @param query as for `compare`
 * @throws UsageError where the folder holds something, or for what `compare` throws it
 */
export async function exportPackage(
  corpus: Corpus,
  query: CompareQuery,
  codebook: Codebook,
  folder: string,
  options: Pick<ExportOptions, 'every' | 'redact' | 'signal'> = {},
): Promise<PackageReport> {
  const path = resolve(folder);
  checkFolder(path);
  const partial = join(dirname(path), `.${basename(path).slice(0, 40)}.${process.pid}.partial`);
  mkdirSync(partial);
  try {
    const origins = new Set<string>();
    const resources: Resource[] = [];
    for (const name of tableNames) {
      const table = await tableOf(corpus, query, codebook, { ...options, table: name });
      if (!table) continue;
      const watched = name === 'documents' ? withOrigins(table, origins) : table;
      resources.push(await writeResource(partial, watched, noteOf(name, query, codebook, corpus)));
    }
    const note = noteOf('figures', query, codebook, corpus);
    for (const table of [indicatorTable(codebook), standardTable(codebook)])
      resources.push(await writeResource(partial, table, note));
    const descriptor = descriptorOf(resources, [...origins].sort(), note);
    await writeFileWhole(join(partial, 'datapackage.json'), async (file) =>
      file.write(`${JSON.stringify(descriptor, null, 2)}\n`),
    );
    if (existsSync(path)) rmdirSync(path);
    renameSync(partial, path);
    return { path, rows: Object.fromEntries(resources.map(({ name, rows }) => [name, rows])) };
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

function checkFolder(path: string): void {
  if (!existsSync(dirname(path)))
    throw new UsageError(
      'E_EXPORT_FILE',
      { en: `there is no folder ${dirname(path)}`, zh: `没有文件夹 ${dirname(path)}` },
      { en: 'Make it first, or name another.', zh: '请先建立它，或换一个。' },
    );
  if (!existsSync(path)) return;
  let held: number;
  try {
    held = readdirSync(path).length;
  } catch (cause) {
    throw new UsageError(
      'E_EXPORT_FILE',
      { en: `${path} is no folder`, zh: `${path} 不是文件夹` },
      { en: 'Name a new folder for the package.', zh: '请为数据包另写一个新文件夹。' },
      { cause },
    );
  }
  if (held > 0)
    throw new UsageError(
      'E_EXPORT_FILE',
      { en: `${path} is not empty`, zh: `${path} 不是空的` },
      { en: 'Name a new folder; this one was left as it is.', zh: '请写一个新文件夹；原有的未作改动。' },
    );
}

async function writeResource(folder: string, table: Table, note: ExportNote): Promise<Resource> {
  const name = `${table.name}.csv`;
  const { result: rows, ...written } = await writeFileWhole(join(folder, name), (file) =>
    writeLines(table, 'csv', {}, (text) => file.write(text)),
  );
  return resourceOf(table, { name, rows, written }, 'csv', note);
}

/** Notes the sites that documents came from, while they pass. */
function withOrigins(table: Table, origins: Set<string>): Table {
  const url = table.columns.findIndex(({ name }) => name === 'url');
  async function* pages() {
    for await (const page of table.pages) {
      for (const row of page) if (/^https?:/i.test(String(row[url]))) origins.add(new URL(String(row[url])).origin);
      yield page;
    }
  }
  return { ...table, pages: pages() };
}

const descriptorOf = (resources: Resource[], origins: readonly string[], note: ExportNote) => ({
  $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
  name: 'xianjian',
  title: '县鉴: what counties report',
  description:
    'Figures and practices that county governments and education bureaus published, each with its sentence. A missing value has a reason and says only what was read.',
  version: note.exportedAt.slice(0, 10),
  created: note.exportedAt,
  keywords: ['education', 'policy', 'county', 'China'],
  createdBy: note.createdBy,
  codebook: note.codebook,
  filter: note.filter,
  rows: Object.fromEntries(resources.map(({ name, rows }) => [name, rows])),
  sources: origins.map((path) => ({ title: new URL(path).host, path })),
  resources,
});
