// Lists that a script draws, seen through a browser: it loads the page, scrolls, and presses "more" or "next" until nothing new
// comes. The browser itself has no network: every request of the page is taken from it and made by the crawl, so that guard,
// robots.txt, patience, caps and budget are the same as for any other request.
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, ElementHandle, Request, Route, Page as Tab } from 'playwright';
import { ReadPage } from './html.js';
import { type ListItem, listItems, uniqueItems } from './items.js';
import { reasons } from './reasons.js';

/** A request of a page, and the answer that the crawl gives to it. Null: not asked. */
export interface SubRequest {
  url: string;
  method: string;
  type: string;
  body: string | null;
  contentType: string | null;
}
export interface SubAnswer {
  status: number;
  contentType: string;
  body: Uint8Array;
}
export type SubFetch = (request: SubRequest) => Promise<SubAnswer | null>;

export interface DrawnList {
  items: ListItem[];
  /** Addresses that a press on "next" would have gone to. */
  next: string[];
  /** The page as it stood at the end. */
  html: string;
  presses: number;
  /** Why more may be there. */
  problem?: string;
}

export interface DrawOptions {
  /** Pause between two presses, milliseconds. */
  pauseMs: () => number;
  stopping: () => boolean;
  maxPresses?: number;
}

/** Kinds of resources that a list is drawn without. */
const unneeded = new Set([
  'image',
  'media',
  'font',
  'stylesheet',
  'websocket',
  'eventsource',
  'manifest',
  'texttrack',
  'ping',
  'beacon',
  'other',
]);
const usualPresses = 300;
const startMs = 120_000;
const loadMs = 45_000;
const clickMs = 2000;
const quietMs = 250;
const longestSettleMs = 30_000;

/** Paths under which systems install a Chromium. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The path of a Chromium: named by XIANJIAN_CHROMIUM, installed by playwright, or by the system. Null where there is none. */
export async function findBrowser(): Promise<string | null> {
  const named = process.env.XIANJIAN_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  const { chromium } = await import('playwright');
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  return installed.find((path) => existsSync(path)) ?? (await packagedBrowser());
}

/** The Chromium of an npm package, where somebody installed it. */
async function packagedBrowser(): Promise<string | null> {
  const name = '@sparticuz/chromium';
  try {
    const loaded = (await import(name)) as { default: { executablePath(): Promise<string> } };
    return await loaded.default.executablePath();
  } catch {
    return null;
  }
}

/** Starts a Chromium that reaches nothing by itself. Throws where the executable does not run. */
export async function launchBrowser(executablePath: string): Promise<Browser> {
  const { chromium } = await import('playwright');
  const args = [
    // Whatever is not taken from the page (web sockets, prefetches) finds a proxy that does not exist.
    '--proxy-server=127.0.0.1:9',
    '--proxy-bypass-list=<-loopback>',
    '--disable-gpu',
    '--no-zygote',
    '--headless=shell',
    '--disable-dev-shm-usage',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  return chromium.launch({ executablePath, args, headless: true, timeout: startMs });
}

export class ListBrowser {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Starts a browser. Throws where the executable does not run. */
  static async start(executablePath: string): Promise<ListBrowser> {
    return new ListBrowser(await launchBrowser(executablePath));
  }

  get version(): string {
    return this.#browser.version();
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** Draws the list at an address. Never throws for what the page does; the problem says what was met. */
  async draw(url: string, ask: SubFetch, options: DrawOptions): Promise<DrawnList> {
    const context = await this.#browser.newContext({
      serviceWorkers: 'block',
      acceptDownloads: false,
      locale: 'zh-CN',
    });
    try {
      return await new Drawing(await context.newPage(), context, url, ask, options).run();
    } catch (error) {
      return {
        items: [],
        next: [],
        html: '',
        presses: 0,
        problem: reasons.browserFailed({ message: firstLine(error) }),
      };
    } finally {
      await context.close().catch(() => {});
    }
  }
}

/** The first line of what an error says. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;

/** One list in one tab. */
class Drawing {
  readonly #next = new Set<string>();
  #pending = 0;
  #answered = 0;
  #loaded = false;
  #items: ListItem[] = [];

  constructor(
    readonly tab: Tab,
    readonly context: BrowserContext,
    readonly url: string,
    readonly ask: SubFetch,
    readonly options: DrawOptions,
  ) {}

  async run(): Promise<DrawnList> {
    this.tab.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
    this.context.on('page', (other) => {
      if (other !== this.tab) void other.close().catch(() => {});
    });
    await this.context.route('**/*', (route) => this.#answer(route));
    await this.tab.goto(this.url, { waitUntil: 'domcontentloaded', timeout: loadMs });
    this.#loaded = true;
    await this.#settle();
    await this.#gather();
    const { presses, problem } = await this.#pressOn();
    const html = await this.tab.content();
    return { items: this.#items, next: [...this.#next], html, presses, ...(problem === undefined ? {} : { problem }) };
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const document = request.isNavigationRequest() && this.#isMainFrame(request);
    if (document && this.#loaded) {
      // A page of its own: the crawl asks for it as such.
      this.#next.add(request.url());
      return route.abort().catch(() => {});
    }
    if (unneeded.has(request.resourceType()) || (request.isNavigationRequest() && !document))
      return route.abort().catch(() => {});
    this.#pending += 1;
    try {
      const answer = await this.ask({
        url: request.url(),
        method: request.method(),
        type: request.resourceType(),
        body: request.postData(),
        contentType: request.headers()['content-type'] ?? null,
      });
      if (answer === null) await route.abort();
      else {
        await route.fulfill({
          status: answer.status,
          contentType: answer.contentType,
          headers: { 'access-control-allow-origin': '*' },
          body: Buffer.from(answer.body),
        });
      }
    } catch {
      await route.abort().catch(() => {});
    } finally {
      this.#pending -= 1;
      this.#answered += 1;
    }
  }

  /** A window that a page opens asks before it has a frame. */
  #isMainFrame(request: Request): boolean {
    try {
      return request.frame() === this.tab.mainFrame();
    } catch {
      return false;
    }
  }

  /** Waits until the page has asked for nothing for a while. */
  async #settle(): Promise<void> {
    const started = Date.now();
    while (Date.now() - started < longestSettleMs) {
      const before = this.#answered;
      await this.#quiet();
      if (this.#pending === 0 && this.#answered === before) return;
    }
  }

  /**
   * A while by the clock of the page: what its script put off for less comes before the end of it, however slowly the page runs. Where
   * its script holds it up for good, the clock here ends it.
   */
  async #quiet(): Promise<void> {
    let over: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      over = setTimeout(resolve, longestSettleMs);
    });
    const inPage = this.tab
      .evaluate(`new Promise((resolve) => setTimeout(resolve, ${quietMs}))`)
      .catch(() => wait(quietMs));
    await Promise.race([inPage, late]);
    clearTimeout(over);
  }

  /** Adds the rows that the page shows now; returns how many were new. */
  async #gather(): Promise<number> {
    const before = this.#items.length;
    const page = new ReadPage(this.url, await this.tab.content());
    this.#items = uniqueItems([...this.#items, ...listItems(page, true)]);
    return this.#items.length - before;
  }

  async #pressOn(): Promise<{ presses: number; problem?: string }> {
    const most = this.options.maxPresses ?? usualPresses;
    let idle = 0;
    for (let presses = 0; presses < most; presses++) {
      if (this.options.stopping()) return { presses, problem: reasons.endedBeforeList() };
      await this.tab.waitForTimeout(this.options.pauseMs());
      const pressed = await this.#press();
      if (!pressed) await this.tab.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
      await this.#settle();
      const added = await this.#gather();
      idle = added > 0 ? 0 : idle + 1;
      if (this.#next.size > 0 && added === 0) return { presses };
      if (!pressed && added === 0) return { presses };
      if (idle >= 2) return { presses };
    }
    return { presses: most, problem: reasons.manyPresses({ most }) };
  }

  /** Presses the control for more rows or the next page, where one can be seen. */
  async #press(): Promise<boolean> {
    const handle = await this.tab.evaluateHandle(findControl);
    const element = handle.asElement() as ElementHandle | null;
    if (!element) return false;
    const heard = await element.evaluateHandle(noteClick);
    try {
      await element.click({ timeout: clickMs });
    } catch {
      // The page may have taken so long over the click itself; a second one would pass over rows.
      if (!(await heard.evaluate(({ click }) => click))) await element.dispatchEvent('click').catch(() => {});
    }
    return true;
  }
}

/** Runs inside the page: notes whether a click arrives at an element. */
function noteClick(element: unknown): { click: boolean } {
  const heard = { click: false };
  const { addEventListener } = element as { addEventListener: (...given: unknown[]) => void };
  const note = () => {
    heard.click = true;
  };
  addEventListener.call(element, 'click', note, { capture: true, once: true });
  return heard;
}

/** Runs inside the page: the visible control that asks for more, more rows before the next page. A text, since it is the page's. */
const findControl = `(() => {
  const more = /^(?:点击|點擊)?(?:加载|加載|查看|显示|顯示|展开)更多(?:信息|内容|数据|新闻)?\\s*[.…>»↓▼]*$|^(?:load|show|view) more$/i;
  const next = /^(?:下一页|下页|下一頁|后一页|next(?: page)?)\\s*[>»›]*$/i;
  const plainMore = /^(?:更多|more)\\s*[.…>»↓▼+]*$/i;
  const usable = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const off = element.disabled || /(?:^|[\\s_-])(?:disabled?|nomore|no-more)(?:$|[\\s_-])/i.test(element.className || '') || element.getAttribute('aria-disabled') === 'true';
    return !off && box.width > 0 && box.height > 0 && style.visibility !== 'hidden' && style.display !== 'none';
  };
  const leadsAway = (element) => {
    const href = element.closest('a')?.getAttribute('href');
    return !!href && !/^(?:#|javascript:)/i.test(href);
  };
  const found = { more: null, next: null, plain: null };
  for (const element of document.querySelectorAll('button, a, input[type=button], [onclick], [role=button], li, span, div, p')) {
    if (element.children.length > 2) continue;
    const words = (element.value || element.innerText || '').trim();
    if (!words || words.length > 12 || !usable(element)) continue;
    const kind = more.test(words) ? 'more' : next.test(words) ? 'next' : plainMore.test(words) && !leadsAway(element) ? 'plain' : null;
    // The innermost element with the words: its surroundings may be wide, and a press on them lead nowhere.
    if (kind && (!found[kind] || found[kind].contains(element))) found[kind] = element;
  }
  return found.more ?? found.next ?? found.plain;
})()`;
