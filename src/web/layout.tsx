// The frame of every page: head, navigation, language and theme, footer. Asked for a fragment, it gives the content alone, which the
// script puts into the evidence drawer.
import type { Child } from 'hono/jsx';
import { harmless } from '../model/harmless.js';
import { packageVersion } from '../model/package-root.js';
import { addressWith } from './address.js';
import { themes, type WebContext } from './context.js';
import { asset } from './static-files.js';

/** The pages that the navigation names, in its order. */
const sections = [
  ['overview', '/'],
  ['compare', '/compare'],
  ['search', '/search'],
  ['counties', '/c'],
  ['review', '/review'],
  ['data', '/data'],
  ['status', '/status'],
] as const;
export type Section = (typeof sections)[number][0];

export interface PageOptions {
  title: string;
  /** Marked in the navigation. */
  section?: Section | null;
  status?: 200 | 400 | 403 | 404 | 409 | 500 | 503;
  /** The page uses the whole width of the window: tables of many columns. */
  isWide?: boolean;
  /** Further files of src/web/static that this page needs. */
  styles?: readonly string[];
  scripts?: readonly string[];
}

/** Answers with a page, or, where the address says `fragment=1`, with its content alone. */
export async function page(c: WebContext, options: PageOptions, content: Child): Promise<Response> {
  const isFragment = c.req.query('fragment') === '1';
  const body = isFragment ? (
    <article class="fragment">{content}</article>
  ) : (
    <Frame c={c} {...options} content={content} />
  );
  const text = harmless(await body.toString());
  return c.html(isFragment ? text : `<!doctype html>\n${text}`, options.status ?? 200);
}

function Frame({ c, content, ...options }: PageOptions & { c: WebContext; content: Child }) {
  const { words, language, theme, codebook } = c.var;
  const scripts = ['main.js', ...(options.scripts ?? [])];
  const styles = ['style.css', ...(options.styles ?? [])];
  return (
    <html lang={language === 'zh' ? 'zh-CN' : 'en'} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'auto' ? 'light dark' : theme} />
        <title>{`${options.title} · ${words.brand}`}</title>
        <link rel="icon" href={asset('seal.svg')} type="image/svg+xml" />
        {styles.map((name) => (
          <link rel="stylesheet" href={asset(name)} />
        ))}
        {scripts.map((name) => (
          <script type="module" src={asset(name)} />
        ))}
      </head>
      <body data-loading={words.loading} data-close={words.close} data-open={words.openFull} data-failed={words.failed}>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <Masthead c={c} section={options.section ?? null} />
        <main id="content" class={options.isWide ? 'wide' : ''} tabindex={-1}>
          {content}
        </main>
        <footer class="foot">
          <span>{words.footer(corpusName(c), codebook.id, packageVersion)}</span>
          <Switches c={c} />
        </footer>
      </body>
    </html>
  );
}

/** The corpus' file name; on an error page it may not be open. */
const corpusName = (c: WebContext): string => c.get('corpus')?.address.split(/[\\/]/).at(-1) ?? '—';

function Masthead({ c, section }: { c: WebContext; section: Section | null }) {
  const { words } = c.var;
  return (
    <header class="mast">
      <a class="brand" href="/">
        <img src={asset('seal.svg')} alt="" width="26" height="26" />
        <b>{words.brand}</b>
      </a>
      <nav aria-label={words.menu}>
        {sections.map(([name, address]) => (
          <a href={address} aria-current={name === section ? 'page' : undefined}>
            {words.nav[name]}
          </a>
        ))}
      </nav>
      <search class="quick">
        <form action="/search">
          <input type="search" name="q" aria-label={words.searchLabel} placeholder={words.searchHint} data-key="/" />
        </form>
      </search>
      <a
        class="tongue"
        href={addressWith(c.req.url, { lang: c.var.language === 'zh' ? 'en' : 'zh' })}
        lang={c.var.language === 'zh' ? 'en' : 'zh-CN'}
        hreflang={c.var.language === 'zh' ? 'en' : 'zh-CN'}
      >
        {words.otherLanguage}
      </a>
    </header>
  );
}

function Switches({ c }: { c: WebContext }) {
  const { words, theme } = c.var;
  return (
    <span class="switches">
      {words.theme}
      {themes.map((name) => (
        <a
          href={addressWith(c.req.url, { theme: name })}
          aria-current={name === theme ? 'true' : undefined}
          data-theme-switch={name}
        >
          {words.themes[name]}
        </a>
      ))}
    </span>
  );
}
