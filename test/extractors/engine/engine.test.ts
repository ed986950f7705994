// The engine: words found at a place, and passes of rules over items.
import { describe, expect, it } from 'vitest';
import { type Pass, type Ruled, runPass } from '../../../extractors/engine/rule.js';
import { Trie } from '../../../extractors/engine/trie.js';

describe('Trie', () => {
  const trie = new Trie([
    ['ab', 1],
    ['abcd', 2],
    ['b', 3],
  ]);

  it('finds the longest word that begins at a place', () => {
    expect(trie.longest('xabcde', 1)).toEqual({ value: 2, length: 4 });
    expect(trie.longest('xabce', 1)).toEqual({ value: 1, length: 2 });
    expect(trie.longest('xabce', 0)).toBeUndefined();
    expect(trie.longest('ab', 2)).toBeUndefined();
  });

  it('finds the longest word that ends at a place, backwards', () => {
    const backwards = new Trie(
      [
        ['ab', 1],
        ['zab', 2],
      ] as const,
      true,
    );
    expect(backwards.longest('zab', 3)).toEqual({ value: 2, length: 3 });
    expect(backwards.longest('yab', 3)).toEqual({ value: 1, length: 2 });
    expect(backwards.longest('ab', 0)).toBeUndefined();
  });

  it('scans without overlaps and never past the end of the window', () => {
    expect([...trie.scan('abab b', 0, 6)].map(({ at, value }) => [at, value])).toEqual([
      [0, 1],
      [2, 1],
      [5, 3],
    ]);
    expect([...trie.scan('abcd', 0, 3)].map(({ at, value }) => [at, value])).toEqual([[0, 1]]);
    expect([...trie.scan('abcd', 0, 1)]).toEqual([]);
  });

  it('keeps the last value given for a word', () => {
    expect(
      new Trie([
        ['a', 1],
        ['a', 2],
      ] as const).longest('a', 0)?.value,
    ).toBe(2);
  });
});

interface Item extends Ruled {
  n: number;
}

describe('runPass', () => {
  const item = (n: number): Item => ({ n, rules: [], rejected: null });
  const rule = (name: string, apply: (item: Item) => boolean) => ({
    name,
    about: { en: '', zh: '' },
    examples: [],
    notExamples: [],
    apply,
  });
  const even = rule('even', ({ n }) => n % 2 === 0);
  const big = rule('big', ({ n }) => n > 3);

  it('notes the first rule that acts, or all of them', () => {
    const first: Pass<Item, null> = { name: 'p', mode: 'first', rules: [even, big] };
    const all: Pass<Item, null> = { ...first, mode: 'all' };
    const items = [item(1), item(4)];
    runPass(first, items, null);
    expect(items.map(({ rules }) => rules)).toEqual([[], ['even']]);
    runPass(all, items, null);
    expect(items[1]?.rules).toEqual(['even', 'even', 'big']);
  });

  it('rules items out in a rejecting pass, and leaves them alone from then on', () => {
    const rejecting: Pass<Item, null> = { name: 'p', mode: 'first', rejects: true, rules: [even, big] };
    const items = [item(4), item(1)];
    runPass(rejecting, items, null);
    runPass({ ...rejecting, rules: [big] }, items, null);
    expect(items.map(({ rejected, rules }) => [rejected, rules])).toEqual([
      ['even', []],
      [null, []],
    ]);
  });
});
