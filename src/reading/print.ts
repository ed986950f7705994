// Near-duplicates: a short print that finds candidates, and the exact comparison that decides. A notice and the files beside it
// repeat each other; two notices from one template with other numbers do not.
import { fold } from './line.js';

/** The print of a text. */
export interface Print {
  /** 64-bit SimHash over character triples, 16 hex digits. */
  simhash: string;
  /** Characters that were looked at: letters, Chinese characters and digits. */
  length: number;
}

/** How much of the shorter text's triples the longer must hold. */
const leastShared = 0.9;
/** A text shorter than this repeats nothing: short texts are alike by chance. */
const leastLength = 40;

/** Only what carries meaning: no space, no punctuation, full-width signs as ASCII, lower case. */
const essence = (text: string) =>
  fold(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, '');

/** FNV-1a over a triple, two halves of 32 bits with different bases. */
function hashTriple(text: string, at: number, basis: number): number {
  let hash = basis;
  for (let i = at; i < at + 3; i++) {
    hash = Math.imul(hash ^ (text.charCodeAt(i) & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (text.charCodeAt(i) >>> 8), 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * The print of a text: 64-bit SimHash (Charikar 2002) over all character triples.
 * @returns sixteen hex digits and the number of characters looked at; a text under three characters has the print 0
 */
export function printOf(text: string): Print {
  const bare = essence(text);
  const triples = Math.max(0, bare.length - 2);
  // How often each byte of the hashes has each value: eight steps a triple, and the bits are counted once at the end.
  const bytes = new Uint32Array(8 * 256);
  for (let i = 0; i < triples; i++) {
    const low = hashTriple(bare, i, 0x811c9dc5);
    const high = hashTriple(bare, i, 0x9747b28c);
    for (let byte = 0; byte < 4; byte++) {
      bytes[(byte << 8) | ((low >>> (8 * byte)) & 0xff)]!++;
      bytes[((byte + 4) << 8) | ((high >>> (8 * byte)) & 0xff)]!++;
    }
  }
  let simhash = '';
  for (let nibble = 0; nibble < 16; nibble++) {
    let value = 0;
    for (let bit = 0; bit < 4; bit++) if (2 * timesSet(bytes, nibble * 4 + bit) > triples) value |= 1 << bit;
    simhash += value.toString(16);
  }
  return { simhash, length: bare.length };
}

/** In how many hashes a bit, 0 to 63, is set. */
function timesSet(bytes: Uint32Array, bit: number): number {
  const first = (bit >> 3) << 8;
  const mask = 1 << (bit & 7);
  let times = 0;
  for (let value = 0; value < 256; value++) if ((value & mask) !== 0) times += bytes[first | value]!;
  return times;
}

function triplesOf(bare: string): Map<string, number> {
  const triples = new Map<string, number>();
  for (let i = 0; i + 3 <= bare.length; i++) {
    const triple = bare.slice(i, i + 3);
    triples.set(triple, (triples.get(triple) ?? 0) + 1);
  }
  return triples;
}

/** The share of the triples of `inner` that `outer` holds too, each as often; 0 to 1. */
export function containment(inner: string, outer: string): number {
  const wanted = triplesOf(essence(inner));
  const held = triplesOf(essence(outer));
  let shared = 0;
  let total = 0;
  for (const [triple, times] of wanted) {
    total += times;
    shared += Math.min(times, held.get(triple) ?? 0);
  }
  return total === 0 ? 0 : shared / total;
}

/** The numbers of a text, in order: runs of digits with their decimals. Numbers of lists and pages are no matter of substance. */
function numbersOf(text: string): string[] {
  const folded = fold(text).replace(/^\s*(?:[-—–]\s*\d{1,3}\s*[-—–]|\(?\d{1,2}[.、)])\s*/gm, '');
  return folded.match(/\d+(?:\.\d+)?/g) ?? [];
}

/** Whether every number of `inner` stands in `outer`, as often. */
function numbersAgree(inner: string, outer: string): boolean {
  const held = new Map<string, number>();
  for (const number of numbersOf(outer)) held.set(number, (held.get(number) ?? 0) + 1);
  for (const number of numbersOf(inner)) {
    const left = (held.get(number) ?? 0) - 1;
    if (left < 0) return false;
    held.set(number, left);
  }
  return true;
}

/**
 * Whether one of two texts repeats the other: nearly all triples of the shorter stand in the longer, and all its numbers do. A text
 * that adds much of its own (a notice with its plan beside the notice alone) still repeats what it holds.
 */
export function repeats(a: string, b: string): boolean {
  const [ofA, ofB] = [essence(a), essence(b)];
  const [inner, outer, ofInner, ofOuter] = ofA.length <= ofB.length ? [a, b, ofA, ofB] : [b, a, ofB, ofA];
  if (ofInner.length < leastLength) return ofInner !== '' && ofInner === ofOuter;
  // Numbers first: they part the many pages of one template, and cost little.
  return numbersAgree(inner, outer) && containment(ofInner, ofOuter) >= leastShared;
}
