// /review: the queue, one figure at a time, with what people decided last. Decisions are sent as plain forms; a script adds keys.
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { UsageError } from '../../model/errors.js';
import type { Decision } from '../../model/review.js';
import { decisionFrom, type QueueReason, queueReasons, reviewPrecision, reviewQueue } from '../../review.js';
import { pathWith } from '../address.js';
import { known, listIn } from '../compare-query.js';
import type { WebContext, WebEnv } from '../context.js';
import { page } from '../layout.js';
import { ReviewView } from './view.js';
import { reviewWords } from './words.js';

export const review = new Hono<WebEnv>();

/** Figures on the page: the one in hand and those behind it. */
const shown = 11;
const recentDecisions = 10;

review.get('/review', async (c) => {
  const { corpus, codebook } = c.var;
  const counties = listIn(c, 'county');
  const reasons = known<QueueReason>(c, 'why', queueReasons);
  const query = {
    limit: shown,
    skipped: c.req.query('skipped') === '1',
    ...(counties ? { counties } : {}),
    ...(reasons ? { reasons } : {}),
  };
  const queue = await reviewQueue(corpus, query, codebook);
  const [precision, recent, orphans] = [
    await reviewPrecision(corpus),
    await corpus.decisions({ limit: recentDecisions }),
    await corpus.decisions({ orphaned: true, standing: true, limit: 50 }),
  ];
  // With no referrer at all browsers send forms with the Origin null, which the guard cannot tell from another site's.
  c.header('Referrer-Policy', 'same-origin');
  return page(
    c,
    { title: reviewWords[c.var.language].title, section: 'review', scripts: ['review.js'], styles: ['review.css'] },
    <ReviewView
      c={c}
      queue={queue}
      precision={precision}
      recent={recent}
      orphans={orphans}
      reviewer={getCookie(c, 'reviewer') ?? ''}
    />,
  );
});

/** Whoever may not write, or comes from another site, was turned away before. */
review.post('/review', async (c) => {
  const form = await c.req.parseBody();
  const word = (name: string): string => (typeof form[name] === 'string' ? form[name] : '');
  const at = new Date().toISOString();
  if (word('action') === 'undo') await undo(c, Number(word('decision')), word('reviewer'), at);
  else {
    const words = { ...Object.fromEntries(Object.keys(form).map((name) => [name, word(name)])) };
    const decision = decisionFrom(
      { ...words, figure: word('figure'), action: word('action'), reviewer: word('reviewer') },
      c.var.codebook,
      at,
    );
    await c.var.write((corpus) => corpus.decide(decision));
  }
  if (word('reviewer') !== '')
    setCookie(c, 'reviewer', word('reviewer').trim(), { path: '/review', sameSite: 'Strict', maxAge: 365 * 24 * 3600 });
  return c.redirect(backTo(c, word('back')), 303);
});

async function undo(c: WebContext, id: number, reviewer: string, at: string): Promise<Decision> {
  const by = { reviewer: reviewer.trim(), at };
  if (by.reviewer === '')
    throw new UsageError(
      'E_DECISION',
      { en: 'the undoing has no reviewer', zh: '撤销没有写审核人' },
      { en: 'Say who takes it back.', zh: '请写明由谁撤销。' },
    );
  const undone = Number.isInteger(id) ? await c.var.write((corpus) => corpus.undo(id, by)) : null;
  if (undone) return undone;
  throw new UsageError(
    'E_UNDO',
    { en: 'there is no such decision to take back', zh: '没有这个可以撤销的决定' },
    { en: 'Reload the review page: it was taken back already.', zh: '请刷新审核页：它已经撤销了。' },
  );
}

/** The queue as it was asked for: only its own parameters are taken over. */
function backTo(c: WebContext, query: string): string {
  const asked = new URL(`/review?${query}`, c.req.url).searchParams;
  return pathWith(
    '/review',
    Object.fromEntries(['county', 'why', 'skipped'].map((name) => [name, asked.get(name) ?? ''])),
  );
}
