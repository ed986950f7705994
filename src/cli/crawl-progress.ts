// How far a crawl is: what is done of what is known, how fast, and an honest estimate for what is known so far. Pure but for the clock
// that is handed in.
import stringWidth from 'string-width';
import type { CrawlEvent } from '../../crawlers/index.js';
import type { Language } from '../model/language.js';
import { crawlWords, outcomeCounts, outcomeWord } from './crawl-words.js';

/** Fetches that the rate is taken from. */
const rateOver = 60;
/** Below so many fetches nothing is said of the time left. */
const leastForEstimate = 5;
const barWidth = 20;

/** Follows one crawl by its events. */
export class CrawlProgress {
  readonly #language: Language;
  #done = 0;
  #known = 0;
  #last = '';
  /** Times of the last fetches, in milliseconds. */
  readonly #times: number[] = [];
  readonly #hosts = new Map<string, Map<string, number>>();

  constructor(language: Language) {
    this.#language = language;
  }

  /** Takes an event in. @param now milliseconds since 1970 */
  take(event: CrawlEvent, now: number): void {
    if (event.type === 'run') this.#known += event.waiting;
    if (event.type !== 'outcome') return;
    const { page, host } = event;
    const counts = this.#hosts.get(host) ?? new Map<string, number>();
    counts.set(page.outcome, (counts.get(page.outcome) ?? 0) + 1);
    this.#hosts.set(host, counts);
    this.#times.push(now);
    if (this.#times.length > rateOver) this.#times.shift();
    this.#last = `${outcomeWord(page.outcome, this.#language)} ${page.finalUrl}`;
    if (page.request.kind === 'robots') return;
    this.#known += event.added ?? 0;
    if (event.retryAt === undefined) this.#done += 1;
  }

  /** A bar and words for one line of a terminal, cut to its width. */
  bar(width: number): string {
    const known = Math.max(this.#known, this.#done);
    const full = known === 0 ? 0 : Math.floor((barWidth * this.#done) / known);
    const line = `[${'#'.repeat(full).padEnd(barWidth, '.')}] ${this.#words()} · ${this.#last}`;
    if (stringWidth(line) < width) return line;
    let cut = line.slice(0, width);
    while (cut !== '' && stringWidth(cut) > width - 2) cut = cut.slice(0, -1);
    return `${cut}…`;
  }

  /** The same with the outcomes of each host, for a log. */
  line(): string {
    const hosts = [...this.#hosts].map(([host, counts]) => `${host}: ${outcomeCounts(counts, this.#language)}`);
    return [this.#words(), ...hosts].join(' · ');
  }

  #words(): string {
    const known = Math.max(this.#known, this.#done);
    const rate = this.#perMinute();
    const left = known - this.#done;
    const words = crawlWords[this.#language];
    const told = [words.progress(this.#done, known)];
    if (rate !== null) told.push(words.rate(rate < 10 ? rate.toFixed(1) : String(Math.round(rate))));
    if (rate !== null && left > 0) told.push(words.left(left / rate));
    return told.join(' · ');
  }

  /** Fetches a minute of late, null where there were too few. */
  #perMinute(): number | null {
    const span = this.#times.at(-1)! - this.#times[0]!;
    return this.#times.length < leastForEstimate || span <= 0 ? null : ((this.#times.length - 1) * 60_000) / span;
  }
}
