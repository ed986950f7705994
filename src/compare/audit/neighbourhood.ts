// The words around a figure. Checks read them anew from the text and do not rest on the subject alone: a label is what stands between
// the last mark and the number, and the noun behind it.
import type { StoredFigure } from '../../model/cell.js';
import type { AuditDocument } from './finding.js';

/** Marks that part one item of a list from the next. */
const marks = /[,，。;；、:：()（）!！?？\n]/;

/** The words before the number back to a mark or the figure before it, 其中 left out: `小学` in 其中小学3457人. */
export function wordsBefore(document: AuditDocument, figure: StoredFigure): string {
  const floor = Math.max(0, figure.textStart - 40, previousEnd(document, figure));
  let start = figure.textStart;
  while (start > floor && !marks.test(document.text[start - 1]!)) start -= 1;
  return document.text.slice(start, figure.textStart).trim().replace(/^其中/, '');
}

/** The words behind the number up to a mark, at most `most` characters. */
export function wordsBehind(document: AuditDocument, figure: StoredFigure, most = 10): string {
  const behind = document.text.slice(figure.textEnd, figure.textEnd + most);
  const end = behind.search(/[,，。;；、:：()（）!！?？\n\d]/);
  return (end < 0 ? behind : behind.slice(0, end)).trim();
}

/** What a number counts, in the words on both sides of it. */
export const labelOf = (document: AuditDocument, figure: StoredFigure): string =>
  wordsBefore(document, figure) + wordsBehind(document, figure);

function previousEnd(document: AuditDocument, figure: StoredFigure): number {
  const index = document.figures.indexOf(figure);
  return index > 0 ? Math.min(document.figures[index - 1]!.textEnd, figure.textStart) : 0;
}

/** The text between two figures of one document. */
export const between = (document: AuditDocument, a: StoredFigure, b: StoredFigure): string =>
  document.text.slice(a.textEnd, b.textStart);

/** Whether the text between two places stays inside one sentence. */
export const isOneSentence = (text: string): boolean => !/[。!！?？\n]/.test(text);

const people = new Set(['人', '名', '位', '员']);

/** Whether two units count the same things: 名 and 人 do. */
export const isSameUnit = (a: string, b: string): boolean => a === b || (people.has(a) && people.has(b));

/** Whether two amounts can be parts of one another: same dimension, the same thing counted, no denominators. */
export function isComparable(a: StoredFigure, b: StoredFigure): boolean {
  if (a.dimension !== b.dimension || a.per.length > 0 || b.per.length > 0) return false;
  if (a.dimension === 'ratio' || a.dimension === 'multiple' || a.dimension === 'coefficient') return false;
  return isSameUnit(a.unit, b.unit) || ('个所'.includes(a.unit) && '个所'.includes(b.unit));
}

/** Families of words of which one thing can only be one: a list that names a different member each time does not overlap. */
const families: readonly (readonly RegExp[])[] = [
  [/小学|教学点|村小/, /初中|初级中学/, /高中|高级中学/, /幼儿园|学前|幼儿/, /特殊教育|特教/, /职业|中职|职教/],
  [/幼儿园|学前|幼儿/, /义务教育/, /高中/, /职业|中职|职教/, /高校|大学|高等/],
  [/国家级|全国|中央/, /省级|省财政/, /市级|地市|市财政/, /县级|区级|县财政|区财政/, /校级/],
  [/特岗/, /公费|免费师范|定向/, /引进/, /公开招聘|公开招考|面向社会/, /校园招聘/, /选调|调入/, /考核招聘/],
  [/公办/, /民办/],
  [/城区|城市|县城/, /乡镇|镇区|农村|乡村/],
  [/男/, /女/],
  [/语文/, /数学/, /英语/, /体育/, /音乐/, /美术/],
];

/** Attributes that one person or school can have beside others. */
const attributes =
  /党员|女|骨干|名师|学科带头|高级|中级|一级|职称|本科|专科|研究生|硕士|博士|学历|以上|以下|岁|寄宿|住宿|留守|随迁|贫困|困难|残疾|民办|小规模|参加|获|达标|优秀|持证|编/;

/** Words that say where money comes from. */
const origins = /中央|省|市|县|区|上级|财政|争取|自筹|社会|捐/;

/**
 * Whether the parts of a list could be counted twice: people and schools by their attributes, money by where it comes from and what
 * it is spent on.
 */
export function mayOverlap(labels: readonly string[], dimension: string): boolean {
  if (labels.some((label) => label === '' || attributes.test(label))) return true;
  if (dimension !== 'money') return dimension === 'count' && labels.length < 3;
  const fromOrigin = labels.filter((label) => origins.test(label)).length;
  return fromOrigin !== 0 && fromOrigin !== labels.length;
}

/** Whether every label names another member of one family. */
export function excludeEachOther(labels: readonly string[]): boolean {
  return families.some((family) => {
    const members = labels.map((label) => family.flatMap((word, index) => (word.test(label) ? [index] : [])));
    return members.every((found) => found.length === 1) && new Set(members.flat()).size === labels.length;
  });
}

/** The stage that a label names, null where it names none or several. */
export function stageIn(label: string): 'primary' | 'junior' | null {
  const isPrimary = /小学|教学点|村小/.test(label);
  const isJunior = /初中|初级中学/.test(label);
  if (isPrimary === isJunior || /中小学|小学.{0,2}初中|九年|十二年|高中|民办/.test(label)) return null;
  return isPrimary ? 'primary' : 'junior';
}

/** The share of the character pairs of `phrase` that `text` holds, 0 to 1; 0 for a phrase of one character. */
export function covered(phrase: string, text: string): number {
  const pairs = Array.from({ length: Math.max(0, phrase.length - 1) }, (_, i) => phrase.slice(i, i + 2));
  return pairs.length === 0 ? 0 : pairs.filter((pair) => text.includes(pair)).length / pairs.length;
}
