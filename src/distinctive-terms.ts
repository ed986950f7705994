// Terms distinctive of one county against others: its documents' words, cut by jieba, weighed by log-likelihood.
import nodejieba from 'nodejieba';
import type { Corpus } from '../db/corpus.js';
import { type KeynessOptions, type KeyTerm, keyTerms } from './compare/keyness.js';
import { type County, countyOf, resolveCounty } from './corpus.js';

/** Whose words, and against whom. */
export interface TermsQuery extends KeynessOptions {
  /** Code or name. */
  county: string;
  /** Counties to lay it beside; all others that the corpus has read without them. */
  against?: readonly string[];
}

export interface DistinctiveTerms {
  county: County;
  /** Most distinctive first. */
  terms: KeyTerm[];
  /** Documents whose words were counted, repeats left out. */
  documents: number;
  otherDocuments: number;
}

/** Documents read from the corpus at a time. */
const page = 100;

/**
 * Words of two Chinese characters and more that a county uses more than the others. Names of the county and of what it belongs to are left
 * out: they tell it from the others without saying anything.
 * @throws UsageError for an unknown county, with the nearest names
 */
export async function distinctiveTerms(corpus: Corpus, query: TermsQuery): Promise<DistinctiveTerms> {
  const place = resolveCounty(query.county);
  const others = query.against?.map(resolveCounty) ?? (await corpus.readings()).map((reading) => reading.place);
  const own = await wordsOf(corpus, [place]);
  const rest = await wordsOf(
    corpus,
    [...new Set(others)].filter((other) => other !== place),
  );
  const county = countyOf(place);
  const names = [county.name, county.place?.short, county.place?.prefecture, county.place?.province].flatMap(
    (name) => name ?? [],
  );
  const isName = (word: string): boolean => names.some((name) => name.includes(word) || word.includes(name));
  return {
    county,
    terms: keyTerms(own.words, rest.words, query).filter(({ word }) => !isName(word)),
    documents: own.documents,
    otherDocuments: rest.documents,
  };
}

async function wordsOf(
  corpus: Corpus,
  places: readonly string[],
): Promise<{ words: Map<string, number>; documents: number }> {
  const words = new Map<string, number>();
  let documents = 0;
  for (const place of places) {
    for (let offset = 0; ; offset += page) {
      const found = await corpus.documents({ place, limit: page, offset });
      for (const { text, repeats } of found) {
        if (repeats !== null) continue;
        documents += 1;
        for (const word of nodejieba.cut(text))
          if (/^\p{Script=Han}{2,}$/u.test(word)) words.set(word, (words.get(word) ?? 0) + 1);
      }
      if (found.length < page) break;
    }
  }
  return { words, documents };
}
