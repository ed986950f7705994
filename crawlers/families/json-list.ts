// Lists that come as JSON, and the scripts that name their address. The rows are the largest array of objects that hold an address
// and a title; names of keys are what Chinese content systems use. UCAP's getInfoCommon and gkmlpt's API are of this kind too.
import { dateOfValue } from '../dates.js';
import { collapse, ReadPage } from '../html.js';
import { type ListItem, listItems, uniqueItems } from '../items.js';
import { reasons } from '../reasons.js';
import { queryValue, withQuery } from '../url.js';
import { type ListContext, type ListFamily, type ListReading, type NextRequest, scriptNumber } from './family.js';
import { parseLiteral } from './script-literal.js';

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
  'totalnum',
  'count',
  'recordcount',
  'recordtotal',
  'rowcount',
  'totalelements',
  'amount',
];
const pagesKeys = ['pages', 'pagecount', 'totalpage', 'totalpages', 'pagetotal', 'lastpage', 'last_page'];
/** Query parameters that count pages, and those that count rows. */
const pageParameters = [
  'page',
  'pageno',
  'pagenum',
  'pagenumber',
  'pageindex',
  'currpage',
  'currentpage',
  'cur_page',
  'curpage',
  'pn',
  'p',
];
const offsetParameters = ['start', 'offset', 'skip', 'from', 'startrow'];
const sizeParameters = ['pagesize', 'size', 'limit', 'rows', 'perpage', 'per_page', 'num', 'row', 'count'];

export const jsonList: ListFamily = {
  name: 'json',
  read(context) {
    const value = parseJson(context.page.text);
    if (value === undefined) return null;
    const rows = largestRows(value, context.page) ?? rowsOfHtml(value, context);
    if (!rows)
      return {
        family: 'json',
        items: [],
        next: [],
        scripted: true,
        problem: reasons.noRows({ url: context.page.url }),
      };
    const total = numberAt(value, totalKeys);
    const pages = numberAt(value, pagesKeys);
    return { family: 'json', items: uniqueItems(rows), ...following(context, rows.length, total, pages) };
  },
};

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

function following(
  { page, form }: ListContext,
  rows: number,
  total: number | null,
  pages: number | null,
): Omit<ListReading, 'family' | 'items'> {
  const declared = { ...(total === null ? {} : { total }), ...(pages === null ? {} : { pages }) };
  if (rows === 0) return { next: [], ...declared };
  const query = form ?? '';
  const address = form === undefined ? page.url : `http://form/?${query}`;
  const step = nextStep(address, rows, total, pages);
  if (step === 'end') return { next: [], ...declared };
  if (step === 'unknown') {
    const left = total !== null && rows < total;
    return {
      next: [],
      ...declared,
      ...(left ? { scripted: true, problem: reasons.noPageParameter({ total, rows }) } : {}),
    };
  }
  const next: NextRequest =
    form === undefined
      ? { url: step, kind: 'data', family: 'json' }
      : { url: page.url, form: step.slice(step.indexOf('?') + 1), kind: 'data', family: 'json' };
  return { next: [next], ...declared };
}

function nextStep(
  address: string,
  rows: number,
  total: number | null,
  pages: number | null,
): string | 'end' | 'unknown' {
  const offsetName = offsetParameters.find((name) => numericParameter(address, name) !== null);
  if (offsetName) {
    const reached = numericParameter(address, offsetName)! + rows;
    return total !== null && reached >= total ? 'end' : withQuery(address, { [offsetName]: reached });
  }
  const pageName = pageParameters.find((name) => numericParameter(address, name) !== null);
  if (!pageName) return total !== null && rows >= total ? 'end' : 'unknown';
  const current = numericParameter(address, pageName)!;
  const size =
    sizeParameters.map((name) => numericParameter(address, name)).find((each) => each !== null && each > 0) ?? rows;
  if (pages !== null && current >= pages) return 'end';
  // Pages count from 1 unless the first one asked for is 0; asking one page too many costs less than losing the last.
  if (total !== null && Math.max(current, 1) * size >= total && (current > 0 || size >= total)) return 'end';
  if (total === null && pages === null && rows < size) return 'end';
  return withQuery(address, { [pageName]: current + 1 });
}

function numericParameter(address: string, name: string): number | null {
  const value = queryValue(address, name);
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}

/** The rows of the array that gives most items; null where no array gives any and none is empty under a fitting key. */
function largestRows(value: unknown, page: ReadPage): ListItem[] | null {
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
function rowsOfHtml(value: unknown, { page, list }: ListContext): ListItem[] | null {
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
  const link = textAt(fields, urlKeys);
  const title = textAt(fields, titleKeys);
  const url = link === null ? null : page.resolve(link);
  if (url === null || title === null) return [];
  const date = dateKeys.map((key) => dateOfValue(fields.get(key))).find((each) => each !== null) ?? null;
  return [{ url, title: collapse(title.replace(/<[^>]*>/g, '')), date }];
}

function textAt(fields: Map<string, unknown>, keys: string[]): string | null {
  for (const key of keys) {
    const value = fields.get(key);
    if (typeof value === 'string' && value.trim()) return value.trim();
  }
  return null;
}

/** A number under one of the keys, looked for in the outer objects first. */
function numberAt(value: unknown, keys: string[]): number | null {
  let layer: unknown[] = [value];
  for (let depth = 0; depth < 4; depth++) {
    for (const at of layer) {
      if (typeof at !== 'object' || at === null || Array.isArray(at)) continue;
      for (const [key, field] of Object.entries(at)) {
        if (keys.includes(key.toLowerCase()) && /^\d+$/.test(String(field))) return Number(field);
      }
    }
    layer = layer.flatMap((at) =>
      typeof at === 'object' && at !== null && !Array.isArray(at) ? Object.values(at) : [],
    );
  }
  return null;
}

/** Calls and options by which a script asks for data; the address is the last group that matched. */
const dataCalls = [
  /\b(?:fetch|getJSON|axios(?:\.(?:get|post))?|\$\.(?:get|post)|jQuery\.(?:get|post)|\$http\.(?:get|post)|request)\s*\(\s*(["'`])([^"'`\n]{1,300}?)\1(\s*\+\s*[\w$.]+)?/g,
  /\b(?:url|dataUrl|dataurl|api|apiUrl|ajaxUrl|jsonUrl|listUrl|requestUrl|src)\s*[:=]\s*(["'`])([^"'`\n]{1,300}?)\1(\s*\+\s*[\w$.]+)?/g,
  /\.open\s*\(\s*["'](?:GET|POST)["']\s*,\s*(["'`])([^"'`\n]{1,300}?)\1(\s*\+\s*[\w$.]+)?/gi,
];
const isData = /\.json\b|\bjson\b|\/api\/|list|query|search|getinfo|page|article|news|data|channel|column|info/i;
const isNoData =
  /\.(?:js|css|html?|png|jpe?g|gif|svg|ico)(?:\?|$)|visit|count(?:er)?\b|stat(?:istics)?\b|login|weather|captcha|verify|share/i;

/** Addresses from which a page's scripts fetch data, likeliest first. Parts that a script computes are filled where it is plain. */
export function dataAddresses(page: ReadPage): string[] {
  const found = new Map<string, number>();
  for (const script of page.scripts) {
    for (const pattern of dataCalls) {
      for (const [, , written, joined] of script.matchAll(pattern)) {
        const link = fill(`${written}${joined ? `\${${joined.replace(/[\s+]/g, '')}}` : ''}`, script);
        if (link === null || !isData.test(link) || isNoData.test(link)) continue;
        const url = page.resolve(link);
        if (url !== null && url !== page.url)
          found.set(url, (/\.json\b|\/api\//i.test(link) ? 2 : 0) + (/list|page/i.test(link) ? 1 : 0));
      }
    }
  }
  return [...found]
    .sort((a, b) => b[1] - a[1])
    .map(([url]) => url)
    .slice(0, 3);
}

/** Fills `${page}` and the like: with the script's own value, else 1 for a page; null where a part stays unknown. */
function fill(template: string, script: string): string | null {
  let known = true;
  const filled = template.replace(/\$\{([^}]*)\}/g, (_, expression: string) => {
    const name = expression.trim().split('.').at(-1) ?? '';
    const value = /^\w+$/.test(name) ? scriptNumber(script, name) : null;
    if (value !== null) return String(value);
    if (/page|^p$|curr|index|^i$|^n$/i.test(name)) return '1';
    known = known && /size|limit|rows/i.test(name);
    return '20';
  });
  return known ? filled : null;
}

/** A list whose rows a script fetches: the page itself has none, its scripts name where they are. */
export const scriptList: ListFamily = {
  name: 'script',
  read({ page, list }) {
    if (list !== undefined) return null;
    const inline = inlineRows(page);
    if (inline) return { family: 'script', items: inline, next: [] };
    const next = dataAddresses(page).map((url): NextRequest => ({ url, kind: 'data', family: 'json' }));
    return next.length > 0 ? { family: 'script', items: [], next: next.slice(0, 1) } : null;
  },
};

/** Rows that stand in a script as an array of objects in JSON, at least two. */
function inlineRows(page: ReadPage): ListItem[] | null {
  for (const script of page.scripts) {
    for (const { index } of script.matchAll(/[[{]\s*[{"[]/g)) {
      const written = balanced(script, index);
      const value = parseJson(written) ?? parseLiteral(written);
      const rows = value === undefined ? null : largestRows(value, page);
      if (rows && rows.length >= 2) return uniqueItems(rows);
      if (value !== undefined) break;
    }
  }
  return null;
}

/** The bracketed expression that begins at a place, '' where it does not end within 2 MB. */
function balanced(text: string, start: number): string {
  let depth = 0;
  let quote = '';
  const end = Math.min(text.length, start + 2_000_000);
  for (let at = start; at < end; at++) {
    const sign = text[at]!;
    if (quote) {
      if (sign === '\\') at += 1;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (sign === '[' || sign === '{') depth += 1;
    else if ((sign === ']' || sign === '}') && --depth === 0) return text.slice(start, at + 1);
  }
  return '';
}
