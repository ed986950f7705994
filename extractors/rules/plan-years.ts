// The years that a plan is made for, told by its title or the line below it, and the words that mean them: 规划期内, 期末, 五年.
import type { Period } from '../../src/model/record.js';
import { digitCharacters } from '../lexicon/numerals.js';
import { planPeriods } from '../lexicon/time.js';
import type { TimeWord } from './time-words.js';

const planNames = new RegExp(
  `(${Object.keys(planPeriods)
    .sort((a, b) => b.length - a.length)
    .join('|')})[”"]?(?!末|以来)`,
);
const years = /((?:19|20)\d\d)年?\s*(?:[-—–~～至到]|——)\s*((?:19|20)\d\d)年?/;

/** How far below its title a plan tells its years on a line of their own. */
const opening = 200;

/**
 * The years of the plan that the text is: of a span in its title or on a line below it (（2021—2025年）), else of a five-year plan
 * that its title names. Null for a text whose title names no plan.
 */
export function yearsOfPlan(title: string | null, text: string): Period | null {
  if (!title || !/规划|计划/.test(title)) return null;
  const below = text
    .slice(0, opening)
    .split('\n')
    .find((line) => /^[\s　]*[（(][^（()）]*[）)][\s　]*$/.test(line) && years.test(line));
  const span = years.exec(title) ?? (below ? years.exec(below) : null);
  if (span && span[1]! < span[2]!) return { from: span[1]!, to: span[2]! };
  const first = planPeriods[planNames.exec(title)?.[1] ?? ''];
  return first ? { from: String(first), to: String(first + 4) } : null;
}

const ofPlan =
  /(?:本?规划期|计划期)(?:(?<end>末)|内|间|限内)|(?<=[。；;，,\n）)、]|^)(?<count>[两三四五六七八九十]|\d{1,2})年(?:内|间)?(?=[共累总新将计拟补建改扩投招培引购增完,，]|规划)/g;

/**
 * The words of `text` that mean the years of the plan which it is: 规划期内, 规划期末, and 五年 in a plan of five years.
 * @param plan what `yearsOfPlan` found; null gives none.
 */
export function planTimes(text: string, plan: Period | null): TimeWord[] {
  if (!plan) return [];
  const length = Number(plan.to) - Number(plan.from) + 1;
  const found: TimeWord[] = [];
  for (const match of text.matchAll(ofPlan)) {
    const { end, count } = match.groups!;
    if (count && (count === '十' ? 10 : (digitCharacters[count] ?? Number(count))) !== length) continue;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      period: end ? { from: plan.to, to: plan.to } : plan,
      kind: end ? 'deadline' : 'span',
      rule: 'time: years of the plan',
    });
  }
  return found;
}
