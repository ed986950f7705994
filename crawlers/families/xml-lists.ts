// Lists made for machines: sitemap.xml with its index (sitemaps.org protocol), RSS 2.0 and Atom (RFC 4287). Read by regular
// expressions and not as a tree, since a sitemap may have a million lines.
import { listedDate } from '../dates.js';
import { collapse, contentsOf, withoutEnclosed } from '../html.js';
import { type ListItem, looksLikeColumn, uniqueItems } from '../items.js';
import { reasons } from '../reasons.js';
import { type ListContext, type ListFamily, type ListReading, mostPages, type NextRequest } from './family.js';

/** The protocol's own limit for one file. */
const mostAddresses = 50_000;

export const sitemap: ListFamily = {
  name: 'sitemap',
  read({ page }) {
    const head = page.text.slice(0, 2000);
    if (/<(?:\w+:)?sitemapindex\b/i.test(head)) return readIndex(page);
    if (/^\s*https?:\/\/\S+\s*(?:[\r\n]|$)/.test(head) && !head.includes('<')) return readUrls(page);
    return /<(?:\w+:)?urlset\b/i.test(head) ? readUrls(page) : null;
  },
};

function* locations(page: ListContext['page']): Generator<string> {
  // The protocol allows a text of addresses, one a line.
  const tag = /<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*<\/(?:\w+:)?loc>/gi;
  for (const met of page.text.matchAll(page.text.includes('<') ? tag : /^\s*(https?:\/\/\S+)\s*$/gm)) {
    const url = page.resolve(unescapeXml(met[1]!));
    if (url !== null) yield url;
  }
}

function readIndex(page: ListContext['page']): ListReading {
  const next: NextRequest[] = [];
  for (const url of locations(page)) {
    if (next.length >= mostPages)
      return { family: 'sitemap', items: [], next, problem: reasons.manySitemaps({ most: mostPages }) };
    next.push({ url, kind: 'sitemap', family: 'sitemap' });
  }
  return { family: 'sitemap', items: [], next };
}

function readUrls(page: ListContext['page']): ListReading {
  const items: ListItem[] = [];
  for (const url of locations(page)) {
    if (looksLikeColumn(url)) continue;
    if (items.length >= mostAddresses)
      return { family: 'sitemap', items, next: [], problem: reasons.manyAddresses({ most: mostAddresses }) };
    items.push({ url, title: '', date: null });
  }
  return { family: 'sitemap', items: uniqueItems(items), next: [] };
}

export const feed: ListFamily = {
  name: 'feed',
  read({ page }) {
    if (!/<(?:rss|feed|rdf:RDF)\b/i.test(page.text.slice(0, 2000))) return null;
    const entries = contentsOf(page.text, /<(?:item|entry)\b[^<>]*>/i, /<\/(?:item|entry)>/i);
    const outside = withoutEnclosed(page.text, /<(?:item|entry)\b[^<>]*>/i, /<\/(?:item|entry)>/i);
    const further = /<(?:atom:)?link\b[^<>]*\brel\s*=\s*["']next["'][^<>]*>/i.exec(outside)?.[0];
    const href = further ? /\bhref\s*=\s*["']([^"']+)/i.exec(further)?.[1] : undefined;
    const next = href ? page.resolve(unescapeXml(href)) : null;
    return {
      family: 'feed',
      items: uniqueItems(entries.flatMap((entry) => entryItem(entry, page))),
      next: next === null ? [] : [{ url: next, kind: 'list', family: 'feed' }],
    };
  },
};

function entryItem(entry: string, page: ListContext['page']): ListItem[] {
  const alternate = [...entry.matchAll(/<link\b([^<>]*)\/?>/gi)].map((match) => match[1]!);
  const href = alternate
    .filter((each) => !/rel\s*=\s*["'](?!alternate)/i.test(each))
    .map((each) => /href\s*=\s*["']([^"']+)/i.exec(each)?.[1]);
  const link = tagText(entry, 'link') || href.find((each) => each) || tagText(entry, 'guid');
  const url = link ? page.resolve(link.includes('&amp;') ? unescapeXml(link) : link) : null;
  if (url === null) return [];
  const date = tagText(entry, '(?:pubDate|dc:date|published|updated)');
  return [{ url, title: tagText(entry, 'title'), date: feedDate(date) }];
}

function tagText(entry: string, name: string): string {
  const met = new RegExp(`<${name}(?:\\s(?:[^<>]*[^<>/])?)?>([\\s\\S]*?)</`, 'i').exec(
    entry.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text: string) => escapeXml(text)),
  );
  return met ? collapse(unescapeXml(met[1]!)) : '';
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const beijingOffsetMs = 8 * 3600_000;

/** A feed's date in Beijing: with a zone it is converted, without one it is Beijing time already. */
function feedDate(text: string): string | null {
  const zoned = /(?:GMT|UTC|Z|[+-]\d{2}:?\d{2})\s*$/i.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(zoned)) return new Date(zoned + beijingOffsetMs).toISOString().slice(0, 10);
  const named = /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})/.exec(text);
  const month = named ? months.indexOf(named[2]!.toLowerCase()) + 1 : 0;
  return listedDate(month > 0 ? `${named![3]}-${month}-${named![1]}` : text);
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its character references resolved; names that XML does not know stay. */
export function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
    if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    return entities[name!.toLowerCase()] ?? whole;
  });
}

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
