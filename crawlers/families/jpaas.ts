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
import { parseJson } from './json-rows.js';
import { parseLiteral } from './script-literal.js';

const unit = /\/[\w./-]{0,200}page\/build\/unit/;
const usualPageSize = 15;

export const jpaas: ListFamily = {
  name: 'jpaas',
  read(context) {
    return context.list !== undefined && unit.test(context.page.url) ? readUnit(context) : readFirst(context);
  },
};

interface Unit {
  url: string;
  /** How much it looks like the list among the units of a page. */
  weight: number;
}

function readFirst({ page, list }: ListContext): ListReading | null {
  if (list !== undefined) return null;
  const units = unitsOf(page);
  if (units.length === 0) return null;
  const most = Math.max(...units.map(({ weight }) => weight));
  const size = scriptNumber(page.text, '(?:pageSize|rows|perPage)');
  const next = units.filter(({ weight }) => weight === most).map(({ url }) => unitRequest(url, 1, size));
  return { family: 'jpaas', items: [], next };
}

const unitTag =
  /<\w+\b(?:[^<>"']|"[^"]*"|'[^']*')*?\bqueryData\s*=\s*(?:"[^"]*"|'[^']*')(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;

/** The units that a page is made of, each with its address. */
function unitsOf(page: ReadPage): Unit[] {
  const everywhere = unit.exec(page.text)?.[0];
  const tags = [...page.text.matchAll(unitTag)].map(([tag]) => tag);
  const scripts = tags.length > 0 ? [] : page.scripts;
  return [...tags, ...scripts].flatMap((source) => {
    const written = /queryData\s*[=:]\s*(?:"([^"]*)"|'([^']*)')/i.exec(source);
    const parameters = written ? parametersOf(written[1] ?? written[2]!) : null;
    const url = page.resolve(unit.exec(source)?.[0] ?? everywhere ?? '');
    if (!parameters || url === null) return [];
    return [{ url: withQuery(url, parameters), weight: weightOf(parameters) }];
  });
}

function weightOf({ tagId = '', pageType = '', paramJson }: Record<string, string>): number {
  const named = decodeURIComponent(tagId);
  if (/导航|菜单|位置|头部|底部|页脚|检索|搜索|nav|menu|foot/i.test(named)) return -1;
  return (/列表|信息|内容|文章|list/i.test(named) ? 2 : 0) + (pageType === 'column' ? 1 : 0) + (paramJson ? 2 : 0);
}

/** queryData is an object in JSON or as a script writes it, or with its quotes escaped as HTML. */
function parametersOf(written: string): Record<string, string> | null {
  const plain = written.replace(/&quot;|&#34;/g, '"').replace(/&#39;|&apos;/g, "'");
  const value = parseJson(plain) ?? parseLiteral(plain);
  if (typeof value !== 'object' || value === null) return null;
  const fields = Object.entries(value).filter(([, field]) => typeof field === 'string' || typeof field === 'number');
  return Object.fromEntries(fields.map(([key, field]) => [key, encodeURIComponent(String(field))]));
}

/** The unit's page by number; what else its paramJson says stays. */
function unitRequest(url: string, pageNo: number, size: number | null = null): NextRequest {
  const known = paramJsonOf(url);
  const pageSize = Number(known.pageSize) || size || usualPageSize;
  const paramJson = encodeURIComponent(JSON.stringify({ ...known, pageNo, pageSize }));
  return { url: withQuery(url, { paramJson }), kind: 'data', family: 'jpaas' };
}

function readUnit({ page, list }: ListContext): ListReading {
  const html = htmlIn(parseJson(page.text));
  if (html === null) return { family: 'jpaas', items: [], next: [], problem: reasons.noUnitJson({ url: page.url }) };
  const pageNo = Number(paramJsonOf(page.url).pageNo) || 1;
  const items = listItems(new ReadPage(list ?? page.url, html), true);
  const { total, pages } = declaredCounts(html);
  const declared = total ?? scriptNumber(html, 'total(?:Count|Record|Num)?') ?? attributeNumber(html, totalAttribute);
  const last = pages ?? attributeNumber(html, pagesAttribute);
  // A server may give fewer rows than a page was asked to hold: only a number of pages ends the list before its total is reached.
  const more = items.length > 0 && (last === null || pageNo < last);
  return {
    family: 'jpaas',
    items,
    next: more ? [unitRequest(page.url, pageNo + 1)] : [],
    ...(declared === null ? {} : { total: declared }),
  };
}

const totalAttribute =
  /\b(?:data-)?(?:total|count|total-?(?:count|records?|num)|record-?count)\s*=\s*["']?(\d{1,7})\b/i;
const pagesAttribute = /\b(?:data-)?(?:total-?pages?|page-?count|pages)\s*=\s*["']?(\d{1,5})\b/i;

function attributeNumber(html: string, attribute: RegExp): number | null {
  const met = attribute.exec(html);
  return met ? Number(met[1]) : null;
}

function htmlIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { html, data } = value as { html?: unknown; data?: unknown };
  return typeof html === 'string' ? html : htmlIn(data);
}

function paramJsonOf(url: string): Record<string, unknown> {
  try {
    const read = parseJson(decodeURIComponent(queryValue(url, 'paramJson') ?? ''));
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}
