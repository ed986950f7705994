// A corpus with decisions of people and a page of two versions is read again by another codebook, in threads of a process that is killed
// with SIGKILL again and again: in the end it holds what an undisturbed reading gives, every change is told once, and decisions hold.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../db/open.js';
import { compileCodebook, loadCodebook } from '../extractors/index.js';
import { importFile } from '../src/pipeline.js';
import { type ReextractReport, reextract } from '../src/reextract.js';
import { compile } from './helpers/compiled.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-rereading-'));
const base = join(folder, 'base.sqlite');
const [before, after] = [join(folder, 'before.yaml'), join(folder, 'after.yaml')];
const pages = 60;
/** Parts of the work after which the process is killed. */
const kills = [0.3, 0.7];
let program: { path: string; remove: () => void };

/** One indicator for new schools, and with `more` one for teachers beside it. */
const codebookOf = (schools: string, more: string) => `id: mine
zh: 我的指标
en: mine
indicators:
  - id: ${schools}
    zh: 新建学校
    en: new schools
    definition: 新建成的学校数。
    dimension: count
    unit: 所
    stages: [all, primary]
    wordings: [新建 学校]
${more}`;
const teachers = `  - id: teachers_hired
    zh: 新聘教师
    en: teachers hired
    definition: 新聘的教师数。
    dimension: count
    unit: 人
    stages: [all, primary]
    wordings: [新聘 教师]
`;

const pageOf = (n: number, first = ''): string =>
  `<h1>示例县第${n}号教育通报</h1><p>2024-05-06</p><div class="content">${first}<p>2023年,全县新建学校${100 + n}所。</p><p>2023年,全县新聘教师${300 + n}人。</p><p>第${n}号通报另有说明${'与众不同'.repeat(n)}。</p></div>`;

beforeAll(async () => {
  program = compile('src/cli/main.ts');
  writeFileSync(before, codebookOf('schools_built', ''));
  writeFileSync(after, codebookOf('schools_new', teachers));
  const codebook = compileCodebook(loadCodebook(before));
  const corpus = await openCorpus(base, { create: true });
  const keep = (n: number, text: string) =>
    importFile(corpus, { url: `http://one.example/${n}.html`, bytes: Buffer.from(text), place: '990101' }, codebook);
  for (let n = 0; n < pages; n++) await keep(n, pageOf(n));
  const decide = async (value: number, action: 'accept' | 'correct' | 'reject', more = {}) => {
    const { id } = (await corpus.figures({ withIndicator: false })).find((figure) => figure.value === value)!;
    const who = { reviewer: '王', decidedAt: '2026-03-01T08:00:00.000Z', reason: null, correction: null };
    await corpus.decide({ figure: id, action, ...who, ...more });
  };
  await decide(101, 'correct', { correction: { value: 111 } });
  await decide(102, 'reject', { reason: '计划数' });
  await decide(303, 'accept');
  // Decided on the first version; the second has a figure before it, so that ids move.
  await decide(104, 'correct', { correction: { value: 114 } });
  await keep(4, pageOf(4, '<p>2023年,全县投入资金700万元。</p>'));
  await corpus.close();
  // As rules of an earlier version would have read them.
  const handle = new Sqlite(base);
  handle.exec(`update figure set value = 77 where value = 110; delete from figure where value = 311`);
  handle.close();
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

const looked = <T>(file: string, look: (all: (sql: string) => unknown[]) => T): T => {
  const handle = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    return look((sql) => handle.prepare(sql).raw().all());
  } finally {
    handle.close();
  }
};

/** Reads the corpus again by the other codebook; killed once so much of it is done. Gives its output, or null for one that was killed. */
async function readAgain(file: string, until = 1): Promise<string | null> {
  const words = ['reextract', '--codebook', after, '--threads', '2', '--json', '--db', file];
  const child = spawn(process.execPath, [program.path, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const done = () => looked(file, (all) => Number((all('select max(documents) from reextraction')[0] as [number])[0]));
  const watch = setInterval(() => {
    if (until < 1 && done() >= until * (pages + 1)) child.kill('SIGKILL');
  }, 2);
  const [code, signal] = await once(child, 'close');
  clearInterval(watch);
  if (signal === 'SIGKILL') return null;
  expect(code, err).toBe(0);
  return out;
}

/** Kills the reading once so much of it is done. Where this process was too slow for that and the other ended, once more. */
async function killAt(file: string, part: number): Promise<void> {
  const before = join(folder, 'before-kill.sqlite');
  for (let tries = 0; tries < 20; tries++) {
    const handle = new Sqlite(file);
    handle.pragma('wal_checkpoint(truncate)');
    handle.close();
    copyFileSync(file, before);
    if ((await readAgain(file, part)) === null) return;
    for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
    copyFileSync(before, file);
  }
  throw new Error('it always ended before it was killed');
}

/** The same in this process, with its whole report. */
async function undisturbedly(file: string): Promise<ReextractReport> {
  const corpus = await openCorpus(file);
  const options = { codebook: after, threads: 0, signal: new AbortController().signal };
  const report = await reextract(corpus, options);
  await corpus.close();
  return report;
}

const contents = (file: string) =>
  looked(file, (all) => ({
    documents: all('select id, url, snapshot, text, codebook, superseded_by from document order by id'),
    figures: all('select * from figure order by id'),
    changes: all('select document, position, kind, figure, quote, fields from figure_change order by 1, 2'),
    reviews: all('select id, action, figure, standing from review order by id'),
    pairs: all('select count(*) from document_pairs'),
    places: all('select code from place order by 1'),
  }));

async function shown(file: string): Promise<Map<number, (string | number | null)[]>> {
  const corpus = await openCorpus(file, { readOnly: true });
  const figures = await corpus.figures({ withIndicator: false, rejected: true });
  await corpus.close();
  return new Map(
    figures.map(({ value, indicator, review }) => [
      review?.raw?.value ?? value,
      [value, indicator, ...(review ? [review.action] : [])],
    ]),
  );
}

describe('reading again that is killed', () => {
  it(`${kills.length} times gives what an undisturbed reading gives, tells each change once and keeps decisions`, async () => {
    const undisturbed = join(folder, 'undisturbed.sqlite');
    copyFileSync(base, undisturbed);
    const whole = await undisturbedly(undisturbed);
    // Of both versions of the fifth page: schools have another indicator, teachers have one; a value, and a figure that was overlooked.
    expect(whole).toMatchObject({
      documents: pages + 1,
      added: 1,
      removed: 0,
      changed: 2 * (pages + 1) - 1,
      failures: [],
    });

    const killed = join(folder, 'killed.sqlite');
    copyFileSync(base, killed);
    for (const part of kills) {
      await killAt(killed, part);
      expect(looked(killed, (all) => all('pragma integrity_check'))).toEqual([['ok']]);
      const [[done]] = looked(killed, (all) => all('select documents from reextraction')) as [[number]];
      expect(done).toBeLessThan(pages);
    }
    const out = (await readAgain(killed))!.trim().split('\n');
    const { id, documents, tookMs, resumed, ...totals } = JSON.parse(out.at(-1)!);
    expect(totals).toEqual({
      type: 'total',
      interrupted: false,
      added: 1,
      removed: 0,
      changed: whole.changed,
      failures: [],
    });
    expect(resumed).toBe(true);
    expect(documents).toBeLessThan(pages * (1 - kills.at(-1)!) + 2);
    expect(out).toHaveLength(1 + totals.added + totals.changed);
    expect(contents(killed)).toEqual(contents(undisturbed));

    const figures = await shown(killed);
    expect(figures.get(101)).toEqual([111, 'schools_new', 'correct']);
    expect(figures.get(102)).toEqual([102, 'schools_new', 'reject']);
    expect(figures.get(303)).toEqual([303, 'teachers_hired', 'accept']);
    expect(figures.get(104)).toEqual([114, 'schools_new', 'correct']);
    expect(figures.get(7_000_000)).toEqual([7_000_000, null]);
    expect([figures.get(110), figures.get(311), figures.get(77)]).toEqual([
      [110, 'schools_new'],
      [311, 'teachers_hired'],
      undefined,
    ]);
    // Again with the same codebook: nothing changes, and nothing is written anew.
    const again = await undisturbedly(killed);
    expect(again).toMatchObject({ documents: pages + 1, added: 0, removed: 0, changed: 0 });
    expect(contents(killed)).toEqual(contents(undisturbed));
  }, 600_000);
});
