// The tree of an archived page to HTML that does nothing: a short list of elements of our own choice, no attribute of the page but the
// spans of cells, every text escaped, nothing fetched. The page's words and tables stay in their order; marks stand on given parts.
import type { ChildNode, Element, ParentNode, Text } from 'domhandler';
import { html } from '../../export/html.js';
import type { Span } from '../../model/way-back.js';
import type { ParsedPage } from '../../reading/index.js';
import { partsIn, type TextPart } from './passage.js';

/** What a mark says: the quote, a head that governs its cell, the sentence around it. */
export type MarkKind = 'passage' | 'head' | 'sentence';

export interface Mark {
  kind: MarkKind;
  span: Span;
  /** Also the table cell around it is marked. */
  isCell: boolean;
}

interface ArchivedWords {
  image: string;
}

/** Elements that are left out with all they hold. */
const dropped = new Set(
  'script style template textarea xmp noscript noframes noembed plaintext title head link meta base select datalist button input iframe frame object embed applet param canvas svg math audio video source track map area portal dialog rt rp'.split(
    ' ',
  ),
);
const lines = new Set(
  'address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form header h1 h2 h3 h4 h5 h6 html legend main menu nav p pre section summary ucapcontent ucaptitle'.split(
    ' ',
  ),
);
const bold = new Set(['b', 'strong', 'em']);
/** Which open element of ours a part of a list or table needs around it. */
const needs: Record<string, ReadonlySet<string>> = {
  li: new Set(['ul', 'ol']),
  caption: new Set(['table']),
  thead: new Set(['table']),
  tbody: new Set(['table']),
  tfoot: new Set(['table']),
  tr: new Set(['table', 'thead', 'tbody', 'tfoot']),
  td: new Set(['tr']),
  th: new Set(['tr']),
};
const lists = new Set(['ul', 'ol', 'table']);
const kept = new Set([...lists, ...Object.keys(needs)]);

const isElement = (node: ParentNode | ChildNode | null): node is Element => node?.type === 'tag';

/** Whether the page shows a span: none of it lies in an element that is left out. */
export function isShown(page: ParsedPage, span: Span): boolean {
  const parts = partsIn(page, span);
  return parts.length > 0 && parts.every(({ node }) => ancestors(node).every((element) => !isLeftOut(element)));
}

function ancestors(node: ChildNode): Element[] {
  const found: Element[] = [];
  for (let parent = node.parent; parent; parent = parent.parent)
    if (parent.type === 'script' || parent.type === 'style' || isElement(parent)) found.push(parent as Element);
  return found;
}

const isLeftOut = (element: Element): boolean =>
  element.type === 'script' || element.type === 'style' || dropped.has(element.name);

/**
 * Writes a page.
 * @param article where the text of the document stands in the source; lists of links outside it are set small
 */
export function archivedHtml(
  page: ParsedPage,
  { marks, article, words }: { marks: readonly Mark[]; article: Span; words: ArchivedWords },
): string {
  return new Writer(page, marks, article, words).write();
}

type MarkedPart = TextPart & { kind: MarkKind };

class Writer {
  readonly #page: ParsedPage;
  readonly #article: Span;
  readonly #words: ArchivedWords;
  readonly #parts = new Map<Text, MarkedPart[]>();
  readonly #cells = new Map<Element, MarkKind>();
  /** Elements that lie around a mark: they are shown even where the page hides them. */
  readonly #around = new Set<Element>();
  readonly #links = new Map<Element, { text: number; linked: number }>();
  #isNamed = false;

  constructor(page: ParsedPage, marks: readonly Mark[], article: Span, words: ArchivedWords) {
    this.#page = page;
    this.#article = article;
    this.#words = words;
    for (const mark of marks) for (const part of partsIn(page, mark.span)) this.#place(part, mark);
  }

  write(): string {
    this.#weigh(this.#page.root, false);
    return this.#children(this.#page.root, 'body', false);
  }

  #place(part: TextPart, { kind, isCell }: Mark): void {
    const parts = this.#parts.get(part.node) ?? [];
    parts.push({ ...part, kind });
    this.#parts.set(part.node, parts);
    const around = ancestors(part.node);
    for (const element of around) this.#around.add(element);
    const cell = isCell && around.find(({ name }) => name === 'td' || name === 'th');
    if (cell) this.#cells.set(cell, kind);
  }

  /** Characters of each element, and how many of them stand in links. */
  #weigh(parent: ParentNode, isLinked: boolean): { text: number; linked: number } {
    const sum = { text: 0, linked: 0 };
    for (const node of parent.children) {
      if (node.type === 'text') {
        const length = (node as Text).data.trim().length;
        sum.text += length;
        if (isLinked) sum.linked += length;
      } else if (isElement(node) && !isLeftOut(node)) {
        const own = this.#weigh(node, isLinked || node.name === 'a');
        this.#links.set(node, own);
        sum.text += own.text;
        sum.linked += own.linked;
      }
    }
    return sum;
  }

  #children(parent: ParentNode, open: string, isAway: boolean): string {
    return parent.children.map((node) => this.#node(node, open, isAway)).join('');
  }

  #node(node: ChildNode, open: string, isAway: boolean): string {
    if (node.type === 'text') return this.#text(node as Text);
    if (node.type === 'cdata') return this.#children(node as ParentNode, open, isAway);
    if (!isElement(node) || isLeftOut(node) || this.#isHidden(node)) return '';
    return this.#element(node, open, isAway);
  }

  #isHidden(element: Element): boolean {
    if (this.#around.has(element)) return false;
    return 'hidden' in element.attribs || /display\s*:\s*none/i.test(element.attribs.style ?? '');
  }

  #element(element: Element, open: string, isAway: boolean): string {
    const { name } = element;
    if (name === 'br') return '<br>';
    if (name === 'hr') return '<hr>';
    if (name === 'img') return this.#image(element);
    const tag = tagOf(name, open);
    if (tag === null) return this.#children(element, open, isAway);
    const away = !isAway && this.#isAway(element);
    const classes = [...classesOf(element, tag), ...(away ? ['away'] : []), ...this.#cellClass(element)];
    const attributes = `${classes.length > 0 ? ` class="${classes.join(' ')}"` : ''}${spansOf(element, tag)}${titleOf(element)}`;
    return `<${tag}${attributes}>${this.#children(element, tag === 'span' ? open : tag, isAway || away)}</${tag}>`;
  }

  #image({ attribs }: Element): string {
    const alt = (attribs.alt ?? attribs.title ?? '').trim();
    return `<span class="image">${escaped(alt === '' ? this.#words.image : `${this.#words.image}: ${alt}`)}</span>`;
  }

  #cellClass(element: Element): string[] {
    const kind = this.#cells.get(element);
    return kind === undefined ? [] : [kind === 'head' ? 'cell-head' : 'cell'];
  }

  /** Menus and lists of links beside the article. */
  #isAway(element: Element): boolean {
    const [from, to] = [element.startIndex ?? 0, element.endIndex ?? 0];
    if (from < this.#article.end && to >= this.#article.start) return false;
    const { text, linked } = this.#links.get(element) ?? { text: 0, linked: 0 };
    return text > 0 && linked > text * 0.6 && (lines.has(element.name) || lists.has(element.name));
  }

  #text(node: Text): string {
    const parts = this.#parts.get(node);
    if (!parts) return escaped(node.data);
    const cuts = [...new Set([0, node.data.length, ...parts.flatMap(({ from, to }) => [from, to])])].sort(
      (a, b) => a - b,
    );
    return cuts
      .slice(1)
      .map((to, i) => this.#segment(node.data, cuts[i]!, to, parts))
      .join('');
  }

  #segment(data: string, from: number, to: number, parts: readonly MarkedPart[]): string {
    const text = escaped(data.slice(from, to));
    const kinds = parts.filter((part) => part.from <= from && part.to >= to).map(({ kind }) => kind);
    const kind = (['passage', 'head', 'sentence'] as const).find((each) => kinds.includes(each));
    if (!kind) return text;
    const name = kind === 'passage' && !this.#isNamed ? ' id="passage"' : '';
    this.#isNamed ||= kind === 'passage';
    return `<mark class="${kind}"${name}>${text}</mark>`;
  }
}

/** The element that stands for one of the page; null where only its children are shown. */
function tagOf(name: string, open: string): string | null {
  if (kept.has(name)) return needs[name] === undefined || needs[name].has(open) ? name : 'div';
  if (lines.has(name)) return 'div';
  return name === 'a' || bold.has(name) ? 'span' : null;
}

function classesOf(element: Element, tag: string): string[] {
  const { name } = element;
  const isCentred =
    name === 'center' ||
    /text-align\s*:\s*center/i.test(element.attribs.style ?? '') ||
    element.attribs.align?.toLowerCase() === 'center';
  return [
    ...(/^h[1-6]$|^pre$|^p$|^a$/.test(name) ? [name] : []),
    ...(bold.has(name) ? ['b'] : []),
    ...(isCentred && tag !== 'span' ? ['centred'] : []),
  ];
}

const mostSpan = 1000;

function spansOf({ attribs }: Element, tag: string): string {
  if (tag !== 'td' && tag !== 'th') return '';
  return ['colspan', 'rowspan']
    .map((name) => [name, Number.parseInt(attribs[name] ?? '1', 10)] as const)
    .map(([name, number]) => (number > 1 && number <= mostSpan ? ` ${name}="${number}"` : ''))
    .join('');
}

/** Where a link led, as words. */
const titleOf = ({ name, attribs }: Element): string =>
  name === 'a' && attribs.href ? ` title="${escaped(attribs.href.slice(0, 300))}"` : '';

/** A line feed is enough where the page has carriage returns. */
const escaped = (text: string): string => html`${text.replaceAll('\r', ' ')}`.text;
