// Sums of tables, from the cells that reading gives.
import { describe, expect, it } from 'vitest';
import type { AuditDocument } from '../../../src/compare/audit/index.js';
import { checkTables, type TableCell } from '../../../src/compare/audit/tables.js';

/** A table of rows of words, the first row its heads. */
function tableOf(...rows: string[][]): AuditDocument {
  const cells: TableCell[] = [];
  let text = '';
  for (const [row, words] of rows.entries()) {
    for (const [column, word] of words.entries()) {
      cells.push({ start: text.length, end: text.length + word.length, table: 0, row, column, header: row === 0 });
      text += `${word}\t`;
    }
    text += '\n';
  }
  return { id: 1, place: '990101', title: null, text, published: null, signed: null, figures: [], cells };
}
const verdicts = (...rows: string[][]) =>
  checkTables(tableOf(...rows)).map(({ verdict, value, severity }) => [verdict, value, severity]);

describe('sums of tables', () => {
  it('columns against the row 合计: the one that differs is told beside those that hold', () => {
    expect(
      verdicts(['学校', '教师', '学生'], ['甲校', '30', '1,200'], ['乙校', '25', '800'], ['合计', '55', '2,100']),
    ).toEqual([
      ['holds', 55, 'none'],
      ['conflicts', 2000, 'medium'],
    ]);
  });

  it('rows against the column 合计', () => {
    expect(verdicts(['学校', '男', '女', '合计'], ['甲校', '12', '18', '30'], ['乙校', '10', '15', '26'])).toEqual([
      ['holds', 30, 'none'],
      ['conflicts', 25, 'medium'],
    ]);
  });

  it('decimals add up without a binary remainder', () => {
    expect(verdicts(['项目', '万元'], ['甲', '0.1'], ['乙', '0.2'], ['合 计', '0.3'])).toEqual([
      ['holds', 0.3, 'none'],
    ]);
  });

  it('one column alone that differs does not decide', () => {
    expect(verdicts(['项目', '万元'], ['甲', '10'], ['乙', '20'], ['合计', '90'])).toEqual([
      ['cannot_tell', 30, 'low'],
    ]);
  });

  it.each([
    [
      'rows of rows',
      [
        ['学校', '教师'],
        ['甲校', '30'],
        ['小计', '30'],
        ['乙校', '25'],
        ['合计', '55'],
      ],
    ],
    [
      'shares',
      [
        ['学校', '占比%'],
        ['甲校', '30'],
        ['乙校', '25'],
        ['合计', '100'],
      ],
    ],
    [
      'nothing adds up',
      [
        ['学校', '教师', '学生'],
        ['甲校', '30', '9'],
        ['乙校', '25', '9'],
        ['合计', '99', '99'],
      ],
    ],
    [
      'no total',
      [
        ['学校', '教师'],
        ['甲校', '30'],
        ['乙校', '25'],
      ],
    ],
  ])('says nothing of %s', (_name, rows) => {
    expect(verdicts(...rows)).toEqual([]);
  });

  it('shows the row and gives its place an id', () => {
    const [finding] = checkTables(tableOf(['项目', '万元'], ['甲', '10'], ['乙', '20'], ['合计', '30']));
    expect(finding).toMatchObject({ computed: '10 + 20 = 30', sentences: [{ document: 1, text: '合计\t30' }] });
    expect(finding!.id).toMatch(/^parts:1@\d+$/);
  });
});
