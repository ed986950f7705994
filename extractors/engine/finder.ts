// Finds all words of a list in one pass over a text (Aho and Corasick 1975): overlapping ones too. The words come from data;
// this file knows none.

/** Where a word stands. */
export interface Hit {
  /** Number of the word in the finder. */
  word: number;
  start: number;
  end: number;
}

interface State {
  next: Map<number, State>;
  fail: State | null;
  /** The nearest state on the way of failures that ends a word. */
  report: State | null;
  word: number;
  depth: number;
}

const state = (depth: number): State => ({ next: new Map(), fail: null, report: null, word: -1, depth });

/** A set of words, numbered in the order in which they were given; equal words share a number. */
export class Finder {
  readonly words: readonly string[];
  readonly #root = state(0);
  readonly #numbers = new Map<string, number>();

  constructor(words: Iterable<string>) {
    for (const word of words) if (word !== '' && !this.#numbers.has(word)) this.#numbers.set(word, this.#numbers.size);
    this.words = [...this.#numbers.keys()];
    for (const [word, number] of this.#numbers) this.#add(word, number);
    this.#link();
  }

  /** The number of a word, or -1. */
  number(word: string): number {
    return this.#numbers.get(word) ?? -1;
  }

  #add(word: string, number: number): void {
    let at = this.#root;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      let next = at.next.get(code);
      if (!next) {
        next = state(i + 1);
        at.next.set(code, next);
      }
      at = next;
    }
    at.word = number;
  }

  #link(): void {
    const queue: State[] = [];
    for (const child of this.#root.next.values()) {
      child.fail = this.#root;
      queue.push(child);
    }
    for (let i = 0; i < queue.length; i++) {
      const at = queue[i]!;
      for (const [code, child] of at.next) {
        let fail = at.fail;
        while (fail && !fail.next.has(code)) fail = fail.fail;
        child.fail = fail?.next.get(code) ?? this.#root;
        child.report = child.fail.word >= 0 ? child.fail : child.fail.report;
        queue.push(child);
      }
    }
  }

  /** All words in `text`, by their ends. Linear in the text and in what is found. */
  find(text: string): Hit[] {
    const hits: Hit[] = [];
    let at = this.#root;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      let next = at.next.get(code);
      while (!next && at.fail) {
        at = at.fail;
        next = at.next.get(code);
      }
      at = next ?? this.#root;
      for (let found = at.word >= 0 ? at : at.report; found; found = found.report)
        hits.push({ word: found.word, start: i + 1 - found.depth, end: i + 1 });
    }
    return hits;
  }
}
