// What zod finds wrong in a file that a person wrote, in both languages. Parse with `reportInput`, from which zod words what it met.
import { z } from 'zod';
import type { Said } from './language.js';

const demands = new Map<string, string>();

/** The message of a rule of one's own in a schema. */
export function demand({ en, zh }: Said): string {
  demands.set(en, zh);
  return en;
}

const chinese = z.locales.zhCN().localeError;

/** What is wrong, in words. */
export function wordsOf(issue: z.core.$ZodIssue): Said {
  const own = demands.get(issue.message);
  if (own !== undefined) return { en: issue.message, zh: own };
  const said = chinese(issue as Parameters<typeof chinese>[0]);
  return { en: issue.message, zh: (typeof said === 'string' ? said : said?.message) ?? issue.message };
}
