// What a crawl would do with one address: robots.txt, the answer, the list family and its items. Nothing is stored.
import type { Page, RequestKind } from '../src/model/page.js';
import { Agents } from './agents.js';
import { Cookies } from './cookies.js';
import type { Inspection } from './events.js';
import { type ListReading, type NextRequest, readList } from './families/index.js';
import { agentName, type FetchContext, fetchPage, usualLimits } from './fetch.js';
import { ReadPage } from './html.js';
import { isGood } from './pace.js';
import { reasons } from './reasons.js';
import { askRobots, crawlDelayOf, robotsOf, robotsStateOf } from './robots.js';
import { type Source, sourceFromUrl } from './source.js';
import { canonicalUrl, groupOf, hostOf } from './url.js';
import { visit } from './visit.js';

/** Looks at one address, as its source would where one is given (TLS, robots). Throws a UsageError where it is not an http or https address; what the net does is in the answer. */
export async function inspect(
  url: string,
  options: { allowPrivate: boolean; signal?: AbortSignal; source?: Source; contact?: string },
): Promise<Inspection> {
  const source = options.source ?? sourceFromUrl(url, { place: null });
  const address = canonicalUrl(url);
  const guard = { allowPrivate: options.allowPrivate };
  const agents = new Agents(guard, usualLimits);
  const context: FetchContext = {
    agents,
    guard,
    limits: usualLimits,
    tls: { legacy: source.tls?.legacy ?? false, anyCertificate: source.tls?.anyCertificate ?? false },
    knownTls: null,
    cookies: new Cookies(),
    ...(options.contact ? { contact: options.contact } : {}),
  };
  try {
    const robotsPage = (await fetchPage(requestFor(new URL('/robots.txt', address).href, 'robots'), context)).page;
    const robots = robotsAnswer(robotsPage, address);
    const notes = robotsPage.reason ? [reasons.robots({ reason: robotsPage.reason })] : [];
    const nothing = { url: address, robots, page: null, family: null, items: [], next: [], total: null };
    if (!robots.allowed && source.ignoreRobots === undefined)
      return { ...nothing, notes: [...notes, reasons.wouldNotAsk({ reason: robots.rule ?? robots.state })] };
    const { page } = await fetchPage(requestFor(address, 'list'), context);
    const seen = look(page, source);
    if (page.reason) notes.push(page.reason);
    const data = seen.items.length === 0 && seen.data ? await lookAtData(seen.data, address, context) : null;
    const { data: _data, ...found } = seen;
    return { ...nothing, ...found, ...data, robots, notes };
  } finally {
    await agents.close();
  }
}

const requestFor = (url: string, kind: RequestKind) => ({ url, kind, source: 'inspect', depth: 0 });

function robotsAnswer(page: Page, address: string): Inspection['robots'] {
  const { outcome } = page;
  const state = robotsStateOf(outcome, page.status);
  const robots = robotsOf(page);
  if (!robots) return { state, outcome, allowed: false, rule: null, crawlDelay: null };
  return { state, outcome, ...askRobots(robots, agentName, address), crawlDelay: crawlDelayOf(robots, agentName) };
}

type Found = Pick<Inspection, 'page' | 'family' | 'items' | 'next' | 'total'>;

/** The page judged as a crawl would, and the list that is read from it; `data` where its rows come from elsewhere. */
function look(fetched: Page, source: Source): Found & { data?: NextRequest } {
  const host = hostOf(fetched.request.url);
  const request = { ...fetched.request, host, group: groupOf(host) };
  const seen = visit(fetched, {
    source,
    claim: { id: 0, request, attempts: 0, etag: null, lastModified: null, sha256: null, textHash: null },
    keptBody: null,
    scope: new Set([request.group]),
    listMemory: () => new Set(),
  });
  const { page } = seen;
  const asList = isGood(page.outcome) && page.request.kind === 'list' && page.body && seen.listPage;
  if (!asList) return { page, family: null, items: [], next: [], total: null };
  const reading = readList({ page: ReadPage.of(page) }, source.family);
  const data = reading.next.find((each) => each.kind === 'data');
  return { page, family: reading.family, ...foundBy(reading), ...(data ? { data } : {}) };
}

const foundBy = (reading: ListReading): Pick<Found, 'items' | 'next' | 'total'> => ({
  items: reading.items,
  next: reading.next.map((each) => each.url),
  total: reading.total ?? null,
});

/** The rows of the first part of a list whose page is a shell. */
async function lookAtData(
  data: NextRequest,
  list: string,
  context: FetchContext,
): Promise<Pick<Found, 'items' | 'next' | 'total'> | null> {
  const form = data.form === undefined ? {} : { form: data.form };
  const { page } = await fetchPage({ ...requestFor(data.url, 'data'), ...form, referrer: list }, context);
  return isGood(page.outcome) ? foundBy(readList({ page: ReadPage.of(page), list, ...form }, data.family)) : null;
}
