// Which part of a large comparison a page shows: a few counties beside each other and a few indicators below each other. Only their figures
// are read, so that a page takes as long on three thousand counties as on thirty.
import type { Corpus } from '../../../db/corpus.js';
import type { Codebook } from '../../../extractors/index.js';
import { resolveCounty, resolveIndicators } from '../../corpus.js';
import type { CompareQuery } from '../../model/cell.js';

/** A part of a list. */
export interface Part {
  shown: string[];
  /** Index of the first that is shown. */
  at: number;
  all: number;
}

/** `step` of a list from `at` on, or its last where `at` is beyond it. */
export function partOf(all: readonly string[], at: number, step: number): Part {
  const first = Math.min(at, Math.max(0, all.length - 1));
  return { shown: all.slice(first, first + step), at: first, all: all.length };
}

/** The counties that a query asks for, all that the corpus knows where it names none. @throws UsageError for an unknown one */
export const countiesAsked = async (corpus: Corpus, query: CompareQuery): Promise<string[]> =>
  query.counties?.map(resolveCounty) ?? (await corpus.readings()).map(({ place }) => place).sort();

/** The indicators that a query asks for; without, those of which one of these counties tells anything, in the order of the codebook. */
export async function indicatorsTold(
  corpus: Corpus,
  query: CompareQuery,
  places: string[],
  codebook: Codebook,
): Promise<string[]> {
  if (query.indicators) return resolveIndicators(query.indicators, codebook).map(({ id }) => id);
  const every = codebook.indicators.map(({ id }) => id);
  const shapes = places.length > 0 ? await corpus.figureShapes({ places, indicators: every }) : [];
  const told = new Set(shapes.map(({ indicator }) => indicator));
  return every.filter((id) => told.has(id));
}
