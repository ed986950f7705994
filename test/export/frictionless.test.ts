// The descriptor of a data package by the rules of the standard (Data Package 2.0, https://datapackage.org/standard/data-package/, Data
// Resource and Table Schema beside it), and the rows by what the descriptor says of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadCodebook } from '../../extractors/index.js';
import { exportPackage } from '../../src/export/package.js';
import { type ExportStudy, makeExportStudy, parseCsv } from './study.js';

interface Field {
  name: string;
  type: string;
  missingValues?: { value: string }[];
}

interface Resource {
  name: string;
  path: string;
  hash: string;
  mediatype: string;
  schema: { fields: Field[]; primaryKey?: string[]; missingValues: string[] };
}

let study: ExportStudy;
beforeAll(async () => {
  study = await makeExportStudy();
});
afterAll(() => study.remove());

/** Lexical forms of Table Schema's types. */
const forms: Record<string, RegExp> = {
  string: /^[\s\S]*$/,
  number: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i,
  integer: /^[+-]?\d+$/,
  boolean: /^(?:true|false|True|False|TRUE|FALSE|0|1)$/,
};

it('a data package keeps the rules of the Frictionless standard', async () => {
  const { path } = await exportPackage(study.corpus, {}, loadCodebook('education'), join(study.folder, 'package'));
  const descriptor = JSON.parse(readFileSync(join(path, 'datapackage.json'), 'utf8'));
  expect(descriptor.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
  expect(descriptor.keywords.length).toBeGreaterThan(0);
  for (const source of descriptor.sources) expect(source.title ?? source.path ?? source.email).toBeTruthy();
  const resources = descriptor.resources as Resource[];
  expect(resources.length).toBeGreaterThan(0);
  expect(new Set(resources.map(({ name }) => name)).size).toBe(resources.length);
  for (const { name, path: file, hash, mediatype, schema } of resources) {
    // Names for machines, paths that stay in the folder.
    expect(name).toMatch(/^[a-z0-9._-]+$/);
    expect(file).not.toMatch(/^(?:[/~]|\.\.?\/)|\.\.\/|:/);
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(mediatype).toMatch(/^.+\/.+$/);
    const names = schema.fields.map((field) => field.name);
    expect(new Set(names).size, name).toBe(names.length);
    const [head, ...rows] = parseCsv(readFileSync(join(path, file), 'utf8'));
    expect(head).toEqual(names);
    for (const [index, field] of schema.fields.entries()) {
      expect(Object.keys(forms), `${name}.${field.name}`).toContain(field.type);
      const missing = field.missingValues?.map(({ value }) => value) ?? schema.missingValues;
      for (const row of rows)
        if (!missing.includes(row[index]!)) expect(row[index], `${name}.${field.name}`).toMatch(forms[field.type]!);
    }
    for (const key of schema.primaryKey ?? []) {
      const values = rows.map((row) => row[names.indexOf(key)]);
      expect(names).toContain(key);
      expect(values.every((value) => value !== '')).toBe(true);
      expect(new Set(values).size, `${name}.${key}`).toBe(values.length);
    }
  }
});
