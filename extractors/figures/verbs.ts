// Verbs in a stretch of text, with what they say of time. A verb counts only where whole words begin and end: 共 in 公共, 计 in
// 计算机 and 达 in 达标 are none.
import nodejieba from 'nodejieba';
import { Trie } from '../engine/trie.js';
import { flowVerbs, stockVerbs } from '../lexicon/verbs.js';

/** flow: something was done in the period; stock: a state. */
export type VerbKind = 'flow' | 'stock';

export interface Verb {
  word: string;
  /** Where it begins in the text that was searched. */
  at: number;
  end: number;
  kind: VerbKind;
}

const verbs = new Trie<VerbKind>([
  ...stockVerbs.map((word) => [word, 'stock'] as const),
  ...flowVerbs.map((word) => [word, 'flow'] as const),
]);

/** Offsets in `text` at which a word begins or ends. */
function wordEdges(text: string): Set<number> {
  const edges = new Set([0]);
  let at = 0;
  for (const word of nodejieba.cut(text)) {
    at += word.length;
    edges.add(at);
  }
  return edges;
}

/** All verbs of `text` in order. The text is a clause or less. */
export function verbsIn(text: string): Verb[] {
  const found: Verb[] = [];
  for (const match of verbs.scan(text, 0, text.length)) {
    const end = match.at + match.length;
    found.push({ word: text.slice(match.at, end), at: match.at, end, kind: match.value });
  }
  if (found.every(({ word }) => word.length > 2)) return found;
  const edges = wordEdges(text);
  return found.filter(({ word, at, end }) => word.length > 2 || (edges.has(at) && edges.has(end)));
}

/** The last verb of `text`, or null. */
export const lastVerb = (text: string): Verb | null => verbsIn(text).at(-1) ?? null;
