// The rows that an answer in JSON holds: the largest array of objects with an address and a title, or HTML inside it; and what it declares
// of its own length. Names of keys are what Chinese content systems use.
import { dateOfValue } from '../dates.js';
import { collapse, ReadPage } from '../html.js';
import { type ListItem, listItems } from '../items.js';
import type { ListContext } from './family.js';

const urlKeys = [
  'url',
  'link',
  'href',
  'docpuburl',
  'puburl',
  'pageurl',
  'weburl',
  'contenturl',
  'detailurl',
  'staticurl',
  'domainurl',
  'path',
  'address',
];
const titleKeys = [
  'title',
  'doctitle',
  'name',
  'subject',
  'showtitle',
  'listtitle',
  'infotitle',
  'articletitle',
  'headline',
  'topic',
];
const dateKeys = [
  'date',
  'pubdate',
  'pubtime',
  'publishdate',
  'publishtime',
  'publishedtime',
  'publishedtimestr',
  'docreltime',
  'docrelpubtime',
  'releasedate',
  'showdate',
  'createdate',
  'createtime',
  'inputtime',
  'cdate',
  'time',
  'display_publish_time',
  'first_publish_time',
  'created_at',
  'deploytime',
];
const totalKeys = [
  'total',
  'totalcount',
  'totalrecord',
  'totalrecords',
  'totalrow',
  'totalrows',
  'totalnum',
  'totalsize',
  'totalhits',
  'totalelements',
  'recordcount',
  'recordtotal',
  'recordstotal',
  'allcount',
  'numfound',
  'rowcount',
];
/** These may count the rows of one page as well. */
const countKeys = ['count', 'amount', 'rowscount'];
const pagesKeys = ['pages', 'pagecount', 'totalpage', 'totalpages', 'pagetotal', 'lastpage', 'last_page'];
/** Keys of systems that nobody named, by how they end. */
const urlKey = /^(?!.*(?:img|image|pic|photo|thumb|icon|cover|logo|video|file)).*(?:url|link|href)$/;
const titleKey = /(?:title|subject|headline)$/;
const dateKey = /(?:date|time)$/;

/** JSON, or JSONP: one call around it. Undefined where the text is neither. */
export function parseJson(text: string): unknown {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const inner = /^[[{]/.test(trimmed)
    ? trimmed
    : (/^[\w$.]+\s*\(\s*([[{][\s\S]*[\]}])\s*\)\s*;?$/.exec(trimmed)?.[1] ?? '');
  if (!inner) return undefined;
  try {
    return JSON.parse(inner);
  } catch {
    return undefined;
  }
}

/** The rows of the array that gives most items; null where no array gives any and none is empty under a fitting key. */
export function largestRows(value: unknown, page: ReadPage): ListItem[] | null {
  let best: ListItem[] | null = null;
  const visit = (at: unknown, depth: number): void => {
    if (depth > 8 || typeof at !== 'object' || at === null) return;
    if (Array.isArray(at)) {
      const rows = at.flatMap((each) => itemOf(each, page));
      if (at.length === 0 || rows.length * 2 >= at.length) if (best === null || rows.length > best.length) best = rows;
    }
    for (const child of Object.values(at)) visit(child, depth + 1);
  };
  visit(value, 0);
  return best;
}

/** The rows of the longest string that is HTML with links; null where there is none, or it has no rows. */
export function rowsOfHtml(value: unknown, { page, list }: ListContext): ListItem[] | null {
  let longest = '';
  const visit = (at: unknown, depth: number): void => {
    if (typeof at === 'string' && at.length > longest.length && /<a\s/i.test(at)) longest = at;
    else if (depth < 8 && typeof at === 'object' && at !== null)
      for (const child of Object.values(at)) visit(child, depth + 1);
  };
  visit(value, 0);
  const rows = longest === '' ? [] : listItems(new ReadPage(list ?? page.url, longest), true);
  return rows.length > 0 ? rows : null;
}

function itemOf(value: unknown, page: ReadPage): ListItem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const fields = new Map(Object.entries(value).map(([key, field]) => [key.toLowerCase(), field]));
  const link = textAt(fields, urlKeys, urlKey);
  const title = textAt(fields, titleKeys, titleKey);
  const url = link === null ? null : page.resolve(link);
  if (url === null || title === null) return [];
  const dates = [...dateKeys, ...[...fields.keys()].filter((key) => dateKey.test(key))];
  const date = dates.map((key) => dateOfValue(fields.get(key))).find((each) => each !== null) ?? null;
  return [{ url, title: collapse(title.replace(/<[^<>]*>/g, '')), date }];
}

/** The first text under one of the keys, else under a key that ends like them. */
function textAt(fields: Map<string, unknown>, keys: string[], like: RegExp): string | null {
  for (const key of [...keys, ...[...fields.keys()].filter((each) => like.test(each))]) {
    const value = fields.get(key);
    if (typeof value === 'string' && value.trim()) return value.trim();
  }
  return null;
}

/** What an answer of so many rows declares: its records and pages. A count that no other row is in is no total. */
export function declaredIn(value: unknown, rows: number): { total: number | null; pages: number | null } {
  const count = numberAt(value, countKeys);
  const total = numberAt(value, totalKeys) ?? (count !== null && count > rows ? count : null);
  return { total: total !== null && total < rows ? null : total, pages: numberAt(value, pagesKeys) };
}

/** A number under one of the keys: the key that is named first, in the outermost object that has it. */
function numberAt(value: unknown, keys: string[]): number | null {
  const found = new Map<string, number>();
  let layer: unknown[] = [value];
  for (let depth = 0; depth < 4; depth++) {
    for (const at of layer) {
      if (typeof at !== 'object' || at === null || Array.isArray(at)) continue;
      for (const [key, field] of Object.entries(at)) {
        const name = key.toLowerCase();
        if (keys.includes(name) && !found.has(name) && /^\d+$/.test(String(field))) found.set(name, Number(field));
      }
    }
    layer = layer.flatMap((at) =>
      typeof at === 'object' && at !== null && !Array.isArray(at) ? Object.values(at) : [],
    );
  }
  const first = keys.find((key) => found.has(key));
  return first === undefined ? null : found.get(first)!;
}
