// A text file to lines. What comes after (chrome, masthead, article) is the same as for pages. Lines whose parts are tabbed alike are
// the rows of a table, as copies of pages and old word files have them.
import { Element } from 'domhandler';
import { bareLine, type Line, LineBuilder } from './line.js';

interface RawLine {
  text: string;
  start: number;
  gap: number;
}

/** The number or sign of an item, with the tab that sets it off: no cell of a table, where it is the only tab. */
const itemMark =
  /^(\s*(?:第?[一二三四五六七八九十]{1,3}[、.．章节条]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、)）]|[①-⑳•●◆■▪○·]))\t(?=[^\t]+$)/;

function rawLines(text: string): RawLine[] {
  const lines: RawLine[] = [];
  let gap = 0;
  for (const match of text.matchAll(/[^\r\n\u2028\u2029\f]+|\r?\n/g)) {
    if (match[0].trim() !== '') {
      const text = match[0].replace(itemMark, '$1 ');
      lines.push({ text, start: match.index, gap: Math.max(0, gap - 1) });
      gap = 0;
    } else if (match[0].includes('\n')) gap++;
  }
  return lines;
}

/** Cells of a tabbed line; a tab at its edge is indentation or an empty cell at the end. */
const cellsOf = (raw: RawLine) => raw.text.trimEnd().split('\t');

/** Where a table that begins at `from` ends: two or more lines with the same number of cells, three at least where there are two. */
function tableEnd(lines: readonly RawLine[], from: number): number {
  const width = cellsOf(lines[from]!).length;
  if (width < 2 || lines[from]!.text.startsWith('\t')) return from;
  let end = from;
  while (end < lines.length && lines[end]!.text.includes('\t') && Math.abs(cellsOf(lines[end]!).length - width) <= 1)
    end++;
  return end - from >= (width > 2 ? 2 : 3) ? end : from;
}

function pushLine(lines: Line[], builder: LineBuilder, text: string, start: number, gap: number): Line | null {
  builder.push(text, start, text.length);
  const traced = builder.take();
  if (traced.text === '') return null;
  const line = bareLine(traced, gap);
  lines.push(line);
  return line;
}

/** The lines of a table, in elements like those of a page. */
function pushTable(lines: Line[], builder: LineBuilder, rows: readonly RawLine[]): void {
  const table = new Element('table', {});
  for (const raw of rows) {
    const row = new Element('tr', {});
    row.parent = table;
    table.children.push(row);
    let at = raw.start;
    for (const text of cellsOf(raw)) {
      const cell = new Element('td', {});
      cell.parent = row;
      row.children.push(cell);
      const line = pushLine(lines, builder, text, at, 0);
      if (line) line.cell = cell;
      at += text.length + 1;
    }
  }
}

/** The lines of plain text that are not empty. */
export function linesOfText(text: string): Line[] {
  const lines: Line[] = [];
  const builder = new LineBuilder();
  const raws = rawLines(text);
  for (let i = 0; i < raws.length; i++) {
    const end = tableEnd(raws, i);
    if (end > i) {
      pushTable(lines, builder, raws.slice(i, end));
      i = end - 1;
    } else pushLine(lines, builder, raws[i]!.text, raws[i]!.start, raws[i]!.gap);
  }
  return lines;
}
