// Noun phrases next to a number: the one that ends before it, the one that begins behind it, and the object of a verb. jieba's
// word classes tell noun from verb; the words that lead, link or restrict a phrase are tables of the lexicon.
import nodejieba from 'nodejieba';
import { Trie } from '../engine/trie.js';
import { denominators } from '../lexicon/denominators.js';
import {
  attributiveVerbs,
  buildingVerbs,
  commonHeads,
  keptVerbs,
  leadingWords,
  linkWords,
  objectVerbs,
  openingVerbs,
  restrictingVerbs,
} from '../lexicon/phrases.js';
import { flowVerbs } from '../lexicon/verbs.js';
import { verbsIn } from './verbs.js';

const links = new Trie(
  linkWords.map((word) => [word, true] as const),
  true,
);
const leads = new Trie(leadingWords.map((word) => [word, true] as const));
const kept = new Set(keptVerbs);
const attributive = new Set(attributiveVerbs);
const opening = new Set(openingVerbs);
const doing = new Set(flowVerbs);
const building = new Trie(
  buildingVerbs.map((word) => [word, true] as const),
  true,
);
const objects = new Trie(objectVerbs.map((word) => [word, true] as const));
const nouns = Object.keys(denominators).sort((a, b) => b.length - a.length);
const bracketed = /[(（][^()（）]*[)）]/g;
/** 每生, 每500名学生. */
const each = new RegExp(
  `每(?:\\d+|[一二三四五六七八九十百千万两]+)?(?:[个间所名位](?=[^\\d,，。]))?(?:${nouns.join('|')})`,
  'g',
);

/** Whether what follows a number is no phrase: nothing, a mark, or only what joins it to the next. */
export const startsWithMark = (text: string): boolean =>
  text === '' ||
  /^[\s　]*(?:[和及与或]|以及)[\s　]*$/.test(text) ||
  /^[\s　]*[、，,。；;：:()（）[\]【】\n”"]/.test(text);

export const cutSpaces = (text: string): string => text.replace(/[\s　]+$/, '');

/** Up to the first clause mark. */
export const clauseOf = (text: string): string => text.replace(/[，,。；;、：:(（].*$/s, '');

/** Cuts words that lead a phrase and belong to none: 目前, 全县, 其中; the whole phrase where it is nothing else. */
export function cutLeads(text: string): string {
  let from = 0;
  for (;;) {
    while (from < text.length && /[\s　、,，(（]/.test(text[from]!)) from++;
    from += sectionMark.exec(text.slice(from, from + 6))?.[0].length ?? 0;
    const rest = text.slice(from, from + 24);
    const lead = leads.longest(text, from)?.length ?? 0;
    const cut = lead > 1 || (lead === 1 && isWord(rest) && !inState.test(rest)) ? lead : timeOrPlace(rest);
    if (cut === 0) return text.slice(from);
    from += cut;
  }
}

/** 在园幼儿, 在校生: a state, and not where something is. */
const inState = /^在[校园编职岗读册建训]/;

/** 一、 (二) 3. before a phrase. */
const sectionMark = /^(?:[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．)）](?!\d))/;

/** Whether the first character is a word of its own: 在 in 在乡村, not in 在校生. */
const isWord = (text: string): boolean => nodejieba.cut(text.slice(0, 8))[0]?.length === 1;

/** The length of a date or a county's name that opens `text`, 0 where there is none. */
function timeOrPlace(text: string): number {
  const time =
    /^(?:截[至止]到?(?:目前|(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|初|中旬|上旬|下旬)?|(?:19|20)\d\d年(?:底|末)?)|较?年初|(?:春|秋)季(?:学期)?|(?:在)?[一二三四五六七八九十]年内|(?:(?:19|20)\d\d年?度?[、和及与])*[到至]?(?:19|20)\d\d(?:[-—–](?:19|20)\d\d)?年(?:\d+月)?(?:\d+日)?(?:以来|底前?|年?底前|前|秋季|春季|末|度)?的?|(?:19|20)\d\d(?:[-—–至](?:19|20)?\d\d)?学年度?|[上下]半年|全年|(?:春|秋)季?学期|第?[一二三四1-4]季度|前[两二三]季度|\d{1,2}月?[-—–至到]\d{1,2}月份?|近[一二两三四五六七八九十]年来?|[“"]?十[一二三四五]五[”"]?(?:以来|期间|时期)|[一二两三四五六七八九十]年(?![级制]|一贯|义务)|\d{1,2}月(?:\d{1,2}日|底|末|初|中旬)?之?前)/.exec(
      text,
    );
  const place =
    /^(?![\u4e00-\u9fa5]{1,2}(?:[城镇片校园学社小辖地郊库老景林矿]区|[较比]市))[\u4e00-\u9fa5]{2,3}[县市区](?!级|域|直|属|内|外|场|民|政|面)/.exec(
      text.slice(0, 6),
    );
  return (time?.[0] ?? place?.[0] ?? '').length;
}

/** Cuts link words from the end: 比例达到 -> 比例. */
export function cutLinks(text: string): string {
  let end = text.length;
  for (;;) {
    while (end > 0 && /[\s　]/.test(text[end - 1]!)) end--;
    const match = links.longest(text, end);
    // 下达 and 节约 are verbs of their own.
    if (!match || match.length >= end || /(?:下达|节约|签约|预约|集约)$/.test(text.slice(Math.max(0, end - 2), end)))
      return text.slice(0, end);
    end -= match.length;
  }
}

/** 学校距县城约12公里 measures from the school. */
const distance = /(?<=[\u4e00-\u9fa5]{2})(?:距(?!离)|距离(?![由从为达])|相距|(?<!距)离)[\u4e00-\u9fa5]{1,8}$/;

/** 区政府将在三年内新增编制: who is to do it stands before. */
const plan = /^[\u4e00-\u9fa5]{2,12}(?:将|拟)(?=[在于从再新增]|[\u4e00-\u9fa5]{0,4}(?:新增|新建|补充|安排|增加))/;

/** The noun phrase at the end of `text`: behind its last verb that is no part of a noun. */
export function phraseAtEnd(text: string): string {
  const cut = cutLinks(text.replace(bracketed, '').replace(each, '').replace(distance, '').replace(plan, ''));
  const verb = verbsIn(cut).findLast(({ word, at, end }) => !isNominal(cut, word, at, end));
  const start = verb ? verb.end + (cut[verb.end] === '了' ? 1 : 0) : 0;
  return lastOfList(stripBuilding(stripAttribute(cutLeads(cut.slice(start)))));
}

/** What a clause speaks of: its words before the first verb or adverb. 教育经费支出连续五年保持增长 -> 教育经费支出. */
export function topicOf(clause: string): string {
  const words = cutLeads(clause.replace(each, ''));
  const verb = verbsIn(words).find(({ word, at, end }) => at > 1 && !isNominal(words, word, at, end));
  const adverb = words.search(/连续|持续|稳步|不断|逐年|逐步|普遍|全部|明显|显著|大幅|进一步|纳入|列入/);
  const end = Math.min(verb?.at ?? words.length, adverb > 1 ? adverb : words.length);
  return words.slice(0, end).replace(/[的了均都已将也]$/, '');
}

/** Whether a verb is part of the noun phrase: it ends the phrase, a suffix makes a noun of it, or it restricts the noun behind. */
function isNominal(text: string, word: string, at: number, end: number): boolean {
  const behind = text.slice(end);
  if (
    behind === '' ||
    /^(?:[率数量额比者费金段面]|标准(?!化))/.test(behind) ||
    (/^[补资奖救]助$|^奖补$/.test(word) && /^(?:资金|经费|专项|总额|对象)/.test(behind)) ||
    (word === '占比' && at > 1) ||
    (word === '治理' && /^(?:任务|体系|能力|工作|水平)/.test(behind)) ||
    (at > 1 && /[建造修固]$/.test(word) && /^(?:项目|工程)/.test(behind)) ||
    attributive.has(word)
  )
    return true;
  if (!kept.has(word) || (/^(?:配备|安装)$/.test(word) && /^[\u4e00-\u9fa5]{2,}/.test(behind))) return false;
  return !opensPhrase(text, at) || (/^[\u4e00-\u9fa5]{2,}/.test(behind) && opening.has(word));
}

/** A verb that opens the phrase, or of which nothing but a lead (五年补充教师) or whom it is for (为新校配备教师) stands before, takes an object. */
const opensPhrase = (text: string, at: number): boolean =>
  at === 0 ||
  '、,，共已并了'.includes(text[at - 1]!) ||
  (at < longestLead && (cutLeads(text.slice(0, at)) === '' || forWhom.test(text.slice(0, at))));

const longestLead = 16;
const forWhom = /^(?:其中)?(?:为|给|向|从|面向|帮助)[^的]{2,12}$/;

/** Drops a long attribute clause before 的 where the head is long enough alone. */
function stripAttribute(words: string): string {
  const at = words.lastIndexOf('的');
  return at > 14 && words.length - at > 3 ? words.slice(at + 1) : words;
}

/** 旱厕改造97个 counts what was rebuilt. */
function stripBuilding(words: string): string {
  const match = building.longest(words, words.length);
  return match && words.length - match.length >= 2 ? words.slice(0, -match.length) : words;
}

/** 韵律操、竞技足球等课外兴趣小组: 等 closes a list of kinds, and the kind behind it is meant. */
function lastOfList(words: string): string {
  const match = /^[^“”"《》]*(?:(?<![中高初])等|等(?!职业|教育|院校|专业|师范))(?!级|次|额|待|候)([^等]{2,})$/.exec(
    words,
  );
  return match ? match[1]! : words;
}

interface Word {
  word: string;
  tag: string;
}

/** The noun phrase that opens `text` and the predicate behind it. */
export function phraseAtStart(text: string): { noun: string; predicate: string } {
  const limited = text.slice(0, 40);
  let at = 0;
  let depth = 0;
  for (const { word, tag } of nodejieba.tag(limited) as Word[]) {
    if (/[“"《]/.test(word)) depth++;
    if (depth === 0 && endsPhrase(limited, at, word, tag)) break;
    if (/[”"》]/.test(word)) depth = Math.max(0, depth - 1);
    at += word.length;
  }
  at = Math.min(at, doer.exec(limited)?.[1]?.length ?? at);
  return {
    noun: limited
      .slice(0, at)
      .replace(/^的/, '')
      .replace(/(?:等|的)$/, ''),
    predicate: limited.slice(at),
  };
}

/** 校长教师交流轮岗, 残疾儿童随班就读, 农村学校安装空调: whom or what the words are about, before what is done. */
const doer = new RegExp(
  `^([\\u4e00-\\u9fa5]*(?:${commonHeads.filter((word) => word.length > 1).join('|')}))(?:交流轮岗|交流任教|轮岗|随班就读|送教上门|送教|考入|考取|安装|配备|更换|免费就读|统一|免费)`,
);

function endsPhrase(text: string, at: number, word: string, tag: string): boolean {
  if (/^[、，,。；;：:()（）[\]\n]$/.test(word)) return true;
  // The dictionary takes 办理 and 核定 for nouns.
  if (at === 0 && /^(?:办理|核定|核算|计算)$/.test(word)) return true;
  if (/^v[di]?$/.test(tag)) return !isVerbInNoun(text, at, word);
  // The dictionary takes 新建 for a place.
  if (tag === 'ns' && at > 0 && doing.has(word)) return true;
  if (at > 0 && /^(?:已|均|都|也|仍|未|尚未|全部|正在|跨校|跨区|今年|明年|去年|年底|目前|面向|涉及)$/.test(word))
    return true;
  if (tag === 'p' || tag === 'd') return at === 0 || tag === 'p' || word.length > 1;
  if (tag === 'c') return word.length > 1;
  return /^[ru]/.test(tag) && word !== '的' && at > 0;
}

/** A verb inside a noun: listed as one that forms nouns and followed by more of it. */
function isVerbInNoun(text: string, at: number, word: string): boolean {
  const behind = text.slice(at + word.length);
  if (!/^[\u4e00-\u9fa5]/.test(behind) || /^(?:到|在|了|着|进|于|得|并)/.test(behind)) return false;
  return attributive.has(word) || (at > 0 && kept.has(word));
}

/** 为从业人员购买社会保险: for whom it is done stands before the verb. */
const forOthers = /^为[^，,。；;]{2,12}?(?=购买|购置|配备|安装|发放|更换|采购)/;

/** The object of the verb that opens `text`: 建设中小学综合实践学校; after 等 its last head. Empty where no verb opens it. */
export function objectOf(text: string): string {
  const clause = text.replace(/[，,。；;：:].*$/s, '').replace(forOthers, '');
  let at = /^(?:并|以|又|全力|全面|大力|专门|主要|重点|进行|对)*/.exec(clause)![0].length;
  const first = at;
  for (let match = objects.longest(clause, at); match; match = objects.longest(clause, at)) {
    at += match.length;
    while ('、和了及'.includes(clause[at] ?? '\n')) at++;
  }
  if (at === first) return '';
  const rest = cutLeads(clause.slice(at));
  return lastOfList(/等([^等]{2,16})$/.exec(rest)?.[1] ?? rest);
}

/** A predicate that tells which things are counted, without the words that open it: 入选…, 分配到…任教; empty where it does not. */
export function restriction(predicate: string): string {
  const clause = clauseOf(predicate);
  if (/^进行了/.test(clause) || !restrictingVerbs.some((verb) => clause.startsWith(verb))) return '';
  return clause.replace(/^(?:进行了?|被)/, '');
}

/** Cuts brackets, loose ends and white space. */
export const tidy = (words: string): string =>
  withoutParticle(words.replace(bracketed, '').replace(/^[\s　、,，:：(（)）]+|[\s　、,，:：和及与了(（]+$/g, ''))
    .replace(
      /(?<=[\u4e00-\u9fa5]{2})各$|(?<=[率度比])[要须应需将则还仍]$|(?<=[\u4e00-\u9fa5]{2})(?:按照?|均?已(?:开工|完工|竣工|投用)?)$|(?<=[\u4e00-\u9fa5])(?:19|20)\d\d年度?$/,
      '',
    )
    .replace(kindOfLast, '$1')
    .replace(comparison, '')
    .replace(origin, '')
    .replace(planning, (word, at: number) => (at > 1 ? '' : word))
    .replace(/[\s　]+/g, '')
    .slice(-60);

/** 和, 及, 的 before a phrase; not in 和平小学 and 及格率. */
const withoutParticle = (words: string): string =>
  /^[和及与的了]/.test(words) && isWord(words) ? words.slice(1) : words;

/** 公用经费由2013年的, 近视率下(降), 实验小学等: what leads on to the number or to another word is no part of the name. */
const origin =
  /(?<=[\u4e00-\u9fa5]{2})(?:[由从](?:(?:19|20)\d\d年[底末初]?)?(?:最初|原来|过去|以前)?的?|(?<=[率比例额度])[下上]|(?<![上中下高初相平均同优])等)$/;

/** 班额小学45人: the stage behind a measure's name says whose it is. */
const kindOfLast =
  /^((?:[\u4e00-\u9fa5]*)(?:班额|规模|面积|经费|标准|人数|设备值|课时|学时|定额))(?:小学|初中|高中|普通高中|幼儿园|中职)(?:阶段|学校)?$/;

/** 初中计划招生, 占比力争提高: what is to come is told by the status. */
const planning = /(?:计划|力争|预计|争取)(?=招生|招收|招聘|提高|提升|增长|增加|下降|降低|减少)/;

/** 升学率比上年提高 is a rise of the 升学率, whatever it is compared with. */
const comparison =
  /(?<=[\u4e00-\u9fa5]{2})[较比](?![例重])[\u4e00-\u9fa5]{1,6}(?<![提升减增下])[低高少多]$|(?<=[\u4e00-\u9fa5])(?:同比|环比|(?:[比较]|相比|与)(?:去年|上年|前年|上学年|上一年|同期|(?:19|20)\d\d年)(?:同期|度|[末底])?(?:相比)?)[,，]?(?:分别|再|又|净|各)?(?=提高|提升|上升|增长|增加|下降|降低|减少|回落|上涨|扩大)/;
