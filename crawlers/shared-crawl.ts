// A crawl of one source that many processes work on: each opens the run, works on one host at a time, and whoever finds nothing left
// ends it. Who works on which host when is decided outside; slices, patience and outcomes are those of `crawl`.
import { randomUUID } from 'node:crypto';
import type { Frontier, Run } from '../src/model/frontier.js';
import { checkOptions, finish, hostLeaseMs, rememberLists } from './crawl.js';
import type { CrawlOptions, CrawlReport } from './events.js';
import { RunState, type Tuning } from './run.js';
import { workSlice } from './slice.js';
import type { Source } from './source.js';

export class SharedCrawl {
  readonly #state: RunState;

  private constructor(state: RunState) {
    this.#state = state;
  }

  /**
   * Begins a source's run or goes on with its unfinished one; its first requests are in the frontier then.
   * @throws UsageError where `noDelay` is asked for a public address
   */
  static async begin(
    source: Source,
    frontier: Frontier,
    options: CrawlOptions,
    tuning: Tuning = {},
  ): Promise<SharedCrawl> {
    checkOptions(source, options);
    const { id, name, place } = source;
    const now = Date.now();
    const run = await frontier.openRun({ id, name, place, definition: JSON.stringify(source) }, now);
    const state = new RunState(source, frontier, options, run, tuning);
    if (run.resumed) await rememberLists(state);
    await frontier.add(run.id, state.startRequests(), now, state.revisitBefore);
    return new SharedCrawl(state);
  }

  /** Joins a run that another process has begun; null where it has ended. */
  static async join(
    run: number,
    frontier: Frontier,
    options: CrawlOptions,
    tuning: Tuning = {},
  ): Promise<SharedCrawl | null> {
    const known = await frontier.unfinished(run);
    if (!known) return null;
    // It was checked when the run began.
    const source = JSON.parse(known.definition) as Source;
    checkOptions(source, options);
    const state = new RunState(source, frontier, options, known, tuning);
    await rememberLists(state);
    return new SharedCrawl(state);
  }

  get run(): Run {
    return this.#state.run;
  }

  get source(): Source {
    return this.#state.source;
  }

  /** Sets what all processes together have fetched, for the budget. */
  count(run: Pick<Run, 'pages' | 'bytes'>): void {
    this.#state.pages = run.pages;
    this.#state.bytes = run.bytes;
  }

  /** Which budget is used up, null while there is some left. */
  get exhausted(): string | null {
    return this.#state.exhausted();
  }

  /** Works on a host for `ms`; false where nothing is due there or somebody else has it. */
  async work(host: string, ms: number): Promise<boolean> {
    const { frontier, run } = this.#state;
    const now = Date.now();
    const slice = await frontier.takeHost(run.id, randomUUID(), hostLeaseMs, now, host);
    if (!slice) return false;
    await workSlice(this.#state, slice, now + ms);
    return true;
  }

  /** Ends the run, where nothing waits any more or its budget is used up. */
  finish(): Promise<CrawlReport> {
    return finish(this.#state);
  }

  async close(): Promise<void> {
    await this.#state.browser.close();
    await this.#state.agents.close();
  }
}
