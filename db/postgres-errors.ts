// What errors of PostgreSQL and of the way to it mean. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html and
// Node's system errors. No password is ever part of a message.
import { CorpusError, XianjianError } from '../src/model/errors.js';

/** An address as it may be shown: without user, password and other secrets. */
export function addressInWords(address: string): string {
  return address.replace(/\/\/.*@/, '//').replace(/([?&](?:password|user|sslkey|sslpassword)=)[^&]*/gi, '$1…');
}

const lostCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  // Unix sockets that are not there (yet).
  'ENOENT',
  // Shut down by an administrator or a crash, or starting; too many connections.
  ...['57P01', '57P02', '57P03', '57P05', '53300'],
]);

const lostMessages =
  /^(?:Connection terminated|timeout (?:exceeded )?when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after)/i;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The server cannot be reached now, or the connection to it broke. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof XianjianError) return false;
  if (error instanceof AggregateError) return error.errors.every(isLost);
  const code = codeOf(error);
  return lostCodes.has(code) || code.startsWith('08') || lostMessages.test(error.message);
}

/** Two transactions were in each other's way, and this one was undone. */
export const mustRunAgain = (error: unknown): boolean => ['40P01', '40001'].includes(codeOf(error));

/** What an error means for the user. Errors that are no doing of the database stay as they are. */
export function meaning(error: unknown, name: string): unknown {
  if (error instanceof XianjianError || !(error instanceof Error)) return error;
  const options = { cause: error };
  if (isLost(error)) return gone(error, name);
  const said = `${name}: ${error.message}`;
  const code = codeOf(error);
  if (code === '28P01' || code === '28000' || /SASL|password must be a string/i.test(error.message))
    return new CorpusError(
      'E_CORPUS_PASSWORD',
      `PostgreSQL refused the user or password for ${name}${code === '' ? ': no password was given' : ''}`,
      'Correct them in --db postgres://user:password@host/database, or leave the password out and set PGPASSWORD or ~/.pgpass.',
      options,
    );
  if (code === '3D000')
    return new CorpusError(
      'E_CORPUS_MISSING',
      `there is no database at ${name}`,
      'Make it with `createdb --encoding UTF8 --template template0 NAME`, or name another with --db.',
      options,
    );
  if (code === '42501' || code === '25006')
    return new CorpusError(
      'E_CORPUS_RIGHTS',
      said,
      'Give the user the right to write (`alter database NAME owner to USER`), and name the primary, not a replica.',
      options,
    );
  if (code === '53100' || code === '53200')
    return new CorpusError(
      'E_CORPUS_FULL',
      said,
      'Free disk or memory of the server and try again; nothing was lost.',
      options,
    );
  if (code === '54000')
    return new CorpusError(
      'E_CORPUS_LIMIT',
      said,
      'An address longer than PostgreSQL can index (about 2700 bytes) cannot be kept there; leave that page out, or use a SQLite file.',
      options,
    );
  return error;
}

function gone(error: Error, name: string): CorpusError {
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error;
  return new CorpusError(
    'E_CORPUS_GONE',
    `PostgreSQL at ${name} cannot be reached: ${first.message}`,
    'Start it, or correct host and port in --db; then type the same command again: what was stored is there, and it goes on from it.',
    { cause: error },
  );
}

export const emptyDatabase = (name: string) =>
  new CorpusError(
    'E_CORPUS_EMPTY',
    `${name} holds no corpus yet`,
    'Name another database with --db, or fill this one with `xianjian crawl`, `xianjian import` or `xianjian copy`.',
  );

export const needsUpgrade = (name: string) =>
  new CorpusError(
    'E_CORPUS_OLDER',
    `${name} was written by an older version of xianjian and is opened for reading only`,
    'Make a copy with pg_dump, then bring it up to date: `xianjian vacuum --db postgres://…`.',
  );
