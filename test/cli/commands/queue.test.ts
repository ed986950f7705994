// Many machines from the command line: a corpus copied into PostgreSQL and back, crawls put into the queue, a worker that makes them,
// dead letters shown and sent again; and what is said where something is wrong.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../../../db/open.js';
import { Queue } from '../../../src/worker/queue.js';
import { noPostgres, password, startPostgres, type TestServer } from '../../helpers/postgres.js';
import { type TestServer as TestSite, testServer } from '../../helpers/server.js';
import { xianjian } from '../../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-queue-'));
const file = join(folder, 'corpus.sqlite');
let site: TestSite;
let server: TestServer;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: string[]) => xianjian(words, { folder });

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe('a queue', () => {
  it.each(['queue', 'worker'])('for %s needs PostgreSQL', async (command) => {
    const { code, stderr } = await run(command, '--db', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(/corpus\.sqlite is no database on PostgreSQL[\s\S]*xianjian copy/);
  });

  it('whose server is not there says so', async () => {
    const { code, stderr } = await run('queue', '--db', `postgres://me:${password}@127.0.0.1:1/corpus`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/127\.0\.0\.1:1\/corpus cannot be reached/);
    expect(stderr).not.toContain(password);
  });
});

describe('a copy', () => {
  it.each([
    [['--from', file], 2, /needs --from and --to/],
    [['--from', join(folder, 'none.sqlite'), '--to', join(folder, 'other.sqlite')], 1, /none\.sqlite/],
  ])('%j is refused', async (words, code, reason) => {
    const seen = await run('copy', ...words);
    expect(seen.code).toBe(code);
    expect(seen.stderr).toMatch(reason);
    expect(seen.stdout).toBe('');
  });
});

describe.skipIf(noPostgres !== null)(`on PostgreSQL${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  let address: string;

  beforeAll(async () => {
    server = await startPostgres();
    address = server.address();
    site = await testServer(({ url }) =>
      url === '/robots.txt'
        ? { body: 'User-agent: *\nAllow: /\n' }
        : url === '/list.html'
          ? {
              body: '<ul><li><a href="/2031/t20310304_1.html">青禾县新建学校建成投用</a><span>2031-03-04</span></li></ul>',
            }
          : {
              body: `<h1>青禾县新建学校建成投用</h1><p>2031-03-04</p><div class="TRS_Editor">${'<p>青禾县今年新建学校12所,投入资金300万元。各校按计划开学,家长和社区一同参加。</p>'.repeat(3)}</div>`,
            },
    );
    mkdirSync(join(folder, 'sources'));
    for (const id of ['qinghe', 'baiyun'])
      writeFileSync(
        join(folder, 'sources', `${id}.yaml`),
        `id: ${id}\nname: ${id}\nplace: "990101"\nstart: [${site.url}/list.html]\n`,
      );
    writeFileSync(join(folder, 'xianjian.yaml'), 'sources: sources\n');
  });
  afterAll(async () => {
    await site?.close();
    await server?.remove();
  });

  it('a copy goes there and back, and into nothing that holds something', async () => {
    const text = join(folder, 'text.txt');
    writeFileSync(text, '教育工作情况\n发布时间:2031-03-15\n全县新增学位1200个。各校开展教研活动。\n');
    expect(await run('import', text, '--place', '990101', '--db', file)).toMatchObject({ code: 0 });
    const there = await run('copy', '--from', file, '--to', address);
    expect(there.code).toBe(0);
    expect(there.stdout).toMatch(/^document +1 +[0-9a-f]{16}$/m);
    expect(there.stderr).toMatch(/every table has the same rows/);
    const back = await run('copy', '--from', address, '--to', join(folder, 'back.sqlite'));
    expect(back).toMatchObject({ code: 0, stdout: there.stdout });
    const again = await run('copy', '--from', file, '--to', address);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/holds|empty/);
    for (const { stdout, stderr } of [there, back, again]) expect(stdout + stderr).not.toContain(password);
  });

  it('crawls are put into the queue once, and counted', async () => {
    const first = await run('queue', '--all', '--db', address);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/baiyun: in the queue\nqinghe: in the queue/);
    expect((await run('queue', 'qinghe', '--db', address)).stderr).toMatch(/qinghe: is in the queue/);
    const { stdout } = await run('queue', '--db', address);
    expect(stdout).toMatch(/^queue +waiting +retry +active +dead$/m);
    expect(stdout).toMatch(/^crawl +2 +0 +0 +0$/m);
    expect(JSON.parse((await run('queue', '--json', '--db', address)).stdout)).toMatchObject({
      crawl: { waiting: 2, active: 0, dead: 0 },
      read: { waiting: 0, dead: 0 },
    });
  });

  it('a worker makes them until it is told to end', async () => {
    const stop = new AbortController();
    const port = await freePort();
    const words = [
      'worker',
      '--db',
      address,
      '--allow-private',
      '--no-delay',
      '--hosts',
      '2',
      '--health',
      String(port),
    ];
    const worker = xianjian(words, { folder, signal: stop.signal });
    const corpus = await openCorpus(address);
    const asked = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).then((answer) => answer.text());
    await expect.poll(() => asked('/healthz').catch(() => ''), { timeout: 120_000 }).toMatch(/"status":"ok"/);
    expect(await asked('/metrics')).toMatch(/^xianjian_corpus_up 1$/m);
    await expect
      .poll(
        async () =>
          (
            await corpus.query(
              'select (select count(*) from run where ended_at is not null), (select count(*) from unread)',
              1,
            )
          ).rows,
        { timeout: 150_000, interval: 200 },
      )
      .toEqual([[2, 0]]);
    stop.abort();
    expect((await worker).code).toBe(0);
    const { rows } = await corpus.query(
      `select count(*) from figure join document on document.id = figure.document
      where document.url like '%/2031/%'`,
      1,
    );
    expect(Number(rows[0]![0])).toBeGreaterThan(0);
    await corpus.close();
    expect(JSON.parse((await run('queue', '--json', '--db', address)).stdout)).toMatchObject({
      crawl: { active: 0, dead: 0 },
      slice: { active: 0, dead: 0 },
      read: { waiting: 0, active: 0, dead: 0 },
    });
  });

  it('a wrong password is told with what to do, and not repeated', async () => {
    for (const words of [['runs'], ['queue'], ['worker'], ['crawl', 'qinghe']]) {
      const { code, stderr } = await run(...words, '--db', address.replace(password, 'wr0ng-Password'));
      expect(code, words[0]).toBe(1);
      expect(stderr).toMatch(/refused the user or password for \S+127\.0\.0\.1.*E_CORPUS_PASSWORD[\s\S]*PGPASSWORD/);
      expect(stderr).not.toContain('wr0ng-Password');
    }
  });

  it('vacuum renews statistics, and brings an older corpus up to date that other commands only read', async () => {
    expect(await run('vacuum', '--db', address)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Statistics'),
    });
    const [{ vacuumed }] = (await server.run(
      `select count(*)::int as vacuumed from pg_stat_user_tables
      where relname in ('document', 'snapshot') and schemaname = 'public' and last_vacuum is not null and last_analyze is not null`,
    )) as [{ vacuumed: number }];
    expect(vacuumed).toBe(2);
    const { address: older, remove } = await server.room();
    await (await openCorpus(older, { create: true })).close();
    const [{ schema }] = (await server.run(
      `select table_schema as schema from information_schema.tables where table_name = 'figure_change' and table_schema like 'room%'`,
    )) as [{ schema: string }];
    const tables = ['figure_change', 'reextraction', 'schedule', 'review'];
    await server.run(
      `${tables.map((table) => `drop table ${schema}.${table}`).join('; ')}; delete from ${schema}.migration where name >= '003'`,
    );
    const refused = await run('runs', '--db', older);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/older version[\s\S]*E_CORPUS_OLDER[\s\S]*pg_dump[\s\S]*xianjian vacuum/);
    expect(await run('vacuum', '--db', older)).toMatchObject({ code: 0 });
    expect(await run('runs', '--db', older, '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
    await server.run(`insert into ${schema}.migration values ('999_later', '2030-01-01')`);
    const newer = await run('vacuum', '--db', older);
    expect(newer.code).toBe(1);
    expect(newer.stderr).toMatch(/newer version.*999_later[\s\S]*left as it is/);
    await remove();
  });

  it('dead letters are shown and sent again', async () => {
    const queue = await Queue.open(address, { told: () => {}, supervise: null });
    await queue.boss.send('read', { snapshots: [7] }, { retryLimit: 0 });
    const [job] = await queue.boss.fetch('read');
    await queue.boss.fail('read', job!.id, new Error('the page cannot be read'));
    await queue.stop(1);
    const shown = await run('queue', '--dead', '--db', address);
    expect(shown.stdout).toMatch(/read +\S+ +the page cannot be read +\{"snapshots":\[7\]\}/);
    expect(shown.stderr).toMatch(/--resend/);
    const [letter] = JSON.parse((await run('queue', '--dead', '--json', '--db', address)).stdout);
    expect(letter).toMatchObject({ queue: 'read', error: 'the page cannot be read' });
    const unknown = await run('queue', '--resend', 'nothing', '--db', address);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/no dead letter has the id nothing/);
    expect((await run('queue', '--resend', letter.id, '--db', address)).stderr).toMatch(/1 sent again/);
    expect((await run('queue', '--dead', '--db', address)).stdout).not.toMatch(/cannot be read/);
    const counts = JSON.parse((await run('queue', '--json', '--db', address)).stdout);
    expect(counts.read).toMatchObject({ waiting: 1, dead: 0 });
  });
});
