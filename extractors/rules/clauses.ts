// Sentences of a text, as spans. Every extractor quotes whole sentences from here, so that all records cite alike.
import type { Span } from '../../src/model/way-back.js';
import { closers, sentenceEnds } from '../lexicon/punctuation.js';

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
    if (!sentenceEnds.includes(text[i]!)) continue;
    let end = i + 1;
    if (text[i] !== '\n') while (end < text.length && closers.includes(text[end]!)) end++;
    close(end);
    i = end - 1;
  }
  close(text.length);
  return sentences;
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
