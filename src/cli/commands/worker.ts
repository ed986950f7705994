// xianjian worker: one of any number of workers on a corpus in PostgreSQL.
import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import type { Corpus } from '../../../db/corpus.js';
import { openCorpus } from '../../../db/open.js';
import { compileCodebook, loadCodebook } from '../../../extractors/index.js';
import { UsageError } from '../../model/errors.js';
import { health } from '../../web/health.js';
import { type Trouble, work } from '../../worker/worker.js';
import { alertOf, alertOfFault, teller } from '../alert.js';
import { type Command, type CommandCall, codebookOption, databaseOption } from '../command.js';
import type { Output } from '../output.js';
import { postgresAddress, wholeNumber } from '../queue-options.js';
import { scheduledSources } from '../scheduled-sources.js';
import { contactOf } from '../settings.js';
import { studySources } from '../source-names.js';

export const workerCommand: Command = {
  name: 'worker',
  summary:
    'Work on the queues of a corpus in PostgreSQL beside other workers, and queue scheduled crawls of the study.',
  options: [
    { ...databaseOption, flags: '--db <address>', about: 'the corpus: postgres://user@host/database' },
    codebookOption,
    { flags: '--hosts <count>', about: 'hosts worked on side by side', default: 8 },
    { flags: '--readers <count>', about: 'batches read side by side; one fills a processor core', default: 1 },
    { flags: '--no-schedules', about: "do not put the study's sources into the queue when they are due" },
    { flags: '--health <port>', about: 'answer /healthz and /metrics (Prometheus) at this port of 127.0.0.1' },
    { flags: '--json', about: 'one JSON message on stdout for each run that did not end complete' },
    { flags: '--verbose', about: 'also log every page' },
    { flags: '--allow-private', about: 'allow private and loopback addresses (intranet, tests)' },
    { flags: '--no-delay', about: 'no pause between requests; only for private addresses' },
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
        ? alertOfFault(trouble.source, trouble.fault, now)
        : alertOf(trouble.source, trouble.crawl, now);
    const fault = about && (await toPeople(about));
    if (fault !== null) throw new Error(fault);
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
    throw new UsageError('E_PORT', `port ${port} cannot be used: ${cause.message}`, 'Name another with --health.', {
      cause,
    });
  });
  return {
    async close() {
      server.close();
      await corpus?.then((each) => each.close()).catch(() => {});
    },
  };
}
