// Brings a database to the form this version of xianjian knows: numbered steps in code, each in one transaction with its record.
import { type Kysely, type Migration, Migrator } from 'kysely';
import type { Database } from './database.js';
import { firstCorpus } from './migrations/001-corpus.js';
import { searchIndex } from './migrations/002-search.js';
import { operationTables } from './migrations/003-operation.js';
import { reviewTable } from './migrations/004-review.js';
import type { PairIndex } from './pairs.js';

/** The few words in which the databases' definitions of tables differ. */
export interface DialectWords {
  /** Type of a key that the database counts up. */
  id: string;
  integer: string;
  real: string;
  /** Text that is ordered by its bytes. */
  text: string;
  bytes: string;
  /** What follows the closing bracket. */
  strict: string;
  /** The same for a small table that is only reached by its primary key. */
  keyed: string;
  /** The index of character pairs. */
  pairs: PairIndex;
}

function migrationsIn(words: DialectWords): Record<string, Migration> {
  return {
    '001_corpus': firstCorpus(words),
    '002_search': searchIndex(words),
    '003_operation': operationTables(words),
    '004_review': reviewTable(words),
  };
}

/** What a database with the steps `done` needs: steps still to do, and steps that this version does not know. */
export function compareMigrations(
  done: readonly string[],
  words: DialectWords,
): { pending: string[]; unknown: string[] } {
  const known = Object.keys(migrationsIn(words));
  return {
    pending: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
  };
}

/**
 * Does the next step, if one is left, on a connection of its own; throws what the step throws.
 * @param schema where the tables are, in databases that have several
 */
export async function migrateOneStep(db: Kysely<Database>, words: DialectWords, schema?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrationsIn(words) },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateUp();
  if (error !== undefined) throw error;
}
