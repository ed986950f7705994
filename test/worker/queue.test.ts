// The queues on a real PostgreSQL: one waiting slice a group, whoever sends it, and none that keeps others waiting; a job whose worker is
// gone is handed out again; dead letters are shown and sent again; a worker ends without leaving a job behind; scheduled crawls, each
// due time once, also where the worker that sent one died before it noted that; people are told of runs that did not end complete.
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Source, sourceFromUrl } from '../../crawlers/index.js';
import { openCorpus } from '../../db/open.js';
import { compileCodebook, loadCodebook } from '../../extractors/index.js';
import { syncSchedules } from '../../src/scheduler.js';
import { Queue } from '../../src/worker/queue.js';
import { type Trouble, type WorkerOptions, work } from '../../src/worker/worker.js';
import { noPostgres, startPostgres, type TestServer } from '../helpers/postgres.js';
import { testServer } from '../helpers/server.js';

let server: TestServer;
let room: Awaited<ReturnType<TestServer['room']>>;
let queue: Queue;
let other: Queue;
const options = { told: () => {}, supervise: null };
const past = Date.now() - 60_000;
const dayMs = 86_400_000;

describe.skipIf(noPostgres !== null)(`queues${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  beforeEach(async () => {
    room = await server.room();
    [queue, other] = (await Promise.all([1, 2].map(() => Queue.open(room.address, options)))) as [Queue, Queue];
  });
  afterEach(async () => {
    await queue.stop(1);
    await other.stop(1);
    await room.remove();
  });
  afterAll(() => server?.remove());

  const take = async (from: Queue) => (await from.boss.fetch<{ group: string }>('slice'))[0];

  it('hold one waiting slice of a group, whoever sends it, and know which groups have one', async () => {
    await queue.slice('one.example', past);
    await other.slice('one.example', past);
    await other.slice('two.example', past);
    expect((await queue.counts()).slice.waiting).toBe(2);
    expect(await queue.withSlice(['one.example', 'three.example'])).toEqual(new Set(['one.example']));
    expect([(await take(queue))?.data.group, (await take(other))?.data.group].sort()).toEqual([
      'one.example',
      'two.example',
    ]);
    // Only a waiting one counts: an active one may be that of a dead worker.
    expect(await queue.withSlice(['one.example', 'two.example'])).toEqual(new Set());
  });

  it('hand out the slices behind a group that is in hand', async () => {
    await queue.slice('one.example', past);
    const first = await take(queue);
    await queue.slice('one.example', past);
    await queue.slice('two.example', past);
    expect((await take(other))?.data.group).toBe('one.example');
    expect((await take(other))?.data.group).toBe('two.example');
    expect(await take(other)).toBeUndefined();
    expect((await queue.counts()).slice).toMatchObject({ active: 3, waiting: 0 });
    // Both fail: both are tried again, none is a dead letter.
    await queue.boss.fail('slice', first!.id, new Error('gone'));
    expect((await queue.counts()).slice).toMatchObject({ active: 2, retry: 1, dead: 0 });
  });

  it('hand a job out again when its worker is gone', async () => {
    const watched = await Queue.open(room.address, { ...options, supervise: 1, goneSeconds: 1 });
    try {
      await watched.slice('one.example', past);
      const lost = await take(other);
      expect((await queue.counts()).slice).toMatchObject({ active: 1, retry: 0 });
      await expect
        .poll(async () => (await queue.counts()).slice, { timeout: 120_000, interval: 200 })
        .toMatchObject({
          active: 0,
          retry: 1,
        });
      const [again] = await other.boss.fetch<{ group: string }>('slice', { ignoreStartAfter: true, batchSize: 1 });
      expect(again).toMatchObject({ id: lost!.id, data: { group: 'one.example' } });
    } finally {
      await watched.stop(1);
    }
  });

  it('keep what failed for good with its error, and send it again', async () => {
    await queue.boss.send('read', { snapshots: [7] }, { retryLimit: 0 });
    const [job] = await queue.boss.fetch('read');
    await queue.boss.fail('read', job!.id, new Error('the page cannot be read'));
    const dead = await other.dead(10);
    expect(dead).toMatchObject([{ queue: 'read', data: { snapshots: [7] }, error: 'the page cannot be read' }]);
    expect((await other.counts()).read).toMatchObject({ waiting: 0, dead: 1 });
    expect(await other.inBatches()).toEqual(new Set([7]));
    await other.resend(dead[0]!);
    expect(await other.dead(10)).toEqual([]);
    expect((await other.counts()).read).toMatchObject({ waiting: 1, dead: 0 });
  });

  it('know a source whose crawl waits, and crawl it once for a time', async () => {
    const source = { id: 'one', name: 'One', place: null, start: ['http://127.0.0.1:1/'] };
    expect(await queue.crawl(source, past)).toBe(true);
    expect(await other.crawl(source)).toBe(false);
    const [job] = await other.boss.fetch('crawl');
    await other.boss.complete('crawl', job!.id);
    expect(await other.crawl(source, past)).toBe(false);
    expect(await other.crawl(source, past + dayMs)).toBe(true);
  });

  it('take one job after the other at once, and end only after those in hand', async () => {
    const done: number[] = [];
    for (let number = 0; number < 5; number++) await other.read([number], 'article');
    // A look a minute: only what a job's end lets follow is taken in time.
    await queue.work('read', 60, async ({ snapshots }) => {
      await wait(150);
      done.push(snapshots[0]!);
    });
    await expect.poll(() => done.length, { timeout: 120_000, interval: 20 }).toBeGreaterThanOrEqual(2);
    await queue.stop(20);
    const { active, waiting } = (await other.counts()).read;
    expect({ active, waiting }).toEqual({ active: 0, waiting: 5 - done.length });
  });

  it('take scheduled crawls, one run for each due time, with two workers that watch', async () => {
    const { address } = room;
    const corpus = await openCorpus(address, { create: true });
    const site = await testServer(({ url }) =>
      url === '/robots.txt'
        ? { body: 'User-agent: *\nAllow: /\n' }
        : {
            body: '<ul><li><a href="/2031/t20310304_1.html">青禾县新建学校建成投用</a><span>2031-03-04</span></li></ul>',
          },
    );
    // Twelve hours from now, so that nothing becomes due meanwhile.
    const cron = `0 ${(new Date().getUTCHours() + 12) % 24} * * *`;
    const scheduled = (id: string) => {
      const source: Source = { ...sourceFromUrl(`${site.url}/${id}/index.html`, { place: null }), id, name: id };
      return { source, line: { source: id, cron, timezone: 'UTC', jitter: 0 } };
    };
    const sources = [scheduled('one'), scheduled('two'), scheduled('later')];
    // As if nobody had looked for a day: the first two are due since.
    await syncSchedules(corpus, sources.slice(0, 2), Date.now() - dayMs - 60_000);
    const due = new Map((await corpus.schedules.all(Date.now())).map(({ source, dueAt }) => [source, dueAt]));
    // The crawl of the second was sent and ended, and its worker died before it noted that.
    expect(await queue.crawl(sources[1]!.source, due.get('two'))).toBe(true);
    const [sent] = await queue.boss.fetch('crawl');
    await queue.boss.complete('crawl', sent!.id);

    const stop = new AbortController();
    const workerOptions = { ...patientless(stop.signal), schedules: sources };
    const workers = [work(address, workerOptions), work(address, workerOptions)];
    const rows = async (sql: string) => (await corpus.query(sql, 10)).rows;
    await expect
      .poll(() => rows('select count(*) from run where ended_at is not null'), { timeout: 120_000, interval: 100 })
      .toEqual([[1]]);
    await expect
      .poll(async () => (await corpus.schedules.all(Date.now())).every(({ dueAt }) => dueAt > Date.now()), {
        timeout: 120_000,
        interval: 100,
      })
      .toBe(true);
    stop.abort();
    await Promise.all(workers);

    expect(await rows('select source, count(*) from run group by source')).toEqual([['one', 1]]);
    const schedules = await corpus.schedules.all(Date.now());
    const noted = schedules.map(({ source, lastDueAt, lastRun, held }) => [source, lastDueAt, lastRun, held]);
    const [[run]] = (await rows('select id from run')) as [[number]];
    expect(noted.sort()).toEqual([
      ['later', null, null, false],
      ['one', due.get('one'), run, false],
      ['two', due.get('two'), null, false],
    ]);
    expect(await queue.counts()).toMatchObject({ crawl: { dead: 0 }, slice: { dead: 0, active: 0 } });
    await corpus.close();
    await site.close();
  });

  it('have people told once of a run that did not end complete, again where that failed, and of a crawl that never began', async () => {
    const { address } = room;
    const corpus = await openCorpus(address, { create: true });
    const site = await testServer(({ url }) =>
      url === '/good/list.html'
        ? {
            body: '<ul><li><a href="/2031/t20310304_1.html">青禾县新建学校建成投用</a><span>2031-03-04</span></li></ul>',
          }
        : { status: url === '/robots.txt' ? 404 : url.startsWith('/2031/') ? 403 : 410, body: '' },
    );
    const source = (id: string): Source => ({
      ...sourceFromUrl(`${site.url}/${id}/list.html`, { place: null }),
      id,
      name: id,
    });
    const told: string[] = [];
    let refusals = 1;
    const alert = async (trouble: Trouble): Promise<void> => {
      const about = 'crawl' in trouble ? [trouble.crawl.end, ...trouble.crawl.reasons].join('; ') : trouble.fault;
      told.push(`${trouble.source.id}: ${about}`);
      if ('crawl' in trouble && refusals-- > 0) throw new Error('the webhook answered 503');
    };
    const stop = new AbortController();
    const workers = [1, 2].map(() => work(address, { ...patientless(stop.signal), alert }));
    for (const id of ['good', 'bad']) await queue.crawl(source(id));
    // A worker without pauses crawls no public address.
    const wrong = { ...source('wrong'), start: ['http://public.example/'] };
    await queue.boss.send('crawl', { source: wrong }, { retryLimit: 0 });
    await expect.poll(() => told.length, { timeout: 120_000, interval: 100 }).toBeGreaterThanOrEqual(4);
    // Each run is looked after once more after its end, and nobody is told again.
    await wait(2500);
    stop.abort();
    await Promise.all(workers);
    const times = (id: string) => told.filter((each) => each.startsWith(`${id}: `));
    expect(told).toHaveLength(4);
    expect(times('good')[0]).toMatch(/^good: partial; 1 article refused: .*\/2031\/t20310304_1\.html/);
    expect(times('bad')[0]).toMatch(/^bad: failed; .*\/bad\/list\.html could not be read/);
    expect(times('wrong')).toEqual([expect.stringContaining('public.example')]);
    expect(times('good').length + times('bad').length).toBe(3);
    expect((await queue.counts()).alert).toEqual({ waiting: 0, retry: 0, active: 0, dead: 0 });
    expect(await queue.dead(9)).toMatchObject([{ queue: 'crawl', data: { source: { id: 'wrong' } } }]);
    await corpus.close();
    await site.close();
  });
});

/** A worker that pauses nowhere and looks often. */
const patientless = (signal: AbortSignal): WorkerOptions => ({
  codebook: compileCodebook(loadCodebook('education')),
  log: pino({ level: 'silent' }),
  signal,
  hosts: 1,
  readers: 1,
  allowPrivate: true,
  noDelay: true,
  schedules: [],
  tuning: { lookSeconds: 0.5, watchSeconds: 1, sliceSeconds: 1, graceSeconds: 20 },
});
