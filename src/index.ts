// The library: what `import … from 'xianjian'` gives.
export type { Corpus, Evidence, StoredDocument, StoredPractice } from '../db/corpus.js';
export { openCorpus } from '../db/open.js';
export {
  type Codebook,
  type CompiledCodebook,
  compileCodebook,
  extract,
  type Indicator,
  loadCodebook,
  type PracticeEntry,
  type Standard,
} from '../extractors/index.js';
export type { Finding } from './compare/audit/index.js';
export { changesOverTime, checkPlans, compareVersions } from './compare/changes.js';
export { keyTerms } from './compare/keyness.js';
export {
  type AuditQuery,
  type AuditReport,
  audit,
  compare,
  comparePractices,
  type NamedComparison,
  type PracticeMatrix,
} from './corpus.js';
export type { Cell, CellRow, CompareQuery, Comparison, StoredFigure } from './model/cell.js';
export type { Document } from './model/document.js';
export { XianjianError } from './model/errors.js';
export type { Citation, Figure, Practice, Records } from './model/record.js';
export { type ReadingInput, readPage, readText } from './reading/index.js';
