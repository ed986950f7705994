// When a figure holds: the time word that governs it, whether it is a state or something done, and whether it was reached, is
// planned, is a goal or only a norm that is cited.
import type { Accrual, Period, Status } from '../../src/model/record.js';
import { Trie } from '../engine/trie.js';
import { notMarkers, plannedWords, standardWords, targetWords, underWay } from '../lexicon/modality.js';
import { continuations, timeBreaks } from '../lexicon/time.js';
import { clauseEnd, clauseStart } from '../rules/candidate.js';
import { type TimeWord, timeWords } from '../rules/period.js';
import type { Cell } from './cells.js';
import { membersOf } from './in-step.js';
import { looksAhead, looksBack, type Passage, type Place, scopesAt, timesBetween } from './passage.js';
import { lastVerb, type VerbKind, verbsIn } from './verbs.js';

/** The time word that governs the figure, or null. */
export function timeOf(passage: Passage, place: Place): TimeWord | null {
  if (place.cell) return timeOfCell(passage, place.cell);
  const inSentence = timesBetween(passage, place.sentence.start, place.sentence.end);
  const against = comparedWith(place);
  if (against) return yearBefore(inSentence.filter((time) => time.end <= place.item.quoteStart).at(-1), against);
  const from = originOf(place);
  const before = inSentence.filter((time) => time.end <= place.item.quoteStart && time.start >= from);
  if (from > 0 && before.length === 0) return null;
  const nearest = before.findLast((time) => !isOriginTime(passage, place, time));
  if (nearest?.rule === 'time: whole year' && nearest.yearless) return wholeYear(passage, place, nearest);
  if (nearest) return nearest.period ? ofOneYear(passage, place, nearest) : null;
  const ahead = timesBetween(passage, place.item.quoteEnd, segmentEnd(passage, place)).find((time) =>
    isGoal(passage.text, time),
  );
  if (ahead && !hasOwnFigure(passage, place, ahead)) return ahead;
  return inherited(passage, place) ?? timeOfHeading(passage, place);
}

/** 全年 is the year that the text around tells of; of what is planned the document's own. */
function wholeYear(passage: Passage, place: Place, time: TimeWord): TimeWord {
  const told = inherited(passage, place) ?? timeOfHeading(passage, place);
  const year =
    told?.period && told.period.from.slice(0, 4) === told.period.to.slice(0, 4) ? told.period.from.slice(0, 4) : null;
  const planned = /计划|预计|将|力争|拟/.test(passage.text.slice(time.end, place.item.quoteStart));
  const at = year ?? (planned ? passage.reference!.slice(0, 4) : null);
  return at ? { ...time, period: { from: at, to: at } } : time;
}

/** 一、2023年工作回顾: the year of the heading that governs the place, else of the title of a text that tells of a whole year. */
function timeOfHeading(passage: Passage, place: Place): TimeWord | null {
  const { genre, reference, title } = passage;
  const over = [...scopesAt(passage, place.item.quoteStart), ...(ofWholeYear.has(genre) && title ? [title] : [])];
  for (const words of over) {
    const found = timeWords(words, reference).filter(({ period }) => period !== null);
    if (found.length === 1) return { ...found[0]!, words: words.slice(found[0]!.start, found[0]!.end) };
    if (found.length > 1) return null;
  }
  return null;
}

/** Genres whose title names the year that they tell of, or set rules for. */
const ofWholeYear: ReadonlySet<string> = new Set(['bulletin', 'announcement', 'notice', 'notice_plan']);

/**
 * 2021—2023年,投入分别为6亿元、7亿元、8亿元: each amount is one year's. Where the years are only counted (三年来), which year is
 * not told.
 */
function ofOneYear(passage: Passage, place: Place, time: TimeWord): TimeWord | null {
  const members = membersOf(passage, place);
  const { from, to } = time.period!;
  if (
    members.length < 3 ||
    from.length !== 4 ||
    !/分别|依次/.test(passage.text.slice(time.end, members[0]!.item.quoteStart))
  )
    return time;
  const years = Number(to.slice(0, 4)) - Number(from) + 1;
  if (time.kind === 'since') return years === members.length || years === members.length + 1 ? null : time;
  if (years !== members.length) return time;
  const year = String(Number(from) + place.index - members[0]!.index);
  return { ...time, period: { from: year, to: year } };
}

/** 比上年14.61亿元增长4.86%: the year that the number is of, where it is what others are compared with; else null. */
const comparedWith = ({ left }: Place): string | null =>
  /[比较](?:于)?(上年|去年|前年|(?:19|20)\d\d年)(?:同期)?的?$/.exec(left)?.[1] ?? null;

/** 上年 of a sentence that tells of 2023 is 2022, whenever the text was written. */
function yearBefore(governing: TimeWord | undefined, against: string): TimeWord | null {
  const named = /^\d{4}/.exec(against)?.[0];
  const told =
    governing?.period && governing.period.from === governing.period.to ? governing.period.from.slice(0, 4) : null;
  const year = named ?? (told && String(Number(told) - (against === '前年' ? 2 : 1)));
  return year
    ? { start: 0, end: 0, period: { from: year, to: year }, kind: 'point', rule: 'time: year by name', words: against }
    : null;
}

/** 新增学位4500个,到2018年底消除大班额37个: the date is that of the figure behind it in its clause. */
function hasOwnFigure({ text, places }: Passage, { index, item }: Place, time: TimeWord): boolean {
  if (clauseStart(text, time.start) <= item.quoteEnd - 1) return false;
  const next = places.slice(index + 1, index + 13).find((other) => other.item.quoteStart >= time.end);
  return next !== undefined && next.item.quoteStart < clauseEnd(text, time.end);
}

/** Where the segment of the place ends: before the next ； of its sentence. */
function segmentEnd({ text }: Passage, { item, sentence }: Place): number {
  const mark = text.slice(item.quoteEnd, sentence.end).search(/[；;]/);
  return mark < 0 ? sentence.end : item.quoteEnd + mark;
}

/** 2023年…由48%提高到53%: where the words about the first amount begin, which holds before the time that is told; 0 for any other. */
function originOf({ left, right, item }: Place): number {
  const from = /[由从](?:(?:19|20)\d\d年[底末初]?)?(?:的|原来的?|过去的?|最初的?|以前的?)?$/.exec(left);
  return from && changesTo.test(right) ? item.quoteStart - from[0].length : 0;
}

/** 由2020年的8.6%下降到1.2%: 2020 is the time of the first amount, not of the second. */
function isOriginTime({ text, places }: Passage, { index, left }: Place, time: TimeWord): boolean {
  const first = places[index - 1];
  return (
    first !== undefined &&
    time.end <= first.item.quoteStart &&
    /[由从]$/.test(text.slice(Math.max(0, time.start - 1), time.start)) &&
    first.item.quoteStart - time.end < 4 &&
    changesTo.test(left)
  );
}

/** Behind the first amount of a change. */
const changesTo =
  /^(?:[(（][^)）]*[)）])?(?:提高|提升|上升|增长|增加|扩大|扩充|下降|降低|减少|压缩|缩短|压减|回落|上涨|调整|优化|升|降|增|减|改)[到至为]/;

/** A date in a head, else in the caption. The words stand outside the cell, so they have no span of their own. */
function timeOfCell({ reference }: Passage, { heads, caption }: Cell): TimeWord | null {
  for (const words of [...heads].reverse().concat(caption)) {
    const dated = /^(?:19|20)\d\d$/.test(words) ? `${words}年` : words;
    const found = timeWords(dated, reference).find((time) => time.period !== null);
    if (found) return { ...found, words: dated.slice(found.start, found.end) };
  }
  return null;
}

/** 力争2021年秋季投入使用: the date that what stands before it is to be reached by. */
function isGoal(text: string, time: TimeWord): boolean {
  return (
    time.kind === 'deadline' ||
    /(?:力争|计划|预计|拟|将于|争取|确保)(?:于|到|在)?$/.test(text.slice(Math.max(0, time.start - 4), time.start))
  );
}

/** A sentence without time words goes on with those before it, where it continues them. */
function inherited(passage: Passage, place: Place): TimeWord | null {
  const { text, sentences } = passage;
  let stockOnly = false;
  for (let i = place.sentenceIndex; i > 0; i--) {
    const start = sentences[i]!.start;
    const opening = text.slice(start, start + 4);
    const goesOn = continuations.some((word) => opening.startsWith(word));
    if (!goesOn && timeBreaks.some((word) => opening.startsWith(word))) return null;
    if (text.slice(sentences[i - 1]!.end, start).includes('\n')) return null;
    if (!goesOn) stockOnly = true;
    const last = timesBetween(passage, sentences[i - 1]!.start, sentences[i - 1]!.end).at(-1);
    if (!last) {
      if (place.sentenceIndex - i > 6) return null;
      continue;
    }
    if (!last.period) return null;
    if (!stockOnly) return last;
    if (last.kind === 'now') return isState(place) ? last : null;
    if (last.rule === 'time: this year so far' || last.rule === 'time: past year') return last;
    return opensSentence(passage, i - 1, last) ? last : null;
  }
  return null;
}

/** A year further back tells when something began (2012年,启动…), and not when all that follows was. */
const farBack = 2;

/** 2023年,…: the year that a sentence opens with, and the only one it names, goes for those behind it in the paragraph. */
function opensSentence(passage: Passage, index: number, time: TimeWord): boolean {
  const { start, end } = passage.sentences[index]!;
  if (time.period?.from.length !== 4 || time.kind === 'now' || time.kind === 'undated') return false;
  const since = plans.has(passage.genre) && !looksBack(passage, start) ? 0 : farBack;
  if (time.kind === 'point' && Number(time.period.from) < Number(passage.reference?.slice(0, 4)) - since) return false;
  return (
    /^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．)）])?[\s　]*$/.test(
      passage.text.slice(start, time.start),
    ) &&
    /^[,，]|^[\u4e00-\u9fa5]/.test(passage.text.slice(time.end, time.end + 1)) &&
    timesBetween(passage, start, end).length === 1
  );
}

/** Nothing in the clause says that something was done. */
const isState = (place: Place): boolean => place.item.dimension !== 'money' && lastVerb(place.left)?.kind !== 'flow';

/** What the accrual of a figure may depend on. */
interface AccrualContext {
  status: Status;
  /** Index of the figure of which this one is a part, or null. */
  whole: number | null;
  subject: string;
  /** The figures before it, by index. */
  earlier: readonly { readonly accrual?: Accrual }[];
}

/** 增长6.8%, 下降了2.6%: the change itself, and not what it led to. */
const endsWithChange =
  /(?:提高|提升|上升|增长|增加|新增|扩大|下降|降低|减少|压缩|缩短|压减|回落|上涨|增|升|降|减)了?(?:约|近|超过?|达到?)?$/;

/** State or flow, or a rate that recurs; a part of which no verb tells goes with its `whole`. */
export function accrualOf(passage: Passage, place: Place, context: AccrualContext): Accrual | undefined {
  const { item } = place;
  const { status, whole } = context;
  if (item.dimension === 'duration' || status === 'standard') return undefined;
  const clause = place.cell ? place.cell.heads.join('') : passage.text.slice(place.clause.start, item.quoteStart);
  const near = passage.text.slice(Math.max(place.segmentStart, place.clause.start - 24), item.quoteStart);
  if (item.per.includes('月') || /每月|月均/.test(clause)) return 'monthly';
  if (item.per.includes('年') || /每年|常年|年均|年度|每学年/.test(clause)) return 'annual';
  if (comparedWith(place) && place.index > 0 && changes.test(place.right))
    return context.earlier[place.index - 1]!.accrual;
  if (item.dimension === 'ratio') return shareAccrual(passage, place, clause, context);
  if (item.dimension === 'money' && /(?:设备|资产|仪器|装备|图书)(?:总|净)?值/.test(context.subject || clause))
    return 'stock';
  if (item.dimension === 'multiple')
    return /扩容|增长|提高|增加/.test(clause) ? 'flow' : /[是为达]/.test(place.left) ? 'stock' : undefined;
  if (item.dimension === 'coefficient' || item.per.length > 0) return item.dimension === 'money' ? undefined : 'stock';
  if (item.dimension === 'money') return 'flow';
  const kind =
    kindBefore(place.cell ? clause : place.left) ??
    verbBehind(place)?.kind ??
    lastVerb(near)?.kind ??
    (whole === null ? null : kindBefore(passage.places[whole]!.left));
  return kind === 'flow' ? 'flow' : 'stock';
}

/** Say that a number follows, and nothing of time. */
const bareLinks = new Set(['为', '是', '达', '达到', '共', '计', '共计', '总计', '有']);

/** What the last verb before the number says; a bare link (参与家长达…) leaves the word to a verb of doing before it. */
function kindBefore(left: string): VerbKind | null {
  const verbs = verbsIn(left);
  const last = verbs.at(-1);
  if (!last) return null;
  if (!bareLinks.has(last.word)) return last.kind;
  const doing = verbs.findLast(({ word }) => !bareLinks.has(word));
  if (doing) return doing.kind;
  return last.word === '为' || last.word === '共' ? null : last.kind;
}

function shareAccrual(
  passage: Passage,
  place: Place,
  clause: string,
  { earlier }: AccrualContext,
): Accrual | undefined {
  if (endsWithChange.test(place.left)) return 'flow';
  if (/的\s*$/.test(place.left) && /^(?:直接)?(?:分配|用于|安排)/.test(place.right)) return undefined;
  if (/名额分配比例/.test(clause)) return undefined;
  const before = passage.places[place.index - 1];
  const fromFlow = before && before.sentenceIndex === place.sentenceIndex && /占|分配|其中/.test(clause);
  if (!fromFlow) return 'stock';
  if (
    /其中/.test(clause) &&
    /每年|常年|年均|每学年/.test(passage.text.slice(before.clause.start, before.item.quoteStart))
  )
    return 'annual';
  return earlier[before.index]!.accrual === 'flow' ? 'flow' : 'stock';
}

/** Opens with a change: 3874人增加1252人. */
const changes = /^(?:净|共)?(?:提高|提升|上升|增长|增加|下降|降低|减少|多|少)/;

/** A verb that follows the number: 13所学校进行了改扩建, 389名教师交流轮岗. */
function verbBehind(place: Place): { kind: VerbKind } | null {
  if (place.right === '' || /^[、，,。；;：:)）]/.test(place.right)) return null;
  const found = lastVerb(place.right.slice(0, 24));
  return found?.kind === 'flow' ? found : null;
}

const markers = new Trie<'planned' | 'target' | 'standard' | 'none'>([
  ...plannedWords.map((word) => [word, 'planned'] as const),
  ...targetWords.map((word) => [word, 'target'] as const),
  ...standardWords.map((word) => [word, 'standard'] as const),
  ...notMarkers.map((word) => [word, 'none'] as const),
]);

const plans = new Set(['notice_plan']);

/** Reached, planned, a goal, or a norm that is cited. A plan's numbers are goals, a report's are reached, unless words say otherwise. */
export function statusOf(passage: Passage, place: Place, time: TimeWord | null, ofWhole: Status | null): Status {
  const { text, genre } = passage;
  const { item } = place;
  if (item.per.some((per) => /^\d+年$|^[一二三四五六七八九十]+年$/.test(per)) && item.unit === '学时')
    return 'standard';
  const column = place.cell?.heads.at(-1) ?? '';
  if (/^(?:国家|省|省定|省级|评估|达标|办学|配备)?(?:标准|指标)(?:值|要求|线)?$/.test(column)) return 'standard';
  if (place.cell?.heads.some((head) => /预算(?:数|额|安排)?$/.test(head))) return 'planned';
  if (/(?:目标|计划|任务)(?:值|数|量)?$/.test(column)) return column.includes('计划') ? 'planned' : 'target';
  const head = passage.places[place.listStart]!;
  const clause = place.cell ? place.cell.heads.join('') : text.slice(head.clause.start, head.item.quoteStart);
  const marked = markerIn(clause);
  if (marked === 'standard' && /(?:标准|规定|要求)[^,，]{0,4}$/.test(clause) && item.dimension !== 'multiple')
    return 'standard';
  if (plans.has(genre) || looksAhead(passage, item.quoteStart)) {
    if (marked === null && (isReached(passage, place, clause) || isPast(passage, place, time))) return 'actual';
    if (marked !== null) return marked === 'planned' ? 'planned' : 'target';
    if (ofWhole) return ofWhole;
    return carriedFrom(text.slice(place.segmentStart, place.clause.start), clause) ?? 'target';
  }
  if (rulings.has(genre) && (item.bound === 'at_least' || item.bound === 'at_most') && marked === null) return 'target';
  if (marked === 'planned' || marked === 'target') return marked;
  if (rulings.has(genre) && item.dimension === 'count' && recruits(passage, place)) return 'planned';
  if (marked === null && ofWhole !== null && !/已/.test(clause)) return ofWhole;
  const carried = carriedFrom(text.slice(place.segmentStart, place.clause.start), clause);
  if (carried) return carried;
  if (isBudget(passage, place, time)) return 'planned';
  if (opensAhead.test(text.slice(place.sentence.start, item.quoteStart))) return 'planned';
  const rest = text.slice(item.quoteEnd, segmentEnd(passage, place));
  if (
    /^[^,，。；;]{0,24}(?:的)?(?:目标|要求)(?:[,，。；;]|$)/.test(rest) &&
    !/完成|实现|超出|超过|高于|达到/.test(rest)
  )
    return 'target';
  if (time?.kind === 'deadline' && isLater(passage.reference, time.period)) return 'target';
  const goal =
    /(?:力争|预计|计划|拟)[^。]{0,12}/.test(rest) ||
    /(?:力争|预计|计划|拟)/.test(text.slice(place.segmentStart, place.clause.start));
  const going = underWay.some((word) => text.slice(place.segmentStart, item.quoteStart).includes(word));
  if (goal && time && isLater(passage.reference, time.period)) return 'planned';
  return goal && going && time === null ? 'planned' : 'actual';
}

/** Genres that set conditions: 年龄不超过35周岁. */
const rulings = new Set(['notice', 'announcement']);

/** 2024年专项经费预算共计1.8亿元, in that year or before it. */
const isBudget = ({ reference }: Passage, { item, left }: Place, time: TimeWord | null): boolean =>
  item.dimension === 'money' &&
  /(?<!公共|基金|财政)预算(?:总额|资金|经费)?(?:安排|共计|合计|总计|为|达|约|增加|减少)*$/.test(left) &&
  (!time?.period || reference === null || time.period.to.slice(0, 4) >= reference.slice(0, 4));

/** 下一步,…: all of the sentence is yet to come. */
const opensAhead = /^[\s　]*(?:下一步|接下来|今后|下一?阶段|下步|明年|未来)(?!是|为止)/;

/**
 * 现公开招聘教师120名,其中高中20名; 初中教师岗位62个 under 招聘岗位: an announcement tells of posts yet to be filled, unless it
 * says that they are (去年招聘的187名教师已到岗).
 */
function recruits(passage: Passage, { sentence, item, right }: Place): boolean {
  const words = passage.text.slice(sentence.start, item.quoteStart);
  if (/已|报名人数|进入|入围|通过|缴费|完成|(?:招聘|招录|招考)(?:计划|岗位)的?(?:取消|核减)/.test(words)) return false;
  if (/^[^,，。；;]{0,8}已/.test(right)) return false;
  if (/(?:招聘|招录|招考|选聘|招募|遴选|选调|招收)/.test(words)) return true;
  const heading = scopesAt(passage, item.quoteStart)[0] ?? '';
  return (
    '名人个'.includes(item.unit) && /(?:招聘|招录|招考|选聘|招募|遴选|选调)(?:岗位|计划|名额|人数|职位)/.test(heading)
  );
}

/** A plan also tells of years that are over, and of how things stand. */
const isPast = (passage: Passage, { item }: Place, time: TimeWord | null): boolean =>
  looksBack(passage, item.quoteStart) ||
  (time?.period != null && passage.reference !== null && time.period.to.slice(0, 4) < passage.reference.slice(0, 4));

/** A plan tells what is so already: 目前还缺学位3200个, 已建成学校2所. */
function isReached({ text }: Passage, place: Place, clause: string): boolean {
  if (/已(?:经)?[\u4e00-\u9fa5]{2}|现有|现已/.test(clause)) return true;
  const before = text.slice(place.sentence.start, place.item.quoteStart);
  const now = Math.max(...['目前', '截至', '现有', '当前', '现状'].map((word) => before.lastIndexOf(word)));
  return now >= 0 && markerIn(before.slice(now)) === null && !/到(?:19|20)\d\d年/.test(before.slice(now));
}

/** 拟投资2.3亿元,可提供学位2160个: what an earlier clause plans holds on, until something is said to be done. */
function carriedFrom(clauses: string, own: string): Status | null {
  let found: Status | null = null;
  let end = 0;
  for (const match of clauses.matchAll(
    /(力争|争取(?=[到在于达年用把让使尽早]|实现|完成)|(?<=^|[,，、：:；;“"])(?:再?要|须|必须)(?![求点素闻务领害么是]))|(?:拟|预计|将(?:再|继续|陆续)?(?=投资|投入|新建|建设|实施)|(?:(?<![\u4e00-\u9fa5])|(?<=[全我本][县市区])|(?=计划(?:再|总)?(?:投|招|新|建|增|改|扩|开设|补充|更新|购|选派|引进))(?<![动善升护养励展产作年度训教才程生项施]))计划)(?=[\u4e00-\u9fa5])/g,
  )) {
    if (/虚$|模$/.test(clauses.slice(0, match.index))) continue;
    found = match[1] ? 'target' : 'planned';
    end = match.index;
  }
  return found && !/已|目前|现有|截至|累计|去年|完成了|建成了/.test(clauses.slice(end) + own) ? found : null;
}

/** What the words of a clause say of it by their last marker: planned, a goal, a norm that is cited; null where none stands. */
export function markerIn(text: string): 'planned' | 'target' | 'standard' | null {
  let found: 'planned' | 'target' | 'standard' | null = null;
  for (const match of markers.scan(text, 0, text.length)) {
    if (match.value === 'none') continue;
    if (text[match.at] === '将' && match.length === 1 && isHandling(text, match.at)) continue;
    if (text.startsWith('计划', match.at) && isNameOfPlan(text, match.at)) continue;
    found = match.value;
  }
  return found;
}

/** 行动计划, 年度计划 name a plan; 2024年计划投资 plans. */
const isNameOfPlan = (text: string, at: number): boolean =>
  /[动善升护养励展产作年度训教才程生]$/.test(text.slice(0, at)) &&
  !(
    /(?:\d|[今明本])年$/.test(text.slice(0, at)) &&
    /^计划(?:投|新|改|扩|招|建|完|实施|总|再|补|引|培|安)/.test(text.slice(at, at + 4))
  );

/** 将8个城区学校结对: 将 as 把, before a noun and not before a verb of coming. */
function isHandling(text: string, at: number): boolean {
  return !/^将(?:新增|新建|达|达到|增|建|投|于|在|实现|完成|提供|招|有|扩|改|再|把|对|从|以|用|通过|按|分批|分期|争取|补充|选派|设立|采购|购|培训|引入|继续|全面|进一步|逐步|陆续|安排|投入|组织|开展|惠及|覆盖|为|启动|实施|引进)/.test(
    text.slice(at, at + 4),
  );
}

const isLater = (reference: string | null, period: Period | null): boolean =>
  reference !== null && period !== null && period.to > reference.slice(0, period.to.length);
