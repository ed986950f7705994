// The index of character pairs, and the pairs of the documents that are there.
import { type Kysely, type Migration, sql } from 'kysely';
import type { Database } from '../database.js';
import type { DialectWords } from '../migrate.js';
import { indexPairs } from '../search.js';

/** Documents read at a time. */
const page = 200;

export function searchIndex({ pairs }: DialectWords): Migration {
  return {
    async up(db: Kysely<Database>) {
      for (const statement of pairs.definition) await sql.raw(statement).execute(db);
      for (let after = 0; ; ) {
        const documents = await db
          .selectFrom('document')
          .select(['id', 'text', 'title'])
          .where('id', '>', after)
          .orderBy('id')
          .limit(page)
          .execute();
        for (const document of documents) await indexPairs(db, pairs, document, true);
        if (documents.length < page) return;
        after = documents.at(-1)!.id;
      }
    },
  };
}
