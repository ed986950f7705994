// Sentences of a text, as spans. Every extractor quotes whole sentences from here, so that all records cite alike.
import type { Span } from '../../src/model/way-back.js';
import { clauseMarks, closers, sentenceEnds } from '../lexicon/punctuation.js';

/** Longer sentences are cut behind a clause, so that what is quoted stays readable and every rule stays linear. */
export const longestSentence = 1000;

const ends = new Uint8Array(65_536);
for (const mark of sentenceEnds) ends[mark.charCodeAt(0)] = 1;

/**
 * The sentences of `text` in order, without the white space around them. A sentence ends after 。！？；(or their ASCII forms)
 * with the closing quotes that follow, or at a line break. Linear in the length of the text.
 */
export function sentencesOf(text: string): Span[] {
  const sentences: Span[] = [];
  let start = 0;
  const close = (end: number) => {
    let from = start;
    let to = end;
    while (from < to && text.charCodeAt(from) <= 0x20) from++;
    while (from < to && (text[from] === '　' || text[from] === '\u00a0')) from++;
    while (to > from && (text.charCodeAt(to - 1) <= 0x20 || text[to - 1] === '　' || text[to - 1] === '\u00a0')) to--;
    if (to > from) sentences.push({ start: from, end: to });
    start = end;
  };
  for (let i = 0; i < text.length; i++) {
    if (ends[text.charCodeAt(i)] === 0) {
      if (i - start >= longestSentence) close(cutOf(text, start, i));
      continue;
    }
    let end = i + 1;
    if (text[i] !== '\n') while (end < text.length && closers.includes(text[end]!)) end++;
    close(end);
    i = end - 1;
  }
  close(text.length);
  return sentences;
}

/** Where an overlong sentence is cut: behind its last clause mark, else at `at`, never inside a surrogate pair. */
function cutOf(text: string, start: number, at: number): number {
  for (let i = at; i > start + longestSentence / 2; i--)
    if (clauseMarks.includes(text[i - 1]!) && !/[0-9]/.test(text[i] ?? '')) return i;
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** The index of the sentence that holds `offset`, or of the last one that begins before it; -1 where there is none. */
export function sentenceAt(sentences: readonly Span[], offset: number): number {
  let low = 0;
  let high = sentences.length - 1;
  let found = -1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.start <= offset) {
      found = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}
