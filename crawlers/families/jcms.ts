// Hanweb JCMS, the older line: the first records stand in the page as XML inside a script element, the others come from
// dataproxy.jsp by record number. Records are snippets of HTML in CDATA.
import type { Element } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { listedDate } from '../dates.js';
import { collapse, elements, type ReadPage, textOf } from '../html.js';
import { type ListItem, uniqueItems } from '../items.js';
import { queryValue, rawQuery, withQuery } from '../url.js';
import {
  type ListContext,
  type ListFamily,
  type ListReading,
  type NextRequest,
  scriptNumber,
  scriptValue,
} from './family.js';

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
  const stores = [...page.text.matchAll(/<script[^>]*type\s*=\s*["']?text\/xml[^>]*>([\s\S]*?)<\/script/gi)]
    .map((match) => match[1]!)
    .filter((xml) => /<(?:datastore|recordset|record)\b/i.test(xml));
  const store = stores.sort((a, b) => recordsOf(b).length - recordsOf(a).length)[0];
  if (store === undefined) return null;
  const records = recordsOf(store);
  const items = itemsOf(records, page);
  const total = tagNumber(store, 'totalrecord') ?? scriptNumber(page.text, 'totalRecord');
  const perPage = scriptNumber(page.text, 'perPage') ?? usualPerPage;
  const proxy = proxyOf(store, page);
  const whole = total !== null && records.length >= total;
  const next =
    proxy && !whole && records.length > 0 ? [dataRequest(proxy, records.length + 1, perPage, total, page)] : [];
  return {
    family: 'jcms',
    items,
    next,
    ...(total === null ? {} : { total }),
    ...(!proxy && total !== null && !whole
      ? {
          scripted: true,
          problem: `declares ${total} records, shows ${records.length}, and names no dataproxy.jsp for the others`,
        }
      : {}),
  };
}

function readAnswer(context: ListContext): ListReading | null {
  const { page } = context;
  const records = recordsOf(page.text);
  const start = Number(queryValue(page.url, 'startrecord') ?? 1);
  const end = Number(queryValue(page.url, 'endrecord') ?? 0);
  const perPage = Number(queryValue(page.url, 'perpage') ?? usualPerPage);
  const total = tagNumber(page.text, 'totalrecord');
  if (records.length === 0 && !/<(?:datastore|recordset)\b/i.test(page.text)) {
    return { family: 'jcms', items: [], next: [], problem: `${page.url} gave no records` };
  }
  const reached = start + records.length - 1;
  const more = records.length > 0 && (total === null ? reached >= end : reached < total);
  const proxy = withQuery(page.url, { startrecord: null, endrecord: null, perpage: null });
  const next = more ? [dataRequest(joinForm(proxy, context.form), reached + 1, perPage, total, page)] : [];
  return { family: 'jcms', items: itemsOf(records, page), next, ...(total === null ? {} : { total }) };
}

const joinForm = (url: string, form: string | undefined): string =>
  form ? `${url}${url.includes('?') ? '&' : '?'}${form}` : url;

function recordsOf(xml: string): string[] {
  return [...xml.matchAll(/<record\b[^>]*>([\s\S]*?)<\/record>/gi)].map((match) =>
    match[1]!.replace(/<!\[CDATA\[|\]\]>/g, ''),
  );
}

function tagNumber(xml: string, name: string): number | null {
  const met = new RegExp(`<${name}>\\s*(?:<!\\[CDATA\\[)?\\s*(\\d+)`, 'i').exec(xml);
  return met ? Number(met[1]) : null;
}

/** The address of dataproxy.jsp with its parameters, from the next group or the scripts. */
function proxyOf(store: string, page: ReadPage): string | null {
  const written =
    /<nextgroup>[\s\S]*?href\s*=\s*["']([^"']*dataproxy\.jsp[^"']*)/i.exec(store)?.[1] ??
    scriptValue(page.text, '(?:dataproxyUrl|proxyUrl|url)') ??
    '';
  const link = /dataproxy\.jsp/i.test(written)
    ? written
    : (/["']([^"'\s]*dataproxy\.jsp[^"'\s]*)["']/i.exec(page.text)?.[1] ?? '');
  return link ? page.resolve(link.replace(/&amp;/g, '&')) : null;
}

/** JCMS takes the record numbers in the query and the column's parameters as a form. */
function dataRequest(proxy: string, from: number, perPage: number, total: number | null, page: ReadPage): NextRequest {
  const to = from + perPage * pagesAtOnce - 1;
  const bare = withQuery(proxy, { startrecord: null, endrecord: null, perpage: null, page: null });
  const parameters = rawQuery(bare);
  const address = bare.split('?', 1)[0]!;
  return {
    url: withQuery(page.resolve(address) ?? address, {
      startrecord: from,
      endrecord: total === null ? to : Math.min(to, total),
      perpage: perPage,
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
  const shown = collapse(textOf(link));
  const attribute = collapse(link.attribs.title ?? '');
  return attribute.length > shown.length ? attribute : shown;
}
