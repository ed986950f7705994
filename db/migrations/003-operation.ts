// What running a study day by day needs: when sources are due, and what reading again changed.
import { type Kysely, type Migration, sql } from 'kysely';
import type { DialectWords } from '../migrate.js';

export function operationTables({ id, integer, real, text, strict, keyed }: DialectWords): Migration {
  const statements = [
    `create table schedule (
      source ${text} primary key not null references source (id), cron ${text} not null, timezone ${text} not null,
      jitter ${real} not null, due_at_ms ${integer} not null, begins_at_ms ${integer} not null, last_due_at_ms ${integer},
      last_run ${integer}, lease_owner ${text}, lease_process ${text}, lease_until_ms ${integer} not null default 0)${strict}`,
    `create table reextraction (
      id ${id}, started_at ${text} not null, ended_at ${text}, extractor ${text} not null, codebook ${text} not null,
      fingerprint ${text} not null, done_rank ${integer} not null default 0, done_snapshot ${integer} not null default 0,
      documents ${integer} not null default 0)${strict}`,
    `create table figure_change (
      reextraction ${integer} not null references reextraction (id), document ${integer} not null references document (id),
      position ${integer} not null, kind ${text} not null check (kind in ('added', 'removed', 'changed')),
      figure ${text} not null, quote ${text} not null, sentence ${text} not null, fields ${text} not null,
      primary key (reextraction, document, position))${keyed}`,
    'create index figure_change_by_document on figure_change (document)',
  ];
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
