// Search by character pairs. Chinese has no spaces between words, and what a program takes for a word is often wrong; overlapping pairs
// find every text that holds the words, whatever stands around them: 教师节 is kept as 教师 师节 节, and 师节 is found as it was written.
import type { Kysely, RawBuilder } from 'kysely';
import type { Database } from './database.js';

/** How a database keeps the pairs of documents. */
export interface PairIndex {
  /** Statements that make it, as `document_pairs`. */
  definition: readonly string[];
  /** Keeps the pairs of a text in place of what the document had; `isNew` says that it had none. */
  put(db: Kysely<Database>, document: number, text: string, isNew: boolean): Promise<void>;
  /** The column of `document_pairs` that names the document. */
  key: RawBuilder<number>;
  /**
   * What rows of `document_pairs` fit that may hold all words, and none is missing that does; null where the words hold nothing that
   * can be searched.
   */
  holding(words: readonly string[]): RawBuilder<boolean> | null;
}

/** Letters, digits and what belongs to them: what can be searched. All else parts the runs. */
const run = /[\p{L}\p{M}\p{N}]+/gu;

/** The form in which texts and words are laid beside each other: one width, one case. */
export const searchForm = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The runs of a text, as their characters. */
export const runsOf = (text: string): string[][] => [...searchForm(text).matchAll(run)].map(([found]) => [...found]);

/** A text as its pairs, and behind the pairs of each run its last character, parted by spaces. */
export function pairsOf(text: string): string {
  let pairs = '';
  for (const [found] of searchForm(text).matchAll(run)) {
    let last = '';
    for (const character of found) {
      if (last !== '') pairs += `${last}${character} `;
      last = character;
    }
    pairs += `${last} `;
  }
  return pairs.trimEnd();
}

/**
 * The expression of SQLite's FTS5 that every text which holds all words fits (https://sqlite.org/fts5.html#full_text_query_syntax); a
 * text that fits may still not hold them, where punctuation parts a word. Null where the words hold nothing that can be searched.
 */
export function pairQuery(words: readonly string[]): string | null {
  const phrases = words.flatMap(runsOf).map((characters) => {
    if (characters.length === 1) return `"${characters[0]}"*`;
    const pairs = characters.slice(0, -1).map((character, index) => character + characters[index + 1]);
    return `"${pairs.join(' ')}"`;
  });
  return phrases.length === 0 ? null : [...new Set(phrases)].join(' AND ');
}
