// xianjian schedule: crawls the sources of a study when their cron lines say so, once or for as long as it runs.
import { userInfo } from 'node:os';
import type { Source } from '../../../crawlers/index.js';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { type CompiledCodebook, compileCodebook, loadCodebook } from '../../../extractors/index.js';
import { CorpusError, UsageError, XianjianError } from '../../model/errors.js';
import { alike } from '../../model/language.js';
import { crawlAndRead } from '../../pipeline.js';
import { runSchedules, type ScheduledCrawl, type ScheduledSource, syncSchedules } from '../../scheduler.js';
import { type Alert, alertOf, alertOfFault, teller } from '../alert.js';
import {
  allowPrivateOption,
  type Command,
  type CommandCall,
  codebookOption,
  databaseOption,
  noDelayOption,
} from '../command.js';
import { crawlExitCode, crawlListener, sayCrawl } from '../crawl-report.js';
import { containerFile, systemdUnit } from '../deployment.js';
import { type Listen, logged, logOption } from '../log.js';
import { type Output, sayIn } from '../output.js';
import { scheduledSources } from '../scheduled-sources.js';
import { contactOf } from '../settings.js';
import { sourceFile, studySources } from '../source-names.js';
import { writeTable } from '../table.js';

export const scheduleCommand: Command = {
  name: 'schedule',
  arguments: '[source...]',
  summary: {
    en: 'Crawl the sources of the study when they are due, by the cron lines of their files.',
    zh: '按站点文件里的 cron 行，到点采集本研究的站点。',
  },
  options: [
    databaseOption,
    codebookOption,
    {
      flags: '--once',
      about: {
        en: 'crawl what is due now, then end (for cron and timers)',
        zh: '只采集现在到点的，然后结束（供 cron 和定时器用）',
      },
    },
    {
      flags: '--list',
      about: { en: 'show when each source is due; crawl nothing', zh: '只列出各站点何时到点，不采集' },
    },
    { flags: '--at-once <n>', about: { en: 'sources crawled side by side', zh: '同时采集几个站点' }, default: 2 },
    {
      flags: '--json',
      about: {
        en: 'one JSON message on stdout for each crawl that did not end complete; with --list an array',
        zh: '每次未完成的采集，在 stdout 输出一条 JSON；与 --list 同用时是数组',
      },
    },
    allowPrivateOption,
    noDelayOption,
    { flags: '--systemd', about: { en: 'print a systemd unit for this study', zh: '打印本研究的 systemd 单元文件' } },
    { flags: '--container', about: { en: 'print a container file', zh: '打印容器构建文件' } },
    logOption,
  ],
  examples: ['xianjian schedule', 'xianjian schedule --once --json', 'xianjian schedule --list'],
  async run(call, written) {
    if (call.options.systemd === true || call.options.container === true) return printDeployment(call, written);
    const { out, listen } = logged(call.options.log, written);
    const atOnce = wholeNumber(call.options.atOnce);
    const sources = sourcesToWatch(call);
    const codebook = compileCodebook(loadCodebook(String(call.options.codebook)));
    const corpus = await openCorpus(String(call.options.db), { create: true, say: sayIn(out) });
    try {
      if (call.options.list === true) return await list(corpus, sources, call.options.json === true, out);
      const crawl = crawlerFor(corpus, codebook, { call, out, listen });
      const once = call.options.once === true;
      if (!once)
        out.say(
          {
            en: `${sources.filter((each) => each.line !== null).length} sources are watched; Ctrl-C ends it.`,
            zh: `正在看守 ${sources.filter((each) => each.line !== null).length} 个站点；按 Ctrl-C 结束。`,
          }[out.language],
        );
      const say = sayIn(out);
      const crawls = await runSchedules(corpus, { sources, crawl, once, atOnce, signal: call.signal, say });
      if (once && crawls.length === 0 && !call.signal.aborted)
        out.say({ en: 'Nothing is due.', zh: '没有到点的站点。' }[out.language]);
      if (call.signal.aborted)
        out.say(
          {
            en: 'Stopped; what was in hand goes on at the next start.',
            zh: '已停下；手头没做完的，下次启动时接着做。',
          }[out.language],
        );
      return once ? crawlExitCode(crawls.map((each) => each.end)) : 0;
    } finally {
      await corpus.close();
    }
  },
};

function wholeNumber(value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0 && number <= 100) return number;
  throw new UsageError(
    'E_NUMBER',
    { en: `--at-once ${String(value)} cannot be`, zh: `--at-once 不能是 ${String(value)}` },
    { en: 'Write a whole number from 1 to 100.', zh: '请写 1 到 100 的整数。' },
  );
}

function printDeployment({ options }: CommandCall, out: Output): number {
  if (options.systemd === true) {
    const [node, program = ''] = [process.execPath, process.argv[1]];
    out.data(systemdUnit({ node, program, folder: process.cwd(), user: userInfo().username }));
  } else out.data(containerFile());
  return 0;
}

/** Sources with their lines. @throws UsageError where none has one, ConfigurationError for a line that never fires. */
function sourcesToWatch({ arguments: names, settings }: CommandCall): ScheduledSource[] {
  const files = names.length > 0 ? names.map((name) => sourceFile(name, settings)) : studySources(settings);
  const sources = scheduledSources(files, settings);
  if (sources.some(({ line }) => line !== null)) return sources;
  throw new UsageError(
    'E_NO_SCHEDULE',
    files.length === 0
      ? {
          en: 'no source was named, and the study names no folder of them',
          zh: '没有写站点，研究的设置里也没有站点文件夹',
        }
      : { en: 'no source has a schedule', zh: '没有一个站点写了采集时间' },
    {
      en: 'Write `schedule: "30 2 * * 1"` (minute, hour, day, month, weekday) in a source file, and `sources:` in xianjian.yaml.',
      zh: '请在站点文件里写 schedule: "30 2 * * 1"（分、时、日、月、星期），并在 xianjian.yaml 里写 sources。',
    },
  );
}

async function list(corpus: Corpus, sources: readonly ScheduledSource[], json: boolean, out: Output): Promise<number> {
  const now = Date.now();
  const schedules = await syncSchedules(corpus, sources, now, sayIn(out));
  if (json) {
    const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
    const rows = schedules.map(({ dueAt, beginsAt, lastDueAt, ...about }) => ({
      ...about,
      dueAt: iso(dueAt),
      beginsAt: iso(beginsAt),
      lastDueAt: iso(lastDueAt),
    }));
    out.data(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  const rows = schedules.map((each) => [
    each.source,
    each.cron,
    each.timezone,
    each.held ? { en: 'now', zh: '正在采集' }[out.language] : inZone(each.beginsAt, each.timezone),
    each.lastDueAt === null
      ? '–'
      : `${inZone(each.lastDueAt, each.timezone)} (${{ en: 'run', zh: '编号' }[out.language]} ${each.lastRun ?? '–'})`,
  ]);
  out.data(
    writeTable(
      { en: ['source', 'schedule', 'zone', 'next', 'last'], zh: ['站点', '采集时间', '时区', '下次', '上次'] }[
        out.language
      ],
      rows,
      out.width,
    ),
  );
  return 0;
}

const inZone = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(ms);

/** Crawls one source and tells of an end that is not complete. */
function crawlerFor(
  corpus: Corpus,
  codebook: CompiledCodebook,
  { call, out, listen }: { call: CommandCall; out: Output; listen: Listen },
): (source: Source, signal: AbortSignal) => Promise<ScheduledCrawl> {
  const toPeople = teller(call, out, { again: false });
  const tell = async (alert: Alert | null) => {
    const fault = alert && (await toPeople(alert));
    if (fault !== null) out.say(fault[out.language]);
  };
  return async (source, signal) => {
    const options = {
      allowPrivate: call.options.allowPrivate === true,
      noDelay: call.options.delay === false,
      signal,
      codebook,
      ...contactOf(call.settings),
      onEvent: listen(source.id, crawlListener(out)),
    };
    try {
      const { crawl, reading } = await crawlAndRead(source, corpus, options);
      sayCrawl(crawl, reading, out);
      await tell(alertOf(source, crawl, new Date(), out.language));
      return { source: source.id, run: crawl.run, end: crawl.end };
    } catch (error) {
      // Without its corpus a scheduler can do nothing; systemd starts it again.
      if (error instanceof CorpusError) throw error;
      const message = error instanceof XianjianError ? error.said.message : alike((error as Error).message);
      out.say(`${source.id}: ${message[out.language]}`);
      await tell(alertOfFault(source, message, new Date(), out.language));
      return { source: source.id, run: null, end: 'failed' };
    }
  };
}
