// xianjian worker: one of any number of workers on a corpus in PostgreSQL.
import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { compileCodebook, loadCodebook } from '../../../extractors/index.js';
import { UsageError } from '../../model/errors.js';
import { alike } from '../../model/language.js';
import { health } from '../../web/health.js';
import { type Trouble, work } from '../../worker/worker.js';
import { alertOf, alertOfFault, teller } from '../alert.js';
import {
  allowPrivateOption,
  type Command,
  type CommandCall,
  codebookOption,
  databaseOption,
  noDelayOption,
} from '../command.js';
import type { Output } from '../output.js';
import { postgresAddress, wholeNumber } from '../queue-options.js';
import { scheduledSources } from '../scheduled-sources.js';
import { contactOf } from '../settings.js';
import { studySources } from '../source-names.js';

export const workerCommand: Command = {
  name: 'worker',
  summary: {
    en: 'Work on the queues of a corpus in PostgreSQL beside other workers, and queue scheduled crawls of the study.',
    zh: '作为工作进程处理 PostgreSQL 语料库的队列，可与其他工作进程并行；到点时把本研究的站点排入队列。',
  },
  options: [
    {
      ...databaseOption,
      flags: '--db <address>',
      about: { en: 'the corpus: postgres://user@host/database', zh: '语料库：postgres://用户@主机/数据库' },
    },
    codebookOption,
    { flags: '--hosts <count>', about: { en: 'hosts worked on side by side', zh: '同时处理几台主机' }, default: 8 },
    {
      flags: '--readers <count>',
      about: { en: 'batches read side by side; one fills a processor core', zh: '同时读几批；一批占满一个处理器核' },
      default: 1,
    },
    {
      flags: '--no-schedules',
      about: {
        en: "do not put the study's sources into the queue when they are due",
        zh: '到点时不把本研究的站点排入队列',
      },
    },
    {
      flags: '--health <port>',
      about: {
        en: 'answer /healthz and /metrics (Prometheus) at this port of 127.0.0.1',
        zh: '在 127.0.0.1 的这个端口回应 /healthz 和 /metrics（Prometheus）',
      },
    },
    {
      flags: '--json',
      about: {
        en: 'one JSON message on stdout for each run that did not end complete',
        zh: '每次未完成的采集，在 stdout 输出一条 JSON',
      },
    },
    { flags: '--verbose', about: { en: 'also log every page', zh: '日志里连每个网页也记' } },
    allowPrivateOption,
    noDelayOption,
  ],
  examples: ['xianjian worker --db postgres://me@db.example/corpus', 'xianjian worker --db postgres://… --hosts 32'],
  async run(call, out) {
    const { options, settings, signal } = call;
    const address = postgresAddress(options.db);
    const watched = options.health === undefined ? null : await watch(address, wholeNumber('--health', options.health));
    await work(address, {
      codebook: compileCodebook(loadCodebook(String(options.codebook))),
      log: pino({ level: options.verbose ? 'debug' : 'info' }, pino.destination(2)),
      signal,
      hosts: wholeNumber('--hosts', options.hosts),
      readers: wholeNumber('--readers', options.readers),
      allowPrivate: options.allowPrivate === true,
      noDelay: options.delay === false,
      schedules: options.schedules === false ? [] : scheduledSources(studySources(settings), settings),
      ...contactOf(settings),
      ...alerts(call, out),
    }).finally(() => watched?.close());
    return 0;
  },
};

/** How people are told of runs; not at all where neither a webhook nor --json asks for it. */
function alerts(call: CommandCall, out: Output) {
  if (call.settings.webhook === undefined && call.options.json !== true) return {};
  const toPeople = teller(call, out, { again: true });
  const alert = async (trouble: Trouble): Promise<void> => {
    const now = new Date();
    const about =
      'fault' in trouble
        ? alertOfFault(trouble.source, alike(trouble.fault), now, out.language)
        : alertOf(trouble.source, trouble.crawl, now, out.language);
    const fault = about && (await toPeople(about));
    if (fault !== null) throw new Error(fault.en);
  };
  return { alert };
}

/** Answers health questions beside the work, on a connection that is opened when one is asked. */
async function watch(address: string, port: number): Promise<{ close(): Promise<void> }> {
  let corpus: Promise<Corpus> | null = null;
  const opened = (): Promise<Corpus> => {
    corpus ??= openCorpus(address, { readOnly: true });
    corpus.catch(() => {
      corpus = null;
    });
    return corpus;
  };
  const server = serve({ fetch: health(opened).fetch, hostname: '127.0.0.1', port });
  await once(server, 'listening').catch((cause: Error) => {
    throw new UsageError(
      'E_PORT',
      { en: `port ${port} cannot be used: ${cause.message}`, zh: `端口 ${port} 不能用：${cause.message}` },
      { en: 'Name another with --health.', zh: '请用 --health 换一个端口。' },
      {
        cause,
      },
    );
  });
  return {
    async close() {
      server.close();
      await corpus?.then((each) => each.close()).catch(() => {});
    },
  };
}
