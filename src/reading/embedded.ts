// Articles that a page does not show itself: in a JSON answer, in a script's data, in a textarea that waits for a script. The longest
// string that is a text is read like a page of its own; the way back leads to the place in the source.
import type { ChildNode, Element, ParentNode, Text } from 'domhandler';
import { WayBackBuilder } from '../model/way-back.js';
import { flattenPage } from './flatten.js';
import { type ParsedPage, parseHtml } from './html.js';
import type { Line, Traced } from './line.js';
import { linesOfText } from './plain-text.js';

/** An article found in data. */
export interface Embedded {
  lines: Line[];
  /** What the data around it call title and date, by names as meta tags have them. */
  fields: Map<string, string>;
}

/** A string shorter than this is no article. */
const shortest = 40;
const literal = /"(?:[^"\\\n]|\\.){20,}"|'(?:[^'\\\n]|\\.){20,}'|`(?:[^`\\]|\\.){20,}`/g;
const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '', f: '' };

/** Undoes the escapes of a JavaScript or JSON string that begins at `start` of the source. */
function unescapeTraced(raw: string, start: number): Traced {
  const way = new WayBackBuilder();
  let text = '';
  for (let i = 0; i < raw.length; ) {
    let piece = raw[i]!;
    let width = 1;
    if (piece === '\\' && i + 1 < raw.length) {
      const code = /^\\(?:u([\da-f]{4})|x([\da-f]{2}))/i.exec(raw.slice(i, i + 6));
      const sign = raw[i + 1]!;
      piece = code ? String.fromCharCode(Number.parseInt((code[1] ?? code[2])!, 16)) : (escapes[sign] ?? sign);
      width = code ? code[0].length : 2;
    }
    way.push(piece.length, start + i, width);
    text += piece;
    i += width;
  }
  return { text, wayBack: way.done() };
}

const countHan = (text: string) => text.match(/\p{Script=Han}/gu)?.length ?? 0;

/** How much of a text a string is: tags and code count for nothing, few Chinese characters for nothing. */
function textWeight(text: string): number {
  const bare = text.replace(/<[^>]*>|&lt;.*?&gt;/g, '').replace(/&\w+;/g, '');
  const han = countHan(bare);
  return han >= shortest && han > bare.length * 0.35 ? han : 0;
}

function longestLiteral(source: string): Traced | null {
  let best: { raw: string; start: number; weight: number } | null = null;
  for (const match of source.matchAll(literal)) {
    const raw = match[0].slice(1, -1);
    const plain = raw.includes('\\u') ? unescapeTraced(raw, 0).text : raw;
    const weight = textWeight(plain);
    if (weight > (best?.weight ?? 0)) best = { raw, start: match.index + 1, weight };
  }
  return best && unescapeTraced(best.raw, best.start);
}

function* elementsNamed(parent: ParentNode, names: ReadonlySet<string>): Generator<Element> {
  for (const node of parent.children as ChildNode[]) {
    if (!('children' in node)) continue;
    if (names.has((node as Element).name)) yield node as Element;
    else yield* elementsNamed(node as ParentNode, names);
  }
}

const holders = new Set(['textarea', 'noscript', 'noframes', 'xmp', 'template']);

/** The text inside an element with its place in the source. */
function heldText(page: ParsedPage, element: ParentNode): Traced {
  const way = new WayBackBuilder();
  let text = '';
  for (const node of element.children as ChildNode[]) {
    if (node.type !== 'text') continue;
    const { data } = node as Text;
    const pieces = page.pieces.get(node as Text) ?? [];
    for (let i = 0; i < pieces.length; i += 3) way.push(pieces[i]!, pieces[i + 1]!, pieces[i + 2]!);
    text += data;
  }
  return { text, wayBack: way.done() };
}

/** HTML whose tags are themselves written as entities (&lt;p&gt;), undone once. */
function unescapeEntities(held: Traced): Traced {
  if (!/&lt;(?:p|div|br|span|section|table|!)/i.test(held.text)) return held;
  const page = parseHtml(held.text);
  const inner = heldText(page, page.root);
  return { text: inner.text, wayBack: inner.wayBack.after(held.wayBack) };
}

/** A string as lines, read as HTML where it holds tags, with the way back to the source. */
function linesOf(escaped: Traced): Line[] {
  const held = unescapeEntities(escaped);
  const tagged = /<(?:p|div|br|span|section|table)\b/i.test(held.text);
  const lines = tagged ? flattenPage(parseHtml(held.text)) : linesOfText(held.text);
  return lines.map((line) => {
    const wayBack = line.wayBack.after(held.wayBack);
    const start = wayBack.original({ start: 0, end: line.text.length });
    return { ...line, wayBack, start: start.start, end: start.end };
  });
}

const titleKey =
  /["']?(?:article_?title|news_?title|doc_?title|title|subject|headline)["']?\s*:\s*("(?:[^"\\]|\\.){2,200}"|'(?:[^'\\]|\\.){2,200}')/gi;
const dateKey =
  /["']?(?:pub_?date|publish_?(?:time|date|ed_?at)|date_?published|pub_?time|release_?(?:time|date)|show_?time|create_?(?:time|date)|c?date|time)["']?\s*:\s*("[^"]{6,40}"|'[^']{6,40}'|1\d{9}(?:\d{3})?)/gi;
const sourceKey = /["']?(?:content_?source|source|source_?name|origin)["']?\s*:\s*("[^"\\]{2,40}"|'[^'\\]{2,40}')/gi;

const numberKey =
  /["']?(?:doc_?(?:no|num|number)|file_?(?:no|num|number)|document_?number|wh|fwzh|wenhao)["']?\s*:\s*("[^"\\]{5,40}"|'[^'\\]{5,40}')/gi;

/** The value nearest to the text that a pattern names. */
function nearest(source: string, pattern: RegExp, at: number): string | null {
  let best: { value: string; distance: number } | null = null;
  for (const match of source.matchAll(pattern)) {
    const value = unescapeTraced(match[1]!.replace(/^["']|["']$/g, ''), 0).text;
    const distance = Math.abs(match.index - at);
    if (/\p{Script=Han}|\d{6}|\d{4}-/u.test(value) && distance < (best?.distance ?? 20_000)) best = { value, distance };
  }
  return best?.value ?? null;
}

function fieldsAround(source: string, at: number): Map<string, string> {
  const fields = new Map<string, string>();
  const keys: [string, RegExp][] = [
    ['articletitle', titleKey],
    ['pubdate', dateKey],
    ['contentsource', sourceKey],
    ['documentnumber', numberKey],
  ];
  for (const [name, pattern] of keys) {
    const value = nearest(source, pattern, at);
    if (value) fields.set(name, value);
  }
  return fields;
}

/**
 * The article in the data of a source, or null where no string is one.
 * @param page the parsed page, null for a JSON answer
 * @param least Chinese characters that it must have to be worth more than what the page shows
 */
export function findEmbedded(source: string, page: ParsedPage | null, least: number): Embedded | null {
  const found: Traced[] = [];
  const quoted = longestLiteral(source);
  if (quoted) found.push(quoted);
  if (page) for (const element of elementsNamed(page.root, holders)) found.push(heldText(page, element));
  const ranked = found.map((held) => ({ held, weight: textWeight(held.text) })).sort((a, b) => b.weight - a.weight);
  const best = ranked[0];
  if (!best || best.weight < Math.max(shortest, least)) return null;
  return { lines: linesOf(best.held), fields: fieldsAround(source, best.held.wayBack.runs[0]?.original ?? 0) };
}
