// A frontier with an open run that is made anew for each test of a suite, with short ways to ask and answer.
import { beforeEach, expect } from 'vitest';
import type { Corpus } from '../../db/corpus.js';
import type { Claim, Frontier, FrontierRequest, HostSlice } from '../../src/model/frontier.js';
import { settlementOf } from './samples.js';
import { type CorpusPlace, type MakePlace, type Study, useStudy } from './study.js';

export const minute = 60_000;
export const start = Date.parse('2026-03-01T08:00:00.000Z');
export const source = { id: 'one', name: 'One', place: '990101', definition: '{}' };

export class Crawl {
  readonly #study: Study;
  run = 0;

  constructor(study: Study) {
    this.#study = study;
  }

  get place(): CorpusPlace {
    return this.#study.place;
  }

  get corpus(): Corpus {
    return this.#study.corpus;
  }

  get frontier(): Frontier {
    return this.corpus.frontier;
  }

  add(...requests: FrontierRequest[]): Promise<number> {
    return this.frontier.add(this.run, requests, start, start);
  }

  async take(now = start, owner = 'worker'): Promise<HostSlice> {
    const slice = await this.frontier.takeHost(this.run, owner, minute, now);
    expect(slice, 'a free host').not.toBeNull();
    return slice!;
  }

  async claim(slice: HostSlice, now = start): Promise<Claim> {
    const claimed = await this.frontier.claim(this.run, slice, now, minute, now);
    expect(claimed, 'a due request').not.toBeNull();
    return claimed!;
  }

  /** Takes a host, claims its next request and settles it. */
  async fetchNext(
    body: string | null,
    fields: Parameters<typeof settlementOf>[3] = {},
  ): Promise<{ claim: Claim; snapshotId: number | null; added: number }> {
    const slice = await this.take();
    const claim = await this.claim(slice);
    const result = await this.frontier.settle(settlementOf(this.run, claim, body, fields), start, start);
    await this.frontier.releaseHost(slice);
    return { claim, ...result };
  }

  /** Ends the run and begins the next. */
  async nextRun(): Promise<void> {
    await this.frontier.endRun(this.run, 'complete', null, start);
    this.run = (await this.frontier.openRun(source, start)).id;
  }
}

/** For the tests of the suite in which this is called. */
export function useCrawl(makePlace: MakePlace): Crawl {
  const crawl = new Crawl(useStudy(makePlace));
  beforeEach(async () => {
    crawl.run = (await crawl.frontier.openRun(source, start)).id;
  });
  return crawl;
}
