// Hanweb JCMS, the older line: the first records stand in the page as XML inside a script element, the others come from
// dataproxy.jsp by record number. Records are snippets of HTML in CDATA.
import type { Element } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { listedDate } from '../dates.js';
import { collapse, contentsOf, elements, mostOfLink, ReadPage, textOf } from '../html.js';
import { type ListItem, listItems, uniqueItems } from '../items.js';
import { reasons } from '../reasons.js';
import { queryValue, rawQuery, withQuery } from '../url.js';
import {
  type ListContext,
  type ListFamily,
  type ListReading,
  type NextRequest,
  scriptNumber,
  scriptValue,
} from './family.js';
import { unescapeXml } from './xml-lists.js';

/** Records asked for at once: JCMS itself asks for three pages. */
const pagesAtOnce = 3;
const usualPerPage = 15;

export const jcms: ListFamily = {
  name: 'jcms',
  read(context) {
    return isAnswer(context) ? readAnswer(context) : readFirst(context);
  },
};

const isAnswer = ({ page, list }: ListContext): boolean => list !== undefined && /dataproxy\.jsp/i.test(page.url);

function readFirst(context: ListContext): ListReading | null {
  const { page } = context;
  const store = storesOf(page.text).sort((a, b) => recordsOf(b).length - recordsOf(a).length)[0];
  const declared = scriptNumber(page.text, 'totalRecords?');
  if (store === undefined && (declared === null || !/dataproxy\.jsp/i.test(page.text))) return null;
  const records = recordsOf(store ?? '');
  // Without a store the page shows its first records as rows; then all are asked for, and what is known counts once.
  const items = store === undefined ? listItems(page, true) : itemsOf(records, page);
  const total = tagNumber(store ?? '', 'totalrecord') ?? declared;
  const perPage = scriptNumber(page.text, 'perPage') ?? usualPerPage;
  const proxy = proxyOf(store ?? '', page);
  const whole = total !== null && (records.length >= total || (records.length === 0 && items.length >= total));
  const next = proxy && !whole ? [dataRequest(proxy, records.length + 1, perPage, total, page)] : [];
  return {
    family: 'jcms',
    items,
    next,
    ...(total === null ? {} : { total }),
    ...(!proxy && total !== null && !whole
      ? {
          scripted: true,
          problem: reasons.noDataproxy({ total, rows: items.length }),
        }
      : {}),
  };
}

/** The XML islands of a page that hold records, in whatever element. */
function storesOf(text: string): string[] {
  const stores = contentsOf(text, /<datastore\b[^<>]*>/i, /<\/datastore\s*>/i);
  const islands = contentsOf(text, /<script\b[^<>]*type\s*=\s*["']?text\/xml[^<>]*>/i, /<\/script/i);
  return [...stores, ...islands.filter((xml) => /<(?:recordset|record)\b/i.test(xml))];
}

function readAnswer(context: ListContext): ListReading | null {
  const { page, list, form } = context;
  const records = recordsOf(page.text);
  const names = recordNames(page.url);
  const start = Number(queryValue(page.url, names.from) ?? 1);
  const perPage = Number(queryValue(page.url, names.size) ?? usualPerPage);
  const total = tagNumber(page.text, 'totalrecord');
  const isList = records.length > 0 || /<(?:datastore|recordset)\b/i.test(page.text);
  const missing = records.length === 0 && (!isList || start === 1 || (total !== null && start <= total));
  const again = missing ? askedByGet(page.url, form) : null;
  if (again) return { family: 'jcms', items: [], next: [], again };
  if (!isList) return { family: 'jcms', items: [], next: [], problem: reasons.noRecords({ url: page.url }) };
  const reached = start + records.length - 1;
  const more = records.length > 0 && (total === null || reached < total);
  const bare = withQuery(page.url, { [names.from]: null, [names.to]: null, [names.size]: null });
  const next = more ? [dataRequest(joinForm(bare, form), reached + 1, perPage, total, page, names)] : [];
  const base = new ReadPage(list ?? page.url, '', page.encoding);
  return {
    family: 'jcms',
    items: itemsOf(records, base),
    // What was answered by GET goes on by GET.
    next: form === undefined ? next.map((each) => askedByGet(each.url, each.form) ?? each) : next,
    ...(total === null ? {} : { total }),
  };
}

/** The same request with all its parameters in the query, for servers that do not take a form; null where it has none. */
export function askedByGet(url: string, form: string | undefined): NextRequest | null {
  return form === undefined ? null : { url: joinForm(url, form), kind: 'data', family: 'jcms' };
}

const joinForm = (url: string, form: string | undefined): string =>
  form ? `${url}${url.includes('?') ? '&' : '?'}${form}` : url;

function recordsOf(xml: string): string[] {
  return contentsOf(xml, /<record\b[^<>]*>/i, /<\/record\s*>/i).map((written) => {
    const content = written.replace(/<!\[CDATA\[|\]\]>/g, '');
    return /<a\b/i.test(content) ? content : unescapeXml(content);
  });
}

function tagNumber(xml: string, name: string): number | null {
  const met = new RegExp(`<${name}\\b[^<>]*>\\s*(?:<!\\[CDATA\\[)?\\s*(\\d+)`, 'i').exec(xml);
  return met ? Number(met[1]) : null;
}

/** The address of dataproxy.jsp with its parameters, from the next group or the scripts. */
function proxyOf(store: string, page: ReadPage): string | null {
  const [next = ''] = contentsOf(store, /<nextgroup\b[^<>]*>/i, /<\/nextgroup/i);
  const group = unescapeXml(next);
  const written =
    /href\s*=\s*["']([^"']*dataproxy\.jsp[^"']*)/i.exec(group)?.[1] ??
    scriptValue(page.text, '(?:dataproxyUrl|proxyUrl|url)') ??
    '';
  const link = /dataproxy\.jsp/i.test(written)
    ? written
    : (/["']([^"'\s]*dataproxy\.jsp[^"'\s]*)["']/i.exec(page.text)?.[1] ?? '');
  const url = link ? page.resolve(link.replace(/&amp;/g, '&')) : null;
  return url === null || queryValue(url, 'columnid') !== null ? url : withQuery(url, columnParameters(page));
}

const columnNames = [
  'col',
  'appid',
  'webid',
  'path',
  'columnid',
  'sourceContentType',
  'unitid',
  'webname',
  'permissiontype',
];

/** What dataproxy.jsp wants to know of the column, from the script that names it, else from the column's own address. */
function columnParameters(page: ReadPage): Record<string, string> {
  const script = page.scripts.find((each) => /dataproxy\.jsp/i.test(each)) ?? '';
  const found = columnNames.flatMap((name) => {
    const value = scriptValue(script, name);
    return value === null ? [] : [[name, encodeURIComponent(value)] as const];
  });
  const column = /\/col(\d+)\//i.exec(page.url)?.[1];
  return { ...(column === undefined ? {} : { columnid: column }), ...Object.fromEntries(found) };
}

interface RecordNames {
  from: string;
  to: string;
  size: string;
}

/** What the numbers of the first and last record and the size of a page are called in an address, as it writes them. */
function recordNames(url: string): RecordNames {
  const written = rawQuery(url)
    .split('&')
    .map((pair) => pair.split('=', 1)[0]!);
  const named = (pattern: RegExp, usual: string): string => written.find((name) => pattern.test(name)) ?? usual;
  return {
    from: named(/^(?:start|begin)_?(?:record|row|num)?$/i, 'startrecord'),
    to: named(/^end_?(?:record|row|num)?$/i, 'endrecord'),
    size: named(/^(?:per_?page|page_?size)$/i, 'perpage'),
  };
}

/** JCMS takes the record numbers in the query and the column's parameters as a form. */
function dataRequest(
  proxy: string,
  from: number,
  perPage: number,
  total: number | null,
  page: ReadPage,
  names = recordNames(proxy),
): NextRequest {
  const to = from + perPage * pagesAtOnce - 1;
  const bare = withQuery(proxy, { [names.from]: null, [names.to]: null, [names.size]: null, page: null });
  const parameters = rawQuery(bare);
  const address = bare.split('?', 1)[0]!;
  return {
    url: withQuery(page.resolve(address) ?? address, {
      [names.from]: from,
      [names.to]: total === null ? to : Math.min(to, total),
      [names.size]: perPage,
    }),
    ...(parameters ? { form: parameters } : {}),
    kind: 'data',
    family: 'jcms',
  };
}

function itemsOf(records: string[], page: ReadPage): ListItem[] {
  return uniqueItems(
    records.flatMap((record) => {
      const tree = parseDocument(record);
      const links = elements(tree, (element) => element.name === 'a' && element.attribs.href !== undefined);
      const rows = links.map((link) => ({ url: page.resolve(link.attribs.href!), title: titleOf(link) }));
      const row = rows.filter((each) => each.url !== null).sort((a, b) => b.title.length - a.title.length)[0];
      if (!row) return [];
      const date = listedDate(collapse(textOf(tree)).replace(row.title, ' '));
      return [{ url: row.url!, title: row.title, date }];
    }),
  );
}

function titleOf(link: Element): string {
  const shown = collapse(textOf(link, mostOfLink));
  const attribute = collapse(link.attribs.title ?? '');
  return attribute.length > shown.length ? attribute : shown;
}
