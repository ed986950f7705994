// A page's source to a tree, once, with the place of every character. The tokeniser is htmlparser2's; end tags obey the scopes of
// the HTML standard, so that a stray </div> in a table cell does not close the article around the table, as it would there.
// The nodes are domhandler's: cheerio's `load` takes the root.
import { type Document, DomHandler, type Element, type Text } from 'domhandler';
import { Parser } from 'htmlparser2';

/** Nesting beyond this is flattened: elements become neighbours, their text stays. */
const deepest = 512;
/** Nesting beyond this is no page that a person wrote; parsing stops there. */
const absurd = 5000;
const chunk = 65_536;

/** A parsed page. */
export interface ParsedPage {
  /** The decoded source in which all offsets count. */
  source: string;
  root: Document;
  /** For each text node three numbers a piece: length of its data, place in the source, width there. */
  pieces: Map<Text, number[]>;
  /** Nesting went beyond what is kept apart. */
  tooDeep: boolean;
}

const barriers = new Set(['table', 'td', 'th', 'caption', 'html', 'object', 'template']);
const formatting = new Set(
  'abbr b bdo big code em font i kbd label nobr o:p s small span strike strong sub sup tt u'.split(' '),
);
const blocks = new Set(
  'address article blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header li main nav ol p pre section table tbody td th tr ul'.split(
    ' ',
  ),
);
const tableParts = new Set(['td', 'th', 'tr', 'tbody', 'thead', 'tfoot', 'caption']);

/** Whether an end tag closes the element at `position` of the stack (innermost first) or is to be ignored. */
function inScope(name: string, stack: readonly string[], position: number): boolean {
  for (let i = 0; i < position; i++) {
    const between = stack[i]!;
    if (tableParts.has(name) ? between === 'table' : barriers.has(between) && name !== 'table') return false;
    if (formatting.has(name) && blocks.has(between)) return false;
    if (name === 'li' && (between === 'ul' || between === 'ol')) return false;
  }
  return true;
}

class ScopedParser extends Parser {
  readonly #source: string;

  constructor(handler: DomHandler, source: string, xml: boolean) {
    super(handler, { decodeEntities: true, recognizeCDATA: xml });
    this.#source = source;
  }

  get depth(): number {
    return this.#open.length;
  }

  /** Open elements, innermost first; the parser declares them private to TypeScript only. */
  get #open(): readonly string[] {
    return (this as unknown as { stack: readonly string[] }).stack;
  }

  override onclosetag(start: number, endIndex: number): void {
    const name = this.#source.slice(start, endIndex).toLowerCase();
    const position = this.#open.indexOf(name);
    if (position > 0 && !inScope(name, this.#open, position)) {
      this.endIndex = endIndex;
      this.startIndex = endIndex + 1;
      return;
    }
    super.onclosetag(start, endIndex);
  }
}

/** Builds the tree, notes where each piece of text stands in the source, and flattens what is nested too deep. */
class PlacedHandler extends DomHandler {
  readonly pieces = new Map<Text, number[]>();
  flattened = false;
  #parser: { startIndex: number | null; endIndex: number | null } | null = null;
  #beyond = 0;

  constructor() {
    super(undefined, { withStartIndices: true, withEndIndices: true });
  }

  override onparserinit(parser: { startIndex: number | null; endIndex: number | null }): void {
    this.#parser = parser;
    super.onparserinit(parser);
  }

  override onopentag(name: string, attributes: Record<string, string>): void {
    super.onopentag(name, attributes);
    if (this.tagStack.length <= deepest) return;
    this.flattened = true;
    this.tagStack.pop();
    this.lastNode = null;
    this.#beyond++;
  }

  override onclosetag(): void {
    if (this.#beyond === 0) {
      super.onclosetag();
      return;
    }
    this.#beyond--;
    this.lastNode = null;
  }

  override ontext(data: string): void {
    super.ontext(data);
    const node = this.lastNode as Text;
    const start = this.#parser?.startIndex ?? 0;
    const width = (this.#parser?.endIndex ?? 0) + 1 - start;
    const known = this.pieces.get(node);
    if (known) known.push(data.length, start, width);
    else this.pieces.set(node, [data.length, start, width]);
  }
}

/** Parses a page or a fragment of one. Never throws for markup, however broken. */
export function parseHtml(source: string): ParsedPage {
  const handler = new PlacedHandler();
  const parser = new ScopedParser(handler, source, /^\s*<\?xml/.test(source.slice(0, 100)));
  let tooDeep = false;
  for (let at = 0; at < source.length && !tooDeep; at += chunk) {
    parser.write(source.slice(at, at + chunk));
    tooDeep = parser.depth > absurd;
  }
  parser.end();
  return { source, root: handler.root, pieces: handler.pieces, tooDeep: tooDeep || handler.flattened };
}

/** An attribute in lower case without white space around, '' where it is missing. */
export function attribute(element: Element, name: string): string {
  return (element.attribs[name] ?? '').trim();
}
