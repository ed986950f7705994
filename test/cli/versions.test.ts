// A page that changed: show tells lines and figures that differ, a page that stayed is no version, and a list that was emptied is told.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { type TestServer, testServer } from '../helpers/server.js';
import { xianjian } from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-versions-'));
const database = join(folder, 'a.sqlite');
const count = 20;

/** What the site shows now. */
const shown = { schools: 5, visits: 0, isListed: true, lastLine: '各学校做好春季开学的准备。' };

const row = (n: number) => `<li><a href="/2031/${n}.html">青禾县教育局第${n}号工作通报</a><span>2031-03-04</span></li>`;
const article = (n: string) => {
  const isFirst = n === '1';
  const title = isFirst ? '青禾县学校建设情况' : `青禾县教育局第${n}号工作通报`;
  const body = isFirst
    ? [`2030年,青禾县新建学校${shown.schools}所,改扩建学校9所。`, '建设资金由县财政保障。', shown.lastLine]
    : [`第${n}号通报的学校都已按期开学,师生到校情况良好。`];
  shown.visits += 1;
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>发布时间:2031-03-04</p><div class="content">${body
    .map((text) => `<p>${text}</p>`)
    .join('')}</div><p>阅读量:${shown.visits}</p></body></html>`;
};

let server: TestServer;
const crawl = () =>
  xianjian([
    'crawl',
    `${server.url}/list.html`,
    '--place',
    '371083',
    '--allow-private',
    '--no-delay',
    '--db',
    database,
  ]);

beforeAll(async () => {
  server = await testServer(({ url }) => {
    const n = /^\/2031\/(\d+)\.html$/.exec(url)?.[1];
    if (n !== undefined) return { body: article(n) };
    if (url !== '/list.html') return { status: 404, body: '<h1>404</h1>' };
    const rows = Array.from({ length: count }, (_, k) => row(k + 1)).join('');
    return { body: `<title>通报</title><ul class="list">${shown.isListed ? rows : ''}</ul>` };
  });
  await crawl();
  shown.schools = 6;
  shown.lastLine = '各学校做好秋季开学的准备。';
  await crawl();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function versionsOf(path: string): Promise<number[]> {
  const corpus = await openCorpus(database, { readOnly: true });
  try {
    const versions = await corpus.addressVersions(`${server.url}${path}`, 10);
    return versions.flatMap(({ documentId }) => documentId ?? []);
  } finally {
    await corpus.close();
  }
}

describe('show', () => {
  it('of a changed page tells the lines and figures that differ from the version before', async () => {
    const [after, before] = await versionsOf('/2031/1.html');
    const seen = await xianjian(['show', String(after), '--db', database]);
    expect(seen.code, seen.stderr).toBe(0);
    expect(seen.stdout).toMatch(/^version: +2 of 2 .* document \d+$/m);
    expect(seen.stdout).toMatch(/^changed: +lines new 2, gone 2; figures that differ 1$/m);
    const lines = seen.stdout.split('\n');
    expect(lines.filter((line) => /^ {2}[+-] /.test(line))).toEqual([
      '  - 2030年,青禾县新建学校5所,改扩建学校9所。',
      '  + 2030年,青禾县新建学校6所,改扩建学校9所。',
      '  - 各学校做好春季开学的准备。',
      '  + 各学校做好秋季开学的准备。',
    ]);
    expect(seen.stdout).toMatch(/raised +5所 +6所 +\+1所/);

    const first = await xianjian(['show', String(before), '--db', database]);
    expect(first.stdout).toMatch(new RegExp(`^newer: +${after}$`, 'm'));
    expect(first.stdout).not.toMatch(/^changed:/m);

    const { changes } = JSON.parse((await xianjian(['show', String(after), '--json', '--db', database])).stdout);
    expect(changes).toMatchObject({ version: 2, versions: 2, before: { id: before }, after: { id: after } });
    expect(changes.lines[0]).toEqual({ kind: 'gone', line: '2030年,青禾县新建学校5所,改扩建学校9所。' });
    const told = (changes.changes as { kind: string; before: { value: number }; after: { value: number } }[]).map(
      (change) => [change.kind, change.before.value, change.after.value],
    );
    expect(told).toEqual(
      expect.arrayContaining([
        ['raised', 5, 6],
        ['same', 9, 9],
      ]),
    );
  });

  it('of a page whose counter of visits alone moved knows one version', async () => {
    const versions = await versionsOf('/2031/2.html');
    expect(versions).toHaveLength(1);
    const seen = await xianjian(['show', String(versions[0]), '--db', database]);
    expect(seen.stdout).not.toMatch(/^(?:version|changed|newer):/m);
  });
});

describe('a list that gave 20 items and gives none', () => {
  it('fails the crawl, in its exit code, its words and in the list of runs, and what was kept stays', async () => {
    shown.isListed = false;
    const seen = await crawl();
    expect(seen.code).toBe(1);
    expect(seen.stderr).toContain('the last run found 20 items here and this one found 0');
    const runs = JSON.parse((await xianjian(['runs', '--json', '--db', database])).stdout);
    expect(JSON.stringify(runs)).toContain('the last run found 20 items here and this one found 0');
    const corpus = await openCorpus(database, { readOnly: true });
    expect(await corpus.documents()).toHaveLength(count);
    await corpus.close();
    // The failed run is no measure for the next one.
    expect((await crawl()).stderr).toContain('the last run found 20 items here and this one found 0');
  });
});
