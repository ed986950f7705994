// The five shared sites, crawled from their start pages with nothing but address and place: every listed article arrives exactly
// once, also where every seventh request fails.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrawlEvent, CrawlReport } from '../../crawlers/index.js';
import { crawl, sourceFromUrl } from '../../crawlers/index.js';
import { MemoryFrontier } from '../helpers/memory-frontier.js';
import { haveSharedSites, type ServedSites, type SharedSite, serveSharedSites } from '../helpers/shared-sites.js';

interface Crawled {
  report: CrawlReport;
  kept: string[];
  frontier: MemoryFrontier;
}

async function crawlSite(site: SharedSite): Promise<Crawled> {
  const frontier = new MemoryFrontier();
  const kept: string[] = [];
  const onEvent = (event: CrawlEvent): void => {
    if (event.type === 'kept') kept.push(event.page.request.url);
  };
  const source = sourceFromUrl(site.start, { place: site.place });
  const report = await crawl(source, frontier, { allowPrivate: true, noDelay: true, onEvent });
  return { report, kept, frontier };
}

const attachments: Record<string, number> = { qufu: 3 };
const families: Record<string, string> = {
  rushan: 'trs',
  qufu: 'jcms',
  kaizhou: 'links',
  zichuan: 'script',
  yanggu: 'links',
};

describe.skipIf(!haveSharedSites).each([false, true])(
  'the shared sites (needs ../shared/sites), faults %s',
  (faults) => {
    const folder = mkdtempSync(join(tmpdir(), 'xianjian-sites-'));
    let served: ServedSites;
    let crawled: Record<string, Crawled>;

    beforeAll(async () => {
      served = await serveSharedSites(join(folder, 'log.jsonl'), faults);
      const all = await Promise.all(served.sites.map(async (site) => [site.name, await crawlSite(site)] as const));
      crawled = Object.fromEntries(all);
    });
    afterAll(() => {
      served?.stop();
      rmSync(folder, { recursive: true });
    });

    it.each(['rushan', 'qufu', 'kaizhou', 'zichuan', 'yanggu'])('%s', (name) => {
      const site = served.sites.find((each) => each.name === name)!;
      const { report, kept } = crawled[name]!;
      expect(report).toMatchObject({
        end: 'complete',
        reasons: [],
        articles: site.listed,
        attachments: attachments[name] ?? 0,
      });
      expect(report.lists).toMatchObject([
        { url: site.start, family: families[name], items: site.listed, end: 'complete' },
      ]);
      expect(kept).toHaveLength(site.listed + (attachments[name] ?? 0));
      expect(new Set(kept).size).toBe(kept.length);
      expect(kept).toContain(site.article);
    });

    it('asks for nothing twice but what failed', () => {
      const answered = served.requests().filter((each) => each.status === 200 && !each.url.endsWith('robots.txt'));
      const times = new Map<string, number>();
      for (const { site, method, url } of answered) {
        const key = `${site} ${method} ${url}`;
        times.set(key, (times.get(key) ?? 0) + 1);
      }
      expect([...times].filter(([, count]) => count > 1)).toEqual([]);
    });

    it('keeps the bytes under their hash', () => {
      const { frontier } = crawled.yanggu!;
      const article = frontier.runs[0]!.snapshots.find((page) => page.request.kind === 'article')!;
      expect(frontier.bodies.get(article.sha256!)).toEqual(article.body);
      expect(new TextDecoder('gb18030').decode(article.body!)).toContain('阳谷');
    });
  },
);
