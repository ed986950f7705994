// Pagers that a library draws from numbers in a script: kkpager, laypage, the paginations of jQuery, and pages that hold their count in a
// variable. How many pages there are is read from the options; where the next one is, from what a choice would do.
import type { ReadPage } from '../html.js';
import { joined, sentTo } from './called-pager.js';
import { scriptNumber } from './family.js';
import { argumentValue, callsOf, liveScripts } from './script-call.js';

export interface ScriptPager {
  /** Pages that the script declares. */
  pages: number;
  /** Rows on one page, where the script says so. */
  size: number | null;
  /** The address of the page after this one, null where none can be read. */
  next: string | null;
}

const pagerCall = /[\w$.]{0,60}(?:pager|paging|pagination|laypage|fenye)[\w$.]{0,60}/i;
const pagesNames = 'pageCount|page_?total|totalPages?|total_pages?|countPages?|pages';
const recordsNames = 'count|totalData|totalRecords?|totalCount|totalNum|recordCount|records|total';
const sizeNames = 'limit|showData|pageSize|page_size|items_?per_?page|perPage|pageRows|rows|size';
const currentNames = 'pno|curr|current|currentPage|current_page|pageIndex|pageNo|curPage|pageNumber';
/** Names under which a callback is told which page was chosen. */
const chosen =
  /^(?:n|p|i|num|index|pn|pno|(?:\w+\.)?(?:curr?|current|getCurrent\(\)|page\w*|cur_?page\w*|current_?page\w*))$/i;

/** The pager of a page's scripts, null where they draw none. */
export function scriptPager(page: ReadPage): ScriptPager | null {
  if (!/pag(?:e|ing|ination)|fenye/i.test(page.text)) return null;
  const script = liveScripts(page);
  for (const written of callsOf(pagerCall, script)) {
    const options = written.find((each) => each.startsWith('{'));
    if (options === undefined) continue;
    const number = (names: string): number | null => optionNumber(options, names, script);
    const size = number(sizeNames);
    const records = number(recordsNames) ?? plainNumber(written[0], script);
    // kkpager's `total` counts pages, its `totalRecords` records.
    const total = /totalRecords/.test(options) ? optionNumber(options, 'total', script) : null;
    const pages = number(pagesNames) ?? total ?? (records !== null && size ? Math.ceil(records / size) : null);
    if (pages === null) continue;
    const current = number(currentNames) ?? ownNumber(page.url) ?? 1;
    return {
      pages,
      size,
      next: current < pages ? nextOf(options, ownNumber(page.url) ?? Math.max(current, 1), script, page) : null,
    };
  }
  const pages = scriptNumber(script, '(?:pageCount|totalPages?|pageTotal|countPage)');
  return pages === null ? null : { pages, size: null, next: null };
}

/** The number under one of several names of an options object; a name that comes first is believed first. */
function optionNumber(options: string, names: string, script: string): number | null {
  for (const name of names.split('|')) {
    const written = new RegExp(`(?<![\\w$.])["']?${name}["']?\\s*:\\s*([^,}\\n]+)`, 'i').exec(options)?.[1]?.trim();
    const value = written === undefined ? null : argumentValue(written, script);
    if (value !== null && /^\d+$/.test(value)) return Number(value);
  }
  return null;
}

function plainNumber(written: string | undefined, script: string): number | null {
  const value = written === undefined || written.startsWith('{') ? null : argumentValue(written, script);
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}

/** The number of the page that an address is, null where it tells none. */
function ownNumber(url: string): number | null {
  const { pathname, search } = new URL(url);
  const met = /[?&]\w*p(?:age|g|n)?\w*=(\d{1,5})(?:&|$)/i.exec(search) ?? /[_-](\d{1,5})\.\w+$/.exec(pathname);
  return met ? Number(met[1]) : null;
}

/** Where a choice of the next page would lead: what the callback sets the location to, or what a function for links gives back. */
function nextOf(options: string, current: number, script: string, page: ReadPage): string | null {
  const counts = (name: string): boolean => chosen.test(name);
  const scope = `${options}\n${script}`;
  const sent = sentTo(options, counts, current + 1, scope);
  if (sent !== null) return page.resolve(sent);
  for (const [, expression] of options.matchAll(/\breturn\s+([^;\n}]+)/g)) {
    const address = joined(expression!, counts, current + 1, scope);
    if (address !== null) return page.resolve(address);
  }
  return null;
}
