// What stands around a passage: its sentence and the sentences beside it, and in a table the cell with the heads that govern it.
import { sentencesOf } from '../../../extractors/index.js';
import type { Block } from '../../model/document.js';
import type { Span } from '../../model/way-back.js';

interface InText {
  textStart: number;
  textEnd: number;
  sentence: string;
}

/** Where the sentence of a record stands in the text, null where it does not hold the quote's place. */
export function sentenceSpan(text: string, { textStart, textEnd, sentence }: InText): Span | null {
  const start = sentence === '' ? -1 : text.lastIndexOf(sentence, textStart);
  return start >= 0 && start + sentence.length >= textEnd ? { start, end: start + sentence.length } : null;
}

/** The sentences around a record. */
export interface Surroundings {
  before: string;
  after: string;
}

/** Sentences on each side that show what a sentence means. */
const beside = 2;

/** The two sentences before that of a record and the two behind it, as they stand in the text. */
export function surroundings(text: string, record: InText): Surroundings {
  const own = sentenceSpan(text, record) ?? { start: record.textStart, end: record.textEnd };
  const spans = sentencesOf(text);
  const before = spans.filter(({ end }) => end <= own.start).slice(-beside);
  const after = spans.filter(({ start }) => start >= own.end).slice(0, beside);
  return {
    before: before.length > 0 ? text.slice(before[0]!.start, own.start) : '',
    after: after.length > 0 ? text.slice(own.end, after.at(-1)!.end) : '',
  };
}

type Cell = Block & { row: number; column: number };

const isCell = (block: Block): block is Cell =>
  block.kind === 'cell' && block.row !== undefined && block.column !== undefined;

/** The cell in which an offset of the text stands, and the blocks of its heads. */
export function governing(
  blocks: readonly Block[],
  text: string,
  offset: number,
): { cell: Block | null; heads: Block[] } {
  const cell = blocks.filter(isCell).find(({ start, end }) => start <= offset && offset < end);
  if (!cell) return { cell: null, heads: [] };
  const candidates = blocks
    .filter(isCell)
    .filter((block) => block.table === cell.table && block.header && (isAbove(block, cell) || isLeft(block, cell)));
  // The heads of a cell are known by their words, units taken off; of several that begin so the nearest one governs.
  const heads = (cell.heads ?? []).flatMap((head) => {
    const named = candidates.filter(({ start, end }) => text.slice(start, end).startsWith(head));
    return named.sort((a, b) => distance(a, cell) - distance(b, cell)).slice(0, 1);
  });
  return { cell, heads: [...new Set(heads)] };
}

const isAbove = (head: Cell, cell: Cell): boolean => head.row < cell.row;
const isLeft = (head: Cell, cell: Cell): boolean =>
  head.column < cell.column && head.row <= cell.row && cell.row < head.row + (head.rowSpan ?? 1);

/** A head over the column or in the row of a cell is nearer than one elsewhere above it. */
function distance(head: Cell, cell: Cell): number {
  const covers = head.column <= cell.column && cell.column < head.column + (head.columnSpan ?? 1);
  return (
    (isLeft(head, cell) || covers ? 0 : 1000) + Math.abs(cell.row - head.row) + Math.abs(cell.column - head.column)
  );
}
