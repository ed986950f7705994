// Every sentence that says what is wrong with a codebook, in both languages: what was met, and what was expected.
import type { Said } from '../../src/model/language.js';
import { sentences } from '../../src/model/sentences.js';

const table = sentences({
  idLetters: { en: 'expected lower-case letters, digits and _', zh: '只能用小写字母、数字和 _' },
  bookLetters: { en: 'expected lower-case letters, digits, _ and -', zh: '只能用小写字母、数字、_ 和 -' },
  noText: { en: 'expected some text', zh: '不能为空' },
  noWording: { en: 'expected at least one wording', zh: '至少要有一条词式' },
  date: { en: 'expected a date: 2017-04-19', zh: '应为日期，如 2017-04-19' },
  // What zod finds in a field.
  field: { en: '{field}: {fault}', zh: '{field}：{fault}' },
  unknownField: {
    en: 'unknown field {names}; expected only the fields of this list',
    zh: '没有字段 {names}，请只写这里该有的字段',
  },
  unknownValue: { en: 'unknown value; expected one of {values}', zh: '没有这个取值，应为其中之一：{values}' },
  missing: { en: 'the field is missing; expected {type}', zh: '缺少这个字段，应为{type}' },
  otherType: { en: 'Invalid input: expected {type}, received {met}', zh: '应为{type}，却写成了{met}' },
  fewItems: { en: 'Too small: expected array to have >={count} items', zh: '至少要有 {count} 项' },
  invalid: { en: 'Invalid input', zh: '写法不对' },
  string: { en: 'string', zh: '文字' },
  number: { en: 'number', zh: '数' },
  boolean: { en: 'boolean', zh: 'true 或 false' },
  array: { en: 'array', zh: '列表' },
  object: { en: 'object', zh: '一组字段' },
  record: { en: 'record', zh: '一组字段' },
  null: { en: 'null', zh: '空' },
  undefined: { en: 'undefined', zh: '空' },
  // What does not fit together.
  twice: {
    en: '{list} hold the id "{id}" twice; expected each id once',
    zh: '{list} 中编号“{id}”出现两次，每个编号只能用一次',
  },
  unknownUnit: {
    en: '{id}: the unit "{unit}" is unknown for {dimensions}; expected CNY, 1 (ratio, multiple, coefficient), m2, 亩, m, or a measure word such as 个, 所, 人',
    zh: '{id}：{dimensions} 没有单位“{unit}”，应为 CNY、1（ratio、multiple、coefficient）、m2、亩、m，或个、所、人等量词',
  },
  range: {
    en: '{id}: the range runs from {min} to {max}; expected min <= max',
    zh: '{id}：范围写成从 {min} 到 {max}，min 不能大于 max',
  },
  inList: { en: '{id}: invalid wording in {field}: {fault}', zh: '{id}：{field} 中的词式有误：{fault}' },
  inWording: { en: '{id}: invalid wording: {fault}', zh: '{id}：词式有误：{fault}' },
  inField: { en: 'invalid words in {field}: {fault}', zh: '{field} 中的词语有误：{fault}' },
  inPassages: { en: 'invalid wording in single.passages: {fault}', zh: 'single.passages 中的词式有误：{fault}' },
  ownAndForeign: {
    en: 'field: "{word}" stands in own and in foreign; expected it in one of them, or a longer word that tells them apart',
    zh: 'field：“{word}”同时写在 own 和 foreign 中，请只留一处，或换成能分清的更长的词',
  },
  holdsNumber: {
    en: '"{written}" holds N; expected plain words, no number stands in a field',
    zh: '“{written}”含有 N；这里应为普通词语，没有数',
  },
  noIndicator: {
    en: 'the standard names the indicator "{id}", which this codebook does not have; expected one of its ids',
    zh: '标准写的指标“{id}”不在本编码表中，请写本表的指标编号',
  },
  otherUnit: {
    en: 'the standard for {id} is in "{unit}"; expected the indicator\'s unit "{own}"',
    zh: '{id} 的标准单位写成了“{unit}”，应与指标的单位“{own}”相同',
  },
  // What is wrong with one wording.
  empty: { en: 'the wording is empty; expected at least one word', zh: '词式为空，至少要有一个词' },
  noNear: {
    en: '"{written}" has no part without @, ~ or !; expected one that stands beside the number',
    zh: '“{written}”各部分都带 @、~ 或 !，至少要有一部分是数旁边的词',
  },
  forbidden: {
    en: '"{written}" holds "{sign}"; expected words, |, a leading @, ~ or !, and N for the number',
    zh: '“{written}”含有“{sign}”；只能写词语、|、开头的 @、~ 或 !，以及代表数的 N',
  },
  emptyWord: {
    en: '"{written}" has an empty alternative; expected a word on both sides of |',
    zh: '“{written}”中 | 的一侧是空的，两侧都要有词',
  },
  inside: {
    en: '"{written}" has @, ~, ! or a space inside; expected them only between or before parts',
    zh: '“{written}”中间有 @、~、! 或空格；这些只能写在各部分之前或之间',
  },
  onlyNumber: {
    en: '"{written}" is only the number; expected words that touch it',
    zh: '“{written}”只有数，还要写出紧挨着它的词',
  },
  clash: {
    en: 'the wording "{word}" of {id} also leads to {other} (line {count}); expected words that tell them apart, a second part, or an exclusion',
    zh: '{id} 的词式“{word}”也指向 {other}（第 {count} 行）；请写能分清两者的词，或加第二部分，或加排除词（exclusions）',
  },
});

/** Writers of the faults, in English. */
export const faultWords = table.write;

/** A fault in both languages. */
export const faultSaid = (fault: string): Said => ({ en: fault, zh: table.say(fault, 'zh') });
