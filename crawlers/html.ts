// A fetched page as the crawl reads it: decoded text, the tree (parsed once, when first asked for), its links, and the places
// where a page sends its reader elsewhere. What an article says is reading's business, not this file's.
import { type AnyNode, type Document, DomHandler, type Element, isTag, isText } from 'domhandler';
import { Parser } from 'htmlparser2';
import type { Page } from '../src/model/page.js';
import { reasons } from './reasons.js';
import { decodeBytes } from './text.js';
import { resolveLink } from './url.js';

/** A page that would take a parser minutes: no list and no article is like that. */
export class UnreadableTree extends Error {}

const longestPage = 8_000_000;
/** The parser's cost grows with the square of the depth. */
const deepestNesting = 1500;

class BoundedHandler extends DomHandler {
  #depth = 0;

  override onopentag(name: string, attribs: Record<string, string>): void {
    this.#depth += 1;
    if (this.#depth > deepestNesting) throw new UnreadableTree(reasons.deepTree({ most: deepestNesting }));
    super.onopentag(name, attribs);
  }

  override onclosetag(): void {
    this.#depth -= 1;
    super.onclosetag();
  }
}

function parseTree(text: string): Document {
  if (text.length > longestPage) throw new UnreadableTree(reasons.longPage({ count: text.length }));
  const handler = new BoundedHandler();
  new Parser(handler).end(text);
  return handler.root;
}

export class ReadPage {
  /** The address that answered. */
  readonly url: string;
  readonly text: string;
  readonly encoding: string;
  readonly contentType: string;
  #document: Document | null = null;
  #base: string | null = null;

  constructor(url: string, text: string, encoding = 'utf-8', contentType = '') {
    this.url = url;
    this.text = text;
    this.encoding = encoding;
    this.contentType = contentType.toLowerCase();
  }

  static of(page: Page): ReadPage {
    const contentType = page.headers['content-type'] ?? '';
    const { text, encoding } = decodeBytes(page.body ?? new Uint8Array(), contentType);
    return new ReadPage(page.finalUrl, text, encoding, contentType);
  }

  /** The tree. Throws an UnreadableTree for a page that is too long or nested too deeply to be one. */
  get document(): Document {
    this.#document ??= parseTree(this.text);
    return this.#document;
  }

  /** The address that links are relative to: the page's own, or its `<base>`. */
  get base(): string {
    if (this.#base === null) {
      const written = /<base\b[^<>]*\bhref\s*=\s*["']?([^"'\s>]+)/i.exec(this.text)?.[1];
      this.#base = (written && resolveLink(written, this.url)) || this.url;
    }
    return this.#base;
  }

  resolve(link: string): string | null {
    return resolveLink(link, this.base, this.encoding);
  }

  get title(): string {
    return collapse(/<title\b[^<>]*>([^<]*(?:<(?!\/?title\b)[^<]*)*)<\/title/i.exec(this.text)?.[1] ?? '');
  }

  /** The contents of all script elements that have any, in page order. */
  get scripts(): string[] {
    return contentsOf(this.text, scriptTag, scriptEnd);
  }

  /** The same without those that an HTML comment around them switches off. */
  get liveScripts(): string[] {
    const tags = new RegExp(`<!--|${scriptTag.source}`, 'i');
    const found = [...enclosed(this.text, tags, (tag) => (tag === '<!--' ? /-->/ : scriptEnd))];
    return found.flatMap(({ tag, content }) => (tag === '<!--' ? [] : content || []));
  }
}

const scriptTag = /<script\b[^<>]*>/i;
const scriptEnd = /<\/script\s*>/i;

/** A part of a text between what opens and what closes it. */
interface Enclosed {
  /** What opens it. */
  tag: string;
  content: string;
  /** The whole of it, `end` not included. */
  start: number;
  end: number;
}

/**
 * The parts of a text from each opening to the first closing behind it, one after the other. The text is gone through once, also where
 * nothing closes what opens a thousand times, which a pattern for the whole part would try from each.
 */
function* enclosed(text: string, opening: RegExp, closing: RegExp | ((tag: string) => RegExp)): Generator<Enclosed> {
  const open = new RegExp(opening, `g${opening.flags}`);
  for (let met = open.exec(text); met; met = open.exec(text)) {
    const [tag] = met;
    const pattern = typeof closing === 'function' ? closing(tag) : closing;
    const close = new RegExp(pattern, `g${pattern.flags}`);
    close.lastIndex = open.lastIndex;
    const end = close.exec(text);
    if (!end) return;
    yield { tag, content: text.slice(open.lastIndex, end.index), start: met.index, end: close.lastIndex };
    open.lastIndex = close.lastIndex;
  }
}

/** What the parts of a text hold that hold anything. */
export const contentsOf = (text: string, opening: RegExp, closing: RegExp): string[] =>
  [...enclosed(text, opening, closing)].flatMap(({ content }) => content || []);

/** A text without such parts. */
export function withoutEnclosed(text: string, opening: RegExp, closing: RegExp): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of enclosed(text, opening, closing)) {
    kept += text.slice(at, start);
    at = end;
  }
  return kept + text.slice(at);
}

/** A script without its comments of several lines. */
export const withoutComments = (script: string): string => withoutEnclosed(script, /\/\*/, /\*\//);

export function collapse(text: string): string {
  return text.replace(/[\s\u3000\u00a0]+/g, ' ').trim();
}

/** The text under a node, without scripts and styles; of its first `most` nodes only where that is given. */
export function textOf(node: AnyNode | Document, most?: number): string {
  const parts: string[] = [];
  walk(
    node,
    (at) => {
      if (isText(at)) parts.push(at.data);
      return !(isTag(at) && (at.name === 'script' || at.name === 'style'));
    },
    most,
  );
  return parts.join('');
}

/** All elements under a node that fulfil a test, in page order; among its first `most` nodes only where that is given. */
export function elements(node: AnyNode | Document, test: (element: Element) => boolean, most?: number): Element[] {
  const found: Element[] = [];
  walk(
    node,
    (at) => {
      if (isTag(at) && test(at)) found.push(at);
      return true;
    },
    most,
  );
  return found;
}

/** Nodes that a link, a button or a row of a list has at most: those that nothing closes nest in each other by the thousand, and each
 * would be read as often as it is deep. */
export const mostOfLink = 500;

/** Visits nodes in page order, without recursion: pages may be nested deeper than the stack. `enter` tells whether to go inside. */
function walk(
  root: AnyNode | Document,
  enter: (node: AnyNode | Document) => boolean,
  most: number = Number.POSITIVE_INFINITY,
): void {
  const open: (AnyNode | Document)[] = [root];
  let visited = 0;
  for (let node = open.pop(); node && visited < most; node = open.pop(), visited++) {
    if (!enter(node) || !('children' in node)) continue;
    for (let k = node.children.length - 1; k >= 0; k--) open.push(node.children[k] as AnyNode);
  }
}

/** The place of the brace that closes a block of a script which begins at `start`; the script's end where none does. */
export function blockEnd(script: string, start: number): number {
  let depth = 1;
  for (let at = start; at < script.length; at++) {
    if (script[at] === '{') depth += 1;
    else if (script[at] === '}' && --depth === 0) return at;
  }
  return script.length;
}
