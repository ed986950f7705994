// When a figure holds: the time word that governs it, in its sentence, before it in the paragraph, in a heading or the title.
import { continuations, timeBreaks } from '../lexicon/time.js';
import { clauseEnd, clauseStart } from '../rules/candidate.js';
import { type TimeWord, timeWords } from '../rules/period.js';
import type { Cell } from './cells.js';
import { membersOf } from './in-step.js';
import { looksBack, type Passage, type Place, plans, scopesAt, timesBetween } from './passage.js';
import { lastVerb } from './verbs.js';

/** The time word that governs the figure, or null. */
export function timeOf(passage: Passage, place: Place): TimeWord | null {
  if (place.cell) return timeOfCell(passage, place.cell) ?? timeOfHeading(passage, place);
  const inSentence = timesBetween(passage, place.sentence.start, place.sentence.end);
  const against = comparedWith(place);
  if (against) {
    const governing = inSentence.filter((time) => time.end <= place.item.quoteStart).at(-1);
    return yearBefore(governing ?? inherited(passage, place) ?? timeOfHeading(passage, place), against);
  }
  const origin = originOf(place);
  const ownItem = itemOf(passage, place);
  const from = Math.max(origin, ownItem);
  const before = inSentence.filter(
    (time) => time.end <= place.item.quoteStart && time.start >= from && !isOfItem(passage, place, time),
  );
  if (origin > 0 && before.length === 0) return null;
  const nearest = before.findLast((time) => !isOriginTime(passage, place, time));
  if (nearest?.rule === wholeYearRule && nearest.yearless) return wholeYear(passage, place, nearest);
  if (nearest) return nearest.period ? ofOneYear(passage, place, nearest) : null;
  const ahead = isDone(passage, place)
    ? undefined
    : timesBetween(passage, place.item.quoteEnd, segmentEnd(passage, place)).find(
        (time) => isGoal(passage, time) && !begins.test(passage.text.slice(time.end, time.end + 6)),
      );
  if (ahead && !hasOwnFigure(passage, place, ahead)) return ahead;
  return inherited(passage, place) ?? (ownItem > 0 ? null : timeOfHeading(passage, place));
}

const wholeYearRule = 'time: whole year';

/** 全年 of a sentence before, as the year of the heading or the title. */
function yearOfHeading(passage: Passage, place: Place, time: TimeWord): TimeWord {
  const period = timeOfHeading(passage, place)?.period;
  const year = period && period.from.slice(0, 4) === period.to.slice(0, 4) ? period.from.slice(0, 4) : null;
  return year ? { ...time, period: { from: year, to: year } } : time;
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
  const named = yearInStep(passage, members, place.index - members[0]!.index);
  if (named) return { ...time, period: { from: named, to: named } };
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

/** 2021、2022、2023年…分别为: the year in the same place of the list of years before the list of amounts; null where none is. */
function yearInStep({ text }: Passage, members: readonly Place[], at: number): string | null {
  const first = members[0]!;
  const words = text.slice(Math.max(first.segmentStart, first.clause.start - 80), first.item.quoteStart);
  if (members.length < 2 || !/分别|依次/.test(words)) return null;
  const listed = [...words.matchAll(/(?:(?:19|20)\d\d年?度?[、和及与至]){1,}(?:19|20)\d\d年/g)].at(-1)?.[0];
  const years = listed?.match(/\d{4}/g);
  return years?.length === members.length ? years[at]! : null;
}

/** 比上年14.61亿元增长4.86%: the year that the number is of, where it is what others are compared with; else null. */
export const comparedWith = ({ left }: Place): string | null =>
  /[比较](?:于)?(上年|去年|前年|(?:19|20)\d\d年)(?:同期|度?[末底初])?的?$/.exec(left)?.[1] ?? null;

/** 上年 of a sentence that tells of 2023 is 2022, whenever the text was written. */
function yearBefore(governing: TimeWord | null, against: string): TimeWord | null {
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
  // 到2025年,培训率达到100%: the clause behind is what the date alone opens.
  const opens = /[,，]/.test(text[time.end] ?? '\n') ? time.end + 1 : time.end;
  return next !== undefined && next.item.quoteStart < clauseEnd(text, opens);
}

/** Where the segment of the place ends: before the next ； of its sentence. */
export function segmentEnd({ text }: Passage, { item, sentence }: Place): number {
  const mark = text.slice(item.quoteEnd, sentence.end).search(/[；;]/);
  return mark < 0 ? sentence.end : item.quoteEnd + mark;
}

/** 2023年…由48%提高到53%: where the words about the first amount begin, which holds before the time that is told; 0 for any other. */
export function originOf({ left, right, item }: Place): number {
  const from =
    /[由从](?:(?:19|20)\d\d年[底末初]?)?(?:的|原来的?|过去的?|最初的?|以前的?|上年的?|去年的?|[\u4e00-\u9fa5]{1,3}时的?)?(?:每[\u4e00-\u9fa5]{1,2}){0,2}$/.exec(
      left,
    );
  return from && changesTo.test(right) ? item.quoteStart - from[0].length : 0;
}

/** 一是…,近两年…;二是…: where the item of the place begins, if it is not the first of its sentence; 0 for any other. */
function itemOf({ text }: Passage, { sentence, item }: Place): number {
  const before = text.slice(sentence.start, item.quoteStart);
  if (before.indexOf('是') === before.lastIndexOf('是')) return 0;
  const marks = [...before.matchAll(/(?:^|[，,；;：:、])[一二三四五六七八九十]是/g)];
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last || first === last) return 0;
  const times = /(?:19|20)\d\d年|近.{1,2}年|今年|去年/.test(before.slice(0, first.index));
  return times ? 0 : sentence.start + last.index;
}

/** 确保9月底前投入使用；新建幼儿园3所: a date within an item of a list is not that of the items behind it. */
const isOfItem = ({ text }: Passage, { segmentStart, sentence }: Place, time: TimeWord): boolean =>
  (time.rule === 'time: by a month' || time.rule === 'time: years to come') &&
  time.end <= segmentStart &&
  /[,，；;]/.test(text.slice(sentence.start, time.start));

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
  /^(?:[(（][^)）]*[)）])?(?:提高|提升|上升|增长|增加|扩大|扩充|下降|降低|减少|压缩|缩短|压减|回落|上涨|调整|优化|升|降|增|减|改|涨)[到至为]/;

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
function isGoal({ text, reference }: Passage, time: TimeWord): boolean {
  const later =
    time.period !== null && reference !== null && time.period.from > reference.slice(0, time.period.from.length);
  return (
    time.kind === 'deadline' ||
    (later && isReadyBy.test(text.slice(time.end, time.end + 12))) ||
    /(?:力争|计划|预计|拟|将于|争取|确保)(?:于|到|在)?(?:(?:19|20)\d\d年\d{1,2}月(?:底|初|份)?[\u4e00-\u9fa5]{0,4}开工[,，、])?$/.test(
      text.slice(Math.max(0, time.start - 24), time.start),
    )
  );
}

/** 2023年秋季学期前投入使用. */
const isReadyBy = /^(?:学期)?(?:开学)?(?:之?前)?(?:全部|正式|全面|可)?(?:投入使用|建成|完工|竣工|投用|交付|启用)/;

/** 已完成投资1700万元,…预计2024年6月交付: what was done by now is not of that date. */
const isDone = ({ text }: Passage, { clause, item }: Place): boolean =>
  /(?:^|[^将划计拟前])完成(?:了|投资|总|工程|率)|已|到位资金|目前|累计/.test(text.slice(clause.start, item.quoteStart));

/** 计划2024年10月开工: the date when work begins is not that by which something is reached. */
const begins = /^(?:前|底|份|正式|全面)*(?:开工|动工|启动|招标|施工|开建|奠基)/;

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
    const told = timesBetween(passage, sentences[i - 1]!.start, sentences[i - 1]!.end).at(-1);
    const last = told?.rule === wholeYearRule && told.yearless ? yearOfHeading(passage, place, told) : told;
    if (!last) {
      if (place.sentenceIndex - i > 6) return null;
      continue;
    }
    if (!last.period) return null;
    if (!stockOnly) return last;
    if (last.kind === 'now') return isState(place) ? last : null;
    if (last.rule === 'time: this year so far' || last.rule === 'time: past year') return last;
    // 近三年学生减少4000人。校均学生68人: how things stand is so at the end of such years, not through them.
    if (last.kind === 'since' && isState(place) && /均|仅|只|仍|尚|高达/.test(place.left)) return null;
    if (last.kind === 'since' && place.item.per.length > 0 && lastVerb(place.left)?.kind !== 'flow') return null;
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
const isState = (place: Place): boolean =>
  (place.item.dimension !== 'money' || /(?:设备|资产|仪器|装备)(?:总|净)?值/.test(place.left)) &&
  lastVerb(place.left)?.kind !== 'flow';
