// Lists that run in step: 教师、学生分别为120人、2400人 gives each number of the list its own name.

import { stageWords } from '../lexicon/stages.js';
import { flowVerbs } from '../lexicon/verbs.js';
import { asListedAbove, pairedNames } from '../rules/paired-names.js';
import type { Passage, Place } from './passage.js';

/** 示范园, 民办园 say which kindergartens, and are names of their own. */
const stageNames = new Set(stageWords.map(([word]) => word).filter((word) => !/[^儿]园$/.test(word)));
const verbs = new Set(flowVerbs);
const longestList = 12;

/** The figures of the list that `place` stands in, at most twelve. */
export function membersOf(passage: Passage, place: Place): Place[] {
  const members: Place[] = [];
  for (let i = place.listStart; i < place.listStart + longestList; i++) {
    const other = passage.places[i];
    if (other?.listStart !== place.listStart) break;
    members.push(other);
  }
  return members;
}

/** 巩固率98%,毛入学率95%,分别提高1.5、2.1个百分点: the figure before the list that this one of it goes with; null for any other. */
export function figureInStep(passage: Passage, place: Place): Place | null {
  if (passage.places[place.listStart + 1]?.listStart !== place.listStart) return null;
  const members = membersOf(passage, place);
  const first = members[0]!;
  if (members.length < 2 || !/^[，,]?[^，,、]{0,8}(?:分别|均|都)[^，,、]{0,14}$/.test(first.left)) return null;
  const from = first.index - members.length;
  const others = passage.places.slice(Math.max(0, from), first.index);
  if (from < 0 || others.some((other) => other.sentenceIndex !== place.sentenceIndex)) return null;
  if (new Set(others.map((other) => other.item.unit)).size > 1) return null;
  return others[place.index - first.index] ?? null;
}

/** Nothing but stage words in a list: 小学、初中. */
export const isStages = (words: string): boolean => words.split(/[、和及与]/).every((word) => stageNames.has(word));

/** 将小学、初中高级岗位比例: the names share the noun behind the last stage. */
const endsWithStage = (name: string): boolean => [...stageNames].some((stage) => name.endsWith(stage));

/** The words that name this one of a list that 分别 or 依次 pairs with names; null where no list of names is as long. */
export function nameInStep(passage: Passage, place: Place): string | null {
  const members = membersOf(passage, place);
  const first = members[0];
  if (!first || members.length < 2) return null;
  const words = passage.text.slice(first.clause.start, first.item.quoteStart);
  const names = pairedNames(words, members.length)?.map((name) => name.words);
  const last = names?.at(-1);
  if (names && /^(?:19|20)\d\d年?度?$/.test(names[0]!)) return null;
  if (!names || !last) return asListedAbove(words) ? nameAbove(passage, place, members) : null;
  if (names.slice(0, -1).every(endsWithStage)) return null;
  const name = names[place.index - first.index]!;
  const shared = name === last ? '' : sharedTail(names);
  if (shared !== '') return name + shared;
  const doing = names.slice(0, -1).every((word) => verbs.has(word)) && [...verbs].find((verb) => last.startsWith(verb));
  return doing && name !== last ? name + last.slice(doing.length) : name;
}

/** 小班、中班、大班平均班额: what stands behind the last of like words belongs to all of them. */
function sharedTail(names: readonly string[]): string {
  const ends = new Set(names.slice(0, -1).map((name) => name.at(-1)!));
  const [end] = ends;
  if (ends.size !== 1 || !end) return '';
  const last = names.at(-1)!;
  const at = last.indexOf(end);
  return at > 0 && last.length - at > 2 ? last.slice(at + 1) : '';
}

/** 初中上述五项指标分别为: the name in the same place of the list before it, within two sentences. */
function nameAbove(passage: Passage, place: Place, members: readonly Place[]): string | null {
  const first = members[0]!;
  for (let at = first.index - 1; at >= first.lineStart && first.item.start - passage.places[at]!.item.end < 400; at--) {
    const list = membersOf(passage, passage.places[at]!);
    const other = list[place.index - first.index];
    if (list.length === members.length && other) return nameInStep(passage, other);
  }
  return null;
}
