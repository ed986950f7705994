// The tree of a page to its visible lines, in the order of the page.
import type { ChildNode, Element, ParentNode, Text } from 'domhandler';
import { writtenBy } from './document-write.js';
import { type FieldName, fieldsOf, labelAlone } from './fields.js';
import type { ParsedPage } from './html.js';
import { fold, type Line, LineBuilder, type Traced } from './line.js';

const unseen = new Set(
  'script style template select datalist button iframe object embed canvas svg math audio video map rt rp title noframes'.split(
    ' ',
  ),
);
/** Unseen as a rule, but some pages keep their article there for a script to show. */
const reserve = new Set(['noscript', 'textarea', 'xmp']);
const blockElements = new Set(
  'html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul ucapcontent ucaptitle caption'.split(
    ' ',
  ),
);
const inlineHolders = new Set(['span', 'b', 'em', 'i', 'strong', 'font', 'label', 'time', 'a']);
const bold = new Set(['b', 'strong', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th']);

/** A line of the masthead is not longer than this. */
const longestMasthead = 300;
/** What a script may write that is taken. */
const mastheadFields = new Set<FieldName>([
  'published',
  'updated',
  'signed',
  'source',
  'author',
  'publisher',
  'documentNumber',
  'indexNumber',
]);

interface Context {
  block: Element | null;
  cell: Element | null;
  link: boolean;
  heading: number;
  strong: boolean;
  centred: boolean;
  item: boolean;
  hidden: boolean;
  pre: boolean;
}

const top: Context = {
  block: null,
  cell: null,
  link: false,
  heading: 0,
  strong: false,
  centred: false,
  item: false,
  hidden: false,
  pre: false,
};

function isHidden(element: Element): boolean {
  if (reserve.has(element.name) || 'hidden' in element.attribs) return true;
  const style = element.attribs.style;
  return style !== undefined && /display\s*:\s*none/i.test(style);
}

function isCentred(element: Element, inherited: boolean): boolean {
  if (element.name === 'center') return true;
  const { style, align: attribute } = element.attribs;
  const align = (style && /text-align\s*:\s*(\w+)/i.exec(style)?.[1]) || attribute;
  return align === undefined ? inherited : align.toLowerCase() === 'center';
}

const isBold = ({ name, attribs: { style } }: Element) =>
  bold.has(name) || (style !== undefined && /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style));

const isHeading = (name: string) => name.length === 2 && /^h[1-6]$/.test(name);

/** A label without colon and its value, each in an element of its own within one line, part like cells. */
function labelEnds(builder: LineBuilder, next: Element): boolean {
  if (builder.length < 2 || builder.length > 9 || !inlineHolders.has(next.name)) return false;
  const [first] = next.children;
  if (first?.type === 'text' && /^\s*[::]/.test((first as Text).data)) return false;
  const text = builder.peek();
  return !/[::]$/.test(text) && labelAlone(text) !== null;
}

/** An element that holds nothing but a label without colon. */
function isLabel(element: Element): boolean {
  const [first] = element.children;
  if (element.children.length !== 1 || first?.type !== 'text' || !inlineHolders.has(element.name)) return false;
  const { data } = first as Text;
  return data.length < 12 && !/[::]\s*$/.test(data) && labelAlone(data) !== null;
}

class Flattener {
  readonly lines: Line[] = [];
  readonly #pieces: Map<Text, number[]>;
  readonly #builder = new LineBuilder();
  #linked = 0;
  #strong = 0;
  #gap = 0;
  /** The block whose inline elements are labels and values. */
  #labelled: Element | null = null;
  #current: Context = top;

  constructor(page: ParsedPage) {
    this.#pieces = page.pieces;
  }

  walk(parent: ParentNode, context: Context): void {
    for (const node of parent.children) this.#visit(node, context);
  }

  #visit(node: ChildNode, context: Context): void {
    if (node.type === 'text') this.#text(node as Text, context);
    else if (node.type === 'cdata') this.walk(node as ParentNode, context);
    else if (node.type === 'tag') this.#element(node as Element, context);
    else if (node.type === 'script') this.#written(node as Element, context);
  }

  #element(element: Element, context: Context): void {
    if (unseen.has(element.name)) return;
    if (element.name === 'br') {
      this.endLine(true);
      return;
    }
    const block = blockElements.has(element.name);
    if (!block) this.#partFields(element, context);
    if (block) this.endLine(false);
    this.walk(element, this.#inside(element, context, block));
    if (block) this.endLine(element.name === 'p');
  }

  /** Takes what a script writes where that is a field of the masthead; whatever else scripts write is not the article's. */
  #written(script: Element, context: Context): void {
    const [node] = script.children;
    const pieces = node?.type === 'text' ? this.#pieces.get(node as Text) : undefined;
    if (!pieces || this.#builder.length > longestMasthead) return;
    for (const terms of writtenBy((node as Text).data)) {
      const text = terms.map((term) => term.text).join('');
      const field = fieldsOf(fold(this.#builder.peek() + text)).at(-1);
      if (!field || field.value === '' || !mastheadFields.has(field.name)) continue;
      for (const term of terms) this.#take(term.text, pieces[1]! + term.start, term.width, context);
    }
  }

  /** Ends the line between a label and its value, and between a value and the next label of the same block. */
  #partFields(element: Element, context: Context): void {
    if (labelEnds(this.#builder, element)) {
      this.endLine(false);
      this.#labelled = context.block;
    } else if (this.#labelled !== null && this.#labelled === context.block && isLabel(element)) this.endLine(false);
  }

  #inside(element: Element, context: Context, block: boolean): Context {
    const { name } = element;
    return {
      block: block ? element : context.block,
      cell: name === 'td' || name === 'th' ? element : context.cell,
      link: context.link || (name === 'a' && element.attribs.href !== undefined),
      heading: isHeading(name) ? Number(name[1]) : context.heading,
      strong: context.strong || isBold(element),
      centred: isCentred(element, context.centred),
      item: block ? name === 'li' || (name === 'p' && context.item) : context.item,
      hidden: context.hidden || isHidden(element),
      pre: context.pre || name === 'pre',
    };
  }

  #text(node: Text, context: Context): void {
    const pieces = this.#pieces.get(node) ?? [];
    if (this.#builder.length === 0) this.#current = context;
    let at = 0;
    for (let i = 0; i < pieces.length; i += 3) {
      const length = pieces[i]!;
      this.#piece(node.data.slice(at, at + length), pieces[i + 1]!, pieces[i + 2]!, context);
      at += length;
    }
  }

  #piece(data: string, start: number, width: number, context: Context): void {
    if (context.pre && data.includes('\n') && data.length === width) {
      const [first, ...others] = data.split('\n');
      this.#take(first!, start, first!.length, context);
      let at = start + first!.length + 1;
      for (const line of others) {
        this.endLine(true);
        this.#current = context;
        this.#take(line, at, line.length, context);
        at += line.length + 1;
      }
      return;
    }
    this.#take(data, start, width, context);
  }

  #take(data: string, start: number, width: number, context: Context): void {
    const before = this.#builder.length;
    this.#builder.push(data, start, width);
    const taken = this.#builder.length - before;
    if (before === 0 && taken > 0) this.#current = context;
    if (context.link) this.#linked += taken;
    if (context.strong) this.#strong += taken;
  }

  /** Ends the line that is being collected; an empty one counts as a gap where `visible`. */
  endLine(visible: boolean): void {
    const traced = this.#builder.take();
    if (traced.text === '') {
      if (visible) this.#gap++;
    } else {
      this.lines.push(this.#line(traced));
      this.#gap = 0;
    }
    this.#linked = 0;
    this.#strong = 0;
  }

  #line(traced: Traced): Line {
    const context = this.#current;
    const runs = traced.wayBack.runs;
    const last = runs.at(-1)!;
    return {
      text: traced.text,
      wayBack: traced.wayBack,
      start: runs[0]!.original,
      end: last.original + last.width,
      element: context.block,
      cell: context.cell,
      table: null,
      linked: this.#linked,
      heading: context.heading,
      strong: this.#strong >= traced.text.length * 0.9,
      centred: context.centred,
      item: context.item,
      hidden: context.hidden,
      gap: this.#gap,
    };
  }
}

/** The visible lines of a page, hidden ones marked. */
export function flattenPage(page: ParsedPage): Line[] {
  const flattener = new Flattener(page);
  flattener.walk(page.root, top);
  flattener.endLine(false);
  return flattener.lines;
}
