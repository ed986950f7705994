// Static lists whose pager is drawn by a script: TRS WCM's createPageHTML in all its forms, the older template that writes the links
// itself, and setPage. The first page is `index.html`, the others `index_1.html`, `index_2.html`; what the first number is, the call
// itself tells.
import { listItems } from '../items.js';
import { reasons } from '../reasons.js';
import {
  type ListContext,
  type ListFamily,
  type ListReading,
  mostPages,
  type NextRequest,
  scriptNumber,
} from './family.js';
import { links } from './links.js';
import { argumentValue, callsOf, liveScripts } from './script-call.js';
import { itemsBySelectors } from './selectors.js';

interface Call {
  pages: number;
  /** The number of this page in the call's own counting. */
  current: number;
  base: string;
  extension: string;
  /** Numbers that follow; one of them may be the count of records. */
  rest: number[];
}

const setPage = /\.pagination\(\s*["']setPage["']\s*,\s*["']?(\d+)["']?\s*,\s*["']?(\d+)/;

export const staticPages: ListFamily = {
  name: 'trs',
  read(context) {
    const { page } = context;
    if (!/createPage|["']setPage["']|countPage|PageCount/i.test(page.text)) return null;
    const script = liveScripts(page);
    const named = fileName(page.url);
    const calls = [...callsOf(/createPage\w*/i, script)];
    const found = readCalls(calls, script, named) ?? readSetPage(script, named) ?? readTemplate(script, named);
    if (!found) return calls.length > 0 ? readUnclear(context) : null;
    const items = itemsBySelectors(context) ?? listItems(page, true);
    const total = found.rest.find(
      (each) => each > (found.pages - 1) * items.length && each <= found.pages * items.length,
    );
    return {
      family: 'trs',
      items,
      next: context.list ? [] : followingPages(found, context),
      pages: found.pages,
      ...(total !== undefined && items.length > 0 ? { total } : {}),
    };
  },
};

/** A page that calls for a pager of which no number can be read: its links are followed, and where there are none it says so. */
function readUnclear(context: ListContext): ListReading | null {
  const reading = links.read(context);
  if (!reading || reading.next.length > 0 || context.list !== undefined) return reading;
  return { ...reading, family: 'trs', scripted: true, problem: reasons.drawnPager() };
}

/** The file of an address without its number, and its extension; empty where the address is a folder. */
function fileName(url: string): { base: string; extension: string } {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  const [, base = '', extension = ''] = /^(.+?)(?:_\d+)?\.(\w{2,5})$/.exec(last) ?? [];
  return { base, extension };
}

const isNumber = (value: string | null | undefined): boolean => /^\d+$/.test(value ?? '');
const isBase = (value: string | null | undefined): value is string =>
  /^[\w./-]{1,300}$/.test(value ?? '') && /^(?:\.{0,2}\/)*[\w/-]*[A-Za-z_][\w-]*$/.test(value ?? '');
const isExtension = (value: string | null | undefined): value is string => /^\.?[a-z]{2,5}$/i.test(value ?? '');

/**
 * Reads `createPageHTML(total, current, "index", "html"…)`, `createPageHTML('paging', total, current, 'index', 'html', count)`, and
 * the forms that begin with a div or with the names. Where the call names no file, it is the page's own.
 */
function readCalls(calls: string[][], script: string, own: ReturnType<typeof fileName>): Call | null {
  for (const written of calls) {
    const values = written.map((each) => argumentValue(each, script));
    const at = values.findIndex((value, k) => isNumber(value) && isNumber(values[k + 1]));
    if (at < 0) continue;
    const name = [at + 2, at - 2].find((k) => isBase(values[k]) && isExtension(values[k + 1]));
    const base = name === undefined ? own.base : values[name]!;
    const extension = name === undefined ? own.extension : values[name + 1]!;
    if (!base || !extension) continue;
    const rest = values
      .slice(at + 2)
      .filter(isNumber)
      .map(Number);
    return {
      pages: Number(values[at]),
      current: Number(values[at + 1]),
      base,
      extension: extension.replace('.', ''),
      rest,
    };
  }
  return null;
}

function readSetPage(script: string, { base, extension }: ReturnType<typeof fileName>): Call | null {
  const met = setPage.exec(script);
  if (!met) return null;
  const [current, pages] = [Number(met[1]), Number(met[2])];
  return { current, pages, base: base || 'index', extension: extension || 'html', rest: [] };
}

/** The template of older TRS pages: `var currentPage = 0; var countPage = 3`, and links that it writes as `"index_" + nextPage`. */
function readTemplate(script: string, { base, extension }: ReturnType<typeof fileName>): Call | null {
  if (!/document\.write/.test(script) || !/_["']\s*\+|\+\s*["']_/.test(script)) return null;
  const pages = scriptNumber(script, '(?:countPage|_?n?PageCount)');
  const current = scriptNumber(script, '(?:currentPage|curr?Page|_?nCurrIndex)');
  if (pages === null || current === null) return null;
  const written = /["'.](s?html?|jhtml|shtm|aspx?|jsp|php)\\?["']/i.exec(script)?.[1];
  return { pages, current, base: base || 'index', extension: extension || (written ?? 'html'), rest: [] };
}

function followingPages(found: Call, { page }: ListContext): NextRequest[] {
  const last = new URL(page.url).pathname.split('/').at(-1) ?? '';
  const suffix = /_(\d+)\.\w+$/.exec(last);
  // A start inside the list: its own number is the current one in both countings; the first page is asked for too.
  const first = suffix ? Math.max(0, found.current - Number(suffix[1])) : found.current;
  const extension = /\.(\w+)$/.exec(last)?.[1] ?? found.extension;
  const next: NextRequest[] = [];
  for (let number = first; number < first + Math.min(found.pages, mostPages); number++) {
    if (number === found.current) continue;
    const name = number === first ? `${found.base}.${extension}` : `${found.base}_${number}.${extension}`;
    const url = page.resolve(name);
    if (url !== null) next.push({ url, kind: 'list', family: 'trs' });
  }
  return next;
}
