// The library's door: what it gives is a promise, so that no name comes or goes by accident, and every function tells what it is.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as library from '../src/index.js';

const root = resolve(import.meta.dirname, '..');
const source = readFileSync(join(root, 'src/index.ts'), 'utf8');

describe('the library', () => {
  it('gives these values', () => {
    expect(Object.keys(library).sort()).toEqual([
      'XianjianError',
      'audit',
      'changesOverTime',
      'checkPlans',
      'compare',
      'compareByCounty',
      'comparePractices',
      'compareVersions',
      'compileCodebook',
      'countyChanges',
      'crawlAndRead',
      'distinctiveTerms',
      'documentChanges',
      'exportPackage',
      'exportTable',
      'extract',
      'find',
      'importFile',
      'inspect',
      'keyTerms',
      'loadCodebook',
      'loadSource',
      'openCorpus',
      'readPage',
      'readSnapshot',
      'readText',
      'sourceFromUrl',
      'versionChanges',
      'writePeriod',
      'writeReport',
      'writeValue',
    ]);
  });

  it('names the types that its functions take and give', () => {
    const types = new Set([...source.matchAll(/\b(?:type )?([A-Z]\w+)/g)].map(([, name]) => name));
    for (const name of [
      'Corpus',
      'CompareQuery',
      'NamedComparison',
      'Cell',
      'MissingReason',
      'Figure',
      'Practice',
      'Citation',
    ])
      expect(types, name).toContain(name);
    for (const name of [
      'ExportOptions',
      'ExportReport',
      'PackageReport',
      'FindQuery',
      'Found',
      'AuditQuery',
      'OpenOptions',
      'ChangesQuery',
      'CountyChanges',
      'TermsQuery',
      'DistinctiveTerms',
    ])
      expect(types, name).toContain(name);
  });

  it('documents every function where it is made', () => {
    const undocumented: string[] = [];
    for (const [, names, path] of source.matchAll(/export \{([^}]+)\} from '([^']+)'/g)) {
      const made = declarations(join(root, 'src', path!.replace(/\.js$/, '.ts')));
      for (const name of names!.split(',').map((each) => each.trim()))
        if (/^[a-z]/.test(name) && !name.startsWith('type ') && made.get(name) !== true) undocumented.push(name);
    }
    expect(undocumented).toEqual([]);
  });
});

/** Functions of a file, and of those it passes on, with whether a docstring stands before them. */
function declarations(file: string): Map<string, boolean> {
  const text = readFileSync(file, 'utf8');
  const found = new Map<string, boolean>();
  for (const match of text.matchAll(/(\*\/\n)?export (?:async )?function\*? (\w+)/g))
    found.set(match[2]!, match[1] !== undefined);
  for (const [, path] of text.matchAll(/export \{[^}]+\} from '(\.[^']+)'/g))
    for (const [name, isDocumented] of declarations(join(file, '..', path!.replace(/\.js$/, '.ts'))))
      found.set(name, isDocumented);
  return found;
}
