// What a gap in a printed line means: the rows of a table, whose cells are put under their columns, or the gutter between the columns of a
// newspaper, which are read one after the other.

/** Text of a line up to a gap, with its place in points from the left. */
export interface PrintedPart {
  text: string;
  left: number;
  right: number;
}

/** One line of print; it has at least one part. */
export interface PrintedLine {
  parts: PrintedPart[];
  /** Points from the top of the page. */
  y: number;
  size: number;
}

/** Rows that a table has at least, and lines that columns of running text have. */
const leastRows = 2;
const leastLines = 4;
/** Characters in a line of a column of running text. */
const leastWidth = 12;

/** Runs of neighbours that satisfy a condition, at least so many. */
function* runsOf<T>(items: readonly T[], least: number, fits: (item: T) => boolean): Generator<T[]> {
  let run: T[] = [];
  for (const item of items) {
    if (fits(item)) run.push(item);
    else {
      if (run.length >= least) yield run;
      run = [];
    }
  }
  if (run.length >= least) yield run;
}

interface Column {
  left: number;
  right: number;
}

/** The columns of a table: what its fullest rows have one after the other, centred heads and flush figures alike. */
function columnsOf(rows: readonly PrintedLine[], most: number): Column[] {
  const full = rows.filter((row) => row.parts.length === most);
  return full[0]!.parts.map((_, i) => ({
    left: Math.min(...full.map((row) => row.parts[i]!.left)),
    right: Math.max(...full.map((row) => row.parts[i]!.right)),
  }));
}

/** A row with a tab for each column: its parts stand under the columns that they reach into furthest, in their order. */
function tabbedRow(row: PrintedLine, columns: readonly Column[]): string {
  const cells = columns.map(() => '');
  let next = 0;
  row.parts.forEach((part, i) => {
    const last = columns.length - (row.parts.length - i);
    let best = next;
    const shared = ({ left, right }: Column) => Math.min(right, part.right) - Math.max(left, part.left);
    for (let at = next; at <= last; at++) if (shared(columns[at]!) > shared(columns[best]!)) best = at;
    cells[best] = part.text.trim();
    next = best + 1;
  });
  return cells.join('\t');
}

/** The lines that are rows of tables, each with its cells under their columns, parted by tabs. */
export function tabbed(lines: readonly PrintedLine[]): Map<PrintedLine, string> {
  const found = new Map<PrintedLine, string>();
  for (const rows of runsOf(lines, leastRows, (line) => line.parts.length > 1)) {
    const most = rows.reduce((width, row) => Math.max(width, row.parts.length), 0);
    const columns = columnsOf(rows, most);
    for (const row of rows) found.set(row, tabbedRow(row, columns));
  }
  return found;
}

/** Where the gutter between two columns of running text lies in these lines, or null where they are none. */
function gutterOf(lines: readonly PrintedLine[]): number | null {
  const pairs = lines.filter((line) => line.parts.length === 2);
  if (pairs.length < leastLines || pairs.length < lines.length * 0.7) return null;
  const from = Math.max(...pairs.map((line) => line.parts[0]!.right));
  const to = Math.min(...pairs.map((line) => line.parts[1]!.left));
  const wide = pairs.filter((line) => line.parts.every((part) => part.right - part.left > line.size * leastWidth));
  return from < to && wide.length > pairs.length * 0.6 ? (from + to) / 2 : null;
}

const isLeftOf = (line: PrintedLine, gutter: number) => line.parts.at(-1)!.right < gutter;
const isRightOf = (line: PrintedLine, gutter: number) => line.parts[0]!.left > gutter;

/** One column of lines: what of them lies on its side of the gutter. */
const side = (lines: readonly PrintedLine[], lies: (part: PrintedPart) => boolean): PrintedLine[] =>
  lines.flatMap((line) => {
    const parts = line.parts.filter(lies);
    return parts.length > 0 ? [{ ...line, parts }] : [];
  });

/**
 * The lines of all pages in the order in which they are read, in groups that stand in one column each: pages in one column are one
 * group together.
 */
export function inReadingOrder(pages: readonly PrintedLine[][]): PrintedLine[][] {
  const groups: PrintedLine[][] = [[]];
  for (const page of pages) {
    const run = [...runsOf(page, leastLines, (line) => line.parts.length === 2)].sort((a, b) => b.length - a.length)[0];
    const gutter = run ? gutterOf(run) : null;
    if (run === undefined || gutter === null) {
      groups.at(-1)!.push(...page);
      continue;
    }
    let from = page.indexOf(run[0]!);
    let to = page.indexOf(run.at(-1)!) + 1;
    while (from > 0 && isRightOf(page[from - 1]!, gutter)) from--;
    while (to < page.length && (isLeftOf(page[to]!, gutter) || isRightOf(page[to]!, gutter))) to++;
    const both = page.slice(from, to);
    groups.at(-1)!.push(...page.slice(0, from));
    groups.push(
      side(both, (part) => part.right < gutter),
      side(both, (part) => part.left > gutter),
      page.slice(to),
    );
  }
  return groups.filter((group) => group.length > 0);
}
