// Text placed on printed pages (pdf, ofd) to paragraphs: pieces of one height are a line, full lines run on, an indent or a short line
// before parts paragraphs. Page numbers and running heads are dropped.
import type { Piece } from './file-worker.js';

interface PrintedLine {
  text: string;
  left: number;
  right: number;
  y: number;
  size: number;
}

/** A break parts words of letters; in Chinese text and after a dash it means nothing. */
const spaceBetween = (before: string, after: string) => (/[\w,;:)]$/.test(before) && /^[\w(]/.test(after) ? ' ' : '');

const numbered =
  /^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条]|\d{1,2}[.、．](?!\d)|附件)/;

/** A space stands between pieces where print leaves a gap, and between words of letters. */
function glue(line: PrintedLine, piece: Piece): string {
  const gap = piece.x - line.right;
  if (gap > piece.size * 1.2) return '  ';
  return gap > piece.size * 0.15 ? spaceBetween(line.text, piece.text) : '';
}

function linesOfPage(pieces: readonly Piece[]): PrintedLine[] {
  const lines: PrintedLine[] = [];
  const sorted = [...pieces].sort((a, b) => a.y - b.y || a.x - b.x);
  let row: Piece[] = [];
  const flush = () => {
    row.sort((a, b) => a.x - b.x);
    let line: PrintedLine | null = null;
    for (const piece of row) {
      if (line === null)
        line = { text: piece.text, left: piece.x, right: piece.x + piece.width, y: piece.y, size: piece.size };
      else {
        line.text += glue(line, piece) + piece.text;
        line.right = Math.max(line.right, piece.x + piece.width);
      }
    }
    if (line?.text.trim()) lines.push({ ...line, text: line.text.trim() });
    row = [];
  };
  for (const piece of sorted) {
    if (piece.text.trim() === '') continue;
    if (row[0] && piece.y - row[0].y > Math.min(piece.size, row[0].size) * 0.5) flush();
    row.push(piece);
  }
  flush();
  return lines;
}

const pageNumber = /^[\s\-—–·.]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,共]+\s*\d{1,4}\s*页?)?[\s\-—–·.]*$/;

/** Without page numbers at the edges, and without heads and feet that most pages repeat. */
function withoutRunning(pages: PrintedLine[][]): PrintedLine[][] {
  const seen = new Map<string, number>();
  const edge = (line: PrintedLine, page: PrintedLine[]) => line === page[0] || line === page.at(-1);
  for (const page of pages) {
    for (const line of page) if (edge(line, page)) seen.set(line.text, (seen.get(line.text) ?? 0) + 1);
  }
  const repeated = (text: string) => pages.length > 2 && (seen.get(text) ?? 0) > pages.length / 2;
  return pages.map((page) =>
    page.filter((line) => !(edge(line, page) && (pageNumber.test(line.text) || repeated(line.text)))),
  );
}

/** Whether a line goes on the paragraph of the line before it. */
function runsOn(before: PrintedLine, line: PrintedLine, left: number, right: number): boolean {
  if (numbered.test(line.text)) return false;
  const full = before.right > right - before.size * 2.2;
  const indented = line.left > left + line.size * 1.1;
  return full && !indented && Math.abs(before.size - line.size) < line.size * 0.25;
}

/** The text of printed pages, a paragraph a line. */
export function textOfPages(pages: readonly Piece[][]): string {
  const printed = withoutRunning(pages.map(linesOfPage));
  const all = printed.flat();
  const left = quantile(
    all.map((line) => line.left),
    0.1,
  );
  const right = quantile(
    all.map((line) => line.right),
    0.9,
  );
  const paragraphs: string[] = [];
  let before: PrintedLine | null = null;
  for (const line of all) {
    if (before && runsOn(before, line, left, right)) {
      paragraphs[paragraphs.length - 1] += spaceBetween(before.text, line.text) + line.text;
    } else paragraphs.push(line.text);
    before = line;
  }
  return paragraphs.join('\n');
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
