// The crawl of one source: opens its run, hands hosts to workers while anything is due, and reports. All state that must survive
// is in the frontier, so a kill at any moment loses at most the fetch in hand.
import { randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import { UsageError } from '../src/model/errors.js';
import type { Frontier } from '../src/model/frontier.js';
import type { CrawlOptions, CrawlReport } from './events.js';
import { isPrivateLiteral } from './guard.js';
import { reasons } from './reasons.js';
import { reportOf } from './report.js';
import { RunState, type Tuning } from './run.js';
import { workSlice } from './slice.js';
import type { Source } from './source.js';
import { pageMark } from './visit.js';

/** So many that a few that answer a byte at a time leave room for the others. */
const usualHosts = 16;
/** How long a host is held before its first claim. */
export const hostLeaseMs = 120_000;
/** The loop looks again after this long, also where no host told when it is due. */
const longestNap = 5000;

/**
 * Crawls one source to its end or budget. Goes on with the source's unfinished run where there is one.
 * What the net does is in the report and never thrown. Throws a UsageError where `noDelay` is asked for a public address.
 */
export function crawl(source: Source, frontier: Frontier, options: CrawlOptions): Promise<CrawlReport> {
  return crawlTuned(source, frontier, options, {});
}

/** As `crawl`, with limits and pauses that tests set. */
export async function crawlTuned(
  source: Source,
  frontier: Frontier,
  options: CrawlOptions,
  tuning: Tuning,
): Promise<CrawlReport> {
  checkOptions(source, options);
  const now = Date.now();
  const { id, name, place } = source;
  const opened = await frontier.openRun({ id, name, place, definition: JSON.stringify(source) }, now);
  const run = new RunState(source, frontier, options, opened, tuning);
  try {
    if (opened.resumed) await rememberLists(run);
    await frontier.add(opened.id, options.requests ?? run.startRequests(), now, run.revisitBefore);
    const { waiting } = await frontier.summary(opened.id);
    run.emit({ type: 'run', run: opened.id, source: id, resumed: opened.resumed, waiting });
    await workAll(run);
    return await finish(run);
  } finally {
    await run.browser.close();
    await run.agents.close();
  }
}

/** @throws UsageError where `noDelay` is asked for a public address */
export function checkOptions(source: Source, options: CrawlOptions): void {
  const open = options.noDelay
    ? source.start.find((start) => !options.allowPrivate || !isPrivateLiteral(start))
    : undefined;
  if (open === undefined) return;
  throw new UsageError(
    'crawl.no-delay',
    {
      en: `${open} is a public address, and public hosts are not asked without delay`,
      zh: `${open} 是公网地址，对公网主机不能不停顿地请求`,
    },
    { en: 'Leave the delay as it is, or set `delay` in the source file.', zh: '请保留停顿，或在站点文件里设 delay。' },
  );
}

/** What earlier parts of the run read of its lists. */
export async function rememberLists(run: RunState): Promise<void> {
  const { listPages } = await run.frontier.summary(run.run.id);
  for (const page of listPages)
    if (page.items > 0) run.listMemory(page.list).add(pageMark(page.family, page.itemsHash));
}

/** Hands due hosts to workers until nothing waits, a budget is used up, or the run is interrupted. */
async function workAll(run: RunState): Promise<void> {
  const hosts = run.options.hosts ?? usualHosts;
  const queue = new PQueue({ concurrency: hosts });
  const { frontier } = run;
  let failure: unknown = null;
  let wake = (): void => {};
  while (!run.stopping && failure === null) {
    const now = Date.now();
    const slice = queue.pending < hosts ? await frontier.takeHost(run.run.id, randomUUID(), hostLeaseMs, now) : null;
    if (slice) {
      void queue
        .add(() => workSlice(run, slice))
        .catch((error: unknown) => {
          failure = error ?? new Error('a slice failed');
        })
        .finally(() => wake());
      continue;
    }
    const due = await frontier.nextDue(run.run.id, Date.now());
    if (due === null && queue.pending === 0) break;
    const busy = queue.pending > 0;
    const nap = due === null ? longestNap : Math.max(busy ? 50 : 5, Math.min(longestNap, due - Date.now()));
    if (!busy && due !== null && due - Date.now() > 2000) {
      run.emit({ type: 'waiting', host: run.source.name, until: due, why: reasons.noHostDue() });
    }
    await run.sleep(nap, (rouse) => {
      wake = rouse;
    });
  }
  await queue.onIdle();
  if (failure !== null) throw failure;
}

/** Ends a run with its report; what a used-up budget left waiting is dropped. An interrupted run stays open. */
export async function finish(run: RunState): Promise<CrawlReport> {
  const { frontier } = run;
  const exhausted = run.interrupted ? null : run.exhausted();
  const left = exhausted !== null && (await frontier.nextDue(run.run.id, Date.now())) !== null;
  if (left) await frontier.drop(run.run.id, exhausted!);
  const report = reportOf(await frontier.summary(run.run.id), {
    source: run.source.id,
    run: run.run,
    interrupted: run.interrupted,
    exhausted: left ? exhausted : null,
    // A run that asks for single addresses once more says nothing of the lists.
    lastYield: run.options.requests ? null : await frontier.lastYield(run.source.id, run.run.id),
    start: run.startRequests().map((request) => request.url),
    tookMs: Date.now() - run.startedAt,
  });
  if (!run.interrupted) await frontier.endRun(run.run.id, report.end, report.reasons[0] ?? null, Date.now());
  return report;
}
