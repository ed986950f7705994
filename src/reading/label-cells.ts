// Masthead boxes with their labels in a row above the values: the label of a cell is in the same column of the row above it, where that
// row holds nothing but labels.
import type { Element } from 'domhandler';
import { labelAlone } from './fields.js';
import { fold, type Line } from './line.js';

/** A masthead box has few columns. */
const mostColumns = 20;

const isElement = (node: { type: string } | null): node is Element => node?.type === 'tag';
const cellsOf = (row: Element) => row.children.filter(isElement);

/** The row above, also where it is the last of a part of the table (thead) before this one. */
function rowAbove(row: Element): Element | null {
  for (let node = row.prev; node; node = node.prev) if (isElement(node)) return node.name === 'tr' ? node : null;
  const part = row.parent?.prev;
  for (let node = part ?? null; node; node = node.prev)
    if (isElement(node)) return cellsOf(node).findLast((child) => child.name === 'tr') ?? null;
  return null;
}

function rowBelow(row: Element): Element | null {
  for (let node = row.next; node; node = node.next) if (isElement(node)) return node;
  return null;
}

/** Lines of values by the label that stands above each. Labels come as printed, folded. */
export function labelsAbove(lines: readonly Line[]): Map<Line, string> {
  const texts = new Map<Element, string[]>();
  for (const { cell, text } of lines) if (cell) texts.set(cell, [...(texts.get(cell) ?? []), text].slice(0, 2));
  const labelIn = (cell: Element) => {
    const folded = fold((texts.get(cell) ?? []).join(' '));
    return labelAlone(folded) === null ? null : folded;
  };
  const isHead = (row: Element) => cellsOf(row).every((cell) => labelIn(cell) !== null);
  /** The label above each cell of a row; several rows of values below one head are a list of other documents. */
  const labelsOf = (row: Element): Map<Element, string> => {
    const above = rowAbove(row);
    const [heads, cells] = [above ? cellsOf(above) : [], cellsOf(row)];
    const labels = heads.length === cells.length && heads.length <= mostColumns ? heads.map(labelIn) : [];
    const below = rowBelow(row);
    if (labels.length < 2 || labels.includes(null) || isHead(row) || (below && !isHead(below))) return new Map();
    return new Map(cells.map((cell, column) => [cell, labels[column]!]));
  };
  const rows = new Map<Element, Map<Element, string>>();
  const found = new Map<Line, string>();
  for (const line of lines) {
    const row = line.cell?.parent;
    if (!row || !isElement(row)) continue;
    const labels = rows.get(row) ?? labelsOf(row);
    rows.set(row, labels);
    const label = labels.get(line.cell!);
    if (label !== undefined) found.set(line, label);
  }
  return found;
}
