// Disks that are full and disks that fail, under crawl, import, export, backup and upgrade: a clear error, a whole corpus, no half file
// under a final name; and once the disk is well again the same command gives what an undisturbed one gives. `FAULTS=20 npx vitest run
// test/hostile/disk.test.ts` lets the disk fail at that many moments of each command in both ways (without it once) and prints how often it
// did.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articles, checkWhole, db, type End, fingerprint, ifThere, makeWorld, type World } from './world.js';

const moments = Number(process.env.FAULTS ?? 1);
const canCompile = process.platform === 'linux' && spawnSync('gcc', ['--version']).status === 0;
let world: World;
let shim = '';
beforeAll(async () => {
  world = await makeWorld();
  if (!canCompile) return;
  shim = join(world.folder, 'faulty-disk.so');
  const source = join(import.meta.dirname, 'faulty-disk.c');
  const { status, stderr } = spawnSync('gcc', ['-shared', '-fPIC', '-o', shim, source, '-ldl'], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}, 600_000);
afterAll(() => world.close());

interface Deed {
  words(at: string): string[];
  prepare(at: string): void;
  /** Names of files in the folder after a failure, besides the corpus. */
  left: readonly string[];
  result(at: string): unknown;
}

const onCopy = (at: string): void => copyFileSync(world.base, db(at));
const onDb = (at: string): string[] => ['--db', db(at)];
const deeds: Record<string, Deed> = {
  crawl: {
    words: (at) => ['crawl', world.list, '--allow-private', '--no-delay', '--place', '990101', ...onDb(at)],
    prepare: () => {},
    left: [],
    result: (at) => fingerprint(db(at)),
  },
  import: {
    words: (at) => ['import', world.pages, '--place', '990101', ...onDb(at)],
    prepare: () => {},
    left: [],
    result: (at) => fingerprint(db(at)),
  },
  export: {
    words: (at) => ['export', '-o', join(at, 'out.csv'), '--every', ...onDb(at)],
    prepare: (at) => {
      onCopy(at);
      writeFileSync(join(at, 'out.csv'), 'older');
    },
    left: ['out.csv'],
    result: (at) => readFileSync(join(at, 'out.csv'), 'utf8'),
  },
  workbook: {
    words: (at) => ['export', '-o', join(at, 'out.xlsx'), ...onDb(at)],
    prepare: onCopy,
    left: [],
    result: (at) => existsSync(join(at, 'out.xlsx')),
  },
  'web archive': {
    words: (at) => ['export', '--warc', join(at, 'out.warc.gz'), ...onDb(at)],
    prepare: onCopy,
    left: [],
    result: (at) => existsSync(join(at, 'out.warc.gz')),
  },
  backup: {
    words: (at) => ['backup', join(at, 'copy.sqlite'), ...onDb(at)],
    prepare: onCopy,
    left: [],
    result: (at) => fingerprint(join(at, 'copy.sqlite')),
  },
  vacuum: {
    words: (at) => ['vacuum', ...onDb(at)],
    prepare: onCopy,
    left: [],
    result: (at) => fingerprint(db(at)),
  },
};

/** A refusal in words: what failed, where, and what to do; no trace of the program's insides. */
function checkRefusal({ code, err }: End, folder: string): void {
  expect(code, err).toBe(1);
  expect(err).toMatch(/\bE_(?:CORPUS|EXPORT|DISK)\w*/);
  expect(err).toContain(folder);
  expect(err).not.toMatch(/\n\s+at /);
}

function checkFolder(at: string, { left }: Deed): void {
  ifThere(checkWhole, db(at));
  const besides = readdirSync(at).filter((name) => !/^corpus\.sqlite(?:-wal|-shm|-journal)?$/.test(name));
  expect(besides).toEqual(left);
  if (left.includes('out.csv')) expect(readFileSync(join(at, 'out.csv'), 'utf8')).toBe('older');
}

describe.skipIf(!canCompile)('a disk that fails after so many writes (needs Linux and gcc)', () => {
  it.each(Object.keys(deeds))(
    '%s says so and loses nothing',
    async (name) => {
      const deed = deeds[name]!;
      const fresh = (title: string): string => {
        const at = world.folderOf(name, title);
        deed.prepare(at);
        return at;
      };
      const faults = (at: string, more: Record<string, string | number>) => ({
        environment: {
          LD_PRELOAD: shim,
          FAULT_UNDER: at,
          ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, String(value)])),
        },
      });
      const undisturbed = fresh('undisturbed');
      const count = join(world.folder, `${name}.count`);
      const reference = await world.run(deed.words(undisturbed), faults(undisturbed, { FAULT_COUNT: count }));
      expect(reference, reference.err).toMatchObject({ code: 0 });
      const expected = deed.result(undisturbed);
      if (typeof expected === 'object') expect((expected as { figures: [] }).figures.length).toBeGreaterThan(articles);
      const writes = Number(readFileSync(count, 'utf8'));
      expect(writes).toBeGreaterThan(0);
      const { ENOSPC, EIO } = constants.errno;
      const errors = process.env.FAULTS ? [ENOSPC, EIO] : [Object.keys(deeds).indexOf(name) % 2 === 0 ? ENOSPC : EIO];
      let failed = 0;
      for (let moment = 0; moment < moments; moment++)
        for (const errno of errors) {
          const at = fresh(`${moment}-${errno}`);
          const after = Math.floor((writes * (moment + 0.5)) / moments);
          const end = await world.run(deed.words(at), faults(at, { FAULT_AFTER: after, FAULT_ERRNO: errno }));
          // The last writes tidy up after the work: whoever cannot do that has done the work.
          if (end.code !== 0) {
            failed += 1;
            checkRefusal(end, at);
            checkFolder(at, deed);
          }
          const again = end.code === 0 ? end : await world.run(deed.words(at));
          expect(again, again.err).toMatchObject({ code: 0 });
          expect(deed.result(at)).toEqual(expected);
          rmSync(at, { recursive: true });
        }
      if (process.env.FAULTS)
        console.log(`${name}: failed ${failed} times of ${errors.length * moments}, ${writes} writes`);
      expect(failed).toBeGreaterThanOrEqual(moments / 2);
    },
    300_000 + moments * 60_000,
  );
});
