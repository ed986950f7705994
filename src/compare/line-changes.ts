// Which lines of a text are new in its later version and which are gone. Pure. Lines that stand once on either side are anchors, and
// between two anchors the same is done again (patience diff), so that the time grows with the lines and not with their square.

export interface LineChange {
  kind: 'gone' | 'new';
  line: string;
}

/**
 * Lines that only one of two versions holds, in the order of the text: what is gone before what stands in its place.
 * @param before lines of the earlier version
 * @param after lines of the later version
 */
export function lineChanges(before: readonly string[], after: readonly string[]): LineChange[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const least = Math.min(before.length, after.length) - head;
  while (tail < least && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return between(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
}

function between(before: readonly string[], after: readonly string[]): LineChange[] {
  const anchors = anchorsOf(before, after);
  if (anchors.length === 0)
    return [
      ...before.map((line): LineChange => ({ kind: 'gone', line })),
      ...after.map((line): LineChange => ({ kind: 'new', line })),
    ];
  const changes: LineChange[] = [];
  let [left, right] = [0, 0];
  for (const [a, b] of [...anchors, [before.length, after.length] as const]) {
    changes.push(...lineChanges(before.slice(left, a), after.slice(right, b)));
    [left, right] = [a + 1, b + 1];
  }
  return changes;
}

type Anchor = readonly [before: number, after: number];

/** The longest row of lines that stand once on either side and in the same order on both. */
function anchorsOf(before: readonly string[], after: readonly string[]): Anchor[] {
  const places = placesOfSingle(after);
  const own = placesOfSingle(before);
  const pairs = [...own].flatMap(([line, a]): Anchor[] => (places.has(line) ? [[a, places.get(line)!]] : []));
  // Longest increasing subsequence by patience sorting: the pile a card goes on, and the top of the pile before it then.
  const piles: Pile[] = [];
  for (const pair of pairs) {
    const at = firstPile(piles, pair[1]);
    piles[at] = { pair, back: piles[at - 1] ?? null };
  }
  const row: Anchor[] = [];
  for (let pile: Pile | null = piles.at(-1) ?? null; pile; pile = pile.back) row.push(pile.pair);
  return row.reverse();
}

interface Pile {
  pair: Anchor;
  back: Pile | null;
}

/** Index of the first pile whose top stands at or behind `place`. */
function firstPile(piles: readonly Pile[], place: number): number {
  let [low, high] = [0, piles.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (piles[middle]!.pair[1] < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places of the lines that stand once, in their order. */
function placesOfSingle(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (const [place, line] of lines.entries()) {
    if (places.has(line)) twice.add(line);
    places.set(line, place);
  }
  for (const line of twice) places.delete(line);
  return places;
}
