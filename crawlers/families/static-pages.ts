// Static lists whose pager is drawn by a script: TRS WCM's createPageHTML in its three forms, and setPage. The first page is
// `index.html`, the others `index_1.html`, `index_2.html`; what the first number is, the call itself tells.
import { listItems } from '../items.js';
import { type ListContext, type ListFamily, mostPages, type NextRequest, scriptValue } from './family.js';
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

/** Arguments of a call as text: numbers, names and quoted words. */
const call =
  /\bcreatePage(?:HTML|Html|html)?\w*\s*\(\s*((?:"[^"]*"|'[^']*'|[\w$.]+)(?:\s*,\s*(?:"[^"]*"|'[^']*'|[\w$.]+))*)\s*\)\s*(?!\s*\{)/g;
const setPage = /\.pagination\(\s*["']setPage["']\s*,\s*(\d+)\s*,\s*(\d+)/;

export const staticPages: ListFamily = {
  name: 'trs',
  read(context) {
    const found = readCall(context.page.text) ?? readSetPage(context.page.text);
    if (!found) return null;
    const items = itemsBySelectors(context) ?? listItems(context.page, true);
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

/**
 * Reads `createPageHTML(total, current, "index", "html"…)`, `createPageHTML('paging', total, current, 'index', 'html', count)` and
 * the form whose first argument names a div. Names are looked up among the page's variables.
 */
function readCall(text: string): Call | null {
  const plain = text.replace(/<!--[\s\S]*?-->/g, '');
  for (const [whole, written] of plain.matchAll(call)) {
    if (/function\s*$/.test(plain.slice(Math.max(0, plain.indexOf(whole) - 10), plain.indexOf(whole)))) continue;
    const values = written!.split(',').map((each) => argumentValue(each.trim(), plain));
    const at = values.findIndex((value, k) => /^\d+$/.test(value ?? '') && /^\d+$/.test(values[k + 1] ?? ''));
    const [pages, current, base, extension] = [values[at], values[at + 1], values[at + 2], values[at + 3]];
    if (at < 0 || !base || !extension || !/^[\w-]+$/.test(base) || !/^\.?[a-z]{2,5}$/i.test(extension)) continue;
    const rest = values.slice(at + 4).filter((value): value is string => /^\d+$/.test(value ?? ''));
    return {
      pages: Number(pages),
      current: Number(current),
      base,
      extension: extension.replace('.', ''),
      rest: rest.map(Number),
    };
  }
  return null;
}

function argumentValue(argument: string, text: string): string | null {
  const quoted = /^(["'])(.*)\1$/.exec(argument);
  if (quoted) return quoted[2]!;
  return /^\d+$/.test(argument) ? argument : scriptValue(text, argument.replace(/[$.]/g, '\\$&'));
}

function readSetPage(text: string): Call | null {
  const met = setPage.exec(text);
  return met ? { current: Number(met[1]), pages: Number(met[2]), base: 'index', extension: 'html', rest: [] } : null;
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
