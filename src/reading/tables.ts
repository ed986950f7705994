// Tables of data: which tables of a page are such (most lay pages out), their grid with merged cells, the rows and columns that are
// heads, and the units that captions and heads give.
import type { ChildNode, Element, ParentNode } from 'domhandler';
import { labelAlone } from './fields.js';
import { fold, join, type Line, type Traced } from './line.js';

/** A cell at its place in the grid. */
export interface GridCell extends Traced {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  header: boolean;
  /** Texts of the heads that govern it: of its row, then of its column, units taken off. */
  heads: string[];
  unit: string | null;
}

/** A table read. Captions are rows over the whole width above the heads. */
export interface Grid {
  captions: Traced[];
  /** By row, only cells that begin in the row. */
  rows: GridCell[][];
}

/** A cell longer than this is no cell of data: the table lays out a page. */
const longestCell = 300;
const mostSpan = 200;

const isTag = (node: ParentNode | ChildNode | null, name: RegExp): node is Element =>
  node?.type === 'tag' && name.test((node as Element).name);

/** The table that a cell belongs to. */
function tableOf(cell: Element): Element | null {
  for (let node: ParentNode | null = cell.parent; node; node = node.parent) if (isTag(node, /^table$/)) return node;
  return null;
}

/** The rows of a table without those of tables inside it; what is in no table's grammar (a form, a misspelt tag) may stand around them. */
function rowsOf(table: Element): Element[] {
  const rows: Element[] = [];
  const visit = (parent: ParentNode) => {
    for (const node of parent.children) {
      if (isTag(node, /^tr$/)) rows.push(node);
      else if (isTag(node, /^(?!t(?:able|d|h|r)$)/)) visit(node);
    }
  };
  visit(table);
  return rows;
}

const cellsOf = (row: Element) => row.children.filter((node): node is Element => isTag(node, /^t[dh]$/));

function isData(table: Element, lines: readonly Line[]): boolean {
  const texts = new Map<Element, string>();
  for (const line of lines) texts.set(line.cell!, (texts.get(line.cell!) ?? '') + line.text);
  const filled = rowsOf(table)
    .map((row) => cellsOf(row).filter((cell) => texts.has(cell)).length)
    .filter((count) => count > 0);
  const wide = filled.filter((count) => count > 1).length;
  if (filled.length < 2 || wide < 2 || wide < filled.length * 0.4) return false;
  const all = [...texts.values()];
  if (all.some((text) => text.length > longestCell)) return false;
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
  for (const row of rowsOf(table)) {
    const elements = cellsOf(row);
    if (!elements.some((cell) => byCell.has(cell))) continue;
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

const units =
  '(?:(?:十|百|千|万|百万|千万|亿)?(?:元|人次|人|名|位|个|所|处|座|栋|幢|套|间|册|台|辆|班|张|亩|公顷|户|项|次|件|份|吨|度|学时|课时|节|天|年|岁|米|公里|平方米|平方公里)|㎡|m2|m²|%|‰|百分点|万㎡)(?:\\/(?:生|人|年|校|班|月|学年)){0,2}';
const headUnit = new RegExp(
  `\\s*(?:[((]\\s*(?:单位\\s*[::]\\s*)?(?<inside>${units})\\s*[))]|[/,]\\s*(?<behind>${units}))\\s*$`,
  'u',
);
const captionUnit = new RegExp(`单位\\s*[::]\\s*(?<unit>${units})\\s*(?:[))\\]】]|$|\\s)`, 'u');

/** The unit that a caption states, or null where it states none or several. */
export function unitOfCaption(text: string): string | null {
  return captionUnit.exec(fold(text))?.groups?.unit ?? null;
}

/** A head without the unit that it states. */
interface HeadUnit {
  bare: string;
  unit: string | null;
}

function unitOfHead(text: string): HeadUnit {
  const folded = fold(text);
  const match = headUnit.exec(folded);
  if (!match) return { bare: text, unit: null };
  return {
    bare: text.slice(0, match.index).trim() || text,
    unit: match.groups!.inside ?? match.groups!.behind ?? null,
  };
}

const number = /^[约近超]?[-+−±]?\d[\d,.\s]*(?:%|‰|[\p{Script=Han}/:㎡]{0,5}(?:\d{0,3})?)?(?:\(.*\))?$/u;
const year = /^(?:19|20)\d{2}(?:年|学年|[-—–]\d{2,4}(?:年|学年)?)?$/;

const isNumber = (text: string) => number.test(fold(text).trim());
const isFigure = (cell: GridCell) => isNumber(cell.text) && !year.test(fold(cell.text).trim());

/** How many rows are heads: those before the first figure, with what their spans cover. A table without figures has one. */
function headRows(rows: readonly GridCell[][], from: number, isWhole: (row: readonly GridCell[]) => boolean): number {
  const first = rows.findIndex((row, i) => i >= from && (row.some(isFigure) || (i > from && isWhole(row))));
  // Of a table whose rows stand outside the article no row is left.
  let end = Math.min(first < 0 ? from + 1 : first, from + 4, rows.length);
  const marked = rows.findIndex((row, i) => i >= from && !row.every((cell) => cell.header || cell.text === ''));
  if (marked > from) end = marked;
  for (let i = from; i < end; i++) {
    for (const cell of rows[i]!)
      if (cell.column < 3) end = Math.min(Math.max(end, Math.min(i + cell.rowSpan, from + 4)), rows.length - 1);
  }
  return Math.max(end, from);
}

const enumerating = /^(?:序号?|编号|行次|No\.?|№)$/i;

/** How many columns are heads: those before the first of figures, at most three. */
function headColumns(
  rows: readonly GridCell[][],
  from: number,
  width: number,
  columnHeads: (column: number) => string[],
): number {
  for (let column = 0; column < Math.min(width, 4); column++) {
    const cells = rows.slice(from).flatMap((row) => row.filter((cell) => cell.column === column && cell.text !== ''));
    const figures = cells.filter(isFigure).length;
    if (figures > cells.length * 0.3 && !columnHeads(column).some((head) => enumerating.test(head))) return column;
  }
  return Math.min(2, width - 1);
}

const covers = (cell: GridCell, row: number, column: number) =>
  row >= cell.row && row < cell.row + cell.rowSpan && column >= cell.column && column < cell.column + cell.columnSpan;

/** Reads one table from the lines that stand in it. @param outer the unit that a caption above the table gives */
export function gridOf(table: Element, lines: readonly Line[], outer: string | null): Grid {
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
  let top = 0;
  while (top < rows.length - 2 && (isWhole(rows[top]!) || unitOfCaption(rows[top]!.map((cell) => cell.text).join(' '))))
    top++;
  const captions = rows.slice(0, top).flatMap((row) => row.filter((cell) => cell.text !== ''));
  const unit = captions.map((caption) => unitOfCaption(caption.text)).find((found) => found !== null) ?? outer;
  new Header(rows, top, width, isWhole).apply(unit);
  return { captions, rows: rows.slice(top) };
}

/** Finds the heads of a table and gives them to its cells. */
class Header {
  readonly #rows: GridCell[][];
  readonly #top: number;
  readonly #bottom: number;
  readonly #columns: number;
  readonly #isWhole: (row: readonly GridCell[]) => boolean;
  readonly #above: GridCell[][];
  readonly #units = new Map<GridCell, HeadUnit>();
  #beside: { row: number; heads: readonly GridCell[] } | null = null;

  constructor(rows: GridCell[][], top: number, width: number, isWhole: (row: readonly GridCell[]) => boolean) {
    this.#rows = rows;
    this.#top = top;
    this.#isWhole = isWhole;
    this.#bottom = headRows(rows, top, isWhole);
    this.#above = this.#headsByColumn();
    this.#columns = headColumns(rows, this.#bottom, width, (column) =>
      this.#columnHeads(column).map((cell) => fold(cell.text)),
    );
  }

  apply(unit: string | null): void {
    let section: GridCell | null = null;
    this.#rows.forEach((row, i) => {
      if (i < this.#top) return;
      if (i >= this.#bottom && this.#isWhole(row)) section = row.find((cell) => cell.text !== '')!;
      for (const cell of row) {
        cell.header = i < this.#bottom || cell.column < this.#columns || cell === section;
        if (!cell.header) this.#govern(cell, section, unit);
      }
    });
  }

  #columnHeads(column: number): readonly GridCell[] {
    return this.#above[column] ?? [];
  }

  /** The heads above each column, once for all its cells. */
  #headsByColumn(): GridCell[][] {
    const above: GridCell[][] = [];
    for (const cell of this.#rows.slice(this.#top, this.#bottom).flat()) {
      if (cell.text === '') continue;
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++) {
        above[column] ??= [];
        above[column]!.push(cell);
      }
    }
    return above;
  }

  /** The heads beside a row; all its cells ask one after the other. */
  #rowHeads(row: number): readonly GridCell[] {
    if (this.#beside?.row !== row) this.#beside = { row, heads: this.#findRowHeads(row) };
    return this.#beside.heads;
  }

  #findRowHeads(row: number): GridCell[] {
    const found: GridCell[] = [];
    for (let column = 0; column < this.#columns; column++) {
      const counts = this.#columnHeads(column).some((head) => enumerating.test(fold(head.text)));
      for (let i = row; i >= Math.max(this.#bottom, row - mostSpan); i--) {
        const cell = this.#rows[i]!.find((each) => covers(each, row, column));
        if (cell && !found.includes(cell) && !(counts && isNumber(cell.text))) found.push(cell);
        if (cell) break;
      }
    }
    return found;
  }

  #unitOf(head: GridCell): HeadUnit {
    const known = this.#units.get(head);
    if (known) return known;
    const read = unitOfHead(head.text);
    this.#units.set(head, read);
    return read;
  }

  #govern(cell: GridCell, section: GridCell | null, unit: string | null): void {
    const heads = [...(section ? [section] : []), ...this.#rowHeads(cell.row), ...this.#columnHeads(cell.column)];
    const read = heads.map((head) => this.#unitOf(head));
    cell.heads = [...new Set(read.map((head) => head.bare).filter((head) => head !== ''))];
    const stated = read.findLast((head) => head.unit !== null)?.unit ?? null;
    const dated = cell.heads.some((head) => /年份|年度$|日期|时间/.test(head));
    if (!dated && /^[-+−]?[\d,.\s]+$/.test(fold(cell.text))) cell.unit = stated ?? unit;
  }
}
