// Web archives (WARC): exchanges written as records, and the pages of archives of any crawler read back.
export type { ByteSource } from './bytes.js';
export { looksLikeArchive, readArchive } from './read.js';
export { type SkipReason, skipReasons } from './record.js';
export { type ArchiveCounts, writeArchive } from './write.js';
