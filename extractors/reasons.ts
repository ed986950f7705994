// Every sentence in which extraction says why a document is of a county and a figure of an indicator. The English is kept with the
// records; `sayWhy` says it to people. A new one begins here.
import type { Language } from '../src/model/language.js';
import { sentences } from '../src/model/sentences.js';

const table = sentences({
  hint: { en: 'named by its source', zh: '由站点或使用者指明' },
  unknownHint: {
    en: 'named by its source; the list of places has no {code}',
    zh: '由站点或使用者指明；行政区划表中没有 {code}',
  },
  title: { en: 'title names {name}', zh: '标题写有{name}' },
  publisher: { en: 'publisher {name}', zh: '发布机构属于{name}' },
  body: { en: 'text names {name} {count} times', zh: '文中写有{name} {count} 次' },
  bodyOnce: { en: 'text names {name} 1 time', zh: '文中写有{name} 1 次' },
  index: { en: 'index number holds {code}', zh: '索引号含 {code}' },
  number: { en: 'document number begins with {sign}', zh: '文号以“{sign}”开头' },
  pronoun: { en: 'text says {pronoun}', zh: '文中自称“{pronoun}”' },
  above: { en: '{clues}; no county is named instead', zh: '{clues}；没有写到县区' },
  several: { en: 'open: speaks of several counties: {names}', zh: '未定：文中说到几个县区：{names}' },
  shared: {
    en: 'open: {name} is the name of several counties, and nothing tells which',
    zh: '未定：有几个县区都叫{name}，无从分辨',
  },
  bare: {
    en: 'open: the title names {name} without a second clue (full name, prefecture, code)',
    zh: '未定：标题只写了{name}，别无佐证（全称、地级市、代码）',
  },
  none: { en: 'open: no county is named', zh: '未定：没有写到县区' },
  asWhole: { en: 'as {quote} of which it is a part', zh: '同它所属的总数 {quote}' },
  asBefore: { en: 'as {quote} before it', zh: '同前一个数 {quote}' },
  wording: { en: '{words} (wording "{written}")', zh: '{words}（编码表词式“{written}”）' },
  wordingNext: {
    en: '{words} (wording "{written}"); next: {code}',
    zh: '{words}（编码表词式“{written}”）；其次是 {code}',
  },
});

/** Writers of the reasons, as they are kept. */
export const whyWords = table.write;

/** Says a kept reason of a place or an indicator in a language. */
export const sayWhy: (kept: string, language: Language) => string = table.say;
