// Which field a place in a text speaks of: the codebook's own, or another one. Words are data (`field` of a codebook); the
// nearest of them decides. A longer word hides those inside it (村卫生室 is no 卫生室 of a school).

import type { Span } from '../src/model/way-back.js';
import type { Codebook } from './codebooks/load.js';
import { Finder, type Hit } from './engine/finder.js';

/** The words of a codebook's own field and of others, in one finder: own ones come first. */
export interface FieldWords {
  finder: Finder;
  /** How many of the finder's words are the field's own. */
  own: number;
}

/** @param field as the codebook names it. */
export function fieldWords({ own, foreign }: NonNullable<Codebook['field']>): FieldWords {
  const split = (written: readonly string[]) => [...new Set(written.flatMap((words) => words.split('|')))];
  const ours = split(own);
  return { finder: new Finder([...ours, ...split(foreign)]), own: ours.length };
}

/** How close the nearest own and the nearest foreign word is: 0 for none, 1 for one in the subject. */
export interface Evidence {
  own: number;
  foreign: number;
}

/** A stretch of the text, or words from elsewhere, and how closely they belong to the place. */
export type Weighed = { weight: number } & ({ span: Span } | { words: string });

/** A document that speaks mostly of one field outweighs a word of another one elsewhere in the sentence, not one beside it. */
const ofDocument = 0.46;
const ofTitle = 0.2;

/** Shares of own words above and below which a document is one of the field, or one of another. */
const mostly = 0.75;
const hardly = 0.25;

/** The fields of one document, looked up at once. */
export class DocumentField {
  readonly #words: FieldWords;
  readonly #hits: readonly Hit[];
  readonly #least: Evidence;

  constructor(text: string, title: string | null, words: FieldWords) {
    this.#words = words;
    this.#hits = longest(words.finder.find(text));
    const inTitle = longest(words.finder.find(title ?? ''));
    const all = this.#hits.length + inTitle.length;
    const own = [...this.#hits, ...inTitle].filter(({ word }) => word < words.own).length;
    const least = { own: 0, foreign: 0 };
    for (const { word } of inTitle) this.#note(least, word, ofTitle);
    // Nothing speaks against a text that holds none of the words.
    if (own >= all * mostly) least.own = ofDocument;
    else if (own <= all * hardly) least.foreign = ofDocument;
    this.#least = least;
  }

  /** The evidence at a place. In the subject (weight 1) the last word is the head, which decides. */
  at(stretches: readonly Weighed[]): Evidence {
    const evidence = { ...this.#least };
    for (const stretch of stretches) {
      const { weight } = stretch;
      const hits = 'span' in stretch ? this.#within(stretch.span) : longest(this.#words.finder.find(stretch.words));
      if (weight < 1) for (const { word } of hits) this.#note(evidence, word, weight);
      else
        hits.forEach(({ word }, index) => {
          this.#note(evidence, word, index === hits.length - 1 ? 1 : 0.9);
        });
    }
    return evidence;
  }

  #note(evidence: Evidence, word: number, weight: number): void {
    if (word < this.#words.own) evidence.own = Math.max(evidence.own, weight);
    else evidence.foreign = Math.max(evidence.foreign, weight);
  }

  #within({ start, end }: Span): Hit[] {
    let low = 0;
    let high = this.#hits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#hits[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    let last = low;
    while (last < this.#hits.length && this.#hits[last]!.start < end) last++;
    return this.#hits.slice(low, last).filter((hit) => hit.end <= end);
  }
}

/** Whether a place speaks of the field: some own word is found, and no foreign one nearer. */
export const isOwn = ({ own, foreign }: Evidence): boolean => own > 0 && own >= foreign;

/** Whether a word of a wording itself names something of another field, which its entry then asks for. */
export const namesForeign = (word: string, { finder, own }: FieldWords): boolean =>
  longest(finder.find(word)).some((hit) => hit.word >= own);

/** Hits that lie in no longer one, in text order. */
function longest(hits: readonly Hit[]): Hit[] {
  const sorted = [...hits].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Hit[] = [];
  let end = 0;
  for (const hit of sorted) {
    if (hit.end <= end) continue;
    kept.push(hit);
    end = hit.end;
  }
  return kept;
}
