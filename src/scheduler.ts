// The loop that crawls sources when they are due. All that must survive is in the corpus (db/schedules.ts): a scheduler that was down
// catches up once, two schedulers on one corpus share the work, and a clock that jumps starts nothing twice.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { dueAfter, type ScheduleLine, type Source } from '../crawlers/index.js';
import type { Corpus } from '../db/corpus.js';
import type { NewSchedule, Schedule } from '../db/schedules.js';
import type { Said } from './model/language.js';

/** Milliseconds since 1970, and how to wait: passed in, so that a week can pass in a test. */
export interface Clock {
  now(): number;
  /** Ends early where `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => {}),
};

export interface ScheduledSource {
  source: Source;
  /** Null for a source that is not crawled by the clock. */
  line: ScheduleLine | null;
}

export interface ScheduledCrawl {
  source: string;
  /** Null where no run was begun. */
  run: number | null;
  end: 'complete' | 'partial' | 'failed' | 'interrupted';
}

export interface SchedulerOptions {
  sources: readonly ScheduledSource[];
  /** Crawls one source; throws only where the corpus cannot be used. `signal`: finish what is in hand; `dueAt`: what its line says. */
  crawl(source: Source, signal: AbortSignal, dueAt: number): Promise<ScheduledCrawl>;
  /** Ends when nothing is due. */
  once: boolean;
  /** Sources crawled side by side. */
  atOnce: number;
  /** Ends the scheduler: crawls in hand are interrupted and stay due. */
  signal: AbortSignal;
  clock?: Clock;
  /** What a person should know: catching up, clocks that jump. */
  say?: (words: Said) => void;
  /** How long a schedule is held without a sign of life, default 2 minutes; how often the scheduler looks, default each minute. */
  leaseMs?: number;
  lookMs?: number;
}

/** A jump of the clock that is worth a word. */
const jumpMs = 5 * 60_000;
/** A crawl that begins so much later than it should is caught up. */
const lateMs = 10 * 60_000;

/** Crawls sources when they are due, until it is told to end. Gives the crawls that were made. */
export async function runSchedules(corpus: Corpus, options: SchedulerOptions): Promise<ScheduledCrawl[]> {
  const scheduler = new Scheduler(corpus, options);
  return scheduler.run();
}

/**
 * Brings the schedules of these sources into the corpus. A line that is as before keeps its time, so that what was missed is caught up;
 * a time that lies further ahead than the line says was noted while the clock was wrong, and is set right.
 */
export async function syncSchedules(
  corpus: Corpus,
  sources: readonly ScheduledSource[],
  now: number,
  say: (words: Said) => void = () => {},
): Promise<Schedule[]> {
  const known = new Map((await corpus.schedules.all(now)).map((schedule) => [schedule.source, schedule]));
  const changed = sources.flatMap(({ source, line }): NewSchedule[] => {
    if (line === null) return [];
    const before = known.get(source.id);
    const next = dueAfter(line, before?.lastDueAt ?? null, now);
    const isSame = before !== undefined && isSameLine(before, line);
    if (isSame && (before.dueAt <= next.due || before.held)) return [];
    if (isSame)
      say({
        en: `${source.id}: its next crawl was set for ${at(before.dueAt)}, when the clock was wrong; now ${at(next.begins)}`,
        zh: `${source.id}：下次采集原定 ${at(before.dueAt)}，当时时钟不准；现改为 ${at(next.begins)}`,
      });
    const { id, name, place } = source;
    return [
      { ...line, source: id, name, place, definition: JSON.stringify(source), dueAt: next.due, beginsAt: next.begins },
    ];
  });
  if (changed.length > 0) await corpus.schedules.set(changed, now);
  const ended = sources.filter(({ source, line }) => line === null && known.has(source.id));
  if (ended.length > 0) await corpus.schedules.forget(ended.map(({ source }) => source.id));
  return changed.length + ended.length === 0 ? [...known.values()] : corpus.schedules.all(now);
}

const isSameLine = (schedule: Schedule, line: ScheduleLine): boolean =>
  schedule.cron === line.cron && schedule.timezone === line.timezone && schedule.jitter === line.jitter;

const at = (ms: number): string => new Date(ms).toISOString();

class Scheduler {
  readonly #corpus: Corpus;
  readonly #options: SchedulerOptions;
  readonly #clock: Clock;
  readonly #leaseMs: number;
  readonly #lookMs: number;
  readonly #say: (words: Said) => void;
  readonly #owner = randomUUID();
  readonly #sources: ReadonlyMap<string, ScheduledSource>;
  /** Crawls in hand, by source: none is begun a second time here, even where its lease ran out while this machine slept. */
  readonly #active = new Map<string, Promise<void>>();
  readonly #crawls: ScheduledCrawl[] = [];
  #failure: unknown = null;

  constructor(corpus: Corpus, options: SchedulerOptions) {
    this.#corpus = corpus;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#leaseMs = options.leaseMs ?? 120_000;
    this.#lookMs = options.lookMs ?? 60_000;
    this.#say = options.say ?? (() => {});
    this.#sources = new Map(options.sources.map((each) => [each.source.id, each]));
  }

  async run(): Promise<ScheduledCrawl[]> {
    const { once, signal } = this.#options;
    while (!signal.aborted && this.#failure === null) {
      const schedules = await syncSchedules(this.#corpus, this.#options.sources, this.#clock.now(), this.#say);
      await this.#begin();
      if (once && this.#active.size === 0) break;
      if (once) await Promise.race(this.#active.values());
      else await this.#nap(schedules);
    }
    await Promise.all(this.#active.values());
    if (this.#failure !== null) throw this.#failure;
    return this.#crawls;
  }

  /** Begins what is due, as far as there is room. */
  async #begin(): Promise<void> {
    while (this.#active.size < this.#options.atOnce && !this.#options.signal.aborted) {
      const sources = [...this.#sources.keys()].filter((source) => !this.#active.has(source));
      const schedule = await this.#corpus.schedules.claim(this.#owner, sources, this.#leaseMs, this.#clock.now());
      if (!schedule) return;
      const crawling = this.#crawl(schedule)
        .catch((error: unknown) => {
          this.#failure ??= error;
        })
        .finally(() => this.#active.delete(schedule.source));
      this.#active.set(schedule.source, crawling);
    }
  }

  /** Waits until something is due, a crawl ends, or it is time to look again. */
  async #nap(schedules: readonly Schedule[]): Promise<void> {
    const now = this.#clock.now();
    const begins = schedules.filter((each) => this.#sources.has(each.source) && !each.held && each.beginsAt > now);
    const ms = Math.max(1, Math.min(this.#lookMs, ...begins.map((each) => each.beginsAt - now)));
    const awake = new AbortController();
    const signal = AbortSignal.any([awake.signal, this.#options.signal]);
    const crawling = this.#active.size > 0;
    await Promise.race([this.#clock.sleep(ms, signal), ...this.#active.values()]);
    awake.abort();
    const jumped = this.#clock.now() - now - ms;
    if (!crawling && jumped > jumpMs)
      this.#say({
        en: `the clock went ahead by ${minutes(jumped).en}, or this machine slept; what is due is crawled once`,
        zh: `时钟快进了 ${minutes(jumped).zh}，或本机休眠过；到点的补采一次`,
      });
    if (this.#clock.now() - now < -jumpMs) {
      const back = minutes(now - this.#clock.now());
      this.#say({
        en: `the clock went back by ${back.en}; nothing is crawled a second time`,
        zh: `时钟拨回了 ${back.zh}；不会重复采集`,
      });
    }
  }

  async #crawl(schedule: Schedule): Promise<void> {
    const { source, line } = this.#sources.get(schedule.source)!;
    const { schedules } = this.#corpus;
    const late = this.#clock.now() - schedule.beginsAt;
    if (late > lateMs)
      this.#say({
        en: `${source.id} was due ${minutes(late).en} ago and is caught up once`,
        zh: `${source.id} 误点 ${minutes(late).zh}，补采一次`,
      });
    const lost = new AbortController();
    const alive = setInterval(async () => {
      // A database that is away for a moment is met by the crawl itself.
      const held = await schedules.extend(source.id, this.#owner, this.#leaseMs, this.#clock.now()).catch(() => true);
      if (!held) lost.abort();
    }, this.#leaseMs / 3);
    try {
      const signal = AbortSignal.any([lost.signal, this.#options.signal]);
      const crawl = await this.#options.crawl(source, signal, schedule.dueAt);
      this.#crawls.push(crawl);
      // Interrupted by something else than our end, it stays held until the lease ends: so it is not begun again at once.
      if (crawl.end === 'interrupted') {
        if (this.#options.signal.aborted) await schedules.release(source.id, this.#owner);
        return;
      }
      const next = dueAfter(line!, schedule.dueAt, this.#clock.now());
      const noted = { dueAt: schedule.dueAt, run: crawl.run, next: { dueAt: next.due, beginsAt: next.begins } };
      if (!(await schedules.finish(source.id, this.#owner, noted)))
        this.#say({
          en: `${source.id}: another scheduler took it over while this one was silent`,
          zh: `${source.id}：本进程中断期间，已由另一个定时进程接手`,
        });
    } catch (error) {
      await schedules.release(source.id, this.#owner).catch(() => {});
      throw error;
    } finally {
      clearInterval(alive);
    }
  }
}

function minutes(ms: number): Said {
  const whole = Math.round(ms / 60_000);
  const hours = Math.round(whole / 60);
  return whole < 120 ? { en: `${whole} minutes`, zh: `${whole} 分钟` } : { en: `${hours} hours`, zh: `${hours} 小时` };
}
