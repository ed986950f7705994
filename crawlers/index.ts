// What the crawlers give to the rest of the house: crawl a source, make or load a source, look at one address.
export type { Frontier, FrontierRequest, ListPage } from '../src/model/frontier.js';
export { findBrowser, launchBrowser } from './browser.js';
export { crawl } from './crawl.js';
export type { CrawlEvent, CrawlOptions, CrawlReport, Inspection, ListReport } from './events.js';
export { inspect } from './inspect.js';
export { sayReason } from './reasons.js';
export { runReport } from './report.js';
export {
  type DueTime,
  dueAfter,
  isTimeZone,
  type ScheduleLine,
  usualTimeZone,
} from './schedule.js';
export { SharedCrawl } from './shared-crawl.js';
export { loadSource, type Source, sourceFromUrl } from './source.js';
export { sourceYaml } from './source-yaml.js';
