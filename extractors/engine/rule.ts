// What a rule is, and how passes of rules run over the items that were found in a text. A rule is one small object with its
// examples beside it; a test walks all rules and fails on one without examples or with an example that it does not produce.
import type { Said } from '../../src/model/language.js';

/** An example: a text, and what the rule makes of it. `finds` is compared field by field with the item of that quote. */
export interface Example {
  text: string;
  /** The words that the item covers at the end; for a rule that rejects, the numeral's own words. */
  quote: string;
  finds?: Readonly<Record<string, unknown>>;
}

/** What every rule says of itself. */
export interface RuleCard {
  /** What a reader sees in the record, unique in the grammar: `unit: measure word`. */
  readonly name: string;
  /** One sentence for people. */
  readonly about: Said;
  readonly examples: readonly Example[];
  /** Texts on which the rule must not act. */
  readonly notExamples: readonly string[];
}

/** A rule that looks at one item in its context and may complete it. True where it acted. */
export interface Rule<Item, Context> extends RuleCard {
  apply(item: Item, context: Context): boolean;
}

/** Items keep the names of the rules that acted on them, in order, and the one that ruled them out. */
export interface Ruled {
  rules: string[];
  rejected: string | null;
}

/** A pass: its rules are tried on each item in order; `first` stops at the first that acts, `all` goes on. */
export interface Pass<Item extends Ruled, Context> {
  readonly name: string;
  readonly mode: 'first' | 'all';
  /** Passes that rule items out say so: their rules reject instead of completing. */
  readonly rejects?: boolean;
  readonly rules: readonly Rule<Item, Context>[];
}

/**
 * Runs one pass over all items that are still in. Linear in items times rules.
 * A rule that acts is noted on the item; in a rejecting pass it rules the item out.
 */
export function runPass<Item extends Ruled, Context>(pass: Pass<Item, Context>, items: Item[], context: Context): void {
  for (const item of items) {
    if (item.rejected !== null) continue;
    for (const rule of pass.rules) {
      if (!rule.apply(item, context)) continue;
      if (pass.rejects) {
        item.rejected = rule.name;
        break;
      }
      item.rules.push(rule.name);
      if (pass.mode === 'first' || item.rejected !== null) break;
    }
  }
}
