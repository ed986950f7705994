// Changes as lines for machines: what `xianjian changes --csv` writes.
import type { Codebook } from '../../extractors/index.js';
import { changeColumns, changeRows } from '../export/changes.js';
import type { CountyChanges, DocumentChanges } from '../over-time.js';
import { writeCsv } from './table.js';

/** One line a change or plan. */
export const changesCsv = (answer: CountyChanges | DocumentChanges, codebook: Codebook): string =>
  writeCsv(
    changeColumns.map(({ name }) => name),
    changeRows(answer, codebook),
  );
