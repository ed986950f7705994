// Parquet: one row group at a time, so that memory does not grow with the file.
import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { NewFile } from './file.js';
import type { Column, ColumnType, Table, Value } from './table.js';

/** Rows of a group: some MB of text. */
const groupRows = 5_000;

const parquetTypes: Record<ColumnType, Partial<SchemaElement>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  code: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  link: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  // Dates are of different precision (2024, 2024-05), which no type of Parquet holds.
  date: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  integer: { type: 'INT32' },
  boolean: { type: 'BOOLEAN' },
};

const schemaOf = (columns: readonly Column[]): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.map(
    ({ name, type }): SchemaElement => ({ ...parquetTypes[type], name, repetition_type: 'OPTIONAL' }) as SchemaElement,
  ),
];

/**
 * Writes a table.
 * @param metadata is asked for at the end, when the number of rows is known, and stands in the footer
 * @returns the number of rows
 */
export async function writeParquet(
  file: NewFile,
  table: Table,
  metadata: (rows: number) => Record<string, string>,
): Promise<number> {
  const { columns } = table;
  const bytes = new ByteWriter();
  const flush = () => {
    file.write(new Uint8Array(bytes.buffer, 0, bytes.index));
    bytes.index = 0;
  };
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    createdBy: metadata(0).createdBy ?? '',
  });
  let rows = 0;
  let group: Value[][] = [];
  const writeGroup = async () => {
    await writer.write({ columnData: columnsOf(columns, group), rowGroupSize: groupRows });
    rows += group.length;
    group = [];
    flush();
  };
  for await (const page of table.pages) {
    for (const row of page) {
      group.push(row);
      if (group.length === groupRows) await writeGroup();
    }
  }
  if (group.length > 0) await writeGroup();
  // The footer is made by `finish`.
  writer.kvMetadata = Object.entries(metadata(rows)).map(([key, value]) => ({ key, value }));
  await writer.finish();
  flush();
  return rows;
}

const columnsOf = (columns: readonly Column[], rows: readonly Value[][]): ColumnSource[] =>
  columns.map(({ name }, index) => ({ name, data: rows.map((row) => row[index] ?? null) as ColumnSource['data'] }));
