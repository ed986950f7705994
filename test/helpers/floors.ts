// The floors under the scores of the real documents: reading them, raising them after better rules, lowering one with a reason.

export interface Floors {
  /** Scores of figures by name: found, exact, record, each slot, links. Kept to three decimals. */
  figures: Record<string, number>;
  /** Why a floor was lowered, oldest first. */
  lowered?: { name: string; from: number; to: number; why: string }[];
}

const kept = (score: number): number => Math.floor(score * 1000 + 1e-6) / 1000;

/** The floors that a run fell through, as messages with both scores. */
export const fallen = (floors: Floors, measured: Readonly<Record<string, number>>): string[] =>
  Object.entries(floors.figures)
    .filter(([name, floor]) => !((measured[name] ?? 0) >= floor))
    .map(([name, floor]) => `${name}: ${measured[name]?.toFixed(4) ?? 'not measured'} is below its floor ${floor}`);

/**
 * Moves the floors to what was measured.
 * @param request `raise` raises only; `lower NAME: reason` also lowers that one floor and keeps the reason
 * @throws where a floor would be lowered without a reason
 */
export function moved<T extends Floors>(floors: T, measured: Readonly<Record<string, number>>, request: string): T {
  const lower = /^lower (\S+): *(.*)$/s.exec(request);
  if (!lower && request !== 'raise') throw new Error(`FLOORS is "${request}"; say "raise" or "lower NAME: reason"`);
  if (lower && lower[2]!.length < 10) throw new Error(`Lowering ${lower[1]} takes a reason: "lower ${lower[1]}: why"`);
  const figures = { ...floors.figures };
  const lowered = [...(floors.lowered ?? [])];
  for (const [name, score] of Object.entries(measured)) {
    const from = figures[name] ?? 0;
    const to = kept(score);
    if (to > from) figures[name] = to;
    else if (to < from && lower?.[1] === name) {
      figures[name] = to;
      lowered.push({ name, from, to, why: lower[2]! });
    }
  }
  return { ...floors, figures, ...(lowered.length > 0 ? { lowered } : {}) };
}
