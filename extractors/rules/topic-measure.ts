// The measure that a heading, or the first words of a paragraph, name for the numbers below: （三）生均校舍面积。小学为6.2平方米.
import type { Span } from '../../src/model/way-back.js';

const mark =
  '(?:[一二三四五六七八九十]{1,3}、|[(（](?:[一二三四五六七八九十]{1,3}|\\d{1,2})[)）]|\\d{1,2}[.、．)）](?!\\d))?';

/** （三）生均校舍面积。 at the start of a paragraph. */
const opening = new RegExp(`^[\\s　]*${mark}[\\s　]*([^。：:，,；;\\d]{4,50})[。：:]`);

/** 三、生均公用经费支出情况 on a line of its own. */
const heading = new RegExp(`^[\\s　]*${mark}[\\s　]*([^。：:，,；;\\d]{4,40})[：:]?$`);

/** （二）生均教育支出增长情况。 on a line of its own: with its mark it may end as a sentence does. */
const headingAsSentence = new RegExp(`^[\\s　]*${mark.slice(0, -1)}[\\s　]*([^。：:，,；;\\d]{4,40})。$`);

/** How far above a number its heading may stand. */
const mostLines = 8;
const mostCharacters = 800;

/** The words that open the paragraph of `at`, else the nearest line above that is no sentence, without their section mark; or null. */
export function topicAbove(text: string, at: number): Span | null {
  const least = Math.max(0, at - mostCharacters);
  let start = text.lastIndexOf('\n', at - 1) + 1;
  if (start < least) return null;
  const opens = spanOf(opening.exec(text.slice(start, at)), start);
  if (opens) return opens;
  for (let lines = 0; lines < mostLines && start > least; lines++) {
    const end = start - 1;
    start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(Math.max(start, least), end);
    const found = spanOf(heading.exec(line) ?? headingAsSentence.exec(line), Math.max(start, least));
    if (found) return found;
  }
  return null;
}

function spanOf(match: RegExpExecArray | null, from: number): Span | null {
  if (!match) return null;
  const start = from + match[0].indexOf(match[1]!);
  return { start, end: start + match[1]!.length };
}
