// Rows of a comparison as people read them: an indicator that holds the same figures at several stages is one row that names them all.
import type { Cell, CellRow, Comparison } from '../model/cell.js';

export interface FoldedRow {
  row: CellRow;
  /** Of the first of its rows in the comparison. */
  index: number;
  stages: string[];
  cells: Cell[];
}

/**
 * Folds rows that follow each other.
 * @param alike whether two rows, by index, also agree in what is shown beside their values
 */
export function foldRows(
  comparison: Comparison,
  alike: (first: number, second: number) => boolean = () => true,
): FoldedRow[] {
  const folded: FoldedRow[] = [];
  for (const [index, row] of comparison.rows.entries()) {
    const cells = comparison.cells[index]!;
    const last = folded.at(-1);
    const isSame =
      last?.row.indicator === row.indicator &&
      last.row.dimension === row.dimension &&
      alike(last.index, index) &&
      cells.every((cell, county) => cell.chosen?.id === last.cells[county]!.chosen?.id) &&
      cells.every((cell, county) => cell.chosen !== null || cell.missing === last.cells[county]!.missing);
    if (isSame) last.stages.push(row.stage);
    else folded.push({ row, index, stages: [row.stage], cells });
  }
  return folded;
}
