// The library: what `import … from 'xianjian'` gives. The query objects are those of the command line.
export { type CrawlReport, inspect, loadSource, type Source, sourceFromUrl } from '../crawlers/index.js';
export type { Corpus, Evidence, StoredDocument, StoredPractice } from '../db/corpus.js';
export { type OpenOptions, openCorpus } from '../db/open.js';
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
export { writePeriod, writeValue } from './compare/wording.js';
export {
  type AuditQuery,
  type AuditReport,
  audit,
  type County,
  type CountyComparison,
  compare,
  compareByCounty,
  comparePractices,
  type NamedComparison,
  type PracticeCell,
  type PracticeMatrix,
} from './corpus.js';
export { type DistinctiveTerms, distinctiveTerms, type TermsQuery } from './distinctive-terms.js';
export { type ExportOptions, type ExportReport, exportTable } from './export/index.js';
export { exportPackage, type PackageReport } from './export/package.js';
export { writeReport } from './export/report.js';
export { type FindQuery, type Found, type FoundSentence, find } from './find.js';
export type { Cell, CellRow, CompareQuery, Comparison, MissingReason, StoredFigure } from './model/cell.js';
export type { Document } from './model/document.js';
export { XianjianError } from './model/errors.js';
export type { Place } from './model/place.js';
export type { Citation, Figure, Practice, Records } from './model/record.js';
export {
  type ChangesQuery,
  type CountyChanges,
  countyChanges,
  type DocumentChanges,
  documentChanges,
  versionChanges,
} from './over-time.js';
export { crawlAndRead, importFile, type ReadingReport, readSnapshot } from './pipeline.js';
export { type ReadingInput, readPage, readText } from './reading/index.js';
