// What one answer means for the crawl: the outcome corrected by what the page says (challenge, "not found", signpost, same text),
// the requests it leads to, and its part of a list. Pure: a page goes in, a visit comes out.

import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { type Claim, type FrontierRequest, furtherPage, type ListPage } from '../src/model/frontier.js';
import type { Outcome, Page, RequestKind } from '../src/model/page.js';
import { challengeKind, isSoft404, soft404Length, visibleLength } from './blocked.js';
import { type ListReading, readList } from './families/index.js';
import { askedByGet } from './families/jcms.js';
import { collapse, ReadPage, textOf, UnreadableTree } from './html.js';
import { attachmentLinks, columnLinks, frameLinks, type ListItem, looksLikeColumn } from './items.js';
import { isGood } from './pace.js';
import { reasons } from './reasons.js';
import { signpost } from './signpost.js';
import type { Source } from './source.js';
import { utf16Of } from './text.js';
import { canonicalUrl, groupOf, hostOf, isAttachmentUrl } from './url.js';

export interface Visit {
  page: Page;
  textHash: string | null;
  found: FrontierRequest[];
  listPage?: ListPage;
  /** Columns that a start page without a list of its own leads to. */
  columns?: FrontierRequest[];
  /** Rows of the list are known to be missing that only a script can show. */
  scripted?: boolean;
  /** For people. */
  notes: string[];
}

export interface VisitContext {
  source: Source;
  claim: Claim;
  /** The bytes of the last good answer, for a 304 and to compare main texts. */
  keptBody: Uint8Array | null;
  fingerprint?: ((page: Page) => string | null) | undefined;
  nextPart?: ((page: Page) => string | null) | undefined;
  /** Site groups that belong to the source. */
  scope: ReadonlySet<string>;
  /** What was read of a list before: addresses of its items, and hashes of its pages. */
  listMemory(list: string): Set<string>;
}

/** No page gives more items than this to the frontier; a sitemap may by its protocol. */
const mostItems = 5000;
const mostSitemapItems = 50_000;
/** Pages of this many characters of HTML are not looked at for "not found" in their text. */
const longestSoft404 = 60_000;
const listKinds: ReadonlySet<RequestKind> = new Set<RequestKind>(['list', 'data', 'sitemap']);

/** Judges a fetched page. A page that no parser should be given is what its status says, and no list. */
export function visit(fetched: Page, context: VisitContext): Visit {
  try {
    return judge(fetched, context);
  } catch (error) {
    if (!(error instanceof UnreadableTree || error instanceof RangeError)) throw error;
    if (listKinds.has(fetched.request.kind)) return unreadableList(fetched, context, error.message);
    return {
      ...comparedWithBefore(fetched, context),
      found: [],
      notes: [reasons.pageNote({ url: fetched.finalUrl, reason: error.message })],
    };
  }
}

function judge(fetched: Page, context: VisitContext): Visit {
  const text = readableText(fetched, context.keptBody);
  const page = text ? corrected(fetched, text) : fetched;
  const plain: Visit = { page, textHash: null, found: [], notes: [] };
  if (!isGood(page.outcome)) return askedOtherwise(page, context) ?? plain;
  if (text) {
    const target = page.outcome === 'ok' && page.request.kind !== 'data' ? signpost(text) : null;
    if (target !== null && target !== page.request.url && target !== page.finalUrl)
      return signposted(page, target, context);
  }
  if (listKinds.has(page.request.kind)) {
    return text ? visitList(page, text, context) : unreadableList(page, context, reasons.noText());
  }
  return visitLeaf(page, text, context);
}

/** A page as text, null where its bytes are no text; the kept bytes stand in where the answer was 304. */
function readableText(page: Page, keptBody: Uint8Array | null): ReadPage | null {
  let body = page.body ?? (page.outcome === 'not_modified' ? keptBody : null);
  if (!body) return null;
  if (body[0] === 0x1f && body[1] === 0x8b && listKinds.has(page.request.kind)) body = unzipped(body);
  if (!body || looksBinary(body)) return null;
  return ReadPage.of(body === page.body ? page : { ...page, body });
}

const mostUnzipped = 64 * 1024 * 1024;

function unzipped(body: Uint8Array): Uint8Array | null {
  try {
    return gunzipSync(body, { maxOutputLength: mostUnzipped });
  } catch {
    return null;
  }
}

/** Whether bytes are a file and no text: a zero byte early on that UTF-16 does not explain, or the signature of a PDF. */
function looksBinary(body: Uint8Array): boolean {
  if (utf16Of(body) !== null) return false;
  if (body[0] === 0x25 && body[1] === 0x50 && body[2] === 0x44 && body[3] === 0x46) return true;
  return body.subarray(0, 1024).includes(0);
}

/** The outcome after a look at the text: challenge pages at any status, "not found" pages at 200. */
function corrected(page: Page, text: ReadPage): Page {
  if (page.outcome === 'not_modified') return page;
  const kind = challengeKind(page.status, page.headers, text.text);
  if (kind !== null) return { ...page, outcome: 'blocked', reason: reasons.challenge({ kind }) };
  if (page.outcome !== 'ok' || page.request.kind === 'data' || !/^\s*</.test(text.text)) return page;
  const short = text.text.length < longestSoft404 && visibleLength(text.text, soft404Length) <= soft404Length;
  if (!isSoft404(text.title, short ? collapse(textOf(text.document)) : null)) return page;
  return { ...page, outcome: 'soft404', reason: reasons.saysMissing() };
}

const takesNoForm: ReadonlySet<Outcome> = new Set<Outcome>(['refused', 'gone', 'soft404', 'unsupported']);

/** A part of a JCMS list that its server refuses as a form is asked for once more with its parameters in the address. */
function askedOtherwise(page: Page, context: VisitContext): Visit | null {
  const { request } = context.claim;
  const refused = takesNoForm.has(page.outcome) || page.status === 500;
  const again = refused && request.family === 'jcms' && request.list ? askedByGet(request.url, request.form) : null;
  if (!again) return null;
  const moved: Page = { ...page, outcome: 'moved', reason: reasons.refusedForm({ status: page.status }) };
  return { page: moved, textHash: null, found: [nextRequest(again, request.list!, page, context)], notes: [] };
}

function signposted(page: Page, target: string, context: VisitContext): Visit {
  const moved: Page = { ...page, outcome: 'moved', reason: reasons.signpost({ url: target }) };
  return { page: moved, textHash: null, found: movedRequest(page, target, context), notes: [] };
}

/** The request that follows a page which moved, none where its new place is outside the source. */
export function movedRequest(
  page: Page,
  target: string,
  { claim, scope }: Pick<VisitContext, 'claim' | 'scope'>,
): FrontierRequest[] {
  const { request } = claim;
  const start = request.kind === 'list' && request.depth === 0;
  const url = canonicalUrl(target);
  if (!start && request.kind !== 'attachment' && !scope.has(groupOf(hostOf(url)))) return [];
  const { form: _form, ...rest } = request;
  return [{ ...rest, url, host: hostOf(url), group: groupOf(hostOf(url)), referrer: page.request.url }];
}

/** `same` where the bytes or the main text are those of the last good answer. */
function comparedWithBefore(page: Page, context: VisitContext): { page: Page; textHash: string | null } {
  const { claim } = context;
  if (page.outcome === 'not_modified') return { page: { ...page, sha256: claim.sha256 }, textHash: claim.textHash };
  if (page.sha256 !== null && page.sha256 === claim.sha256) {
    return { page: { ...page, outcome: 'same', reason: reasons.sameBytes() }, textHash: claim.textHash };
  }
  // The text of a first version is looked at when there is a second to compare it with.
  if (claim.sha256 === null) return { page, textHash: null };
  const { keptBody } = context;
  const before = claim.textHash ?? (keptBody ? fingerprintOf({ ...page, body: keptBody }, context) : null);
  const textHash = fingerprintOf(page, context);
  if (textHash !== null && textHash === before) {
    return { page: { ...page, outcome: 'same', reason: reasons.sameText() }, textHash };
  }
  return { page, textHash };
}

/** No fingerprint where making one fails: then bytes alone decide. */
function fingerprintOf(page: Page, { fingerprint }: VisitContext): string | null {
  try {
    return fingerprint?.(page) ?? null;
  } catch {
    return null;
  }
}

function visitLeaf(fetched: Page, text: ReadPage | null, context: VisitContext): Visit {
  const { page, textHash } = comparedWithBefore(fetched, context);
  const links = text && page.request.kind === 'article' ? attachmentLinks(text) : [];
  return {
    page,
    textHash,
    found: [...links.slice(0, mostItems).map((link) => leafRequest(link, page, context)), ...nextPartOf(page, context)],
    notes: [],
  };
}

/** The request for the page on which an article goes on, marked by its family. A part is no deeper than the page before it. */
function nextPartOf(page: Page, { claim, keptBody, nextPart }: VisitContext): FrontierRequest[] {
  const body = page.body ?? keptBody;
  if (!nextPart || !body || page.request.kind !== 'article' || looksBinary(body)) return [];
  const next = nextPart({ ...page, body });
  if (next === null) return [];
  const url = canonicalUrl(next);
  const { family: _family, list: _list, form: _form, ...rest } = claim.request;
  if (hostOf(url) !== hostOf(page.finalUrl) || url === claim.request.url) return [];
  const host = hostOf(url);
  return [{ ...rest, kind: 'article', family: furtherPage, url, host, group: groupOf(host), referrer: page.finalUrl }];
}

/** The request for an item of a list or an attachment of an article. */
function leafRequest(item: ListItem, page: Page, { source, claim }: VisitContext): FrontierRequest {
  const host = hostOf(item.url);
  const { request } = claim;
  const inList = listKinds.has(request.kind);
  return {
    url: item.url,
    kind: isAttachmentUrl(item.url) ? 'attachment' : 'article',
    source: source.id,
    depth: request.depth + 1,
    referrer: inList ? (request.list ?? request.url) : page.finalUrl,
    ...(item.title ? { anchor: item.title } : {}),
    ...(item.date ? { listed: item.date } : {}),
    host,
    group: groupOf(host),
  };
}

function unreadableList(page: Page, context: VisitContext, why: string): Visit {
  const listPage = emptyListPage(context, reasons.noList({ url: page.finalUrl, reason: why }));
  return { page, textHash: null, found: [], listPage, notes: [] };
}

function emptyListPage({ claim }: VisitContext, problem: string): ListPage {
  const { request } = claim;
  return {
    list: request.list ?? request.url,
    url: request.url,
    family: request.family ?? 'none',
    items: 0,
    itemsHash: '',
    problem,
  };
}

function visitList(fetched: Page, text: ReadPage, context: VisitContext): Visit {
  const { source, claim } = context;
  const { request } = claim;
  const page =
    fetched.sha256 !== null && fetched.sha256 === claim.sha256 ? { ...fetched, outcome: 'same' as Outcome } : fetched;
  const reading = readList(listContext(text, context), request.family ?? source.family);
  if (request.list === undefined && request.kind === 'list' && isArticle(text, reading, request.url)) {
    return visitLeaf({ ...fetched, request: { ...fetched.request, kind: 'article' } }, text, {
      ...context,
      claim: { ...claim, request: { ...request, kind: 'article' } },
    });
  }
  const seen = listVisit(page, narrowed(reading, source), context);
  return request.kind === 'list' && request.list === undefined ? withColumns(seen, text, context) : seen;
}

/** Columns are followed this many links from a start page, and no more than so many from one page. */
const columnDepth = 2;
const mostColumns = 40;

/** Whether columns may be followed from a page: a start page at the top of its site, or a column found from one. */
function isHome(request: FrontierRequest): boolean {
  if (request.depth >= columnDepth) return false;
  return request.depth > 0 || new URL(request.url).pathname.split('/').filter(Boolean).length <= 1;
}

/** With topics, columns that speak of them are followed at once; without, they are named for a start page that gives nothing else. */
function withColumns(seen: Visit, text: ReadPage, { source, claim }: VisitContext): Visit {
  const { request } = claim;
  if (!source.topics && request.depth > 0) return seen;
  const frames = request.depth === 0 ? frameLinks(text).map((url) => ({ url, title: '' })) : [];
  const columns = [...frames, ...(isHome(request) ? columnLinks(text, source.topics) : [])]
    .slice(0, mostColumns)
    .map((column): FrontierRequest => {
      const host = hostOf(column.url);
      const { url, title } = column;
      return {
        url,
        kind: 'list',
        source: source.id,
        depth: request.depth + 1,
        referrer: text.url,
        anchor: title,
        host,
        group: groupOf(host),
      };
    });
  return source.topics ? { ...seen, found: [...seen.found, ...columns] } : { ...seen, columns };
}

function listContext(text: ReadPage, { source, claim }: VisitContext): Parameters<typeof readList>[0] {
  const { request } = claim;
  const fragment = source.start.find((start) => canonicalUrl(start) === request.url)?.split('#')[1];
  return {
    page: text,
    ...(request.form === undefined ? {} : { form: request.form }),
    ...(request.list === undefined ? {} : { list: request.list }),
    ...(fragment ? { fragment } : {}),
    ...(source.selectors ? { selectors: source.selectors } : {}),
  };
}

/** A focused crawl keeps the items that speak of its topics. */
function narrowed(reading: ListReading, source: Source): ListReading {
  const { topics } = source;
  if (!topics) return reading;
  return { ...reading, items: reading.items.filter((item) => topics.some((topic) => item.title.includes(topic))) };
}

/** Characters of running text outside links from which on a start page without a list is an article. */
const articleLength = 300;

/** Whether a start address shows one article: it does not continue, its address names no column, and its text outweighs its links. */
function isArticle(text: ReadPage, reading: ListReading, url: string): boolean {
  if (reading.next.length > 0 || looksLikeColumn(url) || reading.items.length > 20) return false;
  const linked = reading.items.reduce((sum, item) => sum + item.title.length, 0);
  const all = collapse(textOf(text.document)).match(/\p{Script=Han}/gu)?.length ?? 0;
  return all - linked >= articleLength && all > linked * 3;
}

const addressesIn = (memory: Set<string>): number => {
  let count = 0;
  for (const each of memory) if (each.includes('://')) count += 1;
  return count;
};

/** How a page that was read is remembered among the addresses of its list. */
export const pageMark = (family: string, itemsHash: string): string => `${family} ${itemsHash}`;

const longestMark = 300;

/** A body to tell one part of a list from another; the state of a page that ASP.NET sends to and fro is a matter of its own. */
const shortened = (form: string): string =>
  form.length <= longestMark ? form : createHash('sha256').update(form).digest('hex').slice(0, 16);

/** A list page as read: its items and further pages as requests, and its part in the list's end. */
export function listVisit(page: Page, reading: ListReading, context: VisitContext): Visit {
  const { request } = context.claim;
  const list = request.list ?? request.url;
  const most = reading.family === 'sitemap' ? mostSitemapItems : mostItems;
  const items = reading.items.filter((item) => item.url !== request.url).slice(0, most);
  const inScope = items.filter((item) => isAttachmentUrl(item.url) || context.scope.has(groupOf(hostOf(item.url))));
  const itemsHash = createHash('sha256')
    .update(items.map((item) => item.url).join('\n'))
    .digest('hex')
    .slice(0, 16);
  const memory = context.listMemory(list);
  // Rows that are pinned to the top of every page, or shown by HTML and JSON both, count once.
  const fresh = items.filter((item) => !memory.has(item.url));
  for (const item of fresh) memory.add(item.url);
  // Behind the last record some servers give the last page again.
  const all = reading.total !== undefined && addressesIn(memory) >= reading.total && request.kind === 'data';
  const repeats =
    items.length > 0 &&
    !(all && fresh.length === 0) &&
    (memory.has(pageMark(reading.family, itemsHash)) || (fresh.length === 0 && memory.has(reading.family)));
  const problem = repeats
    ? reasons.repeatsPage({ url: request.url })
    : (reading.problem ?? (reading.items.length > most ? reasons.manyItems({ most }) : undefined));
  if (items.length > 0) memory.add(reading.family).add(pageMark(reading.family, itemsHash));
  const goesOn = !repeats && !all && (items.length > 0 || request.list === undefined);
  const following = goesOn ? reading.next : reading.again && items.length === 0 ? [reading.again] : [];
  const next = following.map((each) => nextRequest(each, list, page, context));
  const listPage: ListPage = {
    list,
    url: request.form === undefined ? request.url : `${request.url}#${shortened(request.form)}`,
    family: reading.family,
    items: repeats ? 0 : reading.family === 'browser' ? items.length : fresh.length,
    itemsHash,
    ...(reading.total === undefined ? {} : { total: reading.total }),
    ...(reading.pages === undefined ? {} : { pages: reading.pages }),
    ...(problem === undefined ? {} : { problem }),
  };
  const outside = items.length - inScope.length;
  const notes = outside > 0 ? [reasons.itemsOutside({ count: outside, url: list })] : [];
  const found = [...next, ...inScope.map((item) => leafRequest(item, page, context))];
  return { page, textHash: null, found, listPage, notes, ...(reading.scripted ? { scripted: true } : {}) };
}

function nextRequest(
  next: ListReading['next'][number],
  list: string,
  page: Page,
  { source, claim }: VisitContext,
): FrontierRequest {
  const host = hostOf(next.url);
  return {
    url: next.url,
    kind: next.kind,
    source: source.id,
    depth: claim.request.depth,
    referrer: page.finalUrl,
    family: next.family,
    list,
    ...(next.form === undefined ? {} : { form: next.form }),
    host,
    group: groupOf(host),
  };
}
