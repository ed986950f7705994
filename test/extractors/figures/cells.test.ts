// Numbers in tables: subject, unit, stage and period come from the heads, the caption and its unit line.
import { describe, expect, it } from 'vitest';
import { extractFigures } from '../../../extractors/figures/index.js';
import type { Block } from '../../../src/model/document.js';
import type { Figure } from '../../../src/model/record.js';
import { documentOf } from './document.js';

interface Table {
  caption?: string;
  unit?: string;
  /** Rows of cells; the first row and the first column are heads. */
  rows: string[][];
  /** Units of columns, as a head gives them. */
  units?: (string | undefined)[];
}

/** The document as reading writes tables: a caption line, then a line a row with its cells parted by tabs. */
function figuresOf({ caption, unit, rows, units = [] }: Table): Figure[] {
  const blocks: Block[] = [];
  let text = '';
  if (caption) {
    blocks.push({ kind: 'caption', start: 0, end: caption.length, ...(unit ? { unit } : {}) });
    text = `${caption}\n`;
  }
  rows.forEach((cells, row) => {
    cells.forEach((cell, column) => {
      const header = row === 0 || column === 0;
      const own = units[column] ?? unit;
      blocks.push({
        kind: 'cell',
        start: text.length,
        end: text.length + cell.length,
        table: 0,
        row,
        column,
        ...(header ? { header } : { heads: [cells[0]!, rows[0]![column]!] }),
        ...(!header && own && /^[\d.,]+$/.test(cell) ? { unit: own } : {}),
      });
      text += `${cell}${column === cells.length - 1 ? '\n' : '\t'}`;
    });
  });
  return extractFigures(documentOf(text, { blocks }), 't');
}

describe('a cell with a bare number', () => {
  it('takes unit and scale from the line above the table', () => {
    const [spent, planned] = figuresOf({
      caption: '2023年教育经费情况表 单位:万元',
      unit: '万元',
      rows: [
        ['项目', '投入经费', '预算'],
        ['青禾县', '1234.5', '1,300'],
      ],
    });
    expect(spent).toMatchObject({
      value: 12_345_000,
      unit: 'CNY',
      dimension: 'money',
      quote: '1234.5',
      subject: '青禾县投入经费',
    });
    expect(spent?.period).toEqual({ from: '2023', to: '2023' });
    expect(spent?.period_text).toBe('2023年');
    expect(planned).toMatchObject({ value: 13_000_000, quote: '1,300' });
  });

  it('takes its unit from the head of its column, with the denominator', () => {
    const found = figuresOf({
      rows: [
        ['学段', '生均公用经费', '毛入学率', '生师比', '差异系数'],
        ['小学', '650', '99.5', '16.2:1', '0.38'],
        ['初中', '850', '100', '12.8:1', '0.41'],
      ],
      units: [undefined, '元/生·年', '%'],
    });
    expect(found.map(({ value, unit, per, stage }) => [value, unit, per, stage])).toEqual([
      [650, 'CNY', ['学生', '年'], 'primary'],
      [0.995, '1', undefined, 'primary'],
      [16.2, '1', undefined, 'primary'],
      [0.38, '1', undefined, 'primary'],
      [850, 'CNY', ['学生', '年'], 'junior'],
      [1, '1', undefined, 'junior'],
      [12.8, '1', undefined, 'junior'],
      [0.41, '1', undefined, 'junior'],
    ]);
  });

  it('counts what its head names, and nothing where no head says what', () => {
    const found = figuresOf({
      rows: [
        ['名称', '学生数', '专任教师', '备注', '代码'],
        ['第一小学', '1862', '128', '3', '3708290001'],
      ],
    });
    expect(found.map(({ value, unit, subject }) => [value, unit, subject])).toEqual([
      [1862, '人', '第一小学学生数'],
      [128, '人', '第一小学专任教师'],
    ]);
  });

  it('is dated by a head that is a year, and never read together with its neighbours', () => {
    const found = figuresOf({
      rows: [
        ['指标', '2021年', '2022年'],
        ['招聘教师(人)', '12', '3'],
        ['学校数', '45', '46'],
      ],
      units: [undefined, '人', '人'],
    });
    expect(found.slice(0, 2).map(({ value, value_max, period }) => [value, value_max, period?.from])).toEqual([
      [12, undefined, '2021'],
      [3, undefined, '2022'],
    ]);
    expect(found[0]).toMatchObject({ accrual: 'flow' });
  });
});

describe('a cell that names its unit', () => {
  it('is read as text, with the subject of its heads', () => {
    const [figure] = figuresOf({
      rows: [
        ['项目', '数量'],
        ['新建幼儿园', '12所'],
      ],
    });
    expect(figure).toMatchObject({
      value: 12,
      unit: '所',
      quote: '12所',
      subject: '新建幼儿园数量',
      stage: 'preschool',
    });
  });
});

describe('a head', () => {
  it('holds no figures', () => {
    expect(
      figuresOf({
        rows: [
          ['规模', '100人以下学校'],
          ['3个乡镇', '合并'],
        ],
      }),
    ).toEqual([]);
  });
});

describe('columns of one table that say different things', () => {
  const rows = [
    ['指标', '国家标准', '县均值', '达标学校数', '2025年目标值'],
    ['生均教学用房面积', '4.5', '5.12', '35', '5.5'],
  ];
  const figures = figuresOf({ rows, units: [undefined, '平方米', '平方米', '平方米', '平方米'] });

  it('count schools where the column counts them, whatever the row measures', () => {
    expect(figures.map(({ value, unit, per }) => [value, unit, per])).toEqual([
      [4.5, 'm2', ['学生']],
      [5.12, 'm2', ['学生']],
      [35, '所', undefined],
      [5.5, 'm2', ['学生']],
    ]);
  });

  it('tell a standard and a goal from what was reached', () => {
    expect(figures.map(({ status }) => status)).toEqual(['standard', 'actual', 'actual', 'target']);
  });
});

describe('a table of a notice on one stage', () => {
  it('takes year and stage from the title, and plans what stands under 招生计划', () => {
    const head = '一、招生计划';
    const rows = '学校\t招生人数\n一中\t1200';
    const text = `${head}\n${rows}`;
    const at = text.indexOf('1200');
    const blocks: Block[] = [
      { kind: 'heading', level: 1, start: 0, end: head.length },
      { kind: 'cell', start: at, end: at + 4, table: 0, row: 1, column: 1, heads: ['一中', '招生人数'], unit: '人' },
    ];
    const title = '松岭县2024年普通高中招生工作通知';
    const [figure] = extractFigures(documentOf(text, { blocks, title, genre: 'notice', signedIso: '2024-05-28' }), 't');
    expect(figure).toMatchObject({ stage: 'senior', status: 'planned', period: { from: '2024', to: '2024' } });
  });
});
