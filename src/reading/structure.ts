// The lines of a body to the text of the document with its blocks and its way back.
import type { Element } from 'domhandler';
import type { Block } from '../model/document.js';
import type { WayBack } from '../model/way-back.js';
import { judgeHeadings, type Paragraph, type Verdict } from './headings.js';
import { fold, join, type Line, type Traced } from './line.js';
import { type GridCell, type TableHeads, unitOfCaption } from './table-heads.js';
import { gridOf } from './tables.js';

/** Text, way back and blocks of a document. */
export interface Structure {
  text: string;
  wayBack: WayBack;
  blocks: Block[];
}

/** One line of the text with its blocks, whose spans count from the line's start. */
interface Part extends Traced {
  blocks: Block[];
}

/** A caption names a table or its unit and stands right above it. */
const caption =
  /^(?:[附续]?表\s*[\d一二三四五六七八九十]|.{2,40}(?:统计表|一览表|情况表|明细表|汇总表|公示表|名单|表)$)|^续表|单位\s*[::]/u;

/** The caption of a table that goes on: 续表 2, 表1(续). */
const continued = /^续|\(续[表一二三\d]*\)/;

const paragraphOf = (line: Line, barred: boolean): Paragraph => ({
  text: line.text,
  heading: line.heading,
  strong: line.strong,
  centred: line.centred,
  item: line.item,
  barred,
});

const isCaption = (line: Line, next: Line | undefined) =>
  line.table === null && line.text.length < 50 && next !== undefined && caption.test(fold(line.text).trim());

/** Whether a caption's lines run from here to a table. */
function captionsTable(lines: readonly Line[], i: number): boolean {
  for (let at = i; at < i + 3; at++) {
    const next = lines[at + 1];
    if (!isCaption(lines[at]!, next)) return false;
    if (next!.table) return true;
  }
  return false;
}

function captionBlock(traced: Traced): Block {
  const unit = unitOfCaption(traced.text);
  return { kind: 'caption', start: 0, end: traced.text.length, ...(unit ? { unit } : {}) };
}

function partOf(verdict: Verdict, line: Line): Part {
  const end = line.text.length;
  const { text, wayBack } = line;
  if (verdict.kind === 'heading') {
    return { text, wayBack, blocks: [{ kind: 'heading', start: 0, end: verdict.end, level: verdict.level }] };
  }
  const kind = verdict.kind === 'item' || line.item ? 'item' : 'paragraph';
  const blocks: Block[] = [{ kind, start: 0, end }];
  if (verdict.kind === 'inline') {
    blocks.unshift({ kind: 'heading', start: verdict.start, end: verdict.end, level: verdict.level, inline: true });
  }
  return { text, wayBack, blocks };
}

function cellBlock(cell: GridCell, start: number, table: number): Block {
  return {
    kind: 'cell',
    start,
    end: start + cell.text.length,
    table,
    row: cell.row,
    column: cell.column,
    ...(cell.rowSpan > 1 ? { rowSpan: cell.rowSpan } : {}),
    ...(cell.columnSpan > 1 ? { columnSpan: cell.columnSpan } : {}),
    ...(cell.header ? { header: true } : {}),
    ...(cell.heads.length > 0 ? { heads: cell.heads } : {}),
    ...(cell.unit ? { unit: cell.unit } : {}),
  };
}

function rowPart(cells: readonly GridCell[], table: number): Part {
  const blocks: Block[] = [];
  let at = 0;
  for (const cell of cells) {
    if (cell.text !== '') blocks.push(cellBlock(cell, at, table));
    at += cell.text.length + 1;
  }
  return { ...join(cells, '\t'), blocks };
}

/** The parts of one table: captions inside it, then a part a row; and its heads. */
function tableParts(
  table: Element,
  lines: readonly Line[],
  number: number,
  unit: string | null,
  before: TableHeads | null,
): { parts: Part[]; heads: TableHeads } {
  const grid = gridOf(table, lines, unit, before);
  const captions = grid.captions.map(({ text, wayBack }) => ({
    text,
    wayBack,
    blocks: [captionBlock({ text, wayBack })],
  }));
  return { parts: [...captions, ...grid.rows.map((row) => rowPart(row, number))], heads: grid.heads };
}

/**
 * Joins the lines of a body and says what each is. Rows of tables are lines, their cells parted by tabs.
 * @param title the document's title
 * @param barred lines that are no headings whatever their shape (signatures)
 */
export function structureOf(lines: readonly Line[], title: string, barred: ReadonlySet<Line>): Structure {
  const free = lines.map((line, i) => line.table === null && !captionsTable(lines, i));
  const paragraphs = lines.map((line, i) => paragraphOf(line, barred.has(line) || !free[i]));
  const verdicts = judgeHeadings(paragraphs, title);
  const parts: Part[] = [];
  let tables = 0;
  let unit: string | null = null;
  /** The table above, as long as nothing but the caption of its continuation follows it. */
  let before: TableHeads | null = null;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.table) {
      let end = i;
      while (lines[end + 1]?.table === line.table) end++;
      const read = tableParts(line.table, lines.slice(i, end + 1), tables++, unit, before);
      for (const part of read.parts) parts.push(part);
      before = read.heads;
      i = end;
      unit = null;
    } else if (free[i]) {
      parts.push(partOf(verdicts[i]!, line));
      before = null;
    } else {
      if (continued.test(fold(line.text))) unit = before?.unit ?? null;
      else before = null;
      unit = unitOfCaption(line.text) ?? unit;
      parts.push({ text: line.text, wayBack: line.wayBack, blocks: [captionBlock(line)] });
    }
  }
  return assemble(parts);
}

function assemble(parts: readonly Part[]): Structure {
  const blocks: Block[] = [];
  let at = 0;
  for (const part of parts) {
    for (const block of part.blocks) {
      block.start += at;
      block.end += at;
      blocks.push(block);
    }
    at += part.text.length + 1;
  }
  return { ...join(parts, '\n'), blocks };
}
