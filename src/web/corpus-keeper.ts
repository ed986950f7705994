// The corpus of a server that runs for days: opened when it is first asked for, again when the file was replaced, and with the answers
// that take long (what was read of each county, the counts) kept until the file changes.
import { statSync } from 'node:fs';
import type { Corpus } from '../../db/corpus.js';
import { openCorpus } from '../../db/open.js';

/** Gives the corpus at an address, opened for reading only. Errors of opening are thrown each time, so that a cure is noticed. */
export class CorpusKeeper {
  readonly #address: string;
  #open: { corpus: Promise<Corpus>; file: string } | null = null;

  constructor(address: string) {
    this.#address = address;
  }

  /** @throws CorpusError where there is none, or it is locked, damaged or of another version. */
  readonly corpus = async (): Promise<Corpus> => {
    const file = identity(this.#address);
    if (this.#open && this.#open.file !== file) await this.close();
    this.#open ??= { file, corpus: openCorpus(this.#address, { readOnly: true }).then(withMemory) };
    try {
      return await this.#open.corpus;
    } catch (error) {
      this.#open = null;
      throw error;
    }
  };

  /** Does something on the corpus opened for writing, which is closed behind it. */
  readonly write = async <T>(work: (corpus: Corpus) => Promise<T>): Promise<T> => {
    const corpus = await openCorpus(this.#address);
    try {
      return await work(corpus);
    } finally {
      await corpus.close();
    }
  };

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.corpus.then(
      (corpus) => corpus.close(),
      () => {},
    );
  }
}

/** Which file stands under the name: another one after `xianjian demo` has made it anew. */
function identity(address: string): string {
  const found = statSync(address, { throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : 'none';
}

/** What of the file changes with every write; null where the corpus is no file. */
export function fileState(address: string): string | null {
  if (!statSync(address, { throwIfNoEntry: false })) return null;
  return ['', '-wal']
    .map((ending) => {
      const found = statSync(address + ending, { throwIfNoEntry: false });
      return found ? `${found.mtimeMs}:${found.size}` : '';
    })
    .join(' ');
}

/** While a crawl writes, an answer that took long is kept this many times as long as it took. */
const patience = 20;

interface Kept {
  answer: Promise<unknown>;
  state: string | null;
  /** Until when it holds although the file has changed, in ms since 1970. */
  until: number;
}

/** The same corpus, whose dear answers are kept while the file stays as it is. */
function withMemory(corpus: Corpus): Corpus {
  const kept = new Map<string, Kept>();
  const remember = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const now = fileState(corpus.address);
    const known = kept.get(key);
    if (known && ((now !== null && known.state === now) || Date.now() < known.until)) return known.answer as Promise<T>;
    const begun = Date.now();
    const entry: Kept = { answer: ask(), state: now, until: begun };
    entry.answer.then(
      () => {
        entry.until = Date.now() + patience * (Date.now() - begun);
      },
      () => kept.delete(key),
    );
    if (kept.size > 200) kept.clear();
    kept.set(key, entry);
    return entry.answer as Promise<T>;
  };
  const remembering: Partial<Corpus> = {
    async readings(places) {
      const all = await remember('readings', () => corpus.readings());
      return places ? all.filter(({ place }) => places.includes(place)) : all;
    },
    counts: () => remember('counts', () => corpus.counts()),
    runs: (filter) => remember(`runs ${JSON.stringify(filter)}`, () => corpus.runs(filter)),
    figureShapes: (filter) => remember(`shapes ${JSON.stringify(filter)}`, () => corpus.figureShapes(filter)),
  };
  return new Proxy(corpus, {
    get: (target, name) => {
      const own = remembering[name as keyof Corpus];
      if (own) return own;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
