// The house rules that a machine can check: imports point one way, the engine knows no Chinese, the crawl engine no site,
// and every file opens with what it is for.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules') && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

const files = ['src', 'crawlers', 'extractors', 'db'].flatMap(sourceFiles);

/** The rooms of the house, most specific first, and the rooms each may import besides itself. */
const rooms: [prefix: string, may: string[]][] = [
  ['src/model/', []],
  ['crawlers/', ['src/model/']],
  ['src/reading/', ['src/model/']],
  ['extractors/engine/', ['src/model/']],
  ['extractors/lexicon/', ['src/model/']],
  ['extractors/rules/', ['extractors/engine/', 'extractors/lexicon/', 'src/model/']],
  ['extractors/codebooks/', ['src/model/']],
  [
    'extractors/',
    ['extractors/rules/', 'extractors/engine/', 'extractors/lexicon/', 'extractors/codebooks/', 'src/model/'],
  ],
  ['db/', ['src/model/']],
  ['src/archive/', ['src/model/']],
  ['src/compare/', ['src/model/']],
  ['src/charts/', ['src/model/', 'src/compare/', 'src/corpus.ts']],
  [
    'src/export/',
    ['src/model/', 'src/compare/', 'src/charts/', 'src/corpus.ts', 'src/over-time.ts', 'extractors/', 'db/'],
  ],
  ['src/mcp/', ['src/model/', 'src/compare/', 'src/corpus.ts', 'src/find.ts', 'extractors/', 'db/']],
  ['src/cli/', ['src/', 'crawlers/', 'extractors/', 'db/']],
  [
    'src/web/',
    [
      'src/model/',
      'src/reading/index.ts',
      'src/compare/',
      'src/charts/',
      'src/export/',
      'crawlers/index.ts',
      'src/corpus.ts',
      'src/find.ts',
      'src/over-time.ts',
      'src/review.ts',
      'src/distinctive-terms.ts',
      'src/doctor.ts',
      'src/pipeline.ts',
      'extractors/',
      'db/',
    ],
  ],
  ['src/demo/', ['src/model/']],
  ['src/', ['src/model/', 'src/reading/', 'src/compare/', 'src/export/', 'crawlers/', 'extractors/', 'db/']],
];

const roomOf = (file: string) => rooms.find(([prefix]) => file.startsWith(prefix))!;

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map((match) =>
    relative(root, resolve(root, dirname(file), match[1]!))
      .replaceAll('\\', '/')
      .replace(/\.js$/, '.ts'),
  );
}

/** Names that a file takes from another, by import or by passing on. */
function namesTaken(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:import|export)\s+(?:type\s+)?(?:\w+,\s*)?\{([^}]*)\}\s*from\s*['"]\./g)]
    .flatMap(([, list]) => list!.split(','))
    .map((name) => /(?:type\s+)?(\w+)/.exec(name.trim())?.[1] ?? '');
}

/** Values, not types, that a file makes and gives out. */
const namesGiven = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(/^export (?:async )?(?:function\*?|const|class|enum) (\w+)/gm),
  ].map(([, name]) => name!);

/** Long because they are lists: one entry beside the other, and nothing to follow from line to line. */
const catalogues = ['db/schema.ts', 'src/web/pages/words.ts'];

describe('the house', () => {
  it('has files to check', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it('imports point one way', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const [own, may] = roomOf(file);
      for (const target of importsOf(file)) {
        const [room] = roomOf(target);
        if (room === own || may.some((prefix) => target.startsWith(prefix))) continue;
        wrong.push(`${file} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('notices an arrow that runs the wrong way', () => {
    const [, may] = roomOf('src/reading/html.ts');
    expect(may.some((prefix) => 'db/open.ts'.startsWith(prefix))).toBe(false);
    expect(roomOf('extractors/engine/rule.ts')[1]).not.toContain('extractors/lexicon/');
  });

  it('keeps the grammar engine free of Chinese', () => {
    const wrong = files
      .filter((file) => file.startsWith('extractors/engine/'))
      .filter((file) => /\p{Script=Han}/u.test(readFileSync(join(root, file), 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('keeps the crawl engine free of sites', () => {
    const wrong = files
      .filter((file) => file.startsWith('crawlers/'))
      .filter((file) => /\b[a-z0-9-]+\.(?:gov|edu|com|net|org)\.cn\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('opens every file with what it is for', () => {
    const wrong = files.filter((file) => !/^(?:#!.*\n)?(?:\/\/|\/\*)/.test(readFileSync(join(root, file), 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('gives nothing out that nobody takes', () => {
    const taken = new Set([...files, ...sourceFiles('test')].flatMap(namesTaken));
    const wrong = files.flatMap((file) =>
      namesGiven(file)
        .filter((name) => !taken.has(name))
        .map((name) => `${file} exports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no long file but plain catalogues', () => {
    const long = [...files, ...sourceFiles('test')].filter(
      (file) => readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length > 400,
    );
    expect(long.filter((file) => !catalogues.includes(file))).toEqual([]);
  });
});
