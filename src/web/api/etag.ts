// Answers that stay the same while the corpus does: an ETag from what an answer is made of, so that asking again costs nothing.
import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Codebook } from '../../../extractors/index.js';
import { packageVersion } from '../../model/package-root.js';
import type { WebEnv } from '../context.js';
import { fileState } from '../corpus-keeper.js';
import { formatAsked } from './formats.js';

const prints = new WeakMap<Codebook, string>();

/** Hash of all that a codebook says. */
function printOf(codebook: Codebook): string {
  const known = prints.get(codebook);
  if (known) return known;
  const print = createHash('sha256').update(JSON.stringify(codebook)).digest('hex');
  prints.set(codebook, print);
  return print;
}

/**
 * Gives each good answer a weak ETag (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3) and answers 304 where the reader has it
 * already. A corpus that is no file has no cheap mark of its state and gets none.
 */
export const etags: MiddlewareHandler<WebEnv> = async (c, next) => {
  const { corpus, codebook, language } = c.var;
  const state = fileState(corpus.address);
  if (state === null || c.req.raw.method === 'POST') return next();
  const made = [packageVersion, printOf(codebook), corpus.address, state, c.req.url, formatAsked(c), language];
  const tag = `W/"${createHash('sha256').update(JSON.stringify(made)).digest('base64url').slice(0, 22)}"`;
  const held = c.req
    .header('If-None-Match')
    ?.split(',')
    .map((each) => each.trim());
  c.header('Vary', 'Accept, Accept-Language, Cookie');
  if (held?.some((each) => each === tag || each === tag.slice(2) || each === '*')) {
    c.header('ETag', tag);
    return c.body(null, 304);
  }
  await next();
  if (c.res.status === 200) c.res.headers.set('ETag', tag);
};
