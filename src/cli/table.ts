// Tables for people, whose columns stand in line where characters are two columns wide; and CSV for machines.
import stringWidth from 'string-width';
import { csvLine } from '../export/csv.js';
import { harmless } from './output.js';

/** A cell may have several lines. */
export type TableRow = readonly string[];

/**
 * A table with columns in line. The first column (and the head) is repeated where the others do not fit side by side.
 * @param width columns of the terminal, null without limit
 */
export function writeTable(head: TableRow, rows: readonly TableRow[], width: number | null): string {
  const all = [head, ...rows].map((row) => row.map((cell) => harmless(cell).split('\n')));
  const widths = head.map((_, column) => Math.max(...all.map((row) => cellWidth(row[column] ?? ['']))));
  return panelsOf(widths, width)
    .map((columns) => writePanel(all, columns, widths))
    .join('\n');
}

const cellWidth = (lines: readonly string[]): number => Math.max(...lines.map((line) => stringWidth(line)));

const gap = '  ';

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
