// robots.txt: the shared cases as the bar, and cases of our own that cite RFC 9309.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askRobots, crawlDelayOf, parseRobots, robotsLifetime, robotsStateOf } from '../../crawlers/robots.js';

interface Case {
  name: string;
  robots: string;
  agent: string;
  url: string;
  allowed: boolean;
  crawlDelay?: number | null;
  sitemaps?: string[];
  tags?: string[];
}

const casesFile = join(resolve(import.meta.dirname, '../../..'), 'shared/robots-cases.json');
const cases: Case[] = existsSync(casesFile) ? JSON.parse(readFileSync(casesFile, 'utf8')) : [];

/** Cases decided otherwise, with the reason. */
const waived: Record<string, string> = {
  'index.html in a rule also means the folder #1':
    'Google alone reads index.html as the folder; RFC 9309 matches octets, and two addresses stay two addresses',
};

describe.skipIf(cases.length === 0)('the shared robots cases (needs ../shared/robots-cases.json)', () => {
  for (const each of cases) {
    it.skipIf(each.name in waived)(`${each.name}: ${each.agent} ${each.url}`, () => {
      const robots = parseRobots(each.robots);
      expect(askRobots(robots, each.agent, each.url).allowed).toBe(each.allowed);
      if (each.crawlDelay !== undefined) expect(crawlDelayOf(robots, each.agent)).toBe(each.crawlDelay);
      if (each.sitemaps) expect(robots.sitemaps).toEqual(each.sitemaps);
    });
  }

  it('waives only cases that exist', () => {
    for (const name of Object.keys(waived)) expect(cases.map((each) => each.name)).toContain(name);
  });
});

const ask = (text: string, url: string, agent = 'xianjian') =>
  askRobots(parseRobots(text), agent, `http://h.test${url}`);

describe('matching (RFC 9309 2.2.2)', () => {
  it('names the line that decided', () => {
    expect(ask('User-agent: *\nDisallow: /a/\nAllow: /a/b', '/a/b/c')).toEqual({ allowed: true, rule: 'Allow: /a/b' });
    expect(ask('User-agent: *\nDisallow: /a/', '/b')).toEqual({ allowed: true, rule: null });
  });

  it('lets Allow win a tie and the longer pattern win else', () => {
    expect(ask('User-agent: *\nDisallow: /page\nAllow: /page', '/page').allowed).toBe(true);
    expect(ask('User-agent: *\nAllow: /p\nDisallow: /page', '/page').allowed).toBe(false);
  });

  it('a shorter prefix still counts beside a longer one that does not match', () => {
    expect(ask('User-agent: *\nDisallow: /a\nDisallow: /ab/', '/ac').allowed).toBe(false);
  });

  it('reads * and $', () => {
    const text = 'User-agent: *\nDisallow: /*.doc$\nDisallow: /x*y*z';
    expect(ask(text, '/f/a.doc').allowed).toBe(false);
    expect(ask(text, '/f/a.docx').allowed).toBe(true);
    expect(ask(text, '/x1y2z3').allowed).toBe(false);
    expect(ask(text, '/x1z').allowed).toBe(true);
  });

  it('an escaped operator is a literal one', () => {
    expect(ask('User-agent: *\nDisallow: /p%2Aq', '/p*q').allowed).toBe(false);
    expect(ask('User-agent: *\nDisallow: /p%2Aq', '/pxxq').allowed).toBe(true);
    expect(ask('User-agent: *\nDisallow: /a%2Fb', '/a/b').allowed).toBe(true);
  });

  it('always allows robots.txt itself', () => {
    expect(ask('User-agent: *\nDisallow: /', '/robots.txt').allowed).toBe(true);
  });

  it('does not hang on a hostile pattern', () => {
    const begun = process.cpuUsage();
    ask(`User-agent: *\nDisallow: /${'*a'.repeat(2000)}$`, `/${'a'.repeat(4000)}b`);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2000);
  });
});

describe('groups (RFC 9309 2.2.1)', () => {
  it('merges groups of one agent and ignores * beside them', () => {
    const text =
      'User-agent: xianjian\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: XianJian\nDisallow: /b';
    expect(ask(text, '/a').allowed).toBe(false);
    expect(ask(text, '/b').allowed).toBe(false);
    expect(ask(text, '/c').allowed).toBe(true);
  });

  it('compares whole product tokens', () => {
    expect(ask('User-agent: xianjianbot\nDisallow: /', '/a').allowed).toBe(true);
    expect(ask('User-agent: xianjian/1.0\nDisallow: /', '/a').allowed).toBe(false);
  });

  it('reads an HTML page as no rules', () => {
    const page = '<!DOCTYPE html><html><head><title>404</title></head><body>Allow: me</body></html>';
    expect(parseRobots(page).groups).toEqual([]);
    expect(ask(page, '/a').allowed).toBe(true);
  });

  it('takes the largest crawl-delay that binds it', () => {
    const robots = parseRobots('User-agent: *\nCrawl-delay: 2.5\nDisallow: /x\nUser-agent: *\nCrawl-delay: 4');
    expect(crawlDelayOf(robots, 'xianjian')).toBe(4);
    expect(crawlDelayOf(parseRobots('User-agent: other\nCrawl-delay: 9'), 'xianjian')).toBeNull();
  });
});

describe('what the fetch of robots.txt means (RFC 9309 2.3.1)', () => {
  it.each([
    ['ok', 200, 'rules'],
    ['gone', 404, 'none'],
    ['refused', 401, 'none'],
    ['refused', 403, 'none'],
    ['trap', 302, 'none'],
    ['rate_limited', 429, 'unavailable'],
    ['server_error', 500, 'unavailable'],
    ['rate_limited', 503, 'unavailable'],
    ['timeout', 0, 'unavailable'],
    ['unreachable', 0, 'unavailable'],
    ['tls', 0, 'unavailable'],
    ['blocked', 403, 'unavailable'],
    ['blocked', 200, 'unavailable'],
    ['cut_short', 200, 'unavailable'],
  ] as const)('%s %i: %s', (outcome, status, state) => {
    expect(robotsStateOf(outcome, status)).toBe(state);
  });

  it('keeps answers a day and failures minutes', () => {
    expect(robotsLifetime('rules', 0)).toBe(86_400_000);
    expect(robotsLifetime('none', 0)).toBe(86_400_000);
    expect(robotsLifetime('unavailable', 1)).toBe(60_000);
    expect(robotsLifetime('unavailable', 3)).toBe(240_000);
    expect(robotsLifetime('unavailable', 30)).toBe(3_600_000);
  });
});
