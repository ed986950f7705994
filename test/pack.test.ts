// The package as a stranger installs it: what is in the tarball, and whether it installs, types and runs in an empty project. It
// takes minutes and the npm registry, so it runs only when asked:
//   PACK=1 npx vitest run test/pack.test.ts                 on this Node
//   PACK=1 PACK_NODE=22 npx vitest run test/pack.test.ts    on the newest Node 22 of the npm registry
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf } from './helpers/blocks.js';

const root = resolve(import.meta.dirname, '..');
const isWanted = process.env.PACK === '1';
const minutes = 60_000;

describe.skipIf(!isWanted)('the package', () => {
  let folder: string;
  let tarball: string;
  let names: string[];
  let node = process.execPath;
  let headers: Record<string, string> = {};

  /** A program run with the chosen Node; the words of a failure are in the error. */
  const run = (program: string, words: string[], cwd: string): string =>
    execFileSync(program, words, {
      cwd,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${resolve(node, '..')}:${process.env.PATH}`,
        CI: '1',
        XIANJIAN_LANG: 'en',
        ...headers,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'xianjian-pack-'));
    if (process.env.PACK_NODE) {
      mkdirSync(join(folder, 'node'));
      run(
        'npm',
        ['install', '--yes', '--no-audit', '--no-fund', '--prefix', 'node', `node@${process.env.PACK_NODE}`],
        folder,
      );
      node = join(folder, 'node/node_modules/node/bin/node');
      // What compiles takes the headers of this Node, not those that a setting of the machine (nodedir) may name.
      const own = join(folder, 'node/node_modules/node/node_modules');
      const made = readdirSync(own).find((name) => existsSync(join(own, name, 'include')))!;
      headers = { npm_config_nodedir: join(own, made) };
    }
    const [packed] = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], root));
    tarball = join(folder, packed.filename);
    names = packed.files.map(({ path }: { path: string }) => path);
  }, 10 * minutes);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what the program reads, and nothing else', () => {
    const folders = new Set(
      names.map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('src/') ? 2 : 1)
          .join('/'),
      ),
    );
    expect([...folders].sort()).toEqual(
      [
        ...[
          'CHANGELOG.md',
          'LICENSE',
          'README.md',
          'README.zh-CN.md',
          'crawlers',
          'dist',
          'extractors',
          'package.json',
        ],
        ...['src/demo', 'src/docs', 'src/web'],
      ].sort(),
    );
    for (const name of names)
      expect(name).not.toMatch(/\.test\.|\/test\/|\.sqlite|\.map$|\.tsbuildinfo$|(?<!\.d)\.tsx?$/);
    for (const part of ['crawlers/sources', 'extractors/codebooks', 'src/web/static', 'src/docs'])
      for (const file of readdirSync(join(root, part)).filter((each) => /\.(?:yaml|css|js|svg|md)$/.test(each)))
        expect(names).toContain(`${part}/${file}`);
  });

  it('has no file in dist that no source makes', () => {
    const sources = (name: string) => name.replace(/^dist\//, '').replace(/\.d\.ts$|\.js$/, '');
    const there = new Set(
      ['src', 'crawlers', 'extractors', 'db'].flatMap((part) =>
        readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).map((file) =>
          `${part}/${file}`.replace(/\.tsx?$/, ''),
        ),
      ),
    );
    expect(names.filter((name) => name.startsWith('dist/') && !there.has(sources(name)))).toEqual([]);
  });

  it('installs, types and runs in an empty project', { timeout: 20 * minutes }, () => {
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n');
    run('npm', ['install', '--yes', '--no-audit', '--no-fund', tarball, 'typescript@5.9.3', '@types/node@20'], project);

    const bin = join(project, 'node_modules/xianjian/dist/src/cli/main.js');
    const version = run(node, [bin, '--version'], project).trim();
    expect(version).toBe((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version);
    expect(run(node, [bin, 'demo'], project)).toContain('73.18亿元');

    const [snippet] = blocksOf(readFileSync(join(root, 'README.md'), 'utf8')).filter(
      ({ language }) => language === 'ts',
    );
    writeFileSync(join(project, 'snippet.ts'), snippet!.code);
    cpSync(join(root, 'src/demo'), join(project, 'src/demo'), { recursive: true });
    const options = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--target', 'es2023'];
    const modules = ['--module', 'nodenext', '--types', 'node'];
    run(node, ['node_modules/typescript/bin/tsc', ...options, ...modules, 'snippet.ts'], project);
    expect(run(node, ['snippet.js'], project)).toMatch(/school_construction_investment 520000000\n/);
    expect(readdirSync(project)).toContain('two-counties.xlsx');
  });
});
