// Paragraphs that were broken into lines of one width (text in `<pre>`, copies of printed pages, mail): the lines are joined again, as a
// figure would lose its unit or its bound at a break. Where the lines have no common width they are paragraphs and stay.
import { join, type Line } from './line.js';

/** Widths count half-width characters: an ideograph takes two of them. A text in columns of less than 20 ideographs is no article. */
const leastWidth = 40;
const mostWidth = 200;
/** So much a full line may lack: the indent of a paragraph, and punctuation that may not begin a line. */
const slack = 8;
/** Lines that are full and end within a sentence: so many prove a break where lines stand in one element, and where each has its own. */
const proofInOne = 3;
const proofInMany = 6;

const widthOf = (text: string) => text.length + (text.match(/[\u1100-\uffdf]/g)?.length ?? 0);
/** What cannot be parted at the end of a line, and so moves to the next. */
const firstOf = (text: string) => widthOf(/^[\w.,%]+|^./u.exec(text)?.[0] ?? '');

const endsSentence = /[。！？；：!?;:…][”’」』）)\]】》]*$/;
const beginsAnew =
  /^(?:第?[一二三四五六七八九十]{1,3}(?:[、.．，,:：]|是|[章节条])|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳●■◆▲]|附件|[-—－*])/;

/** Whether a line is of running text: no cell, no heading, no link, no item of a list. */
const isRunning = (line: Line) =>
  !line.cell && !line.table && !line.item && line.heading === 0 && line.linked * 2 < line.text.length;

/** Runs of lines that stand together, in one element or each in one of its own within the same; `to` is behind the last. */
function* runsOf(lines: readonly Line[]): Generator<{ from: number; to: number; proof: number }> {
  const endOf = (from: number, belongs: (line: Line) => boolean) => {
    let to = from;
    while (to < lines.length && isRunning(lines[to]!) && belongs(lines[to]!)) to++;
    return to;
  };
  for (let from = 0; from < lines.length; ) {
    const { element } = lines[from]!;
    const parent = element?.parent;
    const inOne = endOf(from, (line) => line.element === element);
    const many = inOne - from === 1 && parent ? endOf(from, (line) => line.element?.parent === parent) : inOne;
    if (many - from > 1) yield { from, to: many, proof: inOne === many ? proofInOne : proofInMany };
    from = Math.max(many, from + 1);
  }
}

/** The width that lines are broken at, or null where they are not: the greatest but for a few that could not be broken. */
function widthIn(lines: readonly Line[]): number | null {
  const widths = lines.map((line) => widthOf(line.text)).sort((a, b) => b - a);
  const width = widths[Math.floor(widths.length / 20)] ?? 0;
  return width >= leastWidth && width <= mostWidth ? width : null;
}

/** Indices of the lines of a run that go on in the next one. */
function brokenIn(run: readonly Line[], proof: number): Set<number> {
  const broken = new Set<number>();
  const width = widthIn(run);
  if (width === null) return broken;
  let short = 0;
  run.forEach(({ text }, index) => {
    const next = run[index + 1];
    if (!next || endsSentence.test(text)) return;
    const isFull = widthOf(text) + firstOf(next.text) >= width - slack;
    if (!isFull) short++;
    else if (next.gap === 0 && !beginsAnew.test(next.text)) broken.add(index);
  });
  return broken.size >= proof && broken.size > short * 2 ? broken : new Set();
}

function joined(line: Line, next: Line): Line {
  const between = /[A-Za-z]$/.test(line.text) && /^[A-Za-z]/.test(next.text) ? ' ' : '';
  const linked = line.linked + next.linked;
  return { ...line, ...join([line, next], between), end: next.end, linked, strong: line.strong && next.strong };
}

/** The lines with those joined that were one before their text was broken at a width. Each keeps its way back. */
export function withoutHardWraps(lines: readonly Line[]): Line[] {
  const broken = new Set<number>();
  for (const { from, to, proof } of runsOf(lines))
    for (const index of brokenIn(lines.slice(from, to), proof)) broken.add(from + index);
  if (broken.size === 0) return [...lines];
  const whole: Line[] = [];
  lines.forEach((line, index) => {
    if (broken.has(index - 1)) whole.push(joined(whole.pop()!, line));
    else whole.push(line);
  });
  return whole;
}
