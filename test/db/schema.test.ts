// The catalogue of tables in words and the real database say the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { tables, views } from '../../db/schema.js';
import { sentenceIn } from '../../db/schema-zh.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-schema-'));
const file = join(folder, 'corpus.sqlite');
let database: Sqlite.Database;

beforeAll(async () => {
  await (await openCorpus(file, { create: true })).close();
  database = new Sqlite(file, { readonly: true });
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const inWords = { ...tables, ...views };

describe('the catalogue of tables', () => {
  it.each(['table', 'view'])('names every %s', (type) => {
    // The search index and the tables that SQLite keeps it in are no surface for SQL.
    const real = (database.pragma('table_list') as { schema: string; name: string; type: string }[])
      .filter((each) => each.schema === 'main' && each.type === type && !each.name.startsWith('sqlite_'))
      .map((each) => each.name)
      .sort();
    expect(Object.keys(type === 'table' ? tables : views).sort()).toEqual(real);
  });

  it.each(Object.keys(inWords))('names every column of %s, in order', (name) => {
    const real = (database.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name);
    expect(Object.keys(inWords[name as keyof typeof inWords].columns)).toEqual(real);
  });

  it('has a sentence for each', () => {
    const sentences = Object.values(inWords).flatMap(({ about, columns }) => [about, ...Object.values(columns)]);
    for (const sentence of sentences) expect(sentence).toMatch(/^\S.*\.$/s);
    for (const sentence of new Set(sentences)) expect(sentenceIn(sentence, 'zh')).toMatch(/^\S.*\p{Script=Han}.*。$/su);
  });

  it('has types that the database keeps to', () => {
    const loose = (database.pragma('table_list') as { name: string; type: string; strict: number }[])
      .filter((table) => table.type === 'table' && !table.name.startsWith('sqlite_') && table.strict === 0)
      .map((table) => table.name);
    // Kysely makes these two.
    expect(loose.sort()).toEqual(['migration', 'migration_lock']);
  });
});

describe('indexes', () => {
  it('serve every foreign key', () => {
    const unserved: string[] = [];
    for (const table of Object.keys(tables)) {
      const keys = database.pragma(`foreign_key_list(${table})`) as { from: string }[];
      const indexes = database.pragma(`index_list(${table})`) as { name: string }[];
      const first = indexes.map(
        (index) => (database.pragma(`index_info(${index.name})`) as { name: string }[])[0]!.name,
      );
      const primary = (database.pragma(`table_info(${table})`) as { name: string; pk: number }[]).find(
        (each) => each.pk === 1,
      );
      for (const { from } of keys)
        if (from !== primary?.name && !first.includes(from)) unserved.push(`${table}.${from}`);
    }
    // Their targets are never deleted.
    expect(unserved.sort()).toEqual(['request.host', 'snapshot.sha256', 'unread.snapshot']);
  });
});
