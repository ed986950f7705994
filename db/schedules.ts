// Schedules in the corpus: when each source is due, and who crawls it now. A schedule that is due is claimed under a lease, so that no
// source starts twice, however many schedulers look; the lease ends by its time, or when the process that took it is gone.
import type { Selectable } from 'kysely';
import type { Database } from './database.js';
import { isGone, thisProcess } from './processes.js';
import type { Statements, Store } from './store.js';

/** A source with the times at which it is due. Times in milliseconds since 1970. */
export interface Schedule {
  source: string;
  /** Its name for people. */
  name: string;
  cron: string;
  timezone: string;
  /** Minutes. */
  jitter: number;
  /** What the cron line says, and when the crawl begins. */
  dueAt: number;
  beginsAt: number;
  /** The time for which it was crawled last, null before the first. */
  lastDueAt: number | null;
  /** The run that this crawl was. */
  lastRun: number | null;
  /** Somebody crawls it now. */
  held: boolean;
}

/** A schedule on its way into the corpus, with its source. */
export type NewSchedule = Pick<Schedule, 'source' | 'name' | 'cron' | 'timezone' | 'jitter' | 'dueAt' | 'beginsAt'> & {
  place: string | null;
  /** The source as JSON. */
  definition: string;
};

export interface Schedules {
  /** Every schedule, the first to begin first. */
  all(now: number): Promise<Schedule[]>;
  /** Sets schedules anew; what was crawled last stays known. One that somebody holds now keeps its times. */
  set(schedules: readonly NewSchedule[], now: number): Promise<void>;
  /** Forgets the schedules of sources that have none any more. */
  forget(sources: readonly string[]): Promise<void>;
  /** Of these sources the one whose crawl should have begun longest ago, held by `owner` for a while; null where none is due. */
  claim(owner: string, sources: readonly string[], leaseMs: number, now: number): Promise<Schedule | null>;
  /** Holds it for longer. False where it was lost to somebody else. */
  extend(source: string, owner: string, leaseMs: number, now: number): Promise<boolean>;
  /** Notes the crawl that was due and when the next one is, and gives the schedule free. False where it was lost. */
  finish(
    source: string,
    owner: string,
    crawl: { dueAt: number; run: number | null; next: { dueAt: number; beginsAt: number } },
  ): Promise<boolean>;
  /** Notes the run that the crawl due at this time became, where a queue stood between; whether that is finished here or not yet. */
  begun(source: string, dueAt: number, run: number): Promise<void>;
  /** Gives it free as it was: it is still due. */
  release(source: string, owner: string): Promise<void>;
}

type Row = Selectable<Database['schedule']> & { name: string };

const selected = 'select schedule.*, source.name from schedule join source on source.id = schedule.source';
const free = 'lease_owner = null, lease_process = null, lease_until_ms = 0';

/** The schedules of a corpus. */
export function schedulesIn(store: Store): Schedules {
  return {
    all: (now) =>
      store.read(async (_, statements) => {
        const rows = await statements.all<Row>(`${selected} order by begins_at_ms, schedule.source`);
        return rows.map((row) => scheduleOf(row, now));
      }),
    set: (schedules, now) =>
      store.write(async (_, statements) => {
        for (const schedule of schedules) await setOne(statements, schedule, now);
      }),
    forget: (sources) =>
      store.write(async (_, statements) => {
        for (const source of sources) await statements.run('delete from schedule where source = ?', source);
      }),
    claim: (owner, sources, leaseMs, now) =>
      store.writeBeside((_, statements) => claim(statements, owner, sources, leaseMs, now)),
    extend: (source, owner, leaseMs, now) =>
      store.writeBeside(
        async (_, statements) =>
          (await statements.run(
            'update schedule set lease_until_ms = ? where source = ? and lease_owner = ?',
            now + leaseMs,
            source,
            owner,
          )) > 0,
      ),
    finish: (source, owner, { dueAt, run, next }) =>
      store.writeBeside(
        async (_, statements) =>
          (await statements.run(
            // A worker may have begun it before it is noted here that it waits in the queue.
            `update schedule set last_run = case when last_due_at_ms = ? then coalesce(?, last_run) else ? end,
              last_due_at_ms = ?, due_at_ms = ?, begins_at_ms = ?, ${free}
            where source = ? and lease_owner = ?`,
            dueAt,
            run,
            run,
            dueAt,
            next.dueAt,
            next.beginsAt,
            source,
            owner,
          )) > 0,
      ),
    begun: async (source, dueAt, run) => {
      await store.writeBeside((_, statements) =>
        statements.run(
          `update schedule set last_due_at_ms = ?, last_run = ?
          where source = ? and (last_due_at_ms is null or last_due_at_ms <= ?)`,
          dueAt,
          run,
          source,
          dueAt,
        ),
      );
    },
    release: (source, owner) =>
      store.writeBeside(async (_, statements) => {
        await statements.run(`update schedule set ${free} where source = ? and lease_owner = ?`, source, owner);
      }),
  };
}

function scheduleOf(row: Row, now: number): Schedule {
  return {
    source: row.source,
    name: row.name,
    cron: row.cron,
    timezone: row.timezone,
    jitter: row.jitter,
    dueAt: row.due_at_ms,
    beginsAt: row.begins_at_ms,
    lastDueAt: row.last_due_at_ms,
    lastRun: row.last_run,
    held: isHeld(row, now),
  };
}

const isHeld = (row: Row, now: number): boolean =>
  row.lease_owner !== null && row.lease_until_ms > now && !isGone(row.lease_process ?? '');

async function setOne(statements: Statements, schedule: NewSchedule, now: number): Promise<void> {
  const { source, name, place, definition } = schedule;
  // A source that was crawled keeps the definition of its last run.
  await statements.run(
    `insert into source (id, name, place, definition) values (?, ?, ?, ?) on conflict (id) do nothing`,
    source,
    name,
    place,
    definition,
  );
  await statements.run(
    `insert into schedule (source, cron, timezone, jitter, due_at_ms, begins_at_ms) values (?, ?, ?, ?, ?, ?)
    on conflict (source) do update set cron = excluded.cron, timezone = excluded.timezone, jitter = excluded.jitter,
      due_at_ms = excluded.due_at_ms, begins_at_ms = excluded.begins_at_ms
    where schedule.lease_owner is null or schedule.lease_until_ms <= ?`,
    source,
    schedule.cron,
    schedule.timezone,
    schedule.jitter,
    schedule.dueAt,
    schedule.beginsAt,
    now,
  );
}

async function claim(
  statements: Statements,
  owner: string,
  sources: readonly string[],
  leaseMs: number,
  now: number,
): Promise<Schedule | null> {
  if (sources.length === 0) return null;
  const places = sources.map(() => '?').join(', ');
  const rows = await statements.all<Row>(
    `${selected} where begins_at_ms <= ? and schedule.source in (${places})
    order by begins_at_ms, schedule.source ${statements.taking('schedule')}`,
    now,
    ...sources,
  );
  const row = rows.find((each) => !isHeld(each, now));
  if (!row) return null;
  await statements.run(
    'update schedule set lease_owner = ?, lease_process = ?, lease_until_ms = ? where source = ?',
    owner,
    thisProcess,
    now + leaseMs,
    row.source,
  );
  return scheduleOf({ ...row, lease_owner: owner, lease_process: thisProcess, lease_until_ms: now + leaseMs }, now);
}
