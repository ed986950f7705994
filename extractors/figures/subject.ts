// What a figure measures: the shortest noun phrase that names it with the words that restrict it. Taken from the right of the
// number where a noun follows it, else from the left, else from the clauses around and the figures before.
import { averages } from '../lexicon/denominators.js';
import { administrativeLevels, commonHeads } from '../lexicon/phrases.js';
import { changeWords } from '../lexicon/verbs.js';
import { threshold } from '../rules/bound.js';
import { clauseStart } from '../rules/candidate.js';
import { topicRule } from '../rules/per.js';
import { topicAbove } from '../rules/topic-measure.js';
import { subjectOfHeads } from './cells.js';
import { figureInStep, isStages, nameInStep } from './in-step.js';
import type { Passage, Place } from './passage.js';
import { cutSpaces, phraseAtEnd, phraseAtStart, restriction, startsWithMark, tidy, topicOf } from './phrase.js';
import { clauseBefore, endsWithChange, type Frame, headOf, restricted, type SubjectContext } from './subject-frame.js';
import { moneySubject } from './subject-of-money.js';
import { shareSubject } from './subject-of-share.js';
import { lastVerb } from './verbs.js';

const levels = new Set(administrativeLevels);

export interface Subject {
  words: string;
  action: string | null;
}

/** The subject and, where one stands in the text, the verb that relates it to the number. */
export function subjectOf(passage: Passage, place: Place, context: SubjectContext): Subject {
  const head = passage.places[place.listStart]!;
  const previous = previousOf(passage, place, context);
  if (place.cell && place.cell.heads.length > 0) return { words: subjectOfHeads(place.cell.heads), action: null };
  const { subjects, whole } = context;
  const frame: Frame = { subjects, whole, passage, place, head, previous };
  return {
    words: withoutLastStage(tidy(wordsOf(frame)), place) || previous || tidy(topicOf(clauseBefore(frame))),
    action: lastVerb(head.left)?.word ?? null,
  };
}

/** The subject of the figure before on its line; behind a share (压减率91.86%,其余7家) that of the last one in its unit. */
function previousOf(passage: Passage, place: Place, { subjects }: SubjectContext): string {
  const { places } = passage;
  if (place.index <= place.lineStart) return '';
  const last = places[place.index - 1]!;
  if (/^[、，,]$/.test(place.left.trim()) && !isStages(phraseAtEnd(places[place.index - 1]?.left ?? '')))
    return subjects[place.index - 1] ?? '';
  const outside = beforeBracket(passage, place);
  if (outside >= place.lineStart) return subjects[outside] ?? '';
  const like = (other: Place) => other.item.unit === place.item.unit && other.item.dimension === place.item.dimension;
  const parts = last.item.dimension === 'ratio' || place.item.dimension === 'money';
  if (parts && place.item.dimension !== 'ratio' && !like(last))
    for (let at = place.index - 2; at >= place.lineStart && places[at]!.sentenceIndex === place.sentenceIndex; at--)
      if (like(places[at]!)) return subjects[at] ?? '';
  return subjects[place.index - 1] ?? '';
}

/** 招生3650人(公办3050人,民办600人),比上年增招200人: the index of the figure before the bracket that closes here; -1 where none does. */
function beforeBracket({ text, places }: Passage, place: Place): number {
  const between = (at: number): string => text.slice(places[at - 1]!.item.quoteEnd, places[at]!.item.quoteStart);
  if (!/^[^(（]{0,12}[)）]/.test(between(place.index))) return -1;
  for (let at = place.index - 1; at > Math.max(place.lineStart, place.index - 8); at--)
    if (/[(（]/.test(between(at))) return at - 1;
  return -1;
}

const lastStage = /(?:小学|初中|高中|普通高中|中职|幼儿园|特殊教育|义务教育)(?:阶段|学校)?$/;

/** 生均公用经费小学720元: the stage behind what is counted per pupil is no part of its name. */
function withoutLastStage(words: string, { item }: Place): string {
  if (item.per.length === 0 && item.dimension !== 'ratio') return words;
  const rest = words.replace(lastStage, '');
  return rest.length >= 4 && !/[、和与及的]$/.test(rest) ? rest : words;
}

/** 由120人增加到186人: behind the first number its change goes on. */
const changeAhead = new RegExp(`^(?:${changeWords}|变)(?:到|至|为|成)`);

/** 由5%提高到8%: the second amount is of the same thing as the first. */
const isChange = new RegExp(
  `^[^,，、]{0,12}?(?:${changeWords}|改|变)(?:到了?|至|为|成)(?:(?:19|20)\\d\\d年[底末]?的?)?$`,
);

const bareChange = new RegExp(`^(?:又|再|净|共|约)?(?:${changeWords}|多|少)了?(?:约|近|达|超过)?$`);

/** 同比增长, 较去年分别增加, 提高了: nothing but a comparison. */
const isComparison = new RegExp(
  `^(?:同比|环比|比|较|与|年均|平均|逐年|连年|分别|净)?[^,，、]{0,10}?(?:分别)?(${changeWords}|多|少|[快慢](?=$))了?(?:约|近|达|超过)?$`,
);

/** 比上年14.61亿元: the amount of another year is of the same thing. */
const againstYear = /^[比较](?:于)?(?:上年|去年|前年|(?:19|20)\d\d年)(?:同期|度?[末底初])?的?$/;

/** What the heading or the opening of the paragraph names, where the number says only whose it is; empty for any other. */
function topicOfPlace({ passage, head }: Frame): string {
  if (!head.item.rules.includes(topicRule)) return '';
  const above = topicAbove(passage.text, clauseStart(passage.text, head.item.start));
  if (!above) return '';
  const words = passage.text
    .slice(above.start, above.end)
    .replace(/(?:增长|变化|执行|落实|达标|统计)*(?:情况|水平)$/, '');
  return phraseAtEnd(words);
}

function wordsOf(frame: Frame): string {
  const { place, passage, previous } = frame;
  const topic = topicOfPlace(frame);
  if (topic !== '') return topic;
  const name = nameInStep(passage, place);
  if (name !== null) return phraseAtEnd(name);
  const { head, subjects } = frame;
  const opening = cutSpaces(head.left);
  const listed = head !== place || passage.places[head.index + 1]?.listStart === head.index;
  const change = listed ? isComparison.exec(opening)?.[1] : undefined;
  const along =
    change !== undefined || (listed && /[高低优]于|[高超]出|^[，,]?分别占/.test(opening))
      ? figureInStep(passage, place)
      : null;
  if (along) return subjects[along.index]! + (change ?? '');
  if (previous !== '') {
    const left = cutSpaces(place.left);
    if (passage.places[place.index - 1]!.clause.start === place.clause.start && isChange.test(left)) return previous;
    const forWhom = left === '为' && place.item.dimension === 'count' && !startsWithMark(place.right);
    const apart = passage.text.slice(passage.places[place.index - 1]!.item.quoteEnd, place.clause.start);
    if (
      !forWhom &&
      /^(?:已|现已|并|均|也|都)?(?:达到?|为|是|至|突破|超过)了?$/.test(left) &&
      /[\u4e00-\u9fa5]{4}/.test(apart)
    )
      return topicOf(clauseBefore(frame)) || previous;
    if (!forWhom && /^(?:已|现已|并|均|也|都)?(?:达到?|为|是|至|突破|超过)了?$/.test(left))
      return previous.replace(endsWithChange, '');
    const compared = startsWithMark(place.right) ? isComparison.exec(left) : null;
    if (compared && (bareChange.test(left) || /^(?:同比|环比|比|较|与|年均|平均|逐年|连年|分别)/.test(left)))
      return previous.replace(endsWithChange, '') + compared[1]!.replace(/^[快慢]$/, '');
  }
  if (head !== place && change !== undefined) return subjects[head.index] ?? '';
  if (previous !== '' && /^[,，]?(?:其中)?最[高低长短大小多少远近]的?$/.test(cutSpaces(place.left))) return previous;
  if (previous !== '' && againstYear.test(place.left)) return previous;
  const mean = cutSpaces(place.left).replace(/(?:达到?|为|是|约)了?$/, '');
  if (previous !== '' && averages[mean]) {
    const other = averages[previous.slice(0, 2)] ? previous.slice(2) : '';
    return other === '' ? previous : mean + other;
  }
  if (previous !== '' && place.item.unit === '百分点' && /^的?(?:标准|要求|规定)$/.test(cutSpaces(place.left)))
    return previous;
  switch (frame.place.item.dimension) {
    case 'ratio':
    case 'coefficient':
      return shareSubject(frame);
    case 'multiple':
      return multipleSubject(frame);
    case 'money':
      return moneySubject(frame);
    case 'count':
      return countSubject(frame);
    default:
      return measureSubject(frame);
  }
}

function countSubject(frame: Frame): string {
  const { place, head, passage } = frame;
  if (/^\d+年$|^[一二三四五六七八九十]年$/.test(place.item.per[0] ?? '')) {
    const whose = phraseAtEnd(place.left);
    return /^培训/.test(place.right) && !whose.endsWith('培训') ? `${whose}培训` : whose;
  }
  const right = rightOf(passage, place);
  // 不少于1次的政策宣讲
  const deed = /^的([\u4e00-\u9fa5]{2,8})$/.exec(right)?.[1];
  if (deed && '次场期节轮'.includes(place.item.unit)) return deed;
  if (!startsWithMark(right) && !changeAhead.test(right) && !/^的(?:共|还|仍|约)?有?$/.test(right)) {
    const { noun, predicate } = phraseAtStart(right);
    const which = restriction(predicate);
    const kind = kindOfRest(place.left, right);
    if (kind !== '') return kind;
    // 治理任务22所已全部完成
    const told = noun === '' && /^(?:已|均|都|全部)/.test(right) ? phraseAtEnd(place.left) : '';
    if (told.length > 2) return told;
    if (noun === '') return restrictedPrevious(frame, predicate, which);
    if (which !== '') return `${which}的${noun}`;
    const owner = owners.exec(noun)?.[1];
    if (owner) return owner;
    return (/[\u4e00-\u9fa5]{2,4}(?:阶段|学段)$/.exec(phraseAtEnd(head.left))?.[0] ?? '') + noun;
  }
  // 12个教学班、教师38人: the noun behind the number before ends with the mark.
  const listed =
    passage.places[head.index - 1]?.clause.start === head.clause.start &&
    /^[\u4e00-\u9fa5]{1,8}、([\u4e00-\u9fa5]+)$/.exec(head.left)?.[1];
  const left = phraseAtEnd(listed || head.left);
  if (left === '招生') return left;
  if (left === '' || left === lastVerb(left)?.word || /^[新已]?招了?$/.test(left))
    return (
      ownerOfLimit(frame) ||
      (frame.whole === null ? '' : frame.subjects[frame.whole]) ||
      (left === '' && !place.item.rules.includes(threshold.name) ? '' : sameUnitBefore(frame)) ||
      frame.previous ||
      phraseAtEnd(clauseBefore(frame))
    );
  return withContext(left, frame);
}

/** 3所学校的运动场未达标 counts schools. */
const owners = new RegExp(`^([^的]*(?:${commonHeads.join('|')}))的[^的]`);

/** 学校在校生不足100人的有31所: the limit before is of their pupils, and they are the schools; empty where no limit stands before. */
function ownerOfLimit({ passage, place, previous }: Frame): string {
  const before = passage.places[place.index - 1];
  if (before?.clause.start !== place.clause.start || !before.item.rules.includes(threshold.name)) return '';
  return /^(.*(?:学校|幼儿园|小学|中学|初中|高中|教学点|班级))[^的]{0,6}$/.exec(previous)?.[1] ?? '';
}

/** 安排项目32个,总投资6.7亿元,已开工29个: the last of its unit in the sentence; empty where the figure before is of it or none is. */
function sameUnitBefore({ passage, place, subjects }: Frame): string {
  const { places } = passage;
  const like = (at: number) => places[at]!.item.unit === place.item.unit && places[at]!.item.dimension === 'count';
  if (place.index === 0 || like(place.index - 1)) return '';
  for (let at = place.index - 2; at >= place.lineStart && places[at]!.sentenceIndex === place.sentenceIndex; at--)
    if (like(at)) return subjects[at] ?? '';
  return '';
}

/** 其余6名为幼儿园教师: what those left over are; empty where nothing says so. */
function kindOfRest(left: string, right: string): string {
  if (!/(?:其余|剩余|余下)的?$/.test(cutSpaces(left))) return '';
  const kind = /^(?:均|都|全部)?[为是]([\u4e00-\u9fa5].*)$/s.exec(right)?.[1];
  return kind ? phraseAtStart(kind).noun : '';
}

/** 5大类、60多种课程: the noun stands behind the last number of the list. */
function rightOf(passage: Passage, place: Place): string {
  let { right } = place;
  for (let i = place.index + 1; i < place.index + 12 && /^[、和及]$/.test(right.trim()); i++) {
    const next = passage.places[i];
    if (next?.listStart !== place.listStart) break;
    right = next.right;
  }
  return right;
}

/** 220人分配到乡村学校任教: the head is that of the figure before. 4人获一等奖: the object names what is counted. */
function restrictedPrevious({ previous, place }: Frame, predicate: string, which: string): string {
  const object = /^(?:获得?|荣获|获评|通过|入选|取得)(.+)$/.exec(which);
  if (object) return object[1]!;
  if (predicate === '' || which === '')
    return /(?:其余|剩余|余下)的?$/.test(place.left) ? headOf(previous) || previous : previous;
  return restricted(which, headOf(previous));
}

/** Stages and levels alone take what they are stages of; parts what restricts their whole; people at an event the event. */
function withContext(words: string, frame: Frame): string {
  const { subjects, whole, previous, place } = frame;
  if (isStages(words) && !'所个处'.includes(place.item.unit)) {
    if (whole !== null) return subjects[whole] ?? words;
    if (previous !== '' && frame.passage.places[place.index - 1]!.clause.start === place.clause.start) return previous;
    if (place.item.per.length === 0) return words;
    const before = phraseAtEnd(clauseBefore(frame));
    return before === '' ? words : isStages(before) && previous !== '' ? previous : before;
  }
  if (levels.has(words) && previous !== '') return words + cutLevel(previous);
  const inSentence = frame.passage.places[place.index - 1]?.sentenceIndex === place.sentenceIndex;
  if (words.startsWith('参与') && previous !== '' && inSentence && !/^参与|率|增加|提高/.test(previous))
    return previous + words;
  const restrictor = whole === null ? null : /^(.+的)([^的]+)$/.exec(subjects[whole] ?? '');
  if (restrictor && words.endsWith(restrictor[2]!.slice(-2)) && !words.includes('的') && /其中/.test(place.left))
    return restrictor[1]! + words;
  return words;
}

function cutLevel(words: string): string {
  for (const level of administrativeLevels) if (words.startsWith(level)) return words.slice(level.length);
  return words;
}

/** Areas, lengths, data rates, durations: the noun before, joined by the one behind (学校万兆主干). */
function measureSubject(frame: Frame): string {
  const { place, head } = frame;
  const left = averages[head.left.trim()] ? frame.previous : phraseAtEnd(head.left);
  // 家校距离3公里以上的学生: which of them, by a measure that was named.
  if (/^的/.test(place.right) && /(?:距离|面积|时间|年龄|教龄|长度|高度|路程)$/.test(left)) return left;
  const noun = startsWithMark(place.right) ? '' : phraseAtStart(place.right).noun.replace(/^的/, '');
  if (noun !== '') return place.item.dimension === 'other' && !/[、和]/.test(noun) ? `${left}${noun}` : noun;
  if (
    /^(?:总|建筑|占地|校舍)?面积$/.test(left) &&
    /(?:校|园|学|楼|馆|舍|室|院|站|所|房|堂|项目|工程|基地|中心|场|[县市区镇乡])$/.test(frame.previous) &&
    frame.previous.length < 10
  )
    return frame.previous + left;
  return left === '' ? frame.previous : withContext(left, frame);
}

/** 特殊教育生均公用经费按照普通学校标准的10倍: what is compared stands before the comparison. */
function multipleSubject(frame: Frame): string {
  const compared =
    /^(.*?)(?:均|都|已|分别)?(?:实现|按照?|是|为|达到?|相当于|扩容|增长|增加|提高|提升|扩大|(?:最高)?不?超过|翻)/s.exec(
      frame.place.left,
    );
  const words = compared ? phraseAtEnd(compared[1]!) : '';
  return words || frame.previous || phraseAtEnd(frame.place.left);
}
