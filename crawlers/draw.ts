// Joins the browser to a run: when a list is worth drawing, how the page's requests are answered by the crawl's own fetches, and
// what the drawn list means as a visit.
import { createHash } from 'node:crypto';
import type { Claim } from '../src/model/frontier.js';
import type { Page } from '../src/model/page.js';
import { type DrawnList, findBrowser, firstLine, ListBrowser, type SubAnswer, type SubRequest } from './browser.js';
import type { ListReading } from './families/index.js';
import { ReadPage } from './html.js';
import { isGood } from './pace.js';
import { reasons } from './reasons.js';
import type { Source } from './source.js';
import type { Visit } from './visit.js';

/** Starts a browser at most once a run, and only when a list asks for it. */
export class BrowserKeeper {
  #started: Promise<ListBrowser | string> | null = null;

  /** The browser, or why there is none. */
  get(): Promise<ListBrowser | string> {
    this.#started ??= this.#start();
    return this.#started;
  }

  async #start(): Promise<ListBrowser | string> {
    try {
      const path = await findBrowser();
      return path === null ? reasons.noBrowser() : await ListBrowser.start(path);
    } catch (error) {
      return reasons.browserNotStarted({ message: firstLine(error) });
    }
  }

  async close(): Promise<void> {
    const browser = await this.#started;
    if (browser && typeof browser !== 'string') await browser.close().catch(() => {});
  }
}

/** Whether a list should be drawn: its source wants it, or what came over HTTP has no rows or is known to lack some. */
export function wantsDrawing(source: Source, claim: Claim, seen: Visit, failedForGood: boolean): boolean {
  const { request } = claim;
  const choice = source.browser ?? 'auto';
  const first = request.kind === 'list' && request.list === undefined;
  const data = request.kind === 'data' && request.family === 'json';
  if (choice === 'never' || !(first || data)) return false;
  if (!isGood(seen.page.outcome)) return data && failedForGood;
  const { listPage } = seen;
  if (!listPage) return false;
  if (choice === 'always') return first;
  if (seen.scripted) return true;
  const goesOn = seen.found.some((each) => each.list !== undefined);
  return first && listPage.items === 0 && !goesOn && hasScript(seen.page);
}

function hasScript(page: Page): boolean {
  return page.body !== null && /<script\b/i.test(new TextDecoder('latin1').decode(page.body));
}

/** The answer for the page itself: as UTF-8, whatever it was sent in. */
export function documentAnswer(page: Page): SubAnswer {
  return {
    status: page.status,
    contentType: 'text/html; charset=utf-8',
    body: new TextEncoder().encode(ReadPage.of(page).text),
  };
}

/** The answer of a fetch made for a page. */
export function subAnswer(page: Page): SubAnswer | null {
  if (page.status === 0 || page.body === null) return null;
  return { status: page.status, contentType: page.headers['content-type'] ?? 'text/plain', body: page.body };
}

/** Kinds of requests a list may make to hosts other than its own: libraries, and data of the same site's other names. */
export function mayAskOutside(request: SubRequest): boolean {
  return request.type === 'script' || request.type === 'xhr' || request.type === 'fetch';
}

/** The drawn page as it is kept: its bytes are what the browser showed. */
export function drawnPage(page: Page, html: string, browser: string): Page {
  const body = new TextEncoder().encode(html);
  return {
    ...page,
    status: page.status || 200,
    headers: { ...page.headers, 'content-type': 'text/html; charset=utf-8' },
    body,
    sha256: createHash('sha256').update(body).digest('hex'),
    outcome: 'ok',
    settings: { ...page.settings, browser: `chromium ${browser}` },
  };
}

/** What a drawn list says, in the words of a list family. */
export function drawnReading(drawn: { items: ListReading['items']; next: string[]; problem?: string }): ListReading {
  const none = drawn.items.length === 0 && drawn.next.length === 0 ? reasons.browserSawNone() : undefined;
  const problem = drawn.problem ?? none;
  return {
    family: 'browser',
    items: drawn.items,
    next: drawn.next.map((url) => ({ url, kind: 'list', family: 'links' })),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** A home page without a list of its own leads on to its columns. */
export function withColumnsInstead(seen: Visit): Visit {
  const { columns = [], listPage, found } = seen;
  if (!listPage || listPage.items > 0 || found.length > 0 || columns.length === 0) return seen;
  const { problem: _problem, ...whole } = listPage;
  const notes = [...seen.notes, reasons.ownColumns({ url: listPage.url, count: columns.length })];
  return { ...seen, listPage: { ...whole, family: 'home' }, found: columns, notes };
}

/** A browser that saw no more rows proves a list whole, unless the list itself declares more, or the browser failed. */
export function withoutDrawing(seen: Visit, claim: Claim, drawn: DrawnList): Visit {
  const { listPage } = seen;
  const whole =
    listPage &&
    listPage.items > 0 &&
    drawn.problem === undefined &&
    (listPage.pages ?? 1) <= 1 &&
    listPage.total === undefined;
  if (!whole) return withProblem(seen, claim, listPage?.problem ?? drawnReading(drawn).problem);
  const { problem: _problem, ...rest } = listPage;
  return { ...seen, listPage: rest };
}

/** The same visit with the reason why its list may lack rows. */
export function withProblem(seen: Visit, { request }: Claim, problem: string | undefined): Visit {
  if (problem === undefined) return seen;
  const list = request.list ?? request.url;
  const empty = { list, url: request.url, family: request.family ?? 'none', items: 0, itemsHash: '' };
  return { ...seen, listPage: { ...(seen.listPage ?? empty), problem } };
}
