// Every reader of bytes from outside, fed with files that are nearly right. By itself a short run from fixed seeds;
// `FUZZ_MINUTES=60 npx vitest run test/fuzz` goes on with new seeds for so many minutes of processor time and prints how many inputs
// each reader took. A finding names its seed: `FUZZ_SEED=target:seed npx vitest run test/fuzz` feeds that input alone,
// `FUZZ_SEED=target:seed:100` a hundred from there on.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutate, randomOf } from './mutate.js';
import { type Target, targets } from './targets.js';

const minutes = Number(process.env.FUZZ_MINUTES ?? 0);
const only = process.env.FUZZ_SEED?.split(':');
/** Milliseconds of processor time that no input of half a megabyte may take, a larger one in proportion, and one that holds ten
 * thousand figures as they need: whatever else the machine does, a hang is more. */
const longest = 2000;
const longestBytes = 500_000;
/** Bytes that the process may hold more after an input than before it, and at any time in all (the tests' own tools included). */
const mostGrowth = 500_000_000;
const mostMemory = 1_500_000_000;
/** Findings of long runs, mended since: they stay. */
const found: Readonly<Record<string, readonly number[]>> = {
  'page to figures': [685895604, 1608261251],
  mend: [918535784, 918552820, 918554842, 1010927457, 1010945596, 1898233646, 1898240836],
  numbers: [1929783828, 1578717725],
  tables: [1320005778, 1320005798, 1320005839, 1685571113],
  'lists, sitemaps and feeds': [1058614763, 1058625835, 1058629517, 29412068],
  addresses: [1986002197],
  'source files': [911445505, 987425319],
  codebooks: [1502659616],
  'queries of pages and API': [310458418, 986351708],
  'web archives': [2037677260],
};

const inputOf = ({ corpus }: Target, seed: number): Buffer => {
  const random = randomOf(seed);
  return mutate(corpus[random(corpus.length)]!, corpus, seed ^ 0x5bd1e995);
};

async function feed(target: Target, seed: number, tries = 3): Promise<string | null> {
  const bytes = inputOf(target, seed);
  const begun = process.cpuUsage();
  const held = process.memoryUsage.rss();
  let found: unknown;
  try {
    found = await target.feed(bytes);
  } catch (error) {
    return `${target.name}:${seed}: ${(error as Error).stack?.split('\n').slice(0, 4).join(' | ')}`;
  }
  const { user, system } = process.cpuUsage(begun);
  const took = (user + system) / 1000;
  const allowed = longest * Math.max(1, bytes.length / longestBytes);
  if (took > Math.max(allowed, Number(found) * (target.each ?? 0) || 0)) {
    // Where others share the core, its time is worth less for a moment; an input that hangs does so each time.
    if (tries > 1) return feed(target, seed, tries - 1);
    return `${target.name}:${seed}: took ${Math.round(took)} ms for ${bytes.length} bytes`;
  }
  const grew = process.memoryUsage.rss() - held;
  return grew > mostGrowth ? `${target.name}:${seed}: ${Math.round(grew / 1e6)} MB for ${bytes.length} bytes` : null;
}

describe('bytes that are nearly right', () => {
  for (const target of targets) {
    const seeds = only
      ? only[0] === target.name
        ? Array.from({ length: Number(only[2] ?? 1) }, (_, k) => Number(only[1]) + k)
        : []
      : [...(found[target.name] ?? []), ...Array(25).keys()];
    it.skipIf(seeds.length === 0)(
      `are read or refused: ${target.name}`,
      async () => {
        const findings: string[] = [];
        const take = async (seed: number) => {
          // An input that never ends names itself nowhere else.
          if (minutes > 0) writeFileSync(join(tmpdir(), `xianjian-fuzz-${process.pid}`), `${target.name}:${seed}`);
          const finding = await feed(target, seed);
          if (!finding) return;
          findings.push(finding);
          if (minutes > 0) console.log(finding);
        };
        for (const seed of seeds) await take(seed);
        const first = randomInt(2 ** 31);
        const begun = process.cpuUsage();
        const spent = () => Object.values(process.cpuUsage(begun)).reduce((sum, each) => sum + each, 0) / 1e6;
        const share = (minutes * 60) / targets.length;
        // Of what waits for a disk more than it works there is an end too.
        const until = Date.now() + 4 * share * 1000;
        let inputs = seeds.length;
        let most = 0;
        for (let seed = first; spent() < share && Date.now() < until && findings.length < 20; seed++, inputs++) {
          await take(seed);
          most = Math.max(most, process.memoryUsage.rss());
        }
        if (minutes > 0)
          console.log(
            `${target.name}: ${inputs} inputs in ${Math.round(spent())} s of processor time (seeds 0 to 24, then from ${first}), ${findings.length} findings, at most ${Math.round(most / 1e6)} MB`,
          );
        await target.close?.();
        expect(findings).toEqual([]);
        expect(process.memoryUsage().rss).toBeLessThan(mostMemory);
      },
      300_000 + 4 * minutes * 60_000 + seeds.length * 2000,
    );
  }
});
