// Connections: one undici Agent for each TLS profile. A profile is what a host's TLS needs; the ladder goes from strict to legacy,
// one step at a time, and what a host needed is recorded with its snapshots. Certificate errors are a switch of their own.
import { constants } from 'node:crypto';
import { Agent } from 'undici';
import { type Guard, guardedLookup } from './guard.js';

export type TlsProfile = 'strict' | 'p256' | 'legacy-renegotiation' | 'legacy-tls1';

/** How a host is reached: by a TLS profile, or over http because its https does not come about. */
export type HostTls = TlsProfile | 'plain';

/** What a source allows beyond strict TLS. */
export interface TlsChoice {
  /** Old renegotiation, TLS 1.0 with weak keys, and in the end http may be tried where strict TLS fails. */
  legacy: boolean;
  /** Certificates are not checked. */
  anyCertificate: boolean;
}

const connectOptions: Record<TlsProfile, Record<string, unknown>> = {
  strict: {},
  p256: { ecdhCurve: 'P-256' },
  'legacy-renegotiation': { secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT },
  'legacy-tls1': {
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  },
};

/** The profiles that may be tried for a host, in order, beginning with the one that is known to work. */
export function tlsLadder(choice: TlsChoice, known: string | null): TlsProfile[] {
  const all: TlsProfile[] = choice.legacy
    ? ['strict', 'p256', 'legacy-renegotiation', 'legacy-tls1']
    : ['strict', 'p256'];
  const at = all.indexOf(known as TlsProfile);
  return at < 0 ? all : all.slice(at);
}

export interface ConnectionLimits {
  /** Milliseconds until a connection must stand, until headers must be there, and between two pieces of a body. */
  connectMs: number;
  headersMs: number;
  idleMs: number;
  maxHeaderBytes: number;
}

/** The agents of one crawl; close them when it ends. */
export class Agents {
  readonly #agents = new Map<string, Agent>();
  readonly #guard: Guard;
  readonly #limits: ConnectionLimits;

  constructor(guard: Guard, limits: ConnectionLimits) {
    this.#guard = guard;
    this.#limits = limits;
  }

  for(profile: TlsProfile, anyCertificate: boolean): Agent {
    const key = `${profile} ${anyCertificate}`;
    const known = this.#agents.get(key);
    if (known) return known;
    const agent = new Agent({
      headersTimeout: this.#limits.headersMs,
      bodyTimeout: this.#limits.idleMs,
      maxHeaderSize: this.#limits.maxHeaderBytes,
      keepAliveTimeout: 30_000,
      pipelining: 1,
      connect: {
        timeout: this.#limits.connectMs,
        lookup: guardedLookup(this.#guard),
        rejectUnauthorized: !anyCertificate,
        ...connectOptions[profile],
      },
    });
    this.#agents.set(key, agent);
    return agent;
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#agents.values()].map((agent) => agent.destroy()));
    this.#agents.clear();
  }
}
