// Counties: the list of all county-level units, and which of them a document and each of its figures speak of.
import type { Document } from '../../src/model/document.js';
import type { Place } from '../../src/model/place.js';
import type { Span } from '../../src/model/way-back.js';

/** Which county a document speaks of, and how that was found, or why it stays open. */
export interface DocumentPlace {
  /** GB/T 2260 code. */
  place?: string;
  reason: string;
}

/** All units: provinces, prefectures, counties, former counties. */
export function allPlaces(): readonly Place[] {
  return [];
}

/** The units of a code or a name (full or short); several where the name is shared, none where it is unknown. */
export function placeNamed(_name: string): readonly Place[] {
  return [];
}

export function resolveDocumentPlace(_document: Document): DocumentPlace {
  return { reason: 'not resolved' };
}

/**
 * The county of a figure or practice.
 * @param span of the record, in document.text.
 */
export function placeOfFigure(_document: Document, _span: Span, documentPlace: DocumentPlace): string | undefined {
  return documentPlace.place;
}
