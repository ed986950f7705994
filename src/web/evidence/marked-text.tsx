// The text of a document with a passage marked: paragraphs, headings and tables by its blocks. For what has no page to show: office
// files, data of scripts, plain text.
import type { Block } from '../../model/document.js';
import type { Span } from '../../model/way-back.js';
import { governing } from './passage-context.js';

interface InText {
  textStart: number;
  textEnd: number;
}

/** A part of the text with what of the passage stands in it. */
function Marked({ text, span, passage }: { text: string; span: Span; passage: InText | null }) {
  const start = passage ? Math.max(span.start, passage.textStart) : span.end;
  const end = passage ? Math.min(span.end, passage.textEnd) : span.end;
  if (!passage || start >= end) return <>{text.slice(span.start, span.end)}</>;
  return (
    <>
      {text.slice(span.start, start)}
      <mark class="passage" id={start === passage.textStart ? 'passage' : undefined}>
        {text.slice(start, end)}
      </mark>
      {text.slice(end, span.end)}
    </>
  );
}

/** A text by lines; consecutive rows of one table stand in one table. */
export function MarkedText({
  text,
  blocks,
  passage,
}: {
  text: string;
  blocks: readonly Block[];
  passage: InText | null;
}) {
  const { cell, heads } = passage ? governing(blocks, text, passage.textStart) : { cell: null, heads: [] };
  const lines = linesOf(text, blocks);
  return (
    <div class="read">
      {groups(lines).map((group) =>
        group[0]!.cells.length > 0 ? (
          <table>
            {group.map(({ cells }) => (
              <tr>
                {cells.map((block) => (
                  <td
                    class={block === cell ? 'cell' : heads.includes(block) ? 'cell-head' : undefined}
                    rowspan={block.rowSpan}
                    colspan={block.columnSpan}
                  >
                    <Marked text={text} span={block} passage={passage} />
                  </td>
                ))}
              </tr>
            ))}
          </table>
        ) : (
          group.map((line) => (
            <div class={line.heading === null ? 'p' : `h${Math.min(6, line.heading + 2)}`}>
              <Marked text={text} span={line} passage={passage} />
            </div>
          ))
        ),
      )}
    </div>
  );
}

interface TextLine extends Span {
  cells: Block[];
  heading: number | null;
}

function linesOf(text: string, blocks: readonly Block[]): TextLine[] {
  const lines: TextLine[] = [];
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    lines.push({ start, end, cells: [], heading: null });
    start = end + 1;
  }
  let at = 0;
  for (const block of [...blocks].sort((a, b) => a.start - b.start)) {
    while (lines[at] && lines[at]!.end < block.start) at++;
    const line = lines[at];
    if (!line) break;
    if (block.kind === 'cell') line.cells.push(block);
    else if (block.kind === 'heading' && !block.inline) line.heading = block.level ?? 1;
  }
  return lines;
}

/** Lines of text, and rows that follow each other in one table. */
function groups(lines: readonly TextLine[]): TextLine[][] {
  const found: TextLine[][] = [];
  for (const line of lines) {
    const last = found.at(-1)?.[0];
    if (last && last.cells[0]?.table === line.cells[0]?.table) found.at(-1)!.push(line);
    else found.push([line]);
  }
  return found;
}

/** A plain text file as it is, marked by the offsets in its source. */
export function MarkedSource({ source, passage }: { source: string; passage: Span | null }) {
  const own = passage ? { textStart: passage.start, textEnd: passage.end } : null;
  return (
    <pre>
      <Marked text={source} span={{ start: 0, end: source.length }} passage={own} />
    </pre>
  );
}
