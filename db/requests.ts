// Requests on their way into the frontier: each address once a run, and its host with the group whose clock it shares.
import type { FrontierRequest } from '../src/model/frontier.js';
import type { RequestKind } from '../src/model/page.js';
import type { Statements } from './store.js';

const priorities: Record<RequestKind, number> = { robots: 0, list: 1, data: 1, sitemap: 2, article: 3, attachment: 4 };

/** Adds what the run does not know yet; articles and attachments that gave a good answer after `revisitBefore` are left out. */
export async function addRequests(
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
