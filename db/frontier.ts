// The frontier in the database: what is to be fetched, who holds which host, and what became of it. Nothing important is in memory;
// every method is one transaction, so a kill at any moment loses nothing and doubles nothing. Hosts of a group share a clock, and a
// lease on the group keeps all but one worker from it. A lease ends by its time, or when the process that took it is gone.
import type { Claim, Frontier, FrontierRequest, HostSlice, KeptRobots, OpenHost } from '../src/model/frontier.js';
import { bodyOf } from './bodies.js';
import type { Database } from './database.js';
import { isGone, thisProcess } from './processes.js';
import { addRequests } from './requests.js';
import { endRun, lastYield, openRun, summaryOf, unfinishedRun } from './runs.js';
import { settle } from './settle.js';
import type { Statements, Store } from './store.js';

/** Waiting, or claimed; one that is claimed becomes due when the claim runs out. In the words of the index `request_open`. */
const isOpen = "state in ('waiting', 'claimed')";

/** How often at most a waiting worker looks whether holders of leases are gone. */
const lookForGoneMs = 1000;

/** The frontier of a corpus. */
export function frontierIn(store: Store): Frontier {
  let lookAgainAt = 0;
  return {
    openRun: (source, now) =>
      store.writeBeside(async (db, statements) => {
        await statements.hold(`source ${source.id}`);
        await freeGone(statements);
        return openRun(db, source, now);
      }),
    lastYield: (source, beforeRun) => store.read((db) => lastYield(db, source, beforeRun)),
    endRun: (run, end, reason, now) => store.write((db) => endRun(db, run, end, reason, now)),
    summary: (run) => store.read((db) => summaryOf(db, run)),
    body: (sha256) => store.read((db) => bodyOf(db, sha256)),

    add: (run, requests, _now, revisitBefore) =>
      store.writeBeside((_, statements) => addRequests(statements, run, requests, revisitBefore)),
    takeHost: (run, owner, leaseMs, now, host) =>
      store.writeBeside(async (_, statements) => {
        const wanted = { run, host, owner, leaseMs, now };
        const slice = await takeHost(statements, wanted);
        if (slice || Date.now() < lookAgainAt) return slice;
        lookAgainAt = Date.now() + lookForGoneMs;
        const freed = await freeGone(statements);
        return freed ? takeHost(statements, wanted) : null;
      }),
    openHosts: (of, now) => store.read((_, statements) => openHosts(statements, of, now)),
    freeGone: () => store.writeBeside((_, statements) => freeGone(statements)),
    unfinished: (run) => store.read((db) => unfinishedRun(db, run)),
    nextDue: (run, now) => store.read((_, statements) => nextDue(statements, run, now)),
    claim: (run, slice, nextAt, leaseMs, now) =>
      store.writeBeside((_, statements) => claim(statements, run, slice, nextAt, leaseMs, now)),
    unclaim: (claimed) =>
      store.writeBeside(async (_, statements) => {
        await statements.run(
          `update request set state = 'waiting', not_before_ms = 0 where id = ? and claims = ? and state = 'claimed'`,
          claimed.id,
          claimed.claims ?? 0,
        );
      }),
    settle: (settlement, _now, revisitBefore) => settle(store, settlement, revisitBefore),
    failHost: (run, host, outcome, reason) =>
      store.writeBeside((_, statements) =>
        statements.run(
          `update request set state = 'failed', outcome = ?, reason = ? where run = ? and host = ? and state = 'waiting'`,
          outcome,
          reason,
          run,
          host,
        ),
      ),
    releaseHost: (slice) =>
      store.writeBeside(async (_, statements) => {
        await statements.run(
          'update host_group set lease_owner = null, lease_process = null, lease_until_ms = 0 where group_key = ? and lease_owner = ?',
          slice.group,
          slice.owner,
        );
      }),
    drop: (run, reason) =>
      store.writeBeside((_, statements) =>
        statements.run(
          `update request set state = 'dropped', reason = ? where run = ? and state = 'waiting'`,
          reason,
          run,
        ),
      ),
  };
}

/** Ends the leases and claims of processes of this machine that are gone. True where there were any. */
async function freeGone(statements: Statements): Promise<boolean> {
  const holders = await statements.all<{ process: string }>(
    'select distinct lease_process as process from host_group where lease_owner is not null',
  );
  const gone = holders.map((holder) => holder.process).filter(isGone);
  for (const process of gone) {
    await statements.run(
      'update host_group set lease_owner = null, lease_process = null, lease_until_ms = 0 where lease_process = ?',
      process,
    );
    await statements.run(
      `update request set state = 'waiting', not_before_ms = 0 where state = 'claimed' and lease_process = ?`,
      process,
    );
  }
  return gone.length > 0;
}

interface HostRow {
  host: string;
  group_key: string;
  next_at_ms: number;
  backoff: number;
  fails: number;
  opened: number;
  took_ms: number;
  robots_state: KeptRobots['state'] | null;
  robots_text: string | null;
  robots_reason: string | null;
  robots_outcome: KeptRobots['outcome'];
  robots_fetched_at_ms: number;
  robots_expires_at_ms: number;
  robots_tries: number;
  tls_profile: string | null;
}

interface Wanted {
  run: number;
  /** Only this one, where it is told. */
  host: string | undefined;
  owner: string;
  leaseMs: number;
  now: number;
}

/** Of the free hosts with something due, the one that has waited longest. */
async function takeHost(statements: Statements, { run, host, owner, leaseMs, now }: Wanted): Promise<HostSlice | null> {
  const row = await statements.get<HostRow>(
    `select host.*, next_at_ms, backoff, fails, opened, took_ms
    from host join host_group on host_group.group_key = host.group_key
    where next_at_ms <= ? and lease_until_ms <= ? and host.host = coalesce(?, host.host) and exists (
      select 1 from request where run = ? and request.host = host.host and ${isOpen} and not_before_ms <= ?)
    order by next_at_ms, host.host limit 1 ${statements.taking('host_group')}`,
    now,
    now,
    host ?? null,
    run,
    now,
  );
  if (!row) return null;
  await statements.run(
    'update host_group set lease_owner = ?, lease_process = ?, lease_until_ms = ? where group_key = ?',
    owner,
    thisProcess,
    now + leaseMs,
    row.group_key,
  );
  return {
    host: row.host,
    group: row.group_key,
    owner,
    clock: {
      nextAt: row.next_at_ms,
      backoff: row.backoff,
      fails: row.fails,
      opened: row.opened,
      tookMs: row.took_ms,
    },
    robots: robotsOf(row),
    tlsProfile: row.tls_profile,
  };
}

function robotsOf(row: HostRow): KeptRobots | null {
  if (row.robots_state === null) return null;
  return {
    text: row.robots_text,
    state: row.robots_state,
    ...(row.robots_reason === null ? {} : { reason: row.robots_reason }),
    outcome: row.robots_outcome,
    fetchedAt: row.robots_fetched_at_ms,
    expiresAt: row.robots_expires_at_ms,
    tries: row.robots_tries,
  };
}

/** Hosts with something open, of one run or of one group. */
async function openHosts(
  statements: Statements,
  of: { run: number } | { group: string },
  now: number,
): Promise<OpenHost[]> {
  const chosen =
    'run' in of
      ? 'run = ?'
      : `run in (select id from run where ended_at is null) and host in (select host from host where group_key = ?)`;
  const rows = await statements.all<{
    run: number;
    host: string;
    group_key: string;
    at: number | null;
    next_at_ms: number;
    lease_until_ms: number;
  }>(
    `select run, due.host, host.group_key, at, next_at_ms, lease_until_ms from (
      select run, host, min(case when state = 'waiting' or not_before_ms <= ? then not_before_ms end) as at
      from request where ${chosen} and ${isOpen} group by run, host) as due
    join host on host.host = due.host join host_group on host_group.group_key = host.group_key`,
    now,
    'run' in of ? of.run : of.group,
  );
  return rows
    .map((row) => ({
      run: row.run,
      host: row.host,
      group: row.group_key,
      at: row.at === null ? null : Math.max(row.at, row.next_at_ms),
      held: row.lease_until_ms > now,
    }))
    .sort((one, other) => (one.at ?? Number.MAX_SAFE_INTEGER) - (other.at ?? Number.MAX_SAFE_INTEGER));
}

/** When the next host is due: its clock, its lease and its first request must all allow it. */
async function nextDue(statements: Statements, run: number, now: number): Promise<number | null> {
  const rows = await statements.all<{ at: number; next_at_ms: number; lease_until_ms: number }>(
    `select at, next_at_ms, lease_until_ms from (
      select host, min(not_before_ms) as at from request where run = ? and ${isOpen} group by host) as due
    join host on host.host = due.host join host_group on host_group.group_key = host.group_key`,
    run,
  );
  if (rows.length === 0) return null;
  return Math.min(
    ...rows.map((row) => Math.max(row.at, row.next_at_ms, row.lease_until_ms > now ? row.lease_until_ms : 0)),
  );
}

type RequestRow = { [Column in keyof Database['request']]: Database['request'][Column] } & {
  id: number;
  attempts: number;
  claims: number;
};

/** The next due request of a host that the slice's owner still holds; the group's clock and lease move with it. */
async function claim(
  statements: Statements,
  run: number,
  slice: HostSlice,
  nextAt: number,
  leaseMs: number,
  now: number,
): Promise<Claim | null> {
  const row = await statements.get<RequestRow>(
    `update request set state = 'claimed', claims = claims + 1, lease_process = ?, not_before_ms = ? where id = (
      select id from request where run = ? and host = ? and ${isOpen} and not_before_ms <= ? and exists (
        select 1 from host_group where group_key = ? and lease_owner = ? and lease_until_ms > ?)
      order by priority, id limit 1)
    returning *`,
    thisProcess,
    now + leaseMs,
    run,
    slice.host,
    now,
    slice.group,
    slice.owner,
    now,
  );
  if (!row) return null;
  await statements.run(
    'update host_group set next_at_ms = ?, lease_until_ms = ? where group_key = ?',
    nextAt,
    now + leaseMs,
    slice.group,
  );
  const page = await statements.get<Database['page']>(
    'select * from page where url = ? and form = ?',
    row.url,
    row.form,
  );
  return {
    id: row.id,
    request: requestOf(row, slice.group),
    claims: row.claims,
    attempts: row.attempts,
    etag: page?.etag ?? null,
    lastModified: page?.last_modified ?? null,
    sha256: page?.sha256 ?? null,
    textHash: page?.text_hash ?? null,
  };
}

function requestOf(row: RequestRow, group: string): FrontierRequest {
  return {
    url: row.url,
    kind: row.kind,
    source: row.source,
    depth: row.depth,
    ...(row.referrer === null ? {} : { referrer: row.referrer }),
    ...(row.anchor === null ? {} : { anchor: row.anchor }),
    ...(row.listed === null ? {} : { listed: row.listed }),
    ...(row.form === '' ? {} : { form: row.form }),
    ...(row.family === null ? {} : { family: row.family }),
    ...(row.list === null ? {} : { list: row.list }),
    priority: row.priority,
    host: row.host,
    group,
  };
}
