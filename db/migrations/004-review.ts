// What people decide about figures. No foreign key leads to the figure: a decision outlives it.
import { type Kysely, type Migration, sql } from 'kysely';
import type { DialectWords } from '../migrate.js';

export function reviewTable({ id, integer, text, strict }: DialectWords): Migration {
  const statements = [
    `create table review (
      id ${id}, url ${text} not null, part ${text} not null, quote ${text} not null, sentence ${text} not null,
      value_key ${text} not null, read_as ${text} not null, action ${text} not null
        check (action in ('accept', 'correct', 'reject', 'skip')),
      reviewer ${text} not null, decided_at ${text} not null, reason ${text}, correction ${text}, figure ${text},
      standing ${integer} not null, undone_at ${text}, undone_by ${text})${strict}`,
    'create index review_by_figure on review (figure)',
    'create index review_by_url on review (url)',
  ];
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
