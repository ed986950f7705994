// A program for the tests of workers: one worker with the pace of a test, until SIGTERM. It tells what it does, a line each.
import { pino } from 'pino';
import { compileCodebook, loadCodebook } from '../../extractors/index.js';
import { work } from '../../src/worker/worker.js';

const [address = '', hosts = '4', tuning = '{}'] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
await work(address, {
  codebook: compileCodebook(loadCodebook('education')),
  log: pino({ level: 'info' }, pino.destination({ dest: 1, sync: true })),
  signal: stop.signal,
  hosts: Number(hosts),
  readers: 1,
  allowPrivate: true,
  noDelay: false,
  schedules: [],
  tuning: JSON.parse(tuning),
});
