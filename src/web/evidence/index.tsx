// Evidence: /record/:id, the record with its proof (with ?fragment=1 for the drawer); /snapshot/:id, the archived page in a frame; and
// /snapshot/:id/page, what stands in the frame. Pages that open the drawer load evidence.css and evidence.js too.
import { Hono } from 'hono';
import type { WebContext, WebEnv } from '../context.js';
import { page } from '../layout.js';
import { agreementOf } from './agreement.js';
import { archivedPage } from './archived-page.js';
import { ArchivedFrame, RecordContent, recordPageOf, titleOfRecord } from './record-page.js';
import { evidenceWords } from './words.js';

const assets = { styles: ['evidence.css'], scripts: ['evidence.js'] };

export const evidence = new Hono<WebEnv>();

evidence.get('/record/:id', async (c) => {
  const id = c.req.param('id');
  const found = await c.var.corpus.evidence(id);
  if (!found) return noRecord(c, id);
  const content = await recordPageOf(c, found);
  return page(c, { title: `${titleOfRecord(found, c)} ${id}`, ...assets }, <RecordContent c={c} {...content} />);
});

evidence.get('/snapshot/:id{[0-9]+}', async (c) => {
  const words = evidenceWords[c.var.language];
  const record = c.req.query('record') ?? '';
  const found = await c.var.corpus.evidence(record);
  if (!found) return noRecord(c, record);
  const asText = c.req.query('view') === 'text';
  return page(
    c,
    { title: `${words.archivedTitle} ${record}`, isWide: true, ...assets },
    <>
      <div class="bar">
        <h1>{titleOfRecord(found, c)}</h1>
        <span class="soft">{found.document.title}</span>
        <a class="end" href={`/record/${record}`}>
          {words.toRecord} {record}
        </a>
      </div>
      <div class="full">
        <ArchivedFrame evidence={found} c={c} asText={asText} />
      </div>
    </>,
  );
});

evidence.get('/snapshot/:id{[0-9]+}/page', async (c) => {
  const words = evidenceWords[c.var.language].gone;
  const id = Number(c.req.param('id'));
  const { corpus } = c.var;
  const snapshot = await corpus.snapshot(id).catch(unpacked);
  if (snapshot === damaged) return gone(c, words.damaged(String(id)), words.damagedCure, [], 503);
  if (!snapshot) return gone(c, words.snapshot(String(id)), words.snapshotCure);
  const record = c.req.query('record');
  const found = record === undefined ? null : await corpus.evidence(record);
  if (record !== undefined && !found) return noRecord(c, record);
  const document = found?.document ?? (await corpus.documentAt(snapshot.url));
  const structure = document && (await corpus.documentStructure(document.id));
  if (!document || !structure) return gone(c, words.document(String(id)), words.documentCure);
  const held = { snapshot, document, structure };
  const agreement = found ? await agreementOf(held, found.record) : null;
  return archivedPage(c, { held, record: found?.record ?? null, agreement }, c.req.query('view') === 'text');
});

const damaged = Symbol('damaged');

/** Bytes that cannot be unpacked any more; whatever else goes wrong is no matter of this page. */
function unpacked(error: unknown): typeof damaged {
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE') return damaged;
  throw error;
}

async function noRecord(c: WebContext, id: string): Promise<Response> {
  const words = evidenceWords[c.var.language].gone;
  const near = id === '' ? [] : await c.var.corpus.idsLike(id);
  return gone(c, words.record(id), words.recordCure, near);
}

/** What is not there, and what to do. */
function gone(
  c: WebContext,
  title: string,
  cure: string,
  near: readonly string[] = [],
  status: 404 | 503 = 404,
): Promise<Response> {
  const words = evidenceWords[c.var.language].gone;
  return page(
    c,
    { title, status },
    <div class="trouble">
      <h1>{title}</h1>
      <p class="lead">{cure}</p>
      {near.length > 0 && (
        <p>
          {words.near}: {near.map((id) => [<a href={`/record/${id}`}>{id}</a>, ' '])}
        </p>
      )}
      <p class="links">
        <a href="/search">{words.search}</a>
        <a href="/compare">{words.compare}</a>
      </p>
    </div>,
  );
}
