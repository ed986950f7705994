// Content systems whose list pages are shells around a JSON endpoint of known shape: Kaipu UCAP (getInfoCommon by channel) and
// Guangdong's gkmlpt (api/all by category and site). The rows are read as any JSON list.
import { queryValue, withQuery } from '../url.js';
import { dataRequests } from './data-calls.js';
import { type ListContext, type ListFamily, type ListReading, scriptValue } from './family.js';

const ucapPath = /["'`]([^"'`\s]*\/info\/getInfoCommon\/?)(?:\?([^"'`\s]*))?["'`]/;
const usualPageSize = 20;

export const ucap: ListFamily = {
  name: 'ucap',
  read({ page, list }) {
    const met = list === undefined ? ucapPath.exec(page.text) : null;
    if (!met) return null;
    const called = dataRequests(page).find(
      ({ url, form }) => url.includes('/getInfoCommon') && form === undefined,
    )?.url;
    const written = `?${met[2] ?? (called?.split('?')[1] || '')}`;
    const named = (name: string): string | undefined =>
      written
        .slice(1)
        .split('&')
        .map((pair) => pair.split('=', 1)[0]!)
        .find((each) => each.toLowerCase() === name);
    const channelName = named('channelid') ?? named('channel_id') ?? 'channelid';
    const channel = [
      queryValue(written, channelName),
      fieldValue(page.text, 'channel_?id'),
      scriptValue(page.text, 'channel_?id'),
    ].find((value) => /^[\w-]+$/.test(value ?? ''));
    const size = Number(queryValue(written, 'pagesize')) || usualPageSize;
    const values = {
      [named('pagesize') ?? 'pagesize']: size,
      [named('currpage') ?? 'currpage']: 1,
      [channelName]: channel ?? null,
    };
    return channel ? shell('ucap', withQuery(`${met[1]}?${knownPairs(written.slice(1))}`, values), page) : null;
  },
};

/** The parameters that have a value: one that a script would put there is none. */
const knownPairs = (query: string): string =>
  query
    .split('&')
    .filter((pair) => /^[^=]+=[^=]/.test(pair))
    .join('&');

/** The value of a form field or a meta tag by its id or name. */
function fieldValue(text: string, name: string): string | null {
  const tag = new RegExp(`<(?:input|meta)\\b[^<>]*\\b(?:id|name)\\s*=\\s*["']?${name}["'\\s/>][^<>]*`, 'i').exec(
    text,
  )?.[0];
  return /\b(?:value|content)\s*=\s*["']?([\w-]+)/i.exec(tag ?? '')?.[1] ?? null;
}

export const gkmlpt: ListFamily = {
  name: 'gkmlpt',
  read({ page, list, fragment }) {
    if (list !== undefined || !/\/gkmlpt\//.test(page.url + page.text)) return null;
    const site = scriptValue(page.text, 'SID');
    if (!site) return null;
    // The category stands behind # in the address that readers see; 0 is all of them.
    const category = /\d+/.exec(fragment ?? '')?.[0] ?? scriptValue(page.text, '(?:CATE_?ID|CATEGORY_?ID)') ?? '0';
    const api =
      /["'`]([^"'`\s]*\/gkmlpt\/api\/all\/)/.exec(page.text)?.[1] ??
      `${/^(.*\/gkmlpt\/)/.exec(new URL(page.url).pathname)?.[1] ?? '/gkmlpt/'}api/all/`;
    return shell('gkmlpt', `${api}${category}?page=1&sid=${site}`, page);
  },
};

function shell(family: string, link: string, page: ListContext['page']): ListReading | null {
  const url = page.resolve(link);
  return url === null ? null : { family, items: [], next: [{ url, kind: 'data', family: 'json' }] };
}
