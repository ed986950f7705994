// Twenty-four hours of a schedule, a crawl every half an hour, by a clock that the test turns: real crawls of a small site into a real
// corpus. Neither the heap nor the number of open descriptors is greater at the end than after the first hours.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { runSchedules, type ScheduledSource } from '../../src/scheduler.js';
import { crawlAt, serve, site } from '../helpers/small-site.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const descriptors = (): number => readdirSync('/proc/self/fd').length;

it.skipIf(!existsSync('/proc/self/fd'))(
  'a day of crawls leaves nothing behind (needs /proc)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xianjian-day-'));
    const corpus = await openCorpus(join(folder, 'corpus.sqlite'), { create: true });
    const server = await serve(site(3));
    const stop = new AbortController();
    const begin = Date.parse('2026-03-01T00:00:00Z');
    let time = begin;
    let crawling = 0;
    const line = { source: 's', cron: '*/30 * * * *', timezone: 'Asia/Shanghai', jitter: 0 };
    const source: ScheduledSource = {
      source: { id: 's', name: 's', place: null, start: [`${server.url}/list.html`] },
      line,
    };
    const held: { heap: number; descriptors: number }[] = [];
    await runSchedules(corpus, {
      sources: [source],
      once: false,
      atOnce: 1,
      signal: stop.signal,
      lookMs: 600_000,
      say: () => {},
      clock: {
        now: () => time,
        sleep: async (ms: number) => {
          await new Promise((done) => setImmediate(done));
          if (crawling === 0) time += ms;
          if (time >= begin + 24 * 3600_000) stop.abort();
        },
      },
      crawl: async () => {
        crawling += 1;
        const { report } = await crawlAt(`${server.url}/list.html`, { frontier: corpus.frontier });
        crawling -= 1;
        time += 60_000;
        collect();
        held.push({ heap: process.memoryUsage().heapUsed, descriptors: descriptors() });
        return { source: 's', run: held.length, end: report.end };
      },
    });
    await corpus.close();
    rmSync(folder, { recursive: true });
    expect(held.length).toBeGreaterThanOrEqual(47);
    const [early, late] = [held.slice(8, 18), held.slice(-10)];
    const most = (of: typeof held) => Math.max(...of.map((each) => each.descriptors));
    expect(most(late)).toBeLessThanOrEqual(most(early) + 2);
    // What is there at the quietest moment of each part: 50 kB a crawl, three of its pages, would show.
    const least = (of: typeof held) => Math.min(...of.map(({ heap }) => heap));
    expect(least(late) / least(early)).toBeLessThan(1.05);
    if (process.env.TELL)
      console.log(
        held
          .filter((_, at) => at % 8 === 0)
          .map(({ heap, descriptors: open }) => `${(heap / 1e6).toFixed(1)} MB ${open}`)
          .join(', '),
      );
  },
  600_000,
);
