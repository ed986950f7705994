// Decisions of people about figures, kept beside the records and never among them. Each is bound to what a sentence of a page says (address,
// sentence, quoted words, value); whenever the page is stored again, the figure that says so now is looked for.
import type { Kysely, Selectable } from 'kysely';
import type { StoredFigure } from '../src/model/cell.js';
import { UsageError } from '../src/model/errors.js';
import type { Correction, Decision, NewDecision, Reading, ReviewMark } from '../src/model/review.js';
import type { DecisionFilter } from './corpus.js';
import type { Database } from './database.js';

type Row = Selectable<Database['review']>;
type FigureRow = Selectable<Database['figure']>;

/** What a figure was read as, in the fields that a person may correct. */
function readingOf(row: FigureRow): Reading {
  return {
    value: row.value,
    valueMax: row.value_max,
    unit: row.unit,
    bound: row.bound,
    indicator: row.indicator,
    stage: JSON.parse(row.stage),
    period: row.period_from === null || row.period_to === null ? null : { from: row.period_from, to: row.period_to },
    status: row.status,
  };
}

/** Numbers as they were read: another value is another statement, on which nobody has decided. */
const valueKey = (row: Pick<FigureRow, 'value' | 'value_max' | 'unit' | 'dimension'>): string =>
  [row.dimension, row.value, row.value_max ?? '', row.unit].join(' ');

/** A sentence without what a new version of a page changes first: spaces, width and punctuation. */
const folded = (sentence: string): string => sentence.normalize('NFKC').replace(/[\s\p{P}]+/gu, '');

function decisionOf(row: Row): Decision {
  return {
    id: row.id,
    figure: row.figure,
    action: row.action,
    reviewer: row.reviewer,
    decidedAt: row.decided_at,
    reason: row.reason,
    correction: row.correction === null ? null : (JSON.parse(row.correction) as Correction),
    url: row.url,
    quote: row.quote,
    sentence: row.sentence,
    read: JSON.parse(row.read_as) as Reading,
    isStanding: row.standing === 1,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
  };
}

/** The columns by which decisions on one statement belong together. */
const statementOf = (row: Pick<Row, 'url' | 'part' | 'quote' | 'sentence' | 'value_key'>) => ({
  url: row.url,
  part: row.part,
  quote: row.quote,
  sentence: row.sentence,
  value_key: row.value_key,
});

/** Stores a decision; an older one on the same figure no longer stands. @throws UsageError where there is no such figure */
export async function decide(db: Kysely<Database>, decision: NewDecision): Promise<Decision> {
  const row = await db
    .selectFrom('figure')
    .innerJoin('document', 'document.id', 'figure.document')
    .selectAll('figure')
    .select(['document.url', 'document.part', 'document.superseded_by'])
    .where('figure.id', '=', decision.figure)
    .executeTakeFirst();
  if (!row)
    throw new UsageError(
      'E_NO_RECORD',
      { en: `the corpus has no figure ${decision.figure}`, zh: `语料库里没有数 ${decision.figure}` },
      {
        en: 'Take an id from `xianjian review` or `xianjian compare`; only figures are reviewed.',
        zh: '编号请取自 xianjian review 或 xianjian compare；只审核数。',
      },
    );
  if (row.superseded_by !== null)
    throw new UsageError(
      'E_OLD_VERSION',
      {
        en: `${decision.figure} is of an older version of ${row.url}`,
        zh: `${decision.figure} 出自 ${row.url} 的旧版本`,
      },
      {
        en: `Decide on what the newest says: document ${row.superseded_by}.`,
        zh: `请审核最新的版本：文件 ${row.superseded_by}。`,
      },
    );
  const ofDocument = await db
    .selectFrom('figure')
    .selectAll()
    .where('document', '=', row.document)
    .orderBy('text_start')
    .orderBy('id')
    .execute();
  const standing = await standingOn(db, decision.figure);
  // To skip what was decided says nothing against the decision.
  const stands = decision.action !== 'skip' || standing === undefined || standing.action === 'skip';
  if (stands) await db.updateTable('review').set({ standing: 0 }).where('figure', '=', decision.figure).execute();
  const stored = await db
    .insertInto('review')
    .values({
      url: row.url,
      part: row.part,
      quote: row.quote,
      sentence: row.sentence,
      value_key: counted(ofDocument).find(({ figure }) => figure.id === row.id)!.key,
      read_as: JSON.stringify(readingOf(row)),
      action: decision.action,
      reviewer: decision.reviewer,
      decided_at: decision.decidedAt,
      reason: decision.reason,
      correction: decision.correction === null ? null : JSON.stringify(decision.correction),
      figure: decision.figure,
      standing: stands ? 1 : 0,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return decisionOf(stored);
}

const standingOn = (db: Kysely<Database>, figure: string) =>
  db.selectFrom('review').selectAll().where('figure', '=', figure).where('standing', '=', 1).executeTakeFirst();

/** Takes a decision back, any number of them one after the other; the one before it stands again. Null where there is none to undo. */
export async function undoDecision(
  db: Kysely<Database>,
  id: number,
  by: { reviewer: string; at: string },
): Promise<Decision | null> {
  const known = await db.selectFrom('review').select('standing').where('id', '=', id).executeTakeFirst();
  const row = await db
    .updateTable('review')
    .set({ standing: 0, undone_at: by.at, undone_by: by.reviewer })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  if (known?.standing !== 1) return decisionOf(row);
  const others = db.selectFrom('review').select('id').where('undone_at', 'is', null).orderBy('id', 'desc');
  const before = await (row.figure === null
    ? others.where((where) => where.and(statementOf(row)))
    : others.where('figure', '=', row.figure)
  ).executeTakeFirst();
  if (before) await db.updateTable('review').set({ standing: 1 }).where('id', '=', before.id).execute();
  return decisionOf(row);
}

/** Decisions, the newest first. */
export async function decisionsFor(db: Kysely<Database>, filter: DecisionFilter): Promise<Decision[]> {
  let query = db.selectFrom('review').selectAll().orderBy('id', 'desc');
  if (filter.figure !== undefined) query = query.where('figure', '=', filter.figure);
  if (filter.standing) query = query.where('standing', '=', 1);
  if (filter.orphaned) query = query.where('figure', 'is', null);
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return (await query.execute()).map(decisionOf);
}

/** Looks anew for the figures of the decisions on a page. To be called when one of its versions was stored. */
export async function bindReviews(db: Kysely<Database>, url: string, part: string): Promise<void> {
  const rows = await db
    .selectFrom('review')
    .selectAll()
    .where('url', '=', url)
    .where('part', '=', part)
    .orderBy('standing', 'desc')
    .orderBy('id', 'desc')
    .execute();
  if (rows.length === 0) return;
  const figures = await db
    .selectFrom('figure')
    .innerJoin('document', 'document.id', 'figure.document')
    .selectAll('figure')
    .where('document.url', '=', url)
    .where('document.part', '=', part)
    .where('document.superseded_by', 'is', null)
    .orderBy('figure.text_start')
    .orderBy('figure.id')
    .execute();
  for (const [row, figure] of matches(rows, figures)) {
    const id = figure?.id ?? null;
    if (id !== row.figure) await db.updateTable('review').set({ figure: id }).where('id', '=', row.id).execute();
  }
}

/** A figure with which of the equal ones of its sentence it is: 0 for the first. */
interface Counted {
  figure: FigureRow;
  key: string;
  sentence: string;
}

/** @param figures of one document, in text order */
function counted(figures: readonly FigureRow[]): Counted[] {
  const seen = new Map<string, number>();
  return figures.map((figure) => {
    const sentence = folded(figure.sentence);
    const equal = JSON.stringify([sentence, figure.quote, valueKey(figure)]);
    const ordinal = seen.get(equal) ?? 0;
    seen.set(equal, ordinal + 1);
    return { figure, sentence, key: `${valueKey(figure)} #${ordinal}` };
  });
}

/**
 * The figure of each decision: the same words and value in the same sentence, else the only one with these words and this value, where the
 * sentence was rewritten. No figure has two decisions that stand.
 */
function matches(rows: readonly Row[], figures: readonly FigureRow[]): [Row, FigureRow | null][] {
  const all = counted(figures);
  const taken = new Set<string>();
  const found = new Map<Row, FigureRow>();
  const take = (fittingFor: (row: Row) => Counted[]): void => {
    for (const row of rows) {
      if (found.has(row)) continue;
      const free = fittingFor(row).filter(({ figure }) => row.standing === 0 || !taken.has(figure.id));
      if (free.length !== 1) continue;
      found.set(row, free[0]!.figure);
      if (row.standing === 1) taken.add(free[0]!.figure.id);
    }
  };
  const says = (each: Counted, row: Row): boolean => each.figure.quote === row.quote;
  take((row) =>
    all.filter((each) => says(each, row) && each.key === row.value_key && each.sentence === folded(row.sentence)),
  );
  const withoutOrdinal = (key: string): string => key.replace(/ #\d+$/, '');
  take((row) => all.filter((each) => says(each, row) && withoutOrdinal(each.key) === withoutOrdinal(row.value_key)));
  return rows.map((row) => [row, found.get(row) ?? null]);
}

/** Standing decisions on figures by figure; skips are none. Looked up for some hundreds of ids, or for all where there are more. */
async function marksOf(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<Row, 'action' | 'reviewer' | 'decided_at' | 'reason' | 'correction' | 'read_as'>>> {
  const marks = new Map<string, Row>();
  if (ids.length === 0) return marks;
  const few = ids.length <= 500;
  const rows = await db
    .selectFrom('review')
    .selectAll()
    .where('standing', '=', 1)
    .where('action', '<>', 'skip')
    .$if(few, (query) => query.where('figure', 'in', ids))
    .execute();
  for (const row of rows) if (row.figure !== null) marks.set(row.figure, row);
  return marks;
}

const fields = ['value', 'valueMax', 'unit', 'bound', 'indicator', 'stage', 'period', 'status'] as const;

/** Figures as people have decided: corrected where they said otherwise, each with its mark. */
export async function withReviews<F extends StoredFigure>(db: Kysely<Database>, figures: readonly F[]): Promise<F[]> {
  const marks = await marksOf(
    db,
    figures.map(({ id }) => id),
  );
  if (marks.size === 0) return [...figures];
  return figures.map((figure) => {
    const row = marks.get(figure.id);
    if (!row || row.action === 'skip') return figure;
    const correction = row.correction === null ? null : (JSON.parse(row.correction) as Correction);
    const judged = JSON.parse(row.read_as) as Reading;
    const raw = Object.fromEntries(fields.map((field) => [field, figure[field]])) as unknown as Reading;
    const review: ReviewMark = {
      action: row.action,
      reviewer: row.reviewer,
      decidedAt: row.decided_at,
      reason: row.reason,
      raw: correction === null ? null : raw,
      reread: fields.filter((field) => JSON.stringify(raw[field]) !== JSON.stringify(judged[field])),
    };
    return { ...figure, ...correction, review };
  });
}

/** Figures to which people gave one of these indicators, whatever the rules read; null for any indicator. */
export async function correctedInto(db: Kysely<Database>, indicators: readonly string[] | null): Promise<string[]> {
  return (await corrections(db)).flatMap(({ figure, correction: { indicator } }) =>
    indicator != null && (indicators === null || indicators.includes(indicator)) ? [figure] : [],
  );
}

/** Figures that people corrected. */
export const correctedIds = async (db: Kysely<Database>): Promise<string[]> =>
  (await corrections(db)).map(({ figure }) => figure);

async function corrections(db: Kysely<Database>): Promise<{ figure: string; correction: Correction }[]> {
  const rows = await db
    .selectFrom('review')
    .select(['figure', 'correction'])
    .where('standing', '=', 1)
    .where('action', '=', 'correct')
    .execute();
  return rows.flatMap(({ figure, correction }) =>
    figure === null ? [] : [{ figure, correction: JSON.parse(correction ?? '{}') as Correction }],
  );
}
