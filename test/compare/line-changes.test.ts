// Lines of two versions: what is told as new or gone, taken together, turns one version into the other.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChanges } from '../../src/compare/line-changes.js';

const told = (before: string, after: string) =>
  lineChanges([...before], [...after])
    .map(({ kind, line }) => (kind === 'new' ? '+' : '-') + line)
    .join(' ');

describe('lines of two versions', () => {
  it.each([
    ['abc', 'abc', ''],
    ['abc', 'axc', '-b +x'],
    ['', 'ab', '+a +b'],
    ['ab', '', '-a -b'],
    ['abcd', 'abxcd', '+x'],
    ['aab', 'aaab', '+a'],
    ['abcde', 'axcye', '-b +x -d +y'],
    ['rabrcdr', 'rabrxdr', '-c +x'],
  ])('%s, then %s: %s', (before, after, changes) => {
    expect(told(before, after)).toBe(changes);
  });

  it('account for every line, in whatever order lines stand', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const changes = lineChanges(before, after);
        const of = (kind: string) => changes.filter((change) => change.kind === kind).map(({ line }) => line);
        // Lines of one side without those that only it holds are the lines that both hold, so both leave the same.
        expect(without(before, of('gone'))).toEqual(without(after, of('new')));
      }),
    );
  });

  it('are found quickly in long texts', () => {
    const before = Array.from({ length: 50_000 }, (_, n) => `line ${n}`);
    const after = before.map((line, n) => (n % 2 === 0 ? line : `${line} changed`));
    const begun = process.cpuUsage();
    expect(lineChanges(before, after)).toHaveLength(50_000);
    expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(5);
  });
});

/** Sorted, as the same line may stand more than once. */
function without(lines: readonly string[], dropped: readonly string[]): string[] {
  const left = [...lines].sort();
  for (const line of dropped) left.splice(left.indexOf(line), 1);
  return left;
}
