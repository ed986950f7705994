// xianjian worker: one of any number of workers on a corpus in PostgreSQL.
import { pino } from 'pino';
import { compileCodebook, loadCodebook } from '../../../extractors/index.js';
import { work } from '../../worker/worker.js';
import { type Command, codebookOption, databaseOption } from '../command.js';
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
    { flags: '--verbose', about: 'also log every page' },
    { flags: '--allow-private', about: 'allow private and loopback addresses (intranet, tests)' },
    { flags: '--no-delay', about: 'no pause between requests; only for private addresses' },
  ],
  examples: ['xianjian worker --db postgres://me@db.example/corpus', 'xianjian worker --db postgres://… --hosts 32'],
  async run({ options, settings, signal }) {
    const address = postgresAddress(options.db);
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
    });
    return 0;
  },
};
