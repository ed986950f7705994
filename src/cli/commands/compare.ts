// xianjian compare: counties side by side, every value with its bound, unit, period, status and the id that leads to its sentence.

import { openCorpus } from '../../../db/open.js';
import { loadCodebook } from '../../../extractors/index.js';
import { shownFigure } from '../../compare/cells.js';
import { type FoldedRow, foldRows } from '../../compare/folded.js';
import { writeDerived } from '../../compare/normalise.js';
import { reviewSigns } from '../../compare/review-wording.js';
import { writeStandard, writeStanding } from '../../compare/standards.js';
import {
  missingWords,
  otherPeriodWords,
  stageWords,
  statusWords,
  writePeriod,
  writeValue,
} from '../../compare/wording.js';
import { compare, type NamedComparison } from '../../corpus.js';
import type { Cell, StoredFigure } from '../../model/cell.js';
import type { Language } from '../../model/language.js';
import { type Command, codebookOption, databaseOption } from '../command.js';
import { comparisonCsv, comparisonJson } from '../compare-files.js';
import { whyEmpty } from '../empty-comparison.js';
import type { Output } from '../output.js';
import { normaliseOptions, queryOf, queryOptions } from '../query.js';
import { writeTable } from '../table.js';

export const compareCommand: Command = {
  name: 'compare',
  summary: { en: 'Print the county × indicator matrix.', zh: '打印县区 × 指标对比表。' },
  options: [
    databaseOption,
    codebookOption,
    ...queryOptions,
    {
      flags: '--standards',
      about: {
        en: 'the official standard in each row, and whether the values meet it',
        zh: '各行附上国家标准，并标明是否达到',
      },
    },
    ...normaliseOptions,
    { flags: '--json', about: { en: 'the whole matrix with all figures', zh: '完整的对比表，含全部数' } },
    { flags: '--csv', about: { en: 'one line a cell', zh: '每格一行' } },
  ],
  examples: [
    'xianjian compare',
    'xianjian compare --county 乳山,阳谷 --indicator new_school_places',
    'xianjian compare --standards --per-year',
    'xianjian compare --status target --csv > targets.csv',
  ],
  async run({ options }, out) {
    const query = queryOf(options);
    const codebook = loadCodebook(String(options.codebook));
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      const comparison = await compare(corpus, query, codebook);
      if (options.json) out.data(`${JSON.stringify(comparisonJson(comparison), null, 2)}\n`);
      else if (options.csv) out.data(comparisonCsv(comparison));
      else showComparison(comparison, out, { standards: options.standards === true });
      if (comparison.columns.length > 0) {
        const why = await whyEmpty(corpus, comparison, query, codebook, out.language);
        if (why) out.say(why);
      }
      return 0;
    } finally {
      await corpus.close();
    }
  },
};

/** What a table shows beside the values themselves. */
interface TableOptions {
  standards?: boolean;
}

/** The matrix as a table on stdout, and on stderr what its words mean. */
export function showComparison(comparison: NamedComparison, out: Output, options: TableOptions = {}): void {
  if (comparison.columns.length === 0) {
    out.say(
      {
        en: 'The corpus has read no county yet. Next: xianjian crawl URL --place CODE',
        zh: '语料库里还没有读过任何县区。下一步：xianjian crawl 网址 --place 代码',
      }[out.language],
    );
    return;
  }
  if (comparison.rows.length === 0) return;
  const { language } = out;
  const head = [
    language === 'zh' ? '指标' : 'indicator',
    ...comparison.columns.map(({ name, code }) => `${name}\n${code}`),
  ];
  const rows = foldRows(comparison, (a, b) => !options.standards || sameStandards(comparison, a, b)).map((row) =>
    tableRow(comparison, row, options, language),
  );
  out.data(writeTable(head, rows, out.width));
  out.say(legend(language));
  if (options.standards) out.say(standardsLegend(language));
  if (comparison.derived.some((row) => row.some((cell) => cell.length > 0))) out.say(derivedLegend(language));
}

function tableRow(
  comparison: NamedComparison,
  { row, index, stages, cells }: FoldedRow,
  options: TableOptions,
  language: Language,
): string[] {
  const indicator = comparison.indicators.get(row.indicator)!;
  const names = stages.map((stage) => stageWords[language][stage] ?? stage).filter((name) => name !== '');
  const label = language === 'zh' ? indicator.zh : `${indicator.en}\n${indicator.zh}`;
  const standings = options.standards ? comparison.standings[index]! : [];
  const standards = new Set(
    standings.flat().map(({ standard, dimension }) => writeStandard(standard, dimension, language)),
  );
  return [
    [names.length === 0 ? label : `${label} (${names.join(language === 'zh' ? '、' : ', ')})`, ...standards].join('\n'),
    ...cells.map((cell, county) =>
      [
        cellText(cell, language),
        ...comparison.derived[index]![county]!.flatMap(({ derived }) =>
          derived ? [`→ ${writeDerived(derived)}`] : [],
        ),
        ...(standings[county] ?? []).map((standing) => writeStanding(standing, language)),
      ].join('\n'),
    ),
  ];
}

const sameStandards = ({ standings }: NamedComparison, a: number, b: number): boolean => {
  const values = (row: number) =>
    standings[row]!.map((cell) => cell.map(({ standard }) => standard.value).join()).join(';');
  return values(a) === values(b);
};

const standardsLegend = (language: Language): string =>
  language === 'zh'
    ? '▲ 不低于标准  ▼ 未及标准  ◇ ▽ 只是目标或引用  △ 未定  – 不适用；后为差额。校级门槛针对每所学校，县均值仅供参考；目标等于标准是目标，不是达成。'
    : '▲ meets  ▼ falls short  ◇ ▽ only intended or quoted  △ undecided  – not applicable; then the margin. A threshold for each school is no verdict on a county mean; a target equal to its standard is a target, no achievement.';

const derivedLegend = (language: Language): string =>
  language === 'zh'
    ? '→ 由所报之数算得，非文中所载；--json 列出所用的数与算不得的原因。'
    : '→ computed from reported figures, in no text; --json lists the figures used, and why others could not be computed.';

const legend = (language: Language): string =>
  language === 'zh'
    ? '≥ 不低于/以上  > 余/多/超过  < 近/不足  ≤ 不超过  ≈ 约  +n 另有 n 个数  ✓ 已审  ✎ 人工更正。xianjian show 编号 给出原句与出处。'
    : '≥ at least  > more than (余, 多)  < just under (近)  ≤ at most  ≈ about  +n more figures  ✓ reviewed  ✎ corrected by a person. `xianjian show ID` gives the sentence.';

function cellText(cell: Cell, language: Language): string {
  if (cell.chosen) {
    const more = cell.others.length > 0 ? ` +${cell.others.length}` : '';
    const { review } = cell.chosen;
    const filled = cell.choice === 'other_period' ? `\n${otherPeriodWords[language]}` : '';
    return `${review ? `${reviewSigns[review.action]} ` : ''}${writeValue(cell.chosen)}${more}\n${when(cell.chosen, language)}${filled}`;
  }
  const reason = missingWords[language][cell.missing ?? 'not_mentioned']!;
  const goal = shownFigure(cell);
  if (goal) return `${reason} ${writeValue(goal)}\n${when(goal, language)}`;
  const first = cell.others[0];
  return cell.missing === 'not_comparable' && first ? `${reason}\n${first.id}` : reason;
}

const when = (figure: StoredFigure, language: Language): string =>
  `${writePeriod(figure)} ${statusWords[language][figure.status]} ${figure.id}`;
