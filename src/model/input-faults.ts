// What is wrong in a file that a person wrote, in both languages: what zod finds in its values, and what a YAML parser finds in its
// form. Parse with `reportInput`, from which zod words what it met.
import { z } from 'zod';
import type { Said } from './language.js';
import { sentences } from './sentences.js';

const demands = new Map<string, string>();

/** The message of a rule of one's own in a schema. */
export function demand({ en, zh }: Said): string {
  demands.set(en, zh);
  return en;
}

const chinese = z.locales.zhCN().localeError;

/** Kinds of values, as zod calls them. */
const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '一组字段',
  record: '一组字段',
  null: '空',
};

const kindOf = (value: unknown): string =>
  kinds[value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value] ?? String(value);

/** What is wrong, in words. */
export function wordsOf(issue: z.core.$ZodIssue): Said {
  const en = issue.message;
  const own = demands.get(en);
  if (own !== undefined) return { en, zh: own };
  if (issue.code === 'invalid_type') {
    const wanted = kinds[issue.expected] ?? issue.expected;
    return {
      en,
      zh: issue.input === undefined ? `没有写，应为${wanted}` : `应为${wanted}，却写成了${kindOf(issue.input)}`,
    };
  }
  if (issue.code === 'unrecognized_keys') return { en, zh: `没有这样的键：${issue.keys.join('、')}` };
  if (issue.code === 'invalid_value') return { en, zh: `应为其中之一：${issue.values.join('、')}` };
  const said = chinese(issue as Parameters<typeof chinese>[0]);
  return { en, zh: (typeof said === 'string' ? said : said?.message) ?? en };
}

const yaml = sentences({
  place: { en: '{what} at line {rows}, column {count}:', zh: '第 {rows} 行第 {count} 列：{what}' },
  nested: { en: 'Nested mappings are not allowed in compact mappings', zh: '一行里有两个冒号，值请加引号' },
  implicit: { en: 'Implicit keys need to be on a single line', zh: '键要写在一行之内' },
  noValue: { en: 'Implicit map keys need to be followed by map values', zh: '键后面缺少冒号和值' },
  twice: { en: 'Map keys must be unique', zh: '同一个键写了两次' },
  column: { en: 'All mapping items must start at the same column', zh: '同一组的各项要对齐' },
  listColumn: { en: 'All sequence items must start at the same column', zh: '列表各项要对齐' },
  list: {
    en: 'Flow sequence in block collection must be sufficiently indented and end with a ]',
    zh: '方括号没有用 ] 结束，或缩进不够',
  },
  map: {
    en: 'Flow map in block collection must be sufficiently indented and end with a }',
    zh: '花括号没有用 } 结束，或缩进不够',
  },
  comma: { en: 'Missing , between flow collection items', zh: '各项之间缺少逗号' },
  double: { en: 'Missing closing "quote', zh: '缺少后半个双引号' },
  single: { en: "Missing closing 'quote", zh: '缺少后半个单引号' },
  tabs: { en: 'Tabs are not allowed as indentation', zh: '缩进不能用制表符，请用空格' },
  colon: { en: 'Missing space before a value', zh: '冒号后要有空格' },
});

/** What a YAML parser says of the form of a file; of sentences that are not in the table the Chinese says that much. */
export function yamlFault({ message }: { message: string }): Said {
  const en = message.split('\n')[0]!;
  return { en: `not valid YAML: ${en}`, zh: `YAML 写法有误：${yaml.say(en, 'zh')}` };
}

/** A fault with the file and line where it was found. */
export const atPlace = (place: string, { en, zh }: Said): Said => ({ en: `${place}: ${en}`, zh: `${place}：${zh}` });
