import { describe, expect, it } from 'vitest';
import { type CompiledCodebook, compileCodebook, extract, loadCodebook } from '../../extractors/index.js';
import type { Block, Document } from '../../src/model/document.js';
import { documentOf } from '../helpers/document.js';
import { indicatorCases } from './indicator-cases.js';

const education = compileCodebook(loadCodebook());

/** The indicators of a text's figures, `-` for none. */
const indicatorsOf = (text: string, codebook: CompiledCodebook = education, fields: Partial<Document> = {}): string =>
  extract(
    documentOf(text, { title: '教育工作情况', genre: 'work_summary', publishedIso: '2024-01-05', ...fields }),
    codebook,
    'x',
  )
    .figures.map(({ indicator }) => indicator ?? '-')
    .join(' ');

describe('indicators of figures in our own words', () => {
  it.each(indicatorCases)('%s', (text, indicators) => {
    expect(indicatorsOf(text)).toBe(indicators);
  });

  it('covers every indicator of the codebook', () => {
    const covered = new Set(indicatorCases.flatMap(([, indicators]) => indicators.split(' ')));
    expect(education.codebook.indicators.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});

describe('what an indicator needs', () => {
  it('is the right kind of number, unit and denominator', () => {
    expect(indicatorsOf('生均公用经费标准为每生每年860元。')).toBe('operating_funds_per_student');
    expect(indicatorsOf('公用经费共拨付8600万元。')).toBe('-');
    expect(indicatorsOf('骨干教师共有38人。')).not.toContain('backbone_teachers_per_100');
  });

  it('is never guessed from a change or a rank', () => {
    expect(indicatorsOf('教师培训经费同比增长12%。')).toBe('-');
    expect(indicatorsOf('教育支出较上年增长3.2亿元。')).toBe('-');
  });

  it('takes what a list or a whole counts', () => {
    expect(indicatorsOf('在校生3210人,其中小学2130人,初中1080人。')).toBe(
      'enrolled_students enrolled_students enrolled_students',
    );
    expect(indicatorsOf('新建小学2所、初中1所。')).toBe('schools_built schools_built');
  });

  it('reads the heading above', () => {
    expect(indicatorsOf('## 课后服务\n全县学生参与率达到97.1%。')).toBe('after_school_participation_rate');
  });

  it('says why', () => {
    const [figure] = extract(documentOf('新增学位3300个。'), education, 'x').figures;
    expect(figure?.indicator_reason).toMatch(/新增学位 \(wording "/);
  });
});

describe('a figure in a table', () => {
  it('is matched by its heads and its caption, and not by its neighbours', () => {
    const rows = [
      ['学段', '学校数(所)', '在校生(人)', '教学点(个)'],
      ['小学', '61', '28650', '15'],
      ['初中', '18', '15230', ''],
    ];
    const caption = '义务教育学校情况';
    let text = `${caption}\n`;
    const blocks: Block[] = [{ kind: 'caption', start: 0, end: caption.length }];
    rows.forEach((cells, row) => {
      cells.forEach((words, column) => {
        const unit = /\((.)\)/.exec(rows[0]![column]!)?.[1];
        const head = row === 0 || column === 0;
        blocks.push({
          kind: 'cell',
          table: 0,
          row,
          column,
          start: text.length,
          end: text.length + words.length,
          ...(head ? { header: true } : { heads: [cells[0]!, rows[0]![column]!] }),
          ...(!head && unit && words !== '' ? { unit } : {}),
        });
        text += `${words}${column === cells.length - 1 ? '\n' : '\t'}`;
      });
    });
    expect(indicatorsOf(text, education, { text, blocks })).toBe(
      'school_count enrolled_students teaching_point_count school_count enrolled_students',
    );
  });
});

describe('another field', () => {
  const finance = compileCodebook(loadCodebook('public-finance'));
  it.each([
    [
      '全年一般公共预算收入完成31.6亿元,税收收入22.4亿元,税收占比70.9%。',
      'general_budget_revenue tax_revenue tax_share_of_revenue',
    ],
    [
      '一般公共预算支出58.3亿元,其中民生支出46.1亿元,占一般公共预算支出的79%。',
      'general_budget_expenditure livelihood_expenditure livelihood_share',
    ],
    ['争取上级转移支付资金24.7亿元、新增专项债券9.2亿元。', 'transfers_from_above special_bonds'],
    ['年末政府债务余额61.5亿元,“三公”经费支出860万元。', 'government_debt_balance official_overheads'],
    ['全县新增学位3300个。', '-'],
  ])('%s', (text, indicators) => {
    expect(indicatorsOf(text, finance, { title: '预算执行情况' })).toBe(indicators);
  });
});
