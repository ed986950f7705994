// Runs: opened and resumed, ended, and summed up.
import type { Kysely, Selectable } from 'kysely';
import { type Frontier, furtherPage, type Run, type RunSummary } from '../src/model/frontier.js';
import type { Database } from './database.js';

const mostFailures = 200;

/** The source's unfinished run, or a new one. */
export async function openRun(
  db: Kysely<Database>,
  source: Parameters<Frontier['openRun']>[0],
  now: number,
): Promise<Run> {
  const { id, name, place, definition } = source;
  await db
    .insertInto('source')
    .values({ id, name, place, definition })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name, place, definition }))
    .execute();
  const open = await db
    .selectFrom('run')
    .selectAll()
    .where('source', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  const run =
    open ??
    (await db
      .insertInto('run')
      .values({ source: id, started_at: new Date(now).toISOString() })
      .returningAll()
      .executeTakeFirstOrThrow());
  return runOf(run, open !== undefined);
}

const runOf = (run: Selectable<Database['run']>, resumed: boolean): Run => ({
  id: run.id,
  resumed,
  startedAt: Date.parse(run.started_at),
  pages: run.pages,
  bytes: run.bytes,
});

/** A run that has not ended, with the definition of its source. */
export async function unfinishedRun(db: Kysely<Database>, id: number): Promise<(Run & { definition: string }) | null> {
  const run = await db
    .selectFrom('run')
    .innerJoin('source', 'source.id', 'run.source')
    .selectAll('run')
    .select('source.definition')
    .where('run.id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return run ? { ...runOf(run, true), definition: run.definition } : null;
}

/** Ends a run; it cannot be resumed then. */
export async function endRun(
  db: Kysely<Database>,
  run: number,
  end: string,
  reason: string | null,
  now: number,
): Promise<void> {
  await db
    .updateTable('run')
    .set({ ended_at: new Date(now).toISOString(), end_state: end, reason })
    .where('id', '=', run)
    .where('ended_at', 'is', null)
    .execute();
}

/** Items on the list pages of the last run before `beforeRun` that ended without failing, null where there was none. */
export async function lastYield(db: Kysely<Database>, source: string, beforeRun: number): Promise<number | null> {
  const last = await db
    .selectFrom('run')
    .select('id')
    .where('source', '=', source)
    .where('id', '<', beforeRun)
    .where('end_state', 'in', ['complete', 'partial'])
    // A run that asked for single addresses once more had no lists.
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('list_page').select('snapshot').whereRef('list_page.run', '=', 'run.id')),
    )
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (!last) return null;
  const sum = await db
    .selectFrom('list_page')
    .select(db.fn.sum<number | null>('items').as('items'))
    .where('run', '=', last.id)
    .executeTakeFirstOrThrow();
  return sum.items ?? 0;
}

export async function summaryOf(db: Kysely<Database>, run: number): Promise<RunSummary> {
  const { pages, bytes } = await db
    .selectFrom('run')
    .select(['pages', 'bytes'])
    .where('id', '=', run)
    .executeTakeFirstOrThrow(() => new Error(`run ${run} is not in the corpus`));
  const outcomes = await db
    .selectFrom('snapshot')
    .select(['host', 'kind', 'outcome', db.fn.countAll<number>().as('count')])
    .where('run', '=', run)
    .groupBy(['host', 'kind', 'outcome'])
    .orderBy('host')
    .orderBy('kind')
    .orderBy('outcome')
    .execute();
  return {
    pages,
    bytes,
    outcomes: outcomes.map((row) => ({ ...row, host: row.host ?? '' })),
    listPages: await listPagesOf(db, run),
    failures: await failuresOf(db, run),
    ...(await countsOf(db, run)),
  };
}

async function listPagesOf(db: Kysely<Database>, run: number): Promise<RunSummary['listPages']> {
  const rows = await db.selectFrom('list_page').selectAll().where('run', '=', run).orderBy('snapshot').execute();
  return rows.map((row) => ({
    list: row.list,
    url: row.url,
    family: row.family,
    items: row.items,
    itemsHash: row.items_hash,
    ...(row.total === null ? {} : { total: row.total }),
    ...(row.pages === null ? {} : { pages: row.pages }),
    ...(row.problem === null ? {} : { problem: row.problem }),
  }));
}

async function failuresOf(db: Kysely<Database>, run: number): Promise<RunSummary['failures']> {
  const rows = await db
    .selectFrom('request')
    .select(['url', 'kind', 'outcome', 'reason', 'list'])
    .where('run', '=', run)
    .where('state', '=', 'failed')
    .orderBy('id')
    .limit(mostFailures)
    .execute();
  return rows.flatMap(({ outcome, ...row }) => (outcome === null ? [] : [{ ...row, outcome }]));
}

async function countsOf(
  db: Kysely<Database>,
  run: number,
): Promise<Pick<RunSummary, 'waiting' | 'articles' | 'furtherPages' | 'attachments'>> {
  const rows = await db
    .selectFrom('request')
    .select(['kind', 'family', 'state', 'outcome', db.fn.countAll<number>().as('count')])
    .where('run', '=', run)
    .groupBy(['kind', 'family', 'state', 'outcome'])
    .execute();
  const count = (some: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(some).reduce((sum, row) => sum + row.count, 0);
  const arrived = ({ state, outcome }: (typeof rows)[number]) =>
    state === 'done' && (outcome === 'ok' || outcome === 'same' || outcome === 'not_modified');
  return {
    waiting: count((row) => row.state === 'waiting' || row.state === 'claimed'),
    articles: count((row) => row.kind === 'article' && row.family !== furtherPage && arrived(row)),
    furtherPages: count((row) => row.kind === 'article' && row.family === furtherPage && arrived(row)),
    attachments: count((row) => row.kind === 'attachment' && arrived(row)),
  };
}
