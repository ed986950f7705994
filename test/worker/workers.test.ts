// Many workers on one PostgreSQL: each page once, the pause of every host kept, while a worker is killed, the server is restarted and a
// worker is told to end. The whole size, 40 hosts with 4,000 pages, runs with XIANJIAN_FULL=1; otherwise there are few of both.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Corpus } from '../../db/corpus.js';
import { openCorpus } from '../../db/open.js';
import { Queue } from '../../src/worker/queue.js';
import { compile } from '../helpers/compiled.js';
import { type ManyHosts, manyHosts } from '../helpers/many-hosts.mjs';
import { noPostgres, startPostgres, type TestServer } from '../helpers/postgres.js';

const isFull = process.env.XIANJIAN_FULL === '1';
const hosts = isFull ? 40 : 12;
/** With the list, 100 pages a host make 4,000. */
const articles = isFull ? 99 : 6;
/** Hosts that a worker takes side by side: fewer than there are, so that they wait for each other. */
const slots = isFull ? 6 : 2;
/** Seconds between two requests to a host. */
const delay = 0.1;
const tuning = {
  sliceSeconds: isFull ? 2 : 0.4,
  goneSeconds: isFull ? 30 : 10,
  watchSeconds: 2,
  graceSeconds: 30,
  lookSeconds: 0.5,
};
const limitMs = isFull ? 3_000_000 : 600_000;

let server: TestServer;
let sites: ManyHosts;
let program: { path: string; remove: () => void };
let corpus: Corpus;
let queue: Queue;

describe.skipIf(noPostgres !== null)(`workers on PostgreSQL${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  const workers: ChildProcess[] = [];
  const told: string[] = [];

  beforeAll(async () => {
    program = compile('test/worker/worker-program.ts');
    server = await startPostgres();
    sites = await manyHosts(hosts, articles, 20);
    corpus = await openCorpus(server.address(), { create: true });
    queue = await Queue.open(server.address(), { told: () => {}, supervise: null });
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await queue?.stop(1);
    await corpus?.close();
    await sites?.close();
    await server?.remove();
    program?.remove();
  });

  it(
    `fetch and read ${articles} pages of each of ${hosts} hosts once, with one killed, one ended and the server restarted`,
    async () => {
      const began = Date.now();
      const sources = Array.from({ length: 4 }, (_, part) => ({
        id: `part-${part}`,
        name: `Part ${part}`,
        place: null,
        start: sites.starts.filter((_, index) => index % 4 === part),
        delay,
      }));
      for (const source of sources) expect(await queue.crawl(source)).toBe(true);
      // What waits there is not begun twice.
      expect(await queue.crawl(sources[0]!)).toBe(false);
      sites.hold(0.25 * hosts * articles);
      for (let count = 0; count < 4; count++) startWorker();

      // Nothing moves in its hands: each of its requests is at a site and has no answer.
      const [victim, inHand] = await waitingWorker(slots, began);
      // Others may ask again as soon as it is dead: the pause from its last request is over by then.
      await wait(1000 * delay);
      victim.kill('SIGKILL');
      await exitOf(victim);
      sites.release();

      sites.hold(0.7 * hosts * articles);
      await untilAsked(0.5, began);
      await server.stop();
      await wait(1000);
      await server.start();

      const [ended] = await waitingWorker(1, began);
      ended.kill('SIGTERM');
      sites.release();
      await exitOf(ended);
      expect(ended.exitCode).toBe(0);
      // What it had in hand is done or given back, and none of its jobs waits for its end.
      expect(await rows(`select url from request ${claimedBy(ended)}`)).toEqual([]);
      expect(await rows(`select group_key from host_group where ${heldBy(ended)}`)).toEqual([]);

      await untilRead(began);
      const seconds = (Date.now() - began) / 1000;

      // All pages arrived, each kept and read once, in one run a source.
      const kept = await rows(`select url, count(*) from snapshot where kind = 'article' group by url`);
      expect(kept).toHaveLength(hosts * articles);
      expect(kept.filter(([, count]) => count !== 1)).toEqual([]);
      expect(await rows('select count(*) from document')).toEqual([[hosts * articles]]);
      expect(await rows(`select count(*) from request where state <> 'done'`)).toEqual([[0]]);
      expect(await rows('select count(*), count(distinct source) from run')).toEqual([[4, 4]]);

      // Nothing was asked twice but what the killed worker had in its hands, and that no third time.
      const asked = sites.asked.filter(({ url }) => url !== '/robots.txt');
      const times = new Map<string, number>();
      for (const { host, url } of asked) times.set(host + url, (times.get(host + url) ?? 0) + 1);
      expect(times.size).toBe(hosts * (articles + 1));
      const again = [...times].filter(([, count]) => count > 1);
      expect(again.map(([page]) => page).sort()).toEqual(inHand.sort());
      expect(again.filter(([, count]) => count > 2)).toEqual([]);

      const shortest = Math.min(...gapsOf(sites.asked));
      process.stdout.write(
        `${times.size} pages, ${seconds.toFixed(1)} s, shortest gap ${shortest.toFixed(1)} ms, in the hands of the killed worker ${inHand.length}, asked again ${again.length}\n`,
      );
      expect(shortest).toBeGreaterThanOrEqual(delay * 1000 * 0.8);

      // Jobs whose answer the restart swallowed may wait for another try; none failed for good.
      expect(await queue.counts()).toMatchObject({ crawl: { dead: 0 }, slice: { dead: 0 }, read: { dead: 0 } });
      const rest = workers.filter((worker) => worker !== victim && worker !== ended);
      for (const worker of rest) worker.kill('SIGTERM');
      await Promise.all(rest.map(exitOf));
      expect(rest.map((worker) => worker.exitCode)).toEqual([0, 0]);
      expect(told.filter((line) => /unhandled|TypeError/i.test(line))).toEqual([]);
    },
    limitMs + 60_000,
  );

  function startWorker(): void {
    const words = [program.path, server.address(), String(slots), JSON.stringify(tuning)];
    const worker = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    const listen = (data: Buffer) => told.push(...data.toString().split('\n').filter(Boolean));
    worker.stdout.on('data', listen);
    worker.stderr.on('data', listen);
    workers.push(worker);
  }

  async function exitOf(worker: ChildProcess): Promise<void> {
    if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
  }

  const rows = async (sql: string) => (await corpus.query(sql, 10_000)).rows;

  /** A process names itself by machine, namespace, number and time. */
  const heldBy = ({ pid }: ChildProcess) => `split_part(lease_process, ' ', 3) = '${pid}'`;
  const claimedBy = (worker: ChildProcess) => `where state = 'claimed' and ${heldBy(worker)}`;

  /** A worker that runs and waits for answers in so many slots at least, and what it asked for: addresses without port. */
  async function waitingWorker(least: number, began: number): Promise<[ChildProcess, string[]]> {
    for (;;) {
      for (const worker of workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
        const claimed = (await rows(`select url from request ${claimedBy(worker)}`)).map(([url]) => String(url));
        const pages = claimed.map((url) => url.replace(/^http:\/\/([\d.]+):\d+/, '$1'));
        if (pages.length >= least && pages.every((page) => sites.held().includes(page))) return [worker, pages];
      }
      await atLimit(began);
    }
  }

  async function untilAsked(fraction: number, began: number): Promise<void> {
    const wanted = fraction * hosts * articles;
    while (sites.asked.filter(({ url }) => url.startsWith('/2031/')).length < wanted) await atLimit(began);
  }

  async function untilRead(began: number): Promise<void> {
    const sql = 'select (select count(*) from run where ended_at is null), (select count(*) from unread)';
    while ((await rows(sql))[0]!.some((count) => count !== 0)) await atLimit(began);
  }

  /** Waits a moment; after the limit it tells what is left. A worker that ends by itself is told at once. */
  async function atLimit(began: number): Promise<void> {
    await wait(20);
    if (workers.some(({ exitCode }) => exitCode !== null && exitCode !== 0))
      throw new Error(`a worker ended: ${told.slice(-20).join('\n')}`);
    if (Date.now() - began < limitMs) return;
    const left = {
      requests: await rows(`select * from request where state in ('waiting', 'claimed')`),
      runs: await rows('select * from run where ended_at is null'),
      unread: await rows('select * from unread'),
      jobs: await server.run(
        `select name, state, data, started_on, start_after from pgboss.job where state < 'completed'`,
      ),
    };
    throw new Error(`not done at ${new Date().toISOString()}: ${JSON.stringify(left)}\n${told.slice(-40).join('\n')}`);
  }
});

/** Milliseconds between requests to the same host. */
function gapsOf(asked: ManyHosts['asked']): number[] {
  const last = new Map<string, number>();
  return asked.flatMap(({ host, at }) => {
    const before = last.get(host);
    last.set(host, at);
    return before === undefined ? [] : [at - before];
  });
}
