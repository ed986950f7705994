// Tables: the rows of a column against the row 合计, and the columns of a row against the column 合计.
import { type AuditDocument, type Finding, findingIn } from './finding.js';
import { same } from './printed.js';

/** A cell of a table as reading left it. */
export interface TableCell {
  start: number;
  end: number;
  table?: number;
  row?: number;
  column?: number;
  rowSpan?: number;
  columnSpan?: number;
  header?: boolean;
}

interface Cell {
  words: string;
  start: number;
  /** Null where it holds no plain number, or stands for several rows or columns. */
  number: number | null;
  isHead: boolean;
}

/** `grid[row][column]`, with holes. */
type Grid = (Cell | undefined)[][];

const totalName = /^(?:合|总)\s*计$|^(?:全[县市区]|总)\s*(?:合计|总计)$/;
/** Rows and columns that repeat a part of what stands beside them, or are no amounts. */
const notAPart = /小\s*计|其\s*中|比例|占比|平均|增长|同比|率|%|％|序号|编号|年份|备注/;

/** Sums of tables that name a total. Nothing is said of a table in which no sum comes out: its rows may be nested. */
export function checkTables(document: AuditDocument): Finding[] {
  const tables = new Map<number, Grid>();
  for (const cell of document.cells ?? []) {
    const grid = tables.get(cell.table ?? 0) ?? [];
    tables.set(cell.table ?? 0, grid);
    grid[cell.row ?? 0] ??= [];
    grid[cell.row ?? 0]![cell.column ?? 0] = readCell(document.text, cell);
  }
  return [...tables.values()].flatMap((grid) => {
    const rows = Array.from(grid, (row) => Array.from(row ?? []));
    return [...checkLines(document, rows), ...checkLines(document, turned(rows))];
  });
}

function readCell(text: string, cell: TableCell): Cell {
  const words = text.slice(cell.start, cell.end).trim();
  const plain = /^\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/.test(words) ? words.replace(/[,，]/g, '') : null;
  const isWide = (cell.rowSpan ?? 1) > 1 || (cell.columnSpan ?? 1) > 1;
  return {
    words,
    start: cell.start,
    number: plain === null || isWide ? null : Number(plain),
    isHead: cell.header === true,
  };
}

function turned(grid: Grid): Grid {
  const width = Math.max(0, ...grid.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => grid.map((row) => row[column]));
}

interface Sum {
  total: Cell;
  parts: Cell[];
  value: number;
}

/** Each column of a grid against its row 合计. */
function checkLines(document: AuditDocument, grid: Grid): Finding[] {
  const at = grid.findIndex((row) => row.slice(0, 2).some((cell) => cell && totalName.test(cell.words)));
  if (at < 0 || grid.some((row, index) => index !== at && isNested(row))) return [];
  const width = Math.max(...grid.map((row) => row.length));
  const sums = Array.from({ length: width }, (_, column) => sumOf(grid, at, column)).flatMap((sum) => sum ?? []);
  const right = sums.filter(({ total, value }) => same(total.number!, value));
  if (right.length === 0 && sums.length !== 1) return [];
  // One column alone that does not add up may leave rows out; it is said, but not as a conflict.
  return sums.map((sum) => told(document, sum, right.length > 0 || same(sum.total.number!, sum.value)));
}

const isNested = (row: readonly (Cell | undefined)[]): boolean =>
  row.slice(0, 2).some((cell) => cell && (/小\s*计|其\s*中/.test(cell.words) || totalName.test(cell.words)));

/** The sum of a column; null where a row has no number, or the column holds what is not added. */
function sumOf(grid: Grid, at: number, column: number): Sum | null {
  const total = grid[at]![column];
  if (!total || total.number === null) return null;
  const parts: Cell[] = [];
  for (const [index, row] of grid.entries()) {
    const cell = row[column];
    if (index === at || !cell) continue;
    if (notAPart.test(cell.words)) return null;
    if (cell.isHead || /^[-—–\s]*$/.test(cell.words)) continue;
    if (cell.number === null) {
      if (parts.length > 0 || index > at) return null;
      continue;
    }
    parts.push(cell);
  }
  if (parts.length < 2) return null;
  const value = Number(parts.reduce((sum, { number }) => sum + number!, 0).toPrecision(12));
  return { total, parts, value };
}

function told(document: AuditDocument, { total, parts, value }: Sum, isSure: boolean): Finding {
  const holds = same(total.number!, value);
  const computed = `${parts.map(({ words }) => words).join(' + ')} = ${value}`;
  const figures = [total, ...parts].flatMap(
    ({ start }) =>
      document.figures.find((figure) => figure.textStart >= start && figure.textStart <= start + 2)?.id ?? [],
  );
  const finding = findingIn(document, total.start, [lineAt(document.text, total.start)], {
    kind: 'parts',
    verdict: holds ? 'holds' : isSure ? 'conflicts' : 'cannot_tell',
    severity: holds ? 'none' : isSure ? 'medium' : 'low',
    value,
    computed,
    zh: holds ? `表中各项相加等于合计${total.words}。` : `表中各项相加为${value}，合计写为${total.words}。`,
    en: holds
      ? `The rows or columns of the table add up to the total ${total.words}.`
      : `The rows or columns of the table add up to ${value}; the total is given as ${total.words}.`,
  });
  return { ...finding, figures };
}

/** The row of the table as the text has it. */
function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end < 0 ? text.length : end).trim();
}
