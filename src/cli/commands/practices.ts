// xianjian practices: counties side by side by what they report to do.
import { openCorpus } from '../../../db/open.js';
import { loadCodebook } from '../../../extractors/index.js';
import { comparePractices, type PracticeCell, type PracticeMatrix } from '../../corpus.js';
import type { Language } from '../../model/language.js';
import { type Command, codebookOption, countyOption, databaseOption, listOf } from '../command.js';
import type { Output } from '../output.js';
import { writeCsv, writeTable } from '../table.js';

/** How far a practice is. */
export const practiceWords: Record<Language, Record<string, string>> = {
  zh: { done: '已实施', piloted: '试点', planned: '计划', mentioned: '仅提及' },
  en: { done: 'done', piloted: 'piloted', planned: 'planned', mentioned: 'mentioned' },
};

export const practicesCommand: Command = {
  name: 'practices',
  summary: {
    en: 'Print the county × practice matrix: what counties report to do, and how far it is.',
    zh: '打印县区 × 做法对比表：各县报了哪些做法，进展到哪一步。',
  },
  options: [
    databaseOption,
    codebookOption,
    countyOption,
    { flags: '--json', about: { en: 'the whole matrix with every sentence', zh: '完整的对比表，含每条原句' } },
    { flags: '--csv', about: { en: 'one line a cell', zh: '每格一行' } },
  ],
  examples: ['xianjian practices', 'xianjian practices --county 371083,370881 --csv'],
  async run({ options }, out) {
    const counties = listOf(options.county);
    const codebook = loadCodebook(String(options.codebook));
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      const matrix = await comparePractices(corpus, counties ? { counties } : {}, codebook);
      if (options.json) out.data(`${JSON.stringify(jsonOf(matrix), null, 2)}\n`);
      else if (options.csv) out.data(csvOf(matrix));
      else showPractices(matrix, out);
      return 0;
    } finally {
      await corpus.close();
    }
  },
};

/** The matrix as a table on stdout. */
export function showPractices(matrix: PracticeMatrix, out: Output): void {
  if (matrix.rows.length === 0) {
    out.say(
      {
        en: 'No practice of the codebook is reported by these counties. Next: xianjian crawl URL --place CODE',
        zh: '这些县区的文件里没有读到编码表中的做法。下一步：xianjian crawl 网址 --place 代码',
      }[out.language],
    );
    return;
  }
  const head = [
    out.language === 'zh' ? '做法' : 'practice',
    ...matrix.columns.map(({ name, code }) => `${name}\n${code}`),
  ];
  const rows = matrix.rows.map((row, index) => [
    out.language === 'zh' ? row.zh : `${row.en}\n${row.zh}`,
    ...matrix.cells[index]!.map((cell) => cellText(cell, out.language)),
  ]);
  out.data(writeTable(head, rows, out.width));
}

/** The strongest status, the first date, the number of documents where there are several, and the id of the best report. */
function cellText(cell: PracticeCell | null, language: Language): string {
  if (!cell) return '·';
  const documents = cell.documents > 1 ? ` ×${cell.documents}` : '';
  return `${practiceWords[language][cell.status]}${documents}\n${cell.first ?? '—'} ${cell.reports[0]!.id}`;
}

function jsonOf(matrix: PracticeMatrix): unknown {
  return {
    counties: matrix.columns.map(({ code, name }) => ({ code, name })),
    rows: matrix.rows.map(({ id, zh, en, theme }, index) => ({
      practice: id,
      zh,
      en,
      theme,
      cells: matrix.cells[index]!.map((cell, column) => ({ county: matrix.columns[column]!.code, ...cell })),
    })),
  };
}

const head = ['county_code', 'county', 'practice', 'practice_zh', 'status', 'documents', 'first', 'id', 'sentence'];

function csvOf(matrix: PracticeMatrix): string {
  const rows = matrix.rows.flatMap((row, index) =>
    matrix.cells[index]!.map((cell, column) => {
      const { code, name } = matrix.columns[column]!;
      const best = cell?.reports[0];
      return [
        code,
        name,
        row.id,
        row.zh,
        cell?.status ?? 'not_mentioned',
        cell?.documents ?? 0,
        cell?.first ?? null,
        best?.id ?? null,
        best?.sentence ?? null,
      ];
    }),
  );
  return writeCsv(head, rows);
}
