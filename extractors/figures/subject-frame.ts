// A figure with what its subject may be read from, and what the subjects of all kinds of figures use of it.
import { commonHeads } from '../lexicon/phrases.js';
import { changeWords } from '../lexicon/verbs.js';
import { clauseStart } from '../rules/candidate.js';
import type { Passage, Place } from './passage.js';

const heads = new RegExp(`(${commonHeads.join('|')})[^的]{0,2}$`);

/** What is needed of the figures before this one. */
export interface SubjectContext {
  /** Subjects already found, by index. */
  subjects: readonly string[];
  /** Index of the figure of which this one is a part. */
  whole: number | null;
}

/** A figure with what its subject may be read from. */
export interface Frame extends SubjectContext {
  passage: Passage;
  place: Place;
  /** The first figure of the list that it stands in. */
  head: Place;
  /** The subject of the figure before it on its line, else empty. */
  previous: string;
}

/** A subject that ends with a word of change: 招生人数增加. */
export const endsWithChange = new RegExp(`(?:${changeWords})$`);

/** 薄弱 and 学校 as 薄弱的学校. */
export const restricted = (which: string, head: string): string => (head === '' ? which : `${which}的${head}`);

/** The common noun at the end of a subject, else the whole of it: 新招录教师 -> 教师. */
export const headOf = (subject: string): string =>
  heads.exec(subject.replace(/(?<=[生童年民师])(?:就业|升学|入学|参与|巩固)率$/, ''))?.[1] ??
  (subject.length > 12 ? '' : subject);

/** The clause before that of the figure in its sentence, up to its first digit and without its section mark. */
export function clauseBefore({ passage, place }: Frame): string {
  const { clause, sentence } = place;
  if (clause.start <= sentence.start) return '';
  const words = passage.text.slice(
    Math.max(sentence.start, clauseStart(passage.text, clause.start - 1)),
    clause.start - 1,
  );
  return words
    .replace(/^\s*(?:\d{1,2}[.、．)）](?!\d)|[(（]\d{1,2}[)）])/, '')
    .replace(/[0-9０-９].*$/s, '')
    .replace(/(?<=[\u4e00-\u9fa5]{4})按(?:照)?[\u4e00-\u9fa5]{2,8}分[一二三四五六七八九十两]+[档类级等种]$/, '');
}
