// Lists that run in step: 教师、学生分别为120人、2400人 gives each number of the list its own name.

import { stageWords } from '../lexicon/stages.js';
import { flowVerbs } from '../lexicon/verbs.js';
import type { Passage, Place } from './passage.js';

const stageNames = new Set(stageWords.map(([word]) => word));
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

/** Nothing but stage words in a list: 小学、初中. */
export const isStages = (words: string): boolean => words.split(/[、和及与]/).every((word) => stageNames.has(word));

/** 将小学、初中高级岗位比例: the names share the noun behind the last stage. */
const endsWithStage = (name: string): boolean => [...stageNames].some((stage) => name.endsWith(stage));

/** The words that name this one of a list that 分别 or 依次 pairs with names; null where no list of names is as long. */
export function nameInStep(passage: Passage, place: Place): string | null {
  const members = membersOf(passage, place);
  const first = members[0];
  if (!first || members.length < 2) return null;
  const paired = /^(.*?)(?:分别|依次)/s.exec(passage.text.slice(first.clause.start, first.item.quoteStart));
  const names = (paired?.[1] ?? '').split(/[、和与]|及(?!以[上下])/);
  const last = names.at(-1);
  if (names.length !== members.length || !last || names.includes('')) return null;
  if (names.slice(0, -1).every(endsWithStage)) return null;
  const name = names[place.index - first.index]!;
  const doing = names.slice(0, -1).every((word) => verbs.has(word)) && [...verbs].find((verb) => last.startsWith(verb));
  return doing && name !== last ? name + last.slice(doing.length) : name;
}
