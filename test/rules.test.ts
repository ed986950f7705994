// Walks every rule of the grammar: each has a name of its own, examples that it produces and texts on which it keeps still.
import { describe, expect, it } from 'vitest';
import type { RuleCard } from '../extractors/engine/rule.js';
import { exampleReference, timeRules, timeWords } from '../extractors/rules/period.js';
import { quantityRules, readNumbers } from '../extractors/rules/quantities.js';

/** An item that a rule made or ruled out, in the one form in which examples are checked. */
interface Made {
  quote: string;
  rules: readonly string[];
  fields: Readonly<Record<string, unknown>>;
}

function numbersOf(text: string): Made[] {
  return readNumbers(text).candidates.map((item) => ({
    quote: item.rejected === null ? text.slice(item.quoteStart, item.quoteEnd) : text.slice(item.start, item.end),
    rules: item.rejected === null ? item.rules : [item.rejected],
    fields: { ...item },
  }));
}

function timesOf(text: string): Made[] {
  return timeWords(text, exampleReference).map((word) => ({
    quote: text.slice(word.start, word.end),
    rules: [word.rule],
    fields: { ...word },
  }));
}

const grammars: readonly (readonly [name: string, rules: readonly RuleCard[], made: (text: string) => Made[]])[] = [
  ['quantities', quantityRules, numbersOf],
  ['time words', timeRules, timesOf],
];

describe('the rules', () => {
  it('have names of their own', () => {
    const names = grammars.flatMap(([, rules]) => rules.map((rule) => rule.name));
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('say what they are for, with examples and counter-examples', () => {
    const bare = grammars
      .flatMap(([, rules]) => rules)
      .filter((rule) => !rule.about.en || !rule.about.zh || rule.examples.length === 0 || rule.notExamples.length === 0)
      .map((rule) => rule.name);
    expect(bare).toEqual([]);
  });
});

for (const [grammar, rules, made] of grammars) {
  describe(grammar, () => {
    for (const rule of rules) {
      for (const example of rule.examples) {
        it(`${rule.name} makes ${example.quote} of ${example.text}`, () => {
          const found = made(example.text).filter((item) => item.quote === example.quote);
          expect(made(example.text).map((item) => item.quote)).toContain(example.quote);
          const own = found.find((item) => item.rules.includes(rule.name));
          expect(found.flatMap((item) => item.rules)).toContain(rule.name);
          expect(own?.fields).toMatchObject(example.finds ?? {});
        });
      }
      for (const text of rule.notExamples) {
        it(`${rule.name} leaves ${text} alone`, () => {
          expect(made(text).flatMap((item) => item.rules)).not.toContain(rule.name);
        });
      }
    }
  });
}
