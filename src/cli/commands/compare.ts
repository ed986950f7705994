// xianjian compare: counties side by side, every value with its bound, unit, period, status and the id that leads to its sentence.

import { openCorpus } from '../../../db/open.js';
import { loadCodebook } from '../../../extractors/index.js';
import {
  type Language,
  missingWords,
  stageWords,
  statusWords,
  writePeriod,
  writeValue,
} from '../../compare/wording.js';
import { compare, type NamedComparison } from '../../corpus.js';
import type { Cell, CellRow, CompareQuery, StoredFigure } from '../../model/cell.js';
import { UsageError } from '../../model/errors.js';
import { type Status, stages, statuses } from '../../model/record.js';
import { type Command, codebookOption, countyOption, databaseOption, listOf } from '../command.js';
import type { Output } from '../output.js';
import { writeCsv, writeTable } from '../table.js';

export const compareCommand: Command = {
  name: 'compare',
  summary: 'Print the county × indicator matrix.',
  options: [
    databaseOption,
    codebookOption,
    countyOption,
    { flags: '--indicator <ids...>', about: 'indicators by id or name' },
    { flags: '--stage <stages...>', about: stages.join(', ') },
    { flags: '--period <period>', about: '2024, 2024-05 or 2022..2024; nothing is filled in from another year' },
    { flags: '--status <statuses...>', about: `${statuses.join(', ')}; default actual` },
    { flags: '--json', about: 'the whole matrix with all figures' },
    { flags: '--csv', about: 'one line a cell' },
  ],
  examples: [
    'xianjian compare',
    'xianjian compare --county 乳山,阳谷 --indicator new_school_places',
    'xianjian compare --status target --csv > targets.csv',
  ],
  async run({ options }, out) {
    const query = queryOf(options);
    const codebook = loadCodebook(String(options.codebook));
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      const comparison = await compare(corpus, query, codebook);
      if (options.json) out.data(`${JSON.stringify(jsonOf(comparison), null, 2)}\n`);
      else if (options.csv) out.data(csvOf(comparison));
      else showComparison(comparison, out);
      return 0;
    } finally {
      await corpus.close();
    }
  },
};

function queryOf(options: Record<string, unknown>): CompareQuery {
  const counties = listOf(options.county);
  const indicators = listOf(options.indicator);
  const stagesAsked = listOf(options.stage);
  const statusesAsked = listOf(options.status);
  checkWords('stage', stagesAsked, stages);
  checkWords('status', statusesAsked, statuses);
  return {
    ...(counties ? { counties } : {}),
    ...(indicators ? { indicators } : {}),
    ...(stagesAsked ? { stages: stagesAsked } : {}),
    ...(options.period === undefined ? {} : { period: String(options.period) }),
    ...(statusesAsked ? { statuses: statusesAsked as Status[] } : {}),
  };
}

function checkWords(option: string, words: readonly string[] | undefined, known: readonly string[]): void {
  const wrong = words?.find((word) => !known.includes(word));
  if (wrong !== undefined)
    throw new UsageError('E_OPTION', `--${option} ${wrong} is unknown`, `Write one of ${known.join(', ')}.`);
}

/** The matrix as a table on stdout, and on stderr what its words mean. */
export function showComparison(comparison: NamedComparison, out: Output): void {
  if (comparison.columns.length === 0) {
    out.say('The corpus has read no county yet. Next: xianjian crawl URL --place CODE');
    return;
  }
  if (comparison.rows.length === 0) {
    out.say(
      'No figure of these counties fits an indicator. `xianjian codebook` lists what is asked; drop a filter to see more.',
    );
    return;
  }
  const { language } = out;
  const head = [
    language === 'zh' ? '指标' : 'indicator',
    ...comparison.columns.map(({ name, code }) => `${name}\n${code}`),
  ];
  const rows = foldedRows(comparison).map(({ row, stages, cells }) => {
    const indicator = comparison.indicators.get(row.indicator)!;
    const names = stages.map((stage) => stageWords[language][stage] ?? stage).filter((name) => name !== '');
    const label = language === 'zh' ? indicator.zh : `${indicator.en}\n${indicator.zh}`;
    return [
      names.length === 0 ? label : `${label} (${names.join(language === 'zh' ? '、' : ', ')})`,
      ...cells.map((cell) => cellText(cell, language)),
    ];
  });
  out.data(writeTable(head, rows, out.width));
  out.say(legend(language));
}

interface FoldedRow {
  row: CellRow;
  stages: string[];
  cells: Cell[];
}

/** Rows of one indicator that hold the same figures at several stages become one row that names them all. */
function foldedRows(comparison: NamedComparison): FoldedRow[] {
  const folded: FoldedRow[] = [];
  for (const [index, row] of comparison.rows.entries()) {
    const cells = comparison.cells[index]!;
    const last = folded.at(-1);
    const isSame =
      last?.row.indicator === row.indicator &&
      last.row.dimension === row.dimension &&
      cells.every((cell, county) => cell.chosen?.id === last.cells[county]!.chosen?.id) &&
      cells.every((cell, county) => cell.chosen !== null || cell.missing === last.cells[county]!.missing);
    if (isSame) last.stages.push(row.stage);
    else folded.push({ row, stages: [row.stage], cells });
  }
  return folded;
}

const legend = (language: Language): string =>
  language === 'zh'
    ? '≥ 不低于/以上  > 余/多/超过  < 近/不足  ≤ 不超过  ≈ 约  +n 另有 n 个数。xianjian show ID 给出原句与出处。'
    : '≥ at least  > more than (余, 多)  < just under (近)  ≤ at most  ≈ about  +n more figures. `xianjian show ID` gives the sentence.';

function cellText(cell: Cell, language: Language): string {
  if (cell.chosen) {
    const more = cell.others.length > 0 ? ` +${cell.others.length}` : '';
    return `${writeValue(cell.chosen)}${more}\n${when(cell.chosen, language)}`;
  }
  const reason = missingWords[language][cell.missing ?? 'not_mentioned']!;
  const first = cell.others[0];
  if (cell.missing === 'target_only') {
    const goal = cell.others.find((figure) => figure.status !== 'standard') ?? first;
    return goal ? `${reason} ${writeValue(goal)}\n${when(goal, language)}` : reason;
  }
  return cell.missing === 'not_comparable' && first ? `${reason}\n${first.id}` : reason;
}

const when = (figure: StoredFigure, language: Language): string =>
  `${writePeriod(figure)} ${statusWords[language][figure.status]} ${figure.id}`;

/** The comparison as one JSON object. */
function jsonOf(comparison: NamedComparison): unknown {
  return {
    counties: comparison.columns.map(({ code, name }) => ({ code, name })),
    rows: comparison.rows.map((row, index) => {
      const indicator = comparison.indicators.get(row.indicator)!;
      return {
        ...row,
        zh: indicator.zh,
        en: indicator.en,
        unit: indicator.unit,
        cells: comparison.cells[index]!.map(({ place, chosen, choice, others, missing }) => ({
          county: place,
          value_status: missing ?? 'value',
          chosen,
          choice,
          others,
        })),
      };
    }),
  };
}

const columns = [
  'county_code',
  'county',
  'indicator',
  'indicator_zh',
  'stage',
  'dimension',
  'value_status',
  'value',
  'value_max',
  'unit',
  'per',
  'bound',
  'status',
  'accrual',
  'period_from',
  'period_to',
  'period_text',
  'figure_id',
  'others',
  'quote',
  'sentence',
  'document_title',
  'document_date',
  'url',
] as const;

function csvOf(comparison: NamedComparison): string {
  const rows = comparison.rows.flatMap((row, index) =>
    comparison.cells[index]!.map((cell, column) => {
      const { chosen } = cell;
      const county = comparison.columns[column]!;
      const indicator = comparison.indicators.get(row.indicator)!;
      return [
        county.code,
        county.name,
        row.indicator,
        indicator.zh,
        row.stage,
        row.dimension,
        cell.missing ?? 'value',
        chosen?.value ?? null,
        chosen?.valueMax ?? null,
        chosen?.unit ?? indicator.unit,
        chosen?.per.join('·') ?? null,
        chosen?.bound ?? null,
        chosen?.status ?? null,
        chosen?.accrual ?? null,
        chosen?.period?.from ?? null,
        chosen?.period?.to ?? null,
        chosen?.periodText ?? null,
        chosen?.id ?? null,
        cell.others.map((figure) => figure.id).join(' '),
        chosen?.quote ?? null,
        chosen?.sentence ?? null,
        chosen?.documentTitle ?? null,
        chosen?.documentDate ?? null,
        chosen?.url ?? null,
      ];
    }),
  );
  return writeCsv(columns, rows);
}
