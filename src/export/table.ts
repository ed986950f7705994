// What an exported table is: named columns with a type and words for people, and rows that come a page at a time.

/** A value of a cell. Dates are text in ISO 8601. */
export type Value = string | number | boolean | null;

/** How a column is typed in every format. `code`: text that looks like a number and must stay text. */
export type ColumnType = 'text' | 'code' | 'number' | 'integer' | 'boolean' | 'date' | 'link';

export interface Column {
  name: string;
  type: ColumnType;
  zh: string;
  /** One sentence. */
  about: string;
  /** The words that the column may hold, with labels; nothing where it is free. */
  categories?: readonly Category[];
}

export interface Category {
  value: string;
  zh: string;
  en: string;
}

/** The tables of the corpus. */
export const tableNames = ['figures', 'cells', 'practices', 'citations', 'documents'] as const;
export type TableName = (typeof tableNames)[number];

/** Their Chinese names: of sheets, and in messages. */
export const chineseTables: Record<TableName, string> = {
  figures: '数据',
  cells: '对比',
  practices: '举措',
  citations: '引用',
  documents: '来源',
};

export interface Table {
  /** One of `tableNames`, or that of a table made elsewhere. */
  name: string;
  zh: string;
  about: string;
  /** The column that tells rows apart; null where a row has no id. */
  key: string | null;
  columns: readonly Column[];
  /** Rows in the order of the columns, a page at a time. May be read once. */
  pages: AsyncIterable<Value[][]>;
}

/** What every file says of itself. */
export interface ExportNote {
  table: string;
  /** The query, as its JSON. */
  filter: Record<string, unknown>;
  /** ISO 8601 in UTC. */
  exportedAt: string;
  /** `xianjian 0.1.0`. */
  createdBy: string;
  codebook: string;
  corpus: string;
}
