// A data package (Frictionless, version 2, https://datapackage.org/standard/data-package/): every table as CSV, and one descriptor that
// says what was asked, what each column means, in which unit, and from where the documents came.
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Corpus } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import type { CompareQuery } from '../model/cell.js';
import { UsageError } from '../model/errors.js';
import { writeFileWhole } from './file.js';
import { type ExportOptions, noteOf, tableOf, writeLines } from './index.js';
import { resourceOf } from './resource.js';
import { type Column, type ExportNote, type Table, tableNames, type Value } from './table.js';

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
  options: Pick<ExportOptions, 'every' | 'signal'> = {},
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
    throw new UsageError('E_EXPORT_FILE', `there is no folder ${dirname(path)}`, 'Make it first, or name another.');
  if (!existsSync(path)) return;
  let held: number;
  try {
    held = readdirSync(path).length;
  } catch (cause) {
    throw new UsageError('E_EXPORT_FILE', `${path} is no folder`, 'Name a new folder for the package.', { cause });
  }
  if (held > 0)
    throw new UsageError('E_EXPORT_FILE', `${path} is not empty`, 'Name a new folder; this one was left as it is.');
}

async function writeResource(folder: string, table: DescribedTable, note: ExportNote): Promise<Resource> {
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

/** A table of the package: those of the corpus, and two of the codebook. */
type DescribedTable = Omit<Table, 'name'> & { name: string };

const tableOfRows = (name: string, zh: string, about: string, columns: Column[], rows: Value[][]): DescribedTable => ({
  name,
  zh,
  about,
  key: null,
  columns,
  pages: (async function* () {
    yield rows;
  })(),
});

const column = (name: string, zh: string, about: string, type: Column['type'] = 'text'): Column => ({
  name,
  zh,
  about,
  type,
});

function indicatorTable(codebook: Codebook): DescribedTable {
  const columns = [
    column('indicator', '指标代码', 'Codebook id of the indicator.'),
    column('zh', '指标', 'Chinese name.'),
    column('en', '英文名', 'English name.'),
    column('definition', '定义', 'What is measured.'),
    column('dimension', '量纲', 'What kind of quantity it is, the usual one first.'),
    column('unit', '单位', 'The unit in which its cells are compared: CNY, 1, m2, or a measure word.'),
    column('stages', '学段', 'Stages that it is reported for, parted by |.'),
  ];
  const rows = codebook.indicators.map((each): Value[] => [
    each.id,
    each.zh,
    each.en,
    each.definition,
    [each.dimension].flat().join('|'),
    each.unit,
    each.stages.join('|'),
  ]);
  const about = `The dictionary of indicators of the codebook ${codebook.id}.`;
  return { ...tableOfRows('indicators', '指标字典', about, columns, rows), key: 'indicator' };
}

function standardTable(codebook: Codebook): DescribedTable {
  const columns = [
    column('indicator', '指标代码', 'Codebook id of the indicator.'),
    column('stage', '学段', 'Stage that it holds for.'),
    column('operator', '关系', 'How a value must stand to the threshold.'),
    column('value', '门槛', 'The threshold in the unit.', 'number'),
    column('unit', '单位', 'Unit of the threshold.'),
    column('applies_to', '对象', 'school: the threshold is one for each school, and no verdict on a county mean.'),
    column('document', '文件', 'Title of the document that sets it.'),
    column('number', '文号', 'Number of that document.'),
    column('from', '起', 'In force from.', 'date'),
    column('to', '止', 'In force to; empty while it is.', 'date'),
    column('certainty', '核实', 'read: in two agreeing copies; weak: in one; memory: not read.'),
  ];
  const rows = codebook.standards.map((each): Value[] => [
    each.indicator,
    each.stage,
    each.operator,
    each.value,
    each.unit,
    each.appliesTo,
    each.document,
    each.number,
    String(each.from),
    each.to === undefined ? null : String(each.to),
    each.certainty,
  ]);
  return tableOfRows('standards', '国家标准', 'Official standards of the codebook.', columns, rows);
}
