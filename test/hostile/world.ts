// What tests of kills and of failing disks share: a small site and a folder of its pages, a corpus made of them, the program in a process
// of its own, and what a corpus says, to be compared with another.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { compile } from '../helpers/compiled.js';
import { testServer } from '../helpers/server.js';

export const articles = 12;

const pageOf = (n: number): string =>
  `<!doctype html><meta charset="utf-8"><title>示例县第${n}号教育通知</title><div class="content"><h1>示例县第${n}号教育通知</h1><p>发布时间:2024-05-${String(1 + (n % 28)).padStart(2, '0')}</p><p>2023年,全县新建学校${100 + n}所,投入${n + 1}.5亿元,推进教师交流轮岗。</p><p>${n}号文件另有说明${'与众不同'.repeat(n)}。</p></div>`;
const listOf = (): string =>
  `<meta charset="utf-8"><ul>${Array.from({ length: articles }, (_, n) => `<li><a href="/2024/${n}.html">示例县第${n}号教育通知全文</a><span>2024-05-01</span></li>`).join('')}</ul>`;

export interface End {
  killed: boolean;
  code: number | null;
  /** Milliseconds from its beginning to its end. */
  tookMs: number;
  err: string;
}

export interface Fate {
  /** Milliseconds after its beginning at which it is killed. */
  killAfterMs?: number;
  environment?: Record<string, string>;
}

export interface World {
  /** Everything lies in it. */
  folder: string;
  /** Files to import. */
  pages: string;
  /** Address of a list whose articles are the same pages. */
  list: string;
  /** A corpus of the pages, with five decisions. */
  base: string;
  /** A new folder in it. */
  folderOf(command: string, title: string | number): string;
  /** Runs a command line in a process of its own. */
  run(words: readonly string[], fate?: Fate): Promise<End>;
  close(): Promise<void>;
}

/** Compiles the program, serves the site and makes the corpus. */
export async function makeWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'xianjian-kills-'));
  const [pages, base] = [join(folder, 'pages'), join(folder, 'base.sqlite')];
  const program = compile('test/hostile/killed-program.ts');
  mkdirSync(pages);
  for (let n = 0; n < articles; n++) writeFileSync(join(pages, `${n}.html`), pageOf(n));
  const server = await testServer(({ url }) => {
    const n = /^\/2024\/(\d+)\.html$/.exec(url)?.[1];
    return n ? { body: pageOf(Number(n)) } : url === '/list.html' ? { body: listOf() } : { status: 404, body: '' };
  });
  const run: World['run'] = (words, fate) => runProgram(program.path, words, fate);
  const made = await run(['import', pages, '--place', '990101', '--db', base]);
  expect(made, made.err).toMatchObject({ code: 0 });
  const corpus = await openCorpus(base);
  for (const { id } of (await corpus.figures({ withIndicator: false })).slice(0, 5)) {
    const about = { reviewer: '王', decidedAt: '2026-03-01T08:00:00.000Z', reason: null, correction: null };
    await corpus.decide({ figure: id, action: 'accept', ...about });
  }
  await corpus.close();
  const close = async () => {
    await server.close();
    program.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  const folderOf = (command: string, title: string | number): string => {
    const at = join(folder, `${command.replace(' ', '-')}-${title}`);
    mkdirSync(at);
    return at;
  };
  return { folder, folderOf, pages, list: `${server.url}/list.html`, base, run, close };
}

async function runProgram(
  path: string,
  words: readonly string[],
  { killAfterMs, environment = {} }: Fate = {},
): Promise<End> {
  const child: ChildProcess = spawn(process.execPath, [path, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let err = '';
  let begun = 0;
  let timer: NodeJS.Timeout | undefined;
  child.stderr!.on('data', (data) => {
    err += data;
    if (begun > 0 || !err.includes('begin\n')) return;
    begun = Date.now();
    if (killAfterMs !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  return { killed: signal === 'SIGKILL', code, tookMs: Date.now() - begun, err };
}

/** What a corpus says, without what differs between two runs (ids, times). */
export function fingerprint(file: string): Record<string, unknown[]> {
  const handle = new Sqlite(file, { readonly: true, fileMustExist: true });
  const all = (sql: string): unknown[] => handle.prepare(sql).raw().all();
  const of = 'from document d join snapshot s on s.id = d.snapshot';
  // A kill can come after a run's end: the same command then begins a run of its own, which must see what the first one saw. An
  // unfinished run is resumed under its number, so whatever it stored twice shows. What a busy machine broke off and asked for again
  // is no difference.
  const runs = all('select distinct run from snapshot').flat();
  const ofRun = (run: unknown): string => {
    const seen = handle
      .prepare('select url, sha256 from snapshot where run is ? and sha256 is not null order by 1, 2')
      .raw()
      .all(run);
    return JSON.stringify(seen);
  };
  try {
    return {
      snapshots: [...new Set(runs.map(ofRun))],
      documents: all(`select s.url, d.title, d.text ${of} order by 1, 2`),
      figures: all(
        `select s.url, f.quote, f.sentence, f.value, f.indicator ${of} join figure f on f.document = d.id order by 1, 2, 3, 4`,
      ),
      practices: all(
        `select s.url, p.practice, p.sentence ${of} join practice p on p.document = d.id order by 1, 2, 3`,
      ),
      unread: all('select count(*) from unread'),
      reviews: all(`select count(*) from review`),
    };
  } finally {
    handle.close();
  }
}

export function checkWhole(file: string): void {
  const handle = new Sqlite(file, { fileMustExist: true });
  try {
    expect(handle.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(handle.pragma('foreign_key_check')).toEqual([]);
    // Killed before its first table: the next start makes them.
    if (handle.prepare(`select count(*) from sqlite_master where name = 'document'`).pluck().get() === 0) return;
    const doubled = 'select snapshot, part from document group by snapshot, part having count(*) > 1';
    expect(handle.prepare(doubled).all()).toEqual([]);
  } finally {
    handle.close();
  }
}

export const db = (at: string): string => join(at, 'corpus.sqlite');

/** Looks at a file that a stopped command may not have made. One that was only opened is empty: SQLite writes its first page with the
 * first transaction. */
export function ifThere(look: (file: string) => void, file: string): void {
  if (existsSync(file) && readFileSync(file).length > 0) look(file);
}
