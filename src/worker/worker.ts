// A worker on PostgreSQL, one of any number on any machines: takes slices of hosts and batches to read from the queues. What a slice
// fetched and what it led to is in the frontier before its job ends, so a worker may be killed at any moment; what it left is sent
// again when its job expires, and a look after each run finds what nobody sends. A host is in one hand by its lease in the corpus.
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import {
  type CrawlEvent,
  type CrawlOptions,
  type CrawlReport,
  runReport,
  SharedCrawl,
  type Source,
} from '../../crawlers/index.js';
import type { Corpus } from '../../db/corpus.js';
import { openCorpus } from '../../db/open.js';
import { pausesFor } from '../../db/postgres-pool.js';
import type { CompiledCodebook } from '../../extractors/index.js';
import { CorpusError } from '../model/errors.js';
import type { Said } from '../model/language.js';
import { readingForCrawl, readSnapshot } from '../pipeline.js';
import { runSchedules, type ScheduledSource } from '../scheduler.js';
import { type AlertJob, type CrawlJob, Queue, type QueueOptions, type ReadJob, type SliceJob } from './queue.js';

/** What people should know: a run that did not end complete, or a crawl that failed for good before it had one. */
export type Trouble = { source: Source; crawl: CrawlReport } | { source: Source; fault: string };

export interface WorkerOptions {
  codebook: CompiledCodebook;
  log: Logger;
  /** Aborted: what is in hand is finished, the rest is left to others. */
  signal: AbortSignal;
  /** Hosts worked on side by side. */
  hosts: number;
  /** Batches read side by side; they share one processor core. */
  readers: number;
  allowPrivate: boolean;
  noDelay: boolean;
  /** Sources whose crawls go into the queue when they are due; several workers may watch the same ones. */
  schedules: readonly ScheduledSource[];
  /** Where the owner of a site can write to. */
  contact?: string;
  /** Tells people; where it throws, it is called again later, maybe in another worker. Without it only the log tells. */
  alert?(trouble: Trouble): Promise<void>;
  /** What tests set. */
  tuning?: Partial<typeof usualTuning>;
}

const usualTuning = {
  /** Seconds a worker keeps a host before others get their turn. */
  sliceSeconds: 20,
  /** Seconds after which the worker of a job counts as gone; undefined as the queue has it. */
  goneSeconds: undefined as number | undefined,
  /** Seconds between two looks after a run, and for jobs whose worker is gone. */
  watchSeconds: 30,
  /** Seconds given to what is in hand at the end. */
  graceSeconds: 60,
  /** Seconds between two looks of a slot that found nothing to do; after a job it looks at once. */
  lookSeconds: 2,
};

/** Snapshots in one batch. */
const batch = 20;
/** Snapshots of a run looked through at its end; a run has fewer pages than this (crawlers/run.ts). */
const mostUnread = 50_000;
/** A host that somebody else holds is looked at again after this. */
const heldMs = 2000;

/**
 * Works until the signal is aborted. A database that is gone is waited for.
 * @throws CorpusError where the corpus cannot be opened for another reason
 */
export async function work(address: string, options: WorkerOptions): Promise<void> {
  const corpus = await openPatiently(address, options);
  if (!corpus) return;
  const tuning = { ...usualTuning, ...options.tuning };
  const { log, signal } = options;
  try {
    const queue = await Queue.open(address, {
      told: (message) => log.warn(message),
      lost: lostJob(options),
      supervise: tuning.watchSeconds,
      ...(tuning.goneSeconds === undefined ? {} : { goneSeconds: tuning.goneSeconds }),
    });
    const worker = new Worker(corpus, queue, options, tuning);
    try {
      await worker.start();
      log.info({ address: corpus.address, hosts: options.hosts, readers: options.readers }, 'worker started');
      await Promise.all([aborted(signal), queueWhenDue(corpus, queue, options)]);
      log.info('finishing what is in hand');
    } finally {
      await queue.stop(tuning.graceSeconds);
      await worker.close();
    }
    log.info('worker stopped');
  } finally {
    await corpus.close();
  }
}

async function openPatiently(address: string, { log, signal }: WorkerOptions): Promise<Corpus | null> {
  for (const pause of pausesFor()) {
    try {
      return await openCorpus(address, { create: true, patienceMs: Number.POSITIVE_INFINITY });
    } catch (error) {
      if (!(error instanceof CorpusError) || error.code !== 'E_CORPUS_GONE') throw error;
      log.warn(
        { cure: 'Start it, or correct host and port in --db; until it answers, it is asked again.' },
        error.message,
      );
    }
    await pause();
    if (signal.aborted) break;
  }
  return null;
}

/** Puts scheduled crawls into the queue when they are due, each once whoever watches. */
async function queueWhenDue(corpus: Corpus, queue: Queue, { schedules: sources, signal, log }: WorkerOptions) {
  if (sources.length === 0) return;
  const say = ({ en }: Said) => log.info(en);
  await runSchedules(corpus, {
    sources,
    once: false,
    atOnce: 1,
    signal,
    say,
    crawl: async (source, _signal, dueAt) => {
      const isNew = await queue.crawl(source, dueAt);
      log.info({ source: source.id, isNew }, 'a scheduled crawl is in the queue');
      return { source: source.id, run: null, end: 'complete' };
    },
  });
}

/** What becomes of a job that failed as often as it may: a dead letter, which the log tells; of a crawl people are told. */
const lostJob =
  ({ log, alert }: WorkerOptions): NonNullable<QueueOptions['lost']> =>
  async (queue, data, error) => {
    const fault = error instanceof Error ? error.message : String(error);
    const about = 'source' in data ? { source: data.source.id } : data;
    log.error({ queue, ...about, error: fault }, 'failed for good; `xianjian queue --dead` shows it');
    if (alert && 'source' in data)
      await alert({ source: data.source, fault }).catch((failure: Error) => log.error(failure.message));
  };

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** What the slices of a run in this process share: the crawl, and the pages it kept that no batch names yet. */
interface Joined {
  crawl: SharedCrawl;
  articles: number[];
  attachments: number[];
}

class Worker {
  readonly #corpus: Corpus;
  readonly #queue: Queue;
  readonly #options: WorkerOptions;
  readonly #tuning: typeof usualTuning;
  readonly #joined = new Map<number, Promise<Joined | null>>();

  constructor(corpus: Corpus, queue: Queue, options: WorkerOptions, tuning: typeof usualTuning) {
    this.#corpus = corpus;
    this.#queue = queue;
    this.#options = options;
    this.#tuning = tuning;
  }

  async start(): Promise<void> {
    const { hosts, readers } = this.#options;
    const look = this.#tuning.lookSeconds;
    await this.#queue.work('crawl', look, (job) => this.#crawl(job));
    if (this.#options.alert) await this.#queue.work('alert', look, (job) => this.#alert(job));
    for (let count = 0; count < hosts; count++) await this.#queue.work('slice', look, (job) => this.#slice(job));
    for (let count = 0; count < readers; count++) await this.#queue.work('read', look, (job) => this.#read(job));
  }

  async close(): Promise<void> {
    for (const joined of this.#joined.values()) await (await joined.catch(() => null))?.crawl.close();
    this.#joined.clear();
  }

  /** Begins a run, or looks after one: sends slices that nobody sent, and ends it when nothing is left. */
  async #crawl(job: CrawlJob): Promise<void> {
    const { frontier } = this.#corpus;
    await frontier.freeGone();
    const joined = 'source' in job ? await this.#begin(job) : await this.#join(job.run);
    const id = joined ? joined.crawl.run.id : (job as { run: number }).run;
    const known = joined && (await frontier.unfinished(id));
    if (!known) {
      await this.#forget(id);
      await this.#sendAlert(id);
      return this.#sendUnread(id);
    }
    joined.crawl.count(known);
    await this.#sendSlices(id);
    await this.#endIfOver(joined);
    // Also after its end: what a killed worker kept and did not send is sent then.
    await this.#queue.watch(id, joined.crawl.source.id, this.#tuning.watchSeconds);
  }

  async #begin({ source, dueAt }: { source: Source; dueAt?: number }): Promise<Joined> {
    const joined: Joined = { crawl: null as never, articles: [], attachments: [] };
    joined.crawl = await SharedCrawl.begin(source, this.#corpus.frontier, this.#crawlOptions(joined));
    const { id, resumed } = joined.crawl.run;
    this.#options.log.info({ run: id, source: source.id, resumed }, 'run begun');
    if (dueAt !== undefined) await this.#corpus.schedules.begun(source.id, dueAt, id);
    const before = await this.#joined.get(id);
    if (before) {
      await joined.crawl.close();
      return before;
    }
    this.#joined.set(id, Promise.resolve(joined));
    return joined;
  }

  /** The run as this process knows it; null where it has ended. */
  #join(run: number): Promise<Joined | null> {
    const known = this.#joined.get(run);
    if (known) return known;
    const joined: Joined = { crawl: null as never, articles: [], attachments: [] };
    const joining = SharedCrawl.join(run, this.#corpus.frontier, this.#crawlOptions(joined)).then((crawl) => {
      if (!crawl) return null;
      joined.crawl = crawl;
      return joined;
    });
    this.#joined.set(run, joining);
    joining.then(
      (found) => found ?? this.#joined.delete(run),
      () => this.#joined.delete(run),
    );
    return joining;
  }

  #crawlOptions(joined: Joined): CrawlOptions {
    const { allowPrivate, noDelay, signal, log, contact } = this.#options;
    const onEvent = (event: CrawlEvent) => {
      if (event.type === 'kept')
        (event.page.request.kind === 'article' ? joined.articles : joined.attachments).push(event.snapshotId);
      else if (event.type === 'outcome') {
        const { request, outcome, reason } = event.page;
        log.debug({ run: joined.crawl.run.id, host: event.host, url: request.url, outcome, reason }, 'fetched');
      } else if (event.type === 'note') log.info({ run: joined.crawl.run.id }, event.message);
    };
    return { ...readingForCrawl, allowPrivate, noDelay, signal, onEvent, ...(contact ? { contact } : {}) };
  }

  /** One slice of what is due in a group, in whichever run; then what follows from it is sent. */
  async #slice({ group }: SliceJob): Promise<void> {
    const now = Date.now();
    const open = await this.#corpus.frontier.openHosts({ group }, now);
    const due = open.find((host) => host.at !== null && host.at <= now && !host.held);
    const joined = due ? await this.#join(due.run) : null;
    const worked = due && joined ? await joined.crawl.work(due.host, this.#tuning.sliceSeconds * 1000) : false;
    if (due && joined) {
      await this.#sendReading(joined);
      if (!(await this.#endIfOver(joined))) await this.#sendSlices(due.run, group);
    }
    await this.#sendNext(group, worked && !this.#options.signal.aborted ? 0 : heldMs);
  }

  /** The next slice of a group, when it is due; `pause` where that is now or somebody holds it. */
  async #sendNext(group: string, pause: number): Promise<void> {
    const now = Date.now();
    const [next] = await this.#corpus.frontier.openHosts({ group }, now);
    // What is in the hands of a worker that is gone is sent by the next look after its run.
    if (!next || next.at === null) return;
    const isFree = next.at > now && !next.held;
    await this.#queue.slice(group, isFree ? next.at : now + (next.held ? heldMs : pause));
  }

  /** Slices for the hosts of a run that have none. */
  async #sendSlices(run: number, except?: string): Promise<void> {
    const open = await this.#corpus.frontier.openHosts({ run }, Date.now());
    const due = new Map<string, number>();
    for (const { group, at, held } of open)
      if (at !== null && !held && group !== except && !due.has(group)) due.set(group, at);
    if (due.size === 0) return;
    const sent = await this.#queue.withSlice([...due.keys()]);
    for (const [group, at] of due) {
      if (sent.has(group) || (await this.#queue.withSlice([group])).has(group)) continue;
      await this.#queue.slice(group, at);
    }
  }

  async #endIfOver(joined: Joined): Promise<boolean> {
    const { crawl } = joined;
    const { id } = crawl.run;
    if (this.#options.signal.aborted) return false;
    const isOver =
      crawl.exhausted !== null || (await this.#corpus.frontier.openHosts({ run: id }, Date.now())).length === 0;
    if (!isOver) return false;
    // Whoever comes later finds it ended.
    if (!(await this.#corpus.frontier.unfinished(id))) return true;
    const { end, reasons, articles, attachments, pages } = await crawl.finish();
    this.#options.log.info(
      { run: id, source: crawl.source.id, end, reasons, articles, attachments, pages },
      'run ended',
    );
    await this.#sendReading(joined);
    await this.#forget(id);
    await this.#sendAlert(id);
    return true;
  }

  /** Has people told of a run that did not end complete. */
  async #sendAlert(run: number): Promise<void> {
    if (!this.#options.alert) return;
    const [ended] = await this.#corpus.runs({ id: run, limit: 1 });
    if (ended?.endedAt && ended.end !== 'complete') await this.#queue.alert(run);
  }

  async #alert({ run: id }: AlertJob): Promise<void> {
    const [run] = await this.#corpus.runs({ id, limit: 1 });
    const definition = run && (await this.#corpus.sourceDefinition(run.source));
    if (!run || !definition) return;
    const source = JSON.parse(definition) as Source;
    await this.#options.alert?.({ source, crawl: await runReport(this.#corpus.frontier, run) });
  }

  async #forget(run: number): Promise<void> {
    const joined = await this.#joined.get(run);
    this.#joined.delete(run);
    await joined?.crawl.close();
  }

  async #sendReading(joined: Joined): Promise<void> {
    for (const kind of ['article', 'attachment'] as const) {
      const list = kind === 'article' ? joined.articles : joined.attachments;
      while (list.length > 0) await this.#queue.read(list.splice(0, batch), kind);
    }
  }

  /** What of an ended run waits for reading and stands in no batch: a worker was killed before it could send it. */
  async #sendUnread(run: number): Promise<void> {
    const unread = await this.#corpus.unreadSnapshots(mostUnread, run);
    if (unread.length === 0) return;
    const sent = await this.#queue.inBatches();
    const left = unread.filter((id) => !sent.has(id));
    while (left.length > 0) await this.#queue.read(left.splice(0, batch), 'article');
  }

  /** Reads a batch. A page that fails is sent again by itself, so that the others are not read again. */
  async #read({ snapshots }: ReadJob): Promise<void> {
    const failed: number[] = [];
    let failure: unknown = null;
    for (const id of snapshots) {
      try {
        const report = await readSnapshot(this.#corpus, id, this.#options.codebook);
        this.#options.log.debug({ snapshot: id, url: report?.url, documents: report?.documents.length }, 'read');
      } catch (error) {
        if (snapshots.length === 1) throw error;
        failed.push(id);
        failure = error;
      }
      // Reading takes the processor; fetches in this process get their turn.
      await setTimeout(0);
    }
    for (const id of failed) await this.#queue.read([id], 'article');
    if (failure) this.#options.log.warn({ snapshots: failed, error: String(failure) }, 'pages to be read again');
  }
}
