// Documents by the words they hold, with the help of the index of character pairs.
import type { Kysely } from 'kysely';
import type { FoundDocument, WordSearch } from './corpus.js';
import type { Database } from './database.js';
import { type PairIndex, searchForm } from './pairs.js';
import { documentDate } from './records.js';

/** Puts a document into the index in place of what it held. To be called in the transaction that stores the document. */
export async function indexPairs(
  db: Kysely<Database>,
  pairs: PairIndex,
  { id, title, text }: { id: number; title: string | null; text: string },
): Promise<void> {
  await pairs.put(db, id, `${title ?? ''}\n${text}`);
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

async function candidatesFor(
  db: Kysely<Database>,
  pairs: PairIndex,
  { words, places, before, limit }: WordSearch,
): Promise<FoundDocument[]> {
  const holding = pairs.holding(words);
  let query = db
    .selectFrom('document')
    .select(['document.id', 'title', 'text', 'url', 'place', documentDate.as('date')])
    .where('superseded_by', 'is', null)
    .where('repeats', 'is', null)
    .orderBy('document.id', 'desc')
    .limit(limit);
  if (holding !== null) query = query.where('document.id', 'in', holding);
  if (places) query = query.where('place', 'in', places);
  if (before !== undefined) query = query.where('document.id', '<', before);
  return query.execute();
}
