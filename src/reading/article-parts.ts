// An article that is spread over several pages: which page holds its next part, and which its first. Pagers of lists and links to
// the next article look the same; parts of one article are told by their addresses, which differ from the page's own in a small
// number behind its name (t_2.html, c12-34-2.html, ?page=2) and in nothing else.
import type { ChildNode, Element, ParentNode, Text } from 'domhandler';
import { attribute } from './html.js';

/** The other pages of an article; both null where it is on one page. */
export interface ArticleParts {
  nextPart: string | null;
  firstPart: string | null;
}

export const onePart: ArticleParts = { nextPart: null, firstPart: null };

/** More parts than this has no article; such a number behind a name is an article's own. */
const mostParts = 60;
const nextWords = /^(?:下一?[页頁]|[后後]一?[页頁]|next(?:\s*page)?|>|›|»)[>»›→]*$/i;
const pageParameter = /^(?:p|pn|pg|page|pageno|pagenum|pageindex|curpage|currentpage|cur_page)$/i;

interface Place {
  /** The address without the number of the part. */
  stem: string;
  /** The number as the address has it, null where it has none. */
  number: number | null;
}

/** Every way to see an address as a part of something: as it stands, or with the number behind its name as the part's. */
function placesOf(url: URL): Place[] {
  const parameters = [...url.searchParams].filter(([name]) => !pageParameter.test(name));
  const asked = [...url.searchParams].find(([name]) => pageParameter.test(name))?.[1];
  const query = parameters.map((pair) => pair.join('=')).join('&');
  const stemOf = (path: string) => `${url.host}${path}?${query}`;
  if (asked !== undefined)
    return /^\d{1,2}$/.test(asked) ? [{ stem: stemOf(url.pathname), number: Number(asked) }] : [];
  const whole: Place = { stem: stemOf(url.pathname), number: null };
  const numbered = /^(.*[^/])[_-](?:p|page)?_?(\d{1,2})(\.\w+|\/?)$/i.exec(url.pathname);
  if (!numbered) return [whole];
  return [whole, { stem: stemOf(numbered[1]! + numbered[3]!), number: Number(numbered[2]) }];
}

/** A link with few words: a pager's have no more. */
interface ShortLink {
  words: string;
  url: URL;
}

interface PagerLink {
  words: string;
  url: string;
  place: Place;
}

/** Words of a pager's link are no longer. */
const mostWords = 12;

const textOf = (node: ParentNode): string =>
  (node.children as ChildNode[])
    .map((child) =>
      child.type === 'text' ? (child as Text).data : 'children' in child ? textOf(child as ParentNode) : '',
    )
    .join('');

function anchorsOf(parent: ParentNode, found: Element[] = []): Element[] {
  for (const node of parent.children as ChildNode[]) {
    if (!('children' in node)) continue;
    if (node.type === 'tag' && (node as Element).name === 'a') found.push(node as Element);
    else anchorsOf(node as ParentNode, found);
  }
  return found;
}

function addressOf(href: string, base: URL): URL | null {
  if (!href || /^(?:javascript|mailto|tel|data|#)/i.test(href) || !URL.canParse(href, base.href)) return null;
  const url = new URL(href, base);
  if (url.hash) url.hash = '';
  return url.host === base.host ? url : null;
}

function shortLinksOf(root: ParentNode, base: URL): ShortLink[] {
  const links: ShortLink[] = [];
  for (const anchor of anchorsOf(root)) {
    const words = textOf(anchor).replace(/[\s[\]【】()（）<《]+/g, '') || attribute(anchor, 'title').trim();
    if (words.length > mostWords) continue;
    const url = addressOf(attribute(anchor, 'href'), base);
    if (url && url.href !== base.href) links.push({ words, url });
  }
  return links;
}

/** Links of a pager of this page: those that lead to an address of the page's own stem. */
function linksWithin(links: readonly ShortLink[], stem: string): PagerLink[] {
  return links.flatMap(({ words, url }) => {
    const place = placesOf(url).find((each) => each.stem === stem);
    return place && (place.number ?? 0) <= mostParts ? [{ words, url: url.href, place }] : [];
  });
}

/** The stem of which this page is a part, by the links that stand on it, with those links. */
function pagerOf(root: ParentNode, base: URL): { own: Place; links: PagerLink[] } | null {
  const all = shortLinksOf(root, base);
  for (const own of placesOf(base)) {
    const links = linksWithin(all, own.stem);
    // Where the page's own number could be an article's, only the page without a number, or the one called 1, shows it to be a part.
    const bound = own.number === null || links.some(({ place, words }) => place.number === null || words === '1');
    const first = own.number !== null && own.number <= 1 && links.some(({ words }) => nextWords.test(words));
    if (links.some(({ words }) => nextWords.test(words) || /^第?\d{1,2}页?$/.test(words)) && (bound || first))
      return { own, links };
  }
  return null;
}

/** TRS writes an article's pager by a script: createPageHTML(pages, this page from 0, name, ending). */
function scripted(root: ParentNode, base: URL): ArticleParts {
  const scripts: string[] = [];
  collectScripts(root, scripts);
  const call = /createPageHTML\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*,\s*["']([\w-]+)["']\s*,\s*["'](\w+)["']/.exec(
    scripts.join('\n'),
  );
  if (!call) return onePart;
  const [, pages, current, name, ending] = call;
  const part = (number: number) => new URL(`${name}${number === 0 ? '' : `_${number}`}.${ending}`, base).href;
  const number = Number(current);
  if (/^(?:index|list|default)$/i.test(name!) || !sameName(base, part(number))) return onePart;
  return {
    nextPart: number + 1 < Number(pages) ? part(number + 1) : null,
    firstPart: number > 0 ? part(0) : null,
  };
}

const sameName = (base: URL, address: string) => base.pathname === new URL(address).pathname;

function collectScripts(parent: ParentNode, found: string[]): void {
  for (const node of parent.children as ChildNode[]) {
    if (node.type === 'script') found.push(textOf(node));
    else if ('children' in node) collectScripts(node as ParentNode, found);
  }
}

/**
 * The other pages of the article that a page holds a part of.
 * @param origin the page's URL; parts are known by it, so a file's path gives none
 */
export function articlePartsOf(root: ParentNode, origin: string): ArticleParts {
  if (!/^https?:/.test(origin) || !URL.canParse(origin)) return onePart;
  const base = new URL(origin);
  base.hash = '';
  const pager = pagerOf(root, base);
  if (!pager) return scripted(root, base);
  const { own, links } = pager;
  // Counting from 0, the second page is the first with a number: t.html, t_1.html; from 1 it is t.html, t_2.html.
  const numbers = links.flatMap(({ place }) => place.number ?? []);
  const nextNumber = own.number === null ? Math.min(...numbers) : own.number + 1;
  const next = links.find(({ place }) => place.number === nextNumber && nextNumber <= 2 + (own.number ?? 0));
  const first = links.find(({ place, words }) => place.number === null || words === '1');
  return {
    nextPart: next?.url ?? null,
    firstPart: own.number === null || own.number === 0 ? null : (first?.url ?? null),
  };
}
