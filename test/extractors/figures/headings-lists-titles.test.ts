// What reports, plans, bulletins, budgets and announcements of genres that the seeds do not hold leave to headings, lists and
// titles. Sentences of our own about invented counties.
import { describe, expect, it } from 'vitest';
import { extractFigures } from '../../../extractors/figures/index.js';
import type { Document } from '../../../src/model/document.js';
import type { Figure } from '../../../src/model/record.js';
import { readPage } from '../../../src/reading/index.js';
import { documentOf } from './document.js';

const figuresOf = (text: string, fields: Partial<Document> = {}): Figure[] =>
  extractFigures(documentOf(text, fields), 'f');

/** One slot of the figures, in text order. */
const slots = <K extends keyof Figure>(text: string, name: K, fields: Partial<Document> = {}) =>
  figuresOf(text, fields).map((figure) => figure[name]);

const read = async (text: string, fields: Partial<Document> = {}) =>
  extractFigures({ ...(await readPage({ bytes: Buffer.from(text), origin: 'a.txt' })), ...fields }, 'f');

const year = (at: string) => ({ from: at, to: at });

describe('a measure that stands above its numbers', () => {
  it('in the words that open the paragraph', () => {
    const text = '（三）生均图书册数。全县小学、初中平均分别为31.5册、44.2册。';
    expect(slots(text, 'per')).toEqual([['学生'], ['学生']]);
    expect(slots(text, 'stage')).toEqual(['primary', 'junior']);
    expect(slots(text, 'subject')).toEqual(['生均图书册数', '生均图书册数']);
  });

  it('in a heading over lines of stages, with the amount of the year before', () => {
    const text =
      '2023年全县经费执行公告\n三、生均教育支出增长情况\n（一）普通小学9870元,比上年的9410元增长4.9%;\n（二）普通初中1.3万元。';
    const figures = figuresOf(text);
    expect(figures.map(({ per }) => per)).toEqual([['学生'], ['学生'], undefined, ['学生']]);
    expect(figures[3]).toMatchObject({ stage: 'junior', subject: '生均教育支出' });
  });

  it('but not where the line tells of something else, nor where the heading counts nothing per pupil', () => {
    expect(slots('（三）生均图书册数。当年购置图书3.2万册。', 'per')).toEqual([undefined]);
    expect(slots('（三）图书配备。小学为3.2万册。', 'per')).toEqual([undefined]);
  });
});

describe('measures in step with numbers of several units', () => {
  const list =
    '小学每百名学生拥有县级以上骨干教师数、生均体育运动场馆面积、生均教学仪器设备值等三项指标分别为1.3人、8.8平方米、2750元；初中上述三项指标分别为1.7人、11.9平方米、3480元。';

  it('give each number its own name and denominator', () => {
    const figures = figuresOf(list).filter(({ unit }) => unit !== '项');
    expect(figures.map(({ per }) => per![0])).toEqual(['百名学生', '学生', '学生', '百名学生', '学生', '学生']);
    expect(figures.map(({ stage }) => stage)).toEqual(['primary', 'primary', 'primary', 'junior', 'junior', 'junior']);
    expect(figures.map(({ subject }) => subject).slice(3)).toEqual(figures.map(({ subject }) => subject).slice(0, 3));
    expect(figures[5]!.subject).toContain('仪器设备值');
  });

  it('share what stands behind the last of like names, and changes go with the figures before', () => {
    expect(slots('小班、中班、大班平均班额分别为21人、26人、30人。', 'subject')).toEqual([
      '小班平均班额',
      '中班平均班额',
      '大班平均班额',
    ]);
    const text = '小学入学率99.9%,初中入学率99.2%,分别提高0.2、0.5个百分点。';
    expect(slots(text, 'stage')).toEqual(['primary', 'junior', 'primary', 'junior']);
  });
});

describe('the time', () => {
  it('that a sentence opens with goes for those behind it in the paragraph, and no further', () => {
    const text = '2023年,全县投入教育经费6.1亿元。新建学校3所。近年来,改造操场21个。\n聘请督学40名。';
    expect(slots(text, 'period')).toEqual([year('2023'), year('2023'), undefined, undefined]);
    expect(slots('2015年,启动改革。争取资金300万元。', 'period')).toEqual([undefined]);
  });

  it('全年 is the year of the heading, else the one that is over, of plans the document’s', () => {
    expect(slots('全年招聘教师88名。', 'period', { publishedIso: '2024-01-12' })).toEqual([year('2023')]);
    expect(slots('全年招聘教师88名。', 'period', { publishedIso: '2023-12-20' })).toEqual([year('2023')]);
    expect(slots('全年计划招聘教师88名。', 'period', { publishedIso: '2024-02-20' })).toEqual([year('2024')]);
  });

  it('of a title counts for announcements, since something began, and for the years to come', () => {
    const announced = {
      genre: 'announcement' as const,
      title: '青禾县2023年度教师招聘公告',
      publishedIso: '2023-05-04',
    };
    expect(slots('面向社会招聘教师90名。', 'period', announced)).toEqual([year('2023')]);
    expect(slots('自2021年9月推行课后服务以来,开设课程320门。', 'period')).toEqual([
      { from: '2021-09', to: '2024-05' },
    ]);
    expect(slots('今后三年,计划投资1.2亿元。', 'period')).toEqual([{ from: '2024', to: '2027' }]);
  });

  it('of one enumerated item is not that of the next', () => {
    expect(slots('一是近两年招生率仅为41%;二是教师缺编36名。', 'period')[1]).toBeUndefined();
  });

  it('of an amount compared with is the year before that of the title', () => {
    const told = {
      genre: 'announcement' as const,
      title: '青禾县2022年教育经费执行情况公告',
      publishedIso: '2023-11-02',
    };
    expect(slots('教育支出5.6亿元,比上年的5.2亿元增长7.7%。', 'period', told)).toEqual([
      year('2022'),
      year('2021'),
      year('2022'),
    ]);
  });
});

describe('the status', () => {
  it('of a plan’s review of the past is actual, of its aims a target', async () => {
    const figures = await read(
      '青禾县教育规划\n\n一、发展基础\n新建学校9所。\n二、主要目标\n毛入学率由91%提高到96%,新增学位3000个。',
      { genre: 'notice_plan', publishedIso: '2021-09-30' },
    );
    expect(figures.map(({ status }) => status)).toEqual(['actual', 'actual', 'target', 'target']);
  });

  it('of a part is that of its whole, and of what was recruited already actual', () => {
    const text = '初中计划招生2400人,其中城区学校1500人、乡镇学校900人。';
    expect(slots(text, 'status', { genre: 'notice_plan' })).toEqual(['planned', 'planned', 'planned']);
    expect(slots('2022年招聘的87名教师已全部到岗。', 'status', { genre: 'announcement' })).toEqual(['actual']);
  });

  it('under the work of a year to come is a target', async () => {
    const plan = '青禾县政府工作报告\n\n一、2023年工作回顾\n补充教师90名。\n二、2024年重点工作\n补充教师不少于95名。';
    const figures = await read(plan, { genre: 'work_report', publishedIso: '2024-01-16' });
    expect(figures.map(({ status }) => status)).toEqual(['actual', 'target']);
  });

  it('of a budget and of a sentence that looks ahead is planned', () => {
    expect(slots('2024年全县教育专项经费预算共计1.3亿元。', 'status')).toEqual(['planned']);
    expect(slots('一般公共预算教育支出5.6亿元。', 'status')).toEqual(['actual']);
    expect(slots('下一步,建设示范园6所。', 'status')).toEqual(['planned']);
    expect(slots('争取上级资金300万元,新建食堂5个。', 'status')).toEqual(['actual', 'actual']);
    expect(slots('该县将把3所学校纳入供餐范围。', 'status')).toEqual(['planned']);
  });
});

describe('the accrual', () => {
  it('of a growth is a flow, of a share of what stands a stock, of equipment a stock', () => {
    expect(slots('教育支出5.6亿元,同比增长7.7%。', 'accrual')).toEqual(['flow', 'flow']);
    expect(slots('在校生4120人,占总数的12%。', 'accrual')).toEqual(['stock', 'stock']);
    expect(slots('实训设备总值3900万元。', 'accrual')).toEqual(['stock']);
  });
});

describe('the stage', () => {
  it('under a heading of two is narrowed by what the sentence counts first', async () => {
    const figures = await read(
      '青禾县公报\n\n二、义务教育\n小学31所,在校生1.4万人,专任教师910人。\n初中12所,在校生7200人。',
      {
        genre: 'bulletin',
        publishedIso: '2024-03-01',
      },
    );
    expect(figures.map(({ stage }) => stage)).toEqual(['primary', 'primary', 'primary', 'junior', 'junior']);
  });

  it('of a report on one stage is that of its title, and no bracket or slogan gives one', () => {
    const report = { genre: 'work_summary' as const, title: '青禾县职业教育发展情况报告' };
    expect(slots('开设专业18个。', 'stage', report)).toEqual(['vocational']);
    expect(slots('各级各类学校(含幼儿园)146所。', 'stage')).toEqual([undefined]);
    expect(slots('按照“小学就近、初中进镇”的思路,撤并学校17所。', 'stage')).toEqual([undefined]);
  });
});

describe('units, bounds and links', () => {
  it('are as they are written', () => {
    expect(slots('年龄不超过58岁,每次送教不少于2课时。', 'unit')).toEqual(['岁', '课时']);
    expect(slots('约谈校长19人次。', 'bound')).toEqual(['exact']);
    expect(slots('上线人数突破千人。', 'value')).toEqual([1000]);
  });

  it('pass over what is compared with, and end at 另有', () => {
    const figures = figuresOf('经费38亿元,比上年的35亿元增长8.6%。其中,财政性经费33亿元。');
    expect(figures.at(-1)!.whole).toBe(figures[0]!.id);
    expect(figuresOf('现有学校59所,其中小学38所,另有教学点9个。').at(-1)!.whole).toBeUndefined();
    const shares = figuresOf('教育支出29亿元,占公共预算支出140亿元的20.7%。');
    expect(shares[2]!.of).toBe(shares[1]!.id);
  });
});
