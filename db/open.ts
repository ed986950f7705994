// Opens a corpus by its address. The one place that chooses the database.
import { CorpusError } from '../src/model/errors.js';
import type { Corpus } from './corpus.js';
import { corpusIn } from './corpus-in.js';
import { openSqlite } from './sqlite.js';

export interface OpenOptions {
  /** Makes the file where there is none. Default false. */
  create?: boolean;
  /** Nothing is written, not even an upgrade of the tables. Default false. */
  readOnly?: boolean;
  /** Milliseconds to wait while another program writes. Default 5000 for opening, 30 000 for each transaction after it. */
  patienceMs?: number;
}

/**
 * Opens the corpus at `address`, a path of a SQLite file, and upgrades its tables where they are older than this version.
 * @throws CorpusError where there is no corpus, it is locked, damaged or from a newer version, with what to do.
 */
export async function openCorpus(address: string, options: OpenOptions = {}): Promise<Corpus> {
  if (/^postgres(?:ql)?:/i.test(address)) {
    throw new CorpusError(
      'E_CORPUS_POSTGRES',
      `a corpus on PostgreSQL is not supported yet: ${withoutCredentials(address)}`,
      'Name a file instead, such as --db corpus.sqlite.',
    );
  }
  return corpusIn(await openSqlite(address, options));
}

function withoutCredentials(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//').replace(/([?&](?:password|user)=)[^&]*/gi, '$1…');
}
