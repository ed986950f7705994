// A study run day by day: due crawls with their messages, runs looked back on, what failed asked for once more, pages read again,
// copies. One site on loopback, whose pages the test changes and breaks.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../../../db/open.js';
import { type TestServer, testServer } from '../../helpers/server.js';
import { xianjian } from '../../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-operate-'));
const database = join(folder, 'corpus.sqlite');
const broken = new Set<string>(['/2024/b.html']);
let schools = 3;
let site: TestServer;
let hook: TestServer;
let hookStatus = 200;

const article = (name: string) =>
  `<html><body><h1>青禾县教育局召开${name}字号工作会议</h1><div class="content">${`<p>会议要求各校做好开学准备。${name === 'a' ? `全县新建幼儿园${schools}所。` : '各校已经制定方案。'}</p>`.repeat(3)}</div></body></html>`;

beforeAll(async () => {
  site = await testServer(({ url }) => {
    if (broken.has(url)) return { status: 403, body: 'no' };
    if (url === '/list.html')
      return {
        body: `<ul class="list">${['a', 'b', 'c', 'd'].map((name, index) => `<li><a href="/2024/${name}.html">青禾县教育局召开${name}字号工作会议</a><span>2024-03-0${index + 1}</span></li>`).join('')}</ul>`,
      };
    const name = /^\/2024\/([a-d])\.html$/.exec(url)?.[1];
    return name ? { body: article(name) } : { status: 404, body: '<h1>404</h1>' };
  });
  hook = await testServer(() => ({ status: hookStatus }));
  mkdirSync(join(folder, 'sources'));
  source('* * * * *');
  writeFileSync(
    join(folder, 'xianjian.yaml'),
    `db: corpus.sqlite\nsources: sources\ntimezone: Europe/Berlin\nwebhook: ${hook.url}/services/T0-secret\n`,
  );
});
afterAll(async () => {
  await site.close();
  await hook.close();
  rmSync(folder, { recursive: true, force: true });
});

function source(schedule: string): void {
  writeFileSync(
    join(folder, 'sources', 'qinghe.yaml'),
    `id: qinghe\nname: Qinghe\nplace: "990101"\nstart: [${site.url}/list.html]\nschedule: "${schedule}"\n`,
  );
}

const run = (...words: string[]) => xianjian(words, { folder });
const schedule = (...words: string[]) => run('schedule', '--once', '--allow-private', '--no-delay', ...words);

/** As if the next crawl had been due a minute ago. */
function makeDue(): void {
  const handle = new Sqlite(database);
  handle.prepare('update schedule set due_at_ms = ?, begins_at_ms = ?').run(Date.now() - 60_000, Date.now() - 60_000);
  handle.close();
}

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('a study day by day', () => {
  it('has nothing due at first, and lists when it will be', async () => {
    expect(await schedule()).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing is due.') });
    expect(site.requests).toHaveLength(0);
    const [row] = JSON.parse((await run('schedule', '--list', '--json')).stdout);
    expect(row).toMatchObject({ source: 'qinghe', cron: '* * * * *', timezone: 'Europe/Berlin', lastRun: null });
    expect(Date.parse(row.dueAt)).toBeGreaterThan(Date.now() - 1000);
  });

  it('crawls what is due, and tells of what was lost: exit code, JSON on stdout, webhook', async () => {
    makeDue();
    const seen = await schedule('--json');
    expect(seen.code).toBe(3);
    const told = JSON.parse(seen.stdout);
    expect(told).toMatchObject({
      subject: 'xianjian: qinghe ended partial (run 1)',
      source: 'qinghe',
      end: 'partial',
      articles: 3,
      failures: 1,
      reasons: [expect.stringContaining('/2024/b.html')],
    });
    expect(told.text).toContain('xianjian runs 1');
    expect(hook.requests.map((each) => JSON.parse(each.body).run)).toEqual([1]);
  });

  it('does not say the secret of a webhook that refuses', async () => {
    hookStatus = 404;
    makeDue();
    const seen = await schedule();
    hookStatus = 200;
    expect(seen.stderr).toMatch(/the webhook at http:\/\/127\.0\.0\.1:\d+ did not take .* it answered 404/);
    expect(seen.stderr).not.toContain('T0-secret');
  });

  it('shows runs, and one beside the last of its source', async () => {
    const rows = JSON.parse((await run('runs', '--json')).stdout);
    expect(rows).toMatchObject([
      { id: 2, end: 'partial', newDocuments: 0, changedDocuments: 0, newFigures: 0, before: 1 },
      { id: 1, end: 'partial', newDocuments: 3, changedDocuments: 0, before: null },
    ]);
    const first = JSON.parse((await run('runs', '1', '--json')).stdout);
    expect(first).toMatchObject({ last: null, articles: 3, failures: [{ outcome: 'refused' }] });
    expect(first.newFigures).toBeGreaterThan(0);
    const words = (await run('runs', '2')).stdout;
    expect(words).toMatch(/new documents +0 +3/);
    expect(words).toContain('/2024/b.html');
    expect(await run('runs', '99')).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no run 99') });
  });

  it('asks once more for what failed, for that kind only, and for nothing else', async () => {
    expect(await run('retry', '--failed', '--reason', 'timout')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean timeout?'),
    });
    const retry = (...words: string[]) => run('retry', '--failed', '--allow-private', '--no-delay', ...words);
    expect((await retry('--reason', 'tls')).stderr).toContain('Nothing of that kind failed.');
    expect((await retry('--dry-run')).stdout).toBe(`qinghe\trefused\t${site.url}/2024/b.html\n`);
    broken.clear();
    const before = site.asked().length;
    expect(await retry('--reason', 'refused,tls')).toMatchObject({ code: 0 });
    expect(site.asked().slice(before)).toEqual(['/2024/b.html']);
    expect((await retry()).stderr).toContain('Nothing of that kind failed.');
  });

  it('knows a changed page from a new one, and ends complete after a retry', async () => {
    schools = 5;
    makeDue();
    expect((await schedule()).code).toBe(0);
    const [last] = JSON.parse((await run('runs', '--json', '--limit', '1')).stdout);
    expect(last).toMatchObject({ end: 'complete', newDocuments: 0, changedDocuments: 1 });
    expect(last.newFigures).toBeGreaterThan(0);
  });

  it('writes a log of JSON lines with run, host and URL', async () => {
    makeDue();
    const seen = await schedule('--log', 'json');
    const lines = seen.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'outcome',
        source: 'qinghe',
        run: 5,
        host: expect.stringMatching(/^127\.0\.0\.1:/),
        url: `${site.url}/list.html`,
        outcome: expect.stringMatching(/ok|same/),
      }),
    );
  });

  it('reads kept pages again and tells every figure that changed', async () => {
    const none = await run('reextract', '--json');
    expect(none.code).toBe(0);
    expect(JSON.parse(none.stdout)).toMatchObject({ type: 'total', documents: 5, added: 0, removed: 0, changed: 0 });
    // As if an earlier version had read one figure otherwise and overlooked another.
    const handle = new Sqlite(database);
    const rows = handle.prepare('select id from figure order by id').pluck().all() as string[];
    handle.prepare(`update figure set value = 77, indicator = 'other' where id = ?`).run(rows[0]);
    handle.prepare('delete from figure where id = ?').run(rows[1]);
    handle.close();
    const asked = site.requests.length;
    const seen = await run('reextract', '--json');
    const lines = seen.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ type: 'total', added: 1, removed: 0, changed: 1, failures: [] });
    expect(lines.find((line) => line.kind === 'changed')).toMatchObject({
      figure: rows[0],
      fields: expect.arrayContaining([{ field: 'value', before: 77, after: 3 }]),
    });
    expect(lines.find((line) => line.kind === 'added')).toMatchObject({ figure: rows[1] });
    expect(site.requests).toHaveLength(asked);
  });

  it('goes on where reading again was stopped', async () => {
    const stop = new AbortController();
    const corpus = await openCorpus(database);
    const { reextract } = await import('../../../src/reextract.js');
    const options = { codebook: 'education', threads: 0 };
    const first = await reextract(corpus, {
      ...options,
      signal: stop.signal,
      onProgress: (documents) => documents >= 2 && stop.abort(),
    });
    const second = await reextract(corpus, { ...options, signal: new AbortController().signal });
    await corpus.close();
    expect(first).toMatchObject({ interrupted: true, documents: 2 });
    expect(second).toMatchObject({ id: first.id, resumed: true, interrupted: false, documents: 3 });
  });

  it('is copied, and the copy is whole; a file that is there is left as it is', async () => {
    const copy = join(folder, 'copy.sqlite');
    expect(await run('backup', copy)).toMatchObject({ code: 0, stdout: `${copy}\n` });
    expect(await run('backup', copy)).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
    const counts = async (file: string) => {
      const corpus = await openCorpus(file, { readOnly: true });
      const found = await corpus.counts();
      await corpus.close();
      return found;
    };
    expect(await counts(copy)).toEqual(await counts(database));
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
    expect(await run('backup', 'x.sql', '--db', 'postgres://u:pw@127.0.0.1:1/x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('pg_dump'),
    });
    expect((await run('vacuum', '--db', copy)).stderr).toMatch(/MB before, [\d.]+ MB now/);
  });

  it('is copied while another connection writes', async () => {
    const writer = new Sqlite(database);
    writer.exec('create table if not exists noise (n integer)');
    const insert = writer.prepare('insert into noise values (1)');
    const timer = setInterval(() => insert.run(), 1);
    const copy = join(folder, 'busy.sqlite');
    expect(await run('backup', copy)).toMatchObject({ code: 0 });
    clearInterval(timer);
    writer.exec('drop table noise');
    writer.close();
    const check = new Sqlite(copy, { readonly: true });
    expect(check.pragma('integrity_check', { simple: true })).toBe('ok');
    check.close();
  });

  it('keeps a copy before it is brought up to date, and says so', async () => {
    const old = join(folder, 'old.sqlite');
    await run('backup', old);
    const handle = new Sqlite(old);
    handle.exec(
      "drop table figure_change; drop table reextraction; drop table schedule; drop table review; delete from migration where name >= '003'",
    );
    handle.close();
    const refused = await run('runs', '--db', old);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`xianjian vacuum --db ${old}`) });
    const seen = await run('vacuum', '--db', old);
    expect(seen.code).toBe(0);
    const copy = /kept in (\S+\.before-upgrade-\S+\.sqlite)/.exec(seen.stderr)![1]!;
    const kept = new Sqlite(copy, { readonly: true });
    expect(kept.prepare('select count(*) from migration').pluck().get()).toBe(2);
    kept.close();
    expect((await run('runs', '--db', old, '--json')).code).toBe(0);
  });

  it.each([
    ['0 0 30 2 *', 'never fires'],
    ['0 2 * *', 'must have five'],
  ])('says with file and line that %s is no schedule', async (cron, words) => {
    source(cron);
    const seen = await schedule();
    expect(seen.code).toBe(2);
    expect(seen.stderr).toMatch(/qinghe\.yaml:5: schedule: /);
    expect(seen.stderr).toContain(words);
  });

  it.skipIf(!hasSystemd)('prints a unit that systemd takes', async () => {
    const unit = join(folder, 'xianjian.service');
    // The program of this test is vitest; systemd looks whether the file is there.
    writeFileSync(unit, (await run('schedule', '--systemd')).stdout);
    expect(spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  it('prints a unit and a container file', async () => {
    const unit = (await run('schedule', '--systemd')).stdout;
    expect(unit).toMatch(/^ExecStart=".*node" ".+" schedule --log json$/m);
    expect(unit).toContain(`WorkingDirectory=${process.cwd()}`);
    const documentation = /^Documentation=(.*)$/m.exec(unit)![1]!.replaceAll('%%', '%');
    expect(existsSync(fileURLToPath(documentation)), documentation).toBe(true);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    const container = (await run('schedule', '--container')).stdout;
    // Nothing that is not published is asked for: the package comes from `npm pack`.
    expect(container).toContain(`COPY xianjian-${version}.tgz /opt/\n`);
    expect(container).toContain(`npm install --global /opt/xianjian-${version}.tgz `);
  });
});
