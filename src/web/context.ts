// What every page and sub-app of the web finds in its context: the corpus, the codebook, and how the reader wants to read.
import type { Context } from 'hono';
import type { Corpus } from '../../db/corpus.js';
import type { Codebook } from '../../extractors/index.js';
import type { Language } from '../model/language.js';
import type { Words } from './words.js';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface WebEnv {
  Variables: {
    /** Opened for reading. Set for every path but those of static files. */
    corpus: Corpus;
    /** Does something on the corpus opened for writing. Only for readers of whom `mayWrite` is true. */
    write: <T>(work: (corpus: Corpus) => Promise<T>) => Promise<T>;
    codebook: Codebook;
    language: Language;
    theme: Theme;
    /** The string table of the language. */
    words: Words;
    /** Whether this reader may send decisions: where a token is demanded, whether he gave it. */
    mayWrite: boolean;
  };
}

export type WebContext = Context<WebEnv>;
