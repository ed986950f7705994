// Single things by their id: a record with what proves it, and a document with its text.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { StoredDocument } from '../../../db/corpus.js';
import type { WebContext, WebEnv } from '../context.js';
import { bibtexCitation, gbtCitation } from '../evidence/citation.js';
import { snapshotPath } from '../evidence/record-page.js';
import { errorSchema, fail, metaOf, metaSchema } from './answers.js';
import { apiBase } from './formats.js';

const anything = z.record(z.string(), z.unknown());

const documentSchema = z
  .looseObject({
    id: z.number().int(),
    url: z.string(),
    title: z.string().nullable(),
    fetchedAt: z.string(),
    sha256: z.string(),
    place: z.string().nullable(),
  })
  .openapi('Document');

const recordSchema = z
  .object({
    id: z.string(),
    type: z.enum(['figure', 'practice', 'citation']),
    sentence: z.string(),
    quote: z.string(),
    record: anything.openapi({ description: 'All fields of the figure, practice or citation.' }),
    document: documentSchema.openapi({ description: 'Where it stands; without its text.' }),
    repeatedBy: z.array(z.object({ id: z.number().int(), url: z.string() })),
    citation: z.object({ gbt7714: z.string(), bibtex: z.string() }),
    page: z.string().openapi({ description: 'Its page here.' }),
    archivedPage: z.string().openapi({ description: 'The kept page with the passage marked.' }),
  })
  .openapi('Record');

const routeOf = (name: string, summary: string, data: z.ZodType, id: z.ZodString) =>
  createRoute({
    method: 'get',
    path: `${apiBase}/${name}/{id}`,
    operationId: `${name}-one`,
    summary,
    request: { params: z.object({ id }), query: z.strictObject({ lang: z.enum(['zh', 'en']).optional() }) },
    responses: {
      200: {
        description: 'It.',
        content: { 'application/json': { schema: z.object({ data, meta: metaSchema }) } },
      },
      304: { description: 'As before: If-None-Match names the ETag of this answer.' },
      default: {
        description: 'What was wrong, and what to do.',
        content: { 'application/json': { schema: errorSchema } },
      },
    },
  });

/** Adds the paths of single records and documents. */
export function addSingles(api: OpenAPIHono<WebEnv>): void {
  const recordId = z.string().openapi({ description: 'As every table names it: 17-001, 17-p01, 17-c01.' });
  const record = routeOf(
    'records',
    'A figure, practice or citation with everything that proves it.',
    recordSchema,
    recordId,
  );
  api.openapi(record, (c) => answerRecord(c, c.req.param('id')!) as never);
  const documentId = z.string().regex(/^\d{1,15}$/, 'expected the number of a document');
  const document = routeOf('documents', 'A document with its text.', documentSchema, documentId);
  api.openapi(document, (c) => answerDocument(c, Number(c.req.param('id'))) as never);
}

const withoutText = ({ text: _, ...document }: StoredDocument) => document;

async function answerRecord(c: WebContext, id: string): Promise<Response> {
  const found = await c.var.corpus.evidence(id);
  if (!found) {
    const near = await c.var.corpus.idsLike(id);
    return fail(c, 404, {
      code: 'E_NO_RECORD',
      message: `the corpus has no record ${id}`,
      hint:
        near.length > 0 ? `There are ${near.join(', ')}.` : 'Ids stand in the tables figures, practices and citations.',
    });
  }
  const { type, record, document, repeatedBy } = found;
  const data = {
    id,
    type,
    sentence: record.sentence,
    quote: record.quote,
    record,
    document: withoutText(document),
    repeatedBy,
    citation: { gbt7714: gbtCitation(document), bibtex: bibtexCitation(document) },
    page: `/record/${id}`,
    archivedPage: snapshotPath(found),
  };
  return c.json({ data, meta: metaOf(c, { id }) });
}

async function answerDocument(c: WebContext, id: number): Promise<Response> {
  const document = await c.var.corpus.document(id);
  if (document) return c.json({ data: document, meta: metaOf(c, { id }) });
  return fail(c, 404, {
    code: 'E_NO_DOCUMENT',
    message: `the corpus has no document ${id}`,
    hint: 'Numbers stand in the table documents, and before the hyphen of every record id.',
  });
}
