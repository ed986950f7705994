// What a share, a rate or a coefficient is of: the words before the first link of its clause, else what stands before or behind it.
import { Trie } from '../engine/trie.js';
import { bareRates, linkWords } from '../lexicon/phrases.js';
import { stageWords } from '../lexicon/stages.js';
import { changeWords } from '../lexicon/verbs.js';
import { isStages } from './in-step.js';
import {
  clauseOf,
  cutLeads,
  cutLinks,
  cutSpaces,
  phraseAtEnd,
  phraseAtStart,
  startsWithMark,
  topicOf,
} from './phrase.js';
import { clauseBefore, endsWithChange, type Frame, headOf, restricted } from './subject-frame.js';

const linksForward = new Trie(linkWords.filter((word) => word.length > 1).map((word) => [word, true] as const));
const stageNames = new Set(stageWords.map(([word]) => word));
const rates = new Set(bareRates);

/** The subject of a share, a rate or a coefficient. */
export function shareSubject(frame: Frame): string {
  const { passage, place, head, previous } = frame;
  const left = cutSpaces(head.left);
  if (/^(?:均|都|也|已)?(?:[低高优]于|超过|达到|超出)(?:了)?(?:国家|省|规定|标准)[^,，]{0,6}$/.test(left))
    return previous.replace(endsWithChange, '');
  if (/^的基础上/.test(left) && previous !== '') return previous;
  const rated = /^(.{2,24}?)(?:按照?|以)(?:不[低少高]于|不超过)?$/s.exec(left);
  if (
    rated &&
    /^的(?:比例|标准|幅度|额度)(?:给予|予以)?(?:核|计|确定|收|执行|补助|发放|拨|分配|安排|奖励|$|[，,。；;、])/.test(
      place.right,
    )
  )
    return phraseAtEnd(rated[1]!);
  const partDone = /^.*(?:完成|建成)了?(?!.*(?:预算|目标|计划|任务)的)([\u4e00-\u9fa5]{2,12})的$/s.exec(left);
  if (partDone && startsWithMark(place.right)) return phraseAtEnd(partDone[1]!);
  if (/^的/.test(place.right)) {
    const { noun, predicate } = phraseAtStart(place.right.slice(1));
    const which = clauseOf(predicate);
    if (noun !== '') return which === '' ? noun : `${which}的${noun}`;
  }
  if (/占比?$/.test(left) || /占[^,，]{0,30}的$/.test(left))
    return phraseAtEnd(left.replace(/(?:约|近|已|仅|仍|还|共|超)?占.*$/s, '')) || previous.replace(endsWithChange, '');
  const clause = passage.text.slice(place.clause.start, place.item.quoteStart);
  if (left === '的' && /占[^,，]{0,40}的$/.test(clause))
    return phraseAtEnd(clause.replace(/占.*$/s, '')) || subjectBefore(frame);
  const against = /^(.{2,16}?)(?:按照?|以)[^,，]{2,16}的$/s.exec(left);
  if (against && /^(?:给予|予以)?(?:$|[，,。；;、]|核|计|确定|收|执行|补助|发放|拨)/.test(place.right))
    return phraseAtEnd(against[1]!);
  const of = /^(?:按照?|以|将)?(?:不[低少高多]于|不超过)?(.*?)的$/s.exec(left);
  if (of && !startsWithMark(place.right) && !hasLink(of[1]!) && !new RegExp(`^(?:${changeWords})`).test(place.right))
    return `${clauseOf(place.right)}的${cutLeads(of[1]!)}`;
  // 入学率偏低(分别为61%和42%)、资源室覆盖面不到四分之一: behind a number the next of the list is named by its last item.
  const item =
    passage.places[head.index - 1]?.clause.start === head.clause.start ? /、([^、]{2,})$/.exec(left)?.[1] : null;
  const words = shareHead(
    item
      ? item
      : /^、/.test(left) && /[\u4e00-\u9fa5]/.test(left)
        ? left.slice(1)
        : passage.text.slice(head.clause.start, head.item.quoteStart),
  );
  if (words === '') {
    const behind = startsWithMark(place.right) ? null : phraseAtStart(place.right);
    if (behind && behind.noun !== '' && bearers.test(behind.noun)) return behind.noun;
    const right = startsWithMark(place.right) ? '' : clauseOf(place.right);
    const before = clauseBefore(frame);
    if (right === '' && /(?:率|比例|占比|系数|满意度|指数)/.test(before)) return topicOf(before) || previous;
    if (right === '') return previous || phraseAtEnd(clauseBefore(frame));
    return restricted(right, headOf(previous));
  }
  if (place.item.dimension === 'coefficient' && isStages(words))
    return words + cutStage(previous || phraseAtEnd(clauseBefore(frame)));
  return rates.has(words) ? rateInContext(words, frame) : words;
}

/** The subject of the last figure before this clause. */
function subjectBefore({ passage, place, subjects }: Frame): string {
  let at = place.index - 1;
  while (at > place.lineStart && passage.places[at]!.item.quoteStart >= place.clause.start) at--;
  return subjects[at] ?? '';
}

/** A link word stands in the clause: what is before it is the subject. */
function hasLink(text: string): boolean {
  for (const _ of linksForward.scan(text, 0, text.length)) return true;
  return false;
}

/** The words of the clause before its first link word that is followed by the number or a comparison. */
function shareHead(clause: string): string {
  let end = clause.length;
  for (const match of linksForward.scan(clause, 1, clause.length)) {
    if (
      /[率比例系数度重额量数]$/.test(clause.slice(0, match.at)) ||
      /^(?:不[得能]?[低高少]于|不[得能]?超过|达到|分别|保持|上调|提高)/.test(clause.slice(match.at))
    ) {
      end = match.at;
      break;
    }
  }
  const origin = /^(.*)(?:由|从)(?:(?:原来|最初|过去|以前)的?|(?:19|20)\d\d年[底末初]?的?)?$/s.exec(
    clause.slice(0, end),
  );
  let words = (origin ? origin[1]! : cutLinks(clause.slice(0, end))).replace(/(?:分别|每年|均|也|都|已)$/, '');
  const behindStages = /^.*?(?:小学|初中|高中|幼儿园)(?:[、和](?:小学|初中|高中))+(?:[(（][^)）]*[)）])?(.+)$/s.exec(
    words,
  )?.[1];
  if (behindStages && behindStages.length > 3) words = behindStages;
  const behindVerb = /^(?:.*?)(?:确保|保障(?![金性房])|实现|推动|按规定|持续)(.+)$/s.exec(words)?.[1];
  return cutLeads(behindVerb && behindVerb.length > 3 ? behindVerb : words);
}

/** Whose share it can be. */
const bearers =
  /(?:学生|儿童|少年|幼儿|教师|家长|毕业生|人口|青年|学校|小学|初中|高中|幼儿园|子女|群众|居民|村|户|教职工|校长|人员)$/;

/** 小学入学率100%,巩固率99.73%; 残疾儿童…入学率达到100%: the rate takes whose it is from the figure before. */
function rateInContext(words: string, { passage, place, previous }: Frame): string {
  const before = passage.places[place.index - 1];
  if (before?.segmentStart !== place.segmentStart || previous === '') return words;
  const stage = [...stageNames].find((word) => previous.startsWith(word));
  if (stage && /率$/.test(previous)) return stage + words;
  return previous.length > 12 ||
    /(?:率|比例|占比|经费|资金|投入|支出|收入|投资|数量|面积)$/.test(previous) ||
    endsWithChange.test(previous)
    ? words
    : previous + words;
}

function cutStage(words: string): string {
  for (const stage of stageNames) if (words.startsWith(stage)) return words.slice(stage.length);
  return words;
}
