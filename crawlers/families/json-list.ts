// Lists that come as JSON, and the scripts that name their address. The rows are the largest array of objects that hold an address
// and a title; names of keys are what Chinese content systems use. UCAP's getInfoCommon and gkmlpt's API are of this kind too.
import { ReadPage } from '../html.js';
import { type ListItem, listItems, uniqueItems } from '../items.js';
import { bodyWith, isJson, queryOf } from '../json-body.js';
import { reasons } from '../reasons.js';
import { queryValue, withQuery } from '../url.js';
import { dataRequests } from './data-calls.js';
import type { ListContext, ListFamily, ListReading, NextRequest } from './family.js';
import { declaredIn, largestRows, parseJson, rowsOfHtml } from './json-rows.js';
import { parseLiteral } from './script-literal.js';

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
    const { page, list } = context;
    // Links of a row are written for the page that shows it.
    const shown = list === undefined ? page : new ReadPage(list, '', page.encoding);
    const rows = largestRows(value, shown) ?? rowsOfHtml(value, context);
    if (!rows && isFurther(context)) return { family: 'json', items: [], next: [] };
    if (!rows)
      return {
        family: 'json',
        items: [],
        next: [],
        scripted: true,
        problem: reasons.noRows({ url: context.page.url }),
      };
    const { total, pages } = declaredIn(value, rows.length);
    return { family: 'json', items: uniqueItems(rows), ...following(context, rows.length, total, pages) };
  },
};

/** Whether an address asks for another page than the first: behind the last one there may be nothing at all. */
function isFurther({ page, form }: ListContext): boolean {
  const address = addressOf(page.url, form);
  const number = (names: string[]): number => Math.max(0, ...names.map((name) => numericParameter(address, name) ?? 0));
  return number(pageParameters) > 1 || number(offsetParameters) > 1;
}

/** Rows that come as a piece of HTML where data was asked for: they go on by number until there are none. */
export function readFragment(context: ListContext): ListReading | null {
  const { page, list } = context;
  if (list === undefined) return null;
  const items = listItems(new ReadPage(list, page.text, page.encoding), true);
  if (items.length > 0) return { family: 'json', items, ...following(context, items.length, null, null) };
  if (isFurther(context)) return { family: 'json', items: [], next: [] };
  return { family: 'json', items: [], next: [], scripted: true, problem: reasons.noRows({ url: page.url }) };
}

function following(
  { page, form }: ListContext,
  rows: number,
  total: number | null,
  pages: number | null,
): Omit<ListReading, 'family' | 'items'> {
  const declared = { ...(total === null ? {} : { total }), ...(pages === null ? {} : { pages }) };
  if (rows === 0) return { next: [], ...declared };
  const step = nextStep(addressOf(page.url, form), rows, total, pages);
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
      : { url: page.url, form: formOf(step, form), kind: 'data', family: 'json' };
  return { next: [next], ...declared };
}

/** What was asked for as an address: that of the page, or the body of its POST as the query of one. */
const addressOf = (url: string, form: string | undefined): string =>
  form === undefined ? url : `http://form/?${isJson(form) ? queryOf(form) : form}`;

/** The body for an address made by {@link addressOf}, in the way of the body before. */
function formOf(address: string, before: string): string {
  const query = address.slice(address.indexOf('?') + 1);
  return isJson(before) ? bodyWith(before, query) : query;
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

/** A list whose rows a script fetches: the page itself has none, its scripts name where they are. */
export const scriptList: ListFamily = {
  name: 'script',
  read({ page, list }) {
    if (list !== undefined) return null;
    const inline = inlineRows(page);
    if (inline) return { family: 'script', items: inline, next: [] };
    const [next] = dataRequests(page);
    return next ? { family: 'script', items: [], next: [next] } : null;
  },
};

/** Characters of an array in a script at most, and of all that may be arrays together: brackets that nothing closes are soon many. */
const longestLiteral = 2_000_000;
const mostLookedThrough = 10_000_000;

/** Rows that stand in a script as an array of objects in JSON, at least two. */
function inlineRows(page: ReadPage): ListItem[] | null {
  let room = mostLookedThrough;
  for (const script of page.scripts) {
    for (const { index } of script.matchAll(/[[{]\s*[{"[]/g)) {
      if (room <= 0) return null;
      const written = balanced(script, index);
      room -= written.length || Math.min(script.length - index, longestLiteral);
      const value = parseJson(written) ?? parseLiteral(written);
      const rows = value === undefined ? null : largestRows(value, page);
      if (rows && rows.length >= 2) return uniqueItems(rows);
      if (value !== undefined) break;
    }
  }
  return null;
}

/** The bracketed expression that begins at a place, '' where it does not end. */
function balanced(text: string, start: number): string {
  let depth = 0;
  let quote = '';
  const end = Math.min(text.length, start + longestLiteral);
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
