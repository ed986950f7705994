// What governs the cells of a table: which rows and columns are heads, tables that stand side by side in one grid, heads left blank or
// repeated by a sign, and the units that captions, heads and a column of units give.
import { fold, squash, type Traced } from './line.js';

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

/** Rows that a cell may reach over. */
export const mostSpan = 200;

const units =
  '(?:(?:十|百|千|万|百万|千万|亿)?(?:元|人次|人|名|位|个|所|处|座|栋|幢|套|间|册|台|辆|班|张|亩|公顷|户|项|次|件|份|吨|度|学时|课时|节|天|年|岁|米|公里|平方米|平方公里)|㎡|m2|m²|%|‰|百分点|万㎡)(?:\\/(?:生|人|年|校|班|月|学年|学期|天|次)(?:[·・.](?:年|月|天|学年|学期))?){0,2}';
const headUnit = new RegExp(
  `\\s*(?:[((]\\s*(?:单位\\s*[::]\\s*)?(?<inside>${units})\\s*[))]|[/,]\\s*(?<behind>${units})|(?<=\\p{Script=Han})(?<share>[%‰]))\\s*$`,
  'u',
);
const captionUnit = new RegExp(`单位\\s*[::]\\s*(?<unit>${units})\\s*(?:[))\\]】]|$|\\s)`, 'u');
const unitAlone = new RegExp(`^\\s*(?:${units})\\s*$`, 'u');

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
  const { inside, behind, share } = match.groups!;
  return { bare: text.slice(0, match.index).trim() || text, unit: inside ?? behind ?? share ?? null };
}

const number = /^[约近超]?[-+−±]?\d[\d,.\s]*(?:%|‰|[\p{Script=Han}/:㎡]{0,5}(?:\d{0,3})?)?(?:\(.*\))?$/u;
const year = /^(?:19|20)\d{2}(?:年|学年|[-—–]\d{2,4}(?:年|学年)?)?$/;

const isNumber = (text: string) => number.test(fold(text).trim());

/** Whether a cell holds a figure; a year is a head. */
export const isFigure = (cell: GridCell): boolean => isNumber(cell.text) && !year.test(fold(cell.text).trim());

/** Whether a row holds one text alone, over the width of the table. */
export type IsWhole = (row: readonly GridCell[]) => boolean;

/** How many rows are heads: those before the first figure, with what their spans cover. A table without figures has one. */
function headRows(rows: readonly GridCell[][], from: number, isWhole: IsWhole): number {
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
const unitHead = /^(?:计量|计算|数量|金额)?单位$/;
/** The sign that a cell says what the cell above it says. */
const ditto = /^(?:[〃″"”]{1,2}|同上)$/;
const total = /^(?:合计|总计|共计|全县|全市|全区|总和|累计)$/;
/** A column under such a head has a unit of its own, whatever the unit of the row is. */
const ratio = /率$|比重|占比|比例|增幅|增长|增速|[%‰]/;

/** Columns that are a table of their own beside others in one grid: 收入 and its items | 支出 and its items. */
interface Group {
  from: number;
  to: number;
  /** How many of its columns, from the first on, are heads. */
  heads: number;
  /** The column that states the unit of each row, or -1. */
  units: number;
}

const covers = (cell: GridCell, row: number, column: number) =>
  row >= cell.row && row < cell.row + cell.rowSpan && column >= cell.column && column < cell.column + cell.columnSpan;

/** Two heads that each begin a table in one grid. */
const beginAlike = (a: string, b: string) =>
  squash(a) === squash(b) || [a, b].every((text) => /(?:项目|科目|名称)$/.test(squash(text)));

/** The heads of a table, which a table that goes on from it on the next page does not repeat. */
export interface TableHeads {
  width: number;
  above: readonly (readonly GridCell[] | undefined)[];
  unit: string | null;
}

/** Finds the heads of a table and gives them to its cells. */
export class Heads {
  readonly #rows: GridCell[][];
  readonly #top: number;
  readonly #bottom: number;
  readonly #width: number;
  readonly #isWhole: IsWhole;
  readonly #above: TableHeads['above'];
  /** The unit of the table that this one goes on from. */
  readonly #outer: string | null;
  readonly #groups: Group[];
  readonly #units = new Map<GridCell, HeadUnit>();
  readonly #last = new Map<number, readonly (GridCell | null)[]>();
  #beside: { row: number; group: Group; heads: readonly GridCell[] } | null = null;

  /** @param before the table that this one may go on from, where nothing stands between */
  constructor(rows: GridCell[][], top: number, width: number, isWhole: IsWhole, before: TableHeads | null) {
    this.#rows = rows;
    this.#top = top;
    this.#width = width;
    this.#isWhole = isWhole;
    this.#bottom = headRows(rows, top, isWhole);
    const goesOn = before !== null && this.#bottom === top && before.width === width;
    this.#above = goesOn ? before.above : this.#headsByColumn();
    this.#outer = goesOn ? before.unit : null;
    this.#groups = this.#findGroups();
  }

  /** Gives every cell its heads and its unit. @param stated the unit that a caption states */
  apply(stated: string | null): TableHeads {
    const unit = stated ?? this.#outer;
    let section: GridCell | null = null;
    this.#rows.forEach((row, i) => {
      if (i < this.#top) return;
      if (i >= this.#bottom && this.#isWhole(row)) section = row.find((cell) => cell.text !== '')!;
      for (const cell of row) {
        const group = this.#groupOf(cell.column);
        const beside = cell.column < group.from + group.heads || cell.column === group.units;
        cell.header = i < this.#bottom || beside || cell === section;
        if (!cell.header) this.#govern(cell, group, section, unit);
      }
    });
    return { width: this.#width, above: this.#above, unit };
  }

  #columnHeads(column: number): readonly GridCell[] {
    return this.#above[column] ?? [];
  }

  #hasHead(column: number, pattern: RegExp): boolean {
    return this.#columnHeads(column).some((head) => pattern.test(squash(head.text)));
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

  /** The cells of a column below the heads that are not empty. */
  #cellsIn(column: number): GridCell[] {
    return this.#rows
      .slice(this.#bottom)
      .flatMap((row) => row.filter((cell) => cell.column === column && cell.text !== ''));
  }

  /** Whether a column holds figures that are not the numbers of its rows. */
  #isOfFigures(column: number): boolean {
    const cells = this.#cellsIn(column);
    return cells.filter(isFigure).length > cells.length * 0.3 && !this.#hasHead(column, enumerating);
  }

  #findGroups(): Group[] {
    const starts = [0];
    const first = this.#columnHeads(0).at(-1);
    for (let column = 2; first && column < this.#width - 1; column++) {
      const head = this.#columnHeads(column).at(-1);
      const apart = head && head !== first && column - starts.at(-1)! > 1 && beginAlike(head.text, first.text);
      if (apart && !this.#isOfFigures(column)) starts.push(column);
    }
    return starts.map((from, i) => {
      const to = starts[i + 1] ?? this.#width;
      return { from, to, heads: this.#headColumns(from, to), units: this.#unitColumn(from, to) };
    });
  }

  #groupOf(column: number): Group {
    return this.#groups.findLast((group) => group.from <= column)!;
  }

  /** How many columns are heads: those before the first of figures, at most three. */
  #headColumns(from: number, to: number): number {
    for (let column = from; column < Math.min(to, from + 4); column++)
      if (this.#isOfFigures(column)) return column - from;
    return Math.min(2, to - from - 1);
  }

  /** A column headed 单位 that does hold units, and no offices. */
  #unitColumn(from: number, to: number): number {
    for (let column = from + 1; column < to; column++) {
      if (!this.#hasHead(column, unitHead)) continue;
      const cells = this.#cellsIn(column);
      const stated = cells.filter((cell) => unitAlone.test(fold(cell.text)) || ditto.test(cell.text)).length;
      if (stated > 0 && stated >= cells.length * 0.6) return column;
    }
    return -1;
  }

  /** The cell at a place, also one that reaches into it from above. */
  #cellAt(row: number, column: number): GridCell | null {
    for (let i = row; i >= Math.max(this.#bottom, row - mostSpan); i--) {
      const cell = this.#rows[i]!.find((each) => covers(each, row, column));
      if (cell) return cell;
    }
    return null;
  }

  /** For each row the last text of a column above it, up to the row of its section: what a blank or 同上 below it means. */
  #lastIn(column: number): readonly (GridCell | null)[] {
    const known = this.#last.get(column);
    if (known) return known;
    let last: GridCell | null = null;
    const found = this.#rows.map((row, i) => {
      const above = last;
      const cell = row.find((each) => each.column === column);
      if (i < this.#bottom || this.#isWhole(row)) last = null;
      else if (cell && cell.text !== '' && !ditto.test(cell.text)) last = total.test(squash(cell.text)) ? null : cell;
      return above;
    });
    this.#last.set(column, found);
    return found;
  }

  /** The heads beside a row; all its cells ask one after the other. */
  #rowHeads(row: number, group: Group): readonly GridCell[] {
    if (this.#beside?.row !== row || this.#beside.group !== group)
      this.#beside = { row, group, heads: this.#findRowHeads(row, group) };
    return this.#beside.heads;
  }

  #findRowHeads(row: number, group: Group): GridCell[] {
    const found: GridCell[] = [];
    for (let column = group.from + group.heads - 1; column >= group.from; column--) {
      if (column === group.units) continue;
      const counts = this.#hasHead(column, enumerating);
      const cell = this.#cellAt(row, column);
      if (!cell || (counts && isNumber(cell.text))) continue;
      const inner = found[0];
      const left = cell.text === '' && !counts && inner !== undefined && !total.test(squash(inner.text));
      const head = left || ditto.test(cell.text) ? this.#lastIn(column)[cell.row]! : cell;
      if (head && head.text !== '' && !found.includes(head)) found.unshift(head);
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

  /** The unit that the column of units states for a row. */
  #unitBeside(row: number, group: Group): string | null {
    const cell = group.units < 0 ? null : this.#cellAt(row, group.units);
    const stated = cell && ditto.test(cell.text) ? this.#lastIn(group.units)[cell.row] : cell;
    return stated && unitAlone.test(fold(stated.text)) ? fold(stated.text).trim() : null;
  }

  #govern(cell: GridCell, group: Group, section: GridCell | null, unit: string | null): void {
    const beside = [...(section ? [section] : []), ...this.#rowHeads(cell.row, group)].map((head) =>
      this.#unitOf(head),
    );
    const above = this.#columnHeads(cell.column).map((head) => this.#unitOf(head));
    const bare = [...beside, ...above].map((head) => head.bare);
    cell.heads = [...new Set(bare.filter((head) => head !== ''))];
    if (cell.heads.some((head) => /年份|年度$|日期|时间/.test(head)) || !/^[-+−]?[\d,.\s]+$/.test(fold(cell.text)))
      return;
    const stated = above.findLast((head) => head.unit !== null)?.unit;
    const own = above.some((head) => ratio.test(head.bare)) ? null : this.#unitBeside(cell.row, group);
    cell.unit = stated ?? own ?? beside.findLast((head) => head.unit !== null)?.unit ?? unit;
  }
}
