// Text placed on printed pages (pdf, ofd) to paragraphs: pieces of one height are a line, full lines run on, an indent or a short line
// before parts paragraphs. Page numbers and running heads are dropped.
import type { Piece } from './file-worker.js';
import { inReadingOrder, type PrintedLine, type PrintedPart, tabbed } from './page-columns.js';
import { withoutRadicals } from './radicals.js';

/** A break parts words of letters; in Chinese text and after a dash it means nothing. */
const spaceBetween = (before: string, after: string) => (/[\w,;:)]$/.test(before) && /^[\w(]/.test(after) ? ' ' : '');

const numbered =
  /^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条]|\d{1,2}[.、．](?!\d)|附件)/;

/** What stands between two pieces: a space where print leaves one or a gap between words of letters, null where the gap parts columns. */
function glue(part: PrintedPart, piece: Piece): string | null {
  const gap = piece.x - part.right;
  if (gap > piece.size * 1.2) return null;
  if (gap > piece.size * 0.7) return ' ';
  if (gap <= piece.size * 0.15) return '';
  // The number of an item and a figure behind it are two numbers.
  return /^\s*\d{1,2}[.．]$/.test(part.text) && /^\d/.test(piece.text) ? ' ' : spaceBetween(part.text, piece.text);
}

function lineOf(row: Piece[]): PrintedLine {
  const parts: PrintedPart[] = [];
  for (const piece of row.sort((a, b) => a.x - b.x)) {
    const last = parts.at(-1);
    const between = last ? glue(last, piece) : null;
    if (last && between !== null) {
      last.text += between + piece.text;
      last.right = Math.max(last.right, piece.x + piece.width);
    } else parts.push({ text: piece.text, left: piece.x, right: piece.x + piece.width });
  }
  return { parts, y: row[0]!.y, size: row[0]!.size };
}

function linesOfPage(pieces: readonly Piece[]): PrintedLine[] {
  const lines: PrintedLine[] = [];
  let row: Piece[] = [];
  for (const placed of [...pieces].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const piece = { ...placed, text: withoutRadicals(placed.text) };
    if (piece.text.trim() === '') continue;
    if (row[0] && piece.y - row[0].y > Math.min(piece.size, row[0].size) * 0.5) {
      lines.push(lineOf(row));
      row = [];
    }
    row.push(piece);
  }
  if (row.length > 0) lines.push(lineOf(row));
  return lines;
}

const pageNumber = /^[\s\-—–·.]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,共]+\s*\d{1,4}\s*页?)?[\s\-—–·.]*$/;

const textOf = (line: PrintedLine) => line.parts.map((part) => part.text.trim()).join('\t');

/** Without page numbers at the edges, and without heads and feet that most pages repeat. */
function withoutRunning(pages: PrintedLine[][]): PrintedLine[][] {
  const seen = new Map<string, number>();
  const edge = (line: PrintedLine, page: PrintedLine[]) => line === page[0] || line === page.at(-1);
  for (const page of pages) {
    for (const line of page) if (edge(line, page)) seen.set(textOf(line), (seen.get(textOf(line)) ?? 0) + 1);
  }
  const repeated = (text: string) => pages.length > 2 && (seen.get(text) ?? 0) > pages.length / 2;
  return pages.map((page) =>
    page.filter((line) => !(edge(line, page) && (pageNumber.test(textOf(line)) || repeated(textOf(line))))),
  );
}

/** Whether a line goes on the paragraph of the line before it. */
function runsOn(before: PrintedLine, line: PrintedLine, left: number, right: number): boolean {
  if (numbered.test(line.parts[0]!.text) || line.parts.length > 1) return false;
  const full = before.parts.at(-1)!.right > right - before.size * 2.2;
  const indented = line.parts[0]!.left > left + line.size * 1.1;
  return full && !indented && Math.abs(before.size - line.size) < line.size * 0.25;
}

/** The paragraphs of lines that stand in one column. */
function paragraphsOf(lines: readonly PrintedLine[]): string[] {
  const left = quantile(
    lines.map((line) => line.parts[0]!.left),
    0.1,
  );
  const right = quantile(
    lines.map((line) => line.parts.at(-1)!.right),
    0.9,
  );
  const paragraphs: string[] = [];
  const rows = tabbed(lines);
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    const alone = rows.get(line) ?? textOf(line);
    if (before && !rows.has(before) && !rows.has(line) && runsOn(before, line, left, right)) {
      paragraphs[paragraphs.length - 1] += spaceBetween(textOf(before), alone) + alone;
    } else paragraphs.push(alone);
  });
  return paragraphs;
}

/** The text of printed pages, a paragraph a line. The cells of a table's row are parted by tabs. */
export function textOfPages(pages: readonly Piece[][]): string {
  const printed = withoutRunning(pages.map(linesOfPage));
  return inReadingOrder(printed).flatMap(paragraphsOf).join('\n');
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
