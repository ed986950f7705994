// Where the package's own data files (codebooks, sources, the example site) lie, whether the code runs from dist/ or from source.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'xianjian') return folder;
    const parent = dirname(folder);
    if (parent === folder) throw new Error('xianjian: its own package.json was not found above its code');
    folder = parent;
  }
}

/** Absolute path of the installed package's root folder. */
export const packageRoot = findRoot();

/** The version in package.json. */
export const packageVersion: string = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version;
