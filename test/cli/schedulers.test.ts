// Two `xianjian schedule` processes on one corpus, on SQLite and on PostgreSQL: each due source is crawled once, by one of them; what one
// that is killed had in hand is gone on with under the same run; a server that goes is told, and nothing is crawled twice after it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualLimits } from '../../crawlers/fetch.js';
import { openCorpus } from '../../db/open.js';
import { compile } from '../helpers/compiled.js';
import { noPostgres, password, startPostgres, type TestServer } from '../helpers/postgres.js';
import { type TestServer as TestSite, testServer } from '../helpers/server.js';
import { xianjian } from '../helpers/terminal.js';

const sources = ['a', 'b', 'c', 'd', 'e', 'f'];
const folder = mkdtempSync(join(tmpdir(), 'xianjian-schedulers-'));
/** What two processes need where others keep the machine busy. */
const patienceMs = 300_000;
let program: { path: string; remove: () => void };
/** One host for each source: two crawls of one host wait for each other. */
let sites: TestSite[];
/** No list is answered until so many were asked for, or for half of the time that a crawl waits for an answer. */
let gate = 0;
/** What the sites were asked for, each from so many requests on. */
const asked = (from: readonly number[] = []) =>
  sites.flatMap((site, at) =>
    site
      .asked()
      .slice(from[at] ?? 0)
      .map((url) => `${site.url}${url}`),
  );
const lists = () => asked().filter((url) => url.endsWith('/list.html'));
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

beforeAll(async () => {
  program = compile('src/cli/main.ts');
  const answer = async ({ url }: { url: string }) => {
    if (url === '/list.html') {
      const until = performance.now() + usualLimits.headersMs / 2;
      while (lists().length < gate && performance.now() < until) await wait(20);
      const row = (n: number) =>
        `<li><a href="/2024/${n}.html">示例县第${n}号教育通知全文</a><span>2024-05-01</span></li>`;
      return { body: `<ul>${row(1)}${row(2)}</ul>` };
    }
    if (!url.startsWith('/2024/')) return { status: 404, body: '' };
    return { body: `<h1>示例县教育通知</h1><div class="content"><p>${`${url}:全县新建学校3所。`.repeat(4)}</p></div>` };
  };
  sites = await Promise.all(sources.map((_, index) => testServer(answer, `127.0.0.${20 + index}`)));
  mkdirSync(join(folder, 'sources'));
  // Twelve hours from now, so that nothing becomes due meanwhile.
  const cron = `0 ${(new Date().getUTCHours() + 12) % 24} * * *`;
  for (const [index, id] of sources.entries())
    writeFileSync(
      join(folder, 'sources', `${id}.yaml`),
      `id: ${id}\nname: ${id}\nplace: "990101"\nstart: [${sites[index]!.url}/list.html]\nschedule: "${cron}"\ntimezone: UTC\n`,
    );
  writeFileSync(join(folder, 'xianjian.yaml'), 'sources: sources\n');
});
afterAll(async () => {
  for (const site of sites) await site.close();
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Started {
  child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
}

function start(db: string, ...words: string[]): Started {
  const line = ['schedule', '--allow-private', '--no-delay', '--at-once', '1', '--db', db, ...words];
  const child = spawn(process.execPath, [program.path, ...line], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  return { child, said: () => err, ended: once(child, 'close').then(([code]) => code as number | null) };
}

interface Room {
  db: string;
  write(sql: string): Promise<void>;
  remove(): Promise<void>;
}

function describeSchedulers(name: string, makeRoom: () => Promise<Room>): void {
  describe(`two schedulers on ${name}`, () => {
    let room: Room;
    beforeAll(async () => {
      room = await makeRoom();
      expect((await xianjian(['schedule', '--once', '--db', room.db], { folder })).stderr).toContain('Nothing is due.');
    });
    afterAll(() => room.remove());

    const makeDue = () =>
      room.write(`update schedule set due_at_ms = due_at_ms - 86400000, begins_at_ms = begins_at_ms - 86400000`);
    const rows = async (sql: string) => {
      const corpus = await openCorpus(room.db, { readOnly: true });
      const { rows } = await corpus.query(sql, 100);
      await corpus.close();
      return rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
    };
    const runs = () => rows('select source, count(*), count(ended_at) from run group by source order by source');
    const once = (count: number) => sources.map((source) => [source, count, count]);

    it(
      'crawl each due source once between them',
      async () => {
        await makeDue();
        const before = sites.map((site) => site.asked().length);
        gate = lists().length + 2;
        const both = [start(room.db), start(room.db)];
        await expect
          .poll(() => rows('select count(*) from schedule where last_run is not null'), {
            timeout: patienceMs,
            interval: 100,
          })
          .toEqual([[sources.length]]);
        // Both worked: one that is still beginning would not hear that it is to end.
        for (const { said } of both) await expect.poll(said, { timeout: patienceMs }).toMatch(/6 sources are watched/);
        for (const { child } of both) child.kill('SIGTERM');
        expect(await Promise.all(both.map(({ ended }) => ended)), both.map(({ said }) => said()).join()).toEqual([
          0, 0,
        ]);
        expect(await runs()).toEqual(once(1));
        const now = asked(before);
        expect(new Set(now).size).toBe(now.length);
        expect(now).toHaveLength(3 * sources.length);
        expect(await rows('select count(*) from document')).toEqual([[2 * sources.length]]);
      },
      2 * patienceMs,
    );

    it(
      'go on with what a killed one had in hand, under the same run',
      async () => {
        await makeDue();
        // No list is answered: what it began it still has in hand.
        gate = Number.POSITIVE_INFINITY;
        const before = lists().length;
        const killed = start(room.db);
        await expect.poll(() => lists().length, { timeout: patienceMs }).toBe(before + 1);
        killed.child.kill('SIGKILL');
        await killed.ended;
        gate = 0;
        const open = await rows('select id from run where ended_at is null');
        expect(open).toHaveLength(1);
        const next = start(room.db, '--once');
        expect(await next.ended, next.said()).toBe(0);
        expect(await runs()).toEqual(once(2));
        expect(await rows(`select end_state from run where id = ${open[0]![0]}`)).toEqual([['complete']]);
      },
      2 * patienceMs,
    );
  });
}

describeSchedulers('SQLite', async () => {
  const db = join(folder, 'corpus.sqlite');
  return {
    db,
    write: async (sql) => {
      const handle = new Sqlite(db);
      handle.exec(sql);
      handle.close();
    },
    remove: async () => {},
  };
});

describe.skipIf(noPostgres !== null)(`schedulers and a server${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.remove());

  describeSchedulers('PostgreSQL', async () => ({
    db: server.address(),
    write: async (sql) => {
      await server.run(sql);
    },
    remove: async () => {},
  }));

  it(
    'that goes and stays away: the scheduler says so and ends, and the next one crawls nothing twice',
    async () => {
      const known = await xianjian(['schedule', '--once', '--db', server.address()], { folder });
      expect(known.stderr).toContain('Nothing is due.');
      const runs = () => server.run('select source, count(*)::int as runs from run group by source order by source');
      const earlier = new Map(
        ((await runs()) as { source: string; runs: number }[]).map((row) => [row.source, row.runs]),
      );
      await server.run('update schedule set due_at_ms = due_at_ms - 86400000, begins_at_ms = begins_at_ms - 86400000');
      gate = Number.POSITIVE_INFINITY;
      const before = lists().length;
      const left = start(server.address());
      await expect.poll(() => lists().length, { timeout: patienceMs }).toBe(before + 1);
      await server.stop();
      gate = 0;
      expect(await left.ended).toBe(1);
      expect(left.said()).toMatch(/cannot be reached[\s\S]*\[E_CORPUS_GONE\]\n.*same command/);
      expect(left.said()).not.toContain(password);
      await server.start();
      const next = start(server.address(), '--once');
      expect(await next.ended, next.said()).toBe(0);
      expect(await runs()).toEqual(sources.map((source) => ({ source, runs: (earlier.get(source) ?? 0) + 1 })));
    },
    2 * patienceMs,
  );
});
