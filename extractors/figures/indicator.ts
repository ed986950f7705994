// Which indicator of a codebook a figure measures. Wordings are data, matching is code; nothing here knows a field of policy.
import type { Figure } from '../../src/model/record.js';
import type { Codebook } from '../codebooks/load.js';

/** What stands around a figure's number. */
export interface FigureContext {
  /** The sentence with the number. */
  sentence: string;
  /** The clause with the number. */
  clause: string;
  previousClause?: string;
  /** The headings above, joined. */
  heading?: string;
}

export interface IndicatorMatch {
  id: string;
  /** 0 to 1. */
  score: number;
  reason: string;
}

/** A codebook made ready for matching. */
export interface CompiledCodebook {
  readonly codebook: Codebook;
}

export function compileCodebook(codebook: Codebook): CompiledCodebook {
  return { codebook };
}

/** The indicator of one figure, or null where none fits. */
export function matchIndicator(
  _figure: Figure,
  _context: FigureContext,
  _codebook: CompiledCodebook,
): IndicatorMatch | null {
  return null;
}

/** Matches for all figures of a document, by position in `figures` (text order). */
export function matchIndicators(
  _document: { text: string },
  figures: readonly Figure[],
  _codebook: CompiledCodebook,
): (IndicatorMatch | null)[] {
  return figures.map(() => null);
}
