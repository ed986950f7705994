// Terms distinctive of one county against the others: log-likelihood keyness over word counts. Words are cut elsewhere (nodejieba);
// this counts nothing itself and knows no language.

/** Words of a text or of all texts of a county, with how often each occurs. */
export type WordCounts = ReadonlyMap<string, number>;

export interface KeyTerm {
  word: string;
  /** How often it occurs here and elsewhere. */
  own: number;
  others: number;
  /** Log-likelihood G²: 6.63 is passed by chance once in a hundred words, 10.83 once in a thousand. */
  keyness: number;
  /** How many times as frequent here, by the logarithm to base 2 (Hardie's log ratio); half an occurrence stands for none. */
  logRatio: number;
}

export interface KeynessOptions {
  /** Occurrences here that a word needs at least. Default 3. */
  least?: number;
  /** Least G². Default 6.63, p < 0.01 at one degree of freedom. */
  critical?: number;
}

/**
 * Words that one set of texts uses more than another, most distinctive first.
 * Source of the measure: Dunning 1993, in the form of Rayson and Garside 2000 for corpora of unequal size.
 */
export function keyTerms(own: WordCounts, others: WordCounts, options: KeynessOptions = {}): KeyTerm[] {
  const { least = 3, critical = 6.63 } = options;
  const ownTotal = totalOf(own);
  const othersTotal = totalOf(others);
  if (ownTotal === 0 || othersTotal === 0) return [];
  const terms: KeyTerm[] = [];
  for (const [word, count] of own) {
    if (count < least) continue;
    const other = others.get(word) ?? 0;
    const logRatio = Math.log2(count / ownTotal / (Math.max(other, 0.5) / othersTotal));
    if (logRatio <= 0) continue;
    const keyness = logLikelihood(count, other, ownTotal, othersTotal);
    if (keyness >= critical) terms.push({ word, own: count, others: other, keyness, logRatio });
  }
  return terms.sort((a, b) => b.keyness - a.keyness || (a.word < b.word ? -1 : 1));
}

/** G² of a word that occurs `a` times in `c` words and `b` times in `d` words. */
export function logLikelihood(a: number, b: number, c: number, d: number): number {
  const expectedA = (c * (a + b)) / (c + d);
  const expectedB = (d * (a + b)) / (c + d);
  const term = (observed: number, expected: number): number =>
    observed === 0 ? 0 : observed * Math.log(observed / expected);
  return 2 * (term(a, expectedA) + term(b, expectedB));
}

const totalOf = (counts: WordCounts): number => {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
};
