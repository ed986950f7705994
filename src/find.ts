// Sentences by the words they hold, with what stands before and behind them.
import type { Corpus, FoundDocument } from '../db/corpus.js';
import { sentencesOf } from '../extractors/index.js';
import { type County, countyOf, resolveCounty } from './corpus.js';
import { UsageError } from './model/errors.js';

/** What is looked for. */
export interface FindQuery {
  /** One sentence must hold them all. */
  words: readonly string[];
  counties?: readonly string[];
  /** Sentences at most. Default 50. */
  limit?: number;
}

/** A sentence that holds the words. */
export interface FoundSentence {
  documentId: number;
  title: string | null;
  /** ISO date of the document, null where unknown. */
  date: string | null;
  county: County | null;
  url: string;
  sentence: string;
  /** Where it stands in the text of the document, UTF-16. */
  start: number;
  /** The sentences around it, empty at the ends of the text. */
  before: string;
  after: string;
}

export interface Found {
  sentences: FoundSentence[];
  /** Documents that hold all words, but in no one sentence; they are among those that were looked at. */
  apart: { id: number; title: string | null }[];
  /** There may be more than the limit. */
  more: boolean;
  /** So many documents hold the words apart that older ones were not looked at. */
  stopped: boolean;
}

/** Documents looked at together: first a few, in which most questions are answered. */
const firstPage = 50;
const laterPage = 250;
/** Documents with the words apart, after which the search ends: in a large corpus common words stand apart in a hundred thousand. */
const mostApart = 500;
const usualLimit = 50;
/** Each word is looked up in the index and in each sentence: a sentence holds no more, and an address of our own pages could ask for
 * thousands. */
const mostWords = 20;
const longestWords = 500;

/**
 * Finds sentences, those of the documents stored last first. Width and case of characters make no difference; a word may be part of
 * a longer one.
 * @throws UsageError where there is no word or more than 20, or for an unknown county
 */
export async function find(corpus: Corpus, query: FindQuery): Promise<Found> {
  const words = [...new Set(query.words.map((word) => word.trim()))].filter((word) => word !== '');
  if (words.length === 0)
    throw new UsageError(
      'E_WORDS',
      { en: 'no word was given to look for', zh: '没有写要检索的词' },
      { en: 'Write one or more: xianjian find 师生比.', zh: '请写一个或几个：xianjian find 师生比' },
    );
  if (words.length > mostWords || words.join('').length > longestWords)
    throw new UsageError(
      'E_MANY_WORDS',
      {
        en: `${words.length} words of ${words.join('').length} characters are too many to look for`,
        zh: `检索词太多：${words.length} 个，共 ${words.join('').length} 字`,
      },
      {
        en: `Write at most ${mostWords} words of ${longestWords} characters together.`,
        zh: `请最多写 ${mostWords} 个词，合计不超过 ${longestWords} 字。`,
      },
    );
  const places = query.counties?.map(resolveCounty);
  const limit = query.limit ?? usualLimit;
  const found: Found = { sentences: [], apart: [], more: false, stopped: false };
  for (let before: number | undefined; ; ) {
    const size = before === undefined ? firstPage : laterPage;
    const page = await corpus.documentsWith({ words, places, before, limit: size });
    for (const document of page) {
      const sentences = sentencesIn(document, words);
      if (sentences.length === 0) found.apart.push({ id: document.id, title: document.title });
      found.sentences.push(...sentences);
      if (found.sentences.length > limit) {
        found.sentences.length = limit;
        return { ...found, more: true };
      }
    }
    if (page.length < size) return found;
    if (found.apart.length >= mostApart) return { ...found, stopped: true };
    before = page.at(-1)!.id;
  }
}

const form = (text: string): string => text.normalize('NFKC').toLowerCase();

function sentencesIn(document: FoundDocument, words: readonly string[]): FoundSentence[] {
  const { text } = document;
  const wanted = words.map(form);
  const spans = sentencesOf(text);
  const at = (index: number): string => {
    const span = spans[index];
    return span ? text.slice(span.start, span.end) : '';
  };
  return spans.flatMap(({ start }, index) => {
    const sentence = at(index);
    const held = form(sentence);
    if (!wanted.every((word) => held.includes(word))) return [];
    const { id: documentId, title, date, url, place } = document;
    const county = place === null ? null : countyOf(place);
    return [{ documentId, title, date, county, url, sentence, start, before: at(index - 1), after: at(index + 1) }];
  });
}
