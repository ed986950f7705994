// A text file to lines. What comes after (chrome, masthead, article) is the same as for pages.
import { bareLine, type Line, LineBuilder } from './line.js';

/** The lines of plain text that are not empty. */
export function linesOfText(text: string): Line[] {
  const lines: Line[] = [];
  const builder = new LineBuilder();
  let gap = 0;
  for (const match of text.matchAll(/[^\r\n\u2028\u2029\f]+|\r?\n/g)) {
    builder.push(match[0], match.index, match[0].length);
    const traced = builder.take();
    if (traced.text !== '') {
      lines.push(bareLine(traced, Math.max(0, gap - 1)));
      gap = 0;
    } else if (match[0].includes('\n')) gap++;
  }
  return lines;
}
