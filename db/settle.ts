// Settling: one outcome of a fetch with all that follows from it, in one transaction: the snapshot and its bytes, what is known of the
// address, the request's state, the host's clock, and the requests that the page leads to.
import type { Claim, HostClock, Settlement, SettleResult } from '../src/model/frontier.js';
import { keepBody, packBody } from './bodies.js';
import { addRequests } from './requests.js';
import { addSnapshot } from './snapshots.js';
import type { Statements, Store } from './store.js';

/** Stores an outcome with all that follows from it. Compression runs before the transaction, in another thread. */
export async function settle(store: Store, settlement: Settlement, revisitBefore: number): Promise<SettleResult> {
  const { page, claim: claimed, run } = settlement;
  const bytes = page.sha256 === null ? null : page.body;
  // What the last good fetch gave byte for byte is there already.
  const isKept = page.sha256 === claimed?.sha256;
  const body = bytes && !isKept ? await packBody(page.sha256!, bytes) : null;
  return store.writeBeside(async (_, statements) => {
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
