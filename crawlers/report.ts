// From what a run left in the frontier to its report: how each list ended, what is missing and why. Pure.
import type { Frontier, KeptRun, Run, RunSummary } from '../src/model/frontier.js';
import type { CrawlReport, ListReport } from './events.js';
import { reasons } from './reasons.js';

export interface Ending {
  source: string;
  run: Run;
  interrupted: boolean;
  /** Which budget ended the run, null where none did. */
  exhausted: string | null;
  /** Items that the last finished run found, null where there was none. */
  lastYield: number | null;
  /** Start addresses. */
  start: string[];
  tookMs: number;
}

const reasonsShown = 20;

/** The report of a run. */
export function reportOf(summary: RunSummary, ending: Ending): CrawlReport {
  const lists = listReports(summary);
  const arrived = summary.articles + summary.attachments;
  const items = lists.reduce((sum, list) => sum + list.items, 0);
  const why: string[] = [];
  if (ending.interrupted) why.push(reasons.interruptedWith({ count: summary.waiting }));
  if (ending.exhausted !== null) why.push(reasons.notAllAsked({ reason: ending.exhausted }));
  for (const list of lists)
    if (list.reason !== undefined) why.push(reasons.listReason({ url: list.url, reason: list.reason }));
  const failures = failureReasons(summary);
  const empty = !ending.interrupted && arrived === 0 && items === 0;
  // Where the start page alone failed, the reason for the empty run says so already.
  if (!empty || summary.failures.length > 1) why.push(...failures);
  if (empty) why.unshift(emptyReason(summary, ending));
  else if (!ending.interrupted && items === 0 && ending.lastYield !== null && ending.lastYield > 0) {
    why.unshift(reasons.lostYield({ count: ending.lastYield }));
  }
  const lost = items === 0 && (ending.lastYield ?? 0) > 0;
  const end = ending.interrupted ? 'interrupted' : empty || lost ? 'failed' : why.length > 0 ? 'partial' : 'complete';
  return {
    run: ending.run.id,
    source: ending.source,
    resumed: ending.run.resumed,
    end,
    reasons: why.slice(0, reasonsShown),
    lists,
    articles: summary.articles,
    furtherPages: summary.furtherPages,
    attachments: summary.attachments,
    pages: summary.pages,
    bytes: summary.bytes,
    hosts: outcomesByHost(summary),
    failures: summary.failures.map(({ url, kind, outcome, reason }) => ({ url, kind, outcome, reason })),
    tookMs: ending.tookMs,
  };
}

function emptyReason(summary: RunSummary, ending: Ending): string {
  const failed = summary.failures.find((failure) => ending.start.includes(failure.url)) ?? summary.failures[0];
  if (failed) return reasons.unreadable({ url: failed.url, reason: failed.reason ?? failed.outcome });
  if ((ending.lastYield ?? 0) > 0) return reasons.lostYield({ count: ending.lastYield! });
  return reasons.foundNothing({ urls: ending.start.join(', ') });
}

function listReports(summary: RunSummary): ListReport[] {
  const byList = new Map<string, RunSummary['listPages']>();
  for (const page of summary.listPages) byList.set(page.list, [...(byList.get(page.list) ?? []), page]);
  return [...byList].map(([url, all]) => {
    // A list that a browser drew is what the browser showed: parts that came as HTML or JSON before are in it.
    const drawn = all.filter((page) => page.family === 'browser');
    const pages =
      drawn.length > 0 ? [...drawn, ...all.filter((page) => page.url !== url && page.family === 'links')] : all;
    const items = pages.reduce((sum, page) => sum + page.items, 0);
    const total = Math.max(0, ...pages.map((page) => page.total ?? 0));
    const reason = listReason(url, pages, items, total, summary);
    return {
      url,
      family: pages[0]!.family,
      pages: pages.length,
      items,
      ...(total > 0 ? { total } : {}),
      end: reason === undefined ? 'complete' : 'partial',
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

function listReason(
  url: string,
  pages: RunSummary['listPages'],
  items: number,
  total: number,
  summary: RunSummary,
): string | undefined {
  const lost = summary.failures.filter(
    (failure) => failure.list === url && failure.kind !== 'article' && failure.kind !== 'attachment',
  );
  if (lost.length > 0)
    return reasons.pagesLost({
      count: lost.length,
      url: lost[0]!.url,
      reason: lost[0]!.reason ?? lost[0]!.outcome,
    });
  const problem = pages.find((page) => page.problem !== undefined)?.problem;
  if (problem !== undefined) return problem;
  if (total > items) return reasons.declaresRecords({ total, count: items });
  const declared = Math.max(0, ...pages.map((page) => page.pages ?? 0));
  if (declared > pages.length) return reasons.declaresPages({ total: declared, count: pages.length });
  return undefined;
}

/** One sentence for each way in which articles, attachments and start pages were lost. */
function failureReasons(summary: RunSummary): string[] {
  const groups = new Map<string, RunSummary['failures']>();
  for (const failure of summary.failures) {
    if (failure.list !== null && failure.kind !== 'article' && failure.kind !== 'attachment') continue;
    const key = `${failure.kind} ${failure.outcome}`;
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()].map((failures) => {
    const { kind, outcome, url, reason } = failures[0]!;
    const count = failures.length;
    if (reason) return (count === 1 ? reasons.lostOneFor : reasons.lostManyFor)({ count, kind, outcome, url, reason });
    return (count === 1 ? reasons.lostOne : reasons.lostMany)({ count, kind, outcome, url });
  });
}

function outcomesByHost(summary: RunSummary): CrawlReport['hosts'] {
  const hosts: CrawlReport['hosts'] = {};
  for (const { host, kind, outcome, count } of summary.outcomes) {
    // A missing robots.txt is none, and no page that is gone.
    if (kind === 'robots' && outcome === 'gone') continue;
    const row = hosts[host] ?? {};
    row[outcome] = (row[outcome] ?? 0) + count;
    hosts[host] = row;
  }
  return hosts;
}

/** The report of a run that is over, from what is kept of it; one that is not is `interrupted`. */
export async function runReport(frontier: Frontier, run: KeptRun): Promise<CrawlReport> {
  const startedAt = Date.parse(run.startedAt);
  const summary = await frontier.summary(run.id);
  const report = reportOf(summary, {
    source: run.source,
    run: { ...run, startedAt, resumed: false },
    interrupted: run.endedAt === null,
    exhausted: null,
    // A run without lists asked for single addresses once more.
    lastYield: summary.listPages.length === 0 ? null : await frontier.lastYield(run.source, run.id),
    start: [],
    tookMs: run.endedAt === null ? 0 : Date.parse(run.endedAt) - startedAt,
  });
  // The budget that ended a run is known to its own reason only.
  const why = [...new Set([...(run.reason === null ? [] : [run.reason]), ...report.reasons])];
  return { ...report, reasons: why, end: (run.end as CrawlReport['end'] | null) ?? report.end };
}
