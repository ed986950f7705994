// What is doubtful in a codebook that can be loaded: wordings that two entries share. What is plainly wrong is refused by
// load.ts.

import { faultSaid, faultWords } from './faults.js';
import { type Codebook, type CodebookFault, dimensionsOf, type Indicator } from './load.js';
import { parseWording } from './wording.js';

export type { CodebookFault };

/** A wording of one part without conditions: any of its words alone leads to the entry. */
interface Claim {
  word: string;
  at: number;
  wording: number;
}

/**
 * Wordings that clash: a word that alone leads to two indicators which the same figure could have, or to two practices.
 * @returns a message for each, with the line of the later one, in the order of the file.
 */
export function checkCodebook(codebook: Codebook): CodebookFault[] {
  return [
    ...clashes(codebook, 'indicators', (a, b) => compatible(codebook.indicators[a]!, codebook.indicators[b]!)),
    ...clashes(codebook, 'practices', () => true),
  ].sort((a, b) => a.line - b.line);
}

function clashes(
  codebook: Codebook,
  list: 'indicators' | 'practices',
  couldBeBoth: (a: number, b: number) => boolean,
): CodebookFault[] {
  const claims = new Map<string, Claim[]>();
  codebook[list].forEach((entry, at) => {
    entry.wordings.forEach((written, wording) => {
      for (const word of aloneIn(written)) {
        const others = claims.get(word) ?? [];
        if (!others.some((other) => other.at === at)) claims.set(word, [...others, { word, at, wording }]);
      }
    });
  });
  const faults: CodebookFault[] = [];
  for (const [word, found] of claims) {
    found.forEach((claim, index) => {
      const first = found.slice(0, index).find((other) => couldBeBoth(other.at, claim.at));
      if (!first) return;
      const line = codebook.lineOf([list, first.at, 'wordings', first.wording]);
      faults.push({
        line: codebook.lineOf([list, claim.at, 'wordings', claim.wording]),
        message: faultSaid(
          faultWords.clash({
            word,
            id: codebook[list][claim.at]!.id,
            other: codebook[list][first.at]!.id,
            count: line,
          }),
        ),
      });
    });
  }
  return faults;
}

function aloneIn(written: string): string[] {
  const wording = parseWording(written);
  if (typeof wording === 'string' || wording.parts.length !== 1) return [];
  return wording.parts[0]!.words.map(({ text }) => text);
}

/** Whether one figure could have both: a dimension, a unit and the denominators in common, and stages that meet. */
function compatible(a: Indicator, b: Indicator): boolean {
  const meets = <T>(left: readonly T[], right: readonly T[]) => left.some((item) => right.includes(item));
  const units = ({ unit, units = [] }: Indicator) => [unit, ...units];
  const excludes = (one: Indicator, other: Indicator) =>
    one.exclusions?.some((word) => other.wordings.some((wording) => wording.includes(word))) === true;
  return (
    meets(dimensionsOf(a), dimensionsOf(b)) &&
    meets(units(a), units(b)) &&
    (a.per === undefined) === (b.per === undefined) &&
    (meets(a.stages, b.stages) || a.stages.includes('all') || b.stages.includes('all')) &&
    !excludes(a, b) &&
    !excludes(b, a)
  );
}
