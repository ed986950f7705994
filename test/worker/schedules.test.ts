// Scheduled crawls on many workers: whoever watches, each due time is one run; one whose worker died after it was sent is not sent again.
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Source, sourceFromUrl } from '../../crawlers/index.js';
import { openCorpus } from '../../db/open.js';
import { compileCodebook, loadCodebook } from '../../extractors/index.js';
import { syncSchedules } from '../../src/scheduler.js';
import { Queue } from '../../src/worker/queue.js';
import { work } from '../../src/worker/worker.js';
import { noPostgres, startPostgres, type TestServer } from '../helpers/postgres.js';
import { type TestServer as TestSite, testServer } from '../helpers/server.js';

let server: TestServer;
let site: TestSite;
const dayMs = 86_400_000;

describe.skipIf(noPostgres !== null)(`schedules by the queue${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  beforeAll(async () => {
    server = await startPostgres();
    site = await testServer(({ url }) =>
      url === '/robots.txt'
        ? { body: 'User-agent: *\nAllow: /\n' }
        : {
            body: '<ul><li><a href="/2031/t20310304_1.html">青禾县新建学校建成投用</a><span>2031-03-04</span></li></ul>',
          },
    );
  }, 120_000);
  afterAll(async () => {
    await site?.close();
    await server?.remove();
  });

  const scheduled = (id: string) => {
    const source: Source = { ...sourceFromUrl(`${site.url}/${id}/index.html`, { place: null }), id, name: id };
    return { source, line: { source: id, cron: '0 3 * * *', timezone: 'Asia/Shanghai', jitter: 0 } };
  };

  it('begin one run for each due time, with two workers that watch', async () => {
    const address = server.address();
    const corpus = await openCorpus(address, { create: true });
    const queue = await Queue.open(address, { told: () => {}, supervise: null });
    const sources = [scheduled('one'), scheduled('two'), scheduled('later')];
    // As if nobody had looked for a day: the first two are due since.
    await syncSchedules(corpus, sources.slice(0, 2), Date.now() - dayMs - 60_000);
    const due = new Map((await corpus.schedules.all(Date.now())).map(({ source, dueAt }) => [source, dueAt]));
    // The crawl of the second was sent and ended, and its worker died before it noted that.
    expect(await queue.crawl(sources[1]!.source, new Date(due.get('two')!).toISOString())).toBe(true);
    const [sent] = await queue.boss.fetch('crawl');
    await queue.boss.complete('crawl', sent!.id);

    const stop = new AbortController();
    const options = {
      codebook: compileCodebook(loadCodebook('education')),
      log: pino({ level: 'silent' }),
      signal: stop.signal,
      hosts: 1,
      readers: 1,
      allowPrivate: true,
      noDelay: true,
      schedules: sources,
      tuning: { lookSeconds: 0.5, watchSeconds: 1, sliceSeconds: 1, graceSeconds: 20 },
    };
    const workers = [work(address, options), work(address, options)];
    const rows = async (sql: string) => (await corpus.query(sql, 10)).rows;
    await expect
      .poll(() => rows('select count(*) from run where ended_at is not null'), { timeout: 60_000, interval: 100 })
      .toEqual([[1]]);
    await expect
      .poll(async () => (await corpus.schedules.all(Date.now())).every(({ dueAt }) => dueAt > Date.now()), {
        timeout: 60_000,
        interval: 100,
      })
      .toBe(true);
    stop.abort();
    await Promise.all(workers);

    expect(await rows('select source, count(*) from run group by source')).toEqual([['one', 1]]);
    const schedules = await corpus.schedules.all(Date.now());
    const noted = schedules.map(({ source, lastDueAt, held }) => [source, lastDueAt, held]);
    expect(noted.sort()).toEqual([
      ['later', null, false],
      ['one', due.get('one'), false],
      ['two', due.get('two'), false],
    ]);
    expect(await queue.counts()).toMatchObject({ crawl: { dead: 0 }, slice: { dead: 0, active: 0 } });
    await queue.stop(1);
    await corpus.close();
  }, 150_000);
});
