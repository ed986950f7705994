// Documents by the words they hold, with the help of the index of character pairs.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { FoundDocument, WordSearch } from './corpus.js';
import type { Database } from './database.js';
import { type PairIndex, searchForm } from './pairs.js';
import { documentDate } from './records.js';

/**
 * Puts a document into the index in place of what it held. To be called in the transaction that stores the document.
 * @param isNew the index holds nothing of the document
 */
export async function indexPairs(
  db: Kysely<Database>,
  pairs: PairIndex,
  { id, title, text }: { id: number; title: string | null; text: string },
  isNew: boolean,
): Promise<void> {
  await pairs.put(db, id, `${title ?? ''}\n${text}`, isNew);
}

/**
 * Documents whose title and text together hold all words, the newest stored first: of each address the newest version, repeats left out.
 * Words without a letter or digit are looked for in every document.
 */
export async function documentsWith(
  db: Kysely<Database>,
  pairs: PairIndex,
  search: WordSearch,
): Promise<FoundDocument[]> {
  const words = search.words.map(searchForm);
  const found: FoundDocument[] = [];
  for (let before = search.before; found.length < search.limit; ) {
    const wanted = search.limit - found.length;
    const candidates = await candidatesFor(db, pairs, { ...search, before, limit: wanted });
    found.push(
      ...candidates.filter(({ title, text }) => {
        const held = searchForm(`${title ?? ''}\n${text}`);
        return words.every((word) => held.includes(word));
      }),
    );
    if (candidates.length < wanted) break;
    before = candidates.at(-1)!.id;
  }
  return found;
}

/** Texts of so few documents are sooner read than looked up in the index, which would name those of all other places too. */
const fewDocuments = 200;

async function candidatesFor(
  db: Kysely<Database>,
  pairs: PairIndex,
  { words, places, before, limit }: WordSearch,
): Promise<FoundDocument[]> {
  const holding = pairs.holding(words);
  if (holding !== null && !places) return newestHolding(db, pairs.key, holding, { before, limit });
  let query = db
    .selectFrom('document')
    .select(['document.id', 'title', 'text', 'url', 'place', documentDate.as('date')])
    .where('superseded_by', 'is', null)
    .where('repeats', 'is', null)
    .orderBy('document.id', 'desc')
    .limit(limit);
  if (places) query = query.where('place', 'in', places);
  if (before !== undefined) query = query.where('document.id', '<', before);
  if (holding !== null && places && (await areMany(db, places)))
    query = query.where(sql<boolean>`document.id in (select ${pairs.key} from document_pairs where ${holding})`);
  return query.execute();
}

/** Row by row from the newest on, so that a common word, which is in most documents, costs no more than a rare one. */
async function newestHolding(
  db: Kysely<Database>,
  key: PairIndex['key'],
  holding: RawBuilder<boolean>,
  { before, limit }: Pick<WordSearch, 'before' | 'limit'>,
): Promise<FoundDocument[]> {
  // SQLite keeps the order of a cross join (https://sqlite.org/optoverview.html#crossjoin).
  const { rows } = await sql<FoundDocument>`
    select document.id, title, text, url, place, ${documentDate} as date
    from document_pairs cross join document
    where document.id = ${key} and ${holding} and superseded_by is null and repeats is null
      ${before === undefined ? sql`` : sql`and ${key} < ${before}`}
    order by ${key} desc limit ${limit}`.execute(db);
  return rows;
}

async function areMany(db: Kysely<Database>, places: readonly string[]): Promise<boolean> {
  const rows = await db
    .selectFrom('document')
    .select('id')
    .where('place', 'in', places)
    .limit(fewDocuments + 1)
    .execute();
  return rows.length > fewDocuments;
}
