// Tables for people, whose columns stand in line where characters are two columns wide; and CSV for machines.
import stringWidth from 'string-width';
import { csvLine } from '../export/csv.js';
import { harmless } from './output.js';

/** A cell may have several lines. */
export type TableRow = readonly string[];

/**
 * A table with columns in line. The first column (and the head) is repeated where the others do not fit side by side, and its lines
 * are broken where it would leave no room for the widest of them.
 * @param width columns of the terminal, null without limit
 */
export function writeTable(head: TableRow, rows: readonly TableRow[], width: number | null): string {
  const all = [head, ...rows].map((row) => row.map((cell) => harmless(cell).split('\n')));
  const widthOf = (column: number) => Math.max(...all.map((row) => cellWidth(row[column] ?? [''])));
  if (width !== null) {
    const others = head.slice(1).map((_, column) => widthOf(column + 1));
    const room = Math.max(leastRoom, width - gap.length - Math.max(0, ...others));
    for (const row of all) row[0] = (row[0] ?? []).flatMap((line) => broken(line, room));
  }
  const widths = head.map((_, column) => widthOf(column));
  return panelsOf(widths, width)
    .map((columns) => writePanel(all, columns, widths))
    .join('\n');
}

const cellWidth = (lines: readonly string[]): number => Math.max(...lines.map((line) => stringWidth(line)));

const gap = '  ';
/** Columns that the first one keeps however narrow the terminal is. */
const leastRoom = 16;

/** Places where a line may end: behind a space, and beside a Chinese character unless a closing sign follows. */
const breaks = /(?<= )|(?<=[\p{Script=Han}，。；：、）？！])(?![，。；：、）？！])|(?=\p{Script=Han})(?<![（“])/u;

/** A line in pieces of so many columns, at spaces and between Chinese characters, else between any two. */
export function broken(line: string, room: number): string[] {
  const pieces: string[] = [''];
  const isNarrow = (text: string) => stringWidth(text) <= room;
  for (const word of line.split(breaks)) {
    if (pieces.at(-1) !== '' && !isNarrow(pieces.at(-1) + word.trimEnd())) pieces.push('');
    for (const character of word) {
      if (!isNarrow((pieces.at(-1) + character).trimEnd())) pieces.push('');
      pieces[pieces.length - 1] += character;
    }
  }
  return pieces.map((piece) => piece.trimEnd());
}

/** Groups of columns that fit side by side, the first column in each of them. */
function panelsOf(widths: readonly number[], width: number | null): number[][] {
  const panels: number[][] = [[0]];
  let used = widths[0] ?? 0;
  for (let column = 1; column < widths.length; column++) {
    const more = gap.length + widths[column]!;
    if (width !== null && used + more > width && panels.at(-1)!.length > 1) {
      panels.push([0]);
      used = widths[0]!;
    }
    panels.at(-1)!.push(column);
    used += more;
  }
  return panels;
}

function writePanel(rows: readonly string[][][], columns: readonly number[], widths: readonly number[]): string {
  const rule = columns.map((column) => '─'.repeat(widths[column]!)).join(gap);
  const written = rows.map((row) => {
    const height = Math.max(...columns.map((column) => row[column]?.length ?? 1));
    return Array.from({ length: height }, (_, line) =>
      columns
        .map((column) => pad(row[column]?.[line] ?? '', widths[column]!))
        .join(gap)
        .trimEnd(),
    ).join('\n');
  });
  return `${[written[0], rule, ...written.slice(1)].join('\n')}\n`;
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** Rows as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers do not. */
export function writeCsv(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return [head, ...rows].map(csvLine).join('');
}
