// Columns stand in line where characters are two columns wide; CSV survives commas, quotes and formulas.
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { writeCsv, writeTable } from '../../src/cli/table.js';

describe('writeTable', () => {
  const head = ['指标', '甲县', 'Second county'];
  const rows = [
    ['新增学位', '7190个', '≥ 5'],
    ['a', '未提及\n(3)', '73.18亿元'],
  ];

  it('puts every column at one offset, measured in terminal columns', () => {
    const lines = writeTable(head, rows, null).split('\n').filter(Boolean);
    const columnOf = (line: string, text: string) => stringWidth(line.slice(0, line.indexOf(text)));
    expect(columnOf(lines[0]!, 'Second')).toBe(columnOf(lines[2]!, '≥ 5'));
    expect(columnOf(lines[0]!, 'Second')).toBe(columnOf(lines[3]!, '73.18'));
    expect(columnOf(lines[0]!, '甲县')).toBe(columnOf(lines[4]!, '(3)'));
  });

  it('repeats the first column where the others do not fit side by side', () => {
    const table = writeTable(head, rows, 22);
    expect(table.match(/新增学位/g)).toHaveLength(2);
    for (const line of table.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(24);
  });

  it('shows control characters of a page as harmless ones', () => {
    expect(writeTable(['a'], [['\u001b[2Jx\u202e']], null)).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('writeCsv', () => {
  it('quotes, and guards text that a spreadsheet would run', () => {
    expect(
      writeCsv(
        ['a', 'b'],
        [
          ['x,"y"', -1],
          ['=1+1', null],
          ['-5%', 0],
        ],
      ),
    ).toBe('a,b\r\n"x,""y""",-1\r\n\'=1+1,\r\n\'-5%,0\r\n');
  });
});
