// Keyness: values by hand from the formula, and what must not become a key term.
import { describe, expect, it } from 'vitest';
import { keyTerms, logLikelihood } from '../../src/compare/keyness.js';

describe('log-likelihood', () => {
  it('is as computed by hand', () => {
    // a=10 of 1000, b=10 of 3000: E1 = 5, E2 = 15; G2 = 2(10 ln 2 + 10 ln(2/3)).
    expect(logLikelihood(10, 10, 1000, 3000)).toBeCloseTo(2 * (10 * Math.log(2) + 10 * Math.log(2 / 3)), 10);
    expect(logLikelihood(5, 15, 1000, 3000)).toBeCloseTo(0, 10);
    // Absent elsewhere: only the first term, with E1 = 2.
    expect(logLikelihood(8, 0, 1000, 3000)).toBeCloseTo(2 * 8 * Math.log(8 / 2), 10);
  });
});

describe('key terms', () => {
  const own = new Map([
    ['集团化', 20],
    ['阳光分班', 8],
    ['教师', 60],
    ['罕见', 2],
    ['其余', 910],
  ]);
  const others = new Map([
    ['集团化', 6],
    ['教师', 180],
    ['其余', 2814],
  ]);

  it('are the words of this county, most distinctive first', () => {
    const terms = keyTerms(own, others);
    expect(terms.map(({ word }) => word)).toEqual(['集团化', '阳光分班']);
    expect(terms[0]).toMatchObject({ own: 20, others: 6 });
    expect(terms[0]!.logRatio).toBeCloseTo(Math.log2(10), 6);
    expect(terms[1]!.logRatio).toBeCloseTo(Math.log2(48), 6);
  });

  it('leave out what is as frequent elsewhere, rare here, or less frequent here', () => {
    const frequentElsewhere = new Map([...others, ['罕见', 40]]);
    expect(keyTerms(new Map([...own, ['罕见', 5]]), frequentElsewhere).map(({ word }) => word)).not.toContain('罕见');
    expect(keyTerms(own, others).map(({ word }) => word)).not.toContain('教师');
    expect(keyTerms(own, others, { least: 9 }).map(({ word }) => word)).toEqual(['集团化']);
    expect(keyTerms(own, others, { critical: 100 })).toEqual([]);
  });

  it('need two sides', () => {
    expect(keyTerms(own, new Map())).toEqual([]);
    expect(keyTerms(new Map(), others)).toEqual([]);
  });
});
