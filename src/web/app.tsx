// The web application: what every request passes, and where each page lives. Made for a server and for tests alike: `app.request()`
// needs no port.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { HTTPException } from 'hono/http-exception';
import type { Corpus } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import type { Language } from '../model/language.js';
import { apiError } from './api/answers.js';
import { pathWithoutFormat } from './api/formats.js';
import { api } from './api/index.js';
import { charts } from './charts/index.js';
import { type Theme, themes, type WebContext, type WebEnv } from './context.js';
import { errorPage, notFoundPage } from './errors.js';
import { evidence } from './evidence/index.js';
import { type GuardOptions, guard, shortAddresses } from './guard.js';
import { securityHeaders } from './headers.js';
import { health } from './health.js';
import { pages } from './pages/index.js';
import { review } from './review/index.js';
import { staticFiles } from './static-files.js';
import { words } from './words.js';

export interface WebOptions extends GuardOptions {
  /** An open corpus, or what opens it when a page is asked for: then a corpus that is missing is a page that says so. */
  corpus: Corpus | (() => Promise<Corpus>);
  /** Opens the corpus for writing, for one piece of work. Default: the corpus as it is. */
  write?: WebEnv['Variables']['write'];
  codebook: Codebook;
  /** Where faults of the program are written. Default: nowhere. */
  log?: (text: string) => void;
}

/** All pages on one corpus. */
export function webApp({ corpus, write, codebook, log = () => {}, ...options }: WebOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>({ getPath: pathWithoutFormat });
  app.use(securityHeaders);
  app.use(shortAddresses);
  app.use(async (c, next) => {
    readTastes(c);
    c.set('codebook', codebook);
    await next();
  });
  app.use(guard(options));
  app.use(bodyLimit({ maxSize: mostBytesSent, onError: (c) => c.text('Refused: that is too much at once.\n', 413) }));
  app.route('/', staticFiles);
  app.route('/', health(corpus));
  app.use(async (c, next) => {
    c.set('corpus', typeof corpus === 'function' ? await corpus() : corpus);
    c.set('write', write ?? ((work) => work(c.var.corpus)));
    await next();
  });

  // A sub-app is a `new Hono<WebEnv>()` in a folder or file of its own and is mounted here, whole paths inside: app.route('/', name).
  // It finds corpus, codebook, language and words in `c.var`, answers with `page(c, …)` of layout.tsx and throws XianjianErrors; under
  // /api they become JSON. A new entry of the navigation is a row of `sections` there.
  app.route('/', pages);
  app.route('/', evidence);
  app.route('/', charts);
  app.route('/', api);
  app.route('/', review);

  app.notFound((c) => notFoundPage(c));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    return c.req.path.startsWith('/api/') ? apiError(c, error, log) : errorPage(c, error, log);
  });
  return app;
}

/** Of a form: a decision has some hundred. */
const mostBytesSent = 100_000;

const year = 365 * 24 * 3600;
const languages: readonly Language[] = ['zh', 'en'];

/** Language and theme: of the address, which also sets the cookie, else of the cookie, else what the browser prefers. */
function readTastes(c: WebContext): void {
  const taste = <T extends string>(name: string, known: readonly T[]): T | null => {
    const asked = known.find((each) => each === c.req.query(name));
    if (asked) setCookie(c, name, asked, { path: '/', sameSite: 'Lax', maxAge: year });
    return asked ?? known.find((each) => each === getCookie(c, name)) ?? null;
  };
  const language = taste('lang', languages) ?? preferred(c.req.header('Accept-Language'));
  c.set('language', language);
  c.set('theme', taste<Theme>('theme', themes) ?? 'auto');
  c.set('words', words[language]);
}

/** Chinese, unless the browser asks for languages and Chinese is none of them. */
const preferred = (accepted: string | undefined): Language =>
  accepted === undefined || accepted === '*' || /\bzh\b/i.test(accepted) ? 'zh' : 'en';
