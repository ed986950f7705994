// The door of extraction: a document and a codebook to all records. Pure; the same input gives the same bytes.
import type { Document } from '../src/model/document.js';
import type { Records } from '../src/model/record.js';
import { extractCitations } from './citations/index.js';
import type { CompiledCodebook } from './compiled-codebook.js';
import { extractFigures, preparePassage } from './figures/index.js';
import { matchIndicators } from './figures/indicator.js';
import { placeNamed, placeOfFigure, resolveDocumentPlace } from './places/index.js';
import { extractPractices } from './practices/index.js';

export { type CodebookFault, checkCodebook } from './codebooks/check.js';
export { type Codebook, type Indicator, loadCodebook, type PracticeEntry, type Standard } from './codebooks/load.js';
export { type CompiledCodebook, compileCodebook } from './compiled-codebook.js';
export { nearestIndicators, nearestWord } from './nearest.js';
export { allPlaces, nearestPlaces, placeNamed } from './places/index.js';
export { sayWhy } from './reasons.js';
export { sentencesOf } from './rules/clauses.js';

/** Raised with every change of the rules, so that stored records can be told from what today's rules would give. */
export const extractorVersion = '5';

/**
 * All records of one document.
 * @param name prefix of the records' ids: `17` gives figures `17-001`, practices `17-p01`, citations `17-c01`.
 */
export function extract(document: Document, codebook: CompiledCodebook, name: string): Records {
  // 1. Which county the document speaks of.
  const documentPlace = resolveDocumentPlace(document);
  // 2. Its figures with their frames, then the county of each and the indicator it measures.
  const passage = preparePassage(document);
  const plain = extractFigures(document, name, passage);
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
    practices: extractPractices(document, figures, codebook, name, passage).map((practice) => {
      const place = placeOfFigure(document, { start: practice.textStart, end: practice.textEnd }, documentPlace);
      return place ? { ...practice, place } : practice;
    }),
    citations: extractCitations(document, name, placeNamed(documentPlace.place ?? '')[0]?.name),
  };
}
