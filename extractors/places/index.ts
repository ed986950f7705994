// Counties: the list of all county-level units, and which of them a document and each of its figures speak of.
export { allPlaces, nearestPlaces, placeNamed } from './list.js';
export { type DocumentPlace, placeOfFigure, resolveDocumentPlace } from './resolve.js';
