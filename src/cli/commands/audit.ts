// xianjian audit: what the texts say beside what their own figures give: sums, shares, multiples, lists, repeated figures, dates.
import { openCorpus } from '../../../db/open.js';
import { loadCodebook } from '../../../extractors/index.js';
import {
  type Finding,
  type FindingKind,
  findingKinds,
  type Severity,
  severities,
  type Verdict,
  verdicts,
} from '../../compare/audit/index.js';
import { type AuditReport, audit, countyOf } from '../../corpus.js';
import { findingColumns, findingRow } from '../../export/findings.js';
import { UsageError } from '../../model/errors.js';
import { counted, type Language } from '../../model/language.js';
import { type Command, codebookOption, countyOption, databaseOption, listOf } from '../command.js';
import { harmless, type Output } from '../output.js';
import { writeCsv } from '../table.js';

/** Exit code where --fail-on met a finding. */
const foundExitCode = 4;

/** Shown without --verdict: claims that hold are told on request. */
const shownByDefault: readonly Verdict[] = verdicts.filter((verdict) => verdict !== 'holds' && verdict !== 'rounds');

export const auditCommand: Command = {
  name: 'audit',
  summary: {
    en: 'Check sums, shares, multiples, lists, repeated figures and dates of the texts against each other.',
    zh: '核对文中的总数、比例、倍数、列举、重复出现的数和日期是否相合。',
  },
  options: [
    databaseOption,
    codebookOption,
    countyOption,
    {
      flags: '--kind <kinds...>',
      about: { en: findingKinds.join(', '), zh: `核对的种类：${findingKinds.join(', ')}` },
    },
    {
      flags: '--verdict <verdicts...>',
      about: {
        en: `${verdicts.join(', ')}, or all; default all but holds and rounds`,
        zh: `结论：${verdicts.join(', ')}，或 all；默认除 holds 和 rounds 外全部`,
      },
    },
    { flags: '--json', about: { en: 'all findings as one JSON object', zh: '全部结果，一个 JSON 对象' } },
    { flags: '--csv', about: { en: 'one line a finding', zh: '每项结果一行' } },
    {
      flags: '--fail-on <severity>',
      about: {
        en: 'exit with code 4 where a finding is as grave as low, medium or high',
        zh: '有结果达到 low、medium 或 high 这一级时，以代码 4 退出',
      },
    },
  ],
  examples: [
    'xianjian audit',
    'xianjian audit --county 乳山 --kind share,parts --verdict all',
    'xianjian audit --csv --fail-on medium > findings.csv',
  ],
  async run({ options }, out) {
    const query = queryOf(options);
    const failOn = severityOf(options.failOn);
    const codebook = loadCodebook(String(options.codebook));
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      const report = await audit(corpus, query, codebook);
      if (options.json) out.data(`${JSON.stringify(report, null, 2)}\n`);
      else if (options.csv) out.data(csvOf(report));
      else showReport(report, out);
      if (report.documents === 0) out.say(nothingRead(query.counties, out.language));
      return failOn !== null && report.findings.some(({ severity }) => isAsGrave(severity, failOn)) ? foundExitCode : 0;
    } finally {
      await corpus.close();
    }
  },
};

const nothingRead = (counties: readonly string[] | undefined, language: Language): string =>
  language === 'zh'
    ? `没有可核对的文件。${counties ? '去掉 --county 核对所有各县，或' : ''}下一步：xianjian crawl 网址 --place 代码`
    : `There is no document to check. ${counties ? 'Drop --county to check all counties. ' : ''}Next: xianjian crawl URL --place CODE`;

const isAsGrave = (severity: Severity, least: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(least);

function queryOf(options: Record<string, unknown>) {
  const counties = listOf(options.county);
  const kinds = listOf(options.kind);
  const asked = listOf(options.verdict);
  check('kind', kinds, findingKinds);
  const chosen = asked?.includes('all') ? [...verdicts] : (asked ?? [...shownByDefault]);
  check('verdict', chosen, verdicts);
  return {
    ...(counties ? { counties } : {}),
    ...(kinds ? { kinds: kinds as FindingKind[] } : {}),
    verdicts: chosen as Verdict[],
  };
}

function severityOf(word: unknown): Severity | null {
  if (word === undefined) return null;
  check('fail-on', [String(word)], severities.slice(1));
  return word as Severity;
}

function check(option: string, words: readonly string[] | undefined, known: readonly string[]): void {
  const wrong = words?.find((word) => !known.includes(word));
  if (wrong !== undefined)
    throw new UsageError(
      'E_OPTION',
      { en: `--${option} ${wrong} is unknown`, zh: `--${option} 没有 ${wrong} 这个取值` },
      { en: `Write one of ${known.join(', ')}.`, zh: `请写其中之一：${known.join('、')}。` },
    );
}

const verdictWords: Record<Language, Record<Verdict, string>> = {
  zh: {
    holds: '相合',
    rounds: '舍入相合',
    edge: '恰在界上',
    overstated: '所写偏高',
    understated: '所写偏低',
    conflicts: '两处不同',
    cannot_tell: '待核对',
  },
  en: {
    holds: 'holds',
    rounds: 'rounds',
    edge: 'edge',
    overstated: 'overstated',
    understated: 'understated',
    conflicts: 'conflicts',
    cannot_tell: 'cannot tell',
  },
};

/** What was checked and how grave it is, with the words that --kind and --fail-on take. */
const chineseKinds: Record<FindingKind, string> = {
  parts: '分项与合计',
  share: '比例',
  growth: '增幅',
  multiple: '倍数',
  list: '列举',
  repeated: '重复出现',
  term: '名称',
  date: '日期',
  range: '常理范围',
  standard: '达标',
};
const chineseSeverities: Record<Severity, string> = { none: '', low: '轻', medium: '中', high: '重' };

/** A code beside its Chinese name. */
const named = (code: string, name: string, language: Language): string =>
  language === 'zh' ? `${name}（${code}）` : code;

function showReport(report: AuditReport, out: Output): void {
  const { language } = out;
  for (const finding of report.findings) out.data(`${harmless(linesOf(finding, language).join('\n'))}\n\n`);
  const perVerdict = verdicts
    .filter((verdict) => report.counts[verdict] > 0)
    .map((verdict) => `${verdictWords[language][verdict]} ${report.counts[verdict]}`);
  const found =
    perVerdict.length > 0
      ? perVerdict.join(language === 'zh' ? '，' : ', ')
      : language === 'zh'
        ? '无'
        : 'nothing to compare';
  out.say(
    language === 'zh'
      ? `已核对${report.documents}份文件、${report.figures}个数：${found}。--verdict all 列出相合的；xianjian show 编号 给出原句与出处。`
      : `Checked ${counted(report.documents, 'document')} with ${counted(report.figures, 'figure')}: ${found}. --verdict all lists those that hold; xianjian show ID gives a figure's source.`,
  );
}

function linesOf(finding: Finding, language: Language): string[] {
  const county = finding.place === null ? '—' : `${countyOf(finding.place).name} ${finding.place}`;
  const { kind, severity } = finding;
  const head = [
    verdictWords[language][finding.verdict],
    named(kind, chineseKinds[kind], language),
    ...(severity === 'none' ? [] : [named(severity, chineseSeverities[severity], language)]),
    county,
  ];
  return [
    head.join(' · '),
    `  ${finding[language]}`,
    ...finding.sentences.map(({ document, text }) => `  [${document}] ${text}`),
    finding.figures.length > 0
      ? `  ${finding.figures.join(' ')}`
      : `  ${language === 'zh' ? '文件' : 'document'} ${finding.documents.join(' ')}`,
  ];
}

/** The sentence stands in both languages: a file is the same wherever it was made. */
const csvOf = ({ findings }: AuditReport): string =>
  writeCsv(
    [...findingColumns.map(({ name }) => name), 'finding_zh'],
    findings.map((finding) => [...findingRow(finding, 'en'), finding.zh]),
  );
