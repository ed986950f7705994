// A week of schedules by a clock that the test turns: the nights on which the clocks change, three days of outage, two schedulers, and
// clocks that jump. The dates are those of Europe/Berlin, 2026: summer time begins on 29 March, ends on 25 October.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dueAfter, type ScheduleLine } from '../crawlers/index.js';
import type { Corpus } from '../db/corpus.js';
import { openCorpus } from '../db/open.js';
import {
  type Clock,
  runSchedules,
  type ScheduledCrawl,
  type ScheduledSource,
  syncSchedules,
} from '../src/scheduler.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const utc = (text: string) => Date.parse(`${text}Z`);

const line = (fields: Partial<ScheduleLine> = {}): ScheduleLine => ({
  source: 'berlin',
  cron: '30 2 * * *',
  timezone: 'Europe/Berlin',
  jitter: 0,
  ...fields,
});

const scheduled = (fields: Partial<ScheduleLine> = {}): ScheduledSource => {
  const made = line(fields);
  return { source: { id: made.source, name: made.source, place: null, start: ['http://127.0.0.1/'] }, line: made };
};

/** A clock that goes on when somebody waits and nobody crawls. `jumps`: at a time, by so much. */
class TurnedClock implements Clock {
  time: number;
  readonly end: number;
  readonly stop = new AbortController();
  crawling = 0;
  readonly jumps: { at: number; by: number }[];

  constructor(from: string, to: string, jumps: { at: string; by: number }[] = []) {
    this.time = utc(from);
    this.end = utc(to);
    this.jumps = jumps.map(({ at, by }) => ({ at: utc(at), by }));
  }

  now = () => this.time;

  sleep = async (ms: number, _signal: AbortSignal): Promise<void> => {
    await new Promise((done) => setImmediate(done));
    if (this.crawling > 0) return;
    this.time += ms;
    const jump = this.jumps.find((each) => this.time >= each.at);
    if (jump) {
      this.jumps.splice(this.jumps.indexOf(jump), 1);
      this.time += jump.by;
    }
    if (this.time >= this.end) this.stop.abort();
  };
}

let folder: string;
let corpus: Corpus;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xianjian-scheduler-'));
  corpus = await openCorpus(join(folder, 'corpus.sqlite'), { create: true });
});
afterEach(async () => {
  await corpus.close();
  rmSync(folder, { recursive: true });
});

/** Runs a scheduler until the clock's end. Gives when which source was begun, and what was said. */
async function follow(
  clock: TurnedClock,
  sources: ScheduledSource[],
  { tookMs = 20 * minute, end = 'complete' as ScheduledCrawl['end'], to = [] as string[], on = corpus } = {},
): Promise<{ begun: string[]; said: string[] }> {
  const begun = to;
  const said: string[] = [];
  await runSchedules(on, {
    sources,
    clock,
    once: false,
    atOnce: 2,
    signal: clock.stop.signal,
    lookMs: 10 * minute,
    say: ({ en }) => said.push(en),
    crawl: async (source) => {
      clock.crawling += 1;
      begun.push(`${source.id} ${new Date(clock.now()).toISOString().slice(0, 16)}`);
      await new Promise((done) => setImmediate(done));
      clock.time += tookMs;
      clock.crawling -= 1;
      if (clock.time >= clock.end) clock.stop.abort();
      return { source: source.id, run: begun.length, end };
    },
  });
  return { begun, said };
}

describe('a week of schedules', () => {
  it('crawls once a night where summer time begins: 02:30 does not exist on the 29th and counts from 03:00', async () => {
    const { begun } = await follow(new TurnedClock('2026-03-26T12:00', '2026-04-02T12:00'), [scheduled()]);
    expect(begun).toEqual([
      'berlin 2026-03-27T01:30',
      'berlin 2026-03-28T01:30',
      'berlin 2026-03-29T01:00',
      'berlin 2026-03-30T00:30',
      'berlin 2026-03-31T00:30',
      'berlin 2026-04-01T00:30',
      'berlin 2026-04-02T00:30',
    ]);
  });

  it('crawls once a night where summer time ends: 02:30 comes twice on the 25th and counts once', async () => {
    const { begun } = await follow(new TurnedClock('2026-10-23T12:00', '2026-10-27T12:00'), [scheduled()]);
    expect(begun).toEqual([
      'berlin 2026-10-24T00:30',
      'berlin 2026-10-25T00:30',
      'berlin 2026-10-26T01:30',
      'berlin 2026-10-27T01:30',
    ]);
  });

  it('catches up once after three days without a scheduler, and says so', async () => {
    const sources = [scheduled(), scheduled({ source: 'beijing', cron: '0 4 * * *', timezone: 'Asia/Shanghai' })];
    const before = await follow(new TurnedClock('2026-03-26T12:00', '2026-03-27T12:00'), sources);
    expect(before.begun).toEqual(['beijing 2026-03-26T20:00', 'berlin 2026-03-27T01:30']);
    const after = await follow(new TurnedClock('2026-03-30T12:00', '2026-03-31T12:00'), sources);
    expect(
      after.begun
        .map((each) => each.split(' ')[0])
        .slice(0, 2)
        .sort(),
    ).toEqual(['beijing', 'berlin']);
    expect(after.begun.slice(2)).toEqual(['beijing 2026-03-30T20:00', 'berlin 2026-03-31T00:30']);
    expect(after.said).toContainEqual(expect.stringMatching(/^berlin was due \d+ hours ago and is caught up once$/));
  });

  it('never begins a source twice with two schedulers on one corpus', async () => {
    const second = await openCorpus(join(folder, 'corpus.sqlite'));
    const clock = new TurnedClock('2026-03-26T12:00', '2026-03-31T12:00');
    const sources = ['a', 'b', 'c', 'd'].map((source) => scheduled({ source, jitter: 30 }));
    const begun: string[] = [];
    await Promise.all([
      follow(clock, sources, { to: begun, tookMs: 0 }),
      follow(clock, sources, { to: begun, tookMs: 0, on: second }),
    ]);
    await second.close();
    const nights = begun.map((each) => each.slice(0, 'a 2026-03-27'.length));
    expect(new Set(nights).size).toBe(begun.length);
    expect(begun).toHaveLength(4 * 5);
  });

  it('skips times that pass while a crawl of the source goes on', async () => {
    const clock = new TurnedClock('2026-03-26T12:05', '2026-03-26T20:00');
    const { begun } = await follow(clock, [scheduled({ cron: '0 * * * *' })], { tookMs: 150 * minute });
    expect(begun).toEqual(['berlin 2026-03-26T13:00', 'berlin 2026-03-26T16:00', 'berlin 2026-03-26T19:00']);
  });

  it('begins nothing twice where the clock goes back, and says so', async () => {
    const clock = new TurnedClock('2026-03-26T12:00', '2026-03-28T12:00', [{ at: '2026-03-27T02:30', by: -2 * hour }]);
    const { begun, said } = await follow(clock, [scheduled()], { tookMs: 0 });
    expect(begun).toEqual(['berlin 2026-03-27T01:30', 'berlin 2026-03-28T01:30']);
    expect(said).toContainEqual(
      expect.stringMatching(/^the clock went back by 1\d\d minutes|^the clock went back by 2 hours/),
    );
  });

  it('crawls once where the clock goes ahead by days', async () => {
    const clock = new TurnedClock('2026-03-26T12:00', '2026-04-01T12:00', [{ at: '2026-03-26T20:00', by: 4 * day }]);
    const { begun, said } = await follow(clock, [scheduled()], { tookMs: 0 });
    expect(begun.map((each) => each.slice(7, 17))).toEqual(['2026-03-30', '2026-03-31', '2026-04-01']);
    expect(said.join()).toContain('the clock went ahead by 96 hours');
  });

  it('sets a time right that was noted while the clock was years ahead', async () => {
    await follow(new TurnedClock('2031-01-01T00:00', '2031-01-02T00:00'), [scheduled()], { tookMs: 0 });
    const said: string[] = [];
    const [schedule] = await syncSchedules(corpus, [scheduled()], utc('2026-03-26T12:00'), (text) =>
      said.push(text.en),
    );
    expect(schedule?.dueAt).toBe(utc('2026-03-27T01:30'));
    expect(said.join()).toMatch(/^berlin: its next crawl was set for 2031.*when the clock was wrong/);
  });

  it('leaves a crawl that was interrupted due, for the next scheduler', async () => {
    await follow(new TurnedClock('2026-03-26T12:00', '2026-03-27T01:35'), [scheduled()], { end: 'interrupted' });
    const { begun } = await follow(new TurnedClock('2026-03-27T05:00', '2026-03-27T12:00'), [scheduled()]);
    expect(begun).toEqual(['berlin 2026-03-27T05:00']);
  });

  it('gives a schedule free where the crawl throws, and throws the same', async () => {
    const clock = new TurnedClock('2026-03-26T12:00', '2026-03-28T12:00');
    const crawl = () => Promise.reject(new Error('the database is gone'));
    const options = { sources: [scheduled()], clock, once: false, atOnce: 1, signal: clock.stop.signal };
    await expect(runSchedules(corpus, { ...options, crawl })).rejects.toThrow('the database is gone');
    expect(await corpus.schedules.all(clock.now())).toMatchObject([{ held: false, lastDueAt: null }]);
  });

  it('forgets a source whose file names no schedule any more, and follows a line that changed', async () => {
    const now = utc('2026-03-26T12:00');
    await syncSchedules(corpus, [scheduled(), scheduled({ source: 'other' })], now);
    const [{ source }] = [scheduled({ source: 'other' })];
    const after = await syncSchedules(corpus, [scheduled({ cron: '0 5 * * *' }), { source, line: null }], now);
    expect(after).toMatchObject([{ source: 'berlin', cron: '0 5 * * *', dueAt: utc('2026-03-27T04:00') }]);
  });
});

describe('due times', () => {
  it('have a jitter that is the same everywhere, differs by source and night, and is never more than asked', () => {
    const begins = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((source) =>
      [0, 1, 2, 3].map((night) => {
        const { due, begins } = dueAfter(line({ source, jitter: 60 }), null, utc('2026-05-01T12:00') + night * day);
        return begins - due;
      }),
    );
    expect(Math.min(...begins)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...begins)).toBeLessThan(60 * minute);
    expect(new Set(begins).size).toBe(begins.length);
    expect(dueAfter(line({ jitter: 60 }), null, 0)).toEqual(dueAfter(line({ jitter: 60 }), null, 0));
  });

  it('never meet by jitter', () => {
    for (let at = utc('2026-05-01T12:00'); at < utc('2026-05-01T14:00'); at += 10 * minute) {
      const { due, begins } = dueAfter(line({ cron: '*/10 * * * *', jitter: 600 }), null, at);
      expect(begins - due).toBeLessThanOrEqual(5 * minute);
    }
  });

  it.each([
    ['0 0 30 2 *', /never fires/],
    ['0 0 31 4,6,9,11 *', /never fires/],
    ['61 * * * *', /minute/],
    ['* * * *', /has 4 parts/],
    ['0 30 2 * * 1', /has 6 parts/],
    ['2026-01-01T00:00:00', /has 1 parts/],
    ['monday at two', /has 3 parts/],
  ])('are refused for %s with what is wrong', (cron, words) => {
    expect(() => dueAfter(line({ cron }), null, utc('2026-05-01T12:00'))).toThrow(words);
  });

  it('are refused in a zone that is none', () => {
    expect(() => dueAfter(line({ timezone: 'Mars/Olympus' }), null, 0)).toThrow(/no time zone/);
  });
});
