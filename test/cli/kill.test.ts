// A crawl that is killed at random while it fetches from several hosts and reads: begun again, it goes on; every article is there
// once and was asked for no oftener than a kill left it unfinished. 20 kills with XIANJIAN_FULL=1, a few otherwise; db/kill.test.ts kills
// the storage alone 20 times each run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../helpers/compiled.js';
import { type TestServer, testServer } from '../helpers/server.js';

const kills = process.env.XIANJIAN_FULL === '1' ? 20 : 3;
const hosts = 8;
const perHost = 25;
const folder = mkdtempSync(join(tmpdir(), 'xianjian-killed-'));
const database = join(folder, 'a.sqlite');

const row = (n: number) =>
  `<li><a href="/2031/t20310304_${1000 + n}.html">青禾县第${n}所学校建成投用</a><span>2031-03-04</span></li>`;
const list = `<ul class="list">${Array.from({ length: perHost }, (_, n) => row(n)).join('')}</ul>`;

let program: { path: string; remove: () => void };
let servers: TestServer[];
let starts: string[];
beforeAll(async () => {
  program = compile('test/cli/crawling-program.ts');
  servers = await Promise.all(
    Array.from({ length: hosts }, (_, host) =>
      testServer(
        async ({ url }) => {
          await new Promise((done) => setTimeout(done, 20));
          if (url === '/list.html') return { body: list };
          if (!url.startsWith('/2031/')) return { status: 404, body: 'none' };
          const text = `${host}${url}:2030年,青禾县新建学校${1 + host}所,新增学位810个。`;
          return { body: `<h1>学校建成投用</h1><div class="content"><p>${text.repeat(5)}</p></div>` };
        },
        `127.0.0.${10 + host}`,
      ),
    ),
  );
  starts = servers.map(({ url }) => `${url}/list.html`);
});
afterAll(async () => {
  for (const server of servers) await server.close();
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  out: string;
  err: string;
}

/** Starts the crawl; it is killed so many milliseconds after its corpus is open, or ends by itself. */
async function crawl(killedAfter: number | null): Promise<Ran> {
  const child = spawn(process.execPath, [program.path, database, ...starts], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ran: Ran = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => {
    if (ran.out === '' && killedAfter !== null) setTimeout(() => child.kill('SIGKILL'), killedAfter);
    ran.out += data;
  });
  child.stderr.on('data', (data: Buffer) => {
    ran.err += data;
  });
  await once(child, 'close');
  return ran;
}

const inDatabase = (sql: string): unknown[] => {
  const opened = new Sqlite(database, { fileMustExist: true, readonly: true });
  try {
    return opened.prepare(sql).pluck().all();
  } finally {
    opened.close();
  }
};
const articleUrls = `select url from snapshot where kind = 'article' and outcome = 'ok' order by url`;
const asked = () =>
  servers.flatMap(({ url, requests }) =>
    requests.filter((each) => each.url.startsWith('/2031/')).map((each) => `${url}${each.url}`),
  );

describe('a crawl of several hosts that is killed', () => {
  it(`${kills} times at random loses nothing and keeps nothing twice`, async () => {
    let met = 0;
    for (let n = 0; n < kills; n++) {
      const kept = inKept();
      const before = asked().length;
      const { out, err } = await crawl(100 + Math.random() * 500);
      expect(err).toBe('');
      if (out === 'open\n') met += 1;
      expect(inDatabase('pragma integrity_check')).toEqual(['ok']);
      const now = inKept();
      expect(new Set(now).size, 'kept twice').toBe(now.length);
      expect(now).toEqual(expect.arrayContaining(kept));
      // What was kept is not asked for again.
      expect(
        asked()
          .slice(before)
          .filter((url) => kept.includes(url)),
      ).toEqual([]);
    }
    expect(met, 'kills that met the crawl at work').toBeGreaterThan(0);
    const last = await crawl(null);
    expect(last).toMatchObject({ err: '' });
    expect(last.out).toMatch(/^open\ncomplete /);
    const all = starts.flatMap((start) =>
      Array.from({ length: perHost }, (_, n) => new URL(`/2031/t20310304_${1000 + n}.html`, start).href),
    );
    expect(inKept()).toEqual(all.sort());
    // A kill leaves at most the fetch in hand of each host to be asked for again.
    expect(asked().length).toBeLessThanOrEqual(all.length + kills * hosts);
    expect(inDatabase('select count(*) from document')).toEqual([all.length]);
    expect(inDatabase('select count(*) from unread')).toEqual([0]);
  }, 300_000);
});

const inKept = (): string[] => {
  try {
    return inDatabase(articleUrls) as string[];
  } catch {
    // Killed before the corpus was made.
    return [];
  }
};
