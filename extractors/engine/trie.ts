// A dictionary that is looked up at a place of a text, longest entry first, forwards or backwards. Words live in the lexicon;
// this file knows none.

interface Node<T> {
  next: Map<number, Node<T>> | null;
  value: T | undefined;
}

/** What a lookup found: the value of the longest entry, and how many UTF-16 units it covers. */
export interface Match<T> {
  value: T;
  length: number;
}

/** Words with a value each. Build once, look up often; a lookup costs the length of the word it finds. */
export class Trie<T> {
  readonly #root: Node<T> = { next: null, value: undefined };
  /** Marks the units that some word begins (backwards: ends) with, so that most places are passed by with one look. */
  readonly #first = new Uint8Array(65_536);
  readonly #backwards: boolean;

  /** @param backwards true for words that are looked up to the left of a place. */
  constructor(entries: Iterable<readonly [word: string, value: T]> = [], backwards = false) {
    this.#backwards = backwards;
    for (const [word, value] of entries) this.add(word, value);
  }

  /** Adds a word; the last value given for a word holds. */
  add(word: string, value: T): void {
    let node = this.#root;
    if (word !== '') this.#first[word.charCodeAt(this.#backwards ? word.length - 1 : 0)] = 1;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(this.#backwards ? word.length - 1 - i : i);
      node.next ??= new Map();
      let child = node.next.get(code);
      if (!child) {
        child = { next: null, value: undefined };
        node.next.set(code, child);
      }
      node = child;
    }
    node.value = value;
  }

  /** The longest word that begins at `at` and ends by `limit` (forwards), or that ends at `at` (backwards), if any. */
  longest(text: string, at: number, limit = text.length): Match<T> | undefined {
    if (this.#first[text.charCodeAt(this.#backwards ? at - 1 : at)] !== 1) return undefined;
    let node: Node<T> = this.#root;
    let found: Match<T> | undefined;
    const deepest = this.#backwards ? at : limit - at;
    for (let depth = 1; depth <= deepest && node.next !== null; depth++) {
      const child = node.next.get(text.charCodeAt(this.#backwards ? at - depth : at + depth - 1));
      if (!child) break;
      node = child;
      if (node.value !== undefined) found = { value: node.value, length: depth };
    }
    return found;
  }

  /** All words that stand in `text` between `from` and `to`, longest first at each place, without overlaps. */
  *scan(text: string, from: number, to: number): Generator<Match<T> & { at: number }> {
    for (let at = from; at < to; ) {
      if (this.#first[text.charCodeAt(at)] !== 1) {
        at++;
        continue;
      }
      const match = this.longest(text, at, to);
      if (match) {
        yield { value: match.value, length: match.length, at };
        at += match.length;
      } else at++;
    }
  }
}
