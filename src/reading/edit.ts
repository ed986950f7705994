// Changes to a text that keep its way back.
import type { Span } from '../model/way-back.js';
import { WayBackBuilder } from '../model/way-back.js';
import { slice, type Traced } from './line.js';

/** Replaces a span of a text. */
export interface Edit extends Span {
  after: string;
}

/** Applies edits that do not overlap, in any order. What replaces a span stems from all of it. */
export function applyEdits(traced: Traced, edits: readonly Edit[]): Traced {
  const builder = new WayBackBuilder();
  let text = '';
  let at = 0;
  const copy = (to: number) => {
    const kept = slice(traced, at, to);
    for (const run of kept.wayBack.runs) builder.push(run.length, run.original, run.width);
    text += kept.text;
  };
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    copy(edit.start);
    const from = traced.wayBack.original(edit);
    builder.push(edit.after.length, from.start, from.end - from.start);
    text += edit.after;
    at = edit.end;
  }
  copy(traced.text.length);
  return { text, wayBack: builder.done() };
}
