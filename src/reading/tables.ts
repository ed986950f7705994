// Tables of data: which tables of a page are such (most lay pages out), and their grid with merged cells. Heads and units are found in
// table-heads.ts.
import type { ChildNode, Element, ParentNode } from 'domhandler';
import { labelAlone } from './fields.js';
import { fold, join, type Line, type Traced } from './line.js';
import { type GridCell, Heads, isFigure, mostSpan, type TableHeads, unitOfCaption } from './table-heads.js';

/** A table read. Captions are rows over the whole width above the heads. */
export interface Grid {
  captions: Traced[];
  /** By row, only cells that begin in the row. */
  rows: GridCell[][];
  /** What a table right below it may go on from. */
  heads: TableHeads;
}

/** A cell longer than this is no cell of data where the table may lay out a page, or of no table. */
const longestCell = 300;
const longestListed = 3000;

const isTag = (node: ParentNode | ChildNode | null, name: RegExp): node is Element =>
  node?.type === 'tag' && name.test((node as Element).name);

/** The table that a cell belongs to. */
function tableOf(cell: Element): Element | null {
  for (let node: ParentNode | null = cell.parent; node; node = node.parent) if (isTag(node, /^table$/)) return node;
  return null;
}

/**
 * The rows of a table that the cells stand in, in their order; what is in no table's grammar (a form, a misspelt tag) may stand around
 * them. Not asked of the tree: of tables that nothing closes each holds the rows of all that follow.
 */
function rowsOf(table: Element, cells: Iterable<Element>): Element[] {
  const rows = new Map<Element, boolean>();
  for (const { parent } of cells)
    if (isTag(parent, /^tr$/) && !rows.has(parent)) rows.set(parent, isRowOf(table, parent));
  return [...rows].flatMap(([row, isOwn]) => (isOwn ? row : []));
}

/** Whether a row stands in no cell of the table and in no other row. */
function isRowOf(table: Element, row: Element): boolean {
  for (let node: ParentNode | null = row.parent; node !== table; node = node?.parent ?? null)
    if (node === null || isTag(node, /^t[dhr]$/)) return false;
  return true;
}

const cellsOf = (row: Element) => row.children.filter((node): node is Element => isTag(node, /^t[dh]$/));

/** A list of tasks or measures: short heads over three columns or more, and rows filled like them that may hold long texts. */
function isList(table: Element, texts: ReadonlyMap<Element, string>): boolean {
  const rows = rowsOf(table, texts.keys()).map((row) => cellsOf(row).flatMap((cell) => texts.get(cell) ?? []));
  const heads = rows.find((row) => row.length > 2);
  if (!heads?.every((text) => text.length < 16)) return false;
  const isLong = (row: readonly string[]) => row.some((text) => text.length > longestCell);
  const alike = rows.filter((row) => row.length > 2 && row.length >= heads.length - 2);
  return alike.length > 3 && rows.every((row) => !isLong(row) || alike.includes(row));
}

function isData(table: Element, lines: readonly Line[]): boolean {
  const texts = new Map<Element, string>();
  for (const line of lines) texts.set(line.cell!, (texts.get(line.cell!) ?? '') + line.text);
  const filled = rowsOf(table, texts.keys()).map((row) => cellsOf(row).filter((cell) => texts.has(cell)).length);
  const wide = filled.filter((count) => count > 1).length;
  if (filled.length < 2 || wide < 2 || wide < filled.length * 0.4) return false;
  const all = [...texts.values()];
  if (all.some((text) => text.length > longestCell)) {
    if (all.some((text) => text.length > longestListed) || !isList(table, texts)) return false;
  }
  if (lines.filter((line) => line.linked > line.text.length * 0.6).length > lines.length * 0.4) return false;
  const labelled = all.filter((text) => labelAlone(fold(text)) !== null).length;
  return labelled < 3 || labelled < all.length * 0.15;
}

/** Cells of a page or file that are read; a table with more is a dump. */
export const mostCells = 100_000;

/** The lines up to the last cell that is read, and how many stand in cells behind it. */
export function withinCells(lines: readonly Line[]): { lines: readonly Line[]; left: number } {
  let cells = 0;
  const end = lines.findIndex((line, i) => {
    if (line.cell && line.cell !== lines[i - 1]?.cell) cells++;
    return cells > mostCells;
  });
  if (end < 0) return { lines, left: 0 };
  const rest = lines.slice(end);
  const free = rest.filter((line) => line.cell === null);
  return { lines: [...lines.slice(0, end), ...free], left: rest.length - free.length };
}

/** Sets `table` on every line that stands in a table of data. */
export function markTables(lines: readonly Line[]): void {
  const groups = new Map<Element, Line[]>();
  for (const line of lines) {
    const table = line.cell && tableOf(line.cell);
    if (!table) continue;
    const known = groups.get(table);
    if (known) known.push(line);
    else groups.set(table, [line]);
  }
  for (const [table, inside] of groups) {
    if (!isData(table, inside)) continue;
    for (const line of inside) line.table = table;
  }
}

const span = (value: string | undefined) => Math.min(mostSpan, Math.max(1, Number.parseInt(value ?? '1', 10) || 1));

function textOfCell(lines: readonly Line[]): Traced {
  if (lines.length === 1) return lines[0]!;
  const words = lines.every((line) => /^[\w\s,.()-]+$/.test(line.text));
  return join(lines, words ? ' ' : '');
}

interface Placed {
  cells: GridCell[][];
  width: number;
}

/** Places the cells of rows that hold text, row and column spans undone. */
function place(table: Element, lines: readonly Line[]): Placed {
  const byCell = new Map<Element, Line[]>();
  for (const line of lines) {
    const known = byCell.get(line.cell!);
    if (known) known.push(line);
    else byCell.set(line.cell!, [line]);
  }
  /** By column, the row below the lowest cell that reaches into it. */
  const taken: number[] = [];
  const rows: GridCell[][] = [];
  let width = 0;
  for (const row of rowsOf(table, byCell.keys())) {
    const elements = cellsOf(row);
    const cells: GridCell[] = [];
    let column = 0;
    for (const element of elements) {
      while ((taken[column] ?? 0) > rows.length) column++;
      const rowSpan = span(element.attribs.rowspan);
      const columnSpan = span(element.attribs.colspan);
      for (let i = column; i < column + columnSpan; i++) taken[i] = rows.length + rowSpan;
      const { text, wayBack } = textOfCell(byCell.get(element) ?? []);
      const header = element.name === 'th';
      const at = { row: rows.length, column, rowSpan, columnSpan };
      cells.push({ text, wayBack, ...at, header, heads: [], unit: null });
      column += columnSpan;
    }
    width = Math.max(width, column);
    rows.push(cells);
  }
  return { cells: rows, width };
}

/** A row of a printed form above the heads: 填报单位:… | 填报日期:…. */
const isFormLine = (row: readonly GridCell[]) => {
  const filled = row.filter((cell) => cell.text !== '');
  return filled.length > 0 && filled.length < 4 && filled.every((cell) => /^\D{2,10}:/.test(fold(cell.text)));
};

/**
 * Reads one table from the lines that stand in it.
 * @param outer the unit that a caption above the table gives
 * @param before the table that this one may go on from: nothing but its continued caption stands between
 */
export function gridOf(table: Element, lines: readonly Line[], outer: string | null, before: TableHeads | null): Grid {
  const { cells: rows, width } = place(table, lines);
  const isWhole = (row: readonly GridCell[]) => {
    const filled = row.filter((cell) => cell.text !== '');
    return (
      filled.length === 1 &&
      width > 1 &&
      !isFigure(filled[0]!) &&
      (filled[0]!.columnSpan >= width * 0.75 || row.length === 1 || (filled[0]!.column === 0 && row.length >= width))
    );
  };
  const isCaption = (row: readonly GridCell[]) =>
    isWhole(row) || isFormLine(row) || unitOfCaption(row.map((cell) => cell.text).join(' ')) !== null;
  let top = 0;
  while (top < rows.length - 2 && isCaption(rows[top]!)) top++;
  const captions = rows.slice(0, top).flatMap((row) => row.filter((cell) => cell.text !== ''));
  const unit = captions.map((caption) => unitOfCaption(caption.text)).find((found) => found !== null) ?? outer;
  const heads = new Heads(rows, top, width, isWhole, before).apply(unit);
  return { captions, rows: rows.slice(top), heads };
}
