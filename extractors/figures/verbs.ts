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

/** 1 at the offsets in `text` at which a word begins or ends. */
function wordEdges(text: string): Uint8Array {
  const edges = new Uint8Array(text.length + 1);
  let at = 0;
  edges[0] = 1;
  for (const word of nodejieba.cut(text)) {
    // 招收新生 is one word of the dictionary.
    if (/^招收./.test(word)) edges[at + 2] = 1;
    at += word.length;
    edges[at] = 1;
  }
  return edges;
}

/** All verbs of `text` in order. The text is a clause or less. */
export function verbsIn(text: string): readonly Verb[] {
  const known = recent.find((entry) => entry.text === text);
  if (known) return known.verbs;
  const verbs = findVerbs(text);
  recent[turn] = { text, verbs };
  turn = (turn + 1) % 4;
  return verbs;
}

/** The slots of one figure ask for the same few clauses. */
const recent: { text: string; verbs: readonly Verb[] }[] = [];
let turn = 0;

function findVerbs(text: string): Verb[] {
  const found: Verb[] = [];
  for (const match of verbs.scan(text, 0, text.length)) {
    const end = match.at + match.length;
    found.push({ word: text.slice(match.at, end), at: match.at, end, kind: match.value });
  }
  if (found.every(({ word }) => word.length > 2)) return found;
  const edges = wordEdges(text);
  return found.filter(({ word, at, end }) => word.length > 2 || (edges[at] === 1 && edges[end] === 1));
}

/** The last verb of `text`, or null. */
export const lastVerb = (text: string): Verb | null => verbsIn(text).at(-1) ?? null;
