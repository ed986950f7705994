// The grammar of quantities: the scan, then the passes over the numbers found, in this order. Everything after the scan costs
// by the number, not by the character.
import { type Pass, type RuleCard, runPass } from '../engine/rule.js';
import { barePass } from './bare.js';
import { boundPass } from './bound.js';
import { type Candidate, type NumberContext, numberContext } from './candidate.js';
import { leftoverPass } from './leftover.js';
import { noFigurePass } from './no-figure.js';
import { scanNumerals } from './numeral.js';
import { numeralCards } from './numeral-cards.js';
import { denominatorPass, perPass } from './per.js';
import { listPass, structurePass } from './structure.js';
import { completionPass, unitPass } from './unit.js';

/** The passes in the order in which they run. */
const quantityPasses: readonly Pass<Candidate, NumberContext>[] = [
  noFigurePass,
  denominatorPass,
  unitPass,
  completionPass,
  structurePass,
  listPass,
  barePass,
  boundPass,
  perPass,
  leftoverPass,
];

/** Every rule of the grammar, the scanner's included, for the test that walks them and for `explain`. */
export const quantityRules: readonly RuleCard[] = [...numeralCards, ...quantityPasses.flatMap((pass) => pass.rules)];

/**
 * All numbers of a text, quantities and others, in text order; `rejected` tells why one is no quantity.
 * Pure and linear; any Unicode is taken, nothing is thrown.
 */
export function readNumbers(text: string): NumberContext {
  const candidates = scanNumerals(text);
  const context = numberContext(text, candidates);
  for (const pass of quantityPasses) runPass(pass, candidates, context);
  return context;
}
