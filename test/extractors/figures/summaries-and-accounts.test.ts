// What counted things, money and shares are of in summaries, notices, accounts and self-reports, and when: names through lists,
// brackets and clauses between, dates that open a clause or end a work. Sentences of our own about invented counties.
import { describe, expect, it } from 'vitest';
import { extractFigures } from '../../../extractors/figures/index.js';
import type { Document } from '../../../src/model/document.js';
import type { Figure } from '../../../src/model/record.js';
import { documentOf } from './document.js';

const figuresOf = (text: string, fields: Partial<Document> = {}): Figure[] =>
  extractFigures(documentOf(text, fields), 'f');

/** One slot of the figures, in text order. */
const slots = <K extends keyof Figure>(text: string, name: K, fields: Partial<Document> = {}) =>
  figuresOf(text, fields).map((figure) => figure[name]);

describe('what is counted', () => {
  it.each([
    ['为23所农村学校安装空调。', '农村学校'],
    ['组织326名校长教师交流轮岗。', '交流轮岗的校长教师'],
    ['全县217名残疾儿童随班就读。', '随班就读的残疾儿童'],
    ['其中,中等职业学校2所。', '中等职业学校'],
    ['在园幼儿12486名。', '在园幼儿'],
    ['共收回有效问卷8124份。', '有效问卷'],
    ['区政府将在三年内新增编制120个。', '新增编制'],
    ['在校生首次突破3000人。', '在校生'],
    ['城区小学在校生4200人。', '城区小学在校生'],
    ['截至6月底开通线路74条。', '线路'],
    ['平均上学距离4.6公里。', '平均上学距离'],
    ['对家校距离3公里以上的学生免费接送。', '家校距离'],
    ['政策知晓率要达到98%。', '政策知晓率'],
    ['食材价格较市场低12%。', '食材价格'],
    ['对非寄宿生按50%的比例核定。', '非寄宿生'],
    ['新校区已完成主体工程的60%。', '主体工程'],
    ['师生比高达1:6.5。', '师生比'],
    ['县城新校迁建项目累计完成投资8900万元。', '县城新校迁建项目'],
    ['投资2680万元购入校车,', '校车'],
    ['按每生每年2000元标准发放国家助学金。', '国家助学金'],
    ['1.营养改善专项资金。下达4320万元。', '营养改善专项资金'],
    ['新校区主体封顶,完成投资4200万元。', '新校区'],
    ['县财政每年拿出400万元,为从业人员购买社会保险。', '社会保险'],
    ['教学点公用经费按在校生核定,每生每年再增加300元。', '教学点公用经费'],
    ['对家长进行不少于1次的政策宣讲。', '政策宣讲'],
    ['按特教学校每生每年7000元的标准足额拨付公用经费。', '公用经费'],
    ['县财政按每生每年100元的标准给予补贴。', '补贴'],
    ['治理小区配套园17所。', '小区配套园'],
    ['教育项目已开工17个。', '教育项目'],
    ['走读生按每生每年600元拨付。', '走读生'],
    ['新校区已动工,总投资3.2亿元。', '总投资'],
    ['财政性教育经费（主要包括预算安排的经费，基金安排的经费等）为10.8亿元。', '财政性教育经费'],
  ])('in %s is %s', (text, subject) => {
    expect(slots(text, 'subject')).toEqual([subject]);
  });

  it('of the next in a list is its own, or that of the one before', () => {
    expect(slots('学校有12个教学班、教师38人。', 'subject')).toEqual(['教学班', '教师']);
    expect(slots('学前资助1420人次、71万元;生活补助1800人次、93万元。', 'subject')).toEqual([
      '学前资助',
      '学前资助',
      '生活补助',
      '生活补助',
    ]);
    expect(slots('学费标准为示范高中每生800元、一般高中600元。', 'subject')).toEqual(['学费标准', '学费标准']);
    expect(slots('初中生均公用经费达到720元和940元。', 'subject')).toEqual(['初中生均公用经费', '初中生均公用经费']);
    expect(slots('校均学生68人,班均12人。', 'subject')).toEqual(['校均学生', '班均学生']);
  });

  it('of those left over, of a debt that is paid off, of what a norm is passed by', () => {
    expect(slots('教师74名,其中10名安排到县城学校,其余6名办理退休。', 'subject').at(-1)).toBe('教师');
    expect(slots('学校债务余额1.28亿元,较年初化解2400万元。', 'subject')).toEqual(['学校债务余额', '学校债务余额']);
    expect(
      slots('生均占地15平方米,生均用房9平方米,分别高出省定标准0.8平方米、0.7平方米。', 'subject').slice(2),
    ).toEqual(['生均占地', '生均用房']);
  });

  it('of those left over is what became of them, and of a limit for a class no count before it', () => {
    expect(slots('机构86家,其余7家转为公益性机构。', 'subject').at(-1)).toBe('转为公益性机构的机构');
    expect(slots('乡镇学校招收2550人;开设128个班,每班不超过50人。', 'subject').at(-1)).not.toContain('乡镇学校');
  });

  it('by a limit are those that it is a limit for', () => {
    const text = '全县农村学校在校生不足100人的有31所,其中50人以下的17所。';
    expect(slots(text, 'subject')).toEqual(['农村学校在校生', '农村学校', '农村学校在校生', '农村学校']);
  });

  it('behind a bracket is what the bracket was of', () => {
    const figures = figuresOf('普通高中招生3650人(公办高中3050人,民办高中600人),比上年增招200人。');
    expect(figures.at(-1)).toMatchObject({ subject: '普通高中招生增招' });
    expect(figures.at(-1)!.whole).toBeUndefined();
  });
});

describe('a share and its base', () => {
  it('stands behind the growth of the amount, or names the amount', () => {
    const grown = figuresOf('总投入为12.36亿元。其中财政经费10.84亿元,比上年增长6.17%,占总投入的87.7%。');
    expect(grown.at(-1)!.of).toBe('f-001');
    const named = figuresOf('教育支出9.72亿元,占公共预算支出46.5亿元的比例为20.9%。');
    expect(named.map(({ subject }) => subject)[1]).toBe('公共预算支出');
    expect(named[2]!.of).toBe('f-002');
  });
});

describe('money as a state, and as a rate', () => {
  it.each([
    ['债务余额1.28亿元。', 'stock'],
    ['平均月薪4500元。', 'monthly'],
    ['今年招收新生1126名。', 'flow'],
    ['今年招收新生,在校生3000人。', 'stock'],
    ['投资1.28亿元。', 'flow'],
  ])('%s', (text, accrual) => {
    expect(slots(text, 'accrual')).toEqual([accrual]);
  });
});

describe('a clause that stands between', () => {
  it('names what is reached behind it, and whose stage it is', () => {
    const text = '入园率不低于85%,高中毛入学率明显提高,达到60%左右。';
    expect(slots(text, 'subject')).toEqual(['入园率', '高中毛入学率']);
    expect(slots(text, 'stage')).toEqual(['preschool', 'senior']);
  });
});

describe('a list in step', () => {
  it('pairs shares with the amounts before them, and with the stages of its last names', () => {
    const figures = figuresOf('支出17.2亿元,其中人员支出12.8亿元、公用支出4.4亿元,分别占74.4%和25.6%。');
    expect(figures.slice(3).map(({ subject, of }) => [subject, of])).toEqual([
      ['人员支出', 'f-001'],
      ['公用支出', 'f-001'],
    ]);
    expect(slots('特殊教育存在学前和高中阶段入学率偏低(分别仅为61%和42%)。', 'stage')).toEqual(['preschool', 'senior']);
    expect(slots('对示范园、一级园分别奖励10万元、5万元。', 'subject')).toEqual(['示范园', '一级园']);
  });
});

describe('what was done to the things before', () => {
  it.each([
    ['新建幼儿园17所,改扩建12所。', ['preschool', 'preschool']],
    ['高中毛入学率94.2%,比2015年提高了5.8个百分点。', ['senior', 'senior']],
    ['增设学前部和职教部各1个。', [['preschool', 'vocational']]],
  ])('is of their stage: %s', (text, stages) => {
    expect(slots(text, 'stage')).toEqual(stages);
  });

  it('is of their name', () => {
    expect(slots('安排教育项目32个,总投资6.7亿元,已开工29个。', 'subject').at(-1)).toBe('教育项目');
    expect(slots('公开招聘幼儿教师,两年招了312名。', 'subject')).toEqual(['幼儿教师']);
    expect(slots('小区配套园治理任务22所已全部完成。', 'subject')).toEqual(['小区配套园治理任务']);
    expect(slots('幼儿园配备教师54人。', 'subject')).toEqual(['教师']);
    expect(slots('年平均工资由2.8万元涨到4.2万元。', 'subject')).toEqual(['年平均工资', '年平均工资']);
    expect(slots('按每生每年不低于600元的标准对普惠园给予补助。', 'subject')).toEqual(['普惠园']);
    expect(slots('完成投资1120万元,比预算节约86万元。', 'subject')).toEqual(['完成投资', '完成投资']);
  });
});

describe('the date', () => {
  const plan = { genre: 'notice_plan', title: '平川县行动计划(2022—2025年)', signedIso: '2022-06-30' } as const;

  it('by which something is ready is that of what is built for it', () => {
    const text = '扩建学校1所,新增学位120个,2023年秋季学期前投入使用。';
    expect(slots(text, 'period', plan).map((period) => period?.from)).toEqual(['2023', '2023']);
  });

  it('that opens the next clause alone is not that of the figure before', () => {
    const text = '津贴按15%发放,到2025年,培训率达到100%。';
    expect(slots(text, 'period', plan).map((period) => period?.from)).toEqual(['2022', '2025']);
  });

  it('of what was done is not the date to come', () => {
    const text = '实训楼建筑面积9600平方米,已完成投资1700万元,预计2024年6月交付。';
    const fields = { signedIso: '2023-10-09' };
    expect(slots(text, 'period', fields).map((period) => period?.from)).toEqual(['2024-06', undefined]);
    expect(slots(text, 'status', fields)).toEqual(['planned', 'actual']);
  });

  it('within an item of a list is not that of the items behind it', () => {
    const text = '加快县城小学建设,确保9月1日前投用;新建幼儿园3所。全力攻坚,计划用两年时间消除大班额;安排经费80万元。';
    expect(slots(text, 'period')).toEqual([undefined, undefined]);
  });

  it('of 全年 is that of the heading, also behind 一年来', () => {
    const heading = '一、2023年工作回顾';
    const blocks: Document['blocks'] = [{ kind: 'heading', level: 1, start: 0, end: heading.length }];
    const text = `${heading}\n一年来,我们坚持优先发展。全年教育支出9.3亿元。新建学校11所。`;
    expect(slots(text, 'period', { blocks, publishedIso: '2024-01-16' }).map((period) => period?.to)).toEqual([
      '2023',
      '2023',
    ]);
  });

  it('with a month and no year is the next of its name', () => {
    expect(slots('确保12月底前开工率达到98%。', 'period')).toEqual([{ from: '2024-12', to: '2024-12' }]);
    expect(slots('三年前,公办园占比还不到三成。', 'period')).toEqual([{ from: '2021', to: '2021' }]);
  });
});

describe('the rate at which money arrived', () => {
  it('is a fact in a report', () => {
    expect(slots('到位资金3500万元,资金到位率仅43.8%。', 'status')).toEqual(['actual', 'actual']);
    expect(slots('资金缺口合计1.05亿元。', 'accrual')).toEqual(['stock']);
    expect(slots('年度计划投资3.2亿元。', 'accrual')).toEqual(['flow']);
  });
});
