// A kill at any moment loses nothing and doubles nothing: a program that crawls and reads is killed with SIGKILL again and again,
// and what it leaves behind is checked each time.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../helpers/compiled.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-kill-'));
let program: { path: string; remove: () => void };
beforeAll(() => {
  program = compile('test/db/crawling-program.ts');
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

interface Seen {
  stored: string[];
  isDone: boolean;
  err: string;
}

interface Fate {
  /** Killed once it has told so many lines, or after so many milliseconds. */
  lines?: number;
  afterMs?: number;
  /** No file may grow beyond so many bytes: it then sees what a full disk shows. */
  fileLimit?: number;
}

/** Starts the program, to be killed or to finish. */
async function crawl(file: string, count: number, kill: Fate): Promise<Seen> {
  const command = [process.execPath, program.path, file, String(count)];
  const limited = kill.fileLimit === undefined ? [] : ['prlimit', `--fsize=${kill.fileLimit}`];
  const [first = '', ...rest] = [...limited, ...command];
  const child = spawn(first, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
    if (kill.lines !== undefined && out.split('\n').length > kill.lines) child.kill('SIGKILL');
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const timer = kill.afterMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), kill.afterMs);
  await once(child, 'close');
  if (timer) clearTimeout(timer);
  const lines = out.split('\n').slice(0, -1);
  return {
    stored: lines.filter((line) => line.startsWith('stored ')).map((line) => line.slice(7)),
    isDone: lines.at(-1) === 'done',
    err,
  };
}

function inDatabase<T>(file: string, look: (all: (sql: string) => unknown[]) => T): T {
  const database = new Sqlite(file, { fileMustExist: true });
  try {
    return look((sql) => database.prepare(sql).pluck().all());
  } finally {
    database.close();
  }
}

/** What must hold at every moment. */
function check(file: string, stored: ReadonlySet<string>): void {
  inDatabase(file, (all) => {
    expect(all('pragma integrity_check')).toEqual(['ok']);
    expect(all('pragma foreign_key_check')).toEqual([]);
    const kept = all('select url from snapshot') as string[];
    expect(new Set(kept).size, 'an address stored twice').toBe(kept.length);
    expect(
      [...stored].filter((url) => !kept.includes(url)),
      'stored and lost',
    ).toEqual([]);
    expect(all(`select url from request where state = 'done' order by url`)).toEqual(kept.sort());
    expect(all('select url from snapshot where sha256 is null or sha256 not in (select sha256 from body)')).toEqual([]);
    // Each article waits for reading or was read, once and with its figure.
    const articles = kept.filter((url) => !url.endsWith('/list')).length;
    const [read] = all('select count(distinct snapshot) from document') as [number];
    expect(all('select count(*) from document')).toEqual([read]);
    expect(all('select count(*) from figure')).toEqual([read]);
    expect(all('select count(*) from unread')).toEqual([articles - read]);
  });
}

describe('a program that is killed', () => {
  it('20 times at random loses nothing and doubles nothing', async () => {
    const count = 800;
    // A kill comes late where the machine is busy, and more is done between two: what is done is begun anew, until there were twenty.
    for (let kills = 0, corpus = 0; kills < 20; corpus++) {
      const file = join(folder, `corpus-${corpus}.sqlite`);
      const stored = new Set<string>();
      for (let isDone = false; !isDone; ) {
        const seen = await crawl(file, count, kills < 20 ? { lines: 5 + Math.floor(Math.random() * 60) } : {});
        expect(seen.err).toBe('');
        isDone = seen.isDone;
        if (!isDone) kills += 1;
        for (const url of seen.stored) {
          expect(stored.has(url), `${url} was asked again`).toBe(false);
          stored.add(url);
        }
        check(file, stored);
      }
      expect(inDatabase(file, (all) => all('select count(*) from figure'))).toEqual([count]);
      expect(inDatabase(file, (all) => all('select count(*) from snapshot'))).toEqual([count + 1]);
    }
  }, 600_000);

  it('while it makes a corpus leaves one that can be used, or none', async () => {
    for (const afterMs of [120, 160, 200, 240, 280]) {
      const file = join(folder, `made-${afterMs}.sqlite`);
      await crawl(file, 3, { afterMs });
      const seen = await crawl(file, 3, {});
      expect(seen).toMatchObject({ isDone: true, err: '' });
      expect(inDatabase(file, (all) => all('pragma integrity_check'))).toEqual(['ok']);
      expect(inDatabase(file, (all) => all('select count(*) from figure'))).toEqual([3]);
    }
  });

  it('is one of six that begin at once, and none takes the corpus that another makes for an old one', async () => {
    for (const round of [1, 2, 3]) {
      const file = join(folder, `six-${round}.sqlite`);
      const seen = await Promise.all(Array.from({ length: 6 }, () => crawl(file, 5, {})));
      for (const one of seen) expect(one).toMatchObject({ isDone: true, err: '' });
      const stored = seen.flatMap((one) => one.stored);
      expect(stored).toHaveLength(6);
      check(file, new Set(stored));
    }
    expect(readdirSync(folder).filter((name) => /upgrade|part/.test(name))).toEqual([]);
  });

  it('leaves its work to another that runs at the same time', async () => {
    const file = join(folder, 'two.sqlite');
    const count = 600;
    const first = crawl(file, count, { lines: 100 });
    const second = crawl(file, count, {});
    const [killed, finished] = await Promise.all([first, second]);
    expect(finished).toMatchObject({ isDone: true, err: '' });
    const both = [...killed.stored, ...finished.stored];
    expect(new Set(both).size, 'stored twice').toBe(both.length);
    check(file, new Set(both));
    expect(inDatabase(file, (all) => all('select count(*) from snapshot'))).toEqual([count + 1]);
  });

  const canLimit = spawnSync('prlimit', ['--version']).status === 0;
  it.skipIf(!canLimit)('that a full disk stops loses nothing either, and says what to do', async () => {
    const file = join(folder, 'full.sqlite');
    const stored = new Set<string>();
    for (const fileLimit of [350_000, 400_000, 450_000]) {
      const seen = await crawl(file, 500, { fileLimit });
      expect(seen.isDone).toBe(false);
      expect(seen.err).toMatch(/CorpusError: .*full\.sqlite.*disk/);
      for (const url of seen.stored) stored.add(url);
      check(file, stored);
    }
    expect(stored.size).toBeGreaterThan(0);
    expect(await crawl(file, 500, {})).toMatchObject({ isDone: true, err: '' });
    expect(inDatabase(file, (all) => all('select count(*) from figure'))).toEqual([500]);
  });
});
