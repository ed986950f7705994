// What the genres of county papers leave to the words around: plans without a word of planning, reports that end with the tasks of
// the next year, questions and answers, replies to proposals, lists parted by ；. Sentences of our own about invented counties.
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

const read = async (text: string) =>
  readPage({ bytes: new TextEncoder().encode(text), origin: 'page.txt' }).then((document) => ({
    genre: document.genre,
    figures: extractFigures(document, 'f'),
  }));

describe('the genre that the title tells', () => {
  it.each([
    ['云桥县“十四五”教育事业发展规划（节选）', 'notice_plan'],
    ['云桥县中小学布局专项规划（2021—2035年）公示', 'notice_plan'],
    ['云桥县教育局2022年工作总结暨2023年工作要点', 'work_summary'],
    ['对县政协第31号提案的答复', 'other'],
    ['云桥县2023年公开招聘教师公告', 'announcement'],
  ])('of %s is %s', async (title, genre) => {
    expect((await read(`${title}\n全县现有小学12所。\n2023年5月6日`)).genre).toBe(genre);
  });
});

describe('a plan', () => {
  const plan = { genre: 'notice_plan', title: '云桥县“十四五”教育发展规划', signedIso: '2021-11-02' } as const;

  it('means its own years by 规划期内, 期末 and the count of its years', () => {
    const of = (text: string) => slots(text, 'period', plan);
    expect(of('规划期内新建小学6所。')).toEqual([{ from: '2021', to: '2025' }]);
    expect(of('规划期末，寄宿制学校达到14所。')).toEqual([{ from: '2025', to: '2025' }]);
    expect(of('五年共补充教师310名。')).toEqual([{ from: '2021', to: '2025' }]);
    expect(of('三年共补充教师310名。')).toEqual([undefined]);
  });

  it('takes its years from the line below the title', () => {
    const text = '云桥县教育发展规划\n（2023—2027年）\n规划期内改扩建初中4所。';
    expect(slots(text, 'period', { ...plan, title: '云桥县教育发展规划' })).toEqual([{ from: '2023', to: '2027' }]);
    expect(slots('规划期内改扩建初中4所。', 'period', { ...plan, title: '云桥县教育发展规划' })).toEqual([undefined]);
  });

  it('sets as a goal what it is now and what it is to become', () => {
    const text = '2025年，寄宿生占比由目前的21%提高到35%。';
    expect(slots(text, 'status', plan)).toEqual(['actual', 'target']);
  });
});

describe('a report with the tasks of the next year', () => {
  const text = [
    '云桥县教育局2022年工作总结暨2023年工作要点',
    '第一部分 2022年工作总结',
    '改造旱厕38座，建成录播教室6间。',
    '第二部分 2023年工作要点',
    '新建幼儿园3所。',
    '2022年12月26日',
  ].join('\n');

  it('is done in its first part and planned in its second', async () => {
    const { figures } = await read(text);
    expect(figures.map(({ quote, status, period }) => [quote, status === 'actual', period?.from])).toEqual([
      ['38座', true, '2022'],
      ['6间', true, '2022'],
      ['3所', false, '2023'],
    ]);
  });
});

describe('a question', () => {
  it('gives its answer the stage, up to the next question', () => {
    const text =
      '问：普通高中怎么资助？\n答：助学金每生每年2000元。\n问：中职学校呢？\n答：一、二年级学生每生每年2300元。\n问：如何申请？\n答：学校公示不少于5个工作日。';
    expect(slots(text, 'stage')).toEqual(['senior', 'vocational', undefined]);
  });
});

describe('a line that opens a list of what is to come', () => {
  it('holds for the items of the list and for nothing behind it', () => {
    const text =
      '下一步，重点抓好以下工作：\n一是加快建设。为新校配备教师不少于45名。\n二是完善机制。新增学位800个。\n全县共有小学21所。';
    expect(slots(text, 'status', { genre: 'other' })).toEqual(
      ['planned', 'planned', 'actual'].map((word, at) => (at < 2 ? expect.stringMatching(/planned|target/) : word)),
    );
  });
});

describe('the stage', () => {
  it.each([
    ['全县有各级各类学校、幼儿园205所，教职工3120人。', [undefined, undefined]],
    ['确保秋季开学前3所投入使用。', [undefined]],
    ['幼儿园在园的孤儿和残疾儿童每生每年补助1200元。', ['preschool']],
    ['残疾儿童少年安置率98.2%，随迁子女在公办学校就读比例达到95.1%。', ['special', undefined]],
    ['实施义务教育改薄项目21个，完成投资7600万元；改造旱厕44座。', ['compulsory', 'compulsory', undefined]],
    ['高中阶段毛入学率提高0.6个百分点，达到93.8%。', ['senior', 'senior']],
  ])('in %s', (text, stages) => {
    expect(slots(text, 'stage')).toEqual(stages);
  });
});

describe('the period', () => {
  const april = { publishedIso: '2023-04-14' };

  it.each([
    ['上学期减免费用1137人。', { from: '2022-09', to: '2023-01' }],
    ['本学期开设社团46个。', { from: '2023-02', to: '2023-07' }],
    ['截至3月31日，已开工项目17个。', { from: '2023-03', to: '2023-03' }],
    ['截至10月底，已开工项目17个。', { from: '2022-10', to: '2022-10' }],
  ])('in %s', (text, period) => {
    expect(slots(text, 'period', april)).toEqual([period]);
  });

  it('goes with each amount through a list of years', () => {
    const text = '2020、2021、2022年全县教育支出分别为9.1亿元、9.6亿元、10.2亿元。';
    expect(slots(text, 'period', april).map((period) => period?.from)).toEqual(['2020', '2021', '2022']);
    expect(slots(text, 'subject', april)[0]).toBe('教育支出');
  });

  it('of the year that a number is compared with is that year', () => {
    expect(slots('空编率为3.5%，比2020年末的8.8%下降5.3个百分点。', 'period', april)[1]).toEqual({
      from: '2020',
      to: '2020',
    });
  });
});

describe('the number', () => {
  it.each([
    ['优秀率、及格率分别提高2.4个和3.3个百分点', ['2.4 百分点', '3.3 百分点']],
    ['技能大赛获2金4银7铜', ['2 金', '4 银', '7 铜']],
    ['总成绩=笔试成绩×40%+面试成绩×60%', ['0.4 1', '0.6 1']],
    ['全面实行15年免费教育', ['15 年']],
    ['助学金按10个月发放', ['10 月']],
    ['各校应在印发后3个月内上报', ['3 月']],
    ['生均公用经费幼儿园600元，小学、初中分别提高到800元和1000元', ['600 CNY', '800 CNY', '1000 CNY']],
  ])('in %s', (text, numbers) => {
    expect(figuresOf(text).map(({ value, unit }) => `${value} ${unit}`)).toEqual(numbers);
  });

  it('of training hours is per cycle', () => {
    expect(slots('落实5年一周期不少于360学时的教师全员培训', 'per')).toEqual([['5年']]);
  });
});

describe('the subject', () => {
  it.each([
    ['五年补充教师2600名', '教师'],
    ['为新校配备教师85名', '教师'],
    ['计划投入基建资金28亿元', '基建资金'],
    ['全年资助困难学生3.1万人次', '困难学生'],
    ['可提供学位1620个', '学位'],
    ['3所学校的运动场面积未达到要求', '学校'],
    ['非寄宿生按寄宿生标准的50%核定', '非寄宿生'],
    ['班额普遍在55人以上', '班额'],
    ['为边远学校更换课桌凳1.2万套', '课桌凳'],
    ['现下达你县2024年补助资金1860万元', '补助资金'],
  ])('of %s is %s', (text, subject) => {
    expect(slots(text, 'subject')).toEqual([subject]);
  });

  it('of those left over is what they are said to be', () => {
    expect(slots('其中初中教师46名，其余6名为幼儿园教师。', 'subject')[1]).toBe('幼儿园教师');
  });

  it('of rates in a list is each its own', () => {
    expect(slots('优秀率、及格率分别为21.4%、68.9%。', 'subject')).toEqual(['优秀率', '及格率']);
  });
});

describe('the accrual', () => {
  it('of what a number of things fell from and to is a state', () => {
    expect(slots('大班额由127个降至9个。', 'accrual')).toEqual(['stock', 'stock']);
  });

  it('of a part that 其中 names is that of its whole', () => {
    expect(slots('累计招聘教师402名，其中到村小任教的有173名。', 'accrual')).toEqual(['flow', 'flow']);
  });
});

describe('a report of the year that its title names', () => {
  it('means that year and the one before by 本年 and 上年', () => {
    const report = { title: '云桥县教育局2023年度部门决算公开说明', publishedIso: '2024-08-30' };
    const text = '本年支出6.1亿元。参与率由上年的88%提高到95%。';
    expect(slots(text, 'period', report).slice(0, 2)).toEqual([
      { from: '2023', to: '2023' },
      { from: '2022', to: '2022' },
    ]);
  });

  it('counts a change of the total as none of its wholes', () => {
    const text = '收入总计6.2亿元，较上年增加5000万元。其中：拨款5.9亿元，其他收入3000万元。';
    const [total, , grant, other] = figuresOf(text);
    expect([grant!.whole, other!.whole]).toEqual([total!.id, total!.id]);
  });
});

describe('a notice that reports', () => {
  const notice = { genre: 'notice', title: '关于2023年均衡发展监测情况的通报' } as const;

  it('tells what is so, and cites the norm that it is measured by', () => {
    const of = (text: string) => slots(text, 'status', notice);
    expect(of('小学书面作业不超过60分钟，初中不超过90分钟。')).toEqual(['actual', 'actual']);
    expect(of('交流比例8.5%，低于10%的规定要求。')).toEqual(['actual', 'standard']);
    expect(of('小学5.8人，初中6.4人，均高于4.2人、5.3人的标准。')).toEqual([
      'actual',
      'actual',
      'standard',
      'standard',
    ]);
    expect(of('生均公用经费与不低于8000元的标准差1500元。')).toEqual(['standard', 'actual']);
  });
});

describe('words that were new', () => {
  it('strong and weak fractions', () => {
    expect(slots('教育支出占财政支出的四分之一强。', 'bound')).toEqual(['over']);
    expect(slots('近两年占三成弱，', 'bound')).toEqual(['under']);
  });

  it('a state from which something fell', () => {
    expect(slots('培训机构由最多时的168家压减到11家。', 'accrual')).toEqual(['stock', 'stock']);
  });

  it('staffing ratios under a standard', () => {
    const text = '按照小学1:19、初中1:13.5的标准，应核定教师编制5960名。';
    expect(figuresOf(text).map(({ quote, status }) => [quote, status === 'target'])).toEqual([
      ['1:19', false],
      ['1:13.5', false],
      ['5960名', false],
    ]);
  });

  it.each([
    ['先后交付使用学校14所', '学校'],
    ['另有5所学校正在建设', '学校'],
    ['412名教师跨校流动', '教师'],
    ['收到留言1300条', '留言'],
    ['参与率为94.8%，参与教师4880名', '参与教师'],
  ])('the subject of %s', (text, subject) => {
    expect(slots(text, 'subject').at(-1)).toBe(subject);
  });

  it('依次 as 分别 under a measure named above', () => {
    expect(slots('5.每百名学生拥有网络多媒体教室数：小学、初中依次为2.51间、2.49间。', 'per')).toEqual([
      ['百名学生'],
      ['百名学生'],
    ]);
  });

  it('另有 on a line of its own leaves the heading above', () => {
    const text = '一、特殊教育学校迁建\n建筑面积7800平方米。\n另有8个运动场改造项目正在施工。';
    const blocks: Document['blocks'] = [{ kind: 'heading', level: 1, start: 0, end: 11 }];
    expect(slots(text, 'stage', { blocks })).toEqual(['special', undefined]);
  });
});
