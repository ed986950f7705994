// 每生, 每百名学生, 每12个班级: what stands behind 每, as the denominator that records write.
import { Trie } from '../engine/trie.js';
import { denominators } from '../lexicon/denominators.js';
import type { Candidate, NumberContext } from './candidate.js';
import { unitAt } from './unit.js';

/** The nouns that a number may be counted per. */
export const nouns = new Trie(Object.entries(denominators));

/** A 每… that was found: what it divides by, and where it ends. */
export interface Each {
  per: string;
  at: number;
  end: number;
}

/** All 每X between `from` and `to`. 每名 with a noun behind (每名教师) is that noun. */
export function eachBetween(text: string, from: number, to: number, context: NumberContext): Each[] {
  const found: Each[] = [];
  for (let at = from; at < to; at++) {
    const each = text[at] === '每' ? readEach(text, at + 1, context) : null;
    if (each && each.end <= to) found.push({ ...each, at });
  }
  return found;
}

function readEach(text: string, at: number, context: NumberContext): Omit<Each, 'at'> | null {
  const number = numberAt(context, at);
  if (!number) {
    const match = nouns.longest(text, at);
    if (!match) return null;
    const end = at + match.length;
    const noun = match.value === '个' ? nouns.longest(text, end) : undefined;
    return noun ? { per: noun.value, end: end + noun.length } : { per: match.value, end };
  }
  const whole = nouns.longest(text, number.end);
  const unit = unitAt(text, number.end);
  if (whole && unit && number.end + whole.length > unit.end)
    return { per: text.slice(at, number.end + whole.length), end: number.end + whole.length };
  let end = unit?.end ?? number.end;
  const noun = nouns.longest(text, end);
  if (noun && noun.length > 0 && unit) end += noun.length;
  else if (!unit && noun) end += noun.length;
  if (end === number.end) return null;
  return { per: text.slice(at, end), end };
}

/** The numeral that begins at `at`. Denominators are few; the search is a bisection. */
function numberAt({ candidates }: NumberContext, at: number): Candidate | null {
  let low = 0;
  let high = candidates.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const item = candidates[middle]!;
    if (item.start === at) return item;
    if (item.start < at) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}
