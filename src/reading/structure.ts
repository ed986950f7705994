// The lines of a body to the text of the document with its blocks and its way back.
import type { Block } from '../model/document.js';
import type { WayBack } from '../model/way-back.js';
import { judgeHeadings, type Paragraph, type Verdict } from './headings.js';
import { join, type Line } from './line.js';

/** Text, way back and blocks of a document. */
export interface Structure {
  text: string;
  wayBack: WayBack;
  blocks: Block[];
}

const paragraphOf = (line: Line, barred: boolean): Paragraph => ({
  text: line.text,
  heading: line.heading,
  strong: line.strong,
  centred: line.centred,
  item: line.item,
  barred,
});

function blocksOf(verdict: Verdict, line: Line, start: number): Block[] {
  const end = start + line.text.length;
  if (verdict.kind === 'heading') return [{ kind: 'heading', start, end: start + verdict.end, level: verdict.level }];
  const kind = verdict.kind === 'item' || line.item ? 'item' : 'paragraph';
  if (verdict.kind !== 'inline') return [{ kind, start, end }];
  return [
    { kind: 'heading', start: start + verdict.start, end: start + verdict.end, level: verdict.level, inline: true },
    { kind, start, end },
  ];
}

/**
 * Joins the lines of a body and says what each is.
 * @param title the document's title
 * @param barred lines that are no headings whatever their shape (signatures)
 */
export function structureOf(lines: readonly Line[], title: string, barred: ReadonlySet<Line>): Structure {
  const verdicts = judgeHeadings(
    lines.map((line) => paragraphOf(line, barred.has(line))),
    title,
  );
  const blocks: Block[] = [];
  let at = 0;
  lines.forEach((line, i) => {
    blocks.push(...blocksOf(verdicts[i]!, line, at));
    at += line.text.length + 1;
  });
  return { ...join(lines, '\n'), blocks };
}
