// Sentences that are kept: a corpus holds them in English, and people are told them in their language. One table writes them and knows
// them again, so what was kept needs no second column, and reasons of years ago are said in Chinese too.
import type { Language, Said } from './language.js';

/** Names of the blanks of a sentence: `{count} pages` has `count`. */
type Blank<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Blank<Rest> : never;

/** Writes one sentence in English; without arguments where it has no blanks. */
type Write<Text extends string> = [Blank<Text>] extends [never]
  ? () => string
  : (values: Record<Blank<Text>, string | number>) => string;

export interface Sentences<Table extends Readonly<Record<string, Said>>> {
  /** Writers of the sentences by name. What they give is what is kept. */
  readonly write: { readonly [Name in keyof Table]: Write<Table[Name]['en']> };
  /** Says a kept sentence in a language. What is not in the table, as the words of another program, stays as it is. */
  say(kept: string, language: Language): string;
}

const blank = /\{(\w+)\}/g;

/** What stands in a blank, by its name; in any other, words. */
const shapes: readonly [pattern: string, names: readonly string[]][] = [
  ['\\d+', ['count', 'most', 'total', 'rows', 'pages', 'bytes', 'seconds', 'status']],
  ['\\S+', ['url', 'host', 'address', 'code', 'kind', 'outcome', 'encoding']],
];
const shapeOf = (name: string): string => shapes.find(([, names]) => names.includes(name))?.[0] ?? '.+?';

/** A table of sentences by name; blanks stand in braces, the same in both languages. What they may hold is said by `shapes`. */
export function sentences<const Table extends Readonly<Record<string, Said>>>(table: Table): Sentences<Table> {
  const all = Object.values<Said>(table);
  const write = Object.fromEntries(
    Object.entries<Said>(table).map(([name, { en }]) => [name, (values = {}) => filled(en, values)]),
  );
  const known = all.map(recogniser).sort((one, other) => other.fixed - one.fixed);
  const inChinese = (kept: string): string => {
    for (const { pattern, names, zh } of known) {
      const met = pattern.exec(kept);
      if (met) return filled(zh, Object.fromEntries(names.map((name, i) => [name, inChinese(met[i + 1]!)])));
    }
    const parts = kept.split('; ');
    return parts.length > 1 ? parts.map(inChinese).join('；') : kept;
  };
  return {
    write: write as Sentences<Table>['write'],
    say: (kept, language) => (language === 'en' ? kept : inChinese(kept)),
  };
}

const filled = (text: string, values: Record<string, string | number>): string =>
  text.replace(blank, (_, name: string) => String(values[name] ?? ''));

/** How a sentence is known again; of several that fit, the one with the most letters outside its blanks is meant. */
function recogniser({ en, zh }: Said) {
  const pieces = en.split(blank);
  const source = pieces
    .map((piece, i) => (i % 2 ? `(${shapeOf(piece)})` : piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return {
    pattern: new RegExp(`^${source}$`, 's'),
    names: pieces.filter((_, i) => i % 2 === 1),
    fixed: pieces.filter((_, i) => i % 2 === 0).join('').length,
    zh,
  };
}
