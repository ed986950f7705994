// The small language in which codebooks write wordings, and its reader. A wording is one or more parts, parted by spaces; all
// of them must be found near a figure (or, for a practice, in one sentence):
//   words        stand in the figure's subject or beside its number
//   甲|乙        either of them
//   @words       may also stand elsewhere in the sentence
//   ~words       may also stand elsewhere in the sentence, in the sentence before or in the headings above
//   !words       must stand neither in the subject nor beside the number
//   N            inside words: the number with its unit (辖N镇, 占N)
// The language is plain on purpose: all wordings of a codebook are looked up in one pass over the text.
import { faultWords } from './faults.js';

/** One word of a part. `before` and `after` touch the number where the word holds an N; else `before` is the word itself. */
export interface Word {
  readonly text: string;
  /** Position of the number inside the word, or -1. */
  readonly number: number;
}

export type PartKind = 'near' | 'sentence' | 'context' | 'not';

const marks: Readonly<Record<string, PartKind>> = { '@': 'sentence', '~': 'context', '!': 'not' };

/** A part of a wording: any of its words fulfils it. */
export interface Part {
  readonly words: readonly Word[];
  /** near: subject or beside the number · sentence: in its sentence · context: anywhere around · not: a veto when near. */
  readonly kind: PartKind;
}

export interface Wording {
  readonly written: string;
  readonly parts: readonly Part[];
}

const forbidden = /[()[\]{}<>*?^$\\&=%…，。；：]/u;

/**
 * Reads a wording.
 * @returns the parts, or a sentence that says what is wrong with it and what was expected.
 */
export function parseWording(written: string): Wording | string {
  const pieces = written.trim().split(/\s+/u);
  if (written.trim() === '') return faultWords.empty();
  const parts: Part[] = [];
  for (const piece of pieces) {
    const part = parsePart(piece);
    if (typeof part === 'string') return part;
    parts.push(part);
  }
  if (!parts.some((part) => part.kind === 'near')) return faultWords.noNear({ written });
  return { written, parts };
}

function parsePart(piece: string): Part | string {
  const kind = marks[piece[0]!] ?? 'near';
  const words = parseWords(kind === 'near' ? piece : piece.slice(1));
  return typeof words === 'string' ? words : { words, kind };
}

/**
 * Reads the alternatives of a part, of an exclusion or of a head: 甲|乙, with N for the number.
 * @returns the words, or a sentence that says what is wrong and what was expected.
 */
export function parseWords(written: string): Word[] | string {
  const bad = forbidden.exec(written);
  if (bad) return faultWords.forbidden({ written, sign: bad[0] });
  const words: Word[] = [];
  for (const text of written.split('|')) {
    if (text === '') return faultWords.emptyWord({ written });
    if (/[@~!\s]/u.test(text)) return faultWords.inside({ written });
    const number = /(?<![A-Za-z+])N(?![A-Za-z+])/u.exec(text)?.index ?? -1;
    if (number >= 0 && text.length === 1) return faultWords.onlyNumber({ written });
    words.push({ text, number });
  }
  return words;
}
