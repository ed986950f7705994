// The two shapes of every JSON answer of the API: `{ data, meta }` where it succeeded, `{ error }` where it did not.
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { z } from '@hono/zod-openapi';
import { CorpusError, UsageError, XianjianError } from '../../model/errors.js';
import { packageVersion } from '../../model/package-root.js';
import type { WebContext } from '../context.js';

/** What every answer says of itself. */
export const metaSchema = z
  .object({
    filter: z.record(z.string(), z.unknown()).openapi({ description: 'What was asked.' }),
    codebook: z.string(),
    corpus: z.string().openapi({ description: 'Name of the corpus; its folder is left out.' }),
    software: z.string(),
  })
  .openapi('Meta');

/** What an answer of rows says besides. */
export const rowsMetaSchema = metaSchema
  .extend({
    table: z.string(),
    rows: z.number().int().openapi({ description: 'Rows in this answer.' }),
    offset: z.number().int(),
    limit: z.number().int(),
    next: z.string().nullable().openapi({ description: 'Address of the next page; null where this is the last.' }),
  })
  .openapi('RowsMeta');

export const errorSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ description: 'Stays the same when the wording changes.', example: 'E_PLACE' }),
      message: z.string().openapi({ description: 'What was met.' }),
      hint: z.string().openapi({ description: 'What to do.' }),
      issues: z
        .array(z.object({ parameter: z.string(), message: z.string() }))
        .optional()
        .openapi({ description: 'Each parameter that is wrong.' }),
    }),
  })
  .openapi('Failure');

type Failure = z.infer<typeof errorSchema>;

/** The part of `meta` that is alike for all. */
export const metaOf = (c: WebContext, filter: Record<string, unknown>): z.infer<typeof metaSchema> => ({
  filter,
  codebook: c.var.codebook.id,
  corpus: basename(c.var.corpus.address),
  software: `xianjian ${packageVersion}`,
});

/** Answers with a failure. */
export const fail = (c: WebContext, status: 400 | 404 | 406 | 500 | 503, error: Failure['error']): Response =>
  c.json({ error } satisfies Failure, status);

/** Answers an error as the pages do, in the shape of the API. */
export function apiError(c: WebContext, error: unknown, log: (text: string) => void): Response {
  if (error instanceof XianjianError) {
    const status = error instanceof UsageError ? 400 : error instanceof CorpusError ? 503 : 500;
    return fail(c, status, { code: error.code, message: error.message, hint: error.cure });
  }
  const number = randomUUID().slice(0, 8);
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log(`${number} ${c.req.method} ${c.req.path}: ${said}`);
  return fail(c, 500, {
    code: 'E_INTERNAL',
    message: `a fault of xianjian, number ${number}`,
    hint: 'Please report it with the number and what the terminal of the server shows.',
  });
}
