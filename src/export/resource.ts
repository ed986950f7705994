// A table described as Frictionless Data has it (version 2, https://datapackage.org): columns with types, bound words as categories, the
// reasons for missing values with their labels, and what was asked, when, by which version.
import type { WrittenFile } from './file.js';
import type { Column, ColumnType, ExportNote, Table } from './table.js';
import { missingCategories } from './words.js';

const fieldTypes: Record<ColumnType, string> = {
  text: 'string',
  code: 'string',
  link: 'string',
  // Of different precision: 2024, 2024-05, 2024-05-21.
  date: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
};

const fieldOf = ({ name, type, zh, about, categories }: Column, withReasons: boolean) => ({
  name,
  type: fieldTypes[type],
  ...(type === 'link' ? { format: 'uri' } : {}),
  title: zh,
  description: about,
  // A column of several words parted by | is no category by itself.
  ...(categories && name !== 'stage'
    ? { categories: categories.map(({ value, zh: label, en }) => ({ value, label: `${label} ${en}` })) }
    : {}),
  ...(name === 'value' && withReasons ? { missingValues: missingValues() } : {}),
});

/** The column `value` is empty where there is none, and `value_status` says why, in these words. */
const missingValues = () => [
  { value: '', label: 'no number: the reason stands in value_status' },
  ...missingCategories.map(({ value, zh, en }) => ({ value, label: `${zh} ${en}` })),
];

/** The descriptor of one file that holds a table. */
export function resourceOf(
  table: Pick<Table, 'zh' | 'about' | 'key' | 'columns'> & { name: string },
  file: { name: string; rows: number; written: WrittenFile },
  format: 'csv' | 'jsonl',
  note: ExportNote,
) {
  const hasReasons = table.columns.some(({ name }) => name === 'value_status');
  return {
    $schema: 'https://datapackage.org/profiles/2.0/dataresource.json',
    name: table.name,
    type: 'table',
    title: table.zh,
    description: `${table.about} Text that begins with = + - @ has an apostrophe before it.`,
    path: file.name,
    format,
    mediatype: format === 'csv' ? 'text/csv' : 'application/jsonl',
    encoding: 'utf-8',
    bytes: file.written.bytes,
    hash: `sha256:${file.written.sha256}`,
    schema: {
      $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
      fields: table.columns.map((column) => fieldOf(column, hasReasons)),
      ...(table.key ? { primaryKey: [table.key] } : {}),
      missingValues: [''],
    },
    rows: file.rows,
    filter: note.filter,
    exportedAt: note.exportedAt,
    createdBy: note.createdBy,
    codebook: note.codebook,
  };
}
