// Policy documents that a text cites by 《…》 and by document number.
import type { Document } from '../../src/model/document.js';
import type { Citation } from '../../src/model/record.js';

/**
 * The citations of a document in text order.
 * @param name prefix of the ids (`000` gives `000-c01`).
 */
export function extractCitations(_document: Document, _name: string): Citation[] {
  return [];
}
