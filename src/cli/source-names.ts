// Sources as people name them: an address, a source file, or a source that ships with the package.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadSource, type Source, sourceFromUrl } from '../../crawlers/index.js';
import { UsageError } from '../model/errors.js';
import { packageRoot } from '../model/package-root.js';
import type { Settings } from './settings.js';

const shipped = join(packageRoot, 'crawlers', 'sources');

/**
 * Source files of a folder in the order of their names; those that begin with `_` are left out.
 * @throws UsageError where it cannot be read.
 */
function sourcesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[^_.].*\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (cause) {
    throw new UsageError(
      'E_SOURCES',
      {
        en: `the folder of sources ${folder} cannot be read: ${(cause as Error).message}`,
        zh: `无法读取站点文件夹 ${folder}：${(cause as Error).message}`,
      },
      {
        en: 'Correct `sources` in xianjian.yaml, or make the folder.',
        zh: '请改正 xianjian.yaml 中的 sources，或建立该文件夹。',
      },
      { cause },
    );
  }
}

/** Files of the study's sources; of those that ship with the package where the study names no folder. */
export const knownSources = (settings: Settings): string[] => sourcesIn(settings.sources?.value ?? shipped);

/** Files of the study's sources; empty where it names no folder. */
export const studySources = (settings: Settings): string[] =>
  settings.sources ? sourcesIn(settings.sources.value) : [];

/** The file of a source that is named by its path or, in the study or in the package, by its id. @throws UsageError */
export function sourceFile(name: string, settings: Settings): string {
  if (/\.ya?ml$/.test(name)) return name;
  const folders = settings.sources ? [settings.sources.value, shipped] : [shipped];
  const file = folders.map((folder) => join(folder, `${name}.yaml`)).find((each) => existsSync(each));
  if (/^[a-z0-9-]+$/.test(name) && file !== undefined) return file;
  throw new UsageError(
    'E_SOURCE',
    { en: `"${name}" is neither an address nor a source`, zh: `“${name}”既不是网址，也不是站点` },
    {
      en: 'Write a whole address (https://…), a .yaml file, or a name that `xianjian sources list` shows.',
      zh: '请写完整的网址（https://…）、.yaml 文件，或 xianjian sources list 列出的名称。',
    },
  );
}

/** The source that a name stands for; `place` is of an address only. */
export function sourceNamed(name: string, place: string | null, settings: Settings): Source {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return sourceFromUrl(name, { place });
  return loadSource(sourceFile(name, settings));
}
