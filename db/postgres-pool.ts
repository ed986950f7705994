// Connections to PostgreSQL, and waiting for a server that is gone.
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { UsageError } from '../src/model/errors.js';
import { addressInWords, isLost, meaning, mustRunAgain } from './postgres-errors.js';

const connectMs = 10_000;
const shortestPauseMs = 50;
const longestPauseMs = 5000;

/**
 * A pool of connections; a connection that breaks while nobody uses it is no event for us.
 * @throws UsageError where the address cannot be read; it is told without its password.
 */
export function poolFor(address: string, types?: pg.CustomTypesConfig): pg.Pool {
  try {
    new URL(address);
  } catch (cause) {
    throw new UsageError(
      'E_CORPUS_ADDRESS',
      { en: `the address ${addressInWords(address)} cannot be read`, zh: `看不懂地址 ${addressInWords(address)}` },
      {
        en: 'Write it as postgres://user@host:5432/database; signs like @ : / # in a password are written as %40 %3A %2F %23.',
        zh: '请写成 postgres://用户@主机:5432/数据库；密码中的 @ : / # 写作 %40 %3A %2F %23。',
      },
      { cause },
    );
  }
  const pool = new pg.Pool({
    connectionString: address,
    application_name: 'xianjian',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    ...(types ? { types } : {}),
  });
  const ignore = () => {};
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

/** Pauses between tries, each twice as long as the one before, up to five seconds, with jitter; without end. */
export function* pausesFor(): Generator<() => Promise<void>> {
  for (let pause = shortestPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
    const ms = pause * (0.5 + Math.random());
    yield () => setTimeout(ms);
  }
}

/**
 * Statements that wait for the server as long as it is gone: what a queue on it needs. pg-boss waits for the answers to some statements
 * itself and forgets others, so one that meets the end of this object is never answered: a rejection would end the process.
 */
export class PatientDatabase {
  readonly #pool: pg.Pool;
  readonly #name: string;
  readonly #told: (message: string) => void;
  #closed = false;
  #running = 0;

  /** @param told is called once whenever the server goes, with what was met */
  constructor(address: string, told: (message: string) => void) {
    this.#pool = poolFor(address);
    this.#name = addressInWords(address);
    this.#told = told;
  }

  /** Statements that have begun and have no answer yet. */
  get running(): number {
    return this.#running;
  }

  /** Runs one statement, or several without values. @throws CorpusError, or what PostgreSQL says of the statement */
  async executeSql(text: string, values: unknown[] = []): Promise<{ rows: Record<string, unknown>[] }> {
    this.#running++;
    try {
      return await this.#untilAnswered(text, values);
    } finally {
      this.#running--;
    }
  }

  async #untilAnswered(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }> {
    let isTold = false;
    for (const pause of pausesFor()) {
      try {
        return await this.#pool.query(text, values);
      } catch (error) {
        if (!isLost(error) && !mustRunAgain(error)) throw meaning(error, this.#name);
        if (this.#closed) return new Promise(() => {});
        if (!isTold && isLost(error)) this.#told((meaning(error, this.#name) as Error).message);
        isTold ||= isLost(error);
      }
      await pause();
    }
    throw new Error('there is always another pause');
  }

  /** Statements that wait for a lost server are given up. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }
}
