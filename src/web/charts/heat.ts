// The practice matrix as the heat table draws it, with the words of a language.
import type { HeatTable } from '../../charts/index.js';
import { missingWords } from '../../compare/wording.js';
import type { PracticeMatrix } from '../../corpus.js';
import { practiceStatusCategories } from '../../export/words.js';
import type { Language } from '../../model/language.js';
import type { PracticeStatus } from '../../model/record.js';
import { chartWords } from './words.js';

/** The table of a matrix. */
export function heatTable(matrix: PracticeMatrix, language: Language): HeatTable {
  const legend = practiceStatusCategories.map((category) => ({
    status: category.value as PracticeStatus,
    word: category[language],
  }));
  const words = new Map(legend.map(({ status, word }) => [status, word]));
  return {
    title: chartWords[language].kinds.practices,
    counties: matrix.columns.map(({ code, name }) => ({ code, name })),
    missing: missingWords[language].not_mentioned!,
    legend,
    rows: matrix.rows.map((entry, row) => ({
      title: entry[language],
      cells: matrix.cells[row]!.map((cell) => {
        if (!cell) return null;
        const { id, sentence } = cell.reports[0]!;
        return { status: cell.status, word: words.get(cell.status)!, documents: cell.documents, id, sentence };
      }),
    })),
  };
}
