// What reading a page again changed, figure by figure: the same words are the same figure, whatever number it carries now. Pure.
import type { Figure } from '../model/record.js';

/** One figure that reading again added, removed or read otherwise. */
export interface FigureChange {
  kind: 'added' | 'removed' | 'changed';
  /** Its id now; for one that was removed the id it had. */
  figure: string;
  quote: string;
  sentence: string;
  /** What is read otherwise; empty for added and removed ones. */
  fields: { field: string; before: unknown; after: unknown }[];
}

/** Fields that say what a figure tells. Offsets, rules, confidence and ids of others are how it was found. */
const told = [
  'quote',
  'dimension',
  'value',
  'value_max',
  'unit',
  'bound',
  'per',
  'subject',
  'action',
  'stage',
  'period',
  'accrual',
  'status',
  'salience',
  'place',
  'indicator',
] as const satisfies readonly (keyof Figure)[];

/** The figures of one document before and after, each in text order. */
export function figureChanges(before: readonly Figure[], after: readonly Figure[]): FigureChange[] {
  const left = [...before];
  const matches = new Map<Figure, Figure>();
  const take = (fits: (old: Figure, now: Figure) => boolean): void => {
    for (const now of after) {
      if (matches.has(now)) continue;
      const index = left.findIndex((old) => fits(old, now));
      if (index >= 0) matches.set(now, left.splice(index, 1)[0]!);
    }
  };
  take((old, now) => old.start === now.start && old.end === now.end && old.quote === now.quote);
  take((old, now) => old.quote === now.quote && old.sentence === now.sentence);
  // The same place in the original, read with more or fewer words.
  take((old, now) => old.start < now.end && now.start < old.end);
  return [
    ...left.map((old) => change('removed', old, [])),
    ...after.flatMap((now) => {
      const old = matches.get(now);
      if (!old) return [change('added', now, [])];
      const fields = told.flatMap((field) => {
        const [a, b] = [old[field] ?? null, now[field] ?? null];
        return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ field, before: a, after: b }];
      });
      return fields.length === 0 ? [] : [change('changed', now, fields)];
    }),
  ];
}

const change = (kind: FigureChange['kind'], figure: Figure, fields: FigureChange['fields']): FigureChange => ({
  kind,
  figure: figure.id,
  quote: figure.quote,
  sentence: figure.sentence,
  fields,
});
