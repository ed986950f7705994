// Addresses: resolving links, one canonical form for one address, the key under which hosts share a clock, scope and traps.
// The query is never parsed: a GBK page's query strings are GBK bytes, and any parser would rewrite them. Pure.

import { reasons } from './reasons.js';
import { encodeGbk } from './text.js';

/** Twice what RFC 9110 §4.1 asks of every server; pages write whole texts and pictures into links. */
const longestLink = 16_000;

/**
 * Resolves a link as a page wrote it. Gives null for what cannot be fetched over http (mailto, javascript, data, broken links).
 * Takes the address of the page, or of its `<base>`, and the page's encoding: browsers write raw characters in a query with the
 * bytes of the page they stand on.
 */
export function resolveLink(link: string, base: string, encoding = 'utf-8'): string | null {
  const trimmed = link.replace(/[\t\n\r]/g, '').trim();
  if (!trimmed || trimmed.length > longestLink || trimmed.startsWith('#')) return null;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return null;
  const baseQuery = splitUrl(base).query;
  const { path, query } = splitUrl(trimmed);
  let url: URL;
  try {
    url = new URL(path.replaceAll('\\', '/'), base);
  } catch {
    return null;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const own = query !== null && encoding === 'gb18030' ? query.replace(/[^\u0000-\u007f]+/g, encodeGbk) : query;
  const kept = own ?? (path === '' ? baseQuery : null);
  url.search = '';
  url.hash = '';
  return canonicalUrl(kept === null ? url.href : `${url.href}?${kept}`);
}

/**
 * One form for one address: scheme and host in lower case, no default port, no user info, no fragment, no session id in the
 * path, dot segments resolved, escapes in upper case. Kept as they are: `www`, double slashes, `index.html`, the order and the
 * bytes of the query (characters outside ASCII become percent-encoded UTF-8, since a request line holds ASCII only).
 * Throws a TypeError where `address` is no absolute URL.
 */
export function canonicalUrl(address: string): string {
  const { path, query } = splitUrl(address);
  const url = new URL(path);
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname
    .replace(/;jsessionid=[^/;]*/gi, '')
    .replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());
  return query === null ? url.href : `${url.href}?${canonicalQuery(query)}`;
}

function canonicalQuery(query: string): string {
  return query
    .replace(/(^|&)jsessionid=[^&]*(?=&|$)/gi, '')
    .replace(/^&/, '')
    .replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())
    .replace(/[^\u0021-\u007e]|["<>#]/gu, (character) =>
      [...new TextEncoder().encode(character)]
        .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join(''),
    );
}

/** Parts an address at its first `?`; the fragment is dropped. The query is null where there is none. */
function splitUrl(address: string): { path: string; query: string | null } {
  const hash = address.indexOf('#');
  const rest = hash < 0 ? address : address.slice(0, hash);
  const mark = rest.indexOf('?');
  return mark < 0 ? { path: rest, query: null } : { path: rest.slice(0, mark), query: rest.slice(mark + 1) };
}

/** The raw query of an address without its `?`, '' where there is none. */
export function rawQuery(address: string): string {
  return splitUrl(address).query ?? '';
}

/** The value of a query parameter as its raw bytes stand, null where it is missing. */
export function queryValue(address: string, name: string): string | null {
  for (const pair of rawQuery(address).split('&')) {
    const [key, value = ''] = pair.split('=', 2);
    if (key?.toLowerCase() === name.toLowerCase()) return value;
  }
  return null;
}

/** The address with raw query parameters set (null: removed), the others untouched and in their order. */
export function withQuery(address: string, values: Record<string, string | number | null>): string {
  const { path, query } = splitUrl(address);
  const left = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), { key, value }]));
  const pairs: string[] = [];
  for (const pair of query ? query.split('&') : []) {
    const name = pair.split('=', 1)[0]!.toLowerCase();
    const change = left.get(name);
    if (!change) {
      if (!Object.keys(values).some((key) => key.toLowerCase() === name)) pairs.push(pair);
      continue;
    }
    left.delete(name);
    if (change.value !== null) pairs.push(`${pair.split('=', 1)[0]}=${change.value}`);
  }
  for (const { key, value } of left.values()) if (value !== null) pairs.push(`${key}=${value}`);
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

/** Host with port, as robots.txt and TLS see it. */
export function hostOf(address: string): string {
  return new URL(address).host;
}

/** Second-level names under a country's domain that are no registrable names themselves. */
const publicSecondLevel = new Set(
  (
    'ac com edu gov mil net org ' +
    'ah bj cq fj gd gs gx gz ha hb he hi hk hl hn jl js jx ln mo nm nx qh sc sd sh sn sx tj tw xj xz yn zj'
  ).split(' '),
);

/**
 * The key under which hosts share one clock and one connection: the registrable domain, since a county's bureaus are names on
 * one machine; for addresses and single names the host with its port.
 */
export function groupOf(host: string): string {
  const name = host.replace(/:\d+$/, '');
  const labels = name.split('.');
  if (name.startsWith('[') || labels.length < 2 || /^\d+$/.test(labels.at(-1)!)) return host;
  const country = labels.at(-1)!.length === 2;
  return labels.slice(country && publicSecondLevel.has(labels.at(-2)!) ? -3 : -2).join('.');
}

/** Extensions of files beside an article, by what people list: text, tables, archives, signed formats. */
const extensions = 'pdf|docx?|xlsx?|wps|et|dps|pptx?|ofd|ceb|zip|rar|7z|rtf|csv';
const attachmentExtension = new RegExp(`\\.(?:${extensions})$`, 'i');
/** The same anywhere in a page's source, also where the dot is written as an entity or a percent byte. */
const extensionWithin = new RegExp(`(?:\\.|%2e|&#0*46;|&#x0*2e;|&period;)(?:${extensions})(?![a-z0-9])`, 'i');

/** Whether a page's source can hold the address of a file; where it cannot, no tree need be built to look for one. */
export const mayNameAttachment = (source: string): boolean => extensionWithin.test(source);

/** Whether an address names a file: by its path, or by a file name inside its query (downfile.jsp?filename=…). */
export function isAttachmentUrl(address: string): boolean {
  const { path, query } = splitUrl(address);
  if (attachmentExtension.test(path)) return true;
  return query?.split('&').some((pair) => attachmentExtension.test(pair.split('=', 2)[1] ?? '')) ?? false;
}

/** Extensions that are never worth a fetch: images, style, script, sound, moving pictures, programs. */
const otherExtension =
  /\.(?:jpe?g|png|gif|bmp|webp|svg|ico|css|js|mjs|map|woff2?|ttf|eot|mp[34]|avi|flv|wmv|mov|wav|swf|exe|apk|dmg|msi)$/i;

/** Whether an address can be a page. */
export function isPageUrl(address: string): boolean {
  const { path } = splitUrl(address);
  return !otherExtension.test(path) && !isAttachmentUrl(address);
}

/**
 * Why an address looks like a crawl trap, null where it does not: too long, too many segments, or a segment (or a pair of
 * them) repeated as relative links gone wrong do. After Heritrix.
 */
export function trapReason(address: string): string | null {
  if (address.length > 2000) return reasons.longAddress({ count: address.length });
  const segments = new URL(address).pathname.split('/').filter(Boolean);
  if (segments.length > 20) return reasons.manySegments({ count: segments.length });
  for (const width of [1, 2, 3]) {
    for (let at = 0; at + 3 * width <= segments.length; at++) {
      const piece = segments.slice(at, at + width).join('/');
      const second = segments.slice(at + width, at + 2 * width).join('/');
      const third = segments.slice(at + 2 * width, at + 3 * width).join('/');
      if (piece === second && piece === third) return reasons.repeatedSegment({ segment: piece });
    }
  }
  return null;
}
