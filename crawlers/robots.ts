// robots.txt: parser and matcher after RFC 9309, and what the status of its fetch means (RFC 9309 2.3.1). Pure.
import type { Outcome, Page } from '../src/model/page.js';
import { decodeBytes } from './text.js';

export interface RobotsRule {
  allow: boolean;
  /** As written in the file. */
  pattern: string;
  /** Normalised: percent-encoding equalised, ends with `$` where anchored. */
  normal: string;
}

export interface Robots {
  groups: { agents: string[]; rules: RobotsRule[]; crawlDelay: number | null }[];
  sitemaps: string[];
}

export interface RobotsVerdict {
  allowed: boolean;
  /** The line that decided, null where none matched. */
  rule: string | null;
}

/** The part of a robots.txt that is read (RFC 9309 2.5 asks for at least 500 KiB). */
const robotsByteLimit = 512 * 1024;

/** Spellings met in the wild that mean a known key. */
const keys: Record<string, 'agent' | 'allow' | 'disallow' | 'delay' | 'sitemap'> = {
  'user-agent': 'agent',
  useragent: 'agent',
  'user agent': 'agent',
  allow: 'allow',
  disallow: 'disallow',
  dissallow: 'disallow',
  dissalow: 'disallow',
  disalow: 'disallow',
  diasllow: 'disallow',
  disallaw: 'disallow',
  'crawl-delay': 'delay',
  crawldelay: 'delay',
  sitemap: 'sitemap',
  'site-map': 'sitemap',
};

/**
 * Parses the text of a robots.txt. Never fails: lines that are no rule (an HTML page, other keys) are passed over.
 * Takes decoded text; gives groups in file order and all sitemap lines.
 */
export function parseRobots(text: string): Robots {
  const robots: Robots = { groups: [], sitemaps: [] };
  let group: Robots['groups'][number] | null = null;
  let namingAgents = false;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const line = readLine(raw);
    if (!line) continue;
    const { key, value } = line;
    if (key === 'sitemap') {
      if (value) robots.sitemaps.push(value);
      continue;
    }
    if (key === 'agent') {
      if (!namingAgents || !group) {
        group = { agents: [], rules: [], crawlDelay: null };
        robots.groups.push(group);
      }
      group.agents.push(value);
      namingAgents = true;
      continue;
    }
    namingAgents = false;
    if (!group) continue;
    if (key === 'delay') {
      const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : null;
      if (seconds !== null) group.crawlDelay = Math.max(group.crawlDelay ?? 0, seconds);
    } else if (value) {
      group.rules.push({ allow: key === 'allow', pattern: value, normal: normalisePattern(value) });
    }
  }
  return robots;
}

function readLine(raw: string): { key: NonNullable<(typeof keys)[string]>; value: string } | null {
  const line = raw.split('#', 1)[0]!.trim();
  if (!line) return null;
  const colon = line.indexOf(':');
  if (colon > 0) {
    const key = keys[line.slice(0, colon).trim().toLowerCase()];
    return key ? { key, value: line.slice(colon + 1).trim() } : null;
  }
  // A forgotten colon: key and value parted by white space, exactly two words.
  const words = line.split(/\s+/);
  const key = words.length === 2 ? keys[words[0]!.toLowerCase()] : undefined;
  return key ? { key, value: words[1]! } : null;
}

/** The rules that bind an agent: all groups that name its product token, else all groups for `*` (RFC 9309 2.2.1). */
function groupsFor(robots: Robots, agent: string): Robots['groups'] {
  const product = productToken(agent);
  const named = robots.groups.filter((group) => group.agents.some((name) => productToken(name) === product));
  const chosen = product && named.length > 0 ? named : [];
  if (chosen.length > 0) return chosen;
  return robots.groups.filter((group) => group.agents.some((name) => name.split(/\s/, 1)[0] === '*'));
}

/**
 * The product token of an agent name, lower case: letters, `_` and `-` of its start (RFC 9309 2.2.1). A token that begins with
 * or goes on in other characters (360Spider) is taken whole up to a space or slash, so that its group stays its own.
 */
function productToken(name: string): string {
  return name.trim().split(/[\s/]/, 1)[0]!.toLowerCase();
}

/** Asks whether `agent` may fetch `url`. The longest matching pattern wins, Allow wins a tie (RFC 9309 2.2.2). */
export function askRobots(robots: Robots, agent: string, url: string): RobotsVerdict {
  const path = pathOf(url);
  if (path === '/robots.txt') return { allowed: true, rule: null };
  const normal = normalisePath(path);
  let best: RobotsRule | null = null;
  for (const group of groupsFor(robots, agent)) {
    for (const rule of group.rules) {
      if (!matches(rule.normal, normal)) continue;
      const longer = best === null || rule.normal.length > best.normal.length;
      if (longer || (rule.normal.length === best!.normal.length && rule.allow && !best!.allow)) best = rule;
    }
  }
  if (!best) return { allowed: true, rule: null };
  return { allowed: best.allow, rule: `${best.allow ? 'Allow' : 'Disallow'}: ${best.pattern}` };
}

/** Seconds between two requests that the file asks of `agent`, null where it asks for none. */
export function crawlDelayOf(robots: Robots, agent: string): number | null {
  const delays = groupsFor(robots, agent).flatMap((group) => (group.crawlDelay === null ? [] : [group.crawlDelay]));
  return delays.length > 0 ? Math.max(...delays) : null;
}

/** Path and query of a URL as written; no WHATWG parsing, since that would rewrite bytes. */
function pathOf(url: string): string {
  const withoutFragment = url.split('#', 1)[0]!;
  const rest = withoutFragment.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

const unreserved = /^[A-Za-z0-9._~-]$/;

/**
 * RFC 9309 2.2.2: octets outside ASCII are percent-encoded UTF-8, escapes of unreserved characters are decoded, hex digits are
 * upper case; escapes of reserved characters stay escapes. A literal `*` or `$` is written as its escape, so that the two signs
 * are free to be operators on the pattern's side.
 */
function normalisePath(path: string): string {
  return path.replace(/%([0-9A-Fa-f]{2})|[^\u0021-\u007e]|[<>"{}|\\^`*$]/gu, (met, hex: string | undefined) => {
    if (hex === undefined) return percentEncode(met);
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return unreserved.test(character) ? character : `%${hex.toUpperCase()}`;
  });
}

function percentEncode(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function normalisePattern(pattern: string): string {
  const rooted = /^[/*]/.test(pattern) ? pattern : `/${pattern}`;
  const anchored = rooted.endsWith('$');
  const pieces = (anchored ? rooted.slice(0, -1) : rooted).split(/\*+/);
  return pieces.map(normalisePath).join('*') + (anchored ? '$' : '');
}

/**
 * Matches a normalised pattern from the start of a normalised path: `*` is any run of characters, a last `$` the end.
 * Each piece between stars is searched once, leftmost, so a hostile pattern costs no more than pattern times path.
 */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const pieces = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  const first = pieces[0]!;
  if (!path.startsWith(first)) return false;
  if (pieces.length === 1) return !anchored || path.length === first.length;
  let position = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = path.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  const last = pieces.at(-1)!;
  if (!anchored) return path.indexOf(last, position) >= 0;
  return path.length - last.length >= position && path.endsWith(last);
}

/** What a fetch of robots.txt means. */
export type RobotsState = 'rules' | 'none' | 'unavailable';

/**
 * RFC 9309 2.3.1 with the answers that gate-keepers give: 2xx are rules, 4xx are no rules, and what keeps the file from being
 * read (5xx, 429, network, TLS, a challenge page) closes the host for now.
 */
export function robotsStateOf(outcome: Outcome, status: number): RobotsState {
  if (outcome === 'ok' || outcome === 'same' || outcome === 'not_modified') return 'rules';
  if (outcome === 'soft404' || outcome === 'too_big') return 'rules';
  // Redirects without end make the file as unavailable as a 404 (RFC 9309 2.3.1.2).
  if (outcome === 'gone' || outcome === 'unsupported' || outcome === 'trap') return 'none';
  if (outcome === 'refused' && status >= 400 && status < 500 && status !== 429) return 'none';
  return 'unavailable';
}

/** Milliseconds for which a robots answer is kept: a day for an answer, minutes, doubling up to an hour, for a failure. */
export function robotsLifetime(state: RobotsState, failedTries: number): number {
  if (state !== 'unavailable') return 24 * 3600_000;
  return Math.min(3600_000, 60_000 * 2 ** Math.max(0, failedTries - 1));
}

/** The rules in a fetched robots.txt, null where the host is closed for now. A page without rules allows everything. */
export function robotsOf(page: Page): Robots | null {
  const state = robotsStateOf(page.outcome, page.status);
  return state === 'unavailable' ? null : parseRobots(state === 'rules' ? robotsText(page) : '');
}

/** The part of a robots.txt that is read, as text. */
export function robotsText(page: Page): string {
  return page.body ? decodeBytes(page.body.subarray(0, robotsByteLimit)).text : '';
}
