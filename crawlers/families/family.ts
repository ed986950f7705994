// What a list family is: it knows one way in which a content management system publishes its lists, recognises it by fingerprint,
// and reads a page of it to items and to what must be fetched next. Pure; fetching is the loop's.
import type { RequestKind } from '../../src/model/page.js';
import type { ReadPage } from '../html.js';
import type { ListItem } from '../items.js';
import type { Selectors } from '../source.js';

export interface ListContext {
  page: ReadPage;
  /** Body of the POST that gave the page. */
  form?: string;
  /** Address of the list's first page, absent where this is it. */
  list?: string;
  /** What stood behind `#` in the start address, where this is a start page. */
  fragment?: string;
  selectors?: Selectors;
}

/** A further part of the same list. */
export interface NextRequest {
  url: string;
  kind: Extract<RequestKind, 'list' | 'data' | 'sitemap'>;
  family: string;
  form?: string;
}

export interface ListReading {
  family: string;
  items: ListItem[];
  next: NextRequest[];
  /** Records and pages that the list declares. */
  total?: number;
  pages?: number;
  /** The same part asked for in another way, where this answer gave nothing. */
  again?: NextRequest;
  /** Why the list is known to be incomplete after this page. */
  problem?: string;
  /** The missing rows are known to be there, and only a script knows how to get them. */
  scripted?: boolean;
}

export interface ListFamily {
  name: string;
  /** Reads a page of this family; null where the page is not of it. Never throws for any text. */
  read(context: ListContext): ListReading | null;
}

/** No list is followed further than this many pages from one declaration. */
export const mostPages = 5000;

/** The value that a script gives to a name or key: `name = 3`, `name: '3'`; null where it gives none or another expression. */
export function scriptValue(text: string, name: string): string | null {
  const met = new RegExp(
    `(?<![\\w$.])["']?${name}["']?\\s*[:=]\\s*(?:parseInt\\()?(?:"([^"]*)"|'([^']*)'|(-?\\d+))`,
    'i',
  ).exec(text);
  return met ? (met[1] ?? met[2] ?? met[3] ?? null) : null;
}

/** The same as a whole number. */
export function scriptNumber(text: string, name: string): number | null {
  const value = scriptValue(text, name);
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}

/** How many records and pages the visible words of a list declare: `共 123 条`, `共7页`, `页次：1/7`. */
export function declaredCounts(text: string): { total: number | null; pages: number | null } {
  const plain = text.replace(/<[^<>]*>/g, ' ').replace(/&nbsp;/g, ' ');
  const number = (pattern: RegExp): number | null => {
    const met = pattern.exec(plain);
    return met ? Number(met[1]) : null;
  };
  return {
    total:
      number(/(?:共|总计|总共)(?:有|计|找到|查到|检索到)?\s*[:：]?\s*(\d{1,7})\s*(?:条|篇|个?记录|项)/) ??
      number(/(?:记录总数|总记录数?|记录数)\s*[:：]?\s*(\d{1,7})/),
    pages:
      number(/(?:共|总)\s*(\d{1,5})\s*页(?!面)/) ??
      number(/(?:页次|页码|第|当前页?|(?:条|记录)\s*[,，]?)\s*[:：]?\s*\d{1,5}\s*\/\s*(\d{1,5})(?![\d/-])/) ??
      number(/(?<![\d/-])\d{1,5}\s*\/\s*(\d{1,5})\s*页/) ??
      number(/总页数\s*[:：]?\s*(\d{1,5})/),
  };
}
