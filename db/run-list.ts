// Runs as people look back on them: when, how they ended, what they brought, beside the run of the same source before.
import { type Kysely, sql } from 'kysely';
import type { KeptRun } from '../src/model/frontier.js';
import type { Outcome, RequestKind } from '../src/model/page.js';
import type { Database } from './database.js';

/** One crawl of one source, looked back on. */
export interface RunRecord extends KeptRun {
  /** Documents from addresses that were never read before, and from addresses that had another version. */
  newDocuments: number;
  changedDocuments: number;
  /** Figures of these documents whose sentence no earlier version of their address holds. */
  newFigures: number;
  /** The run of the same source before this one, null for the first. */
  before: number | null;
}

/** One run in full: its outcomes by host and kind. */
export interface RunOutcomes {
  host: string;
  kind: RequestKind;
  outcome: Outcome;
  count: number;
}

export interface RunFilter {
  source?: string;
  /** The newest, at most so many. */
  limit: number;
  /** Only this run. */
  id?: number;
}

/** The newest runs first. */
export async function runRecords(db: Kysely<Database>, filter: RunFilter): Promise<RunRecord[]> {
  let query = db.selectFrom('run').selectAll().orderBy('id', 'desc').limit(filter.limit);
  if (filter.source !== undefined) query = query.where('source', '=', filter.source);
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  const records: RunRecord[] = [];
  for (const run of await query.execute()) {
    const before = await db
      .selectFrom('run')
      .select('id')
      .where('source', '=', run.source)
      .where('id', '<', run.id)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    records.push({
      id: run.id,
      source: run.source,
      startedAt: run.started_at,
      endedAt: run.ended_at,
      end: run.end_state,
      reason: run.reason,
      pages: run.pages,
      bytes: run.bytes,
      ...(await broughtBy(db, run.id)),
      before: before?.id ?? null,
    });
  }
  return records;
}

async function broughtBy(
  db: Kysely<Database>,
  run: number,
): Promise<Pick<RunRecord, 'newDocuments' | 'changedDocuments' | 'newFigures'>> {
  const earlier = sql`select 1 from document earlier
    where earlier.url = document.url and earlier.part = document.part and earlier.snapshot < document.snapshot`;
  const { rows } = await sql<{ is_new: number; documents: number }>`
    select case when exists (${earlier}) then 0 else 1 end as is_new, count(*) as documents
    from document join snapshot on snapshot.id = document.snapshot where snapshot.run = ${run} group by 1`.execute(db);
  const figures = await sql<{ figures: number }>`
    select count(*) as figures from figure join document on document.id = figure.document
      join snapshot on snapshot.id = document.snapshot
    where snapshot.run = ${run} and not exists (
      select 1 from document earlier join figure known on known.document = earlier.id
      where earlier.url = document.url and earlier.part = document.part and earlier.snapshot < document.snapshot
        and known.quote = figure.quote and known.sentence = figure.sentence)`.execute(db);
  const count = (isNew: number): number => Number(rows.find((row) => Number(row.is_new) === isNew)?.documents ?? 0);
  return { newDocuments: count(1), changedDocuments: count(0), newFigures: Number(figures.rows[0]?.figures ?? 0) };
}

/** Failed addresses of a source's newest run that asked for them, which no later run reached. */
export interface FailedRequest {
  url: string;
  kind: RequestKind;
  source: string;
  depth: number;
  host: string;
  group: string;
  outcome: Outcome;
  form: string;
  priority: number;
  referrer: string | null;
  anchor: string | null;
  listed: string | null;
  family: string | null;
  list: string | null;
}

/** Addresses whose newest request ended without its page, by source. */
export async function failedRequests(
  db: Kysely<Database>,
  filter: { sources?: readonly string[]; outcomes?: readonly Outcome[] },
): Promise<FailedRequest[]> {
  let query = db
    .selectFrom('request')
    .innerJoin('host', 'host.host', 'request.host')
    .select(['request.url', 'request.kind', 'request.source', 'request.depth', 'request.host'])
    .select(['host.group_key as group', 'request.outcome', 'request.form', 'request.priority', 'request.referrer'])
    .select(['request.anchor', 'request.listed', 'request.family', 'request.list'])
    .where('request.state', '=', 'failed')
    .where('request.kind', '<>', 'robots')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('request as later')
            .select('later.id')
            .whereRef('later.source', '=', 'request.source')
            .whereRef('later.url', '=', 'request.url')
            .whereRef('later.form', '=', 'request.form')
            .whereRef('later.run', '>', 'request.run'),
        ),
      ),
    )
    .orderBy('request.id');
  if (filter.sources) query = query.where('request.source', 'in', filter.sources);
  if (filter.outcomes) query = query.where('request.outcome', 'in', filter.outcomes);
  return (await query.execute()).flatMap(({ outcome, ...row }) => (outcome === null ? [] : [{ ...row, outcome }]));
}

/** A source as JSON, as it was at its last run. */
export async function sourceDefinition(db: Kysely<Database>, id: string): Promise<string | null> {
  const row = await db.selectFrom('source').select('definition').where('id', '=', id).executeTakeFirst();
  return row?.definition ?? null;
}
