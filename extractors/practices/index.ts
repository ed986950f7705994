// Which practices (举措) of a codebook a document reports, and as what: done, piloted, planned or only mentioned.
import type { Document } from '../../src/model/document.js';
import type { Figure, Practice } from '../../src/model/record.js';
import type { CompiledCodebook } from '../figures/indicator.js';

/**
 * The practices of a document in text order, the best sentence for each.
 * @param name prefix of the ids (`000` gives `000-p01`).
 */
export function extractPractices(
  _document: Document,
  _figures: readonly Figure[],
  _codebook: CompiledCodebook,
  _name: string,
): Practice[] {
  return [];
}
