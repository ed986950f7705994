// The frame of a figure: subject, action, stage, period, accrual, status and links, by sentences of our own.
import { describe, expect, it } from 'vitest';
import { extractFigures } from '../../../extractors/figures/index.js';
import type { Block, Document } from '../../../src/model/document.js';
import type { Figure } from '../../../src/model/record.js';
import { documentOf } from './document.js';

const figuresOf = (text: string, fields: Partial<Document> = {}): Figure[] =>
  extractFigures(documentOf(text, fields), 'f');

/** One slot of every figure, by quote. */
const slot = <K extends keyof Figure>(text: string, name: K, fields: Partial<Document> = {}) =>
  Object.fromEntries(figuresOf(text, fields).map((figure) => [figure.quote, figure[name]]));

describe('the subject', () => {
  it.each([
    ['新增学位7190个', '新增学位'],
    ['全县现有在校生76878人', '在校生'],
    ['配备计算机6000余台', '计算机'],
    ['已组织389名教师进行交流轮岗', '交流轮岗的教师'],
    ['1名教师入选省级名师培养计划', '入选省级名师培养计划的教师'],
    ['开设合唱、书法等兴趣小组300余个', '兴趣小组'],
    ['旱厕改造97个', '旱厕'],
    ['投资4.3亿元建设综合实践学校', '综合实践学校'],
    ['每年拿出100万元专项经费用于教师培训', '用于教师培训的专项经费'],
    ['比例不低于符合条件教师总数的10%', '比例'],
    ['特殊教育公用经费按照普通学校标准的10倍拨付', '特殊教育公用经费'],
    ['占地面积45亩', '占地面积'],
    ['及格率达92.5%', '及格率'],
    ['了解学校情况12次', '了解学校情况'],
    ['全省地区生产总值完成186.5亿元', '地区生产总值'],
    ['学校距县城约12公里', '学校'],
    ['每个教室安装护眼灯12盏', '护眼灯'],
    ['班额全部控制在55人以内', '班额'],
    ['用于寄宿制学校建设的资金不得低于60%', '寄宿制学校建设的资金'],
    ['一、中央下达补助资金3.2亿元', '补助资金'],
    ['上半年发放助学金86万元', '助学金'],
    ['就业率比前年提高3.2个百分点', '就业率提高'],
    ['超七成学生参加', '学生'],
    ['近视率连续三年下降,2023年为41.3%', '近视率'],
    ['现下达你县2024年补助资金1860万元', '补助资金'],
    ['于2024年10月底前支出进度不低于80%', '支出进度'],
  ])('of %s is %s', (text, subject) => {
    expect(figuresOf(text).map((figure) => figure.subject)).toEqual([subject]);
  });

  it('goes with its number through a list in step', () => {
    expect(slot('教师、学生、家长分别为120人、2400人、3600人', 'subject')).toEqual({
      '120人': '教师',
      '2400人': '学生',
      '3600人': '家长',
    });
  });

  it('stays the same when an amount changes, and names the change where only that is told', () => {
    expect(slot('本科率由45%提高到58%。存款余额568亿元,同比增长9.2%。', 'subject')).toEqual({
      '45%': '本科率',
      '58%': '本科率',
      '568亿元': '存款余额',
      '9.2%': '存款余额增长',
    });
    expect(slot('公办园幼儿占比由48.2%提高到53.6%。', 'subject')).toEqual({
      '48.2%': '公办园幼儿占比',
      '53.6%': '公办园幼儿占比',
    });
    expect(slot('专科28%、本科67.5%、研究生4.5%。', 'subject')).toEqual({
      '28%': '专科',
      '67.5%': '本科',
      '4.5%': '研究生',
    });
    expect(slot('学校由3所变成5所,教职工从60人壮大到185人。', 'subject')).toEqual({
      '3所': '学校',
      '5所': '学校',
      '60人': '教职工',
      '185人': '教职工',
    });
    expect(slot('优质园数量翻了一番,经费增长1.5倍,辍学率降至万分之五。', 'subject')).toEqual({
      翻了一番: '优质园数量',
      '1.5倍': '经费',
      万分之五: '辍学率',
    });
    expect(slot('图书由不足千册增加到4.6万册。', 'subject')).toEqual({ 不足千册: '图书', '4.6万册': '图书' });
    expect(slot('本科率比去年提高6.1个百分点,达到48.2%。', 'subject')).toEqual({
      '6.1个百分点': '本科率提高',
      '48.2%': '本科率',
    });
  });

  it('never comes from another line', () => {
    expect(figuresOf('教师120人\n2400人').map((figure) => figure.subject)).toEqual(['教师', '']);
  });
});

describe('the stage', () => {
  it.each([
    ['小学入学率100%', 'primary'],
    ['全县有初中22所', 'junior'],
    ['九年一贯制学校5所', 'compulsory'],
    ['特殊教育学校1所', 'special'],
    ['招收高一新生2680名', 'senior'],
    ['中小学教师3200名', ['primary', 'junior', 'senior']],
    ['建成水库15座', undefined],
    ['在职教职工5638人', undefined],
  ])('of %s is %j', (text, stage) => {
    expect(figuresOf(text).map((figure) => figure.stage)).toEqual([stage]);
  });

  it('follows lists of stages, and primary before junior where 分别 names none', () => {
    expect(slot('小学、初中每生每年650元、850元', 'stage')).toEqual({ '650元': 'primary', '850元': 'junior' });
    expect(slot('每百名学生拥有骨干教师分别为2.7人、3人', 'stage')).toEqual({ '2.7人': 'primary', '3人': 'junior' });
  });

  it('of areas per pupil goes in step too, and no list of one kind goes on in another', () => {
    expect(slot('小学、初中生均教学用房面积分别达到5.12平方米、6.43平方米。', 'stage')).toEqual({
      '5.12平方米': 'primary',
      '6.43平方米': 'junior',
    });
    const text = '生均体育场馆面积小学8.2平方米、初中11.5平方米;生均设备值小学2650元、初中3480元,七项均达标。';
    expect(
      figuresOf(text)
        .slice(0, 4)
        .map(({ subject, stage }) => [subject, stage]),
    ).toEqual([
      ['生均体育场馆面积', 'primary'],
      ['生均体育场馆面积', 'junior'],
      ['生均设备值', 'primary'],
      ['生均设备值', 'junior'],
    ]);
  });

  it('comes from the heading where the sentence names none', () => {
    const text = '(二)学前教育\n新增园所12个';
    const blocks: Block[] = [{ kind: 'heading', level: 2, start: 0, end: 7 }];
    expect(figuresOf(text, { blocks }).map((figure) => figure.stage)).toEqual(['preschool']);
  });
});

describe('the period', () => {
  it.each([
    ['2016年以来,招聘教师570人', '2016', '2024-05'],
    ['去年投入86万元', '2023', '2023'],
    ['近三年,投入资金86万元', '2021', '2024'],
    ['“十三五”期间,投入3.6亿元', '2016', '2020'],
    ['目前,有教师120人', '2024-05', '2024-05'],
    ['到2025年,覆盖率达到90%以上', '2025', '2025'],
    ['2019年至2021年,投入3.2亿元', '2019', '2021'],
    ['2023年前三季度,投入3.2亿元', '2023-01', '2023-09'],
    ['今年一季度招聘教师12人', '2024-01', '2024-03'],
    ['去年下半年投入86万元', '2023-07', '2023-12'],
    ['1至4月发放助学金86万元', '2024-01', '2024-04'],
    ['前三季度招聘教师12人', '2023-01', '2023-09'],
    ['2022学年招收新生860人', '2022-09', '2023-08'],
  ])('of %s runs from %s to %s', (text, from, to) => {
    expect(figuresOf(text).map((figure) => figure.period)).toEqual([{ from, to }]);
  });

  it('is absent where the text gives none, or the document has no date to count from', () => {
    expect(figuresOf('新建学校3所')[0]).not.toHaveProperty('period');
    expect(figuresOf('去年新建学校3所', { publishedIso: null })[0]).not.toHaveProperty('period');
  });

  it('is not what a figure is compared with, nor when a school was founded', () => {
    const absent = ['比上年增加1200人', '较2015年提高3.2个百分点', '与2019年相比,增加86人', '学前三年毛入园率98.5%'];
    for (const text of [...absent, '学校始建于1956年,现状占地86.5亩', '1956年建校,占地86.5亩'])
      expect(figuresOf(text)[0], text).not.toHaveProperty('period');
    expect(slot('2023年投入9600万元,较2020年增长12.5%', 'period')['12.5%']).toEqual({ from: '2023', to: '2023' });
  });

  it('is unknown for what stood before a change, unless its own year is told', () => {
    expect(slot('2023年,公办园占比由48%提高到53%', 'period')).toEqual({
      '48%': undefined,
      '53%': { from: '2023', to: '2023' },
    });
    expect(slot('公办园占比由2020年的48%提高到53%', 'period')['48%']).toEqual({ from: '2020', to: '2020' });
  });

  it('of amounts for each of several years is one of them, where the text tells which', () => {
    expect(slot('2021—2023年,投入分别为6亿元、7亿元、8亿元', 'period')).toEqual({
      '6亿元': { from: '2021', to: '2021' },
      '7亿元': { from: '2022', to: '2022' },
      '8亿元': { from: '2023', to: '2023' },
    });
    expect(Object.values(slot('三年来,投入分别为6亿元、7亿元、8亿元', 'period'))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('comes from the heading that names a year, and from the title of a bulletin', () => {
    const text = '一、2023年工作回顾\n招聘教师120名。';
    const blocks: Block[] = [{ kind: 'heading', level: 1, start: 0, end: 10 }];
    expect(figuresOf(text, { blocks, genre: 'work_report' })[0]?.period).toEqual({ from: '2023', to: '2023' });
    const bulletin = { genre: 'bulletin', title: '某县2023年统计公报' } as const;
    expect(figuresOf('全县有小学96所', bulletin)[0]?.period).toEqual({ from: '2023', to: '2023' });
  });

  it('of an amount that others are compared with is the year before', () => {
    expect(slot('2023年,总投入15.3亿元,比上年14.6亿元增长4.8%', 'period')).toEqual({
      '15.3亿元': { from: '2023', to: '2023' },
      '14.6亿元': { from: '2022', to: '2022' },
      '4.8%': { from: '2023', to: '2023' },
    });
  });

  it('of months takes the year that is told before them', () => {
    expect(slot('2022年,上半年投入86万元,下半年投入35万元', 'period')).toEqual({
      '86万元': { from: '2022-01', to: '2022-06' },
      '35万元': { from: '2022-07', to: '2022-12' },
    });
  });
});

describe('accrual and status', () => {
  it.each([
    ['现有学校138所', 'stock', 'actual'],
    ['招聘教师464人', 'flow', 'actual'],
    ['投入资金3.6亿元', 'flow', 'actual'],
    ['参与家长达2.8万余人', 'flow', 'actual'],
    ['每年培训教师300人', 'annual', 'actual'],
    ['每人每月补助1000元', 'monthly', 'actual'],
    ['预计新增学位1350个', 'flow', 'planned'],
    ['力争巩固率达到98%', 'stock', 'target'],
    ['占应交流教师的比例为15.8%', 'stock', 'actual'],
    ['营养改善计划覆盖学校86所', 'flow', 'actual'],
  ])('of %s are %s and %s', (text, accrual, status) => {
    expect(figuresOf(text).map((figure) => [figure.accrual, figure.status])).toEqual([[accrual, status]]);
  });

  it('of a plan are goals unless it says that they are planned', () => {
    expect(slot('比例不低于50%。预计新增学位1350个。', 'status', { genre: 'notice_plan' })).toEqual({
      '不低于50%': 'target',
      '1350个': 'planned',
    });
  });

  it('of what a sentence plans hold on over its clauses, until something is said to be done', () => {
    expect(slot('拟投资2.3亿元新建小学,可提供学位2160个。', 'status')).toEqual({
      '2.3亿元': 'planned',
      '2160个': 'planned',
    });
    expect(slot('拟投资2.3亿元,目前已完成投资3000万元。', 'status')).toEqual({
      '2.3亿元': 'planned',
      '3000万元': 'actual',
    });
  });

  it('of a plan are reached where it tells what is so already', () => {
    const text = '目前还缺学位3200个。2023年,已建成学校2所。新建学校3所。2025年计划投资8600万元。';
    expect(slot(text, 'status', { genre: 'notice_plan' })).toEqual({
      '3200个': 'actual',
      '2所': 'actual',
      '3所': 'target',
      '8600万元': 'planned',
    });
  });

  it('are reached where a report tells how goals were met, and in the half of a sentence that a date behind ； does not reach', () => {
    expect(slot('到2022年底,毛入园率达到96.8%,提前完成规划目标(95%)。', 'status')).toEqual({
      '96.8%': 'actual',
      '95%': 'target',
    });
    const text = '新建小学5所、初中3所,新增学位1.2万个;第八中学预计2025年8月建成,可提供学位5600个。';
    expect(slot(text, 'status')).toEqual({
      '5所': 'actual',
      '3所': 'actual',
      '1.2万个': 'actual',
      '5600个': 'planned',
    });
    expect(slot(text, 'stage')['1.2万个']).toBeUndefined();
  });

  it('of what a leader calls for are goals, and so are the conditions of an announcement', () => {
    expect(slot('书记强调,要用三年时间,再投入10亿元,新建学校15所。', 'status')).toEqual({
      '10亿元': 'target',
      '15所': 'target',
    });
    expect(slot('年龄不超过35周岁,服务期不少于5年。', 'status', { genre: 'announcement' })).toEqual({
      不超过35周岁: 'target',
      不少于5年: 'target',
    });
  });

  it('look ahead under a heading that does', () => {
    const text = '三、下一步打算\n新建学校3所';
    const blocks: Block[] = [{ kind: 'heading', level: 1, start: 0, end: 7 }];
    expect(figuresOf(text, { blocks })[0]?.status).toBe('target');
  });
});

describe('links', () => {
  it('tie parts behind 其中 to their whole', () => {
    expect(slot('教职工5638人,其中小学3457人、初中2181人', 'whole')).toEqual({
      '5638人': undefined,
      '3457人': 'f-001',
      '2181人': 'f-001',
    });
  });

  it('tie what stands in brackets to the total before them', () => {
    expect(slot('学校138所(小学92所、初中22所),教师5638人', 'whole')).toEqual({
      '138所': undefined,
      '92所': 'f-001',
      '22所': 'f-001',
      '5638人': undefined,
    });
  });

  it('tie a share to the figure whose arithmetic it is', () => {
    const figures = figuresOf('已组织389名教师交流轮岗,其中骨干教师149人,占交流教师的38.3%');
    expect(figures.map(({ whole, of }) => [whole, of])).toEqual([
      [undefined, undefined],
      ['f-001', undefined],
      [undefined, 'f-001'],
    ]);
  });

  it('do not cross lines', () => {
    expect(figuresOf('教职工5638人。\n其中小学3457人').map((figure) => figure.whole)).toEqual([undefined, undefined]);
  });
});

describe('ids and evidence', () => {
  it('count in text order and quote the whole sentence', () => {
    const figures = figuresOf('新建学校3所。改造校舍12栋;硬化地面2万平方米。');
    expect(figures.map(({ id, sentence }) => [id, sentence])).toEqual([
      ['f-001', '新建学校3所。'],
      ['f-002', '改造校舍12栋;'],
      ['f-003', '硬化地面2万平方米。'],
    ]);
  });
});
