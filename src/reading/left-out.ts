// What reading saw and did not take into the text, with the reason, so that a person can check that nothing was lost.
import type { LeftOut, LeftOutReason } from '../model/document.js';
import type { Region } from './article.js';
import type { Body } from './body.js';
import type { LineKind } from './chrome.js';
import type { Line } from './line.js';
import type { FoundTitle } from './title.js';

/** What a reading decided about the lines of a page. */
export interface Decisions {
  lines: readonly Line[];
  kinds: readonly (LineKind | null)[];
  region: Region;
  title: FoundTitle | null;
  body: Body;
}

const byKind: Record<LineKind, LeftOutReason> = {
  info: 'masthead',
  tool: 'tools',
  crumb: 'breadcrumb',
  credit: 'credits',
  pager: 'pager',
  end: 'after-end',
  footer: 'footer',
};

const isLinked = (line: Line) => line.linked > line.text.length * 0.6;

/** Whether a line shows the title, where the title was found. */
const showsTitle = (title: FoundTitle | null, index: number) =>
  title !== null && title.line >= 0 && index >= title.line && index < title.line + title.lines;

/** Why the line at `index`, which is not in the body, is not. */
function reasonOf({ lines, kinds, region, title, body }: Decisions, index: number): LeftOutReason {
  const line = lines[index]!;
  if (line.hidden) return 'hidden';
  if (showsTitle(title, index)) return 'title';
  if (body.signature.includes(line)) return 'signature';
  if (body.attachments.includes(line)) return 'attachments';
  const kind = kinds[index];
  if (kind) return byKind[kind];
  if (isLinked(line)) return 'links';
  if (index < region.from || index >= region.to) return 'outside';
  if (index < body.from) return 'masthead';
  return index < body.to ? 'links' : 'after-end';
}

/**
 * The lines that did not become text, neighbours with one reason joined, in the order of the page. Scripts, styles and what else
 * no browser shows are not listed. Offsets count in the decoded original.
 */
export function leftOutOf(decisions: Decisions): LeftOut[] {
  const kept = new Set(decisions.body.lines);
  const found: LeftOut[] = [];
  let joined = false;
  decisions.lines.forEach((line, i) => {
    if (kept.has(line)) {
      joined = false;
      return;
    }
    const reason = reasonOf(decisions, i);
    const last = found.at(-1);
    if (joined && last?.reason === reason) {
      last.end = Math.max(last.end, line.end);
      last.text += `\n${line.text}`;
    } else found.push({ reason, start: line.start, end: line.end, text: line.text });
    joined = true;
  });
  return found;
}
