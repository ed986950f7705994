// Who may ask and who may write. A page of another site that the reader has open must neither read the corpus (DNS rebinding: the
// Host header is checked) nor decide in his name (Origin and Sec-Fetch-Site are checked); where the server is open to the network,
// writing needs a token.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { addressWith } from './address.js';
import type { WebContext, WebEnv } from './context.js';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
const ipLiteral = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;

export interface GuardOptions {
  /** The host the server listens on, where it is not loopback: a name, an address, or 0.0.0.0 for all of this machine's. */
  host?: string | undefined;
  /** Demanded for writing. */
  token?: string | undefined;
}

/** Characters of an address, as many as Node takes in all headers of a request: an answer to a longer one would cost too much. */
const longestAddress = 16_384;

/** Answers 414 to an address that is longer, before anything reads it. */
export const shortAddresses: MiddlewareHandler<WebEnv> = async (c, next) =>
  c.req.url.length > longestAddress
    ? c.text(`Refused: an address has ${longestAddress} characters at most.\n`, 414)
    : next();

/** Answers 403 or 421 to what may not ask; tells the others whether they may write. */
export function guard(options: GuardOptions): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const { hostname } = new URL(c.req.url);
    if (!isOwnHost(hostname, options.host))
      return c.text(`This server does not answer for ${hostname}. Open it under the address that it printed.\n`, 421);
    const given = c.req.query('token');
    if (given !== undefined && options.token && c.req.method === 'GET') return keepToken(c, given, options.token);
    c.set('mayWrite', !options.token || isSame(tokenOf(c), options.token));
    if (isForeignPart(c)) return c.text('Refused: a page of another site may link here, and load nothing.\n', 403);
    if (!isReading(c.req.method)) {
      if (!isOwnOrigin(c)) return c.text('Refused: the request came from a page of another site.\n', 403);
      if (!c.get('mayWrite'))
        return c.text(
          'Refused: writing needs the token that the server printed; open the address with ?token=… once.\n',
          403,
        );
    }
    return next();
  };
}

const isReading = (method: string): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method);

function isOwnHost(hostname: string, host: string | undefined): boolean {
  if (loopback.test(hostname)) return true;
  if (host === undefined) return false;
  // Rebinding needs a name; a bare address cannot be rebound.
  if (ipLiteral.test(hostname)) return true;
  return hostname.toLowerCase() === host.toLowerCase();
}

/**
 * Whether a page of another site (or another port, which is the same "site") wants this as an image, script, frame or answer: it could
 * tell by size and time what stands here (https://web.dev/articles/fetch-metadata).
 */
function isForeignPart(c: WebContext): boolean {
  const site = c.req.header('Sec-Fetch-Site');
  if (site !== 'cross-site' && site !== 'same-site') return false;
  return !(c.req.header('Sec-Fetch-Mode') === 'navigate' && c.req.header('Sec-Fetch-Dest') === 'document');
}

/** Browsers send Origin with every request that writes; a program that sends none acts for nobody's browser. */
function isOwnOrigin(c: WebContext): boolean {
  const site = c.req.header('Sec-Fetch-Site');
  // No page can set this header itself. Under a strict referrer policy the Origin beside it is null.
  if (site === 'same-origin') return true;
  if (site !== undefined && site !== 'none') return false;
  const origin = c.req.header('Origin');
  return origin === undefined || origin === new URL(c.req.url).origin;
}

const tokenOf = (c: WebContext): string =>
  c.req.header('Authorization')?.replace(/^Bearer\s+/i, '') ?? getCookie(c, 'token') ?? '';

/** In a time that tells neither how many letters were right nor how many there are. */
function isSame(given: string, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}

/** The token goes from the address to a cookie, so that it stays in no history and no shared link. */
function keepToken(c: WebContext, given: string, token: string): Response {
  if (isSame(given, token)) setCookie(c, 'token', given, { httpOnly: true, sameSite: 'Strict', path: '/' });
  return c.redirect(addressWith(c.req.url, { token: null }));
}
