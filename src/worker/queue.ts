// The queues of a corpus on PostgreSQL, as pg-boss keeps them: crawls to begin and to watch, slices of hosts, batches to read, messages
// about runs. Order, retries with backoff, expiry, one waiting job a host, dead letters: all of it is pg-boss's; here is only what is sent. That a host is
// in one hand only is the lease in the corpus, which a plain `crawl` beside the workers keeps too.
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import PgBoss from 'pg-boss';
import type { Source } from '../../crawlers/index.js';
import { PatientDatabase } from '../../db/postgres-pool.js';

/** Begins a source's crawl (for the time that its schedule says, in milliseconds since 1970), or looks after a run that is under way. */
export type CrawlJob = { source: Source; dueAt?: number } | { run: number };
/** One slice of whatever is due in a group of hosts. */
export interface SliceJob {
  group: string;
}
export interface ReadJob {
  snapshots: number[];
}
/** Tells of a run that ended otherwise than complete. */
export interface AlertJob {
  run: number;
}

interface Jobs {
  crawl: CrawlJob;
  slice: SliceJob;
  read: ReadJob;
  alert: AlertJob;
}

export type QueueName = keyof Jobs;
const names: readonly QueueName[] = ['crawl', 'slice', 'read', 'alert'];

/** Times a job that failed is tried again, after 5, 10, 20 … seconds (with jitter) before it becomes a dead letter. */
const retries = { retryLimit: 5, retryDelay: 5, retryBackoff: true };
/** Jobs that run longer than this count as failed: their worker is gone. More than a batch takes. */
const usualGoneSeconds = 300;
/** A slice may take so many times as long: its last fetch may be an attachment of ten minutes. Its host does not wait for that. */
const sliceFactor = 3;
/** Pages of attachments are read this much later, so that the articles that lead to them are there. */
const attachmentDelaySeconds = 10;

/** A job that failed as often as it may. */
export interface DeadLetter {
  id: string;
  queue: QueueName;
  data: unknown;
  /** What the last try met. */
  error: string;
  /** ISO 8601 in UTC. */
  since: string;
}

export interface QueueOptions {
  /** What pg-boss or the database meets while nobody waits for an answer. */
  told(message: string): void;
  /** Told of a job of this process that has failed as often as it may. */
  lost?(queue: QueueName, data: Jobs[QueueName], error: unknown): Promise<void>;
  /** Seconds between two looks for jobs whose worker is gone; none where this process only sends. */
  supervise: number | null;
  /** Seconds after which the worker of a job counts as gone. */
  goneSeconds?: number;
}

export class Queue {
  readonly boss: PgBoss;
  readonly #database: PatientDatabase;
  readonly #schema: string;
  readonly #goneSeconds: number;
  readonly #lost: NonNullable<QueueOptions['lost']>;
  /** Jobs whose handler runs here. */
  #inHand = 0;

  private constructor(boss: PgBoss, database: PatientDatabase, schema: string, options: QueueOptions) {
    this.boss = boss;
    this.#database = database;
    this.#schema = schema;
    this.#goneSeconds = options.goneSeconds ?? usualGoneSeconds;
    this.#lost = options.lost ?? (async () => {});
  }

  /** Opens the queues beside the corpus, and makes them where they are missing. @throws CorpusError */
  static async open(address: string, options: QueueOptions): Promise<Queue> {
    const database = new PatientDatabase(address, options.told);
    try {
      const { rows } = await database.executeSql('select current_schema() as schema');
      const own = String(rows[0]!.schema);
      const schema = own === 'public' ? 'pgboss' : `pgboss_${own.replace(/\W/g, '_').slice(0, 40)}`;
      const boss = new PgBoss({
        db: database,
        schema,
        supervise: options.supervise !== null,
        schedule: false,
        ...(options.supervise === null ? {} : { maintenanceIntervalSeconds: options.supervise }),
        archiveCompletedAfterSeconds: 3600,
        deleteAfterDays: 7,
      });
      boss.on('error', (error) => options.told(error.message));
      await boss.start();
      const known = new Set((await boss.getQueues()).map(({ name }) => name));
      for (const name of names.filter((each) => !known.has(each))) {
        await boss.createQueue(deadOf(name), { name: deadOf(name), retentionDays: 365 });
        // Of jobs under one key at most one waits, across all workers. The policies that also keep a second from being active
        // (`singleton`, `stately`) hand out nothing while the oldest waiting job is such a one, and let a second failure under a key
        // be a dead letter at once.
        const policy = name === 'crawl' || name === 'slice' ? 'short' : 'standard';
        await boss.createQueue(name, { name, policy, ...retries, deadLetter: deadOf(name) });
      }
      return new Queue(boss, database, schema, options);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** With every job that is sent. */
  #expiry(queue: QueueName): { expireInSeconds: number } {
    return { expireInSeconds: queue === 'slice' ? sliceFactor * this.#goneSeconds : this.#goneSeconds };
  }

  /**
   * Takes jobs of a queue, one after the other, until `stop`. A job that throws is tried again.
   * @param lookEvery seconds between two looks at an empty queue, at least 0.5
   */
  async work<Name extends QueueName>(
    name: Name,
    lookEvery: number,
    handle: (data: Jobs[Name]) => Promise<void>,
  ): Promise<void> {
    let worker = '';
    const options = { batchSize: 1, pollingIntervalSeconds: lookEvery, includeMetadata: true as const };
    worker = await this.boss.work<Jobs[Name]>(name, options, async ([job]) => {
      if (!job) return;
      this.#inHand++;
      try {
        await handle(job.data);
        // pg-boss does so too, but does not wait for it, and a worker that ends must leave no job behind.
        await this.boss.complete(name, job.id);
      } catch (error) {
        if (job.retryCount >= job.retryLimit) await this.#lost(name, job.data, error);
        throw error;
      } finally {
        this.#inHand--;
        // The next job is taken at once.
        this.boss.notifyWorker(worker);
      }
    });
  }

  /**
   * Puts a source's crawl into the queue; false where it waits there already.
   * @param dueAt when its schedule says so: once for each time, also where that is sent again within the hour that ended jobs are kept
   */
  async crawl(source: Source, dueAt?: number): Promise<boolean> {
    const id = dueAt === undefined ? {} : { id: idOf(`${source.id} ${new Date(dueAt).toISOString()}`) };
    const data = dueAt === undefined ? { source } : { source, dueAt };
    const options = { ...id, singletonKey: source.id, ...this.#expiry('crawl') };
    return (await this.boss.send('crawl', data, options)) !== null;
  }

  /** Has a run looked after in `seconds`. */
  async watch(run: number, source: string, seconds: number): Promise<void> {
    await this.boss.send('crawl', { run }, { singletonKey: source, startAfter: seconds, ...this.#expiry('crawl') });
  }

  /** A slice of a group, at a time; where one waits already, that stays as it is. */
  async slice(group: string, at: number): Promise<void> {
    const startAfter = new Date(Math.max(at, Date.now()));
    await this.boss.send('slice', { group }, { singletonKey: group, startAfter, ...this.#expiry('slice') });
  }

  async read(snapshots: readonly number[], kind: 'article' | 'attachment'): Promise<void> {
    const later = kind === 'article' ? {} : { priority: -1, startAfter: attachmentDelaySeconds };
    await this.boss.send('read', { snapshots }, { ...later, ...this.#expiry('read') });
  }

  /** Has a run told of, once, also where that is sent again within the hour that ended jobs are kept. */
  async alert(run: number): Promise<void> {
    await this.boss.send('alert', { run }, { id: idOf(`run ${run}`), ...this.#expiry('alert') });
  }

  /** Of some groups those that have a slice waiting or among the dead letters; one that is active may be a dead worker's. */
  async withSlice(groups: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.#database.executeSql(
      `select distinct data->>'group' as "group" from ${this.#schema}.job
      where name in ('slice', '${deadOf('slice')}') and state < 'active' and data->>'group' = any($1::text[])`,
      [groups],
    );
    return new Set(rows.map((row) => String(row.group)));
  }

  /** Snapshots that wait in a batch, are being read or are among the dead letters. */
  async inBatches(): Promise<Set<number>> {
    const { rows } = await this.#database.executeSql(
      `select jsonb_array_elements(data->'snapshots')::int as id from ${this.#schema}.job
      where name in ('read', '${deadOf('read')}') and state < 'completed'`,
    );
    return new Set(rows.map((row) => Number(row.id)));
  }

  /** How many jobs of each queue wait, wait for another try, are active, and are dead letters. */
  async counts(): Promise<Record<QueueName, { waiting: number; retry: number; active: number; dead: number }>> {
    const { rows } = await this.#database.executeSql(
      `select name, state::text as state, count(*)::int as count from ${this.#schema}.job where state < 'completed' group by 1, 2`,
    );
    const count = (name: string, state: string) =>
      Number(rows.find((row) => row.name === name && row.state === state)?.count ?? 0);
    const of = (name: QueueName) => ({
      waiting: count(name, 'created'),
      retry: count(name, 'retry'),
      active: count(name, 'active'),
      dead: count(deadOf(name), 'created'),
    });
    return { crawl: of('crawl'), slice: of('slice'), read: of('read'), alert: of('alert') };
  }

  /** Dead letters, the oldest first. */
  async dead(limit: number): Promise<DeadLetter[]> {
    const { rows } = await this.#database.executeSql(
      `select id, name, data, output, created_on from ${this.#schema}.job
      where name = any($1::text[]) and state = 'created' order by created_on, id limit $2`,
      [names.map(deadOf), limit],
    );
    return rows.map((row) => ({
      id: String(row.id),
      queue: String(row.name).replace(/-dead$/, '') as QueueName,
      data: row.data,
      error: errorIn(row.output),
      since: (row.created_on as Date).toISOString(),
    }));
  }

  /** Sends a dead letter again, as a new job with all its tries. */
  async resend({ id, queue, data }: DeadLetter): Promise<void> {
    const key = queue === 'slice' ? (data as SliceJob).group : queue === 'crawl' ? keyOf(data as CrawlJob) : undefined;
    await this.boss.send(queue, data as object, {
      ...(key === undefined ? {} : { singletonKey: key }),
      ...this.#expiry(queue),
    });
    await this.boss.deleteJob(deadOf(queue), id);
  }

  /** Takes no more jobs, lets those in hand end, at most `seconds`, and closes. */
  async stop(seconds: number): Promise<void> {
    const until = Date.now() + seconds * 1000;
    const stopped = this.boss.stop({ graceful: true, wait: true, timeout: seconds * 1000 }).catch(() => {});
    // A server that is gone is not waited for at the end.
    await Promise.race([stopped, setTimeout(seconds * 1000 + 5000, undefined, { ref: false })]);
    // A job that was on its way when pg-boss looked.
    while (this.#inHand + this.#database.running > 0 && Date.now() < until) await setTimeout(20);
    await this.#database.close();
  }
}

const deadOf = (name: QueueName): string => `${name}-dead`;

/** The same id for the same text, as a UUID of version 8 (RFC 9562). */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

const keyOf = (job: CrawlJob): string => ('source' in job ? job.source.id : `run ${job.run}`);

function errorIn(output: unknown): string {
  const found = output as { message?: unknown; value?: { message?: unknown } } | null;
  return String(found?.message ?? found?.value?.message ?? 'unknown');
}
