// A prepared statement of SQLite as kysely and the store take it: text that is well formed, rows that are named.
import type Sqlite from 'better-sqlite3';
import type { SqliteStatement } from 'kysely';

/**
 * A prepared statement. Halves of surrogate pairs become U+FFFD: SQLite would give each back as three characters. Rows come as arrays and
 * are named here, which takes half the time of having the driver name them.
 */
export class Prepared implements SqliteStatement {
  readonly reader: boolean;
  readonly #statement: Sqlite.Statement;
  readonly #columns: readonly string[];

  constructor(statement: Sqlite.Statement) {
    this.#statement = statement.reader ? statement.raw() : statement;
    this.reader = statement.reader;
    this.#columns = statement.reader ? statement.columns().map(({ name }) => name) : [];
  }

  #named(values: unknown): unknown {
    if (!Array.isArray(values)) return values;
    const names = this.#columns;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) row[names[index]!] = values[index];
    return row;
  }

  get(values: readonly unknown[] = []): unknown {
    return this.#named(this.#statement.get(values.map(wellFormed)));
  }

  all(values: readonly unknown[]): unknown[] {
    return this.#statement.all(values.map(wellFormed)).map((row) => this.#named(row));
  }

  *iterate(values: readonly unknown[]): IterableIterator<unknown> {
    for (const row of this.#statement.iterate(values.map(wellFormed))) yield this.#named(row);
  }

  run(values: readonly unknown[] = []): Sqlite.RunResult {
    return this.#statement.run(values.map(wellFormed));
  }
}

/** Node has `toWellFormed` since version 20; the types of ES2023 do not. */
function wellFormed(value: unknown): unknown {
  return typeof value === 'string' ? (value as string & { toWellFormed(): string }).toWellFormed() : value;
}
