// A passage in the source of a page: which characters of which text nodes it is, and what they say once the mends of reading are
// applied. Nothing is looked for: offsets alone say where it stands.
import type { Text } from 'domhandler';
import type { Mend } from '../../model/document.js';
import type { Span } from '../../model/way-back.js';
import { type ParsedPage, toSimplified } from '../../reading/index.js';

/** Part of a text node's data. */
export interface TextPart {
  node: Text;
  from: number;
  to: number;
}

/** The parts of text nodes that stem from a span of the source, in the order of the page. */
export function partsIn(page: ParsedPage, span: Span): TextPart[] {
  const parts: TextPart[] = [];
  for (const [node, pieces] of page.pieces) {
    let at = 0;
    for (let i = 0; i < pieces.length; i += 3) {
      const [length, start, width] = [pieces[i]!, pieces[i + 1]!, pieces[i + 2]!];
      const own = partOfPiece(length, start, width, span);
      if (own) push(parts, { node, from: at + own.from, to: at + own.to });
      at += length;
    }
  }
  return parts;
}

/** The characters of one piece inside the span; one that was written as an entity is inside as a whole. */
function partOfPiece(length: number, start: number, width: number, span: Span): { from: number; to: number } | null {
  if (start >= span.end || start + width <= span.start) return null;
  if (length !== width) return { from: 0, to: length };
  return { from: Math.max(0, span.start - start), to: Math.min(length, span.end - start) };
}

function push(parts: TextPart[], part: TextPart): void {
  const last = parts.at(-1);
  if (last?.node === part.node && last.to === part.from) last.to = part.to;
  else parts.push(part);
}

/** A character with its place in the source. */
type Placed = readonly [character: string, at: number];

function* charactersOf(page: ParsedPage, span: Span): Generator<Placed> {
  for (const [node, pieces] of page.pieces) {
    let at = 0;
    for (let i = 0; i < pieces.length; i += 3) {
      const [length, start, width] = [pieces[i]!, pieces[i + 1]!, pieces[i + 2]!];
      const own = partOfPiece(length, start, width, span);
      if (own) for (let j = own.from; j < own.to; j++) yield [node.data[at + j]!, length === width ? start + j : start];
      at += length;
    }
  }
}

/**
 * What the page shows at a span of its source, with the mends that reading made there.
 * @param span and the mends' spans count in the decoded source
 */
export function visibleText(page: ParsedPage, span: Span, mends: readonly Mend[]): string {
  return mended(charactersOf(page, span), span, mends);
}

/** The same for a file of plain text. */
export function plainText(source: string, span: Span, mends: readonly Mend[]): string {
  const characters = [...Array(Math.max(0, Math.min(span.end, source.length) - span.start)).keys()].map(
    (i): Placed => [source[span.start + i]!, span.start + i],
  );
  return mended(characters, span, mends);
}

function mended(characters: Iterable<Placed>, span: Span, mends: readonly Mend[]): string {
  const own = mends.filter((mend) => mend.start < span.end && mend.end > span.start);
  const done = new Set<Mend>();
  let text = '';
  for (const [character, at] of characters) {
    const mend = own.find((each) => at >= each.start && at < each.end);
    if (!mend) text += character;
    else if (!done.has(mend)) {
      text += mend.after;
      done.add(mend);
    }
  }
  return text;
}

const blank = /[\s\u200b-\u200f\ufeff\u2060\u00ad\u0000]+/g;

/** Whether two texts are one, whatever their white space and script. */
export function saysTheSame(a: string, b: string): boolean {
  const [left, right] = [a.replace(blank, ''), b.replace(blank, '')];
  return left === right || toSimplified(left) === toSimplified(right);
}
