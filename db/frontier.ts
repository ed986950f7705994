// The frontier in the database: what is to be fetched, who holds which host, and what became of it. Nothing important is in memory;
// every method is one transaction, so a kill at any moment loses nothing and doubles nothing. Hosts of a group share a clock, and a
// lease on the group keeps all but one worker from it. A lease ends by its time, or when the process that took it is gone.
import type {
  Claim,
  Frontier,
  FrontierRequest,
  HostClock,
  HostSlice,
  KeptRobots,
  Settlement,
} from '../src/model/frontier.js';
import type { RequestKind } from '../src/model/page.js';
import { bodyOf, keepBody, packBody } from './bodies.js';
import type { Database } from './database.js';
import { isGone, thisProcess } from './processes.js';
import { endRun, lastYield, openRun, summaryOf } from './runs.js';
import { addSnapshot } from './snapshots.js';
import type { Statements, Store } from './store.js';

const priorities: Record<RequestKind, number> = { robots: 0, list: 1, data: 1, sitemap: 2, article: 3, attachment: 4 };

/** Waiting, or claimed; one that is claimed becomes due when the claim runs out. In the words of the index `request_open`. */
const isOpen = "state in ('waiting', 'claimed')";

/** How often at most a waiting worker looks whether holders of leases are gone. */
const lookForGoneMs = 1000;

/** The frontier of a corpus. */
export function frontierIn(store: Store): Frontier {
  let lookAgainAt = 0;
  return {
    openRun: (source, now) =>
      store.write(async (db, statements) => {
        await freeGone(statements);
        return openRun(db, source, now);
      }),
    lastYield: (source, beforeRun) => store.read((db) => lastYield(db, source, beforeRun)),
    endRun: (run, end, reason, now) => store.write((db) => endRun(db, run, end, reason, now)),
    summary: (run) => store.read((db) => summaryOf(db, run)),
    body: (sha256) => store.read((db) => bodyOf(db, sha256)),

    add: (run, requests, _now, revisitBefore) =>
      store.write((_, statements) => addRequests(statements, run, requests, revisitBefore)),
    takeHost: (run, owner, leaseMs, now) =>
      store.write(async (_, statements) => {
        const slice = await takeHost(statements, run, owner, leaseMs, now);
        if (slice || Date.now() < lookAgainAt) return slice;
        lookAgainAt = Date.now() + lookForGoneMs;
        const freed = await freeGone(statements);
        return freed ? takeHost(statements, run, owner, leaseMs, now) : null;
      }),
    nextDue: (run, now) => store.read((_, statements) => nextDue(statements, run, now)),
    claim: (run, slice, nextAt, leaseMs, now) =>
      store.write((_, statements) => claim(statements, run, slice, nextAt, leaseMs, now)),
    unclaim: (claimed) =>
      store.write(async (_, statements) => {
        await statements.run(
          `update request set state = 'waiting', not_before_ms = 0 where id = ? and claims = ? and state = 'claimed'`,
          claimed.id,
          claimed.claims ?? 0,
        );
      }),
    settle: (settlement, _now, revisitBefore) => settle(store, settlement, revisitBefore),
    failHost: (run, host, outcome, reason) =>
      store.write((_, statements) =>
        statements.run(
          `update request set state = 'failed', outcome = ?, reason = ? where run = ? and host = ? and state = 'waiting'`,
          outcome,
          reason,
          run,
          host,
        ),
      ),
    releaseHost: (slice) =>
      store.write(async (_, statements) => {
        await statements.run(
          'update host_group set lease_owner = null, lease_process = null, lease_until_ms = 0 where group_key = ? and lease_owner = ?',
          slice.group,
          slice.owner,
        );
      }),
    drop: (run, reason) =>
      store.write((_, statements) =>
        statements.run(
          `update request set state = 'dropped', reason = ? where run = ? and state = 'waiting'`,
          reason,
          run,
        ),
      ),
  };
}

/** Adds what the run does not know yet; articles and attachments that gave a good answer after `revisitBefore` are left out. */
async function addRequests(
  statements: Statements,
  run: number,
  requests: FrontierRequest[],
  revisitBefore: number,
): Promise<number> {
  await addHosts(statements, requests);
  const since = new Date(revisitBefore).toISOString();
  let added = 0;
  for (const request of requests) {
    const { url, kind } = request;
    const form = request.form ?? '';
    if ((kind === 'article' || kind === 'attachment') && (await wasSeenSince(statements, url, form, since))) continue;
    added += await statements.run(
      `insert into request (run, url, form, kind, source, host, depth, priority, referrer, anchor, listed, family, list, state)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting') on conflict do nothing`,
      run,
      url,
      form,
      kind,
      request.source,
      request.host,
      request.depth,
      request.priority ?? priorities[kind],
      request.referrer ?? null,
      request.anchor ?? null,
      request.listed ?? null,
      request.family ?? null,
      request.list ?? null,
    );
  }
  return added;
}

async function wasSeenSince(statements: Statements, url: string, form: string, since: string): Promise<boolean> {
  return (
    (await statements.get('select 1 from page where url = ? and form = ? and last_seen > ?', url, form, since)) !==
    undefined
  );
}

async function addHosts(statements: Statements, requests: FrontierRequest[]): Promise<void> {
  const groups = new Map(requests.map((request) => [request.host, request.group]));
  for (const [host, group] of groups) {
    const known = await statements.get<{ group_key: string }>('select group_key from host where host = ?', host);
    if (known?.group_key === group) continue;
    await statements.run('insert into host_group (group_key) values (?) on conflict do nothing', group);
    await statements.run(
      'insert into host (host, group_key) values (?, ?) on conflict (host) do update set group_key = excluded.group_key',
      host,
      group,
    );
  }
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

/** Of the free hosts with something due, the one that has waited longest. */
async function takeHost(
  statements: Statements,
  run: number,
  owner: string,
  leaseMs: number,
  now: number,
): Promise<HostSlice | null> {
  const row = await statements.get<HostRow>(
    `select host.*, next_at_ms, backoff, fails, opened, took_ms
    from host join host_group on host_group.group_key = host.group_key
    where next_at_ms <= ? and lease_until_ms <= ? and exists (
      select 1 from request where run = ? and request.host = host.host and ${isOpen} and not_before_ms <= ?)
    order by next_at_ms, host.host limit 1`,
    now,
    now,
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

/** Stores an outcome with all that follows from it. Compression runs before the transaction, in another thread. */
async function settle(store: Store, settlement: Settlement, revisitBefore: number) {
  const { page, claim: claimed, run } = settlement;
  const bytes = page.sha256 === null ? null : page.body;
  // What the last good fetch gave byte for byte is there already.
  const isKept = page.sha256 === claimed?.sha256;
  const body = bytes && !isKept ? await packBody(page.sha256!, bytes) : null;
  return store.write(async (_, statements) => {
    if (claimed && !(await settleRequest(statements, claimed, settlement))) return { snapshotId: null, added: 0 };
    if (body) await keepBody(statements, body);
    const kept = bytes ? page.sha256 : null;
    const snapshotId = await addOutcome(statements, settlement, kept);
    await updatePage(statements, settlement, kept);
    await updateHost(statements, settlement);
    await statements.run(
      'update run set pages = pages + 1, bytes = bytes + ? where id = ?',
      page.body?.byteLength ?? 0,
      run,
    );
    const added = await addRequests(statements, run, settlement.found, revisitBefore);
    if (settlement.listPage) await addListPage(statements, run, snapshotId, settlement.listPage);
    return { snapshotId, added };
  });
}

/** False where the claim is no longer the newest: its request is another worker's by now. */
async function settleRequest(
  statements: Statements,
  claimed: Claim,
  { page, disposition }: Settlement,
): Promise<boolean> {
  const changed = await statements.run(
    `update request set state = ?, kind = ?, not_before_ms = ?, attempts = attempts + 1, outcome = ?, reason = ?
    where id = ? and claims = ? and state = 'claimed'`,
    disposition.state,
    // A start address may turn out to be an article.
    page.request.kind,
    disposition.state === 'waiting' ? disposition.notBefore : 0,
    page.outcome,
    page.reason ?? null,
    claimed.id,
    claimed.claims ?? 0,
  );
  return changed > 0;
}

async function addOutcome(
  statements: Statements,
  { run, page, host, textHash }: Settlement,
  sha256: string | null,
): Promise<number> {
  const { request } = page;
  const source = await statements.get<{ place: string | null }>(
    'select place from source where id = ?',
    request.source,
  );
  return addSnapshot(statements, {
    run,
    source: request.source,
    kind: request.kind,
    host,
    url: request.url,
    form: request.form ?? '',
    finalUrl: page.finalUrl,
    fetchedAt: page.fetchedAt,
    status: page.status,
    outcome: page.outcome,
    reason: page.reason ?? null,
    contentType: page.headers['content-type'] ?? null,
    headers: JSON.stringify(page.headers),
    sha256,
    textHash,
    tookMs: Math.round(page.tookMs),
    settings: JSON.stringify(page.settings ?? {}),
    place: source?.place ?? null,
    anchor: request.anchor ?? null,
    listed: request.listed ?? null,
    referrer: request.referrer ?? null,
    depth: request.depth,
  });
}

/** Only a good answer changes what is known of a page; a challenge page or an error never does. */
async function updatePage(
  statements: Statements,
  { page, textHash }: Settlement,
  sha256: string | null,
): Promise<void> {
  const { url, form = '' } = page.request;
  const etag = page.headers.etag ?? null;
  const lastModified = page.headers['last-modified'] ?? null;
  const { outcome, fetchedAt } = page;
  if (outcome === 'not_modified') {
    await statements.run(
      `update page set last_seen = ?, etag = coalesce(?, etag), last_modified = coalesce(?, last_modified)
      where url = ? and form = ?`,
      fetchedAt,
      etag,
      lastModified,
      url,
      form,
    );
  } else if (outcome === 'ok' || outcome === 'same') {
    await statements.run(
      `insert into page (url, form, etag, last_modified, sha256, text_hash, first_seen, last_seen)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (url, form) do update set etag = excluded.etag, last_modified = excluded.last_modified,
        sha256 = excluded.sha256, text_hash = coalesce(excluded.text_hash, case when ? = 'same' then page.text_hash end),
        last_seen = excluded.last_seen`,
      url,
      form,
      etag,
      lastModified,
      sha256,
      textHash,
      fetchedAt,
      fetchedAt,
      outcome,
    );
  } else {
    await statements.run(
      'insert into page (url, form, first_seen) values (?, ?, ?) on conflict do nothing',
      url,
      form,
      fetchedAt,
    );
  }
}

async function updateHost(statements: Statements, { host, clock, robots, tlsProfile }: Settlement): Promise<void> {
  await moveClock(statements, host, clock);
  if (robots)
    await statements.run(
      `update host set robots_state = ?, robots_text = ?, robots_reason = ?, robots_outcome = ?, robots_fetched_at_ms = ?,
        robots_expires_at_ms = ?, robots_tries = ? where host = ?`,
      robots.state,
      robots.text,
      robots.reason ?? null,
      robots.outcome,
      robots.fetchedAt,
      robots.expiresAt,
      robots.tries,
      host,
    );
  if (tlsProfile !== undefined)
    await statements.run('update host set tls_profile = ? where host = ?', tlsProfile, host);
}

async function moveClock(statements: Statements, host: string, clock: HostClock): Promise<void> {
  await statements.run(
    `update host_group set next_at_ms = ?, backoff = ?, fails = ?, opened = ?, took_ms = ?
    where group_key = (select group_key from host where host = ?)`,
    Math.round(clock.nextAt),
    clock.backoff,
    clock.fails,
    clock.opened,
    Math.round(clock.tookMs),
    host,
  );
}

async function addListPage(
  statements: Statements,
  run: number,
  snapshotId: number,
  page: NonNullable<Settlement['listPage']>,
): Promise<void> {
  await statements.run(
    `insert into list_page (snapshot, run, list, url, family, items, items_hash, total, pages, problem)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    snapshotId,
    run,
    page.list,
    page.url,
    page.family,
    page.items,
    page.itemsHash,
    page.total ?? null,
    page.pages ?? null,
    page.problem ?? null,
  );
}
