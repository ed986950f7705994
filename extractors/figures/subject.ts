// What a figure measures: the shortest noun phrase that names it with the words that restrict it. Taken from the right of the
// number where a noun follows it, else from the left, else from the clauses around; jieba's word classes tell noun from verb.
import nodejieba from 'nodejieba';
import { Trie } from '../engine/trie.js';
import { bareRates, keptVerbs, leadingWords, linkWords, restrictingVerbs } from '../lexicon/phrases.js';
import { stageWords } from '../lexicon/stages.js';
import { stockVerbs } from '../lexicon/verbs.js';
import { clauseEnd, clauseStart } from '../rules/candidate.js';
import { type Passage, type Place, scopesAt } from './passage.js';
import { lastVerb } from './verbs.js';

const links = new Trie(
  linkWords.map((word) => [word, true] as const),
  true,
);
const linksForward = new Trie(linkWords.filter((word) => word.length > 1).map((word) => [word, true] as const));
const leads = new Trie(leadingWords.map((word) => [word, true] as const));
const kept = new Set(keptVerbs);
const stocks = new Set(stockVerbs);
const stageOnly = new Set(stageWords.map(([word]) => word));
const rates = new Set(bareRates);

/** What is needed of the figures before this one. */
export interface SubjectContext {
  /** Subjects already found, by index. */
  subjects: readonly string[];
  /** Index of the figure of which this one is a part. */
  whole: number | null;
}

export interface Subject {
  words: string;
  action: string | null;
}

/** The subject and, where one stands in the text, the verb that relates it to the number. */
export function subjectOf(passage: Passage, place: Place, context: SubjectContext): Subject {
  const list = passage.places[place.listStart]!;
  const head = list === place ? place : list;
  const action = lastVerb(head.left)?.word ?? null;
  const words =
    (place.item.dimension === 'ratio' || place.item.dimension === 'coefficient' || place.item.dimension === 'multiple'
      ? shareSubject(passage, place, head, context)
      : place.item.dimension === 'money'
        ? moneySubject(passage, place, head, context)
        : countSubject(passage, place, head, context)) || fallback(place, context);
  return { words: tidy(words), action };
}

const fallback = (place: Place, { subjects }: SubjectContext): string => subjects[place.index - 1] ?? '';

/** Cuts quotes' and brackets' loose ends and white space. */
const tidy = (words: string): string =>
  words
    .replace(/[(（][^)）]*[)）]/g, '')
    .replace(/^[\s　、,，:：和及与的了“”"]+(?=[^“”"])|[\s　、,，:：和及与了(（]+$/g, '')
    .replace(/[\s　]+/g, '')
    .slice(-60);

const startsWithMark = (text: string): boolean => text === '' || /^[\s　]*[、，,。；;：:)）\n”"]/.test(text);

/** Cuts words that lead a phrase and belong to none: 目前, 全县, 其中. */
function cutLeads(text: string): string {
  let from = 0;
  for (;;) {
    while (from < text.length && /[\s　、,，]/.test(text[from]!)) from++;
    const match = leads.longest(text, from);
    if (match && from + match.length < text.length) {
      from += match.length;
      continue;
    }
    const placeName = /^[\u4e00-\u9fa5]{2,3}[县市区](?!级|域|直|属|内|外)/.exec(text.slice(from, from + 6));
    const time =
      /^(?:(?:19|20)\d\d(?:[-—–](?:19|20)\d\d)?年(?:\d+月)?(?:以来|底|秋季|春季)?|近[一二两三四五六七八九十]年|[“"]?十[一二三四五]五[”"]?(?:以来|期间|时期)|[一二三四五六七八九十]年)/.exec(
        text.slice(from, from + 16),
      );
    const cut = (time?.[0] ?? placeName?.[0] ?? '').length;
    if (cut === 0 || from + cut >= text.length) return text.slice(from);
    from += cut;
  }
}

/** Cuts link words from the end: 比例达到 -> 比例. */
function cutLinks(text: string): string {
  let end = text.length;
  for (;;) {
    while (end > 0 && /[\s　]/.test(text[end - 1]!)) end--;
    const match = links.longest(text, end);
    if (!match || match.length >= end) return text.slice(0, end);
    end -= match.length;
  }
}

/** The noun phrase at the end of `text`: behind its last verb that is no part of a noun. */
function phraseAtEnd(text: string): string {
  const cut = cutLinks(text);
  let start = 0;
  for (let rest = cut; ; ) {
    const verb = lastVerb(rest);
    if (!verb) break;
    const { end } = verb;
    const nominal =
      end === cut.length ||
      /^[率数量额比者费金]/.test(cut.slice(end)) ||
      (kept.has(verb.word) && !isPredicate(cut, verb.at, end));
    if (!nominal) {
      start = /^了/.test(cut.slice(end)) ? end + 1 : end;
      break;
    }
    rest = rest.slice(0, verb.at);
  }
  const words = cutLeads(cut.slice(start));
  return stripAttribute(words);
}

/** 组织、安排… in front, with an object behind: a verb that could be part of a noun stands as one after punctuation or a lead. */
const isPredicate = (text: string, at: number, end: number): boolean =>
  (at === 0 || /[、,，共已并了]$/.test(text.slice(0, at))) && !/^[\u4e00-\u9fa5]{2,}/.test(text.slice(end));

/** Drops a long attribute clause with a verb before 的 where the head is long enough alone. */
function stripAttribute(words: string): string {
  const at = words.lastIndexOf('的');
  return at > 14 && words.length - at > 3 ? words.slice(at + 1) : words;
}

interface Word {
  word: string;
  tag: string;
}

/** The noun phrase that opens `text` and the predicate behind it. */
export function phraseAtStart(text: string): { noun: string; predicate: string } {
  const limited = text.slice(0, 40);
  const words = nodejieba.tag(limited) as Word[];
  let at = 0;
  let depth = 0;
  for (const { word, tag } of words) {
    if (/[“"《(（]/.test(word)) depth++;
    const ends =
      depth === 0 &&
      (/^[、，,。；;：:]$/.test(word) ||
        (isVerb(tag, word) && !isNominal(limited, at, word)) ||
        (/^[pdru]/.test(tag) && word !== '的' && word !== '等' && at > 0) ||
        (tag === 'p' && at === 0));
    if (ends) break;
    if (/[”"》)）]/.test(word)) depth = Math.max(0, depth - 1);
    at += word.length;
  }
  return {
    noun: limited
      .slice(0, at)
      .replace(/^的/, '')
      .replace(/(?:等|的)$/, ''),
    predicate: limited.slice(at),
  };
}

const isVerb = (tag: string, word: string): boolean => (tag === 'v' || tag === 'vd' || tag === 'vi') && word.length > 0;

/** A verb inside a noun: before a suffix noun, or listed as one that forms nouns and followed by more of it. */
function isNominal(text: string, at: number, word: string): boolean {
  const rest = text.slice(at + word.length);
  return at > 0 && kept.has(word) && /^[\u4e00-\u9fa5]/.test(rest) && !/^(?:到|在|了|着|进|于)/.test(rest);
}

function countSubject(passage: Passage, place: Place, head: Place, context: SubjectContext): string {
  const right = rightOf(passage, place);
  if (!startsWithMark(right)) {
    const { noun, predicate } = phraseAtStart(right);
    const trimmed = predicate.replace(/^(?:进行了?|被)/, '').replace(/[，,。；;、：:].*$/s, '');
    const restricting = restrictingVerbs.some((verb) => predicate.startsWith(verb)) && !/^进行了/.test(predicate);
    if (noun === '') return restrictedPrevious(trimmed, predicate, context, place);
    return restricting && trimmed !== '' ? `${trimmed}的${noun}` : noun;
  }
  const left = phraseAtEnd(head.left);
  if (left === '') return fallback(place, context) || phraseAtEnd(clauseBefore(passage, place));
  return withContext(left, place, context);
}

/** 5大类、60多种课程: the noun stands behind the last number of the list. */
function rightOf(passage: Passage, place: Place): string {
  let right = place.right;
  for (let i = place.index + 1; /^[、和及]$/.test(right.trim()) && i < passage.places.length; i++) {
    if (passage.places[i]!.listStart !== place.listStart) break;
    right = passage.places[i]!.right;
  }
  return right;
}

/** 220人分配到乡村学校任教: the head is that of the figure before. 4人获一等奖: the object names what is counted. */
function restrictedPrevious(trimmed: string, predicate: string, { subjects }: SubjectContext, place: Place): string {
  const object = /^(?:获得?|荣获|获评|通过|入选|取得)(.+)$/.exec(trimmed);
  if (object) return object[1]!;
  const previous = subjects[place.index - 1] ?? '';
  const headNoun = /(教师|学生|学校|家长|校长|干部|教职工|幼儿|儿童)[^的]{0,2}$/.exec(previous)?.[1] ?? previous;
  return predicate === '' ? previous : `${trimmed}的${headNoun}`;
}

/** Parts take what restricts their whole; people at an event take the event. */
function withContext(words: string, place: Place, { subjects, whole }: SubjectContext): string {
  const previous = subjects[place.index - 1] ?? '';
  if (stageOnly.has(words)) return whole !== null ? (subjects[whole] ?? words) : words;
  if (words.startsWith('参与') && previous !== '' && !previous.startsWith('参与')) return previous + words;
  const restrictor = whole === null ? null : /^(.+的)([^的]+)$/.exec(subjects[whole] ?? '');
  if (restrictor && words.endsWith(restrictor[2]!.slice(-2)) && !words.includes('的') && /其中/.test(place.left))
    return restrictor[1]! + words;
  return words;
}

function clauseBefore(passage: Passage, place: Place): string {
  if (place.clause.start <= place.sentence.start) return '';
  return passage.text.slice(
    Math.max(place.sentence.start, clauseStart(passage.text, place.clause.start - 1)),
    place.clause.start - 1,
  );
}

function clauseAfter(passage: Passage, place: Place): string {
  if (place.clause.end >= place.sentence.end) return '';
  return passage.text.slice(place.clause.end + 1, clauseEnd(passage.text, place.clause.end + 1));
}

const bareMoney = new Set(['', '资金', '经费', '专项资金', '投资', '投入', '财政资金', '各类资金', '金额', '总投资']);

function moneySubject(passage: Passage, place: Place, head: Place, context: SubjectContext): string {
  const right = place.right;
  if (/^的/.test(right)) return phraseAtStart(right.slice(1)).noun;
  if (!startsWithMark(right)) {
    const { noun, predicate } = phraseAtStart(right);
    if (noun !== '') return /^用于/.test(predicate) ? `${predicate}的${noun}` : noun;
    const object = objectOf(right);
    if (object !== '') return object;
  }
  const left = phraseAtEnd(head.left);
  if (!bareMoney.has(left)) return left;
  if (/每[人生]/.test(head.left) || /最高|标准/.test(head.left)) {
    const before = phraseAtEnd(clauseBefore(passage, place));
    if (before !== '') return before;
  }
  const investment = scopesAt(passage, place.item.quoteStart)
    .map((scope) => /加大(.{2,12}投入)/.exec(scope)?.[1])
    .find(Boolean);
  const after = objectOf(clauseAfter(passage, place).replace(/[0-9０-９].*$/s, ''));
  if (investment && left !== '资金') return investment;
  if (after !== '') return left === '资金' || left === '经费' ? `${after}${left}` : after;
  return left || fallback(place, context);
}

/** The object of the verb that opens `text`: 建设中小学综合实践学校; after 等 its last head. */
function objectOf(text: string): string {
  const clause = text.replace(/[，,。；;：:].*$/s, '');
  const verb =
    /^(?:并|以|又|全力|全面|大力|用于|专门用于)?((?:建设|实施|新建|改造|完成|购置|装备|维修|提升|改善|更新|支持|用于|开展|推进|配备|建成|改扩建|扩建|完善|奖励|补助|发放|安装|启动|打造|设立|修建)(?:[、和](?:建设|维修|新建|改建|扩建))?(?:维修|建设|改造)?了?)/.exec(
      clause,
    );
  const rest = verb ? clause.slice(verb[0].length) : '';
  const listed = /等([^等]{2,16})$/.exec(rest);
  return (listed?.[1] ?? rest).replace(/^了/, '');
}

function shareSubject(passage: Passage, place: Place, head: Place, context: SubjectContext): string {
  const { subjects } = context;
  const previous = subjects[place.index - 1] ?? '';
  const left = head.left;
  if (/占比?$/.test(cutSpaces(left)) || /占[^,，]{0,30}的$/.test(left))
    return previous || phraseAtEnd(left.replace(/占.*$/s, ''));
  const of = /^(.*?)的$/s.exec(cutSpaces(left));
  if (of && !startsWithMark(place.right) && !hasLink(left)) {
    const base = cutLeads(of[1]!);
    return `${place.right.replace(/[，,。；;、：:].*$/s, '')}的${base}`;
  }
  const clause = passage.text.slice(head.clause.start, head.item.quoteStart);
  const words = shareHead(clause);
  if (words === '') {
    const right = startsWithMark(place.right) ? '' : place.right.replace(/[，,。；;、：:].*$/s, '');
    const headNoun = /(教师|学生|学校|家长|校长|干部|教职工)[^的]{0,2}$/.exec(previous)?.[1];
    return right !== '' ? `${right}的${headNoun ?? previous}` : previous || phraseAtEnd(clauseBefore(passage, place));
  }
  if (rates.has(words)) return rateInContext(words, place, previous, passage);
  return words;
}

const cutSpaces = (text: string): string => text.replace(/[\s　]+$/, '');

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
      /^(?:不低于|不少于|不超过|不高于|达到|分别|保持|上调|提高)/.test(clause.slice(match.at))
    ) {
      end = match.at;
      break;
    }
  }
  let words = cutLinks(clause.slice(0, end)).replace(/分别$|每年$|均$/, '');
  const stagesFirst = /^.*?(?:小学|初中|高中|幼儿园)(?:[、和](?:小学|初中|高中))+(?:[(（][^)）]*[)）])?(.+)$/s.exec(
    words,
  );
  if (stagesFirst && stagesFirst[1]!.length > 3) words = stagesFirst[1]!;
  const verb = /^(?:.*?)(?:确保|保障|实现|推动|按规定|持续)(.+)$/s.exec(words);
  return cutLeads(verb && verb[1]!.length > 3 ? verb[1]! : words);
}

/** 小学入学率100%,巩固率99.73%; 残疾儿童…入学率达到100%: the rate takes whose it is from the figure before. */
function rateInContext(words: string, place: Place, previous: string, passage: Passage): string {
  const before = passage.places[place.index - 1];
  if (before?.segmentStart !== place.segmentStart || previous === '') return words;
  const stage = [...stageOnly].find((word) => previous.startsWith(word) && /率$/.test(previous));
  if (stage) return stage + words;
  return stocks.has(words) || previous.length > 12 ? words : previous + words;
}
