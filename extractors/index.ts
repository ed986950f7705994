// The door of extraction: a document and a codebook to all records. Pure; the same input gives the same bytes.
import type { Document } from '../src/model/document.js';
import type { Records } from '../src/model/record.js';
import { extractCitations } from './citations/index.js';
import { extractFigures } from './figures/index.js';
import type { CompiledCodebook } from './figures/indicator.js';
import { compileCodebook, matchIndicators } from './figures/indicator.js';
import { placeOfFigure, resolveDocumentPlace } from './places/index.js';
import { extractPractices } from './practices/index.js';

export { type CodebookFault, checkCodebook, nearestIndicators } from './codebooks/check.js';
export { type Codebook, type Indicator, loadCodebook, type PracticeEntry, type Standard } from './codebooks/load.js';
export { allPlaces, nearestPlaces, placeNamed } from './places/index.js';
export { type CompiledCodebook, compileCodebook };

/** Raised with every change of the rules, so that stored records can be told from what today's rules would give. */
export const extractorVersion = '1';

/**
 * All records of one document.
 * @param name prefix of the records' ids: `17` gives figures `17-001`, practices `17-p01`, citations `17-c01`.
 */
export function extract(document: Document, codebook: CompiledCodebook, name: string): Records {
  // 1. Which county the document speaks of.
  const documentPlace = resolveDocumentPlace(document);
  // 2. Its figures with their frames, then the county of each and the indicator it measures.
  const plain = extractFigures(document, name);
  const matches = matchIndicators(document, plain, codebook);
  const figures = plain.map((figure, index) => {
    const place = placeOfFigure(document, { start: figure.textStart, end: figure.textEnd }, documentPlace);
    const match = matches[index];
    return {
      ...figure,
      ...(place ? { place } : {}),
      ...(match ? { indicator: match.id, indicator_reason: match.reason } : {}),
    };
  });
  // 3. Practices with the figures that belong to them, and the documents it cites.
  return {
    ...(documentPlace.place ? { place: documentPlace.place } : {}),
    placeReason: documentPlace.reason,
    figures,
    practices: extractPractices(document, figures, codebook, name),
    citations: extractCitations(document, name),
  };
}
