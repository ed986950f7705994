// kill -9 at random moments of crawl, import, reading again, export, upgrade and backup: after each the corpus is whole, and the same
// command once more gives what an undisturbed one gives, nothing lost and nothing doubled. One kill a command; `KILLS=200 npx vitest
// run test/hostile/kill.test.ts` shares that many out among them and prints where they fell.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { compile } from '../helpers/compiled.js';
import { type TestServer, testServer } from '../helpers/server.js';

const kills = Number(process.env.KILLS ?? 6);
const articles = 12;
const folder = mkdtempSync(join(tmpdir(), 'xianjian-kills-'));
const pages = join(folder, 'pages');
const base = join(folder, 'base.sqlite');
let program: { path: string; remove: () => void };
let server: TestServer;

const pageOf = (n: number): string =>
  `<!doctype html><meta charset="utf-8"><title>示例县第${n}号教育通知</title><div class="content"><h1>示例县第${n}号教育通知</h1><p>发布时间:2024-05-${String(1 + (n % 28)).padStart(2, '0')}</p><p>${`2023年,全县新建学校${100 + n}所,投入${n + 1}.5亿元,推进教师交流轮岗。`.repeat(1)}</p><p>${n}号文件另有说明${'与众不同'.repeat(n)}。</p></div>`;
const listOf = (): string =>
  `<meta charset="utf-8"><ul>${Array.from({ length: articles }, (_, n) => `<li><a href="/2024/${n}.html">示例县第${n}号教育通知全文</a><span>2024-05-01</span></li>`).join('')}</ul>`;

beforeAll(async () => {
  program = compile('test/hostile/killed-program.ts');
  mkdirSync(pages);
  for (let n = 0; n < articles; n++) writeFileSync(join(pages, `${n}.html`), pageOf(n));
  server = await testServer(({ url }) => {
    const n = /^\/2024\/(\d+)\.html$/.exec(url)?.[1];
    return n ? { body: pageOf(Number(n)) } : url === '/list.html' ? { body: listOf() } : { status: 404, body: '' };
  });
  const made = await run(['import', pages, '--place', '990101', '--db', base]);
  expect(made, made.err).toMatchObject({ code: 0 });
  const corpus = await openCorpus(base);
  for (const { id } of (await corpus.figures({ withIndicator: false })).slice(0, 5)) {
    const about = { reviewer: '王', decidedAt: '2026-03-01T08:00:00.000Z', reason: null, correction: null };
    await corpus.decide({ figure: id, action: 'accept', ...about });
  }
  await corpus.close();
}, 600_000);
afterAll(async () => {
  await server.close();
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface End {
  killed: boolean;
  code: number | null;
  /** Milliseconds from its beginning to its end. */
  tookMs: number;
  err: string;
}

/** Runs a command line in a process of its own, killed so many milliseconds after it began where a number is given. */
async function run(words: readonly string[], killAfterMs: number | null = null): Promise<End> {
  const child: ChildProcess = spawn(process.execPath, [program.path, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  let begun = 0;
  let timer: NodeJS.Timeout | undefined;
  child.stderr!.on('data', (data) => {
    err += data;
    if (begun > 0 || !err.startsWith('begin')) return;
    begun = Date.now();
    if (killAfterMs !== null) timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  return { killed: signal === 'SIGKILL', code, tookMs: Date.now() - begun, err };
}

/** What a corpus says, without what differs between two runs (ids, times). */
function fingerprint(file: string): Record<string, unknown[]> {
  const handle = new Sqlite(file, { readonly: true, fileMustExist: true });
  const all = (sql: string): unknown[] => handle.prepare(sql).raw().all();
  const of = 'from document d join snapshot s on s.id = d.snapshot';
  // A kill can come after a run's end: the same command then begins a run of its own, which must see what the first one saw. An
  // unfinished run is resumed under its number, so whatever it stored twice shows.
  const runs = all('select distinct run from snapshot').flat();
  const ofRun = (run: unknown): string => {
    const seen = handle.prepare('select url, sha256 from snapshot where run is ? order by 1, 2').raw().all(run);
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

function checkWhole(file: string): void {
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

function makeOlder(file: string): void {
  copyFileSync(base, file);
  const handle = new Sqlite(file);
  handle.exec(
    "drop table figure_change; drop table reextraction; drop table schedule; drop table review; delete from migration where name >= '003'",
  );
  handle.close();
}

interface Deed {
  words(at: string): string[];
  /** Puts in place what the command needs. */
  prepare(at: string): void;
  /** After a kill. */
  check(at: string): void;
  /** What must be the same at the end, however often it was killed. */
  result(at: string): unknown;
  /** A second run after one that ended. */
  mayRefuse?: boolean;
}

const db = (at: string): string => join(at, 'corpus.sqlite');
const onCopy = (at: string): void => copyFileSync(base, db(at));
const ifThere = (check: (file: string) => void, file: string): void => {
  // A file that was only opened is empty; SQLite writes its first page with the first transaction.
  if (existsSync(file) && readFileSync(file).length > 0) check(file);
};
const csvOf = (at: string): string | null =>
  existsSync(join(at, 'out.csv')) ? readFileSync(join(at, 'out.csv'), 'utf8') : null;

const deeds: Record<string, Deed> = {
  crawl: {
    words: (at) => [
      'crawl',
      `${server.url}/list.html`,
      '--allow-private',
      '--no-delay',
      '--place',
      '990101',
      '--db',
      db(at),
    ],
    prepare: () => {},
    check: (at) => ifThere(checkWhole, db(at)),
    result: (at) => fingerprint(db(at)),
  },
  import: {
    words: (at) => ['import', pages, '--place', '990101', '--db', db(at)],
    prepare: () => {},
    check: (at) => ifThere(checkWhole, db(at)),
    result: (at) => fingerprint(db(at)),
  },
  'reading again': {
    words: (at) => ['reextract', '--threads', '0', '--db', db(at)],
    prepare: onCopy,
    check: (at) => checkWhole(db(at)),
    result: (at) => fingerprint(db(at)),
  },
  export: {
    words: (at) => ['export', '-o', join(at, 'out.csv'), '--every', '--db', db(at)],
    prepare: (at) => {
      onCopy(at);
      writeFileSync(join(at, 'out.csv'), 'older');
    },
    check: (at) => {
      checkWhole(db(at));
      const text = csvOf(at)!;
      expect(text === 'older' || text.endsWith('\r\n'), 'neither the older file nor a whole one').toBe(true);
    },
    result: csvOf,
  },
  upgrade: {
    words: (at) => ['vacuum', '--db', db(at)],
    prepare: (at) => makeOlder(db(at)),
    check: (at) => {
      checkWhole(db(at));
      for (const name of readdirSync(at)) if (/before-upgrade.*\.sqlite$/.test(name)) checkWhole(join(at, name));
    },
    result: (at) => fingerprint(db(at)),
  },
  backup: {
    words: (at) => ['backup', join(at, 'copy.sqlite'), '--db', db(at)],
    prepare: onCopy,
    check: (at) => {
      checkWhole(db(at));
      ifThere(checkWhole, join(at, 'copy.sqlite'));
    },
    result: (at) => fingerprint(join(at, 'copy.sqlite')),
    mayRefuse: true,
  },
};

describe('a command that is killed', () => {
  const names = Object.keys(deeds);
  const share = Math.ceil(kills / names.length);
  it.each(names)(
    `%s, ${share} times, is whole after each, and done as if nothing had been at the end`,
    async (name) => {
      const deed = deeds[name]!;
      const fresh = (title: string): string => {
        const at = join(folder, `${name.replace(' ', '-')}-${title}`);
        mkdirSync(at);
        deed.prepare(at);
        return at;
      };
      const undisturbed = fresh('undisturbed');
      const reference = await run(deed.words(undisturbed));
      expect(reference, reference.err).toMatchObject({ killed: false, code: 0 });
      const expected = deed.result(undisturbed);
      if (name !== 'export') expect((expected as { figures: unknown[] }).figures.length).toBeGreaterThan(articles);
      let left = share;
      let fell = 0;
      for (let round = 0; left > 0; round++) {
        const at = fresh(`killed-${round}`);
        let ended = false;
        for (let chain = 0; chain < 3 && left > 0 && !ended; chain++, left--) {
          const end = await run(deed.words(at), Math.random() * reference.tookMs);
          if (end.killed) fell += 1;
          else expect(end, end.err).toMatchObject({ code: 0 });
          ended = !end.killed;
          deed.check(at);
        }
        const last = await run(deed.words(at));
        if (last.code !== 0) expect(deed.mayRefuse && last.code === 2, last.err).toBe(true);
        deed.check(at);
        expect(deed.result(at)).toEqual(expected);
        rmSync(at, { recursive: true });
      }
      if (process.env.KILLS)
        console.log(`${name}: ${share} tries, ${fell} fell into its work of ${reference.tookMs} ms`);
      expect(fell).toBeGreaterThan(share > 5 ? share / 2 : -1);
    },
    60_000 + share * 20_000,
  );
});
