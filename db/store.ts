// The port between the corpus and the database it lies in: transactions, and plain statements for the hot path. All knowledge of a
// database beyond this port is in its own files (sqlite.ts, postgres.ts).
import type { Kysely } from 'kysely';
import type { Database } from './database.js';
import type { PairIndex } from './pairs.js';

export type Value = string | number | null | Uint8Array;

/** Plain SQL with `?` for values; a statement is prepared once. Only for use in a transaction. */
export interface Statements {
  get<Row>(sql: string, ...values: Value[]): Promise<Row | undefined>;
  all<Row>(sql: string, ...values: Value[]): Promise<Row[]>;
  /** Returns the number of rows changed. */
  run(sql: string, ...values: Value[]): Promise<number>;
  /** Waits until no other transaction holds this name, and holds it to the end of this one. */
  hold(name: string): Promise<void>;
  /** What ends a statement that takes rows of `table`, so that rows which other transactions have in hand are passed by. */
  taking(table: string): string;
}

export interface QueryResult {
  columns: string[];
  rows: unknown[][];
  /** There are more rows than were asked for. */
  more: boolean;
}

/** What a copy needs to know of a database. */
export interface Copying {
  /** The columns of a table's primary key, in its order. */
  keyOf(statements: Statements, table: string): Promise<string[]>;
  /** Lets rows come in any order within this transaction, until what it returns is called; that checks them. */
  loosen(statements: Statements): Promise<() => Promise<void>>;
}

export interface Store {
  /** Where it lies, credentials left out. */
  readonly address: string;
  /** One consistent view of the database. Throws a CorpusError where the database cannot be used. */
  read<T>(work: (db: Kysely<Database>, statements: Statements) => Promise<T>): Promise<T>;
  /**
   * One transaction, alone on the database; undone where `work` throws. Within it, only what it is given may be used. It may be run
   * again where the database could not end it, so it changes nothing but the database.
   */
  write<T>(work: (db: Kysely<Database>, statements: Statements) => Promise<T>): Promise<T>;
  /** As `write`, but where the database can, other such transactions run at the same time: what may meet must hold a name or a row. */
  writeBeside<T>(work: (db: Kysely<Database>, statements: Statements) => Promise<T>): Promise<T>;
  readonly pairs: PairIndex;
  readonly copying: Copying;
  /** Runs a statement that only reads. Throws a UsageError where it would write or SQL is wrong. */
  query(sql: string, limit: number): Promise<QueryResult>;
  close(): Promise<void>;
}
