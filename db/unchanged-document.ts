// Whether a document is stored already as it is read now, with all its records: most that are read again are, and nothing of them is
// written then.
import type { Kysely, Selectable } from 'kysely';
import type { Records } from '../src/model/record.js';
import type { Database } from './database.js';
import { citationRow, figureRow, practiceRow } from './rows.js';

type Row = Readonly<Record<string, unknown>>;

const holds = (stored: Row | undefined, now: Row): boolean =>
  stored !== undefined && Object.entries(now).every(([column, value]) => stored[column] === value);

const holdAll = (stored: readonly { id: string }[], now: readonly { id: string }[]): boolean => {
  if (stored.length !== now.length) return false;
  const byId = new Map(stored.map((row) => [row.id, row]));
  return now.every((row) => holds(byId.get(row.id), row));
};

/**
 * @param stored the row of the document
 * @param now its columns as they would be stored, without those that tell of other documents or of the program
 * @param figures its figures, as they are stored
 * @param records null for a repeat, which has none
 */
export async function isUnchanged(
  db: Kysely<Database>,
  stored: Selectable<Database['document']>,
  now: Row,
  figures: readonly Selectable<Database['figure']>[],
  records: Records | null,
): Promise<boolean> {
  if (!holds({ ...stored }, now)) return false;
  if (records === null) return true;
  const { id } = stored;
  if (stored.place !== (records.place ?? null) || stored.place_reason !== records.placeReason) return false;
  const of = (table: 'practice' | 'citation') => db.selectFrom(table).selectAll().where('document', '=', id).execute();
  if (
    !holdAll(
      figures,
      records.figures.map((figure) => figureRow(id, figure)),
    )
  )
    return false;
  if (
    !holdAll(
      await of('citation'),
      records.citations.map((citation) => citationRow(id, citation)),
    )
  )
    return false;
  if (
    !holdAll(
      await of('practice'),
      records.practices.map((practice) => practiceRow(id, practice)),
    )
  )
    return false;
  const links = await db
    .selectFrom('practice_figure')
    .innerJoin('practice', 'practice.id', 'practice_figure.practice')
    .select(['practice_figure.practice', 'position', 'figure'])
    .where('practice.document', '=', id)
    .execute();
  const linked = new Map(links.map(({ practice, position, figure }) => [`${practice} ${position}`, figure]));
  const wanted = records.practices.flatMap(({ id, figures }) =>
    figures.map((figure, position) => [`${id} ${position}`, figure] as const),
  );
  return linked.size === wanted.length && wanted.every(([key, figure]) => linked.get(key) === figure);
}
