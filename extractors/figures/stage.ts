// Which stage of schooling a figure speaks of: by the nearest words, by lists that run in step, by the whole it is part of, by
// the heading it stands under.
import type { Stage } from '../../src/model/record.js';
import { Trie } from '../engine/trie.js';
import { restrictingVerbs } from '../lexicon/phrases.js';
import { stageless, stageWords } from '../lexicon/stages.js';
import { changeWords } from '../lexicon/verbs.js';
import { asListedAbove } from '../rules/paired-names.js';
import { figureInStep, membersOf, nameInStep } from './in-step.js';
import { type Passage, type Place, scopesAt } from './passage.js';
import { startsWithMark } from './phrase.js';

const words = new Trie(stageWords);
const predicates = new Trie(
  restrictingVerbs
    .filter((word) => word.length > 1 && !/^(?:随班|送教)/.test(word))
    .map((word) => [word, true] as const),
);

interface Mention {
  at: number;
  end: number;
  stages: readonly Stage[];
}

function mentionsIn(text: string): Mention[] {
  const found: Mention[] = [];
  for (const match of words.scan(text, 0, text.length)) {
    if (match.value.includes('special') && isOneOfGroups(text, match.at, match.at + match.length)) continue;
    if (match.value.length > 0) found.push({ at: match.at, end: match.at + match.length, stages: match.value });
  }
  return found;
}

/** 孤儿和残疾儿童, 残疾学生、低保家庭学生: one of the groups that get something, at whatever school. */
const isOneOfGroups = (text: string, at: number, end: number): boolean =>
  /^残疾[儿学]/.test(text.slice(at, end)) &&
  (/(?:孤儿|子女|家庭[\u4e00-\u9fa5]{0,4}|困难[\u4e00-\u9fa5]{0,4}|留守[\u4e00-\u9fa5]{0,4})[、和及与]$/.test(
    text.slice(Math.max(0, at - 12), at),
  ) ||
    /^[、和及与](?:孤儿|留守|随迁|困难|贫困|低保|家庭|单亲|事实)/.test(text.slice(end, end + 5)));

/** 各级各类学校(含幼儿园), 按照“小学就近”的思路: what a bracket takes in or a slogan says is not what is counted. */
const included =
  /[(（](?:含|不含|包括|不包括|含有)[^()（）\d]*[)）]|[“"][^”"]{6,}[”"]的?(?:总体|工作)?(?:思路|原则|要求|方针|办法|目标|理念)/g;

/** The last cluster of stage words of `text`, joined by 、和及与 (小学、初中), as one set. */
function lastCluster(words: string): Stage[] {
  const text = /[含括”"]/.test(words) ? words.replace(included, '') : words;
  const found = mentionsIn(text);
  const stages: Stage[] = [];
  for (let i = found.length - 1; i >= 0; i--) {
    stages.unshift(...found[i]!.stages);
    const before = found[i - 1];
    if (!before || !/^(?:、|和|及|与|或|[段部][、和])$/.test(text.slice(before.end, found[i]!.at))) break;
  }
  return [...new Set(stages)];
}

/** Stage words of `text` in order, each one stage, for lists in step. */
function series(text: string): Stage[] {
  return mentionsIn(text).flatMap((mention) => (mention.stages.length === 1 ? mention.stages : []));
}

/** How a figure's stage may depend on figures before it. */
export interface StageContext {
  /** The stages already given to earlier figures, by index. */
  given: readonly (readonly Stage[])[];
  /** Index of the figure of which this one is a part, or null. */
  whole: number | null;
  subject: string;
}

/** The stages of the figure at `place`, empty where the text says none. */
export function stageOf(passage: Passage, place: Place, context: StageContext): readonly Stage[] {
  if (stageless.some((word) => context.subject === word || context.subject.endsWith(word))) return [];
  if (place.cell)
    return (
      lastOfHeads(place.cell.heads) ??
      nonEmpty(lastCluster(place.cell.caption)) ??
      nonEmpty(scopeStage(passage, place)) ??
      titleStage(passage)
    );
  const found = stageOfText(passage, place, context);
  const scope = found.length === 1 && found[0] === 'primary' ? scopeStage(passage, place) : [];
  return scope.length === 1 &&
    ofGrades.has(scope[0]!) &&
    onlyGrades(passage.text.slice(place.sentence.start, place.item.quoteEnd))
    ? scope
    : found;
}

/** 一、二年级 are also of schools behind junior secondary. */
const ofGrades: ReadonlySet<Stage> = new Set(['vocational', 'senior', 'junior']);
const onlyGrades = (words: string): boolean =>
  /[一二三]年级/.test(words) && !/小学|教学点|完小|村小|[四五六]年级/.test(words);

function stageOfText(passage: Passage, place: Place, context: StageContext): readonly Stage[] {
  return (
    nonEmpty(inStep(passage, place)) ??
    nonEmpty(ofAmountBefore(passage, place, context)) ??
    nonEmpty(ofDeedBefore(passage, place, context)) ??
    nonEmpty(context.given[figureInStep(passage, place)?.index ?? -1] ?? []) ??
    nonEmpty(ownWords(passage, place, context)) ??
    nonEmpty(ofGroupBefore(passage, place, context)) ??
    nonEmpty(context.whole === null ? [] : (context.given[context.whole] ?? [])) ??
    nonEmpty(lastCluster(passage.text.slice(place.clause.start, place.item.quoteStart))) ??
    nonEmpty(ofRateBefore(passage, place, context)) ??
    nonEmpty(narrower(passage, place, context, scopeStage(passage, place))) ??
    nonEmpty(topicStage(passage, place, context)) ??
    nonEmpty(sameSchool(passage, place, context)) ??
    titleStage(passage)
  );
}

/** The head nearest to the cell that names a stage. */
function lastOfHeads(heads: readonly string[]): readonly Stage[] | null {
  for (const head of [...heads].reverse()) {
    const stages = lastCluster(head);
    if (stages.length > 0) return stages;
  }
  return null;
}

const nonEmpty = (stages: readonly Stage[]): readonly Stage[] | null => (stages.length > 0 ? stages : null);

/** Numbers of one list zip with the stages named before it; 分别 without names means primary, then junior. */
function inStep(passage: Passage, place: Place): Stage[] {
  const name = nameInStep(passage, place);
  const members = membersOf(passage, place);
  if (name !== null) {
    const { clause, item } = members[0]!;
    return asListedAbove(passage.text.slice(clause.start, item.quoteStart)) ? [] : lastCluster(name);
  }
  if (members.length < 2) return [];
  const first = members[0]!;
  const from = Math.max(first.segmentStart, first.clause.start - 60);
  const head = passage.text.slice(from, first.item.quoteStart);
  const own = passage.text.slice(first.clause.start, first.item.quoteStart);
  for (const text of [own, head]) {
    const stages = series(text).slice(-members.length);
    if (
      stages.length === members.length &&
      new Set(stages).size === members.length &&
      series(text).length === members.length
    ) {
      return [stages[place.index - first.index]!];
    }
  }
  const cluster = /分别|依次/.test(own) ? lastCluster(own) : [];
  if (cluster.length === members.length) return [cluster[place.index - first.index]!];
  const perPupil = place.item.per.some((per) => per.includes('学生'));
  if (members.length === 2 && perPupil && own.includes('分别'))
    return [place.index === first.index ? 'primary' : 'junior'];
  return [];
}

/** The noun phrase right behind the number, else the nearest words before it. */
function ownWords(passage: Passage, place: Place, { given }: StageContext): Stage[] {
  const right = place.right;
  if (place.item.dimension === 'multiple') {
    const compared = lastCluster(place.left.replace(/(?:按照?|是|为|达到?|相当于).*$/s, ''));
    if (compared.length > 0) return compared;
    if (/^[,，]?(?:是|为|相当于|达到?)/.test(place.left) && place.index > 0) return [...(given[place.index - 1] ?? [])];
  }
  if (right !== '' && !/^[、，,。；;：:(（)）]/.test(right)) {
    const phrase = nounBefore(right.slice(0, 18));
    const mentions = mentionsIn(phrase);
    if (mentions.length > 0) return firstCluster(phrase, mentions);
  }
  const list = passage.places[place.listStart]!;
  return lastCluster(list === place ? place.left : list.left);
}

/** 1名班主任入选省中小学…: only the words before the predicate name what is counted. */
function nounBefore(phrase: string): string {
  for (const match of predicates.scan(phrase, 1, phrase.length)) return phrase.slice(0, match.at);
  return phrase;
}

function firstCluster(text: string, mentions: readonly Mention[]): Stage[] {
  const stages: Stage[] = [...mentions[0]!.stages];
  for (let i = 1; i < mentions.length; i++) {
    if (!/^(?:、|和|及|与)$/.test(text.slice(mentions[i - 1]!.end, mentions[i]!.at))) break;
    stages.push(...mentions[i]!.stages);
  }
  return [...new Set(stages)];
}

const ofGroup: ReadonlySet<string> = new Set(['multiple', 'coefficient']);

/** 均是国家标准的两倍多 speaks of all the figures before it in the sentence's list. */
function ofGroupBefore(passage: Passage, place: Place, { given }: StageContext): Stage[] {
  if (!ofGroup.has(place.item.dimension ?? 'other') || !/均|都/.test(place.left)) return [];
  const stages = new Set<Stage>();
  for (const other of passage.places.slice(Math.max(0, place.index - 6), place.index)) {
    if (other.sentenceIndex === place.sentenceIndex) for (const stage of given[other.index] ?? []) stages.add(stage);
  }
  return [...stages];
}

/** 随迁子女…比例, 教师…比例: whose rate it is, so not that of those before. */
const otherBearers = /随迁|留守|外来|教师|教职工|家长|群众|干部|校长|学校|经费|支出|资金/;

/** 小学入学率100%,巩固率99.73%: a rate goes on with the stage of the rate before it. */
function ofRateBefore(passage: Passage, place: Place, { given }: StageContext): readonly Stage[] {
  const before = passage.places[place.index - 1];
  if (place.item.dimension !== 'ratio' || before?.segmentStart !== place.segmentStart) return [];
  if (otherBearers.test(place.left) && !otherBearers.test(before.left)) return [];
  if (before.sentenceIndex !== place.sentenceIndex || before.item.dimension !== 'ratio') return [];
  return given[before.index] ?? [];
}

/** 高中毛入学率提高0.8个百分点,达到94.5%: what a change leads to is of the stage of the change. */
function ofAmountBefore(passage: Passage, place: Place, { given }: StageContext): readonly Stage[] {
  const before = passage.places[place.index - 1];
  if (before?.sentenceIndex !== place.sentenceIndex || before.segmentStart !== place.segmentStart) return [];
  if (comparesOnly.test(place.left)) return given[before.index] ?? [];
  if (!/^[,，]?(?:现已|已|也|均)?(?:达到?|为|至|升至|降至|提高到|下降到|增加到|减少到)了?$/.test(place.left)) return [];
  // 入园率85%,高中阶段入学率明显提高,达到60%: a clause of its own stands between.
  const between = passage.text.slice(before.item.quoteEnd, place.clause.start);
  if (/[\u4e00-\u9fa5]{4}/.test(between)) return lastCluster(between);
  return before.item.dimension === place.item.dimension || before.item.unit === '百分点'
    ? (given[before.index] ?? [])
    : [];
}

/** 新建幼儿园17所,改扩建12所: what else was done to the same things. */
function ofDeedBefore(passage: Passage, place: Place, { given }: StageContext): readonly Stage[] {
  const before = passage.places[place.index - 1];
  if (before?.sentenceIndex !== place.sentenceIndex || before.item.unit !== place.item.unit) return [];
  if (
    !/^[,，、]?(?:新建|改建|扩建|改扩建|新改扩建|迁建|重建|维修|撤并|改造|加固)$/.test(place.left) ||
    !startsWithMark(place.right)
  )
    return [];
  return given[before.index] ?? [];
}

/** 比2015年提高了5.8个百分点: nothing but a comparison with what stands before. */
const comparesOnly = new RegExp(`^[,，]?(?:同比|环比|[比较])[^,，、]{0,10}?(?:${changeWords})了?(?:约|近)?$`);

/** Stages of which others are parts. */
const parts: Partial<Record<Stage, readonly Stage[]>> = { compulsory: ['primary', 'junior'] };

/**
 * 二、义务教育 over 小学47所,在校生2.2万人: what a sentence goes on to count is of the one stage that its figures were of so far,
 * where that is part of the heading's.
 */
function narrower(passage: Passage, place: Place, { given }: StageContext, scope: readonly Stage[]): readonly Stage[] {
  const within = scope.length === 1 ? parts[scope[0]!] : undefined;
  if (!within) return scope;
  let found: readonly Stage[] = [];
  for (let at = place.index - 1; at >= 0 && passage.places[at]!.sentenceIndex === place.sentenceIndex; at--) {
    const stages = given[at] ?? [];
    if (stages.length !== 1 || !within.includes(stages[0]!) || (found.length > 0 && found[0] !== stages[0]))
      return scope;
    found = stages;
  }
  return found.length > 0 ? found : scope;
}

/** Stages of which a text tells nothing else where its title names them. */
const ofTitle: ReadonlySet<Stage> = new Set(['preschool', 'vocational', 'special', 'senior']);

/** 职业教育发展情况报告: a report on one stage. What a self-evaluation of 义务教育 counts is of that. */
function titleStage({ title, genre }: Passage): readonly Stage[] {
  if (!title || genre === 'news' || genre === 'other') return [];
  const stages = new Set(mentionsIn(title).flatMap((mention) => mention.stages));
  const [stage] = stages;
  if (stages.size !== 1 || !stage) return [];
  return ofTitle.has(stage) || (stage === 'compulsory' && genre === 'self_evaluation') ? [stage] : [];
}

function scopeStage(passage: Passage, place: Place): readonly Stage[] {
  // 另有8个项目… on a line of its own leaves what the heading above is about.
  if (
    /(?:^|\n)[\s　]*$/.test(passage.text.slice(Math.max(0, place.sentence.start - 3), place.sentence.start)) &&
    /^[\s　]*(?:另有|此外|另外)/.test(passage.text.slice(place.sentence.start, place.sentence.start + 6))
  )
    return [];
  for (const scope of scopesAt(passage, place.item.quoteStart)) {
    const stages = lastCluster(scope);
    if (stages.length > 0) return stages;
  }
  return [];
}

/** 新建幼儿园12所、小学5所,新增学位1.2万个: the figures before it in its segment are of several stages, and it of none of them. */
function isParted(
  passage: Passage,
  place: Place,
  given: readonly (readonly Stage[])[],
  from = place.segmentStart,
): boolean {
  const seen = new Set<Stage>();
  for (let at = place.index - 1; at >= 0 && passage.places[at]!.item.quoteStart >= from; at--)
    for (const stage of given[at] ?? []) seen.add(stage);
  return seen.size > 1;
}

/** 投资1.2亿元的第三小学已投用, 对67名残疾儿童送教上门: what the first number is said of, where the rest of its sentence is about it. */
function topicBehind({ text, places }: Passage, place: Place, first: number): string {
  const opener = places.slice(Math.max(0, place.index - 12), place.index).find(({ item }) => item.quoteStart === first);
  if (!opener) return '';
  const words = text.slice(opener.item.quoteEnd, Math.min(opener.clause.end, place.item.quoteStart));
  const ofThing =
    /^的([\u4e00-\u9fa5“”]{2,20}?)(?:已|于|将|正式|现已|顺利|全面|主体|建成|投用|投入|竣工|开工|交付|完工|$)/.exec(
      words,
    )?.[1];
  const isFor = /^(?:对|为|给|面向)$/.test(opener.left.replace(/^[\s　]*(?:共|已|累计|先后|坚持)?/, ''));
  return ofThing ?? (isFor ? words : '');
}

/** Takes up the school that the sentence before spoke of. */
const takesUp = /^[\s　“]*(?:目前|如今|现在)?[,，]?(?:该|本|我)?(?:学校|校|园|学院|中心)(?=[\u4e00-\u9fa5])/;

/** 在县职业教育中心,今年招收新生1126名。学校开设专业12个: goes on with the stage of the sentence before. */
function sameSchool(passage: Passage, place: Place, { given }: StageContext): readonly Stage[] {
  const { text, sentences, places } = passage;
  if (!takesUp.test(text.slice(place.sentence.start, place.sentence.start + 12))) return [];
  const before = sentences[place.sentenceIndex - 1];
  if (!before || text.slice(before.end, place.sentence.start).includes('\n')) return [];
  const seen = new Set<Stage>();
  for (let at = place.index - 1; at >= 0 && places[at]!.sentenceIndex >= place.sentenceIndex - 1; at--)
    for (const stage of given[at] ?? []) seen.add(stage);
  const [stage] = seen;
  return seen.size === 1 && stage ? [stage] : [];
}

/** The words of the segment, then of the sentence, before its first figure. */
function topicStage(passage: Passage, place: Place, { given }: StageContext): readonly Stage[] {
  const firstAfter = (start: number): number => {
    let at = place.index;
    while (at > 0 && passage.places[at - 1]!.item.quoteStart >= start) at--;
    return passage.places[at]!.item.quoteStart;
  };
  const firstInSegment = firstAfter(place.segmentStart);
  const opening = passage.text.slice(place.segmentStart, firstInSegment) + topicBehind(passage, place, firstInSegment);
  // 残疾儿童入学率98%,随迁子女就读比例95%: other children than those the segment opens with.
  if (otherBearers.test(place.left) && /残疾|随班|送教/.test(opening)) return [];
  const segment = lastCluster(opening);
  if (segment.length > 0 && isParted(passage, place, given)) return [];
  if (segment.length > 0 || place.segmentStart === place.sentence.start) return segment;
  if (isParted(passage, place, given, place.sentence.start)) return [];
  // 城区初中学位不足；从结构看，农村小规模学校31所
  if (/[；;]/.test(passage.text.slice(place.sentence.start, place.segmentStart)) && ofSomeSchools.test(opening))
    return [];
  const first = firstAfter(place.sentence.start);
  const words = passage.text.slice(place.sentence.start, first);
  // 实施义务教育改薄项目23个;改造旱厕61座: what an item of a list is about says nothing of the items behind it.
  const mark = Math.max(
    words.lastIndexOf('，'),
    words.lastIndexOf(','),
    words.lastIndexOf('：'),
    words.lastIndexOf(':'),
  );
  const itemised =
    /[；;]/.test(passage.text.slice(first, place.item.quoteStart)) && ofDoing.test(words.slice(mark + 1));
  return lastCluster(itemised ? words.slice(0, Math.max(0, mark)) : words);
}

/** Schools of all stages, by where and how large they are. */
const ofSomeSchools = /(?:小规模|寄宿制|农村|乡村|城区|乡镇|薄弱)学校[^,，]{0,4}$/;

/** An item that opens with what was done. */
const ofDoing =
  /^[\s　]*(?:\d{1,2}[.、．]|[(（]?[一二三四五六七八九十]+[)）、是])?(?:[^。；;，,]{2,12}。)?(?:全年|共|累计|先后)?(?:实施|建成|新建|投入|完成|开展|组织|招录|招聘|发放|落实|改造|改扩建|投资)/;
