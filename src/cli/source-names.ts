// Sources as people name them: an address, a source file, or a source that ships with the package.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadSource, type Source, sourceFromUrl } from '../../crawlers/index.js';
import { UsageError } from '../model/errors.js';
import { packageRoot } from '../model/package-root.js';

const folder = join(packageRoot, 'crawlers', 'sources');

/** Files of the sources that ship with the package, in the order of their names. */
export const shippedSources = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));

/** The file of a source that is named by its path or, where it ships with the package, by its id. @throws UsageError */
export function sourceFile(name: string): string {
  if (/\.ya?ml$/.test(name)) return name;
  const shipped = join(folder, `${name}.yaml`);
  if (/^[a-z0-9-]+$/.test(name) && existsSync(shipped)) return shipped;
  throw new UsageError(
    'E_SOURCE',
    `"${name}" is neither an address nor a source`,
    'Write a whole address (https://…), a .yaml file, or a name that `xianjian sources list` shows.',
  );
}

/** The source that a name stands for; `place` is of an address only. */
export function sourceNamed(name: string, place: string | null): Source {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return sourceFromUrl(name, { place });
  return loadSource(sourceFile(name));
}
