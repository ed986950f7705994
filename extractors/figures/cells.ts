// Tables: a number in a cell is read with the words of its heads and the unit of its head or caption, as if they stood before and
// behind it in a sentence.
import type { Block, Document } from '../../src/model/document.js';
import type { Candidate, NumberContext } from '../rules/candidate.js';
import { readNumbers } from '../rules/quantities.js';

/** A cell with figures, and what governs it. */
export interface Cell {
  /** Texts of its row's and its column's heads, in this order. */
  heads: readonly string[];
  /** The caption above its table, empty where there is none. */
  caption: string;
}

/** A number, or two that make a ratio or a range. */
const bareNumber = /^[-+−]?[\d０-９][\d０-９,，.．]*(?:[:：∶~～—-][\d０-９.．]+)?$/;

/**
 * Completes the numbers that stand in cells and rules out those in heads.
 * @returns the cell of each number that stands in one
 */
export function readCells(
  { text, blocks }: Pick<Document, 'text' | 'blocks'>,
  numbers: NumberContext,
): Map<Candidate, Cell> {
  const found = new Map<Candidate, Cell>();
  const { candidates } = numbers;
  let caption = '';
  let table: number | undefined;
  let next = 0;
  for (const block of blocks) {
    if (block.kind === 'caption')
      caption = `${table === undefined ? caption : ''}${text.slice(block.start, block.end)} `;
    if (block.kind !== 'cell') {
      table = undefined;
      if (block.kind !== 'caption') caption = '';
      continue;
    }
    table = block.table;
    while (next < candidates.length && candidates[next]!.start < block.start) next++;
    for (; next < candidates.length && candidates[next]!.start < block.end; next++)
      readCell(text, block, candidates[next]!, caption, found);
  }
  return found;
}

function readCell(text: string, block: Block, item: Candidate, caption: string, found: Map<Candidate, Cell>): void {
  if (block.header) {
    item.rejected ??= 'no figure: head of a table';
    return;
  }
  const heads = namesOnly((block.heads ?? []).map((head) => head.replace(/\s+/g, '')));
  found.set(item, { heads, caption });
  const words = text.slice(block.start, block.end).trim();
  if (!bareNumber.test(words)) return;
  const start = text.indexOf(words, block.start);
  if (item.start < start || item.start > start + 1) return;
  const counted = countOfHead(heads);
  const read = counted ? inSentence([counted.head], words, counted.unit) : inSentence(heads, words, block.unit ?? '');
  if (!read) {
    item.rejected ??= 'no figure: no unit';
    return;
  }
  Object.assign(item, measures(read), {
    quoteStart: start,
    quoteEnd: start + words.length,
    unitStart: item.end,
    unitEnd: item.end,
    rules: [...read.rules, block.unit ? 'cell: unit of its head' : 'cell: noun of its head'],
    rejected: null,
  });
}

/** Heads that name; a threshold in the row (小学≥4.2、初中≥5.3) is a number of its own column. */
function namesOnly(heads: readonly string[]): readonly string[] {
  const names = heads.filter((head) => !(/[≤≥＜＞<>]|\d(?:[、,，;；]|$)/.test(head) && !/^(?:19|20)\d\d$/.test(head)));
  return names.length > 0 ? names : heads;
}

/** What a column counts of its rows, whatever the rows measure: 达标学校数 under 生均校舍面积(平方米). */
const counts: readonly (readonly [RegExp, string])[] = [
  [/(?:学校|达标|校|所)数量?$/, '所'],
  [/(?:班级?)数量?$/, '个'],
  [/(?:人数|人员数|教师数|学生数)$/, '人'],
];

/** The last head, where it names a count and the head before it something measured; with its unit. */
function countOfHead(heads: readonly string[]): { head: string; unit: string } | null {
  const head = heads.at(-1) ?? '';
  if (heads.length < 2 || !/[均每率值比]|面积|经费|数$/.test(heads[0]!)) return null;
  const unit = counts.find(([pattern]) => pattern.test(head))?.[1];
  return unit ? { head, unit } : null;
}

/** The number as it reads behind its heads: 生均公用经费 650 元/生·年. */
function inSentence(heads: readonly string[], words: string, unit: string): Candidate | null {
  const lead = heads.join('').replace(/[，,。；;：:\s]/g, '');
  const sentence = `${lead}${unit === '' ? '为' : ''}${words}${unit}`;
  const start = sentence.length - unit.length - words.length;
  return readNumbers(sentence).candidates.find((item) => item.start >= start && item.rejected === null) ?? null;
}

const measures = ({ value, max, dimension, unit, bound, per, salience, mantissa, exponent }: Candidate) => ({
  value,
  max,
  dimension,
  unit,
  bound,
  per,
  salience,
  mantissa,
  exponent,
});

/** The heads of a cell as a name, without those that give only a date, a kind of amount, or say that everything is counted. */
export const subjectOfHeads = (heads: readonly string[]): string =>
  heads
    .map((head) => head.replace(/^其中[：:]?(?=.)/, ''))
    .filter(
      (head) =>
        !/^(?:(?:19|20)\d\d年?[度底末]?|合计|总计|小计|指标|项目|名称|单位)$/.test(head) &&
        !/^(?:(?:19|20)\d\d年度?|本年|上年)?(?:执行|预算|决算|完成|实际|计划|目标)(?:数|值|额|安排|情况)?$/.test(head),
    )
    .join('') || heads.join('');
