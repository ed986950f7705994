// kill -9 at random moments of crawl, import, reading again, export, upgrade and backup: after each the corpus is whole, and the same
// command once more gives what an undisturbed one gives, nothing lost and nothing doubled. One kill a command; `KILLS=200 npx vitest
// run test/hostile/kill.test.ts` shares that many out among them and prints where they fell.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articles, checkWhole, db, type End, fingerprint, ifThere, makeWorld, type World } from './world.js';

const kills = Number(process.env.KILLS ?? 6);
let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 600_000);
afterAll(() => world.close());

function makeOlder(file: string): void {
  copyFileSync(world.base, file);
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
  /** It refuses after one that had done its work, also where the kill fell between that and its end. */
  mayRefuse?: boolean;
}

const onCopy = (at: string): void => copyFileSync(world.base, db(at));
const csvOf = (at: string): string | null =>
  existsSync(join(at, 'out.csv')) ? readFileSync(join(at, 'out.csv'), 'utf8') : null;

const deeds: Record<string, Deed> = {
  crawl: {
    words: (at) => ['crawl', world.list, '--allow-private', '--no-delay', '--place', '990101', '--db', db(at)],
    prepare: () => {},
    check: (at) => ifThere(checkWhole, db(at)),
    result: (at) => fingerprint(db(at)),
  },
  import: {
    words: (at) => ['import', world.pages, '--place', '990101', '--db', db(at)],
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
        const at = world.folderOf(name, title);
        deed.prepare(at);
        return at;
      };
      const undisturbed = fresh('undisturbed');
      const reference = await world.run(deed.words(undisturbed));
      expect(reference, reference.err).toMatchObject({ killed: false, code: 0 });
      const expected = deed.result(undisturbed);
      if (name !== 'export') expect((expected as { figures: unknown[] }).figures.length).toBeGreaterThan(articles);
      const expectDone = ({ code, err }: End) => expect(deed.mayRefuse ? [0, 2] : [0], err).toContain(code);
      let left = share;
      let fell = 0;
      for (let round = 0; left > 0; round++) {
        const at = fresh(`killed-${round}`);
        let ended = false;
        for (let chain = 0; chain < 3 && left > 0 && !ended; chain++, left--) {
          const end = await world.run(deed.words(at), { killAfterMs: Math.random() * reference.tookMs });
          if (end.killed) fell += 1;
          else expectDone(end);
          ended = !end.killed;
          deed.check(at);
        }
        expectDone(await world.run(deed.words(at)));
        deed.check(at);
        expect(deed.result(at)).toEqual(expected);
        rmSync(at, { recursive: true });
      }
      if (process.env.KILLS)
        console.log(`${name}: ${share} tries, ${fell} fell into its work of ${reference.tookMs} ms`);
      expect(fell).toBeGreaterThan(share > 5 ? share / 4 : -1);
    },
    300_000 + share * 60_000,
  );
});
