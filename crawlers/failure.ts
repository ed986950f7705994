// What the network's errors mean: from an error's code to an outcome with a reason that people can read. Pure.
import type { Outcome } from '../src/model/page.js';
import { BodyProblem } from './content.js';
import { reasons } from './reasons.js';

export interface Failure {
  outcome: Outcome;
  reason: string;
  /** For `tls`: whether the certificate was refused or the handshake did not come about. */
  tls?: 'certificate' | 'handshake';
}

/** `null`: the error's own message is the reason. */
const outcomeByCode: Record<string, [Outcome, ((values: { code: string }) => string) | null]> = {
  UND_ERR_CONNECT_TIMEOUT: ['timeout', reasons.connectionLate],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', reasons.answerLate],
  UND_ERR_BODY_TIMEOUT: ['timeout', reasons.stalled],
  UND_ERR_HEADERS_OVERFLOW: ['too_big', reasons.headersLarge],
  HPE_HEADER_OVERFLOW: ['too_big', reasons.headersLarge],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['cut_short', reasons.otherLength],
  ETIMEDOUT: ['timeout', reasons.connectionLate],
  ENOTFOUND: ['unreachable', reasons.noName],
  EAI_AGAIN: ['unreachable', reasons.unresolved],
  ECONNREFUSED: ['unreachable', reasons.connectionRefused],
  EHOSTUNREACH: ['unreachable', reasons.noRoute],
  ENETUNREACH: ['unreachable', reasons.noNetwork],
  XIANJIAN_UNSAFE: ['unsafe', null],
};

const certificateCode =
  /^(?:CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_CERT_ALTNAME_INVALID|CRL_|INVALID_(?:CA|PURPOSE))/;
const handshakeCode = /^(?:ERR_SSL_|ERR_TLS_|EPROTO)/;

/** The outcome of a fetch that threw. `answered` tells whether status and headers had already come. */
export function failureOf(error: unknown, answered: boolean): Failure {
  if (error instanceof BodyProblem) return { outcome: error.outcome, reason: error.message };
  const { code = '', message = String(error), name } = deepest(error);
  if (certificateCode.test(code))
    return { outcome: 'tls', reason: reasons.certificate({ message }), tls: 'certificate' };
  if (handshakeCode.test(code) || /before secure TLS connection/.test(message)) {
    return { outcome: 'tls', reason: reasons.handshake({ message: code || message }), tls: 'handshake' };
  }
  const known = outcomeByCode[code];
  if (known) return { outcome: known[0], reason: known[1]?.({ code }) ?? message };
  if (code.startsWith('HPE_') || name === 'HTTPParserError')
    return { outcome: answered ? 'cut_short' : 'unsupported', reason: reasons.noHttp({ message }) };
  if (answered) return { outcome: 'cut_short', reason: reasons.brokenInside({ what: code || message }) };
  return { outcome: 'unreachable', reason: reasons.broken({ what: code || message }) };
}

/** The innermost error that carries a code: undici and AggregateError wrap what happened. */
function deepest(error: unknown): { code?: string; message?: string; name?: string } {
  let found = error as { code?: string; message?: string; cause?: unknown; errors?: unknown[] };
  for (let depth = 0; depth < 5; depth++) {
    const inner = (found?.cause ?? (found?.code === undefined ? found?.errors?.[0] : undefined)) as
      | typeof found
      | undefined;
    if (!inner || typeof inner !== 'object') break;
    found = inner;
  }
  const { name, message = String(error) } = (found ?? {}) as { name?: string; message?: string };
  return { message, ...(name ? { name } : {}), ...(typeof found?.code === 'string' ? { code: found.code } : {}) };
}

/** The outcome that a status alone says; `ok` for 2xx. Redirects are the caller's. */
export function outcomeOfStatus(status: number, hasRetryAfter: boolean): Outcome {
  if (status === 304) return 'not_modified';
  if (status >= 200 && status < 300) return 'ok';
  if (status === 404 || status === 410) return 'gone';
  if (status === 429 || (status === 503 && hasRetryAfter)) return 'rate_limited';
  if (status === 408) return 'timeout';
  if (status >= 500) return 'server_error';
  return 'refused';
}
