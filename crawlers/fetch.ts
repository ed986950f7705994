// One request over HTTP: guard, TLS profile, redirects by hand, caps, content encoding. What happens is a value: nothing here throws.
import { createHash } from 'node:crypto';
import { type Dispatcher, request as send } from 'undici';
import { withoutCredentials } from '../src/model/address.js';
import { packageVersion } from '../src/model/package-root.js';
import type { CrawlRequest, Outcome, Page } from '../src/model/page.js';
import { type Agents, type HostTls, type TlsChoice, type TlsProfile, tlsLadder } from './agents.js';
import { readBody, undoContentEncoding } from './content.js';
import type { Cookies } from './cookies.js';
import { type Failure, failureOf, outcomeOfStatus } from './failure.js';
import { forbiddenUrl, type Guard } from './guard.js';
import { isJson } from './json-body.js';
import { retryAfterMs } from './pace.js';
import { reasons } from './reasons.js';
import { groupOf, hostOf, resolveLink } from './url.js';

/** The product token that robots.txt files are read for. */
export const agentName = 'xianjian';

/** The User-Agent header; `contact` is where the owner of a site can write to. */
const userAgent = (contact: string | undefined): string =>
  `${agentName}/${packageVersion} (county education policy research; obeys robots.txt${contact ? `; ${contact}` : ''})`;

export interface FetchLimits {
  connectMs: number;
  headersMs: number;
  idleMs: number;
  /** From the first byte sent to the last received, all redirects together. */
  totalMs: number;
  maxHeaderBytes: number;
  /** Of a page, as sent and as unpacked; attachments have their own. */
  maxBytes: number;
  maxAttachmentBytes: number;
  maxAttachmentMs: number;
  redirects: number;
}

export const usualLimits: FetchLimits = {
  connectMs: 15_000,
  headersMs: 20_000,
  idleMs: 20_000,
  totalMs: 90_000,
  maxHeaderBytes: 64 * 1024,
  maxBytes: 16 * 1024 * 1024,
  maxAttachmentBytes: 64 * 1024 * 1024,
  maxAttachmentMs: 600_000,
  redirects: 8,
};

export interface FetchContext {
  agents: Agents;
  guard: Guard;
  limits: FetchLimits;
  tls: TlsChoice;
  /** The TLS profile that is known to work for the host. */
  knownTls: string | null;
  cookies: Cookies;
  /** Conditional headers. */
  validators?: { etag: string | null; lastModified: string | null };
  /** Why a redirect may not be followed (robots.txt of this host), null where it may. */
  forbidsHop?: (url: string) => string | null;
  /** Content-Type of a POST where it is no form. */
  contentType?: string;
  /** Where the owner of a site can write to. */
  contact?: string;
  /** Recorded with the page. */
  settings?: Record<string, string>;
}

export interface Fetched {
  page: Page;
  /** Milliseconds that the answer asks to wait, null where it asks nothing. */
  retryAfter: number | null;
  tlsProfile: HostTls | null;
  /** Where a `moved` page went. */
  movedTo?: string;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | null;
  failure: Failure | null;
}

/** Fetches one address. Redirects inside the host's group are followed, each hop guarded; beyond it the outcome is `moved`. */
export async function fetchPage(request: CrawlRequest, context: FetchContext): Promise<Fetched> {
  const started = Date.now();
  const deadline = started + (request.kind === 'attachment' ? context.limits.maxAttachmentMs : context.limits.totalMs);
  const visited = new Set<string>();
  let url = request.url;
  let form = request.form;
  let profile: HostTls | null = null;
  if (context.knownTls === 'plain' && mayGoPlain(request, context)) {
    profile = 'plain';
    url = plainAddress(url);
  }
  const finish = (answer: Answer, outcome: Outcome, reason?: string, movedTo?: string): Fetched => {
    const retryAfter = outcome === 'rate_limited' || outcome === 'server_error' || outcome === 'blocked';
    return {
      page: pageOf(request, url, answer, outcome, reason, started, settingsOf(context, profile)),
      retryAfter: retryAfter ? retryAfterMs(answer.headers['retry-after'], Date.now(), answer.headers.date) : null,
      tlsProfile: profile,
      ...(movedTo === undefined ? {} : { movedTo }),
    };
  };
  for (;;) {
    const forbidden = forbiddenUrl(url, context.guard);
    if (forbidden !== null) return finish(noAnswer, 'unsafe', forbidden);
    const asked = await askWithLadder(url, form, request, context, deadline);
    const { answer } = asked;
    if (profile !== 'plain') profile = asked.profile;
    if (answer.failure && profile !== 'plain' && isWithoutTls(answer.failure, url) && mayGoPlain(request, context)) {
      profile = 'plain';
      url = plainAddress(url);
      continue;
    }
    if (answer.failure) return finish(answer, answer.failure.outcome, answer.failure.reason);
    const target = redirectTarget(answer, url);
    if (target === null) return finishAnswer(answer, finish);
    visited.add(url);
    if (visited.has(target) && !answer.headers['set-cookie'])
      return finish(answer, 'trap', reasons.redirectLoop({ url: target }));
    if (visited.size > context.limits.redirects)
      return finish(answer, 'trap', reasons.redirects({ most: context.limits.redirects }));
    const unsafe = forbiddenUrl(target, context.guard);
    if (unsafe !== null) return finish(answer, 'unsafe', reasons.redirectRefused({ url: target, reason: unsafe }));
    // The rules that another host gives are those of the host that was asked (RFC 9309 2.3.1.2).
    if (request.kind !== 'robots' && groupOf(hostOf(target)) !== groupOf(hostOf(request.url))) {
      return finish(answer, 'moved', reasons.redirect({ url: target }), target);
    }
    const denied = context.forbidsHop?.(target) ?? null;
    if (denied !== null) return finish(answer, 'denied', reasons.redirectRefused({ url: target, reason: denied }));
    if (answer.status !== 307 && answer.status !== 308) form = undefined;
    url = target;
  }
}

function finishAnswer(answer: Answer, finish: (answer: Answer, outcome: Outcome, reason?: string) => Fetched): Fetched {
  const { status } = answer;
  if (status >= 300 && status < 400 && status !== 304) {
    return finish(answer, 'unsupported', reasons.noLocation({ status }));
  }
  const outcome = outcomeOfStatus(status, answer.headers['retry-after'] !== undefined);
  if (outcome === 'ok' && (answer.body === null || answer.body.length === 0)) {
    return finish(answer, 'soft404', reasons.emptyBody({ status }));
  }
  return finish(
    answer,
    outcome,
    outcome === 'ok' || outcome === 'not_modified' ? undefined : reasons.status({ status }),
  );
}

const noAnswer: Answer = { status: 0, headers: {}, body: null, failure: null };

function settingsOf(context: FetchContext, profile: HostTls | null): Record<string, string> {
  return {
    ...context.settings,
    ...(profile && profile !== 'strict' ? { tls: profile } : {}),
    ...(profile && profile !== 'plain' && context.tls.anyCertificate ? { certificate: 'unchecked' } : {}),
  };
}

function pageOf(
  request: CrawlRequest,
  finalUrl: string,
  answer: Answer,
  outcome: Outcome,
  reason: string | undefined,
  started: number,
  settings: Record<string, string>,
): Page {
  const body = answer.body && answer.body.length > 0 ? answer.body : null;
  return {
    request,
    finalUrl,
    fetchedAt: new Date(started).toISOString(),
    status: answer.status,
    headers: answer.headers,
    body,
    sha256: body ? createHash('sha256').update(body).digest('hex') : null,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    tookMs: Date.now() - started,
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  };
}

/** The address a redirect names, null where the answer is none or its Location cannot be used. */
function redirectTarget(answer: Answer, url: string): string | null {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return null;
  const location = answer.headers.location;
  return location ? resolveLink(location, url) : null;
}

/**
 * Whether https may be given up: where the source allows old ways, or where a page that came over http links to it. Many sites are
 * http alone and print absolute https links (crawling research §3.8).
 */
const mayGoPlain = (request: CrawlRequest, { tls }: FetchContext): boolean =>
  tls.legacy || (request.referrer?.startsWith('http:') ?? false);

/** Whether no TLS came about, by whatever profile: no handshake, or nobody at its port. A refused certificate is another matter. */
const isWithoutTls = ({ outcome, tls }: Failure, url: string): boolean =>
  url.startsWith('https:') && (tls === 'handshake' || (outcome === 'unreachable' && new URL(url).port === ''));

const plainAddress = (url: string): string => url.replace(/^https:/, 'http:');

/** Asks with the first TLS profile of the host's ladder that the server takes. */
async function askWithLadder(
  url: string,
  form: string | undefined,
  request: CrawlRequest,
  context: FetchContext,
  deadline: number,
): Promise<{ answer: Answer; profile: TlsProfile | null }> {
  const secure = url.startsWith('https:');
  const ladder = secure ? tlsLadder(context.tls, context.knownTls) : (['strict'] as const);
  let answer = noAnswer;
  for (const profile of ladder) {
    const agent = context.agents.for(profile, context.tls.anyCertificate);
    answer = await ask(url, form, request, context, agent, deadline);
    if (answer.failure?.tls !== 'handshake') return { answer, profile: secure ? profile : null };
  }
  return { answer, profile: null };
}

async function ask(
  url: string,
  form: string | undefined,
  request: CrawlRequest,
  context: FetchContext,
  agent: Dispatcher,
  deadline: number,
): Promise<Answer> {
  const attachment = request.kind === 'attachment';
  const maxBytes = attachment ? context.limits.maxAttachmentBytes : context.limits.maxBytes;
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), Math.max(1, deadline - Date.now()));
  let status = 0;
  let headers: Record<string, string> = {};
  try {
    const response = await send(url, {
      dispatcher: agent,
      method: form === undefined ? 'GET' : 'POST',
      headers: headersFor(url, form, request, context),
      body: form ?? null,
      signal: giveUp.signal,
    });
    status = response.statusCode;
    headers = plainHeaders(response.headers);
    context.cookies.keep(url, response.headers['set-cookie']);
    const announced = Number(headers['content-length'] ?? 0);
    if (announced > maxBytes) {
      response.body.on('error', () => {}).destroy();
      return failed(status, headers, {
        outcome: 'too_big',
        reason: reasons.announced({ bytes: announced, most: maxBytes }),
      });
    }
    const raw = await readBody(response.body, maxBytes);
    const body = undoContentEncoding(raw, headers['content-encoding'], maxBytes);
    if (headers['content-encoding'] !== undefined) {
      const { 'content-encoding': encoding, ...rest } = headers;
      headers = { ...rest, 'x-orig-content-encoding': encoding! };
    }
    return { status, headers, body, failure: null };
  } catch (error) {
    if (giveUp.signal.aborted) return failed(status, headers, tooSlow);
    return failed(status, headers, failureOf(error, status !== 0));
  } finally {
    clearTimeout(timer);
  }
}

const tooSlow: Failure = { outcome: 'timeout', reason: reasons.tooSlow() };

function failed(status: number, headers: Record<string, string>, failure: Failure): Answer {
  return { status, headers, body: null, failure };
}

function headersFor(
  url: string,
  form: string | undefined,
  request: CrawlRequest,
  context: FetchContext,
): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': userAgent(context.contact),
    accept:
      request.kind === 'data' ? 'application/json, text/xml, */*;q=0.8' : 'text/html,application/xhtml+xml,*/*;q=0.8',
    'accept-language': 'zh-CN,zh;q=0.9',
    'accept-encoding': 'gzip, deflate, br',
  };
  if (request.referrer) headers.referer = request.referrer;
  if (request.kind === 'data') headers['x-requested-with'] = 'XMLHttpRequest';
  if (form !== undefined)
    headers['content-type'] =
      context.contentType ??
      (isJson(form) ? 'application/json; charset=UTF-8' : 'application/x-www-form-urlencoded; charset=UTF-8');
  const cookie = context.cookies.for(url);
  if (cookie) headers.cookie = cookie;
  if (context.validators?.etag) headers['if-none-match'] = context.validators.etag;
  if (context.validators?.lastModified) headers['if-modified-since'] = context.validators.lastModified;
  return headers;
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(', ') : value;
    plain[name.toLowerCase()] = name.toLowerCase() === 'location' ? withoutCredentials(bytesEscaped(text)) : text;
  }
  return plain;
}

/** Bytes outside ASCII that a header holds as they are, percent-encoded: in whatever encoding, they go back as they came. */
const bytesEscaped = (header: string): string =>
  header.replace(/[\u0080-\u00ff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
