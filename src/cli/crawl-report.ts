// What a crawl says while it runs and at its end: lists, outcomes by host, what was read, and why anything is missing.
import { type CrawlEvent, type CrawlReport, sayReason } from '../../crawlers/index.js';
import { exitCodes } from '../model/errors.js';
import type { Language } from '../model/language.js';
import type { Page } from '../model/page.js';
import type { ReadingTotals } from '../pipeline.js';
import { CrawlProgress } from './crawl-progress.js';
import { crawlWords, endOf, noteLine, outcomeCounts, outcomeWord } from './crawl-words.js';
import type { Output } from './output.js';

/** Where nothing tells how wide the terminal is. */
const usualWidth = 80;
/** How often a log is told how far the crawl is. */
const lineEveryMs = 60_000;

/** Follows a crawl on stderr: a bar on a terminal, and everywhere a line a minute. */
export function crawlListener(out: Output): (event: CrawlEvent) => void {
  const words = crawlWords[out.language];
  const progress = new CrawlProgress(out.language);
  let waitingSaid = 0;
  let lineSaid = Date.now();
  return (event) => {
    const now = Date.now();
    progress.take(event, now);
    switch (event.type) {
      case 'run':
        out.say(words.run(event.source, event.run, event.resumed));
        break;
      case 'list':
        out.say(`  ${words.list(event.url, event.family, event.items)}`);
        break;
      case 'outcome':
        out.progress(progress.bar(out.width ?? usualWidth));
        if (now - lineSaid >= lineEveryMs) {
          lineSaid = now;
          out.say(`  ${progress.line()}`);
        }
        if (isTrouble(event.page)) {
          const again = event.retryAt === undefined ? '' : words.again;
          const { outcome, reason, request } = event.page;
          out.say(`  ${outcomeWord(outcome, out.language)} ${request.url}${reasonOf(reason, out.language)}${again}`);
        }
        break;
      case 'waiting':
        if (event.until - waitingSaid < 10_000 || event.until - Date.now() < 3000) break;
        waitingSaid = event.until;
        out.say(
          `  ${words.rests(event.host, new Date(event.until).toISOString(), sayReason(event.why, out.language))}`,
        );
        break;
      case 'note':
        out.say(`  ${sayReason(event.message, out.language)}`);
        break;
      default:
    }
  };
}

const reasonOf = (reason: string | undefined, language: Language): string =>
  reason ? `${{ en: ': ', zh: '：' }[language]}${sayReason(reason, language)}` : '';

/** A missing robots.txt is none: it allows everything. */
const isTrouble = ({ outcome, request }: Page): boolean =>
  !['ok', 'same', 'not_modified'].includes(outcome) && !(request.kind === 'robots' && outcome === 'gone');

/** The exit code for crawls that ended so: the common one, or "partly" where they differ. */
export function crawlExitCode(ends: readonly string[]): number {
  const codes = ends.map((end) =>
    end === 'complete'
      ? 0
      : end === 'interrupted'
        ? exitCodes.interrupted
        : end === 'partial'
          ? exitCodes.partly
          : exitCodes.failed,
  );
  return codes.reduce(
    (worst, code) => (worst === 0 ? code : code === worst || code === 0 ? worst : exitCodes.partly),
    0,
  );
}

/** The end of a crawl: what came, what was read, what is missing and why. */
export function sayCrawl(crawl: CrawlReport, reading: ReadingTotals, out: Output): void {
  const words = crawlWords[out.language];
  out.say(words.ended(crawl, (crawl.tookMs / 1000).toFixed(1)));
  for (const [host, outcomes] of Object.entries(crawl.hosts))
    out.say(`  ${host}: ${outcomeCounts(Object.entries(outcomes), out.language)}`);
  sayReading(reading, out);
  for (const reason of crawl.reasons) out.say(`  ${words.notComplete(sayReason(reason, out.language))}`);
  for (const { url, outcome, reason } of crawl.failures.slice(0, 20))
    out.say(`  ${words.lost(url, endOf(outcome, reason, out.language))}`);
  if (crawl.failures.length > 20) out.say(`  ${words.more(crawl.failures.length - 20)}`);
}

/** What reading gained, and the pages from which nothing was. */
export function sayReading(reading: ReadingTotals, out: Output): void {
  const words = crawlWords[out.language];
  out.say(`  ${words.read(reading)}`);
  for (const page of reading.unread.slice(0, 20))
    out.say(`  ${words.noText(page.url, noteLine(page, out.language, page.url))}`);
  if (reading.unread.length > 20) out.say(`  ${words.moreUnread(reading.unread.length - 20)}`);
}
