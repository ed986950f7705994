// Time words resolved against the document's date. The patterns are found in one pass each over the text, and the longest at a
// place wins.
import type { Period } from '../../src/model/record.js';
import type { RuleCard } from '../engine/rule.js';
import { periodRules } from './period-rules.js';
import { planTimes } from './plan-years.js';
import type { Reference, TimeWord } from './time-words.js';

export { exampleReference, type TimeWord } from './time-words.js';

/** The rules as cards, for the walking test and for `explain`. */
export const timeRules: readonly RuleCard[] = periodRules;

/** Year and month of an ISO date, or null. */
function referenceOf(iso: string | null): Reference | null {
  const match = iso === null ? null : /^(\d{4})(?:-(\d{2}))?/.exec(iso);
  if (!match) return null;
  return { year: Number(match[1]), month: match[2] ? `${match[1]}-${match[2]}` : match[1]! };
}

/**
 * All time words of `text` in order, without overlaps (the longest of those that begin first wins).
 * @param reference ISO date the relative words are resolved against; without it they are left out.
 * @param plan the years of the plan that the text is, for 规划期内 and its kin.
 */
export function timeWords(text: string, reference: string | null, plan: Period | null = null): TimeWord[] {
  const date = referenceOf(reference);
  const found: TimeWord[] = planTimes(text, plan);
  for (const rule of periodRules) {
    for (const match of text.matchAll(rule.pattern)) {
      const made = rule.resolve(match.groups ?? {}, date);
      if (!made) continue;
      found.push({ ...made, start: match.index, end: match.index + match[0].length, rule: rule.name });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: TimeWord[] = [];
  for (const word of found) {
    const last = kept.at(-1);
    if (!last || word.start >= last.end) kept.push(word);
    else if (word.end - word.start > last.end - last.start) kept[kept.length - 1] = word;
  }
  const told = kept.filter((word) => !insideName(text, word) && !isCompared(text, word) && !isFounding(text, word));
  for (const [index, word] of told.entries()) takeYear(text, word, told[index - 1]);
  return told;
}

/** 2016年,…上半年…: the year of the words before it on its line. */
function takeYear(text: string, word: TimeWord, before: TimeWord | undefined): void {
  if (
    !word.yearless ||
    !word.period ||
    !before?.period ||
    before.period.from.slice(0, 4) !== before.period.to.slice(0, 4)
  )
    return;
  if (word.start - before.end > 60 || /[。\n]/.test(text.slice(before.end, word.start))) return;
  const at = before.period.from.slice(0, 4);
  word.period = { from: at + word.period.from.slice(4), to: at + word.period.to.slice(4) };
  word.yearless = false;
}

/** 比上年增加, 较2015年, 与去年同期相比: what a number is compared with, not when it holds. 占比2016年… tells of that year. */
function isCompared(text: string, { start, end }: TimeWord): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  if (/[比较]$/.test(before)) return !/[占同对环]比$/.test(before);
  // 比创建前的2020年提高: what stands between says which year that was.
  if (/(?<![占同对环])[比较][\u4e00-\u9fa5]{1,5}的$/.test(text.slice(Math.max(0, start - 8), start))) return true;
  return /[与同和]$/.test(before) && /^(?:同期|[年末底]*|[^,，。；;]{0,6})相比/.test(text.slice(end, end + 10));
}

/** 始建于1956年, 1956年建校: when a school was founded says nothing of what it counts today. */
function isFounding(text: string, { start, end }: TimeWord): boolean {
  return (
    /(?:始建|创办|创建|创立|建成|建|成立|开办|兴办|设立|诞生)[于在]$/.test(text.slice(Math.max(0, start - 4), start)) ||
    /^(?:建校|建园|始建|创办|创建学校)/.test(text.slice(end, end + 4))
  );
}

/** A year inside 《…》 or 〔…〕 belongs to a title or a number. 呈现有 holds no 现有. */
function insideName(text: string, word: TimeWord): boolean {
  if (/[呈体表实发出]$/.test(text.slice(Math.max(0, word.start - 1), word.start)) && text.startsWith('现', word.start))
    return true;
  const before = text.slice(Math.max(0, word.start - 80), word.start);
  const open = before.lastIndexOf('《');
  if (open >= 0 && !/[》\n]/.test(before.slice(open))) return true;
  return '〔[［﹝'.includes(text[word.start - 1] ?? '\n');
}
