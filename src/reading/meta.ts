// The head of a page: meta tags of the State Council's guideline and of common publishers, and the <title>. Tags are read from the
// source itself, since templates print titles with unescaped quotes into the content attribute and a parser would cut them there.
import { parseHtml } from './html.js';

/** What the head says; '' where it says nothing. Values are trimmed, entities and tags in them are undone. */
export interface PageHead {
  title: string;
  /** Lower-case meta name to content, first one wins. */
  meta: ReadonlyMap<string, string>;
}

const nameOf = /\b(?:name|property|itemprop|http-equiv)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
const follows = '(?=\\s*(?:\\/?>|\\b(?:name|property|itemprop|http-equiv|lang|scheme|id|data-[\\w-]+)\\s*=))';
const contentOf = [
  new RegExp(`\\bcontent\\s*=\\s*"([^]*?)"${follows}`, 'i'),
  new RegExp(`\\bcontent\\s*=\\s*'([^]*?)'${follows}`, 'i'),
  /\bcontent\s*=\s*([^\s"'>]+)/i,
];
/** Dates in blocks of linked data. */
const linkedDate = /"(datePublished|pubDate|publishDate)"\s*:\s*"(\d{4}[^"]{4,30})"/gi;
/** The same as elements of an XML answer. */
const elementDate = /<(pubDate|publishTime|publishDate)>\s*(\d{4}[^<]{4,30})</gi;
/** Dates that no reader sees: of a time element, or in a variable that a script prints. Trusted where nothing else is dated. */
const hiddenDate =
  /<time\b[^>]*\bdatetime\s*=\s*["'](\d{4}-\d{1,2}-\d{1,2}[^"']*)["']|\b(?:publish_?time|pub_?time|create_?time|ct)\s*[:=]\s*["'](1\d{9}|\d{4}-\d{1,2}-\d{1,2}[^"']{0,20})["']/i;
/** The name under which such a date stands in {@link PageHead}. */
export const hiddenDateName = '(hidden date)';
/** The account of a 公众号 page: in an element of the page, else in a variable that its script prints. */
const account = /\bid="js_name"[^>]{0,300}>([^<]{2,60})<|\bnickname\s*=\s*(?:\w+\()?["']([^"'<>]{2,60})["']/;
const accountAuthor =
  /<span\b[^>]{0,300}(?:\bid="js_author_name"|\bclass="rich_media_meta rich_media_meta_text")[^>]{0,300}>([^<]{2,40})</;
/** The name under which it stands in {@link PageHead}. */
export const accountName = '(account)';
const empty = /^(?:null|undefined|none|nan|\$\{.*\}|\{\{.*\}\}|<%.*%>|\{.*\}|\[.*title.*\])$/i;

/** Bare text of a value: no entities, no tags, single spaces; the word null is nothing. */
function bare(value: string): string {
  let text = value;
  for (let round = 0; round < 2 && /[&<]/.test(text); round++) {
    text = [...parseHtml(text).pieces.keys()].map((node) => node.data).join('');
  }
  text = text.replace(/[\s\u00a0\u3000]+/g, ' ').trim();
  return empty.test(text) ? '' : text;
}

/** Meta tags as written; a > between quotes does not end one. */
function* metaTags(source: string): Generator<string> {
  for (let start = source.search(/<meta\b/i); start >= 0; ) {
    let end = source.indexOf('>', start);
    while (end >= 0 && end - start < 2000 && source.slice(start, end).split('"').length % 2 === 0) {
      const next = source.indexOf('>', end + 1);
      if (next < 0 || source.slice(end, next).includes('<meta')) break;
      end = next;
    }
    if (end < 0) return;
    yield source.slice(start, end + 1);
    const ahead = source.slice(end + 1).search(/<meta\b/i);
    start = ahead < 0 ? -1 : end + 1 + ahead;
  }
}

function readTag(source: string, meta: Map<string, string>): void {
  const content = contentOf.map((pattern) => pattern.exec(source)?.[1]).find((found) => found !== undefined);
  if (content === undefined) return;
  const named = nameOf.exec(source.replace(content, ''));
  const name = (named?.[1] ?? named?.[2] ?? named?.[3] ?? '').trim().toLowerCase();
  const value = bare(content);
  if (name && value && !meta.get(name)) meta.set(name, value);
}

function withoutComments(source: string): string {
  let open = '';
  for (let at = 0; ; ) {
    const start = source.indexOf('<!--', at);
    const end = start < 0 ? -1 : source.indexOf('-->', start + 4);
    if (end < 0) return open + source.slice(at);
    open += source.slice(at, start);
    at = end + 3;
  }
}

function readAccount(source: string, meta: Map<string, string>): void {
  const named = account.exec(source);
  const author = accountAuthor.exec(source);
  if (named) meta.set(accountName, bare((named[1] ?? named[2])!));
  if (author && !meta.has('author')) meta.set('author', bare(author[1]!));
}

/** Reads the head of a page's source. A fragment without a head gives empty values. */
export function readHead(source: string): PageHead {
  const open = withoutComments(source.slice(0, 200_000));
  const meta = new Map<string, string>();
  for (const tag of metaTags(open)) readTag(tag, meta);
  for (const [, name, value] of [...open.matchAll(linkedDate), ...open.matchAll(elementDate)]) {
    const known = name!.toLowerCase();
    if (!meta.has(known)) meta.set(known, value!);
  }
  const hidden = hiddenDate.exec(source);
  if (hidden) meta.set(hiddenDateName, (hidden[1] ?? hidden[2])!);
  if (source.includes('js_content')) readAccount(source, meta);
  const title = /<title\b[^>]*>([\s\S]*?)(?:<\/title|<meta|<link|<script|<\/head|<body)/i.exec(open)?.[1] ?? '';
  return { title: bare(title), meta };
}

/** The first of several meta names that has a value, else ''. */
export function metaOf(head: PageHead, ...names: string[]): string {
  for (const name of names) {
    const value = head.meta.get(name);
    if (value) return value;
  }
  return '';
}

/** The head with every value changed. */
export function mapHead(head: PageHead, change: (value: string) => string): PageHead {
  return { title: change(head.title), meta: new Map([...head.meta].map(([name, value]) => [name, change(value)])) };
}
