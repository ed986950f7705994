// An archived page as a document of its own for a sandboxed frame: a bar that says what it is, the passage marked where it may be, and
// a policy under which nothing runs and nothing is fetched.
import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import { harmless } from '../../model/harmless.js';
import type { Citation, Figure, Practice } from '../../model/record.js';
import type { Span } from '../../model/way-back.js';
import type { WebContext } from '../context.js';
import { type Agreement, type Held, viewOf } from './agreement.js';
import { archivedHtml, type Mark } from './archived-html.js';
import { archivedStyle } from './archived-style.js';
import { MarkedSource, MarkedText } from './marked-text.js';
import { governing, sentenceSpan } from './passage-context.js';
import { evidenceWords } from './words.js';

type AnyRecord = Figure | Practice | Citation;

const styleHash = createHash('sha256').update(archivedStyle).digest('base64');

/** Without `allow-scripts` and `allow-same-origin`, also where the page is opened by itself. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ');

export interface ArchivedPage {
  held: Held;
  record: AnyRecord | null;
  /** Null where no record is asked for. */
  agreement: Agreement | null;
}

/** Answers with the page. `asText`: the text that was read, in place of the page. */
export function archivedPage(c: WebContext, archived: ArchivedPage, asText: boolean): Response | Promise<Response> {
  const { words, language, theme } = c.var;
  const title = archived.held.document.title ?? words.brand;
  c.header('Content-Security-Policy', policy);
  const content = (
    <html lang={language === 'zh' ? 'zh-CN' : 'en'} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <style>{raw(archivedStyle)}</style>
      </head>
      <body>
        <Bar c={c} {...archived} asText={asText} />
        <main lang="zh-CN">
          <Body c={c} {...archived} asText={asText} />
        </main>
      </body>
    </html>
  );
  return c.html(harmless(`<!doctype html>\n${content}`));
}

type Props = ArchivedPage & { c: WebContext; asText: boolean };

function Bar({ c, held, record, agreement, asText }: Props) {
  const words = evidenceWords[c.var.language];
  const { document, snapshot } = held;
  const view = agreement?.view ?? viewOf(held);
  const isText = asText || view.kind === 'text';
  return (
    <header class="bar">
      {agreement?.fault === null && <p class="good">✓ {words.agrees(record!.id)}</p>}
      <div>
        <h1>{words.archived}</h1> {words.fetchedAt(snapshot.fetchedAt)} · {snapshot.url} ·{' '}
        <span class="hash" title={`SHA-256 ${snapshot.sha256}`}>
          SHA-256 {snapshot.sha256.slice(0, 12)}
        </span>
      </div>
      {agreement?.fault && (
        <p class="fault" role="alert">
          ⚠ {words.faults[agreement.fault](agreement.met ?? '', String(record!.textStart), String(record!.textEnd))}
        </p>
      )}
      {isText && <p class="note">{view.kind === 'text' ? words.readText(document.format) : words.asText}</p>}
    </header>
  );
}

function Body({ held, record, agreement, asText, c }: Props) {
  const { document, structure } = held;
  const view = agreement?.view ?? viewOf(held);
  const passage = record && agreement?.fault === null ? record : null;
  if (asText || view.kind === 'text')
    return <MarkedText text={document.text} blocks={structure.blocks} {...{ passage }} />;
  if (view.kind === 'source') return <MarkedSource source={view.source} passage={passage} />;
  const words = evidenceWords[c.var.language];
  const article = structure.wayBack.original({ start: 0, end: document.text.length });
  return <>{raw(archivedHtml(view.page, { marks: passage ? marksOf(held, passage) : [], article, words }))}</>;
}

/** The quote, the heads of its cell, and its sentence. */
function marksOf({ document, structure }: Held, record: AnyRecord): Mark[] {
  const original = (span: Span): Span => structure.wayBack.original(span);
  const { cell, heads } = governing(structure.blocks, document.text, record.textStart);
  const sentence = cell ? null : sentenceSpan(document.text, record);
  return [
    { kind: 'passage', span: { start: record.start, end: record.end }, isCell: cell !== null },
    ...heads.map((head): Mark => ({ kind: 'head', span: original(head), isCell: true })),
    ...(sentence ? [{ kind: 'sentence', span: original(sentence), isCell: false } as const] : []),
  ];
}
