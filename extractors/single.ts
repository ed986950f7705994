// Passages that speak of one single school (hospital, village …) and not of all of the county: its stocks are no values of the
// county. Words are data (`single` of a codebook).

import type { Span } from '../src/model/way-back.js';
import type { Codebook } from './codebooks/load.js';
import { parseWording } from './codebooks/wording.js';
import { sentencesOf } from './rules/clauses.js';

interface Passage {
  /** All of them must stand in the sentence. */
  needs: readonly (readonly string[])[];
  /** None of them may. */
  never: readonly string[];
}

export interface SingleWords {
  titles: readonly string[];
  passages: readonly Passage[];
  whole: readonly string[];
  kinds: readonly string[] | null;
}

const split = (written: readonly string[]): string[] => written.flatMap((words) => words.split('|'));

/** @param single as the codebook names it. */
export function singleWords({ titles, passages, whole, kinds }: NonNullable<Codebook['single']>): SingleWords {
  return {
    titles: split(titles),
    whole: split(whole),
    kinds: kinds ? split(kinds) : null,
    passages: passages.map((written) => {
      const wording = parseWording(written);
      if (typeof wording === 'string') throw new Error(`xianjian: a codebook was not checked: ${wording}`);
      const words = (kinds: boolean) => wording.parts.filter(({ kind }) => (kind === 'not') === kinds);
      return {
        needs: words(false).map((part) => part.words.map(({ text }) => text)),
        never: words(true).flatMap((part) => part.words.map(({ text }) => text)),
      };
    }),
  };
}

/** Whether a text is, by its title, all about one. */
export const isTitleOfOne = (title: string | null, { titles, whole }: SingleWords): boolean =>
  title !== null && titles.some((word) => title.includes(word)) && !whole.some((word) => title.includes(word));

/** The passages about one, in text order: from the words that say so to those that speak of all again, within a paragraph. */
export function passagesOfOne(text: string, words: SingleWords): Span[] {
  const spans: Span[] = [];
  let open: Span | null = null;
  let last = 0;
  for (const sentence of sentencesOf(text)) {
    if (open && text.slice(last, sentence.start).includes('\n')) open = null;
    last = sentence.end;
    const written = text.slice(sentence.start, sentence.end);
    const all = firstOf(written, words.whole);
    const one = earlier(beginsOne(written, words.passages), words.kinds ? namesOne(written, words.kinds) : -1);
    const begins = one >= 0 && (all < 0 || one < all);
    if (begins && !open) {
      open = { start: sentence.start + one, end: sentence.end };
      spans.push(open);
    } else if (open && (begins || all < 0)) open.end = sentence.end;
    if (open && all >= 0) {
      open.end = Math.max(open.start, sentence.start + all);
      open = null;
    }
  }
  return spans;
}

const earlier = (a: number, b: number): number => (a < 0 || b < 0 ? Math.max(a, b) : Math.min(a, b));

/** A kind of school of which something is told that it has. */
const has =
  /(?:小学|中学|高中|幼儿园|学校|校区|学院)(?:现有|共有|现共有|拥有|现开设|开设|占地|现占地|有(?=学生|教师|教职工|教学班|在校|专任))/g;

/** Words that end before a name begins, and are none. */
const beforeNames = /(?:[县市区镇乡旗州年月底末初日]|目前|当前|现|已|全|截至)$/;

/** Where the name of one school stands of which something is told; -1 where schools of a kind are meant (农村小学现有) or none is. */
function namesOne(sentence: string, kinds: readonly string[]): number {
  for (const match of sentence.matchAll(has)) {
    const before = sentence.slice(0, match.index);
    const name = /[^，,。；;、：:（）()\s]*$/.exec(before)![0];
    if (name === '' || beforeNames.test(name) || kinds.some((kind) => name.endsWith(kind))) continue;
    return match.index - name.length;
  }
  return -1;
}

const firstOf = (text: string, words: readonly string[]): number => {
  const found = words.map((word) => text.indexOf(word)).filter((at) => at >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
};

/** Where the first passage wording that the sentence fulfils begins; -1 for none. */
function beginsOne(sentence: string, passages: readonly Passage[]): number {
  const found = passages
    .filter(({ never }) => firstOf(sentence, never) < 0)
    .map(({ needs }) => needs.map((words) => firstOf(sentence, words)))
    .filter((places) => places.every((at) => at >= 0))
    .map((places) => Math.min(...places));
  return found.length === 0 ? -1 : Math.min(...found);
}
