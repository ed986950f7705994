// Opens a corpus by its address. The one place that chooses the database.

import type { Said } from '../src/model/language.js';
import type { Corpus } from './corpus.js';
import { corpusIn } from './corpus-in.js';
import { openPostgres } from './postgres.js';
import { openSqlite } from './sqlite.js';
import type { Store } from './store.js';

export interface OpenOptions {
  /** Makes the file, or the tables in an empty database, where there are none. Default false. */
  create?: boolean;
  /** Nothing is written, not even an upgrade of the tables. Default false. */
  readOnly?: boolean;
  /**
   * Milliseconds to wait while another program writes or the server is gone. Default 5000 for opening a file, none for opening a
   * database on a server, and 30 000 for each transaction after it.
   */
  patienceMs?: number;
  /** Is told of an upgrade and where the copy lies that was made before it. Default: stderr. */
  say?: (words: Said) => void;
}

/** Whether an address is of a database on a PostgreSQL server. */
export const isPostgres = (address: string): boolean => /^postgres(?:ql)?:\/\//i.test(address);

/**
 * Opens the corpus at `address`, a path of a SQLite file or a `postgres://` URL, and upgrades its tables where they are older than
 * this version.
 * @throws CorpusError where there is no corpus, it is locked, damaged, cannot be reached, or is from a newer version, with what to do.
 */
export async function openCorpus(address: string, options: OpenOptions = {}): Promise<Corpus> {
  return corpusIn(await openStore(address, options));
}

/** As `openCorpus`: the database itself. */
export function openStore(address: string, options: OpenOptions): Promise<Store> {
  return isPostgres(address) ? openPostgres(address, options) : openSqlite(address, options);
}
