// xianjian runs: crawls looked back on, and one in full beside the run of the same source before.
import { type CrawlReport, runReport } from '../../../crawlers/index.js';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import type { RunRecord } from '../../../db/run-list.js';
import { UsageError } from '../../model/errors.js';
import { type Command, databaseOption } from '../command.js';
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
      if (named !== undefined) return await showOne(corpus, numberOf('the run', named), options.json === true, out);
      const source = options.source === undefined ? {} : { source: String(options.source) };
      const records = await corpus.runs({ ...source, limit: numberOf('--limit', options.limit) });
      if (options.json === true) out.data(`${JSON.stringify(records.map(withDuration), null, 2)}\n`);
      else if (records.length === 0) out.say('No run yet. Type `xianjian crawl`.');
      else out.data(writeTable(head, records.map(rowOf), out.width));
      return 0;
    } finally {
      await corpus.close();
    }
  },
};

function numberOf(name: string, value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0 && number < 2 ** 31) return number;
  throw new UsageError(
    'E_NUMBER',
    { en: `${name} ${String(value)} is no number of this kind`, zh: `${name} ${String(value)} 不是这里要的数` },
    { en: 'Write a whole number from 1.', zh: '请写不小于 1 的整数。' },
  );
}

const head = ['run', 'source', 'started (UTC)', 'took', 'end', 'pages', 'new', 'changed', 'new figures', 'why'];

const rowOf = (run: RunRecord): string[] => [
  String(run.id),
  run.source,
  run.startedAt.slice(0, 16).replace('T', ' '),
  duration(run),
  run.end ?? 'open',
  String(run.pages),
  String(run.newDocuments),
  String(run.changedDocuments),
  String(run.newFigures),
  shortened(run.reason ?? ''),
];

const shortened = (reason: string): string => (reason.length > 60 ? `${reason.slice(0, 59)}…` : reason);

const tookMs = (run: RunRecord): number | null =>
  run.endedAt === null ? null : Date.parse(run.endedAt) - Date.parse(run.startedAt);

function duration(run: RunRecord): string {
  const ms = tookMs(run);
  if (ms === null) return '–';
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
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
  out.data(harmless(wordsOf(run, before, report)));
  if (report.failures.length > 0) out.say(`Next: xianjian retry --failed ${run.source}`);
  return 0;
}

const compared: [name: string, value: (run: RunRecord) => number | null][] = [
  ['seconds', (run) => (tookMs(run) === null ? null : Math.round(tookMs(run)! / 1000))],
  ['outcomes', (run) => run.pages],
  ['megabytes', (run) => Math.round(run.bytes / 1e5) / 10],
  ['new documents', (run) => run.newDocuments],
  ['changed documents', (run) => run.changedDocuments],
  ['new figures', (run) => run.newFigures],
];

function wordsOf(run: RunRecord, before: RunRecord | undefined, report: CrawlReport): string {
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '–' : String(value));
  const rows = compared.map(([name, value]) => [name, number(value(run)), number(before && value(before))]);
  const outcomes = Object.entries(report.hosts).map(
    ([host, counts]) =>
      `  ${host}: ${Object.entries(counts)
        .map(([outcome, count]) => `${outcome} ${count}`)
        .join(', ')}\n`,
  );
  const lost = report.failures.map(
    ({ url, outcome, reason }) => `  lost: ${url} (${outcome}${reason ? `, ${reason}` : ''})\n`,
  );
  return [
    `run ${run.id} of ${run.source}: ${run.end ?? 'open, it can be gone on with'}, ${run.startedAt}, ${duration(run)}\n`,
    writeTable(['', 'this run', before ? `run ${before.id}, ${before.end ?? 'open'}` : 'no run before'], rows, null),
    'outcomes\n',
    ...outcomes,
    ...(report.reasons.length > 0 ? ['not complete\n', ...report.reasons.map((reason) => `  ${reason}\n`)] : []),
    ...lost.slice(0, 50),
    ...(lost.length > 50 ? [`  … and ${lost.length - 50} more\n`] : []),
  ].join('');
}
