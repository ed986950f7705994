// Content systems whose list pages are shells around a JSON endpoint of known shape: Kaipu UCAP (getInfoCommon by channel) and
// Guangdong's gkmlpt (api/all by category and site). The rows are read as any JSON list.
import { queryValue } from '../url.js';
import { type ListContext, type ListFamily, type ListReading, scriptValue } from './family.js';

const ucapPath = /["']([^"'\s]*\/info\/getInfoCommon\/?)(?:\?([^"'\s]*))?["']/;
const usualPageSize = 20;

export const ucap: ListFamily = {
  name: 'ucap',
  read({ page, list }) {
    const met = list === undefined ? ucapPath.exec(page.text) : null;
    if (!met) return null;
    const query = `?${met[2] ?? ''}`;
    const channel = queryValue(query, 'channelid') || scriptValue(page.text, 'channel_?id');
    const size = Number(queryValue(query, 'pagesize')) || usualPageSize;
    return channel ? shell('ucap', `${met[1]}?pagesize=${size}&currpage=1&channelid=${channel}`, page) : null;
  },
};

export const gkmlpt: ListFamily = {
  name: 'gkmlpt',
  read({ page, list, fragment }) {
    if (list !== undefined || !/\/gkmlpt\//.test(page.url + page.text)) return null;
    const site = scriptValue(page.text, 'SID');
    if (!site) return null;
    // The category stands behind # in the address that readers see; 0 is all of them.
    const category = /^\d+/.exec(fragment ?? '')?.[0] ?? scriptValue(page.text, '(?:CATE_?ID|CATEGORY_?ID)') ?? '0';
    return shell('gkmlpt', `/gkmlpt/api/all/${category}?page=1&sid=${site}`, page);
  },
};

function shell(family: string, link: string, page: ListContext['page']): ListReading | null {
  const url = page.resolve(link);
  return url === null ? null : { family, items: [], next: [{ url, kind: 'data', family: 'json' }] };
}
