// What is wrong in the values of a file that a person wrote, as zod finds it, in both languages. Parse with `reportInput`, from which zod words what it met.
import { z } from 'zod';
import type { Said } from './language.js';

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

/** A fault with the file and line where it was found. */
export const atPlace = (place: string, { en, zh }: Said): Said => ({ en: `${place}: ${en}`, zh: `${place}：${zh}` });
