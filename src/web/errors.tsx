// Pages that say what went wrong and what to do.
import { randomUUID } from 'node:crypto';
import { CorpusError, UsageError, XianjianError } from '../model/errors.js';
import type { WebContext } from './context.js';
import { page } from './layout.js';

/** Answers an error: a fault of the query with 400, of the corpus with 503, whatever else with 500 and a number. */
export function errorPage(c: WebContext, error: unknown, log: (text: string) => void): Promise<Response> {
  if (error instanceof XianjianError) return knownError(c, error);
  const number = randomUUID().slice(0, 8);
  log(
    `${number} ${c.req.method} ${c.req.path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  const { error: words } = c.var.words;
  return page(
    c,
    { title: words.internal, status: 500 },
    <Trouble c={c} title={words.internal} cure={words.internalCure}>
      <p>
        {words.number} <code>{number}</code>
      </p>
    </Trouble>,
  );
}

/** Answers that there is no such page. */
export function notFoundPage(c: WebContext): Promise<Response> {
  const { error: words } = c.var.words;
  return page(
    c,
    { title: words.notFound, status: 404 },
    <Trouble c={c} title={words.notFound} cure={words.notFoundCure} />,
  );
}

function knownError(c: WebContext, error: XianjianError): Promise<Response> {
  const { words, language } = c.var;
  const known = (words.faults as Record<string, readonly [title: string, cure: string]>)[error.code];
  const isUsage = error instanceof UsageError;
  const title = known?.[0] ?? (isUsage ? words.error.usage : words.error.corpus);
  return page(
    c,
    { title, status: isUsage ? 400 : error instanceof CorpusError ? 503 : 500 },
    <Trouble c={c} title={title} cure={known?.[1] ?? (isUsage ? words.error.usageCure : null)}>
      <p class="soft">{words.error.detail}</p>
      <blockquote>
        <p>
          {error.said.message[language]} <code>{error.code}</code>
        </p>
        <p>{error.said.cure[language]}</p>
      </blockquote>
    </Trouble>,
  );
}

function Trouble({
  c,
  title,
  cure,
  children,
}: {
  c: WebContext;
  title: string;
  cure: string | null;
  children?: unknown;
}) {
  const { error: words } = c.var.words;
  return (
    <div class="trouble">
      <h1>{title}</h1>
      {cure && <p class="lead">{cure}</p>}
      {children as never}
      <p>
        <a href="/">{words.back}</a>
      </p>
    </div>
  );
}
