// Many workers on one PostgreSQL: each page once, the pause of every host kept, while a worker is killed and the server restarted. The
// whole size, 40 hosts with 4,000 pages, runs with XIANJIAN_FULL=1; otherwise there are fewer of both.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { Queue } from '../../src/worker/queue.js';
import { compile } from '../helpers/compiled.js';
import { type ManyHosts, manyHosts } from '../helpers/many-hosts.mjs';
import { noPostgres, startPostgres, type TestServer } from '../helpers/postgres.js';

const isFull = process.env.XIANJIAN_FULL === '1';
const hosts = isFull ? 40 : 16;
/** With the list, 100 pages a host make 4,000. */
const articles = isFull ? 99 : 5;
const pages = hosts * (articles + 1);
/** Seconds between two requests to a host. */
const delay = 0.1;
const tuning = { sliceSeconds: 2, goneSeconds: 12, watchSeconds: 2, graceSeconds: 10 };

let server: TestServer;
let sites: ManyHosts;
let program: { path: string; remove: () => void };

describe.skipIf(noPostgres !== null)(`workers on PostgreSQL${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  const workers: ChildProcess[] = [];
  const told: string[] = [];

  beforeAll(async () => {
    program = compile('test/worker/worker-program.ts');
    server = await startPostgres();
    sites = await manyHosts(hosts, articles, 20);
  }, 120_000);
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await sites?.close();
    await server?.remove();
    program?.remove();
  });

  function startWorker(address: string): ChildProcess {
    const worker = spawn(process.execPath, [program.path, address, '6', JSON.stringify(tuning)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const listen = (data: Buffer) => told.push(...data.toString().split('\n').filter(Boolean));
    worker.stdout.on('data', listen);
    worker.stderr.on('data', listen);
    workers.push(worker);
    return worker;
  }

  it(
    `fetch and read ${pages} pages of ${hosts} hosts, each once, with a worker killed and the server restarted`,
    async () => {
      const address = server.address();
      const corpus = await openCorpus(address, { create: true });
      const queue = await Queue.open(address, { told: () => {}, supervise: null });
      const sources = Array.from({ length: 4 }, (_, part) => ({
        id: `part-${part}`,
        name: `Part ${part}`,
        place: null,
        start: sites.starts.filter((_, index) => index % 4 === part),
        delay,
      }));
      for (const source of sources) expect(await queue.crawl(source)).toBe(true);
      // What is there or under way is not begun twice.
      expect(await queue.crawl(sources[0]!)).toBe(false);

      const began = Date.now();
      const [victim] = [1, 2, 3, 4].map(() => startWorker(address));
      const until = async (fraction: number) => {
        while (articleRequests().length < fraction * hosts * articles) await new Promise((r) => setTimeout(r, 20));
      };
      await until(0.3);
      victim!.kill('SIGKILL');
      await until(0.6);
      await server.stop();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await server.start();

      const rowsOf = async (sql: string) => (await corpus.query(sql, 10_000)).rows;
      for (;;) {
        const [[open, unread]] = (await rowsOf(
          'select (select count(*) from run where ended_at is null), (select count(*) from unread)',
        )) as [[number, number]];
        if (open === 0 && unread === 0) break;
        if (Date.now() - began > (isFull ? 900_000 : 200_000)) {
          const requests = await rowsOf(`select * from request where state in ('waiting', 'claimed')`);
          const jobs = await server.run(
            `select name, state, data, started_on, start_after from pgboss.job where state < 'completed'`,
          );
          const left = JSON.stringify({ open, unread, now: new Date(), requests, jobs }, null, 1);
          throw new Error(`not done: ${left}\n${told.slice(-40).join('\n')}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const seconds = (Date.now() - began) / 1000;

      // All pages arrived, none twice.
      const kept = (await rowsOf(`select url, count(*) from snapshot where kind = 'article' group by url`)) as [
        string,
        number,
      ][];
      expect(kept).toHaveLength(hosts * articles);
      expect(kept.filter(([, count]) => count !== 1)).toEqual([]);
      expect(await rowsOf(`select count(*) from document`)).toEqual([[hosts * articles]]);
      expect(await rowsOf(`select count(*) from request where state <> 'done'`)).toEqual([[0]]);
      expect(await rowsOf('select count(*) from run')).toEqual([[4]]);

      // What a server saw twice was in the hands of the killed worker: at most one page for each of its hosts.
      const seen = articleRequests().map(({ host, url }) => host + url);
      expect(new Set(seen).size).toBe(hosts * articles);
      expect(seen.length - new Set(seen).size).toBeLessThanOrEqual(6);

      // The pause of each host, as the server saw it. A request takes a few milliseconds from its clock to the server.
      const gaps = gapsOf(sites.asked);
      const shortest = Math.min(...gaps);
      process.stdout.write(
        `${pages} pages, ${seconds.toFixed(1)} s, shortest gap ${shortest.toFixed(1)} ms, asked again ${seen.length - new Set(seen).size}\n`,
      );
      expect(shortest).toBeGreaterThanOrEqual(delay * 1000 - 30);

      // Jobs whose answer the restart swallowed may wait for another try; none failed for good.
      expect(await queue.counts()).toMatchObject({ crawl: { dead: 0 }, slice: { dead: 0 }, read: { dead: 0 } });

      // SIGTERM: what is in hand ends, and the worker goes by itself.
      for (const worker of workers.slice(1)) worker.kill('SIGTERM');
      for (const worker of workers.slice(1)) {
        if (worker.exitCode === null) await once(worker, 'exit');
        expect(worker.exitCode).toBe(0);
      }
      expect(told.filter((line) => /unhandled|TypeError/i.test(line))).toEqual([]);
      await queue.stop(1);
      await corpus.close();
    },
    isFull ? 1_000_000 : 240_000,
  );

  const articleRequests = () => sites.asked.filter(({ url }) => url.startsWith('/2031/'));
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
