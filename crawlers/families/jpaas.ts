// Hanweb jpaas, the newer line: the list is a unit that the publish server builds on demand. Its parameters stand in the page's
// queryData; pages are chosen by paramJson alone (a bare pageNo gives page 1 for ever). The answer is JSON around HTML.
import { ReadPage } from '../html.js';
import { listItems } from '../items.js';
import { reasons } from '../reasons.js';
import { queryValue, withQuery } from '../url.js';
import {
  declaredCounts,
  type ListContext,
  type ListFamily,
  type ListReading,
  type NextRequest,
  scriptNumber,
} from './family.js';
import { parseJson } from './json-list.js';

const unit = /\/[\w./-]*page\/build\/unit/;
const usualPageSize = 15;

export const jpaas: ListFamily = {
  name: 'jpaas',
  read(context) {
    return context.list !== undefined && unit.test(context.page.url) ? readUnit(context) : readFirst(context);
  },
};

function readFirst({ page, list }: ListContext): ListReading | null {
  const path = unit.exec(page.text)?.[0];
  const written = /queryData\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(page.text);
  if (!path || !written || list !== undefined) return null;
  const parameters = parametersOf(written[1] ?? written[2]!);
  const url = page.resolve(path);
  if (!parameters || url === null) return null;
  const size = scriptNumber(page.text, '(?:pageSize|rows|perPage)') ?? usualPageSize;
  return { family: 'jpaas', items: [], next: [unitRequest(withQuery(url, parameters), 1, size)] };
}

/** queryData is an object in single quotes, or with its quotes escaped as HTML. */
function parametersOf(written: string): Record<string, string> | null {
  const value = parseJson(written.replace(/&quot;|&#34;/g, '"').replace(/'/g, '"'));
  if (typeof value !== 'object' || value === null) return null;
  const fields = Object.entries(value).filter(([, field]) => typeof field === 'string' || typeof field === 'number');
  return Object.fromEntries(fields.map(([key, field]) => [key, encodeURIComponent(String(field))]));
}

function unitRequest(url: string, pageNo: number, pageSize: number): NextRequest {
  const paramJson = encodeURIComponent(JSON.stringify({ pageNo, pageSize }));
  return { url: withQuery(url, { paramJson }), kind: 'data', family: 'jpaas' };
}

function readUnit({ page, list }: ListContext): ListReading {
  const html = htmlIn(parseJson(page.text));
  if (html === null) return { family: 'jpaas', items: [], next: [], problem: reasons.noUnitJson({ url: page.url }) };
  const { pageNo, pageSize } = pageParameters(page.url);
  const items = listItems(new ReadPage(list ?? page.url, html), true);
  const { total, pages } = declaredCounts(html);
  const written = scriptNumber(html, 'total(?:Count|Record|Num)?');
  const declared = total ?? written;
  const last = pages ?? (declared === null ? null : Math.ceil(declared / pageSize));
  const more = items.length > 0 && (last === null || pageNo < last);
  return {
    family: 'jpaas',
    items,
    next: more ? [unitRequest(page.url, pageNo + 1, pageSize)] : [],
    ...(declared === null ? {} : { total: declared }),
  };
}

function htmlIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { html, data } = value as { html?: unknown; data?: unknown };
  return typeof html === 'string' ? html : htmlIn(data);
}

function pageParameters(url: string): { pageNo: number; pageSize: number } {
  let read: unknown;
  try {
    read = parseJson(decodeURIComponent(queryValue(url, 'paramJson') ?? ''));
  } catch {
    read = undefined;
  }
  const { pageNo, pageSize } = (read ?? {}) as { pageNo?: number; pageSize?: number };
  return { pageNo: Number(pageNo) || 1, pageSize: Number(pageSize) || usualPageSize };
}
