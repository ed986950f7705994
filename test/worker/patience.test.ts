import { pino } from 'pino';
import { expect, it } from 'vitest';
import { compileCodebook, loadCodebook } from '../../extractors/index.js';
import { work } from '../../src/worker/worker.js';

it('a worker without its database says what it waits for and what to do, and ends when it is stopped', async () => {
  const stopped = new AbortController();
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
    stopped.abort();
  };
  await work('postgres://me@127.0.0.1:1/corpus', {
    codebook: compileCodebook(loadCodebook()),
    log: pino({ level: 'info' }, { write }),
    signal: stopped.signal,
    hosts: 1,
    readers: 1,
    allowPrivate: false,
    noDelay: false,
    schedules: [],
  });
  expect(JSON.parse(lines[0]!)).toMatchObject({
    msg: expect.stringContaining('127.0.0.1:1'),
    cure: expect.stringContaining('--db'),
  });
});
