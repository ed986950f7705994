// How a corpus is doing, in a few numbers that cost little: for health checks, metrics and the doctor.
import type { Kysely } from 'kysely';
import type { Database } from './database.js';

/** Numbers of this moment. */
export interface Activity {
  /** Runs by how they ended; those that can be resumed as `open`. */
  runs: Record<string, number>;
  /** Addresses that wait to be fetched in open runs, and pages that wait to be read. */
  waiting: number;
  unread: number;
  /** Hosts that rest longer because they asked for it or failed. */
  resting: number;
  /** The last run of each source that ended. */
  lastRuns: { source: string; run: number; endedAt: string; end: string }[];
}

export async function activityOf(db: Kysely<Database>): Promise<Activity> {
  const count = db.fn.countAll<number>().as('count');
  const runs = await db.selectFrom('run').select(['end_state', count]).groupBy('end_state').execute();
  const open = db.selectFrom('run').select('id').where('ended_at', 'is', null);
  const waiting = await db
    .selectFrom('request')
    .select(count)
    .where('run', 'in', open)
    .where('state', 'in', ['waiting', 'claimed'])
    .executeTakeFirstOrThrow();
  const unread = await db.selectFrom('unread').select(count).executeTakeFirstOrThrow();
  const resting = await db
    .selectFrom('host_group')
    .select(count)
    .where(({ or, eb }) => or([eb('backoff', '>', 0), eb('fails', '>', 0)]))
    .executeTakeFirstOrThrow();
  const last = await db
    .selectFrom('run')
    .select(['source', 'id', 'ended_at', 'end_state'])
    .where('id', 'in', (sub) =>
      sub
        .selectFrom('run')
        .select(db.fn.max<number>('id').as('id'))
        .where('ended_at', 'is not', null)
        .groupBy('source'),
    )
    .orderBy('source')
    .execute();
  return {
    runs: Object.fromEntries(runs.map((row) => [row.end_state ?? 'open', Number(row.count)])),
    waiting: Number(waiting.count),
    unread: Number(unread.count),
    resting: Number(resting.count),
    lastRuns: last.map(({ source, id, ended_at, end_state }) => ({
      source,
      run: id,
      endedAt: ended_at!,
      end: end_state!,
    })),
  };
}
