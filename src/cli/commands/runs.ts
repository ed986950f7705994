// xianjian runs: crawls looked back on, and one in full beside the run of the same source before.
import { type CrawlReport, runReport, sayReason } from '../../../crawlers/index.js';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import type { RunRecord } from '../../../db/run-list.js';
import { UsageError } from '../../model/errors.js';
import { alike, type Language, type Said, wordTable } from '../../model/language.js';
import { type Command, databaseOption } from '../command.js';
import { crawlWords, endOf, outcomeCounts } from '../crawl-words.js';
import { harmless, type Output } from '../output.js';
import { writeTable } from '../table.js';

const usualLimit = 20;

export const runsCommand: Command = {
  name: 'runs',
  arguments: '[id]',
  summary: {
    en: 'Show crawls: how they ended, what was new or changed, and one of them beside the last of its source.',
    zh: '查看历次采集：怎样结束、新增和改动了什么；写编号则看其中一次，并与同一站点的上一次对照。',
  },
  options: [
    databaseOption,
    { flags: '--source <id>', about: { en: 'only of this source', zh: '只看这个站点' } },
    { flags: '--limit <n>', about: { en: 'the newest, at most so many', zh: '只看最近几次' }, default: usualLimit },
    { flags: '--json', about: { en: 'an array, or with a number one object', zh: '数组；写了编号时是一个对象' } },
  ],
  examples: ['xianjian runs', 'xianjian runs 12', 'xianjian runs --source qufu --json'],
  async run({ arguments: [named], options }, out) {
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      if (named !== undefined)
        return await showOne(corpus, numberOf({ en: 'the run', zh: '采集编号' }, named), options.json === true, out);
      const source = options.source === undefined ? {} : { source: String(options.source) };
      const records = await corpus.runs({ ...source, limit: numberOf(alike('--limit'), options.limit) });
      if (options.json === true) out.data(`${JSON.stringify(records.map(withDuration), null, 2)}\n`);
      else if (records.length === 0)
        out.say(
          { en: 'No run yet. Type `xianjian crawl`.', zh: '还没有采集过。请运行 xianjian crawl。' }[out.language],
        );
      else
        out.data(
          writeTable(
            head[out.language],
            records.map((run) => rowOf(run, out.language)),
            out.width,
          ),
        );
      return 0;
    } finally {
      await corpus.close();
    }
  },
};

function numberOf(name: Said, value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0 && number < 2 ** 31) return number;
  throw new UsageError(
    'E_NUMBER',
    {
      en: `${name.en} ${String(value)} is no number of this kind`,
      zh: `${name.zh} ${String(value)} 不是不小于 1 的整数`,
    },
    { en: 'Write a whole number from 1.', zh: '请写不小于 1 的整数。' },
  );
}

const head: Record<Language, string[]> = {
  en: ['run', 'source', 'started (UTC)', 'took', 'end', 'pages', 'new', 'changed', 'new figures', 'why'],
  zh: ['编号', '站点', '开始（UTC）', '用时', '结束', '网页', '新文件', '有改动', '新数值', '原因'],
};

/** Of a run that has not ended. */
const open: Said = { en: 'open', zh: '未结束' };

const rowOf = (run: RunRecord, language: Language): string[] => [
  String(run.id),
  run.source,
  run.startedAt.slice(0, 16).replace('T', ' '),
  duration(run, language),
  run.end === null ? open[language] : sayReason(run.end, language),
  String(run.pages),
  String(run.newDocuments),
  String(run.changedDocuments),
  String(run.newFigures),
  shortened(run.reason === null ? '' : sayReason(run.reason, language)),
];

const shortened = (reason: string): string => (reason.length > 60 ? `${reason.slice(0, 59)}…` : reason);

const tookMs = (run: RunRecord): number | null =>
  run.endedAt === null ? null : Date.parse(run.endedAt) - Date.parse(run.startedAt);

function duration(run: RunRecord, language: Language): string {
  const ms = tookMs(run);
  if (ms === null) return '–';
  const seconds = ms / 1000;
  const units = { en: ['s', 'min', 'h'], zh: ['秒', '分钟', '小时'] }[language];
  if (seconds < 60) return `${seconds.toFixed(1)} ${units[0]}`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} ${units[1]}` : `${(seconds / 3600).toFixed(1)} ${units[2]}`;
}

const withDuration = (run: RunRecord) => ({ ...run, tookMs: tookMs(run) });

async function showOne(corpus: Corpus, id: number, json: boolean, out: Output): Promise<number> {
  const [run] = await corpus.runs({ id, limit: 1 });
  if (!run)
    throw new UsageError(
      'E_RUN',
      { en: `there is no run ${id}`, zh: `没有第 ${id} 次采集` },
      { en: 'Type `xianjian runs` for those that there are.', zh: '已有的采集见 xianjian runs。' },
    );
  const [before] = run.before === null ? [] : await corpus.runs({ id: run.before, limit: 1 });
  const report = await runReport(corpus.frontier, run);
  if (json) {
    const { hosts, lists, failures, articles, furtherPages, attachments, reasons } = report;
    const whole = { ...withDuration(run), reasons, articles, furtherPages, attachments, hosts, lists, failures };
    out.data(`${JSON.stringify({ ...whole, last: before ? withDuration(before) : null }, null, 2)}\n`);
    return 0;
  }
  out.data(harmless(wordsOf(run, before, report, out.language)));
  if (report.failures.length > 0)
    out.say(
      { en: `Next: xianjian retry --failed ${run.source}`, zh: `下一步：xianjian retry --failed ${run.source}` }[
        out.language
      ],
    );
  return 0;
}

const compared: [name: Said, value: (run: RunRecord) => number | null][] = [
  [{ en: 'seconds', zh: '用时（秒）' }, (run) => (tookMs(run) === null ? null : Math.round(tookMs(run)! / 1000))],
  [{ en: 'outcomes', zh: '请求' }, (run) => run.pages],
  [{ en: 'megabytes', zh: '兆字节' }, (run) => Math.round(run.bytes / 1e5) / 10],
  [{ en: 'new documents', zh: '新文件' }, (run) => run.newDocuments],
  [{ en: 'changed documents', zh: '有改动的文件' }, (run) => run.changedDocuments],
  [{ en: 'new figures', zh: '新数值' }, (run) => run.newFigures],
];

const runWords = wordTable(
  {
    title: ({ id, source, end, startedAt }: RunRecord, took: string) =>
      `第 ${id} 次采集，${source}：${end === null ? '未结束，可以接着采' : sayReason(end, 'zh')}，${startedAt}，${took}\n`,
    own: '本次',
    before: ({ id, end }: RunRecord) => `第 ${id} 次，${end === null ? '未结束' : sayReason(end, 'zh')}`,
    none: '之前没有采集',
    outcomes: '结果',
    notComplete: '未完成的原因',
    more: (count: number) => `…… 另有 ${count} 个`,
  },
  {
    title: ({ id, source, end, startedAt }: RunRecord, took: string) =>
      `run ${id} of ${source}: ${end ?? 'open, it can be gone on with'}, ${startedAt}, ${took}\n`,
    own: 'this run',
    before: ({ id, end }: RunRecord) => `run ${id}, ${end ?? 'open'}`,
    none: 'no run before',
    outcomes: 'outcomes',
    notComplete: 'not complete',
    more: (count: number) => `… and ${count} more`,
  },
);

function wordsOf(run: RunRecord, before: RunRecord | undefined, report: CrawlReport, language: Language): string {
  const words = runWords[language];
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '–' : String(value));
  const rows = compared.map(([name, value]) => [name[language], number(value(run)), number(before && value(before))]);
  const outcomes = Object.entries(report.hosts).map(
    ([host, counts]) => `  ${host}: ${outcomeCounts(Object.entries(counts), language)}\n`,
  );
  const lost = report.failures.map(
    ({ url, outcome, reason }) => `  ${crawlWords[language].lost(url, endOf(outcome, reason, language))}\n`,
  );
  return [
    words.title(run, duration(run, language)),
    writeTable(['', words.own, before ? words.before(before) : words.none], rows, null),
    `${words.outcomes}\n`,
    ...outcomes,
    ...(report.reasons.length > 0
      ? [`${words.notComplete}\n`, ...report.reasons.map((reason) => `  ${sayReason(reason, language)}\n`)]
      : []),
    ...lost.slice(0, 50),
    ...(lost.length > 50 ? [`  ${words.more(lost.length - 50)}\n`] : []),
  ].join('');
}
